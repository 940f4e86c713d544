/** Messages as they should not be: items left out, wrong ids, wrong words; declared invalid where a contract can see it. */
import { checkRequest, contractOf } from '../contracts/profile/contract.ts';
import { findingText } from '../contracts/schemas/finding.ts';
import { type Body, jsonBody, originOf, receivedBody } from '../exchange/message.ts';
import type { Telling } from './script/step.ts';

/** What is sent, and what is said of it on the wire when it breaks its contract. */
export interface SentBody {
  readonly body: Body | undefined;
  readonly fault?: string;
}

type Json = { [name: string]: unknown };

/**
 * @param body an event, or an outboundresponse.
 * @param items ids of those that are told of.
 * @param url where it goes, which says what contract it has.
 */
export function distorted(
  body: object,
  { wrong = {} }: Pick<Telling, 'wrong'>,
  items: ReadonlySet<string>,
  url: string,
): SentBody {
  if (wrong.text !== undefined) return declared(receivedBody(wrong.text), url);
  const message: Json = structuredClone(body) as Json; // an object, and now one of our own
  const event = message.event as Json | undefined; // events have one, outboundresponses do not
  const order = (event === undefined ? message : Object.values(event)[0]) as Json; // an event has one resource, in every dialect
  keepItems(order, items);
  if (wrong.externalId !== undefined) order.externalId = wrong.externalId;
  if (wrong.orderId !== undefined) order.id = wrong.orderId;
  const told = itemsIn(order);
  if (wrong.item !== undefined && told[0] !== undefined) told[0].id = wrong.item;
  if (wrong.state !== undefined) {
    if ('state' in order) order.state = wrong.state;
    for (const item of told) if ('state' in item) item.state = wrong.state;
  }
  return declared(jsonBody(message), url);
}

/** With what is wrong with it, if its contract can see that. */
export function declared(body: Body | undefined, url: string): SentBody {
  if (body?.json === undefined) return { body, fault: 'a body that is not JSON' };
  const contract = contractOf('POST', url.slice(originOf(url).length));
  const findings = contract === undefined ? [] : checkRequest(contract, 'own', body.json);
  return findings.length === 0 ? { body } : { body, fault: findings.map(findingText).join('; ') };
}

/** An item whose own id is not wanted stays while one in it is. */
function keepItems(holder: Json, ids: ReadonlySet<string>): void {
  const items = listIn(holder);
  if (items === undefined) return;
  for (const item of items) keepItems(item, ids);
  const name = listNameIn(holder);
  if (name !== undefined)
    holder[name] = items.filter((item) => ids.has(String(item.id)) || (listIn(item)?.length ?? 0) > 0);
}

function itemsIn(holder: Json): Json[] {
  return (listIn(holder) ?? []).flatMap((item) => [item, ...itemsIn(item)]);
}

function listIn(holder: Json): Json[] | undefined {
  const name = listNameIn(holder);
  return name === undefined ? undefined : (holder[name] as Json[]); // items are objects in every dialect
}

/** What the APIs call the items of an order. */
const listNames = ['serviceOrderItem', 'orderItem', 'workOrderItem'];

function listNameIn(holder: Json): string | undefined {
  return listNames.find((name) => Array.isArray(holder[name]));
}

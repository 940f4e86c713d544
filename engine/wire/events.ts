/** What listeners are told of an order, in the words of an API, whichever API it was captured through. */

import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { Json } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { NotifyListeners, OrderNews } from '../model/outcome.ts';
import type { LineState } from '../model/state-tables.ts';
import { nameOf, type OrderApi, type Telling } from './north/order-api.ts';

export interface RenderedEvent {
  readonly eventType: string;
  /** Below the callback of a subscriber. */
  readonly listenerPath: string;
  readonly body: { readonly [name: string]: Json };
}

export interface Envelope {
  readonly eventId: string;
  readonly at: number;
  readonly publicUrl: string;
}

/** That it was captured, or that its state changed; nothing when the state that the API knows stays the same. */
export function renderOrderEvent(
  api: OrderApi,
  order: CustomerOrder,
  { from, to }: Pick<NotifyListeners, 'from' | 'to'>,
  envelope: Envelope,
): RenderedEvent | undefined {
  if (from !== undefined && api.stateOf(from) === api.stateOf(to)) return undefined;
  // A revision that is approved passes what an order was before it began: to whoever listens, it has been in progress all along.
  if (order.revisions !== undefined && from !== undefined && [from, to].includes('acknowledged')) return undefined;
  return eventOf(api, { ...order, state: to }, from === undefined ? 'Create' : 'StateChange', {}, envelope);
}

/** That something else has become of it; nothing where the API knows no difference. */
export function renderOrderNews(
  api: OrderApi,
  order: CustomerOrder,
  news: OrderNews,
  envelope: Envelope,
): RenderedEvent | undefined {
  switch (news.kind) {
    case 'attributesChanged': {
      const names = news.attributes.map((name) => (name === 'items' ? api.itemWords.list : (ofHeader[name] ?? name)));
      return eventOf(api, order, 'AttributeValueChange', { fieldPath: names.join(',') }, envelope);
    }
    case 'linesMoved': {
      // States of lines, as the core has moved them.
      const isSeen = news.moves.some(({ from, to }) => api.stateOf(from as LineState) !== api.stateOf(to as LineState));
      const fieldPath = `${api.itemWords.list}.state`;
      return isSeen ? eventOf(api, order, 'AttributeValueChange', { fieldPath }, envelope) : undefined;
    }
    case 'informationRequired':
      return eventOf(api, order, 'InformationRequired', { description: news.text }, envelope);
    case 'deleted':
      return eventOf(api, order, 'Delete', {}, envelope);
    default: {
      const telling = api.tells[news.kind];
      if (telling === undefined) return undefined;
      if ('event' in telling) return eventOf(api, order, telling.event, {}, envelope);
      // Whoever is told of the state is shown all else with it.
      if (news.kind === 'failed' && news.withState) return undefined;
      return eventOf(api, order, 'AttributeValueChange', { fieldPath: telling.attribute }, envelope);
    }
  }
}

/** What the engine calls otherwise than the APIs do. */
const ofHeader: { readonly [name: string]: string } = {
  requestedStartAt: 'requestedStartDate',
  requestedCompletionAt: 'requestedCompletionDate',
  parties: 'relatedParty',
};

type EventKind =
  | 'Create'
  | 'StateChange'
  | 'AttributeValueChange'
  | 'InformationRequired'
  | 'Delete'
  | Extract<Telling, { event: string }>['event'];

/** With the whole resource in it. */
function eventOf(
  api: OrderApi,
  order: CustomerOrder,
  kind: EventKind,
  told: { readonly [name: string]: Json },
  { eventId, at, publicUrl }: Envelope,
): RenderedEvent {
  const eventType = inOnePiece(api.resource, kind, 'Event');
  const time = textOfInstant(at);
  const body = {
    ...envelopeOf(api, eventType, { eventId, time }),
    ...told,
    event: { [nameOf(api)]: api.render(order, publicUrl) as unknown as Json }, // rendered from a plain JSON order
  };
  return { eventType, listenerPath: `/listener/${lowerFirst(eventType)}`, body };
}

/** v4 misspells the time at which it happened, and its objects need not say their type. */
export function envelopeOf(
  { wording }: Pick<OrderApi, 'wording'>,
  eventType: string,
  { eventId, time }: { readonly eventId: string; readonly time: string },
): { readonly [name: string]: Json } {
  const common = { eventId, eventTime: time, eventType };
  return wording === 'v5' ? { ...common, timeOccurred: time, '@type': eventType } : { ...common, timeOcurred: time };
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

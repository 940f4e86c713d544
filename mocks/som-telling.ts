/** How the SOM tells of changes: TMF641 events to whoever subscribed at its hub, or the outboundresponse callback. */
import { checkOf } from '../contracts/profile/contract.ts';
import { criteriaOf, matchesAll } from '../contracts/profile/tmf630.ts';
import { inOnePiece, textOfInstant } from '../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse, pathAndQuery } from '../exchange/message.ts';
import type { Route, RoutedRequest } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { refusal, reply } from './answers.ts';
import { allItems, resourceOf, type SomOrder } from './som-order.ts';
import type { State, Tell } from './som-script.ts';

export const somBasePath = '/tmf-api/serviceOrdering/v4';

export interface Telling {
  readonly routes: Route<Answer>[];
  /** Tells of a change, if there is one to tell of. */
  tell(before: SomOrder, after: SomOrder, how: Tell): void;
}

interface Subscription {
  readonly callback: string;
  /** A TMF630 filter on the event; empty for everything. */
  readonly query: string;
}

/** A listener that takes longer is not waited for. */
const listenerTimeoutMs = 30_000;

const outboundResponsePath = '/api/sn_tmf_api/order/serviceOrder/outboundresponse';

/** What the outboundresponse callback calls a TMF641 state. */
const fulfillmentStateOf: { readonly [state in State]: 'pending' | 'fulfilled' | 'error' } = {
  acknowledged: 'pending',
  inProgress: 'pending',
  pending: 'pending',
  held: 'pending',
  assessingCancellation: 'pending',
  pendingCancellation: 'pending',
  completed: 'fulfilled',
  failed: 'error',
  rejected: 'error',
  partial: 'error',
  cancelled: 'error',
};

export function openTelling(options: {
  kernel: Kernel;
  client: Client;
  name: string;
  baseUrl: string;
  callbackUrl: string;
}): Telling {
  const { kernel, client, name, baseUrl, callbackUrl } = options;
  const subscribers = new Map<string, Subscription>();

  return {
    routes: [
      { method: 'POST', path: `${somBasePath}/hub`, handle: register },
      { method: 'DELETE', path: `${somBasePath}/hub/{id}`, handle: unregister },
    ],
    tell: (before, after, how) => {
      if (how === 'event') tellByEvent(before, after);
      if (how === 'outboundresponse') tellByResponse(before, after);
    },
  };

  function tellByEvent(before: SomOrder, after: SomOrder): void {
    const changed = before.state === after.state ? 'AttributeValueChange' : 'StateChange';
    const eventType = inOnePiece('ServiceOrder', changed, 'Event');
    const event = {
      eventId: kernel.chance(`mock.${name}.events`).hex(32),
      eventTime: textOfInstant(kernel.now()),
      eventType,
      ...(changed === 'AttributeValueChange' ? { fieldPath: 'serviceOrderItem.state' } : {}),
      event: { serviceOrder: resourceOf(after, baseUrl) },
    };
    for (const { callback, query } of subscribers.values()) {
      if (matchesAll(event, criteriaOf(pathAndQuery(`?${query}`).query))) {
        post(`${callback}/listener/serviceOrder${changed}Event`, event);
      }
    }
  }

  /** Only the items that changed are told of: a callback sets the state of each item it names. */
  function tellByResponse(before: SomOrder, after: SomOrder): void {
    const changed = allItems(after.request.serviceOrderItem).flatMap(({ id }) => {
      const state = after.states[id];
      const was = before.states[id];
      if (state === undefined || was === undefined) return [];
      const said = fulfillmentStateOf[state];
      return said === fulfillmentStateOf[was] ? [] : [{ id, state: said }];
    });
    if (changed.length === 0 || after.externalId === undefined) return;
    post(`${callbackUrl}${outboundResponsePath}`, { externalId: after.externalId, serviceOrderItem: changed });
  }

  function post(url: string, message: object): void {
    const request = { method: 'POST', url, headers: { 'content-type': jsonMediaType }, body: jsonBody(message) };
    kernel.call(`${name} tells ${url}`, async () => {
      await client.send(request, { timeoutMs: listenerTimeoutMs });
    });
  }

  function register({ body }: RoutedRequest): Answer {
    const input = body?.json;
    const findings = checkOf('TMF641', 'conformance', 'EventSubscriptionInput')(input);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const { callback: given, query = '' } = input as { callback: string; query?: string }; // valid, as just checked
    const callback = given.replace(/\/+$/, '');
    if ([...subscribers.values()].some((known) => known.callback === callback && known.query === query)) {
      return refusal(errorAnswer(409, '62', 'Duplicate subscription', `${callback} is subscribed already`));
    }
    const id = kernel.chance(`mock.${name}.subscriptions`).hex(8);
    subscribers.set(id, { callback, query });
    const subscription = { id, callback, ...(query === '' ? {} : { query }) };
    return reply(jsonResponse(201, subscription, { location: `${baseUrl}/hub/${id}` }));
  }

  function unregister({ params }: RoutedRequest): Answer {
    const id = params.id ?? '';
    if (subscribers.delete(id)) return reply({ status: 204, headers: {} });
    return refusal(errorAnswer(404, '60', 'Resource not found', `No subscription ${id}`));
  }
}

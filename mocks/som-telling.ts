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
import { resourceOf, type SomOrder } from './som-order.ts';
import type { State, Tell } from './som-script.ts';

export const somBasePath = '/tmf-api/serviceOrdering/v4';

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

export class Telling {
  readonly routes: Route<Answer>[];
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #name: string;
  readonly #baseUrl: string;
  readonly #callbackUrl: string;
  readonly #subscribers = new Map<string, Subscription>();

  constructor(options: { kernel: Kernel; client: Client; name: string; baseUrl: string; callbackUrl: string }) {
    this.#kernel = options.kernel;
    this.#client = options.client;
    this.#name = options.name;
    this.#baseUrl = options.baseUrl;
    this.#callbackUrl = options.callbackUrl;
    this.routes = [
      { method: 'POST', path: `${somBasePath}/hub`, handle: (request) => this.#register(request) },
      { method: 'DELETE', path: `${somBasePath}/hub/{id}`, handle: (request) => this.#unregister(request) },
    ];
  }

  /** Tells of a change, if there is one to tell of. */
  tell(before: SomOrder, after: SomOrder, how: Tell): void {
    if (how === 'event') this.#tellByEvent(before, after);
    if (how === 'outboundresponse') this.#tellByResponse(before, after);
  }

  #tellByEvent(before: SomOrder, after: SomOrder): void {
    if (this.#subscribers.size === 0) return;
    const changed = before.state === after.state ? 'AttributeValueChange' : 'StateChange';
    const eventType = inOnePiece('ServiceOrder', changed, 'Event');
    const event = {
      eventId: this.#kernel.chance(`mock.${this.#name}.events`).hex(32),
      eventTime: textOfInstant(this.#kernel.now()),
      eventType,
      ...(changed === 'AttributeValueChange' ? { fieldPath: 'serviceOrderItem.state' } : {}),
      event: { serviceOrder: resourceOf(after, this.#baseUrl) },
    };
    for (const { callback, query } of this.#subscribers.values()) {
      if (matchesAll(event, criteriaOf(pathAndQuery(`?${query}`).query))) {
        this.#post(`${callback}/listener/serviceOrder${changed}Event`, event);
      }
    }
  }

  /** Only the items that changed are told of: a callback sets the state of each item it names. */
  #tellByResponse(before: SomOrder, after: SomOrder): void {
    const changed = after.items.flatMap(({ id }, place) => {
      const state = after.states[place];
      const was = before.states[place];
      if (state === undefined || was === undefined) return [];
      const said = fulfillmentStateOf[state];
      return said === fulfillmentStateOf[was] ? [] : [{ id, state: said }];
    });
    if (changed.length === 0 || after.externalId === undefined) return;
    this.#post(`${this.#callbackUrl}${outboundResponsePath}`, {
      externalId: after.externalId,
      serviceOrderItem: changed,
    });
  }

  #post(url: string, message: object): void {
    const request = { method: 'POST', url, headers: { 'content-type': jsonMediaType }, body: jsonBody(message) };
    this.#kernel.call(`${this.#name} tells ${url}`, async () => {
      await this.#client.send(request, { timeoutMs: listenerTimeoutMs });
    });
  }

  #register({ body }: RoutedRequest): Answer {
    const input = body?.json;
    const findings = checkOf('TMF641', 'conformance', 'EventSubscriptionInput')(input);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const { callback: given, query = '' } = input as { callback: string; query?: string }; // valid, as just checked
    const callback = given.replace(/\/+$/, '');
    if ([...this.#subscribers.values()].some((known) => known.callback === callback && known.query === query)) {
      return refusal(errorAnswer(409, '62', 'Duplicate subscription', `${callback} is subscribed already`));
    }
    const id = this.#kernel.chance(`mock.${this.#name}.subscriptions`).hex(8);
    this.#subscribers.set(id, { callback, query });
    const subscription = { id, callback, ...(query === '' ? {} : { query }) };
    return reply(jsonResponse(201, subscription, { location: `${this.#baseUrl}/hub/${id}` }));
  }

  #unregister({ params }: RoutedRequest): Answer {
    const id = params.id ?? '';
    if (this.#subscribers.delete(id)) return reply({ status: 204, headers: {} });
    return refusal(errorAnswer(404, '60', 'Resource not found', `No subscription ${id}`));
  }
}

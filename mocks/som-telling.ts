/** How a party tells of changes: events to whoever subscribed at its hub, or the outboundresponse callback. */
import { checkOf } from '../contracts/profile/contract.ts';
import { criteriaOf, matchesAll } from '../contracts/profile/tmf630.ts';
import { textOfInstant } from '../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings } from '../contracts/schemas/tmf-error.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse, pathAndQuery, receivedBody } from '../exchange/message.ts';
import type { Route, RoutedRequest } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { declaredFault, refusal, reply } from './answers.ts';
import type { Dialect, Happening, Subscription } from './dialects/dialect.ts';
import { tmf641 } from './dialects/tmf641.ts';
import { distorted, type SentBody } from './distortion.ts';
import { drawnMs } from './script/latency.ts';
import type { State } from './script/lifecycle.ts';
import { matchesItem } from './script/selecting.ts';
import type { Telling } from './script/step.ts';
import type { SomOrder } from './som-order.ts';

export const somBasePath = tmf641.basePath;

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

export interface TellerOptions {
  readonly kernel: Kernel;
  readonly client: Client;
  readonly name: string;
  readonly dialect: Dialect;
  readonly baseUrl: string;
  readonly callbackUrl: string;
}

export class Teller {
  readonly routes: Route<Answer>[];
  readonly #options: TellerOptions;
  readonly #subscribers = new Map<string, Subscription>();
  readonly #laterAddress: string;
  /** Ids of the messages that still wait to be sent. */
  readonly #later = new Set<string>();
  #laterCount = 0;

  constructor(options: TellerOptions) {
    const { kernel, name, dialect } = options;
    this.#options = options;
    this.#laterAddress = `mock.${name}.tell`;
    kernel.handle(this.#laterAddress, ({ id, data }) => {
      this.#later.delete(id);
      const { url, text, fault } = data as { url: string; text: string; fault?: string }; // from `#send`
      const body = receivedBody(text);
      this.#post(url, fault === undefined ? { body } : { body, fault });
    });
    this.routes = [
      { method: 'POST', path: `${dialect.basePath}/hub`, handle: (request) => this.#register(request) },
      { method: 'DELETE', path: `${dialect.basePath}/hub/{id}`, handle: (request) => this.#unregister(request) },
    ];
  }

  /** Tells of a change, if there is one to tell of. */
  tellChange(before: SomOrder, after: SomOrder, telling: Telling): void {
    if (telling.tell === 'event') {
      if (before.state !== after.state) this.announce({ kind: 'StateChange', order: after }, telling);
      else {
        const fieldPath = 'serviceOrderItem.state';
        this.announce({ kind: 'AttributeValueChange', order: after, fieldPath }, telling);
      }
    }
    if (telling.tell === 'outboundresponse') {
      this.respond(after, telling, (place) => {
        const [is, was] = [after.states[place], before.states[place]];
        return is !== undefined && was !== undefined && fulfillmentStateOf[is] !== fulfillmentStateOf[was];
      });
    }
  }

  tells(kind: Happening['kind'], { tell }: Telling): boolean {
    return tell === 'event' && !this.#options.dialect.untold.includes(kind);
  }

  /** Tells by an event; other ways of telling have no word for what happened. */
  announce(happening: Happening, telling: Telling): void {
    if (!this.tells(happening.kind, telling)) return;
    const { kernel, name, dialect, baseUrl } = this.#options;
    const { order } = happening;
    // Reading a request may mean parsing it again, so it is read only where it could matter.
    const replyTo = dialect.replyTo?.(order.request.read());
    if (replyTo === undefined && this.#subscribers.size === 0) return;
    const eventId = kernel.chance(`mock.${name}.events`).hex(32);
    const eventTime = textOfInstant(kernel.now());
    const event = dialect.eventOf(happening, { eventId, eventTime, baseUrl });
    if (event === undefined) return;
    if (replyTo !== undefined) {
      this.#send(replyTo, event.body, order, telling);
      return;
    }
    for (const { callback, query } of this.#subscribers.values()) {
      if (matchesAll(event.body, criteriaOf(pathAndQuery(`?${query}`).query))) {
        this.#send(`${callback}${event.path}`, event.body, order, telling);
      }
    }
  }

  /** Tells by outboundresponse of the items in these places only: it sets the state of each item it names. */
  respond(order: SomOrder, telling: Telling, concerns: (place: number) => boolean): void {
    if (order.externalId === undefined) return;
    const { only } = telling;
    const serviceOrderItem = order.items.flatMap((item, place) => {
      const state = order.states[place];
      if (state === undefined || !concerns(place)) return [];
      return only === undefined || matchesItem(only, item) ? [{ id: item.id, state: fulfillmentStateOf[state] }] : [];
    });
    if (serviceOrderItem.length === 0) return;
    const url = `${this.#options.callbackUrl}${outboundResponsePath}`;
    this.#send(url, { externalId: order.externalId, serviceOrderItem }, order, telling);
  }

  /** What was to be told later is not told any more. */
  forget(): void {
    for (const id of this.#later) this.#options.kernel.cancel(id);
    this.#later.clear();
  }

  #send(url: string, message: object, order: SomOrder, telling: Telling): void {
    const { only, wrong, times, delay } = telling;
    const told = only === undefined ? order.items : order.items.filter((item) => matchesItem(only, item));
    const sent: SentBody =
      only === undefined && wrong === undefined
        ? { body: jsonBody(message) }
        : distorted(message, telling, new Set(told.map(({ id }) => id)), url);
    const { kernel, name } = this.#options;
    for (let time = 0; time < times; time += 1) {
      if (delay === undefined) this.#post(url, sent);
      else this.#postLater(url, sent, drawnMs(delay, kernel, `mock.${name}.latency`));
    }
  }

  #postLater(url: string, { body, fault }: SentBody, afterMs: number): void {
    const { kernel } = this.#options;
    this.#laterCount += 1;
    const id = `${this.#laterAddress}/${this.#laterCount}`;
    this.#later.add(id);
    const text = body?.text ?? '';
    const data = fault === undefined ? { url, text } : { url, text, fault };
    kernel.schedule({ id, to: this.#laterAddress, due: kernel.now() + afterMs, data });
  }

  #post(url: string, { body, fault }: SentBody): void {
    const { kernel, client, name } = this.#options;
    const headers = { 'content-type': jsonMediaType, ...(fault === undefined ? {} : declaredFault(fault)) };
    const request = { method: 'POST', url, headers, body };
    kernel.call(`${name} tells ${url}`, async () => {
      await client.send(request, { timeoutMs: listenerTimeoutMs });
    });
  }

  #register({ body }: RoutedRequest): Answer {
    const { kernel, name, dialect, baseUrl } = this.#options;
    const input = body?.json;
    const findings = checkOf(dialect.api, 'conformance', 'EventSubscriptionInput')(input);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const { callback: given, query = '' } = input as { callback: string; query?: string }; // valid, as just checked
    const callback = given.replace(/\/+$/, '');
    if ([...this.#subscribers.values()].some((known) => known.callback === callback && known.query === query)) {
      return refusal(errorAnswer(409, '62', 'Duplicate subscription', `${callback} is subscribed already`));
    }
    const id = kernel.chance(`mock.${name}.subscriptions`).hex(8);
    const subscription = { id, callback, query };
    this.#subscribers.set(id, subscription);
    return reply(jsonResponse(201, dialect.subscribed(subscription), { location: `${baseUrl}/hub/${id}` }));
  }

  #unregister({ params }: RoutedRequest): Answer {
    const id = params.id ?? '';
    if (this.#subscribers.delete(id)) return reply(this.#options.dialect.unsubscribed(id));
    return refusal(errorAnswer(404, '60', 'Resource not found', `No subscription ${id}`));
  }
}

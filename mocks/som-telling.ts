/** How a party tells of changes: events to whoever subscribed at its hub, or the outboundresponse callback. */
import { textOfInstant } from '../contracts/schemas/text.ts';
import type { Client } from '../exchange/client.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { jsonBody } from '../exchange/message.ts';
import type { Route } from '../exchange/router.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Dialect, Happening } from './dialects/dialect.ts';
import { tmf641 } from './dialects/tmf641.ts';
import { distorted, type SentBody } from './distortion.ts';
import { Hub } from './hub.ts';
import { Messenger } from './messenger.ts';
import { drawnMs } from './script/latency.ts';
import type { State } from './script/lifecycle.ts';
import { matchesItem } from './script/selecting.ts';
import type { Telling } from './script/step.ts';
import type { SomOrder } from './som-order.ts';

export const somBasePath = tmf641.basePath;

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
  readonly #options: TellerOptions;
  readonly #hub: Hub;
  readonly #messenger: Messenger;

  constructor(options: TellerOptions) {
    this.#options = options;
    this.#hub = new Hub(options);
    this.#messenger = new Messenger(options);
  }

  get routes(): readonly Route<Answer>[] {
    return this.#hub.routes;
  }

  /** Tells of a change, if there is one to tell of. */
  tellChange(before: SomOrder, after: SomOrder, telling: Telling): void {
    if (telling.tell === 'event') {
      if (before.state !== after.state) this.announce({ kind: 'StateChange', order: after }, telling);
      else {
        const fieldPath = this.#options.dialect.itemState;
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
    if (replyTo === undefined && this.#hub.isEmpty) return;
    const eventId = kernel.chance(`mock.${name}.events`).hex(32);
    const eventTime = textOfInstant(kernel.now());
    const event = dialect.eventOf(happening, { eventId, eventTime, baseUrl });
    if (event === undefined) return;
    if (replyTo !== undefined) {
      this.#send(replyTo, event.body, order, telling);
      return;
    }
    for (const callback of this.#hub.callbacksFor(event.body)) {
      this.#send(`${callback}${event.path}`, event.body, order, telling);
    }
  }

  /** Tells whoever listens of something else than an order. */
  publish(path: string, eventType: string, event: object): void {
    if (this.#hub.isEmpty) return;
    const { kernel, name } = this.#options;
    const eventId = kernel.chance(`mock.${name}.events`).hex(32);
    const message = { eventId, eventTime: textOfInstant(kernel.now()), eventType, event };
    for (const callback of this.#hub.callbacksFor(message)) {
      this.#messenger.send(`${callback}${path}`, { body: jsonBody(message) });
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
    this.#messenger.forget();
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
      if (delay === undefined) this.#messenger.send(url, sent);
      else this.#messenger.sendLater(url, sent, drawnMs(delay, kernel, `mock.${name}.latency`));
    }
  }
}

/** Subscribing to events and unsubscribing, at the TMF630 hub of one API; and putting events on their way. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { readEventQuery } from '../../../contracts/profile/query/event-query.ts';
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import { shownUrl } from '../../../exchange/url-credentials.ts';
import type { Instant, Kernel } from '../../../kernel/kernel.ts';
import { Turns } from '../../../kernel/turns.ts';
import { refusal } from '../../model/refusals.ts';
import type { Deliveries, StoreOfEvents } from '../../shell/deliveries.ts';
import { eventLimits, type Subscription } from '../../shell/event-store.ts';
import type { Envelope, RenderedEvent } from '../../wire/events.ts';
import type { OrderApi } from '../../wire/north/order-api.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';

/** Gives nothing when there is nothing to tell; not asked where nobody listens. */
export type Render = (envelope: Envelope) => RenderedEvent | undefined;

export type AddressedEvent = Parameters<Deliveries['append']>[0]['events'][number];

export interface HubParts {
  readonly kernel: Kernel;
  readonly store: StoreOfEvents;
  readonly deliveries: Deliveries;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

type Types = OrderApi['subscription'];

export class Hub {
  readonly #api: ApiName;
  readonly #base: string;
  readonly #types: Types;
  readonly #parts: HubParts;
  /** Events go into outboxes in the order in which they happened, however long the store takes over each. */
  readonly #turns = new Turns();

  constructor({ api, base, subscription, ...parts }: HubParts & { api: ApiName; base: string; subscription: Types }) {
    this.#api = api;
    this.#types = subscription;
    this.#base = base;
    this.#parts = parts;
  }

  get routes(): Route[] {
    return [
      { method: 'POST', path: `${this.#base}/hub`, handle: (request) => this.#register(request) },
      { method: 'DELETE', path: `${this.#base}/hub/{id}`, handle: (request) => this.#unregister(request) },
    ];
  }

  /**
   * Puts an event on its way to each subscriber whose query it matches. Settles when that is stored; what becomes of it is
   * not waited for.
   */
  publish(render: Render): Promise<void> {
    return this.#turns.take(async () => {
      const { kernel, deliveries } = this.#parts;
      const at = kernel.now();
      const events = await this.addressed(render, at);
      if (events.length > 0) await deliveries.append({ events, at });
    });
  }

  /** The event, once for each subscriber whose query it matches. */
  async addressed(render: Render, at: Instant): Promise<readonly AddressedEvent[]> {
    const { kernel, store, publicUrl } = this.#parts;
    const listeners = await store.events.listenersOf(this.#api);
    if (listeners.length === 0) return [];
    const rendered = render({ eventId: kernel.chance('ids.event').hex(32), at, publicUrl });
    return rendered === undefined ? [] : listeners.flatMap((listener) => addressedTo(listener, rendered));
  }

  async #register({ body }: RoutedRequest): Promise<HttpResponse> {
    const { kernel, store, publicUrl } = this.#parts;
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send { "callback": "http://..." }'));
    const findings = checkOf(this.#api, 'conformance', this.#types.asked)(body.json);
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const { callback: given, query } = body.json as { callback: string; query?: string }; // as just checked
    const callback = given.replace(/\/+$/, '');
    const shown = shownUrl(callback);
    if (!URL.canParse(callback)) return refused('callbackUnusable', { callback: shown }, '/callback');
    const read = readEventQuery(query ?? '');
    if (!read.ok) return refused('eventQueryInvalid', { part: read.part, expected: read.expected }, '/query');
    const id = kernel.chance('ids.subscription').hex(16);
    const subscription = { id, callback, ...(query === undefined ? {} : { query }) };
    const stored = await store.events.subscribe({ ...subscription, api: this.#api, since: kernel.now() });
    if (stored === 'full') return refused('subscriptionsFull', { most: String(eventLimits.subscriptions) });
    if (stored !== 'stored') return refused('subscriptionKnown', { callback: shown, subscription: stored.known });
    const type = this.#types.shown === undefined ? {} : { '@type': this.#types.shown };
    return jsonResponse(201, { ...subscription, ...type }, { location: `${publicUrl}${this.#base}/hub/${id}` });
  }

  async #unregister({ params }: RoutedRequest): Promise<HttpResponse> {
    const { store, deliveries } = this.#parts;
    const { id = '' } = params;
    const listeners = await store.events.listenersOf(this.#api);
    const isOurs = listeners.some((listener) => listener.id === id);
    if (!isOurs || !(await store.events.unsubscribe(id))) return refused('subscriptionUnknown', { subscription: id });
    deliveries.end(id);
    return { status: 204, headers: {} };
  }
}

/** The event as a listener wants it; nothing for one that does not want it. */
function addressedTo({ id: subscription, query }: Subscription, rendered: RenderedEvent): AddressedEvent[] {
  const { eventType: type, listenerPath } = rendered;
  const { eventId } = rendered.body;
  const event = { id: String(eventId), type, listenerPath, body: rendered.body };
  if (query === undefined) return [{ subscription, event }];
  const read = readEventQuery(query);
  if (!read.ok || !read.query.matches(rendered.body)) return [];
  const body = read.query.shown(rendered.body) as RenderedEvent['body']; // some of the attributes of what is of that type
  return [{ subscription, event: { ...event, body } }];
}

function refused(...why: Parameters<typeof refusal>): HttpResponse {
  return errorResponse(errorOfRefusal(refusal(...why)));
}

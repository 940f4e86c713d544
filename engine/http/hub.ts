/** Subscribing to events and unsubscribing; and telling subscribers. TMF630 hub, one for each API. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { criteriaOf, matchesAll } from '../../contracts/profile/tmf630.ts';
import type { ApiName } from '../../contracts/schemas/documents.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Client } from '../../exchange/client.ts';
import { type HttpResponse, jsonBody, jsonMediaType, jsonResponse, pathAndQuery } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { NotifyCancellation } from '../model/cancellation/effects.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { NotifyListeners } from '../model/outcome.ts';
import { renderCancelTaskEvent } from '../wire/cancellation/cancel-task.ts';
import { type RenderedEvent, renderOrderEvent } from '../wire/events.ts';
import { errorResponse, type Route } from './answers.ts';

export interface Subscription {
  readonly id: string;
  readonly callback: string;
  /** A TMF630 filter on the event; everything when absent. */
  readonly query?: string;
}

/** What every event says of itself. */
export interface Envelope {
  readonly eventId: string;
  readonly at: number;
}

/** Subscribers that stay away longer hold up nobody; the delivery just counts as failed. */
const deliveryTimeoutMs = 30_000;

export class Hub {
  readonly #api: ApiName;
  readonly #base: string;
  readonly #kernel: Kernel;
  readonly #client: Client;
  readonly #publicUrl: string;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(options: { api: ApiName; base: string; kernel: Kernel; client: Client; publicUrl: string }) {
    this.#api = options.api;
    this.#base = options.base;
    this.#kernel = options.kernel;
    this.#client = options.client;
    this.#publicUrl = options.publicUrl;
  }

  get routes(): Route[] {
    return [
      { method: 'POST', path: `${this.#base}/hub`, handle: (request) => this.#register(request) },
      { method: 'DELETE', path: `${this.#base}/hub/{id}`, handle: (request) => this.#unregister(request) },
    ];
  }

  tell(order: CustomerOrder, change: NotifyListeners): Promise<void> {
    return this.publish((envelope) => renderOrderEvent(order, change, { ...envelope, publicUrl: this.#publicUrl }));
  }

  /** What has become of a request to cancel the whole of an order. */
  async tellOfCancellation(order: CustomerOrder, { cancellation, kind }: NotifyCancellation): Promise<void> {
    const request = order.cancellations?.find(({ id }) => id === cancellation);
    if (request === undefined) return;
    await this.publish((envelope) =>
      renderCancelTaskEvent(order, request, kind, { ...envelope, publicUrl: this.#publicUrl }),
    );
  }

  /**
   * Sends the event to each subscriber whose query it matches, one after another. What becomes of it is not waited for.
   * @param render gives nothing when there is nothing to tell; not asked where nobody listens.
   */
  async publish(render: (envelope: Envelope) => RenderedEvent | undefined): Promise<void> {
    if (this.#subscriptions.size === 0) return;
    const event = render({ eventId: this.#kernel.chance('ids.event').hex(32), at: this.#kernel.now() });
    if (event === undefined) return;
    const body = jsonBody(event.body);
    for (const { callback, query } of [...this.#subscriptions.values()]) {
      if (query !== undefined && !matchesAll(event.body, criteriaOf(pathAndQuery(`?${query}`).query))) continue;
      const url = `${callback}${event.listenerPath}`;
      const headers = { 'content-type': jsonMediaType };
      await this.#client.send({ method: 'POST', url, headers, body }, { timeoutMs: deliveryTimeoutMs });
    }
  }

  #register({ body }: RoutedRequest): HttpResponse {
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send { "callback": "http://..." }'));
    const findings = checkOf(this.#api, 'conformance', 'EventSubscriptionInput')(body.json);
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const { callback: given, query } = body.json as { callback: string; query?: string }; // as just checked
    const callback = given.replace(/\/+$/, '');
    const same = [...this.#subscriptions.values()].find(
      (known) => known.callback === callback && known.query === query,
    );
    if (same !== undefined) {
      const message = `${callback} is subscribed already, as ${same.id}; delete that subscription first`;
      return errorResponse(errorAnswer(409, '62', 'Conflict with the state of the resource', message));
    }
    const id = this.#kernel.chance('ids.subscription').hex(16);
    const subscription = { id, callback, ...(query === undefined ? {} : { query }) };
    this.#subscriptions.set(id, subscription);
    return jsonResponse(201, subscription, { location: `${this.#publicUrl}${this.#base}/hub/${id}` });
  }

  #unregister({ params }: RoutedRequest): HttpResponse {
    const id = params.id ?? '';
    if (this.#subscriptions.delete(id)) return { status: 204, headers: {} };
    return errorResponse(errorAnswer(404, '60', 'Resource not found', `There is no subscription ${id}`));
  }
}

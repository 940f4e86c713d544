/** The operations on service orders. */

import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import { errorAnswer } from '../../schemas/tmf-error.ts';
import { listAnswer, notFound, refuse } from './answers.ts';
import { canonicalText } from './defaults/orders.ts';
import type { Deliveries } from './delivery.ts';
import type { Vendor } from './habits.ts';
import type { Life } from './life.ts';
import type { Asked, Order } from './words.ts';

export class OrderOperations {
  readonly #vendor: Vendor;
  readonly #life: Life;
  readonly #deliveries: Deliveries;

  constructor(vendor: Vendor, life: Life, deliveries: Deliveries) {
    this.#vendor = vendor;
    this.#life = life;
    this.#deliveries = deliveries;
  }

  async create({ request }: Asked): Promise<HttpResponse> {
    const { habits, kernel, orders, asked } = this.#vendor;
    const body = request.body?.json;
    const refusal = habits.refusalOfCreate(body, this.#vendor);
    if (refusal !== undefined) return refuse(refusal, this.#vendor);
    const wanted = Object(body) as { externalId?: string }; // valid, as just checked
    const text = canonicalText(wanted);
    const first = this.#askedBefore(wanted.externalId);
    const course = first === undefined ? 'new' : habits.again(first, text, this.#vendor);
    if (first !== undefined && course === 'first') return habits.createAnswer(first, this.#vendor);
    if (course === 'conflict') {
      const message = `externalId ${wanted.externalId} was used for another order, ${first?.id}`;
      return refuse(errorAnswer(409, '62', 'Conflict', message), this.#vendor);
    }
    if (habits.createTakesMs > 0) await kernel.rest(kernel.now() + habits.createTakesMs);
    const id = habits.newId('order', this.#vendor);
    const document = habits.newOrder(wanted, id, this.#vendor);
    const order: Order = { id, document, asked: text, resumed: new Set() };
    orders.set(id, order);
    if (wanted.externalId !== undefined) asked.set(wanted.externalId, id);
    const answer = habits.createAnswer(order, this.#vendor);
    this.#life.begin(order);
    return answer;
  }

  list({ request: { query } }: Asked): HttpResponse {
    const { habits, orders } = this.#vendor;
    const listed = habits.listed([...orders.values()], this.#vendor);
    return listAnswer(
      listed.map(({ document }) => habits.shown(document, this.#vendor)),
      query,
      this.#vendor,
    );
  }

  retrieve({ id, request: { query } }: Asked): HttpResponse {
    const { habits, orders } = this.#vendor;
    const order = orders.get(id);
    if (order === undefined) return notFound('service order', id, this.#vendor);
    return jsonResponse(200, habits.selected(habits.shown(order.document, this.#vendor), query));
  }

  async patch({ id, request }: Asked): Promise<HttpResponse> {
    const { habits, kernel, orders } = this.#vendor;
    const order = orders.get(id);
    if (order === undefined) return notFound('service order', id, this.#vendor);
    const { document: read } = order;
    const patch = request.body?.json;
    const refusal = isMergePatch(request.headers['content-type'])
      ? habits.refusalOfPatch(read, patch, this.#vendor)
      : errorAnswer(415, '22', 'Unsupported media type', 'Send application/json or application/merge-patch+json');
    if (refusal !== undefined) {
      order.document = habits.afterRefusedPatch(read, patch, this.#vendor);
      return refuse(refusal, this.#vendor);
    }
    if (habits.patchTakesMs > 0) await kernel.rest(kernel.now() + habits.patchTakesMs);
    // What was read some time ago is good enough, as far as the patch's own attributes go.
    const hasLivedOn = order.document.serviceOrderItem !== read.serviceOrderItem || order.document.state !== read.state;
    const before = hasLivedOn ? order.document : read;
    const after = habits.patched(before, Object(patch), this.#vendor);
    const isInformed = before.state === 'pending' && after.note !== before.note && after.note !== undefined;
    if (isInformed) order.informed = true;
    const isOtherwise = after.state !== before.state || after.serviceOrderItem !== before.serviceOrderItem;
    this.#life.change(order, after, 'patch');
    if (isInformed || isOtherwise) this.#life.plan(order);
    return habits.patchAnswer(order, this.#vendor);
  }

  delete({ id }: Asked): HttpResponse {
    const { habits, orders } = this.#vendor;
    const order = orders.get(id);
    if (order === undefined) return notFound('service order', id, this.#vendor);
    const refusal = habits.refusalOfDelete(order.document, this.#vendor);
    if (refusal !== undefined) return refuse(refusal, this.#vendor);
    this.#life.stop(order);
    habits.remove(order, this.#vendor);
    this.#deliveries.tell({ of: 'serviceOrder', because: 'delete', orderId: id, after: order.document });
    return { status: 204, headers: {} };
  }

  #askedBefore(externalId: string | undefined): Order | undefined {
    const { asked, orders } = this.#vendor;
    return externalId === undefined ? undefined : orders.get(asked.get(externalId) ?? '');
  }
}

/** Other kinds of patches (RFC 6902 and its like) are JSON too, but mean something else. */
function isMergePatch(mediaType = ''): boolean {
  return mediaType === '' || /^application\/(?:merge-patch\+)?json\s*(?:;|$)/i.test(mediaType);
}

/** How answers look: ids, addresses, dates, and error bodies. */

import type { Answer } from '../../../../exchange/endpoint.ts';
import { type Headers, type HttpResponse, jsonResponse } from '../../../../exchange/message.ts';
import { textOfInstant } from '../../../schemas/text.ts';
import type { ErrorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { Asked, Order, Subscription, Task } from '../words.ts';

export function answered(_asked: Asked, response: HttpResponse, { habits }: Vendor): Answer {
  return { kind: 'reply', response, afterMs: habits.pace.answer };
}

export function problem({ status, body }: ErrorAnswer, headers: Headers): HttpResponse {
  return jsonResponse(status, body, status === 401 ? { 'www-authenticate': 'Bearer', ...headers } : headers);
}

export function dateText(at: number): string {
  return textOfInstant(at);
}

export function newId(kind: 'order' | 'task' | 'subscription' | 'event', { kernel }: Vendor): string {
  return kernel.chance('twin.ids').hex(kind === 'event' ? 32 : 16);
}

export function hrefOf(collection: string, id: string, { baseUrl }: Vendor): string {
  return `${baseUrl}/${collection}/${encodeURIComponent(id)}`;
}

export function createAnswer(order: Order, vendor: Vendor): HttpResponse {
  const { habits } = vendor;
  return jsonResponse(201, habits.shown(order.document, vendor), locationHeader('serviceOrder', order.id, vendor));
}

export function patchAnswer(order: Order, vendor: Vendor): HttpResponse {
  return jsonResponse(200, vendor.habits.shown(order.document, vendor));
}

export function cancelAnswer(task: Task, vendor: Vendor): HttpResponse {
  const location = locationHeader('cancelServiceOrder', task.id, vendor);
  return jsonResponse(201, vendor.habits.shownTask(task.document, vendor), location);
}

export function shownSubscription({ id, callback, query }: Subscription): object {
  return { id, callback, ...(query === undefined ? {} : { query }) };
}

/** Nothing when the vendor leaves it out. */
export function locationHeader(collection: string, id: string, vendor: Vendor): { location?: string } {
  const location = vendor.habits.locationOf(collection, id, vendor);
  return location === undefined ? {} : { location };
}

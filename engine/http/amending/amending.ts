/** Patching and deleting orders: whoever placed one says anew what it is to be, or takes it back. */
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Unstamped } from '../../shell/effects.ts';
import type { Result } from '../../shell/mailbox.ts';
import { collectionOf, type OrderApi } from '../../wire/north/order-api.ts';
import { type Amended, amended } from '../../wire/north/patch/amended.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';
import { rolesOf } from '../roles.ts';
import { type PatchSaid, patchIn } from './patch-in.ts';

/** An order that goes on every time somebody wants to patch it is not patched; more often, and a request hangs. */
const mostAttempts = 20;

export function amendingRoutes(api: OrderApi, parts: OrderRouteParts): Route[] {
  const one = `${collectionOf(api)}/{id}`;
  return [
    { method: 'PATCH', path: one, handle: (request) => patch(api, parts, request) },
    { method: 'DELETE', path: one, handle: (request) => remove(api, parts, request) },
  ];
}

async function patch(api: OrderApi, parts: OrderRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { params, query } = request;
  const order = await parts.store.load(params.id ?? '');
  if (order?.category !== api.category) return refused(refusal('orderUnknown', { order: params.id ?? '' }));
  if (order.fulfillmentType !== 'Deliver') return refused(refusal('questionNotRevisable', { order: order.number }));
  const said = patchIn(request);
  if ('status' in said) return said;
  const answer = await taken(api, parts, request, order, said);
  if ('status' in answer) return answer;
  if (!answer.ok) return refused(answer.refusal);
  return jsonResponse(200, selectFields(api.render(answer.order, parts.publicUrl), query.fields));
}

/** What is said of an order that has gone on meanwhile, is said of it once more as it is now. */
async function taken(
  api: OrderApi,
  parts: OrderRouteParts,
  request: RoutedRequest,
  first: CustomerOrder,
  said: PatchSaid,
): Promise<Result | HttpResponse> {
  const { store, mailbox, publicUrl } = parts;
  let order = first;
  for (let attempt = 1; ; attempt += 1) {
    const shown = api.render(order, publicUrl) as JsonObject; // rendered from a plain JSON order
    const outcome = amended(api, order, shown, said);
    if (outcome.kind === 'nothing') return { ok: true, order };
    if (outcome.kind === 'invalid') return errorResponse(errorOfFindings(outcome.findings));
    if (outcome.kind === 'refused') return { ok: false, refusal: outcome.refusal };
    const roles = rolesOf(request, parts.nobodyMay);
    const input = { ...inputOf(order, outcome), ...(roles === undefined ? {} : { roles }) };
    const result = await mailbox.submit(input);
    if (result.ok || result.refusal.code !== 'orderGoneOn' || attempt === mostAttempts) return result;
    order = (await store.load(order.id)) ?? order;
  }
}

function inputOf(
  order: CustomerOrder,
  outcome: Extract<Amended, { kind: 'said' | 'revised' | 'informed' }>,
): Unstamped {
  const { id: orderId, entries: basedOn } = order;
  if (outcome.kind === 'informed') return { type: 'TakeInformation', orderId, note: 'said with the order' };
  if (outcome.kind === 'revised') return { type: 'ReviseOrder', orderId, header: outcome.header, lines: outcome.lines };
  const { said, submit } = outcome;
  return { type: 'AmendOrder', orderId, basedOn, said, ...(submit ? { submit } : {}) };
}

async function remove(api: OrderApi, parts: OrderRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { store, mailbox, nobodyMay } = parts;
  const { id: orderId = '' } = request.params;
  const order = await store.load(orderId);
  if (order?.category !== api.category || order.fulfillmentType !== 'Deliver')
    return refused(refusal('orderUnknown', { order: orderId }));
  const roles = rolesOf(request, nobodyMay);
  const result = await mailbox.submit({ type: 'DeleteOrder', orderId, ...(roles === undefined ? {} : { roles }) });
  return result.ok ? { status: 204, headers: {} } : refused(result.refusal);
}

function refused(why: Refusal): HttpResponse {
  return errorResponse(errorOfRefusal(why));
}

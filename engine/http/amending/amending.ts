/** Patching and deleting orders: whoever placed one says anew what it is to be, or takes it back. */
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings, errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Unstamped } from '../../shell/effects.ts';
import type { Result } from '../../shell/mailbox.ts';
import { collectionOf, type OrderApi } from '../../wire/north/order-api.ts';
import { type Amended, amended, type PatchKind } from '../../wire/north/patch/amended.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';
import { rolesOf } from '../roles.ts';

/** An order that goes on every time somebody wants to patch it is not patched; more often, and a request hangs. */
const mostAttempts = 20;

/** The published files have plain JSON, which means a merge patch. */
const kinds: { readonly [mediaType: string]: PatchKind } = {
  'application/json': 'merge',
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
};

export function amendingRoutes(api: OrderApi, parts: OrderRouteParts): Route[] {
  const one = `${collectionOf(api)}/{id}`;
  return [
    { method: 'PATCH', path: one, handle: (request) => patch(api, parts, request) },
    { method: 'DELETE', path: one, handle: (request) => remove(api, parts, request) },
  ];
}

async function patch(api: OrderApi, parts: OrderRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { params, query, body, headers } = request;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const accepted = Object.keys(kinds).join(', ');
  const order = await parts.store.load(params.id ?? '');
  if (order?.category !== api.category) return refused(refusal('orderUnknown', { order: params.id ?? '' }));
  if (order.fulfillmentType !== 'Deliver') return refused(refusal('questionNotRevisable', { order: order.number }));
  if (body === undefined) return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send what is to change'));
  const kind = Object.hasOwn(kinds, mediaType) ? kinds[mediaType] : undefined;
  if (kind === undefined)
    return errorResponse(errorOfStatus(415, `Send one of ${accepted}; this is "${mediaType}"`), {
      'accept-patch': accepted,
    });
  const answer = await taken(api, parts, request, order, { kind, body: body.json as Json }); // JSON: the router has seen to it
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
  said: { readonly kind: PatchKind; readonly body: Json },
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

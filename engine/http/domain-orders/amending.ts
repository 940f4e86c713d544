/** Patching resource orders and work orders, by the commands that there are for them; and what is said to whoever deletes one. */
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Unstamped } from '../../shell/effects.ts';
import { domainOrderId } from '../../wire/north/domain-orders.ts';
import { type PartApi, partCollection } from '../../wire/north/parts/part-api.ts';
import { type PartPatch, partPatched } from '../../wire/north/parts/part-patch.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { patchIn } from '../amending/patch-in.ts';
import { errorResponse, type Route } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';
import { rolesOf } from '../roles.ts';
import { type Found, partOf } from './found.ts';

export function partAmendingRoutes(api: PartApi, parts: OrderRouteParts): Route[] {
  const one = `${partCollection(api)}/{id}`;
  return [
    { method: 'PATCH', path: one, handle: (request) => patch(api, parts, request) },
    { method: 'DELETE', path: one, handle: (request) => remove(api, parts, request) },
  ];
}

async function patch(api: PartApi, parts: OrderRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { store, mailbox, nobodyMay } = parts;
  const { id = '' } = request.params;
  const found = await partOf(api, store, id);
  if (found === undefined) return refused(refusal('orderUnknown', { order: id }));
  const said = patchIn(request);
  if ('status' in said) return said;
  const outcome = partPatched(api, shownBy(api, parts, found), said);
  if (outcome.kind === 'nothing') return answered(api, parts, found, request);
  if (outcome.kind === 'invalid') return errorResponse(errorOfFindings(outcome.findings));
  if (outcome.kind === 'refused') return refused(outcome.refusal);
  const input = inputOf(api, found, outcome);
  if ('code' in input) return refused(input);
  const roles = rolesOf(request, nobodyMay);
  const result = await mailbox.submit({ ...input, ...(roles === undefined ? {} : { roles }) });
  if (!result.ok) return refused(inPatch(result.refusal, outcome));
  const domainOrder = result.order.domainOrders.find((each) => each.id === found.domainOrder.id) ?? found.domainOrder;
  return answered(api, parts, { order: result.order, domainOrder }, request);
}

type Said = Extract<PartPatch, { kind: 'step' | 'values' }>;

function inputOf(api: PartApi, { order, domainOrder }: Found, said: Said): Unstamped | Refusal {
  const about = { orderId: order.id, serviceOrder: domainOrder.id };
  if (said.kind === 'values') return { type: 'UpdateServiceOrder', ...about, characteristics: said.characteristics };
  const note = said.note ?? `said through ${api.api}`;
  if (said.step === 'complete') return { type: 'ForceCompleteServiceOrder', ...about, note };
  if (said.step === 'cancel') return { type: 'CancelServiceOrder', ...about, note };
  const task = domainOrder.job?.task;
  if (task === undefined) return heldByNobody(api, { order, domainOrder }, said);
  return said.step === 'hold'
    ? { type: 'HoldTask', orderId: order.id, task, note }
    : { type: 'ReleaseTask', orderId: order.id, task };
}

/** Work for a domain order as a whole has no task that could be held. */
function heldByNobody(api: PartApi, found: Found, { step, pointer }: Extract<Said, { kind: 'step' }>): Refusal {
  const about = found.order.domainOrders.find(({ id }) => id === found.domainOrder.parent);
  const to = step === 'hold' ? 'held' : 'inProgress';
  const values = {
    part: domainOrderId(found),
    from: found.domainOrder.state,
    to,
    why: `it is for ${about?.number ?? 'its order'} as a whole, and no task of that waits for it`,
    possible: Object.keys(api.patchable)
      .filter((state) => state !== 'held' && state !== 'inProgress')
      .join(', '),
  };
  return refusal('partStateNotPatchable', values, pointer);
}

/** Where the patch says it, rather than the command. */
function inPatch(why: Refusal, said: Said): Refusal {
  if (said.kind === 'step') return { ...why, pointer: said.pointer };
  const [, index = '', rest = ''] = /^\/characteristics\/(\d+)(.*)$/.exec(why.pointer ?? '') ?? [];
  const place = said.pointers[Number(index)];
  if (index === '' || place === undefined) return why;
  // An operation of a JSON patch is one place.
  return { ...why, pointer: place.endsWith('/path') ? place : `${place}${rest}` };
}

async function remove(api: PartApi, { store }: OrderRouteParts, { params }: RoutedRequest): Promise<HttpResponse> {
  const { id = '' } = params;
  const found = await partOf(api, store, id);
  if (found === undefined) return refused(refusal('orderUnknown', { order: id }));
  const { number, state } = found.order;
  return refused(refusal('partNotDeletable', { part: id, order: number, state }));
}

function shownBy(api: PartApi, { editions, publicUrl }: OrderRouteParts, found: Found): JsonObject {
  const { catalogue } = editions.current();
  return api.render({ ...found, catalogue, publicUrl }) as JsonObject; // rendered from a plain JSON order
}

function answered(api: PartApi, parts: OrderRouteParts, found: Found, { query }: RoutedRequest): HttpResponse {
  return jsonResponse(200, selectFields(shownBy(api, parts, found), query.fields));
}

function refused(why: Refusal): HttpResponse {
  return errorResponse(errorOfRefusal(why));
}

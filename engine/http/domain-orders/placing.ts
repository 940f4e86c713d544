/** Placing a work order: for a domain order or a task that is there, by the command that managers have for it. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import type { WorkOrder_Create } from '../../../contracts/schemas/tmf697-v4.0.generated.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CustomerOrder, DomainOrder } from '../../model/order.ts';
import type { Refusal } from '../../model/refusals.ts';
import { domainOrderId } from '../../wire/north/domain-orders.ts';
import { type PartApi, partCollection } from '../../wire/north/parts/part-api.ts';
import { namedIn, saidOf, subjectOf, type WorkSubject, wrong } from '../../wire/north/parts/work-wanted.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';
import { rolesOf } from '../roles.ts';

export async function placeWork(api: PartApi, parts: OrderRouteParts, request: RoutedRequest): Promise<HttpResponse> {
  const { store, mailbox, editions, publicUrl, nobodyMay } = parts;
  const { body, query } = request;
  if (body === undefined)
    return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send the work order as a JSON body'));
  const findings = checkOf(api.api, 'official-lenient', 'WorkOrder_Create')(body.json);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const wanted = body.json as WorkOrder_Create; // as just checked
  const named = namedIn(wanted);
  if ('code' in named) return refused(named);
  const order = await store.load(named.orderId);
  if (order?.fulfillmentType !== 'Deliver') return refused(wrong('order', named.orderId, named.orderPointer));
  const subject = subjectOf(order, named);
  if ('code' in subject) return refused(subject);
  const { catalogue } = editions.current();
  const read = saidOf(wanted, subject, { order, catalogue, publicUrl });
  if ('code' in read) return refused(read);
  const roles = rolesOf(request, nobodyMay);
  const result = await mailbox.submit({
    type: 'CreateWorkOrder',
    orderId: order.id,
    about: subject.task?.id ?? subject.domainOrder.id,
    said: read.said,
    ...(roles === undefined ? {} : { roles }),
  });
  if (!result.ok) return refused(inBody(result.refusal, named.pointer, read.typePointer));
  const placed = { order: result.order, domainOrder: raisedFor(result.order, subject), catalogue, publicUrl };
  const location = `${publicUrl}${partCollection(api)}/${domainOrderId(placed)}`;
  return jsonResponse(201, selectFields(api.render(placed, 'acknowledged'), query.fields), { location });
}

/** The last one there is for it. */
function raisedFor({ domainOrders, tasks }: CustomerOrder, { domainOrder: { id }, task }: WorkSubject): DomainOrder {
  const ofTask = tasks.find((each) => each.id === task?.id)?.workOrder;
  const found =
    task === undefined
      ? domainOrders.findLast(({ parent, job }) => parent === id && job !== undefined && job.task === undefined)
      : domainOrders.find((each) => each.id === ofTask);
  if (found === undefined) throw new Error(`there is no work order for ${task?.number ?? id} after one was made`);
  return found;
}

/** Where the body says it, rather than the command. */
function inBody(why: Refusal, subject: string, type: string): Refusal {
  if (why.code === 'workDecidedOtherwise') return { ...why, pointer: type };
  return why.code === 'roleMissing' ? why : { ...why, pointer: subject };
}

function refused(why: Refusal): HttpResponse {
  return errorResponse(errorOfRefusal(why));
}

/** Cancel tasks, northbound: whoever placed an order asks for its end, and follows what becomes of that. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { pageOfList, selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings, errorOfJsonPath, errorOfPaging } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { refusal } from '../../model/refusals.ts';
import {
  type CancelTask_Create,
  cancelTaskCollection,
  cancelTasksOf,
  readCancelTask,
  renderCancelTask,
} from '../../wire/cancellation/cancel-task.ts';
import { nameOf, type OrderApi } from '../../wire/north/order-api.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';

const fulfillmentType = 'Deliver';

export function cancelTaskRoutes(api: OrderApi, parts: OrderRouteParts): Route[] {
  const { store, mailbox, publicUrl } = parts;
  const { category } = api;
  const collection = cancelTaskCollection(api);
  const isOurs = (order: CustomerOrder | undefined): order is CustomerOrder =>
    order?.category === category && order.fulfillmentType === fulfillmentType;
  const shown = (order: CustomerOrder, task: CancellationRequest, asNew = false) =>
    renderCancelTask(api, order, task, publicUrl, asNew);

  async function create({ body, query }: RoutedRequest): Promise<HttpResponse> {
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send the cancellation as a JSON body'));
    const findings = checkOf(api.api, 'official-lenient', api.task.create)(body.json);
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const { orderId, command } = readCancelTask(body.json as CancelTask_Create); // as just checked
    if (!isOurs(await store.load(orderId))) return unknownOrder(orderId);
    const result = await mailbox.submit({ ...command, orderId });
    if (!result.ok) return errorResponse(errorOfRefusal(result.refusal));
    const task = cancelTasksOf(result.order).at(-1);
    if (task === undefined) throw new Error(`order ${orderId} has no cancellation after one was requested`);
    const location = `${publicUrl}${collection}/${task.id}`;
    return jsonResponse(201, selectFields(shown(result.order, task, true), query.fields), { location });
  }

  /** The body names it, so the body is wrong: the path is there. */
  function unknownOrder(order: string): HttpResponse {
    const message = `Order ${order} does not exist`;
    const datapath = `/${nameOf(api)}/id`;
    return errorResponse(errorAnswer(400, '24', 'Invalid body field', message, [{ message, datapath }]));
  }

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const { id = '' } = params;
    const order = await store.load(id.replace(/-\d+$/, ''));
    const task = isOurs(order) ? cancelTasksOf(order).find((each) => each.id === id) : undefined;
    if (order === undefined || task === undefined)
      return errorResponse(errorOfRefusal(refusal('cancellationUnknown', { cancellation: id })));
    return jsonResponse(200, selectFields(shown(order, task), query.fields));
  }

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    if (query.filter !== undefined) return errorResponse(errorOfJsonPath());
    const { orders } = await store.list({ category, fulfillmentType, offset: 0, limit: Number.POSITIVE_INFINITY });
    const page = pageOfList(
      orders.flatMap((order) => cancelTasksOf(order).map((task) => shown(order, task))),
      query,
    );
    return page === undefined ? errorResponse(errorOfPaging()) : jsonResponse(page.status, page.body, page.headers);
  }

  return [
    { method: 'POST', path: collection, handle: create },
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

/** Cancel tasks, northbound: whoever placed an order asks for its end, or for that of a part of it, and follows what becomes of that. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { refusal } from '../../model/refusals.ts';
import type { Unstamped } from '../../shell/effects.ts';
import {
  type CancelTask_Create,
  type CancelTaskApi,
  cancelTaskCollection,
  readCancelTask,
  renderCancelTask,
  type Wanted,
  wholeCancelTasksOf,
} from '../../wire/cancellation/cancel-task.ts';
import { listedInTasks, listOfTasks } from '../../wire/north/listed-parts.ts';
import { nameOf, type OrderApi } from '../../wire/north/order-api.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { listPage, partsIn } from '../listing/page.ts';
import type { OrderRouteParts } from '../orders.ts';

/** Which requests are tasks of an API, and how one is made. */
export interface CancelTasks {
  readonly api: CancelTaskApi;
  tasksOf(order: CustomerOrder): readonly CancellationRequest[];
  /** Nothing, where there is no order of that id. */
  asked(wanted: Wanted, request: RoutedRequest): Promise<Unstamped | undefined>;
}

const fulfillmentType = 'Deliver';

/** Of orders as a whole. */
export function cancelTaskRoutes(api: OrderApi, parts: OrderRouteParts): Route[] {
  return routesOfTasks(wholeCancelTasks(api, parts), parts);
}

export function wholeCancelTasks(api: OrderApi, { store }: OrderRouteParts): CancelTasks {
  const { category } = api;
  const isOurs = (order: CustomerOrder | undefined): order is CustomerOrder =>
    order?.category === category && order.fulfillmentType === fulfillmentType;
  return {
    api,
    tasksOf: (order) => (isOurs(order) ? wholeCancelTasksOf(order) : []),
    asked: async ({ id: orderId, ...said }) =>
      isOurs(await store.load(orderId)) ? { type: 'CancelOrder', orderId, ...said } : undefined,
  };
}

export function routesOfTasks(tasks: CancelTasks, parts: OrderRouteParts): Route[] {
  const { store, mailbox, publicUrl } = parts;
  const { api } = tasks;
  const collection = cancelTaskCollection(api);
  const shown = (order: CustomerOrder, task: CancellationRequest, asNew = false) =>
    renderCancelTask(api, order, task, publicUrl, asNew);

  async function create(request: RoutedRequest): Promise<HttpResponse> {
    const { body, query } = request;
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send the cancellation as a JSON body'));
    const findings = checkOf(api.api, 'official-lenient', api.task.create)(body.json);
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const wanted = readCancelTask(api, body.json as CancelTask_Create); // as just checked
    const input = await tasks.asked(wanted, request);
    if (input === undefined) return unknownOrder(wanted.id);
    const result = await mailbox.submit(input);
    if (!result.ok) return errorResponse(errorOfRefusal(result.refusal));
    const task = tasks.tasksOf(result.order).at(-1);
    if (task === undefined) throw new Error(`order ${wanted.id} has no cancellation after one was requested`);
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
    const task = order === undefined ? undefined : tasks.tasksOf(order).find((each) => each.id === id);
    if (order === undefined || task === undefined)
      return errorResponse(errorOfRefusal(refusal('cancellationUnknown', { cancellation: id })));
    return jsonResponse(200, selectFields(shown(order, task), query.fields));
  }

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    const taskIn = (order: CustomerOrder, id: string) => {
      const task = tasks.tasksOf(order).find((each) => each.id === id);
      return task === undefined ? undefined : { order, task };
    };
    return listPage(query, {
      find: partsIn(store, { list: listOfTasks(api) }, taskIn),
      kinds: listedInTasks(api),
      render: ({ order, task }) => shown(order, task),
    });
  }

  return [
    { method: 'POST', path: collection, handle: create },
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

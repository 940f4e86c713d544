/** TMF697 v4.0 as whoever sends people out speaks it. */
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { WorkOrder, WorkOrder_Create, WorkOrderItem } from '../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { SomItem } from '../script/selecting.ts';
import type { ItemMessage, OrderRequest, SomOrder } from '../som-order.ts';
import { everyItem, everyItemShown, lastMessageOf, timesOf, tmfDialect } from './tmf-orders.ts';

export const tmf697 = tmfDialect({
  api: 'TMF697',
  resource: 'WorkOrder',
  basePath: '/tmf-api/workOrderManagement/v4',
  list: 'workOrderItem',
  itemsOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate'],
  untold: ['Milestone', 'Jeopardy'],
  firstOfTask: 'accepted',
});

/** What scripts select by is the type of the work. */
function itemsOf(request: OrderRequest): SomItem[] {
  const { workOrderItem } = request as WorkOrder_Create; // by `check`, before an order is made
  return everyItem<WorkOrderItem>(workOrderItem, 'workOrderItem', ({ id, action, work }) => ({
    id,
    action,
    specification: work?.workSpecification?.id ?? work?.workType,
  }));
}

/** The resource as it is shown. What went wrong with it stands in its note: TMF697 knows no errors of orders. */
function resourceOf(order: SomOrder, baseUrl: string): WorkOrder {
  const { id, state, orderedAt, extras } = order;
  const request = order.request.read() as WorkOrder_Create; // by `check`, before an order is made
  const resource: WorkOrder = {
    ...request,
    ...extras?.attributes,
    id,
    href: inOnePiece(baseUrl, '/workOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    workOrderItem: everyItemShown(request.workOrderItem, order, 'workOrderItem', itemShown),
    ...timesOf(order),
  };
  const message = lastMessageOf(order);
  if (message !== undefined) resource.note = noteOf(message);
  return resource;
}

function itemShown(
  item: WorkOrderItem,
  state: SomOrder['states'][number] | undefined,
  message: ItemMessage | undefined,
): WorkOrderItem {
  const shown: WorkOrderItem = { ...item };
  if (state !== undefined) shown.state = state;
  if (message !== undefined) shown.note = noteOf(message);
  return shown;
}

function noteOf({ text, at }: ItemMessage): NonNullable<WorkOrder['note']> {
  return { text, date: textOfInstant(at) };
}

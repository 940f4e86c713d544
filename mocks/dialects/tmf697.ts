/** TMF697 v4.0 as whoever sends people out speaks it: its resource and its events. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  WorkOrder,
  WorkOrder_Create,
  WorkOrder_Update,
  WorkOrderItem,
} from '../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';
import { amendedOrder } from './amending.ts';
import type { Dialect, Envelope, EventMessage, Happening } from './dialect.ts';

export const tmf697: Dialect = {
  api: 'TMF697',
  resource: 'WorkOrder',
  basePath: '/tmf-api/workOrderManagement/v4',
  collection: '/workOrder',
  itemState: 'workOrderItem.state',
  check: (body) => checkOf('TMF697', 'conformance', 'WorkOrder_Create')(body),
  itemsOf,
  newId: (name, chance) => inOnePiece(name, '-', chance.hex(12)),
  accepted: resourceOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate'],
  untold: ['Milestone', 'Jeopardy'],
  eventOf,
  subscribed: ({ id, callback, query }) => ({ id, callback, ...(query === '' ? {} : { query }) }),
  unsubscribed: () => ({ status: 204, headers: {} }),
  amendment: {
    status: 200,
    apply: (order, body) => amendedOrder(order, body, 'workOrderItem', itemsOf),
    answer: resourceOf,
    stateIn: (body) => (body as WorkOrder_Update).state, // checked by whoever calls
    isTold: true,
  },
  cancelTask: { path: '/cancelWorkOrder', first: 'accepted' },
};

/** The items of an order and those in them, outer before inner. What scripts select by is the type of the work. */
function itemsOf(request: OrderRequest): SomItem[] {
  const found: SomItem[] = [];
  const add = (items: readonly WorkOrderItem[]): void => {
    for (const { id, action, work, workOrderItem } of items) {
      found.push({ id, action, specification: work?.workSpecification?.id ?? work?.workType });
      if (workOrderItem !== undefined) add(workOrderItem);
    }
  };
  add((request as WorkOrder_Create).workOrderItem); // by `check`, before an order is made
  return found;
}

/** The resource as it is shown. What went wrong with it stands in its note: TMF697 knows no errors of orders. */
function resourceOf(order: SomOrder, baseUrl: string): WorkOrder {
  const { id, state, orderedAt, startedAt, completedAt, messages, extras } = order;
  const request = order.request.read() as WorkOrder_Create; // by `check`, before an order is made
  const resource: WorkOrder = {
    ...request,
    ...extras?.attributes,
    id,
    href: inOnePiece(baseUrl, '/workOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    workOrderItem: itemsShown(request.workOrderItem, order),
  };
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined && state === 'cancelled') resource.cancellationDate = textOfInstant(completedAt);
  else if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  if (state === 'cancelled' && extras?.cancellationReason !== undefined)
    resource.cancellationReason = extras.cancellationReason;
  const [message] = messages.filter((each) => each !== undefined).slice(-1);
  if (message !== undefined) resource.note = { text: message.text, date: textOfInstant(message.at) };
  return resource;
}

/** Goes through the items as `itemsOf` did, so that each meets its state. */
function itemsShown(items: readonly WorkOrderItem[], { states, messages }: SomOrder): WorkOrderItem[] {
  let place = 0;
  const show = (item: WorkOrderItem): WorkOrderItem => {
    const state = states[place];
    const message = messages[place];
    place += 1;
    const shown: WorkOrderItem = { ...item };
    if (state !== undefined) shown.state = state;
    if (message !== undefined) shown.note = { text: message.text, date: textOfInstant(message.at) };
    if (item.workOrderItem !== undefined) shown.workOrderItem = item.workOrderItem.map(show);
    return shown;
  };
  return items.map(show);
}

function eventOf({ kind, order, fieldPath }: Happening, { eventId, eventTime, baseUrl }: Envelope): EventMessage {
  const eventType = inOnePiece('WorkOrder', kind, 'Event');
  const path = fieldPath === undefined ? {} : { fieldPath };
  const body = { eventId, eventTime, eventType, ...path, event: { workOrder: resourceOf(order, baseUrl) } };
  return { path: `/listener/workOrder${kind}Event`, body };
}

/** Resource orders and work orders of this order management as whoever reads them through TMF652 and TMF697 sees them. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type { ResourceOrder } from '../../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { WorkOrder, WorkOrderItem } from '../../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder, DomainOrder } from '../../model/order.ts';
import type { ShownState } from '../../model/parts/news.ts';
import type { OutboundItem, OutboundPayload } from '../../model/payload.ts';
import { renderOrder as renderResources } from '../south/tmf652-v4.ts';
import { renderOrder as renderWork } from '../south/tmf697-v4.ts';
import { tmfStateOfDomainOrder } from '../state-names.ts';
import { isObject } from './patch/items.ts';

export const resourceOrderingBase = '/tmf-api/resourceOrderingManagement/v4';
export const workOrderBase = '/tmf-api/workOrderManagement/v4';

/** Where a domain order is read: the order it belongs to, and what to call it there. */
export interface Placed {
  readonly order: CustomerOrder;
  readonly domainOrder: DomainOrder;
  readonly catalogue: Catalogue;
  /** Where the API is reached from outside, without a slash at the end. */
  readonly publicUrl: string;
}

/** The id of a domain order says which customer order it belongs to, so that it is found by it. */
export function domainOrderId(placed: {
  readonly order: Pick<CustomerOrder, 'id'>;
  readonly domainOrder: Pick<DomainOrder, 'number'>;
}): string {
  const { order, domainOrder } = placed;
  return inOnePiece(order.id, '-', domainOrder.number);
}

/** Whether an id is one of these; otherwise it may be that of a customer order. */
export function isDomainOrderId(id: string): boolean {
  return /-[A-Z]+\d+$/.test(id);
}

/** The parts of such an id. */
export function partsOfId(id: string): { readonly orderId: string; readonly number: string } {
  const end = id.lastIndexOf('-');
  return { orderId: id.slice(0, Math.max(end, 0)), number: id.slice(end + 1) };
}

/** @param state the one that it is in, when absent. */
export function renderResourceOrder(placed: Placed, state = shownStateOf(placed.domainOrder)): ResourceOrder {
  const id = domainOrderId(placed);
  const { externalReference: _theirs, ...order } = renderResources(payloadOf(placed));
  return {
    ...order,
    ...headerOf(placed),
    id,
    href: inOnePiece(placed.publicUrl, resourceOrderingBase, '/resourceOrder/', id),
    state,
    orderItem: (order.orderItem ?? []).map((item) => ({ ...item, state })),
  };
}

/** @param state the one that it is in, when absent. */
export function renderWorkOrder(placed: Placed, state = shownStateOf(placed.domainOrder)): WorkOrder {
  const id = domainOrderId(placed);
  const order = renderWork(payloadOf(placed));
  const { said, ofItem, ofWork } = keptIn(placed.domainOrder);
  return {
    ...order,
    ...headerOf(placed),
    ...said,
    id,
    href: inOnePiece(placed.publicUrl, workOrderBase, '/workOrder/', id),
    state,
    workOrderItem: order.workOrderItem.map(
      (item): WorkOrderItem => ({ ...item, ...ofItem, work: { ...item.work, ...ofWork }, state }),
    ),
  };
}

/** What was said of a work order as a whole when it was placed. */
export function saidOfWork(domainOrder: DomainOrder): JsonObject {
  return domainOrder.job === undefined ? {} : keptIn(domainOrder).said;
}

/** What was said when a work order was placed, in the places where it was said. */
function keptIn({ kept = {} }: DomainOrder): { said: JsonObject; ofItem: JsonObject; ofWork: JsonObject } {
  const { workOrderItem, ...said } = kept;
  const [item] = Array.isArray(workOrderItem) ? workOrderItem : [];
  const { work, ...ofItem } = isObject(item) ? item : {};
  return { said, ofItem, ofWork: isObject(work) ? work : {} };
}

/** Work that has been asked to wait is held, whatever its order waits for. */
export function shownStateOf({ state, job }: Pick<DomainOrder, 'state' | 'job'>): ShownState {
  return job?.suspended === true && state === 'in_progress' ? 'held' : tmfStateOfDomainOrder[state];
}

function headerOf({ order, domainOrder }: Placed): {
  externalId: string;
  orderDate: string;
  startDate?: string;
  completionDate?: string;
} {
  const { state, startedAt, endedAt } = domainOrder;
  return {
    externalId: order.externalId ?? domainOrder.number,
    orderDate: textOfInstant(order.orderedAt),
    ...(startedAt === undefined ? {} : { startDate: textOfInstant(startedAt) }),
    ...(endedAt === undefined || state !== 'closed_complete' ? {} : { completionDate: textOfInstant(endedAt) }),
  };
}

/** What would be sent of it alone, without what it is sent as. */
function payloadOf({ order, domainOrder, catalogue }: Placed): OutboundPayload {
  const { id, category, description, priority, requestedStartAt, requestedCompletionAt, parties } = order;
  return {
    requestId: '',
    revision: 1,
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...(requestedStartAt === undefined ? {} : { requestedStartAt }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionAt }),
    parties,
    order: { id, category },
    items: [itemOf(order, domainOrder, catalogue)],
  };
}

function itemOf(order: CustomerOrder, domainOrder: DomainOrder, catalogue: Catalogue): OutboundItem {
  const { id, action, specification, parent, place, job } = domainOrder;
  const {
    name = specification,
    version = '1',
    type = 'Not Applicable',
  } = catalogue.specifications[specification] ?? {};
  // Work is shown with what it is for.
  const about = job === undefined ? undefined : order.domainOrders.find((each) => each.id === parent);
  const { characteristics, inventory } = about ?? domainOrder;
  return {
    serviceOrder: id,
    action,
    quantity: 1,
    specification: { id: specification, name, version, type },
    characteristics,
    ...(inventory === undefined ? {} : { inventory }),
    ...(place === undefined ? {} : { place }),
    ...(job === undefined || about === undefined ? {} : { job: { ...job, for: about } }),
    children: [],
    after: [],
  };
}

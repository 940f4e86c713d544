/** TMF697 Work Order v4.0, southbound: what goes to whoever sends people out, and what its answers and events say. */
import type {
  OrderItemRelationship,
  PlaceRefOrValue,
  WorkOrder,
  WorkOrder_Create,
  WorkOrder_Update,
  WorkOrderItem,
  WorkRefOrValue,
} from '../../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { OrderKind, Place } from '../../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { type ReadServiceOrder, reportOf } from './dialect.ts';
import {
  headerOf,
  renderCharacteristic,
  renderParty,
  renderPlace,
  tmfActions,
  tmfDialect,
  tmfWords,
} from './tmf-orders.ts';

/** It publishes no lifecycle of its own, and has neither milestones nor jeopardy. */
export const tmf697v4 = tmfDialect({
  api: 'TMF697',
  takes: 'work',
  resource: 'WorkOrder',
  base: '/tmf-api/workOrderManagement/v4',
  actions: tmfActions,
  render: renderOrder,
  renderRevision,
  read: readWorkOrder,
});

/** The Request ID is its externalId, and each item has the id of its work order. */
export function renderOrder(payload: OutboundPayload, ownWords: WireWords = tmfWords): WorkOrder_Create {
  const { requestId, priority, parties, items } = payload;
  const [first] = items;
  const order: WorkOrder_Create = {
    externalId: requestId,
    workOrderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'WorkOrder',
    ...headerOf(payload, priority),
  };
  if (first?.job?.description !== undefined) order.description = first.job.description;
  if (first?.job !== undefined) order.category = first.job.type;
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  if (first?.place !== undefined) order.place = placeOf(first.place);
  const { order: customerOrder } = payload;
  if (customerOrder !== undefined) {
    order.order = [{ id: customerOrder.id, '@referredType': `${customerOrder.category}Order` }];
  }
  return order;
}

/** Work that is to stop for now, or to go on, is told so by the state that is wanted; otherwise the state is not ours to say. */
function renderRevision(payload: OutboundPayload, ownWords: WireWords = tmfWords): WorkOrder_Update {
  const turn = payload.items[0]?.job?.turn;
  const order: WorkOrder_Update = renderOrder(payload, ownWords);
  if (turn !== undefined) order.state = turn === 'suspend' ? 'held' : 'inProgress';
  return order;
}

/** What TMF calls an order that work is for. */
const orderTypes: { readonly [kind in OrderKind]: string } = {
  product: 'ProductOrder',
  service: 'ServiceOrder',
  resource: 'ResourceOrder',
  work: 'WorkOrder',
};

function renderItem(item: OutboundItem, ownWords: WireWords): WorkOrderItem {
  const { job } = item;
  const rendered: WorkOrderItem = {
    id: item.serviceOrder,
    action: ownWords.actions[item.action] as WorkOrderItem['action'], // a word of its contract, or the check says so
    work: renderWork(item),
    '@type': 'WorkOrderItem',
  };
  if (job !== undefined) {
    const { id, number: name, kind } = job.for;
    rendered.relatedEntity = [{ id, name, role: 'fulfills', '@referredType': orderTypes[kind] }];
    if (job.description !== undefined) rendered.description = job.description;
  }
  if (item.modification !== undefined) rendered.modificationType = item.modification;
  const relationships = relationshipsOf(item);
  if (relationships.length > 0) rendered.workOrderItemRelationship = relationships;
  return rendered;
}

function relationshipsOf({ parent, children, after }: OutboundItem): OrderItemRelationship[] {
  const above = parent === undefined ? [] : [{ relationshipType: 'HasParent', id: parent }];
  const below = children.map((id) => ({ relationshipType: 'HasChild', id }));
  return [...above, ...below, ...after.map((id) => ({ relationshipType: 'dependency', id }))];
}

function renderWork(item: OutboundItem): WorkRefOrValue {
  const { serviceOrder, action, job, specification, characteristics, inventory, place } = item;
  const type = job?.type ?? specification.name;
  const work: WorkRefOrValue = {
    name: `${type}: ${specification.name}`,
    workType: type,
    workSpecification: { id: type, name: type, '@type': 'WorkSpecificationRef' },
    workCharacteristic: characteristics.map(renderCharacteristic),
    // What it is about is no attribute of TMF697, which lets pass what it does not know.
    specification: { id: specification.id, name: specification.name, version: specification.version },
    '@type': 'Work',
  };
  // Work that is there already is known by the work order that asked for it.
  if (action !== 'add') work.id = serviceOrder;
  if (job?.description !== undefined) work.description = job.description;
  if (inventory !== undefined) work.inventory = inventory;
  if (place !== undefined) work.place = [renderPlace(place)];
  return work;
}

/** Of an order, a place has no role. */
function placeOf(place: Place): PlaceRefOrValue {
  const { role: _, ...where } = renderPlace(place);
  return where;
}

/**
 * @param order valid against WorkOrder under `official-lenient`. Items without a state of their own have the order's;
 * states that are not known say nothing. TMF697 has no errors in its orders: the note says why one failed.
 */
export function readWorkOrder(order: WorkOrder, { states }: WireWords = tmfWords): ReadServiceOrder {
  return {
    ...(order.id === undefined ? {} : { externalOrderId: order.id }),
    ...(order.externalId === undefined ? {} : { requestId: order.externalId }),
    reports: order.workOrderItem.flatMap((item) => reportsOf(item)),
  };

  function reportsOf({ id, state, note, workOrderItem = [] }: WorkOrderItem): ItemReport[] {
    const said = states[state ?? order.state ?? ''];
    const why = said === 'error' ? (note?.text ?? order.note?.text) : undefined;
    const own = said === undefined ? [] : [reportOf(id, said, why)];
    return [...own, ...workOrderItem.flatMap((inner) => reportsOf(inner))];
  }
}

/** TMF697 Work Order v4.0, southbound: what goes to whoever sends people out, and what its answers and events say. */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  CancelWorkOrder,
  CancelWorkOrder_Create,
  OrderItemRelationship,
  PlaceRefOrValue,
  RelatedParty,
  RelatedPlaceRefOrValue,
  Characteristic as WireCharacteristic,
  WorkOrder,
  WorkOrder_Create,
  WorkOrder_Update,
  WorkOrderItem,
  WorkRefOrValue,
} from '../../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { OrderKind, Party, Place } from '../../model/order.ts';
import type { OutboundCharacteristic, OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { reportOfTmfState, tmfActionOf } from '../state-names.ts';
import { type Dialect, type Notice, type ReadCancellation, type ReadServiceOrder, reportOf } from './dialect.ts';

/** Its states are those of TMF641, and so is what they say: it publishes no lifecycle of its own. */
const words: WireWords = { states: reportOfTmfState, actions: tmfActionOf, falloutPhrase: '' };
const actions = ['add', 'modify', 'delete', 'noChange'];

export const tmf697v4: Dialect = {
  api: 'TMF697',
  takes: 'work',
  create: { method: 'POST', path: () => '/workOrder', request: 'WorkOrder_Create', render: renderOrder },
  revise: {
    method: 'PATCH',
    path: (id) => `/workOrder/${encodeURIComponent(id)}`,
    request: 'WorkOrder_Update',
    render: renderRevision,
  },
  cancel: {
    path: () => '/cancelWorkOrder',
    request: 'CancelWorkOrder_Create',
    render: renderCancellation,
    answer: 'CancelWorkOrder',
    read: (task) => readCancelTask(task as CancelWorkOrder), // checked by whoever asks
  },
  retrieve: { path: (id) => `/workOrder/${encodeURIComponent(id)}` },
  hub: { path: '/hub', callback: '/tmf-api/workOrderManagement/v4' },
  words,
  states: Object.keys(reportOfTmfState),
  actions: actions.join(', '),
  isAction: (word) => actions.includes(word),
  answerType: () => 'WorkOrder',
  read: (order, ownWords) => readWorkOrder(order as WorkOrder, ownWords), // checked by whoever asks
  noticeIn: (eventType, event) => noticeIn(eventType, event as { fieldPath?: string }), // likewise
};

/** It has neither milestones nor jeopardy. */
function noticeIn(eventType: string, { fieldPath }: { fieldPath?: string }): Notice | undefined {
  if (eventType !== 'WorkOrderInformationRequiredEvent') return undefined;
  return { kind: 'informationRequired', text: fieldPath ?? 'it does not say which' };
}

/** The Request ID is its externalId, and each item has the id of its work order. */
export function renderOrder(payload: OutboundPayload, ownWords: WireWords = words): WorkOrder_Create {
  const { requestId, revision, priority, requestedStartAt, requestedCompletionAt, parties, items } = payload;
  const order: WorkOrder_Create = {
    externalId: requestId,
    workOrderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'WorkOrder',
  };
  const [first] = items;
  const description = first?.job?.description ?? payload.description;
  // TMF697 does not know revisions, and lets pass what it does not know.
  if (revision > 1) order.revision = revision;
  if (description !== undefined) order.description = description;
  if (first?.job !== undefined) order.category = first.job.type;
  if (priority !== undefined) order.priority = priority;
  if (requestedStartAt !== undefined) order.requestedStartDate = textOfInstant(requestedStartAt);
  if (requestedCompletionAt !== undefined) order.requestedCompletionDate = textOfInstant(requestedCompletionAt);
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  if (first?.place !== undefined) order.place = renderPlace(first.place);
  const { order: customerOrder } = payload;
  if (customerOrder !== undefined) {
    order.order = [{ id: customerOrder.id, '@referredType': `${customerOrder.category}Order` }];
  }
  return order;
}

/** Work that is to stop for now, or to go on, is told so by the state that is wanted; otherwise the state is not ours to say. */
function renderRevision(payload: OutboundPayload, ownWords: WireWords = words): WorkOrder_Update {
  const turn = payload.items[0]?.job?.turn;
  const order: WorkOrder_Update = renderOrder(payload, ownWords);
  if (turn !== undefined) order.state = turn === 'suspend' ? 'held' : 'inProgress';
  return order;
}

function renderCancellation(id: string, reason: string | undefined): CancelWorkOrder_Create {
  const cancellation: CancelWorkOrder_Create = { workOrder: { id, '@referredType': 'WorkOrder' } };
  if (reason !== undefined) cancellation.cancellationReason = reason;
  return cancellation;
}

/** TMF697 has no words for why a task has failed. */
function readCancelTask({ state }: CancelWorkOrder): ReadCancellation {
  if (state === 'done') return { state };
  return state === 'terminatedWithError' ? { state: 'refused', reason: 'it does not say why' } : { state: 'asked' };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  const party: RelatedParty = { id, '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
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
  if (place !== undefined) work.place = [renderRelatedPlace(place)];
  return work;
}

function renderCharacteristic({ name, valueType, value, previousValue }: OutboundCharacteristic): WireCharacteristic {
  const characteristic: WireCharacteristic = valueType === undefined ? { name, value } : { name, valueType, value };
  if (previousValue !== undefined) characteristic.previousValue = previousValue;
  return characteristic;
}

function renderPlace({ id, name, referredType }: Place): PlaceRefOrValue {
  const place: PlaceRefOrValue = {};
  if (id !== undefined) place.id = id;
  if (name !== undefined) place.name = name;
  if (referredType !== undefined) place['@referredType'] = referredType;
  return place;
}

function renderRelatedPlace(place: Place): RelatedPlaceRefOrValue {
  return { ...renderPlace(place), role: place.role };
}

/**
 * @param order valid against WorkOrder under `official-lenient`. Items without a state of their own have the order's;
 * states that are not known say nothing. TMF697 has no errors in its orders: the note says why one failed.
 */
export function readWorkOrder(order: WorkOrder, { states }: WireWords = words): ReadServiceOrder {
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

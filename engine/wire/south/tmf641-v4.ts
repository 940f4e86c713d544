/** TMF641 Service Ordering v4.1, southbound: what goes to a SOM or TOM, and what its answers and events say. */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  CancelServiceOrder,
  CancelServiceOrder_Create,
  RelatedParty,
  RelatedPlaceRefOrValue,
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrder_Update,
  ServiceOrderItem,
  ServiceOrderItemRelationship,
  ServiceRefOrValue,
  Characteristic as WireCharacteristic,
} from '../../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Party, Place } from '../../model/order.ts';
import type { OutboundCharacteristic, OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { reportOfTmfState, tmfActionOf } from '../state-names.ts';
import { type Dialect, type Notice, type ReadCancellation, type ReadServiceOrder, reportOf } from './dialect.ts';

const words: WireWords = { states: reportOfTmfState, actions: tmfActionOf, falloutPhrase: '' };
const actions = ['add', 'modify', 'delete', 'noChange'];

export const tmf641v4: Dialect = {
  api: 'TMF641',
  takes: 'service',
  create: {
    method: 'POST',
    path: () => '/serviceOrder',
    request: 'ServiceOrder_Create',
    render: renderOutboundRequest,
  },
  revise: {
    method: 'PATCH',
    path: (id) => `/serviceOrder/${encodeURIComponent(id)}`,
    request: 'ServiceOrder_Update',
    render: renderRevision,
  },
  cancel: {
    path: () => '/cancelServiceOrder',
    request: 'CancelServiceOrder_Create',
    render: renderCancellation,
    answer: 'CancelServiceOrder',
    read: (task) => readCancelTask(task as CancelServiceOrder), // checked by whoever asks
  },
  retrieve: { path: (id) => `/serviceOrder/${encodeURIComponent(id)}` },
  hub: { path: '/hub', callback: '/tmf-api/serviceOrdering/v4' },
  words,
  states: Object.keys(reportOfTmfState),
  actions: actions.join(', '),
  isAction: (word) => actions.includes(word),
  answerType: () => 'ServiceOrder',
  read: (order, ownWords) => readServiceOrderReport(order as ServiceOrder, ownWords), // checked by whoever asks
  noticeIn: (eventType, event) => noticeIn(eventType, event as NoticeEvent), // likewise
};

/** An event with the order in it, as far as a notice can be in it. */
interface NoticeEvent {
  readonly fieldPath?: string;
  readonly event?: { readonly serviceOrder?: ServiceOrder };
}

/** The latest is what the event is about: an order carries all that have been. */
function noticeIn(eventType: string, { fieldPath, event }: NoticeEvent): Notice | undefined {
  const order = event?.serviceOrder;
  const milestone = order?.milestone?.at(-1);
  if (eventType === 'ServiceOrderMilestoneEvent' && milestone !== undefined) {
    return { kind: 'milestone', text: sentenceOf(milestone.name, milestone.message ?? milestone.description) };
  }
  const alert = order?.jeopardyAlert?.at(-1);
  if (eventType === 'ServiceOrderJeopardyEvent' && alert !== undefined) {
    return { kind: 'jeopardy', text: sentenceOf(alert.name, alert.message ?? alert.exception) };
  }
  if (eventType !== 'ServiceOrderInformationRequiredEvent') return undefined;
  return { kind: 'informationRequired', text: fieldPath ?? 'it does not say which' };
}

function sentenceOf(name: string | undefined, more: string | undefined): string {
  return [name, more].filter((part) => part !== undefined).join(': ') || 'it does not say which';
}

/**
 * The order as TMF641 v4.1 creates it: the Request ID is its externalId, and each item has the id of its service order.
 */
export function renderOutboundRequest(payload: OutboundPayload, ownWords: WireWords = words): ServiceOrder_Create {
  const { requestId, revision, description, priority, requestedStartAt, requestedCompletionAt, parties, items } =
    payload;
  const order: ServiceOrder_Create = {
    externalId: requestId,
    serviceOrderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'ServiceOrder',
  };
  if (revision > 1) order.revision = revision;
  if (description !== undefined) order.description = description;
  if (priority !== undefined) order.priority = priority;
  if (requestedStartAt !== undefined) order.requestedStartDate = textOfInstant(requestedStartAt);
  if (requestedCompletionAt !== undefined) order.requestedCompletionDate = textOfInstant(requestedCompletionAt);
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  return order;
}

/** Says the same as the creation, with marks at what has changed, which TMF641 does not know and lets pass. */
function renderRevision(payload: OutboundPayload, ownWords: WireWords = words): ServiceOrder_Update {
  // ServiceOrder_Update has no @type: what an order is of cannot be patched.
  const { '@type': _, ...revision } = renderOutboundRequest(payload, ownWords);
  return revision;
}

function renderCancellation(id: string, reason: string | undefined): CancelServiceOrder_Create {
  const cancellation: CancelServiceOrder_Create = { serviceOrder: { id, '@referredType': 'ServiceOrder' } };
  if (reason !== undefined) cancellation.cancellationReason = reason;
  return cancellation;
}

/** A task that is done has canceled the order; the diagram has another end for one that has not. */
export function readCancelTask({ state, completionMessage, errorMessage }: CancelServiceOrder): ReadCancellation {
  if (state === 'done') return { state };
  if (state !== 'terminatedWithError') return { state: 'asked' };
  const reason = errorMessage?.message ?? errorMessage?.reason ?? completionMessage ?? 'it does not say why';
  return { state: 'refused', reason };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  const party: RelatedParty = { id, '@type': 'RelatedParty', '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
}

function renderItem(item: OutboundItem, ownWords: WireWords): ServiceOrderItem {
  const rendered: ServiceOrderItem = {
    id: item.serviceOrder,
    quantity: item.quantity,
    action: ownWords.actions[item.action] as ServiceOrderItem['action'], // a word of its contract, or the check says so
    service: renderService(item),
    '@type': 'ServiceOrderItem',
  };
  if (item.modification !== undefined) rendered.modificationType = item.modification;
  const relationships = relationshipsOf(item);
  if (relationships.length > 0) rendered.serviceOrderItemRelationship = relationships;
  return rendered;
}

function renderService({ action, specification, characteristics, inventory, place }: OutboundItem): ServiceRefOrValue {
  const service: ServiceRefOrValue = {
    name: specification.name,
    serviceType: specification.type,
    serviceCharacteristic: characteristics.map(renderCharacteristic),
    serviceSpecification: {
      id: specification.id,
      name: specification.name,
      version: specification.version,
      '@type': 'ServiceSpecificationRef',
    },
    '@type': 'Service',
  };
  if (inventory !== undefined) service.id = inventory;
  if (action === 'suspend') service.state = 'inactive';
  if (action === 'resume') service.state = 'active';
  if (place !== undefined) service.place = [renderPlace(place)];
  return service;
}

function renderCharacteristic({ name, valueType, value, previousValue }: OutboundCharacteristic): WireCharacteristic {
  const characteristic: WireCharacteristic = valueType === undefined ? { name, value } : { name, valueType, value };
  if (previousValue !== undefined) characteristic.previousValue = previousValue;
  return characteristic;
}

function renderPlace({ id, name, role, referredType }: Place): RelatedPlaceRefOrValue {
  const place: RelatedPlaceRefOrValue = { role };
  if (id !== undefined) place.id = id;
  if (name !== undefined) place.name = name;
  if (referredType !== undefined) place['@referredType'] = referredType;
  return place;
}

function relationshipsOf({ parent, children, after }: OutboundItem): ServiceOrderItemRelationship[] {
  const relationships: ServiceOrderItemRelationship[] = [];
  if (parent !== undefined) relationships.push(related('HasParent', parent));
  for (const child of children) relationships.push(related('HasChild', child));
  for (const before of after) relationships.push(related('dependency', before));
  return relationships;
}

/** Both `id` and `itemId`: the published type requires one and declares the other. */
function related(relationshipType: string, id: string): ServiceOrderItemRelationship {
  return { relationshipType, orderItem: { id, itemId: id } };
}

/**
 * @param order valid against ServiceOrder under `official-lenient`. Items without a state of their own have the order's;
 * states that are not known say nothing.
 */
export function readServiceOrderReport(order: ServiceOrder, { states }: WireWords = words): ReadServiceOrder {
  const message = order.errorMessage?.[0]?.message ?? order.errorMessage?.[0]?.reason;
  const inherited = { state: order.state ?? '', message };
  return {
    ...(order.id === undefined ? {} : { externalOrderId: order.id }),
    ...(order.externalId === undefined ? {} : { requestId: order.externalId }),
    reports: (order.serviceOrderItem ?? []).flatMap((item) => reportsOf(item, states, inherited)),
  };
}

/** What an item says, and the items in it. */
function reportsOf(
  item: ServiceOrderItem,
  states: WireWords['states'],
  ofOrder: { state: string; message: string | undefined },
): ItemReport[] {
  const state = states[item.state ?? ofOrder.state];
  const error = item.errorMessage?.[0];
  const message = error?.message ?? error?.reason ?? (state === 'error' ? ofOrder.message : undefined);
  const own = state === undefined ? [] : [reportOf(item.id, state, message)];
  return [...own, ...(item.serviceOrderItem ?? []).flatMap((inner) => reportsOf(inner, states, ofOrder))];
}

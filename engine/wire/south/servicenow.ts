/** The native dialect of ServiceNow: the TMF641 envelope with words, relationships and revisions of its own (servicenow 3.7, 13). */
import type {
  CancelServiceOrder,
  CancelServiceOrder_Create,
  ServiceOrder_Create as Create,
  OrderRelationship,
  RelatedParty,
  Service,
  ServiceOrder,
  ServiceOrderItem,
  ServiceOrderItem_Update,
  ServiceOrder_Update as Update,
  Characteristic as WireCharacteristic,
} from '../../../contracts/schemas/servicenow.generated.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Action, Party } from '../../model/order.ts';
import type { OutboundCharacteristic, OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { type Dialect, type ReadCancellation, type ReadServiceOrder, reportOf } from './dialect.ts';

/** Native states of orders, lines and domain orders (2.1 to 2.3), and the words of the outboundresponse callback (3.8). */
const states: { readonly [state: string]: ItemReport['state'] } = {
  draft: 'pending',
  submitted: 'pending',
  enrichment_in_progress: 'pending',
  enrichment_on_hold: 'pending',
  new: 'pending',
  acknowledged: 'pending',
  qualified: 'pending',
  scheduled: 'pending',
  in_progress: 'pending',
  revision_in_progress: 'pending',
  revision_received: 'pending',
  awaiting_information: 'pending',
  on_hold: 'pending',
  assessing_cancellation: 'pending',
  cancellation_in_progress: 'pending',
  completed: 'fulfilled',
  closed_complete: 'fulfilled',
  rejected: 'error',
  // Ended, and not with what was asked for: as in docs/decisions/0005.
  canceled: 'error',
  pending: 'pending',
  fulfilled: 'fulfilled',
  error: 'error',
};

const actionWords = {
  add: 'add',
  change: 'change',
  delete: 'delete',
  suspend: 'suspend',
  resume: 'resume',
  'no-change': 'no-change',
} as const satisfies { readonly [action in Action]: string };

export const serviceNow: Dialect = {
  api: 'ServiceNow',
  takes: 'service',
  create: { method: 'POST', path: () => '/serviceOrder', request: 'ServiceOrder_Create', render: renderCreate },
  revise: {
    method: 'PATCH',
    path: (id) => `/serviceOrder/${encodeURIComponent(id)}`,
    request: 'ServiceOrder_Update',
    render: renderRevise,
  },
  cancel: {
    path: () => '/serviceOrder/cancelserviceorder',
    request: 'CancelServiceOrder_Create',
    render: renderCancellation,
    answer: 'CancelServiceOrder',
    read: (task) => readCancelTask(task as CancelServiceOrder), // checked by whoever asks
  },
  retrieve: { path: (id) => `/serviceOrder/${encodeURIComponent(id)}` },
  words: { states, actions: actionWords, falloutPhrase: '' },
  states: Object.keys(states),
  actions: Object.keys(actionWords).join(', '),
  isAction: (word) => Object.hasOwn(actionWords, word),
  answerType: (_operation, status) => (status === 202 ? 'Queued' : 'ServiceOrder'),
  read,
};

function renderCreate(payload: OutboundPayload, words: WireWords): Create {
  return { ...headerOf(payload), serviceOrderItem: payload.items.map((item) => renderItem(item, payload, words)) };
}

/** The same envelope and the same Request ID, with what has changed marked item by item (3.6). */
function renderRevise(payload: OutboundPayload, words: WireWords): Update {
  const serviceOrderItem = payload.items.map(
    (item): ServiceOrderItem_Update => ({
      ...renderItem(item, payload, words),
      modificationType: item.modification ?? 'noChange',
    }),
  );
  return { ...headerOf(payload), revision: payload.revision, serviceOrderItem };
}

function renderCancellation(id: string, reason: string | undefined): CancelServiceOrder_Create {
  const cancellation = { serviceOrder: { id, '@referredType': 'ServiceOrder' }, '@type': 'CancelServiceOrder' };
  return reason === undefined ? cancellation : { ...cancellation, cancellationReason: reason };
}

const refusals = ['rejected', 'terminatedWithError'];

/** It says `done` as soon as the request is in (6.2): the order is only being assessed then. */
function readCancelTask({ state = '' }: CancelServiceOrder): ReadCancellation {
  return refusals.includes(state) ? { state: 'refused', reason: `it answers ${state}` } : { state: 'asked' };
}

function headerOf(payload: OutboundPayload): Omit<Create, 'serviceOrderItem'> & { externalId: string } {
  const { requestId, description, priority, requestedStartAt, requestedCompletionAt, parties } = payload;
  return {
    externalId: requestId,
    '@type': 'ServiceOrder',
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...(requestedStartAt === undefined ? {} : { requestedStartDate: textOfInstant(requestedStartAt) }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionDate: textOfInstant(requestedCompletionAt) }),
    ...(parties.length === 0 ? {} : { relatedParty: parties.map(renderParty) }),
  };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  const party: RelatedParty = { id, '@type': 'RelatedParty', '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
}

/** A place is told by its id, which its type requires: one that has none is not told. */
function renderItem(item: OutboundItem, { revision }: OutboundPayload, words: WireWords): ServiceOrderItem {
  const rendered: ServiceOrderItem = {
    id: item.serviceOrder,
    '@type': 'ServiceOrderItem',
    action: words.actions[item.action] as ServiceOrderItem['action'], // a word of its contract, or the check says so
    quantity: item.quantity,
    version: String(revision),
    service: renderService(item),
  };
  const relationships = relationshipsOf(item);
  if (relationships.length > 0) rendered.orderRelationship = relationships;
  if (item.place?.id !== undefined) rendered.place = { id: item.place.id, '@type': 'Place' };
  return rendered;
}

function renderService({ specification, characteristics, inventory }: OutboundItem): Service {
  const { id, name, version, type } = specification;
  return {
    ...(inventory === undefined ? {} : { id: inventory }),
    '@type': type,
    serviceType: type.toLowerCase(),
    serviceCharacteristic: characteristics.map(renderCharacteristic),
    // Both versions, and both the same: the vendor refuses those that differ (5.3).
    serviceSpecification: { id, name, version, internalVersion: version, '@type': 'ServiceSpecificationRef' },
  };
}

function renderCharacteristic({ name, valueType, value, previousValue }: OutboundCharacteristic): WireCharacteristic {
  return {
    name,
    ...(valueType === undefined ? {} : { valueType }),
    value,
    ...(previousValue === undefined ? {} : { previousValue }),
  };
}

function relationshipsOf({ parent, children, after }: OutboundItem): OrderRelationship[] {
  const hasParent = parent === undefined ? [] : [{ id: parent, relationshipType: 'HasParent' as const }];
  const hasChildren = children.map((id) => ({ id, relationshipType: 'HasChild' as const }));
  const requires = after.map((id) => ({ id, relationshipType: 'Requires' as const }));
  return [...hasParent, ...hasChildren, ...requires];
}

/** An order that is queued has an id and no more; items without a state have the order's. */
function read(answer: unknown, words: WireWords): ReadServiceOrder {
  const shown = answer as ServiceOrder & { orderId?: string }; // one of the two, as checked by whoever asks
  const { id, orderId, externalId, state: ofOrder = '', serviceOrderItem = [] } = shown;
  const externalOrderId = id ?? orderId;
  return {
    ...(externalOrderId === undefined ? {} : { externalOrderId }),
    ...(externalId === undefined ? {} : { requestId: externalId }),
    reports: serviceOrderItem.flatMap((item) => {
      const state = words.states[item.state ?? ofOrder];
      return state === undefined ? [] : [reportOf(item.id, state, undefined)];
    }),
  };
}

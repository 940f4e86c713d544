/** TMF652 Resource Ordering v4.0, southbound: what goes to whoever provides resources, and what its answers and events say. */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  CancelResourceOrder,
  CancelResourceOrder_Create,
  RelatedParty,
  RelatedPlaceRefOrValue,
  ResourceOrder,
  ResourceOrder_Create,
  ResourceOrderItem,
  ResourceOrderItemRelationship,
  ResourceRefOrValue,
  Characteristic as WireCharacteristic,
} from '../../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Action, Party, Place } from '../../model/order.ts';
import type { OutboundCharacteristic, OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { reportOfTmfState, tmfActionOf } from '../state-names.ts';
import { type Dialect, type Notice, type ReadCancellation, type ReadServiceOrder, reportOf } from './dialect.ts';

/** Its states are plain text; the lifecycle draws the eleven of TMF641. */
const words: WireWords = { states: reportOfTmfState, actions: tmfActionOf, falloutPhrase: '' };

/** `no_change` stands in its description, `noChange` in every other API of the family: a target may have either. */
const actions = ['add', 'modify', 'delete', 'noChange', 'no_change'];

/** Who gave an order the id that stands in `externalReference`: `externalId` is deprecated, and still read by most. */
const owner = 'southbound';

export const tmf652v4: Dialect = {
  api: 'TMF652',
  takes: 'resource',
  create: { method: 'POST', path: () => '/resourceOrder', request: 'ResourceOrder_Create', render: renderOrder },
  revise: {
    method: 'PATCH',
    path: (id) => `/resourceOrder/${encodeURIComponent(id)}`,
    request: 'ResourceOrder_Update',
    render: renderOrder,
  },
  cancel: {
    path: () => '/cancelResourceOrder',
    request: 'CancelResourceOrder_Create',
    render: renderCancellation,
    answer: 'CancelResourceOrder',
    read: (task) => readCancelTask(task as CancelResourceOrder), // checked by whoever asks
  },
  retrieve: { path: (id) => `/resourceOrder/${encodeURIComponent(id)}` },
  hub: { path: '/hub', callback: '/tmf-api/resourceOrderingManagement/v4' },
  words,
  states: Object.keys(reportOfTmfState),
  actions: actions.join(', '),
  isAction: (word) => actions.includes(word),
  answerType: () => 'ResourceOrder',
  read: (order, ownWords) => readResourceOrder(order as ResourceOrder, ownWords), // checked by whoever asks
  noticeIn: (eventType, event) => noticeIn(eventType, event as { fieldPath?: string }), // likewise
};

/** It has neither milestones nor jeopardy. */
function noticeIn(eventType: string, { fieldPath }: { fieldPath?: string }): Notice | undefined {
  if (eventType !== 'ResourceOrderInformationRequiredEvent') return undefined;
  return { kind: 'informationRequired', text: fieldPath ?? 'it does not say which' };
}

/** The Request ID stands where either generation of readers looks for it; each item has the id of its resource order. */
export function renderOrder(payload: OutboundPayload, ownWords: WireWords = words): ResourceOrder_Create {
  const { requestId, revision, description, priority, requestedStartAt, requestedCompletionAt, parties, items } =
    payload;
  const order: ResourceOrder_Create = {
    externalId: requestId,
    externalReference: [{ id: requestId, owner, entityType: 'ResourceOrder' }],
    orderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'ResourceOrder',
  };
  // TMF652 does not know revisions, and lets pass what it does not know.
  if (revision > 1) order.revision = revision;
  if (description !== undefined) order.description = description;
  const level = priorityLevelIn(priority);
  if (level !== undefined) order.priority = level;
  if (requestedStartAt !== undefined) order.requestedStartDate = textOfInstant(requestedStartAt);
  if (requestedCompletionAt !== undefined) order.requestedCompletionDate = textOfInstant(requestedCompletionAt);
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  return order;
}

/** A whole number from 0 to 4 here, and text in the orders that it comes from: what is no such number is left out. */
function priorityLevelIn(priority: string | undefined): number | undefined {
  return priority !== undefined && /^[0-4]$/.test(priority) ? Number(priority) : undefined;
}

function renderCancellation(id: string, reason: string | undefined): CancelResourceOrder_Create {
  const cancellation: CancelResourceOrder_Create = { resourceOrder: { id, '@referredType': 'ResourceOrder' } };
  if (reason !== undefined) cancellation.cancellationReason = reason;
  return cancellation;
}

/** TMF652 has no words for why a task has failed. */
function readCancelTask({ state }: CancelResourceOrder): ReadCancellation {
  if (state === 'done') return { state };
  return state === 'terminatedWithError' ? { state: 'refused', reason: 'it does not say why' } : { state: 'asked' };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  const party: RelatedParty = { id, '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
}

function renderItem(item: OutboundItem, ownWords: WireWords): ResourceOrderItem {
  const { id, name, version } = item.specification;
  const rendered: ResourceOrderItem = {
    id: item.serviceOrder,
    quantity: item.quantity,
    action: ownWords.actions[item.action],
    resourceSpecification: { id, name, version, '@type': 'ResourceSpecificationRef' },
    resource: renderResource(item),
    '@type': 'ResourceOrderItem',
  };
  if (item.modification !== undefined) rendered.modificationType = item.modification;
  const relationships = relationshipsOf(item);
  if (relationships.length > 0) rendered.orderItemRelationship = relationships;
  return rendered;
}

/** What a resource is said to be, where the order is about no more than that. */
const statusAfter: { readonly [action in Action]?: NonNullable<ResourceRefOrValue['resourceStatus']> } = {
  suspend: 'suspended',
  resume: 'available',
};

/**
 * The published type requires id and href of a resource, also of one that is to be added: that has the id of its order
 * until then, and a name for an address (docs/decisions/0026).
 */
function renderResource({ serviceOrder, action, specification, characteristics, inventory, place }: OutboundItem) {
  const id = inventory ?? serviceOrder;
  const resource: ResourceRefOrValue = {
    id,
    href: `urn:southbound:resource:${id}`,
    name: specification.name,
    category: specification.type,
    resourceCharacteristic: characteristics.map(renderCharacteristic),
    '@type': 'Resource',
  };
  const status = statusAfter[action];
  if (status !== undefined) resource.resourceStatus = status;
  if (place !== undefined) resource.place = renderPlace(place);
  return resource;
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

function relationshipsOf({ parent, children, after }: OutboundItem): ResourceOrderItemRelationship[] {
  const related = (relationshipType: string, itemId: string) => ({ relationshipType, orderItem: { itemId } });
  const above = parent === undefined ? [] : [related('HasParent', parent)];
  const below = children.map((child) => related('HasChild', child));
  return [...above, ...below, ...after.map((before) => related('dependency', before))];
}

/**
 * @param order valid against ResourceOrder under `official-lenient`. Items without a state of their own have the order's;
 * states that are not known say nothing. TMF652 has no errors in its orders: the last note says why one failed.
 */
export function readResourceOrder(order: ResourceOrder, { states }: WireWords = words): ReadServiceOrder {
  const requestId = order.externalId ?? order.externalReference?.find((each) => each.owner === owner)?.id;
  const why = order.note?.at(-1)?.text;
  return {
    ...(order.id === undefined ? {} : { externalOrderId: order.id }),
    ...(requestId === undefined ? {} : { requestId }),
    reports: (order.orderItem ?? []).flatMap(({ id, state }): ItemReport[] => {
      const said = states[state ?? order.state ?? ''];
      if (id === undefined || said === undefined) return [];
      return [reportOf(id, said, said === 'error' ? why : undefined)];
    }),
  };
}

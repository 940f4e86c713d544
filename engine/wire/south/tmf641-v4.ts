/** TMF641 Service Ordering v4.1, southbound: what goes to a SOM or TOM, and what its answers and events say. */
import type {
  CancelServiceOrder,
  RelatedParty,
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrder_Update,
  ServiceOrderItem,
  ServiceOrderItemRelationship,
  ServiceRefOrValue,
} from '../../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Party } from '../../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../../model/payload.ts';
import type { WireWords } from '../../model/target.ts';
import { type Notice, type ReadServiceOrder, reportOf } from './dialect.ts';
import {
  headerOf,
  renderCharacteristic,
  renderParty,
  renderPlace,
  tmfActions,
  tmfDialect,
  tmfWords,
} from './tmf-orders.ts';

export const tmf641v4 = tmfDialect({
  api: 'TMF641',
  takes: 'service',
  resource: 'ServiceOrder',
  base: '/tmf-api/serviceOrdering/v4',
  actions: tmfActions,
  render: renderOutboundRequest,
  renderRevision,
  read: readServiceOrderReport,
  refusedBecause: ({ completionMessage, errorMessage }: CancelServiceOrder) =>
    errorMessage?.message ?? errorMessage?.reason ?? completionMessage,
  noticeIn: (eventType, { event }) => noticeIn(eventType, event as { serviceOrder?: ServiceOrder } | undefined), // checked by whoever asks
});

/** The latest is what the event is about: an order carries all that have been. */
function noticeIn(eventType: string, event: { serviceOrder?: ServiceOrder } | undefined): Notice | undefined {
  const milestone = event?.serviceOrder?.milestone?.at(-1);
  if (eventType === 'ServiceOrderMilestoneEvent' && milestone !== undefined) {
    return { kind: 'milestone', text: sentenceOf(milestone.name, milestone.message ?? milestone.description) };
  }
  const alert = event?.serviceOrder?.jeopardyAlert?.at(-1);
  if (eventType !== 'ServiceOrderJeopardyEvent' || alert === undefined) return undefined;
  return { kind: 'jeopardy', text: sentenceOf(alert.name, alert.message ?? alert.exception) };
}

function sentenceOf(name: string | undefined, more: string | undefined): string {
  return [name, more].filter((part) => part !== undefined).join(': ') || 'it does not say which';
}

/**
 * The order as TMF641 v4.1 creates it: the Request ID is its externalId, and each item has the id of its service order.
 */
export function renderOutboundRequest(payload: OutboundPayload, ownWords: WireWords = tmfWords): ServiceOrder_Create {
  const { requestId, priority, parties, items } = payload;
  const order: ServiceOrder_Create = {
    externalId: requestId,
    serviceOrderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'ServiceOrder',
    ...headerOf(payload, priority),
  };
  if (parties.length > 0) order.relatedParty = parties.map(partyOf);
  return order;
}

/** Says the same as the creation, with marks at what has changed, which TMF641 does not know and lets pass. */
function renderRevision(payload: OutboundPayload, ownWords: WireWords = tmfWords): ServiceOrder_Update {
  // ServiceOrder_Update has no @type: what an order is of cannot be patched.
  const { '@type': _, ...revision } = renderOutboundRequest(payload, ownWords);
  return revision;
}

/** TMF641 requires its type to be said. */
function partyOf(party: Party): RelatedParty {
  const { id, ...said } = renderParty(party);
  return { id, '@type': 'RelatedParty', ...said };
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
export function readServiceOrderReport(order: ServiceOrder, { states }: WireWords = tmfWords): ReadServiceOrder {
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

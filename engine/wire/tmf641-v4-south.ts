/** TMF641 Service Ordering v4.1, southbound: what goes to a SOM or TOM, and what its answers and events say. */
import { textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  RelatedParty,
  RelatedPlaceRefOrValue,
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
  ServiceOrderItemRelationship,
  ServiceRefOrValue,
  Characteristic as WireCharacteristic,
} from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { ItemReport } from '../model/inputs.ts';
import type { Characteristic, Party, Place } from '../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../model/payload.ts';
import { reportOfTmfState, tmfActionOf } from './state-names.ts';

/** The order as TMF641 v4.1 creates it: the Request ID is its externalId, and each item has the id of its service order. */
export function renderOutboundRequest(payload: OutboundPayload): ServiceOrder_Create {
  const { requestId, description, priority, requestedStartAt, requestedCompletionAt, parties, items } = payload;
  const order: ServiceOrder_Create = {
    externalId: requestId,
    serviceOrderItem: items.map(renderItem),
    '@type': 'ServiceOrder',
  };
  if (description !== undefined) order.description = description;
  if (priority !== undefined) order.priority = priority;
  if (requestedStartAt !== undefined) order.requestedStartDate = textOfInstant(requestedStartAt);
  if (requestedCompletionAt !== undefined) order.requestedCompletionDate = textOfInstant(requestedCompletionAt);
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  return order;
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  const party: RelatedParty = { id, '@type': 'RelatedParty', '@referredType': referredType };
  if (name !== undefined) party.name = name;
  if (role !== undefined) party.role = role;
  return party;
}

function renderItem(item: OutboundItem): ServiceOrderItem {
  const rendered: ServiceOrderItem = {
    id: item.serviceOrder,
    quantity: item.quantity,
    action: tmfActionOf[item.action],
    service: renderService(item),
    '@type': 'ServiceOrderItem',
  };
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

function renderCharacteristic({ name, valueType, value }: Characteristic): WireCharacteristic {
  return valueType === undefined ? { name, value } : { name, valueType, value };
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

/** What a service order, in an answer or an event, says of the service orders that were sent. */
export interface ReadServiceOrder {
  readonly externalOrderId?: string;
  readonly requestId?: string;
  readonly reports: readonly ItemReport[];
}

/**
 * @param order valid against ServiceOrder under `official-lenient`. Items without a state of their own have the order's;
 * states that are not known say nothing.
 */
export function readServiceOrderReport(order: ServiceOrder): ReadServiceOrder {
  const message = order.errorMessage?.[0]?.message ?? order.errorMessage?.[0]?.reason;
  return {
    ...(order.id === undefined ? {} : { externalOrderId: order.id }),
    ...(order.externalId === undefined ? {} : { requestId: order.externalId }),
    reports: reportsOf(order.serviceOrderItem ?? [], order.state ?? '', message, []),
  };
}

/** Adds what each item says to `reports`, items in items included. */
function reportsOf(
  items: readonly ServiceOrderItem[],
  orderState: string,
  orderMessage: string | undefined,
  reports: ItemReport[],
): ItemReport[] {
  for (const item of items) {
    const state = reportOfTmfState[item.state ?? orderState];
    const error = item.errorMessage?.[0];
    const message = error?.message ?? error?.reason ?? (state === 'error' ? orderMessage : undefined);
    if (state !== undefined) {
      reports.push(
        message === undefined ? { serviceOrder: item.id, state } : { serviceOrder: item.id, state, message },
      );
    }
    if (item.serviceOrderItem !== undefined) reportsOf(item.serviceOrderItem, orderState, orderMessage, reports);
  }
  return reports;
}

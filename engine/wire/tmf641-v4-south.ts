/** TMF641 Service Ordering v4.1, southbound: what goes to a SOM or TOM, and what its answers and events say. */
import { textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  RelatedParty,
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
  ServiceOrderItemRelationship,
} from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { ItemReport } from '../model/inputs.ts';
import type { Party } from '../model/order.ts';
import type { OutboundItem, OutboundPayload } from '../model/payload.ts';
import { reportOfTmfState, tmfActionOf } from './state-names.ts';

/** The order as TMF641 v4.1 creates it: the Request ID is its externalId, and each item has the id of its service order. */
export function renderOutboundRequest(payload: OutboundPayload): ServiceOrder_Create {
  const { requestId, description, priority, requestedStartAt, requestedCompletionAt, parties, items } = payload;
  return {
    externalId: requestId,
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...(requestedStartAt === undefined ? {} : { requestedStartDate: textOfInstant(requestedStartAt) }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionDate: textOfInstant(requestedCompletionAt) }),
    ...(parties.length === 0 ? {} : { relatedParty: parties.map(renderParty) }),
    serviceOrderItem: items.map(renderItem),
    '@type': 'ServiceOrder',
  };
}

function renderParty({ id, name, role, referredType }: Party): RelatedParty {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    '@type': 'RelatedParty',
    '@referredType': referredType,
  };
}

function renderItem(item: OutboundItem): ServiceOrderItem {
  const relationships = relationshipsOf(item);
  return {
    id: item.serviceOrder,
    quantity: item.quantity,
    action: tmfActionOf[item.action],
    ...(relationships.length === 0 ? {} : { serviceOrderItemRelationship: relationships }),
    service: renderService(item),
    '@type': 'ServiceOrderItem',
  };
}

function renderService({
  action,
  specification,
  characteristics,
  inventory,
  place,
}: OutboundItem): ServiceOrderItem['service'] {
  return {
    ...(inventory === undefined ? {} : { id: inventory }),
    name: specification.name,
    serviceType: specification.type,
    ...(action === 'suspend'
      ? { state: 'inactive' as const }
      : action === 'resume'
        ? { state: 'active' as const }
        : {}),
    ...(place === undefined
      ? {}
      : {
          place: [
            {
              ...(place.id === undefined ? {} : { id: place.id }),
              ...(place.name === undefined ? {} : { name: place.name }),
              role: place.role,
              ...(place.referredType === undefined ? {} : { '@referredType': place.referredType }),
            },
          ],
        }),
    serviceCharacteristic: characteristics.map(({ name, valueType, value }) => ({
      name,
      ...(valueType === undefined ? {} : { valueType }),
      value,
    })),
    serviceSpecification: {
      id: specification.id,
      name: specification.name,
      version: specification.version,
      '@type': 'ServiceSpecificationRef',
    },
    '@type': 'Service',
  };
}

/** Both `id` and `itemId`: the published type requires one and declares the other. */
function relationshipsOf({ parent, children, after }: OutboundItem): ServiceOrderItemRelationship[] {
  const related = (relationshipType: string, id: string) => ({ relationshipType, orderItem: { id, itemId: id } });
  return [
    ...(parent === undefined ? [] : [related('HasParent', parent)]),
    ...children.map((child) => related('HasChild', child)),
    ...after.map((before) => related('dependency', before)),
  ];
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
    reports: (order.serviceOrderItem ?? []).flatMap((item) => reportsOf(item, order.state, message)),
  };
}

function reportsOf(
  item: ServiceOrderItem,
  orderState: string | undefined,
  orderMessage: string | undefined,
): ItemReport[] {
  const nested = (item.serviceOrderItem ?? []).flatMap((child) => reportsOf(child, orderState, orderMessage));
  const state = reportOfTmfState[item.state ?? orderState ?? ''];
  if (state === undefined) return nested;
  const error = item.errorMessage?.[0];
  const message = error?.message ?? error?.reason ?? (state === 'error' ? orderMessage : undefined);
  return [{ serviceOrder: item.id, state, ...(message === undefined ? {} : { message }) }, ...nested];
}

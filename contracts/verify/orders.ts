/** The orders that the verifier places: every one legal, unless its name says otherwise. */
import type { CapabilityStatement, OrderableSpecification } from '../records/capabilities.ts';

export type OrderBody = { readonly [attribute: string]: unknown };

/** What is ordered where nothing is known of what can be. */
const usualSpecification: OrderableSpecification = { id: 'southbound-verify', name: 'Southbound verification' };

export function usualSpecificationOf({ specifications = [] }: CapabilityStatement): OrderableSpecification {
  return specifications.find(({ leadsTo }) => leadsTo === undefined) ?? usualSpecification;
}

export function specificationLeadingTo(
  { specifications = [] }: CapabilityStatement,
  state: NonNullable<OrderableSpecification['leadsTo']>,
): OrderableSpecification | undefined {
  return specifications.find(({ leadsTo }) => leadsTo === state);
}

/** An item that adds a service of that specification. */
export function addItem(id: string, specification: OrderableSpecification): OrderBody {
  const { id: specificationId, name, characteristics = {} } = specification;
  const given = Object.entries(characteristics);
  return {
    id,
    action: 'add',
    service: {
      ...(given.length === 0
        ? {}
        : { serviceCharacteristic: given.map(([characteristic, value]) => ({ name: characteristic, value })) }),
      serviceSpecification: { id: specificationId, ...(name === undefined ? {} : { name }) },
    },
  };
}

export function minimalOrder(externalId: string, specification: OrderableSpecification): OrderBody {
  return { externalId, serviceOrderItem: [addItem('1', specification)] };
}

/** Everything that a requester may say and every vendor can understand, without a reference that would have to resolve. */
export function maximalOrder(externalId: string, specification: OrderableSpecification, at: number): OrderBody {
  const item = addItem('1', specification);
  const service = item.service as object; // as addItem makes it
  const text = (afterMs: number) => new Date(at + afterMs).toISOString();
  return {
    externalId,
    category: 'verification',
    description: 'Prüfung: every attribute is kept, façade ✓',
    priority: '4',
    notificationContact: 'verification@example.com',
    requestedStartDate: text(0),
    requestedCompletionDate: text(86_400_000),
    note: [{ id: 'n1', author: 'Søuthbound', date: text(0), text: 'Nothing has to be delivered' }],
    relatedParty: [
      {
        id: 'party-1',
        name: 'Southbound',
        role: 'requester',
        '@type': 'Organization',
        '@referredType': 'Organization',
      },
    ],
    serviceOrderItem: [
      {
        ...item,
        quantity: 1,
        service: {
          ...service,
          name: 'Verified service',
          description: 'One service with characteristics of every kind',
          serviceType: 'CFS',
          serviceCharacteristic: [
            ...characteristicsIn(service),
            { name: 'text', valueType: 'string', value: 'blue' },
            { name: 'number', valueType: 'integer', value: 100 },
            { name: 'truth', valueType: 'boolean', value: true },
          ],
        },
      },
    ],
  };
}

function characteristicsIn(service: object): readonly unknown[] {
  return 'serviceCharacteristic' in service && Array.isArray(service.serviceCharacteristic)
    ? service.serviceCharacteristic
    : [];
}

/** Two items, the second of which waits for the first. */
export function dependentOrder(externalId: string, specification: OrderableSpecification): OrderBody {
  const relationship = { relationshipType: 'dependency', orderItem: { id: '1', itemId: '1' } };
  return {
    externalId,
    serviceOrderItem: [
      addItem('1', specification),
      { ...addItem('2', specification), serviceOrderItemRelationship: [relationship] },
    ],
  };
}

/** An item with two items in it, one of which holds another. */
export function nestedOrder(externalId: string, specification: OrderableSpecification): OrderBody {
  const innermost = [addItem('1.1.1', specification)];
  const inner = [{ ...addItem('1.1', specification), serviceOrderItem: innermost }, addItem('1.2', specification)];
  return { externalId, serviceOrderItem: [{ ...addItem('1', specification), serviceOrderItem: inner }] };
}

/** One item for each action on a service that is there already: each on one of its own, since no order says two things of one. */
export function actionsOrder(
  externalId: string,
  specification: OrderableSpecification,
  serviceIds: readonly [string, string, string],
): OrderBody {
  const { service } = addItem('1', specification);
  return {
    externalId,
    serviceOrderItem: ['modify', 'noChange', 'delete'].map((action, place) => ({
      id: String(place + 1),
      action,
      service: { ...(service as object), id: serviceIds[place] }, // as addItem makes it
    })),
  };
}

export function mixedOrder(externalId: string, specifications: readonly OrderableSpecification[]): OrderBody {
  return { externalId, serviceOrderItem: specifications.map((each, place) => addItem(String(place + 1), each)) };
}

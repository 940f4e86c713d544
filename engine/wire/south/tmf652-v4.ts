/** TMF652 Resource Ordering v4.0, southbound: what goes to whoever provides resources, and what its answers and events say. */
import type {
  ResourceOrder,
  ResourceOrder_Create,
  ResourceOrderItem,
  ResourceOrderItemRelationship,
  ResourceRefOrValue,
} from '../../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { ItemReport } from '../../model/inputs.ts';
import type { Action } from '../../model/order.ts';
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

/** `no_change` stands in its description, `noChange` in every other API of the family: a target may have either. */
const actions = [...tmfActions, 'no_change'];

/** Who gave an order the id that stands in `externalReference`: `externalId` is deprecated, and still read by most. */
const owner = 'southbound';

/** Its states are plain text, and the lifecycle draws the eleven of TMF641. It has neither milestones nor jeopardy. */
export const tmf652v4 = tmfDialect({
  api: 'TMF652',
  takes: 'resource',
  resource: 'ResourceOrder',
  base: '/tmf-api/resourceOrderingManagement/v4',
  actions,
  render: renderOrder,
  read: readResourceOrder,
});

/** The Request ID stands where either generation of readers looks for it; each item has the id of its resource order. */
export function renderOrder(payload: OutboundPayload, ownWords: WireWords = tmfWords): ResourceOrder_Create {
  const { requestId, priority, parties, items } = payload;
  const order: ResourceOrder_Create = {
    externalId: requestId,
    externalReference: [{ id: requestId, owner, entityType: 'ResourceOrder' }],
    orderItem: items.map((item) => renderItem(item, ownWords)),
    '@type': 'ResourceOrder',
    ...headerOf(payload, priorityLevelIn(priority)),
  };
  if (parties.length > 0) order.relatedParty = parties.map(renderParty);
  return order;
}

/** A whole number from 0 to 4 here, and text in the orders that it comes from: what is no such number is left out. */
function priorityLevelIn(priority: string | undefined): number | undefined {
  return priority !== undefined && /^[0-4]$/.test(priority) ? Number(priority) : undefined;
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
export function readResourceOrder(order: ResourceOrder, { states }: WireWords = tmfWords): ReadServiceOrder {
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

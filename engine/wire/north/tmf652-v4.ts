/** TMF652 Resource Ordering v4.0, northbound: orders of resources alone, captured from others, and what listeners are told of them. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import type { Finding } from '../../../contracts/schemas/finding.ts';
import { inOnePiece } from '../../../contracts/schemas/text.ts';
import type {
  ResourceOrder,
  ResourceOrder_Create,
  ResourceOrderItem,
} from '../../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { CapturedLine } from '../../model/inputs.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder, OrderLine } from '../../model/order.ts';
import {
  characteristicsOf,
  headerOf,
  type ItemInTree,
  type ItemShape,
  itemsInTree,
  keptOf,
  linePlace,
  nestedAgain,
  placeOf,
  typeOf,
} from '../captured-orders.ts';
import { tmfStateOf } from '../state-names.ts';
import { itemAsOrdered } from './as-ordered.ts';
import { resourceOrderingBase } from './domain-orders.ts';
import { draftOf, initialState } from './draft.ts';
import { actionOf, committedDueOf, type ItemWords, itemsBrought, withAction } from './item-actions.ts';
import { itemStates } from './item-states.ts';
import { listedInServiceOrders } from './listed-kinds.ts';
import type { OrderApi, ReadOrder } from './order-api.ts';
import { isObject, listIn } from './patch/items.ts';
import { shownHeader } from './shown-header.ts';

const setByEngine = ['id', 'href', 'state', 'orderDate', 'startDate', 'completionDate', 'expectedCompletionDate'];

const itemWords: ItemWords = {
  list: 'orderItem',
  thing: 'resource',
  state: 'resourceStatus',
  suspended: 'suspended',
  active: 'available',
};

/** An item as our profile wants it: nothing is required in the published type. */
type PlacedItem = ResourceOrderItem & { readonly id: string; readonly action: string };

const shape: ItemShape<PlacedItem> = {
  listName: 'orderItem',
  nestedIn: () => [],
  relationsOf: (item) =>
    (item.orderItemRelationship ?? []).flatMap(({ relationshipType, orderItem }) => {
      const id = orderItem?.itemId;
      return relationshipType === undefined || id === undefined ? [] : [{ type: relationshipType, id }];
    }),
};

/**
 * Nothing is required in the published type, and words are free: an order is held to our profile, but for an id and an address of
 * its own, which are passed over as in other APIs.
 */
function wrongAsPlaced(body: unknown): Finding[] {
  const document = isObject(body) ? body : {};
  const { id: _id, href: _href, ...order } = document;
  // The types of what is placed and of what is patched differ in this alone: the one has a state of any words.
  const stated = order.state === undefined ? {} : { state: order.state };
  return [
    ...checkOf('TMF652', 'conformance', 'ResourceOrder_Create')(order),
    ...checkOf('TMF652', 'conformance', 'ResourceOrder_Update')(stated),
    ...twoSpecifications(document),
  ];
}

/** It stands at the item, or in what the item is about. */
function twoSpecifications(document: JsonObject): Finding[] {
  return listIn(document, itemWords.list).flatMap(({ resourceSpecification: said, resource }, index) => {
    const within = isObject(resource) ? resource.resourceSpecification : undefined;
    if (!isObject(said) || !isObject(within) || said.id === within.id) return [];
    const pointer = `/orderItem/${index}/resource/resourceSpecification/id`;
    return [{ pointer, rule: 'const', expected: `${said.id}, as the item says`, got: JSON.stringify(within.id) }];
  });
}

/** @param body without anything that `wrongAsPlaced` finds. */
function readResourceOrder(body: ResourceOrder_Create): ReadOrder {
  const items = (body.orderItem ?? []) as readonly PlacedItem[]; // each with its id and action, by the profile
  return {
    type: 'CaptureOrder',
    category: 'Resource',
    fulfillmentType: 'Deliver',
    ...draftOf(body),
    ...headerOf(body),
    lines: itemsInTree(items, shape).map((entry) => readItem(entry, body)),
    kept: keptOf(body, [...setByEngine, 'orderItem']),
  };
}

/** What is to be added has an id by its published type, which says nothing: there is no such resource yet. */
function readItem(entry: ItemInTree<PlacedItem>, body: object): CapturedLine {
  const { quantity, resource, resourceSpecification, action: said } = entry.item;
  const specification = resourceSpecification ?? resource?.resourceSpecification;
  // TMF652 spells it in a way of its own.
  const action = actionOf({ action: said === 'no_change' ? 'noChange' : said }, resource, itemWords);
  const inventory = action === 'add' ? undefined : resource?.id;
  return {
    ...linePlace(entry),
    action,
    quantity: quantity ?? 1,
    ...(specification === undefined ? {} : { specification: specification.id }),
    ...(resourceSpecification === undefined ? {} : { specificationAt: '/resourceSpecification/id' }),
    ...(inventory === undefined ? {} : { inventory }),
    ...committedDueOf(entry.item, body),
    characteristics: characteristicsOf(resource?.resourceCharacteristic),
    ...placeOf(resource?.place === undefined ? [] : [resource.place]),
    kept: keptOf(entry.item, ['state']),
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
function renderResourceOrder(order: CustomerOrder, publicUrl: string): ResourceOrder {
  const brought = itemsBrought(order);
  const states = itemStates(order);
  return {
    ...shownHeader(order, {
      kept: order.kept,
      collection: inOnePiece(publicUrl, resourceOrderingBase, '/resourceOrder'),
      hasStart: true,
    }),
    orderItem: nestedAgain(order.lines, 'orderItem', (line) =>
      renderItem(
        {
          ...line,
          state: states.get(line.id) ?? line.state,
          kept: itemAsOrdered(line.kept, line, order, itemWords),
        },
        brought.get(line.id),
      ),
    ),
    '@type': typeOf(order.kept, 'ResourceOrder'),
  };
}

/** @param brought the item that it has brought; nobody can fetch it at an address of TMF639 here, so it has a name for one. */
function renderItem({ kept, externalId, state, action }: OrderLine, brought: string | undefined): ResourceOrderItem {
  // An item is kept as it came, so it has the resource it was valid with.
  const item = withAction(kept as unknown as PlacedItem, action, itemWords);
  const shown = { ...item, id: externalId, state: tmfStateOf[state] };
  if (brought === undefined) return shown;
  return { ...shown, resource: { ...item.resource, id: brought, href: `urn:southbound:resource:${brought}` } };
}

const byProvider = 'the provider sets it';
const notPublished = 'ResourceOrder_Update of TMF652 v4.0 does not have it';

export const resourceOrdering: OrderApi = {
  listed: listedInServiceOrders,
  api: 'TMF652',
  category: 'Resource',
  base: resourceOrderingBase,
  resource: 'ResourceOrder',
  task: { create: 'CancelResourceOrder_Create', whole: 'CancelResourceOrder', firstState: 'acknowledged' },
  subscription: { asked: 'EventSubscriptionInput' },
  itemWords,
  types: { create: 'ResourceOrder_Create', whole: 'ResourceOrder' },
  patch: {
    patchable: [
      'category',
      'description',
      'externalId',
      'externalReference',
      'name',
      'note',
      'orderItem',
      'orderType',
      'priority',
      'relatedParty',
      'requestedCompletionDate',
      'requestedStartDate',
    ],
    fixed: {
      id: notPublished,
      href: notPublished,
      orderDate: notPublished,
      completionDate: notPublished,
      startDate: byProvider,
      expectedCompletionDate: byProvider,
    },
    submits: { attribute: initialState, value: 'acknowledged' },
  },
  // It knows neither jeopardy, milestones nor errors, and shows no more of a delay than another date.
  tells: { jeopardy: { attribute: 'expectedCompletionDate' } },
  stateOf: (state) => tmfStateOf[state],
  wrongAsPlaced,
  read: readResourceOrder,
  render: renderResourceOrder,
};

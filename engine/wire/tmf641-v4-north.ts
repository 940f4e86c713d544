/** TMF641 Service Ordering v4.1, northbound: service orders captured from others, and what listeners are told of them. */
import { inOnePiece } from '../../contracts/schemas/text.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
} from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { CapturedLine } from '../model/inputs.ts';
import type { CustomerOrder, OrderLine } from '../model/order.ts';
import { cancellationOf } from './cancellation/order-cancellation.ts';
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
} from './captured-orders.ts';
import { itemAsOrdered } from './north/as-ordered.ts';
import { draftOf, initialState } from './north/draft.ts';
import { actionOf, committedDueOf, type ItemWords, itemsBrought, withAction } from './north/item-actions.ts';
import { itemStates } from './north/item-states.ts';
import { listedInServiceOrders } from './north/listed-kinds.ts';
import type { OrderApi, ReadOrder } from './north/order-api.ts';
import { type RemarkWords, remarksOn } from './north/remarks.ts';
import { shownHeader } from './north/shown-header.ts';
import { tmfStateOf } from './state-names.ts';

export const serviceOrderingBase = '/tmf-api/serviceOrdering/v4';

const setByEngine = [
  'id',
  'href',
  'state',
  'orderDate',
  'startDate',
  'completionDate',
  'expectedCompletionDate',
  'jeopardyAlert',
  'errorMessage',
  'milestone',
];

export const serviceItemWords: ItemWords = {
  list: 'serviceOrderItem',
  thing: 'service',
  state: 'state',
  suspended: 'inactive',
  active: 'active',
};

const shape: ItemShape<ServiceOrderItem> = {
  listName: 'serviceOrderItem',
  nestedIn: (item) => item.serviceOrderItem ?? [],
  relationsOf: (item) =>
    (item.serviceOrderItemRelationship ?? []).flatMap(({ relationshipType, orderItem }) => {
      const id = orderItem?.itemId ?? orderItem?.id;
      return relationshipType === undefined || typeof id !== 'string' ? [] : [{ type: relationshipType, id }];
    }),
};

/** @param body valid against ServiceOrder_Create under `official-lenient`. */
export function readServiceOrder(body: ServiceOrder_Create): ReadOrder {
  return {
    type: 'CaptureOrder',
    category: 'Service',
    fulfillmentType: 'Deliver',
    ...draftOf(body),
    ...headerOf(body),
    lines: itemsInTree(body.serviceOrderItem, shape).map((entry) => readItem(entry, body)),
    kept: keptOf(body, [...setByEngine, 'serviceOrderItem']),
  };
}

function readItem(entry: ItemInTree<ServiceOrderItem>, body: object): CapturedLine {
  const { quantity, service } = entry.item;
  const specification = service.serviceSpecification?.id;
  return {
    ...linePlace(entry),
    action: actionOf(entry.item, service, serviceItemWords),
    quantity: quantity ?? 1,
    ...(specification === undefined ? {} : { specification }),
    ...(service.id === undefined ? {} : { inventory: service.id }),
    ...committedDueOf(entry.item, body),
    characteristics: characteristicsOf(service.serviceCharacteristic),
    ...placeOf(service.place),
    kept: keptOf(entry.item, ['state', 'errorMessage', 'serviceOrderItem']),
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderServiceOrder(order: CustomerOrder, publicUrl: string): ServiceOrder {
  const brought = itemsBrought(order);
  const states = itemStates(order);
  const collection = inOnePiece(publicUrl, serviceOrderingBase, '/serviceOrder');
  const header = shownHeader(order, { kept: order.kept, collection, hasStart: true });
  return {
    ...header,
    ...remarksOn(order, remarkWords(header)),
    ...cancellationOf(order),
    serviceOrderItem: nestedAgain(order.lines, 'serviceOrderItem', (line) =>
      renderItem(
        {
          ...line,
          state: states.get(line.id) ?? line.state,
          kept: itemAsOrdered(line.kept, line, order, serviceItemWords),
        },
        brought.get(line.id),
      ),
    ),
    '@type': typeOf(order.kept, 'ServiceOrder'),
  };
}

function remarkWords({ id, href }: { readonly id: string; readonly href: string }): RemarkWords {
  return {
    resource: 'ServiceOrder',
    jeopardy: 'jeopardyAlert',
    milestone: 'milestone',
    error: 'errorMessage',
    items: (item) => ({ serviceOrderItem: [{ id: item, itemId: item, serviceOrderId: id, serviceOrderHref: href }] }),
  };
}

/** @param brought the item that it has brought. */
function renderItem({ kept, externalId, state, action }: OrderLine, brought: string | undefined): ServiceOrderItem {
  // An item is kept as it came, so it has the service it was valid with.
  const item = withAction(kept as unknown as ServiceOrderItem, action, serviceItemWords);
  const shown = { ...item, id: externalId, state: tmfStateOf[state] };
  return brought === undefined ? shown : { ...shown, service: { ...item.service, id: brought } };
}

const byProvider = 'the provider sets it';
const notPublished = 'ServiceOrder_Update of TMF641 v4.1 does not have it';

export const serviceOrdering: OrderApi = {
  listed: listedInServiceOrders,
  api: 'TMF641',
  category: 'Service',
  base: serviceOrderingBase,
  resource: 'ServiceOrder',
  task: { create: 'CancelServiceOrder_Create', whole: 'CancelServiceOrder', firstState: 'accepted' },
  subscription: { asked: 'EventSubscriptionInput' },
  itemWords: serviceItemWords,
  types: { create: 'ServiceOrder_Create', whole: 'ServiceOrder' },
  patch: {
    patchable: [
      'description',
      'externalId',
      'externalReference',
      'note',
      'notificationContact',
      'orderRelationship',
      'priority',
      'relatedParty',
      'requestedCompletionDate',
      'requestedStartDate',
      'serviceOrderItem',
    ],
    fixed: {
      id: notPublished,
      href: notPublished,
      orderDate: notPublished,
      startDate: notPublished,
      completionDate: notPublished,
      expectedCompletionDate: byProvider,
      cancellationDate: notPublished,
      cancellationReason: notPublished,
      category: notPublished,
      errorMessage: byProvider,
      jeopardyAlert: byProvider,
      milestone: byProvider,
      '@type': notPublished,
      '@baseType': notPublished,
      '@schemaLocation': notPublished,
    },
    submits: { attribute: initialState, value: 'acknowledged' },
  },
  tells: { jeopardy: { event: 'Jeopardy' }, milestone: { event: 'Milestone' }, failed: { attribute: 'errorMessage' } },
  stateOf: (state) => tmfStateOf[state],
  read: readServiceOrder,
  render: renderServiceOrder,
};

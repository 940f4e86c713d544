/** TMF622 Product Ordering v4.0, northbound: product orders in, customer orders inside, product orders and events out. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece } from '../../contracts/schemas/text.ts';
import type {
  ProductOrder,
  ProductOrder_Create,
  ProductOrderItem,
} from '../../contracts/schemas/tmf622-v4.0.generated.ts';
import type { CapturedLine } from '../model/inputs.ts';
import type { JsonObject } from '../model/json.ts';
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
import { listedInProductOrders } from './north/listed-kinds.ts';
import type { OrderApi, ReadOrder } from './north/order-api.ts';
import { shownHeader } from './north/shown-header.ts';
import { fitting } from './north/v5/fitting.ts';
import { itemInV4, orderInV4 } from './north/v5/words.ts';
import { tmfStateOf } from './state-names.ts';

export const productOrderingBase = '/tmf-api/productOrderingManagement/v4';

/** Set by the engine, whatever a requester sends. */
const setByEngine = ['id', 'href', 'state', 'orderDate', 'completionDate', 'expectedCompletionDate'];

export const productItemWords: ItemWords = {
  list: 'productOrderItem',
  thing: 'product',
  state: 'status',
  suspended: 'suspended',
  active: 'active',
};

const shape: ItemShape<ProductOrderItem> = {
  listName: 'productOrderItem',
  nestedIn: (item) => item.productOrderItem ?? [],
  relationsOf: (item) =>
    (item.productOrderItemRelationship ?? []).flatMap(({ relationshipType, id }) =>
      relationshipType === undefined || id === undefined ? [] : [{ type: relationshipType, id }],
    ),
};

/** @param body valid against ProductOrder_Create under `official-lenient`. */
export function readProductOrder(body: ProductOrder_Create): ReadOrder {
  return {
    type: 'CaptureOrder',
    category: 'Product',
    fulfillmentType: 'Deliver',
    ...draftOf(body),
    ...headerOf(body),
    lines: itemsInTree(body.productOrderItem, shape).map((entry) => readItem(entry, body)),
    kept: keptOf(body, [...setByEngine, 'productOrderItem']),
  };
}

function readItem(entry: ItemInTree<ProductOrderItem>, body: object): CapturedLine {
  const { quantity, product, productOffering } = entry.item;
  const specification = product?.productSpecification?.id;
  return {
    ...linePlace(entry),
    action: actionOf(entry.item, product, productItemWords),
    quantity: quantity ?? 1,
    ...(productOffering === undefined ? {} : { offering: productOffering.id }),
    ...(specification === undefined ? {} : { specification }),
    ...(product?.id === undefined ? {} : { inventory: product.id }),
    ...committedDueOf(entry.item, body),
    characteristics: characteristicsOf(product?.productCharacteristic),
    ...placeOf(product?.place),
    kept: keptOf(entry.item, ['state', 'productOrderItem']),
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderProductOrder(order: CustomerOrder, publicUrl: string): ProductOrder {
  const isForeign = order.wording !== undefined;
  const shown = {
    ...shownHeader(order, {
      kept: isForeign ? orderInV4(order.kept) : order.kept,
      collection: inOnePiece(publicUrl, productOrderingBase, '/productOrder'),
      hasStart: false,
    }),
    ...cancellationOf(order),
    productOrderItem: shownItems(order, (line) =>
      itemAsOrdered(isForeign ? itemInV4(line.kept) : line.kept, line, order, productItemWords),
    ),
    '@type': typeOf(order.kept, 'ProductOrder'),
  };
  if (!isForeign) return shown;
  const fits = fitting(shown as unknown as JsonObject, checkOf('TMF622', 'conformance', 'ProductOrder')); // plain JSON
  return fits as unknown as ProductOrder; // as just checked
}

/** @param said what is said of a line, in the words of whoever asks. */
export function shownItems(order: CustomerOrder, said: (line: OrderLine) => JsonObject): ProductOrderItem[] {
  const brought = itemsBrought(order);
  const states = itemStates(order);
  return nestedAgain(order.lines, productItemWords.list, (line) =>
    renderItem({ ...line, state: states.get(line.id) ?? line.state, kept: said(line) }, brought.get(line.id)),
  );
}

/** @param brought the item that it has brought. */
function renderItem({ kept, externalId, state, action }: OrderLine, brought: string | undefined): ProductOrderItem {
  // An item is kept as it came, so it has the product it was valid with.
  const item = withAction(kept as unknown as ProductOrderItem, action, productItemWords);
  const shown = { ...item, id: externalId, state: tmfStateOf[state] };
  return brought === undefined ? shown : { ...shown, product: { ...item.product, id: brought } };
}

const byProvider = 'the provider sets it';
const byCancelTask = 'a cancel task says it';
const once = 'it is said once, when the order is placed';

export const productOrdering: OrderApi = {
  listed: listedInProductOrders,
  api: 'TMF622',
  category: 'Product',
  base: productOrderingBase,
  resource: 'ProductOrder',
  task: { create: 'CancelProductOrder_Create', whole: 'CancelProductOrder', firstState: 'acknowledged' },
  subscription: { asked: 'EventSubscriptionInput' },
  itemWords: productItemWords,
  types: { create: 'ProductOrder_Create', whole: 'ProductOrder' },
  patch: {
    patchable: [
      'agreement',
      'billingAccount',
      'category',
      'channel',
      'description',
      'externalId',
      'note',
      'notificationContact',
      'orderTotalPrice',
      'payment',
      'priority',
      'productOfferingQualification',
      'productOrderItem',
      'quote',
      'relatedParty',
      'requestedCompletionDate',
      'requestedStartDate',
    ],
    fixed: {
      id: once,
      href: once,
      orderDate: byProvider,
      completionDate: byProvider,
      expectedCompletionDate: byProvider,
      cancellationDate: byCancelTask,
      cancellationReason: byCancelTask,
    },
    submits: { attribute: initialState, value: 'acknowledged' },
  },
  // It knows neither jeopardy nor milestones, and shows no more of a delay than another date.
  tells: { jeopardy: { attribute: 'expectedCompletionDate' } },
  stateOf: (state) => tmfStateOf[state],
  read: readProductOrder,
  render: renderProductOrder,
};

/** TMF622 Product Ordering v4.0, northbound: product orders in, customer orders inside, product orders and events out. */
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  ProductOrder,
  ProductOrder_Create,
  ProductOrderItem,
} from '../../contracts/schemas/tmf622-v4.0.generated.ts';
import type { CapturedLine, CaptureOrder } from '../model/inputs.ts';
import type { CustomerOrder, OrderLine } from '../model/order.ts';
import { cancellationOf } from './cancellation/order-cancellation.ts';
import {
  characteristicsOf,
  datesOf,
  type ItemInTree,
  type ItemShape,
  itemsInTree,
  keptOf,
  linePlace,
  nestedAgain,
  partiesOf,
  placeOf,
  typeOf,
} from './captured-orders.ts';
import { actionOf, committedDueOf, type ItemWords, itemsBrought, withAction } from './north/item-actions.ts';
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
export function readProductOrder(body: ProductOrder_Create): Omit<CaptureOrder, 'at' | 'orderId'> {
  const { externalId, description, priority, relatedParty } = body;
  return {
    type: 'CaptureOrder',
    category: 'Product',
    fulfillmentType: 'Deliver',
    ...(externalId === undefined ? {} : { externalId }),
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority }),
    ...datesOf(body),
    parties: partiesOf(relatedParty),
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
  const brought = itemsBrought(order);
  return {
    ...order.kept,
    id: order.id,
    href: inOnePiece(publicUrl, productOrderingBase, '/productOrder/', order.id),
    state: tmfStateOf[order.state],
    orderDate: textOfInstant(order.orderedAt),
    ...(order.completedAt === undefined ? {} : { completionDate: textOfInstant(order.completedAt) }),
    ...cancellationOf(order),
    productOrderItem: nestedAgain(order.lines, 'productOrderItem', (line) => renderItem(line, brought.get(line.id))),
    '@type': typeOf(order.kept, 'ProductOrder'),
  };
}

/** @param brought the item that it has brought. */
function renderItem({ kept, externalId, state, action }: OrderLine, brought: string | undefined): ProductOrderItem {
  // An item is kept as it came, so it has the product it was valid with.
  const item = withAction(kept as unknown as ProductOrderItem, action, productItemWords);
  const shown = { ...item, id: externalId, state: tmfStateOf[state] };
  return brought === undefined ? shown : { ...shown, product: { ...item.product, id: brought } };
}

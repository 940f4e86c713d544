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
import { actionOfTmf, tmfStateOf } from './state-names.ts';

export const productOrderingBase = '/tmf-api/productOrderingManagement/v4';

/** Set by the engine, whatever a requester sends. */
const setByEngine = ['id', 'href', 'state', 'orderDate', 'completionDate', 'expectedCompletionDate'];

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
    lines: itemsInTree(body.productOrderItem, shape).map(readItem),
    kept: keptOf(body, [...setByEngine, 'productOrderItem']),
  };
}

function readItem(entry: ItemInTree<ProductOrderItem>): CapturedLine {
  const { action, quantity, product, productOffering } = entry.item;
  const specification = product?.productSpecification?.id;
  return {
    ...linePlace(entry),
    action: actionOfTmf[action],
    quantity: quantity ?? 1,
    ...(productOffering === undefined ? {} : { offering: productOffering.id }),
    ...(specification === undefined ? {} : { specification }),
    ...(product?.id === undefined ? {} : { inventory: product.id }),
    characteristics: characteristicsOf(product?.productCharacteristic),
    ...placeOf(product?.place),
    kept: keptOf(entry.item, ['state', 'productOrderItem']),
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderProductOrder(order: CustomerOrder, publicUrl: string): ProductOrder {
  return {
    ...order.kept,
    id: order.id,
    href: inOnePiece(publicUrl, productOrderingBase, '/productOrder/', order.id),
    state: tmfStateOf[order.state],
    orderDate: textOfInstant(order.orderedAt),
    ...(order.completedAt === undefined ? {} : { completionDate: textOfInstant(order.completedAt) }),
    ...cancellationOf(order),
    productOrderItem: nestedAgain(order.lines, 'productOrderItem', renderItem),
    '@type': typeOf(order.kept, 'ProductOrder'),
  };
}

function renderItem({ kept, externalId, state }: OrderLine): ProductOrderItem {
  // An item is kept as it came, so it has the action it was valid with.
  const item = kept as unknown as ProductOrderItem;
  return { ...item, id: externalId, state: tmfStateOf[state] };
}

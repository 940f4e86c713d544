/** TMF622 Product Ordering v5.0, northbound: the same orders as through v4.0, in the words of the fifth version. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { ProductOrder_Create } from '../../contracts/schemas/tmf622-v4.0.generated.ts';
import type { ProductOrder, ProductOrder_FVO } from '../../contracts/schemas/tmf622-v5.0.generated.ts';
import type { JsonObject } from '../model/json.ts';
import type { CustomerOrder, OrderLine } from '../model/order.ts';
import type { LineState } from '../model/state-tables.ts';
import { cancellationOf } from './cancellation/order-cancellation.ts';
import { keptOf, typeOf } from './captured-orders.ts';
import { expectedCompletion } from './forecast-view.ts';
import { headerAsOrdered, itemAsOrdered } from './north/as-ordered.ts';
import { initialState } from './north/draft.ts';
import { listedInProductOrdersV5 } from './north/listed-kinds.ts';
import type { OrderApi, ReadOrder } from './north/order-api.ts';
import { itemPlaces } from './north/patch/items.ts';
import { type RemarkWords, remarksOn } from './north/remarks.ts';
import { fitting } from './north/v5/fitting.ts';
import { itemInV4, itemInV5, orderInV4, orderInV5 } from './north/v5/words.ts';
import { tmfStateOf } from './state-names.ts';
import { productItemWords, readProductOrder, shownItems } from './tmf622-v4.ts';

export const productOrderingV5Base = '/productOrderingManagement/v5';

/** What the type of an order that is placed does not have, and that of an order does. */
const setByEngine = [
  'id',
  'href',
  'state',
  'creationDate',
  'completionDate',
  'expectedCompletionDate',
  'cancellationDate',
  'cancellationReason',
];

/** @param body valid against ProductOrder_FVO under `official-lenient`. */
export function readProductOrderV5(body: ProductOrder_FVO): ReadOrder {
  const document = body as unknown as JsonObject; // parsed JSON
  // What the model is made of, v5 says at the same places as v4, once roles stand where v4 has them.
  const captured = readProductOrder(orderInV4(document) as unknown as ProductOrder_Create);
  const items = itemPlaces(document, productItemWords.list);
  return {
    ...captured,
    lines: captured.lines.map((line, index) => ({
      ...line,
      kept: keptOf(items[index]?.item ?? {}, ['state', productItemWords.list]),
    })),
    kept: keptOf(document, [...setByEngine, productItemWords.list]),
    wording: 'v5',
  };
}

/** @param publicUrl where the API is reached from outside, without a slash at the end. */
export function renderProductOrderV5(order: CustomerOrder, publicUrl: string): ProductOrder {
  const isForeign = order.wording === undefined;
  const href = inOnePiece(publicUrl, productOrderingV5Base, '/productOrder/', order.id);
  const shown = {
    ...headerInV5(order),
    id: order.id,
    href,
    state: stateOf(order.state),
    creationDate: textOfInstant(order.orderedAt),
    ...(order.completedAt === undefined ? {} : { completionDate: textOfInstant(order.completedAt) }),
    ...expectedCompletion(order),
    ...remarksOn(order, remarkWords({ id: order.id, href })),
    ...cancellationOf(order),
    productOrderItem: shownItems(order, (line) => itemIn(order, line)).map((item) => typed(item)),
    '@type': typeOf(order.kept, 'ProductOrder'),
  };
  const plain = shown as unknown as JsonObject; // rendered from a plain JSON order
  const fits = isForeign ? fitting(plain, checkOf('TMF622v5', 'conformance', 'ProductOrder')) : plain;
  return fits as unknown as ProductOrder; // as it was captured, or as just checked
}

function remarkWords({ id, href }: { readonly id: string; readonly href: string }): RemarkWords {
  const type = 'ProductOrderItemRef';
  return {
    resource: 'ProductOrder',
    jeopardy: 'productOrderJeopardyAlert',
    milestone: 'productOrderMilestone',
    error: 'productOrderErrorMessage',
    items: (item) => ({
      productOrderItem: [{ productOrderItemId: item, productOrderId: id, ProductOrderHref: href, '@type': type }],
    }),
  };
}

/** An item that said nothing of its product is shown with the one that it has brought, and every object in v5 says its type. */
function typed(item: ShownItem): ShownItem {
  const { product, productOrderItem: items } = item;
  return {
    ...item,
    ...(product === undefined || '@type' in product ? {} : { product: { '@type': 'Product', ...product } }),
    ...(items === undefined ? {} : { productOrderItem: items.map((each) => typed(each)) }),
  };
}

type ShownItem = ReturnType<typeof shownItems>[number];

/** As it is kept, unless a revision has changed what was said: then in the words that v4 has for it, said in those of v5. */
function headerInV5(order: CustomerOrder): JsonObject {
  if (order.wording === undefined) return orderInV5(headerAsOrdered(order.kept, order));
  if (order.revisions === undefined) return order.kept;
  const inV4 = orderInV4(order.kept);
  const ordered = headerAsOrdered(inV4, order);
  const names = Object.keys(ordered).filter((name) => ordered[name] !== inV4[name]);
  const changed = orderInV5(Object.fromEntries(names.map((name) => [name, ordered[name] ?? null])));
  return { ...order.kept, ...changed };
}

function itemIn(order: CustomerOrder, line: OrderLine): JsonObject {
  if (order.wording === undefined) return itemInV5(itemAsOrdered(line.kept, line, order, productItemWords));
  const inV4 = itemInV4(line.kept);
  const ordered = itemAsOrdered(inV4, line, order, productItemWords);
  return ordered === inV4 ? line.kept : itemInV5(ordered);
}

/** v5 has a word for drafts; items have none, and are what they are in v4. */
function stateOf(state: LineState): string {
  return state === 'draft' ? 'draft' : tmfStateOf[state];
}

const byProvider = 'the provider sets it';
const notPublished = 'ProductOrder_MVO of TMF622 v5.0 does not have it';
const byCancelTask = 'a cancel task says it';

export const productOrderingV5: OrderApi = {
  listed: listedInProductOrdersV5,
  api: 'TMF622v5',
  category: 'Product',
  base: productOrderingV5Base,
  resource: 'ProductOrder',
  task: { create: 'CancelProductOrder_FVO', whole: 'CancelProductOrder', firstState: 'acknowledged' },
  subscription: { asked: 'Hub_FVO', shown: 'Hub' },
  wording: 'v5',
  itemWords: productItemWords,
  types: { create: 'ProductOrder_FVO', whole: 'ProductOrder' },
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
      'orderRelationship',
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
      id: notPublished,
      href: notPublished,
      creationDate: notPublished,
      [initialState]: notPublished,
      completionDate: byProvider,
      expectedCompletionDate: byProvider,
      cancellationDate: byCancelTask,
      cancellationReason: byCancelTask,
      productOrderErrorMessage: byProvider,
      productOrderJeopardyAlert: byProvider,
      productOrderMilestone: byProvider,
    },
    submits: { attribute: 'state', value: 'acknowledged' },
  },
  tells: {
    jeopardy: { event: 'JeopardyAlert' },
    milestone: { event: 'Milestone' },
    failed: { event: 'ErrorMessage' },
  },
  stateOf,
  read: readProductOrderV5,
  render: renderProductOrderV5,
};

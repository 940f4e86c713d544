/** Finding the resource orders and work orders that an API shows. */
import type { CustomerOrder, DomainOrder } from '../../model/order.ts';
import { orderCategories } from '../../model/words.ts';
import type { OrderStore } from '../../shell/store.ts';
import { partsOfId } from '../../wire/north/domain-orders.ts';
import type { PartApi } from '../../wire/north/parts/part-api.ts';

export interface Found {
  readonly order: CustomerOrder;
  readonly domainOrder: DomainOrder;
}

/** Nothing, where there is none of that id. */
export async function partOf(
  { kind }: Pick<PartApi, 'kind'>,
  store: OrderStore,
  id: string,
): Promise<Found | undefined> {
  const { orderId, number } = partsOfId(id);
  const order = await store.load(orderId);
  const domainOrder = order?.domainOrders.find((each) => each.kind === kind && each.number === number);
  return order === undefined || domainOrder === undefined ? undefined : { order, domainOrder };
}

/** That is to deliver something, whatever it came through. */
export async function everyOrder(store: OrderStore): Promise<readonly CustomerOrder[]> {
  const everything = { fulfillmentType: 'Deliver', offset: 0, limit: Number.POSITIVE_INFINITY } as const;
  const lists = [];
  for (const category of orderCategories) lists.push((await store.list({ category, ...everything })).orders);
  return lists.flat();
}

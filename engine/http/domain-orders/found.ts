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
export async function partOf(api: Pick<PartApi, 'kind'>, store: OrderStore, id: string): Promise<Found | undefined> {
  const order = await store.load(partsOfId(id).orderId);
  return order === undefined ? undefined : partIn(api, order, id);
}

/** Nothing, where the order has none of that id. */
export function partIn({ kind }: Pick<PartApi, 'kind'>, order: CustomerOrder, id: string): Found | undefined {
  const { number } = partsOfId(id);
  const domainOrder = order.domainOrders.find((each) => each.kind === kind && each.number === number);
  return domainOrder === undefined ? undefined : { order, domainOrder };
}

/** That is to deliver something, whatever it came through. */
export async function everyOrder(store: OrderStore): Promise<readonly CustomerOrder[]> {
  const everything = { fulfillmentType: 'Deliver', offset: 0, limit: Number.POSITIVE_INFINITY } as const;
  const lists = [];
  for (const category of orderCategories) lists.push((await store.list({ category, ...everything })).orders);
  return lists.flat();
}

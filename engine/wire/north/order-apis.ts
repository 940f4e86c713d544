/** The APIs through which orders come in, are followed, and are changed. */
import type { JsonObject } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { productOrdering } from '../tmf622-v4.ts';
import { productOrderingV5 } from '../tmf622-v5.ts';
import { serviceOrdering } from '../tmf641-v4-north.ts';
import type { OrderApi } from './order-api.ts';
import { resourceOrdering } from './tmf652-v4.ts';
import { orderInV4, orderInV5 } from './v5/words.ts';

export const orderApis: readonly OrderApi[] = [productOrdering, productOrderingV5, serviceOrdering, resourceOrdering];

/** The one in whose words the order is kept. */
export function apiOf({ category, wording }: Pick<CustomerOrder, 'category' | 'wording'>): OrderApi {
  const found = orderApis.find((api) => api.category === category && api.wording === wording);
  if (found === undefined) throw new Error(`no API has words ${wording} for orders of category ${category}`);
  return found;
}

/** The order as the other API would say it. */
export function translated(order: JsonObject, from: OrderApi, to: OrderApi): JsonObject {
  if (from.wording === to.wording) return order;
  return to.wording === 'v5' ? orderInV5(order) : orderInV4(order);
}

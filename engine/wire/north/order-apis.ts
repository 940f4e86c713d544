/** The APIs through which orders come in, are followed, and are changed. */
import type { OrderCategory } from '../../model/order.ts';
import { productOrdering } from '../tmf622-v4.ts';
import { serviceOrdering } from '../tmf641-v4-north.ts';
import type { OrderApi } from './order-api.ts';

export const orderApis: readonly OrderApi[] = [productOrdering, serviceOrdering];

/** Those that tell of orders of that category. */
export function apisOf(category: OrderCategory): readonly OrderApi[] {
  return orderApis.filter((api) => api.category === category);
}

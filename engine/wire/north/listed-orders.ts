/** What lists of TMF622 and TMF641 orders are asked by and need not render an order for: attributes as they are rendered. */
import { comparedAs } from '../../../contracts/profile/tmf630.ts';
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { tmfStateOf } from '../state-names.ts';

/**
 * `given`: a text as somebody has given it. `written`: an instant as the engine writes it, in one way only.
 */
export type ListedKind = 'given' | 'written';

/** By attribute. */
export type ListedKinds = { readonly [attribute: string]: ListedKind };

const common = {
  id: 'given',
  state: 'given',
  externalId: 'given',
  requestedStartDate: 'given',
  requestedCompletionDate: 'given',
  orderDate: 'written',
  completionDate: 'written',
} as const satisfies ListedKinds;

export const listedInProductOrders: ListedKinds = common;
export const listedInServiceOrders: ListedKinds = { ...common, startDate: 'written' };

export function listedOrder(order: CustomerOrder): Listed {
  const { id, category, kept, state, orderedAt, completedAt, startedAt } = order;
  return {
    ...given('id', id),
    state: tmfStateOf[state],
    orderDate: orderedAt,
    ...(completedAt === undefined ? {} : { completionDate: completedAt }),
    ...(category === 'Product' || startedAt === undefined ? {} : { startDate: startedAt }),
    ...given('externalId', kept.externalId),
    ...given('requestedStartDate', kept.requestedStartDate),
    ...given('requestedCompletionDate', kept.requestedCompletionDate),
  };
}

/** @param value nothing but a text is compared. */
export function given(attribute: string, value: unknown): Listed {
  return typeof value === 'string' ? { [attribute]: comparedAs(value) } : {};
}

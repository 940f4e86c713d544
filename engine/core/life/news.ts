/** What is told of an order whose lines have gone on while it has not: whoever hears that it has, hears of them with it. */
import type { CustomerOrder } from '../../model/order.ts';
import type { OrderNews, StateChange } from '../../model/outcome.ts';

/** @param moves those of one step. */
export function newsOfLines(
  { fulfillmentType }: Pick<CustomerOrder, 'fulfillmentType'>,
  moves: readonly StateChange[],
): readonly OrderNews[] {
  if (fulfillmentType !== 'Deliver' || moves.some(({ thing }) => thing === 'order')) return [];
  const ofLines = moves.flatMap(({ thing, from, to }) => (thing === 'line' && from !== undefined ? { from, to } : []));
  return ofLines.length === 0 ? [] : [{ kind: 'linesMoved', moves: ofLines }];
}

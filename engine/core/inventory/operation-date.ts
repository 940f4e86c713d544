/** When something is suspended or resumed: on the day its line is promised for, and as soon as its order is completed otherwise. */
import type { CustomerOrder, Instant, OrderLine } from '../../model/order.ts';

/**
 * The line at the top of those that do the same decides for all below it. Nothing promised: what the requester wishes
 * for the order. A day that has come already means at once.
 */
export function operationDue(
  id: string,
  lineOf: (id: string) => OrderLine | undefined,
  { requestedCompletionAt }: Pick<CustomerOrder, 'requestedCompletionAt'>,
): Instant | undefined {
  let line = lineOf(id);
  for (let above = parentOf(line); above !== undefined && above.action === line?.action; above = parentOf(above)) {
    line = above;
  }
  return line?.committedDueAt ?? requestedCompletionAt;

  function parentOf(each: OrderLine | undefined): OrderLine | undefined {
    return each?.parent === undefined ? undefined : lineOf(each.parent);
  }
}

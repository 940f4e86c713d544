/** The state that each item is shown in: what has others in it is not completed before they are over. */
import type { CustomerOrder } from '../../model/order.ts';
import { isTerminal } from '../../model/state-table.ts';
import { type LineState, orderLineTable } from '../../model/state-tables.ts';

/** By line; those of a large order without nested items are not looked at twice. */
export function itemStates({ lines }: Pick<CustomerOrder, 'lines'>): ReadonlyMap<string, LineState> {
  const states = new Map(lines.map(({ id, state }) => [id, state]));
  if (!lines.some(({ nested }) => nested === true)) return states;
  // Those in an item come behind it, so that the innermost are seen first.
  for (const { id, parent, nested } of lines.toReversed()) {
    if (nested !== true || parent === undefined || states.get(parent) !== 'completed') continue;
    if (!isTerminal(orderLineTable, states.get(id) ?? 'completed')) states.set(parent, 'in_progress');
  }
  return states;
}

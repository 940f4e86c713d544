/** What is told of an order that went on in one step, beside its state. */
import type { CustomerOrder } from '../../model/order.ts';
import type { OrderNews, StateChange } from '../../model/outcome.ts';
import type { OrderTask } from '../../model/tasks/task.ts';

interface Step {
  readonly order: Pick<CustomerOrder, 'fulfillmentType'>;
  readonly moves: readonly StateChange[];
  readonly task: (id: string) => OrderTask | undefined;
}

/** Questions are told of by what they find out. */
export function newsOfStep({ order, moves, task }: Step): readonly OrderNews[] {
  if (order.fulfillmentType !== 'Deliver') return [];
  const hasMoved = moves.some(({ thing }) => thing === 'order');
  return [
    ...(hasMoved ? [] : newsOfLines(moves)),
    ...moves.flatMap(({ thing, id, event, to }): OrderNews[] => {
      if (thing === 'fallout' && event === 'create') return [{ kind: 'failed', fallout: id, withState: hasMoved }];
      const isReached = thing === 'task' && to === 'closed_complete' && task(id)?.milestone !== undefined;
      return isReached ? [{ kind: 'milestone', task: id }] : [];
    }),
  ];
}

/** Lines have gone on while the order has not: whoever hears that it has, hears of them with it. */
function newsOfLines(moves: readonly StateChange[]): readonly OrderNews[] {
  const ofLines = moves.flatMap(({ thing, from, to }) => (thing === 'line' && from !== undefined ? { from, to } : []));
  return ofLines.length === 0 ? [] : [{ kind: 'linesMoved', moves: ofLines }];
}

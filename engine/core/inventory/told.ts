/** What a step tells the inventory, where the inventory did not take what an earlier step told it. */
import type { TreeChange } from '../../model/inventory/change.ts';
import type { Fallout } from '../../model/order.ts';

export interface Told {
  readonly now: readonly TreeChange[];
  readonly later: readonly TreeChange[];
}

/**
 * A tree that did not take something hears nothing more until the fallout about it is over, and then everything at once.
 * Where the fallout was canceled, it hears no more than that the order has ended.
 */
export function tellInventory(
  refused: readonly TreeChange[],
  fallouts: readonly Fallout[],
  changes: readonly TreeChange[],
): Told {
  if (refused.length === 0) return { now: changes, later: refused };
  const now: TreeChange[] = [];
  const later: TreeChange[] = [];
  for (const tree of new Set([...refused, ...changes].map((each) => each.tree))) {
    const before = refused.filter((each) => each.tree === tree);
    const since = changes.filter((each) => each.tree === tree);
    const state = fallouts.findLast((each) => each.tree === tree)?.state;
    if (before.length === 0 || state === 'resolved' || state === 'closed_complete') {
      now.push(inOne([...before, ...since]));
    } else if (state === 'canceled') {
      now.push(...since.flatMap(onlyTheEnd));
      later.push(...before);
    } else {
      later.push(...before, ...since);
    }
  }
  return { now, later };
}

/** Of the moment of the last. */
function inOne(changes: readonly TreeChange[]): TreeChange {
  const last = changes.at(-1);
  if (last === undefined) throw new Error('there is no change');
  return { ...last, changes: changes.flatMap((each) => each.changes) };
}

function onlyTheEnd(change: TreeChange): TreeChange[] {
  const changes = change.changes.filter(({ type }) => type === 'EndOrder');
  return changes.length === 0 ? [] : [{ ...change, changes }];
}

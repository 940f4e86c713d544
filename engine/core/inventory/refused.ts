/**
 * What the inventory does not take: an order that was approved elsewhere at the same moment was faster. It is remembered,
 * somebody has to look at it, and it is told again once that is over.
 */
import type { ReportInventory } from '../../model/inputs.ts';
import type { Draft } from '../draft.ts';
import { isOpen, openFallout } from '../fallout.ts';

const inventoryFallout = 'Inventory Conflict';

/** Writes it down; what is in progress about the tree waits until the fallout is over. */
export function reportInventory(draft: Draft, { change, reason }: ReportInventory): undefined {
  const { tree } = change;
  const { refusedChanges = [] } = draft.header;
  draft.setHeader({ refusedChanges: [...refusedChanges, change] });
  const about = draft.domainOrders.all.filter((each) => each.tree === tree || each.installs === tree);
  const [first] = about;
  const isKnown = draft.fallouts.all.some((fallout) => fallout.tree === tree && isOpen(fallout));
  if (first === undefined || isKnown) return undefined;
  openFallout(draft, {
    domainOrder: first.id,
    tree,
    holds: about.map(({ id }) => id),
    type: inventoryFallout,
    cause: 'business',
    description: `The product inventory was not changed: ${reason}`,
  });
  return undefined;
}

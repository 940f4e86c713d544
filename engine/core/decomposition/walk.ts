/** What is disconnected, suspended or resumed is what stands in the inventory, whatever the catalogue says today. */
import type { InventoryItem } from '../../model/inventory/item.ts';
import type { Action, DomainOrder, OrderLine } from '../../model/order.ts';
import type { Decomposition } from './decomposition.ts';
import { addDomainOrder, isFull, type Origin } from './domain-order.ts';

/** How the walk goes. */
export type Walk = Pick<Origin, 'after' | 'parent' | 'move'> & { readonly action: Action };

/**
 * A domain order for the item and for each one below it, parents before children. What has the status already that it is
 * to have, as when one part of a product was suspended before, gets none; nor does what another line has seen to.
 */
export function walk(decomposition: Decomposition, top: InventoryItem, line: OrderLine, how: Walk): void {
  const { action } = how;
  const operates = action === 'suspend' || action === 'resume';
  const isMeant = ({ status }: InventoryItem) => !operates || status === top.status;
  visit(top, line, how);

  function visit(item: InventoryItem, own: OrderLine, { parent, after, move }: Walk): void {
    if (isFull(decomposition.draft)) return;
    const domainOrder = isMeant(item) ? add(item, own, { action, parent, after, move }) : parent;
    for (const below of decomposition.itemsBelow.get(item.id) ?? []) {
      const named = decomposition.lineOf.get(below.id);
      if (named !== undefined && decomposition.placed.has(named.id) && move !== 'cease') continue;
      visit(below, named ?? own, { action, parent: domainOrder, after: [], move });
    }
  }

  function add(item: InventoryItem, own: OrderLine, { parent, after, move }: Walk): DomainOrder {
    const { specification: id, kind, characteristics } = item;
    return addDomainOrder(
      decomposition,
      { id, kind },
      {
        line: own,
        action,
        characteristics,
        after,
        parent,
        item,
        move,
      },
    );
  }
}

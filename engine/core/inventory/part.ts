/** What a domain order is to the inventory: which item it is about, and what it does to it. */
import type { InventoryEvent } from '../../model/inventory/item-table.ts';
import type { DomainOrder } from '../../model/order.ts';

/**
 * `brings`: the item comes with it. `changes`: the item stays, and is something else then. `ends`: the item ceases, or has
 * moved away. `operates`: the item is suspended or resumed.
 */
export interface Part {
  readonly kind: 'brings' | 'changes' | 'ends' | 'operates';
  readonly item: string;
  readonly tree: string;
  readonly domainOrder: DomainOrder;
}

/** Nothing for a domain order that the inventory does not know of, or that leaves its item as it is. */
export function partOf(
  domainOrder: DomainOrder,
  parentOf: (domainOrder: DomainOrder) => DomainOrder | undefined,
): Part | undefined {
  const { kind: ofOrder, installs, inventory, tree, action } = domainOrder;
  if (ofOrder === 'work') return undefined;
  if (installs !== undefined) {
    return { kind: 'brings', item: installs, tree: tree ?? topOf(domainOrder, installs, parentOf), domainOrder };
  }
  const kind = kindOf[action];
  if (inventory === undefined || tree === undefined || kind === undefined) return undefined;
  return { kind, item: inventory, tree, domainOrder };
}

const kindOf: { readonly [action in DomainOrder['action']]?: Part['kind'] } = {
  change: 'changes',
  delete: 'ends',
  suspend: 'operates',
  resume: 'operates',
};

/** What happens to an item that is there when the order about it is approved; nothing to what is only operated on. */
export function requestOf({ kind, domainOrder }: Part): InventoryEvent | undefined {
  if (kind === 'changes') return 'requestChange';
  if (kind !== 'ends') return undefined;
  return domainOrder.move === 'cease' ? 'requestMove' : 'requestDisconnect';
}

/** The item that stands above, whoever brought it. */
export function itemAbove({ under }: DomainOrder, parent: DomainOrder | undefined): string | undefined {
  return under ?? parent?.installs ?? (parent?.tree === undefined ? undefined : parent.inventory);
}

function topOf(
  domainOrder: DomainOrder,
  item: string,
  parentOf: (domainOrder: DomainOrder) => DomainOrder | undefined,
): string {
  let top = item;
  for (let above = parentOf(domainOrder); above?.installs !== undefined; above = parentOf(above)) top = above.installs;
  return top;
}

/**
 * The second aggregate in one function: a tree of the inventory and a change give the new tree, or a refusal, and then
 * nothing has changed. Total and pure, as the step of an order is.
 */
import type {
  DeliveredItem,
  InventoryChange,
  InventoryMove,
  PlannedItem,
  TreeChange,
} from '../../model/inventory/change.ts';
import type { InventoryItem, InventoryTree } from '../../model/inventory/item.ts';
import { type InventoryEvent, type InventoryStatus, inventoryItemTable } from '../../model/inventory/item-table.ts';
import type { Instant } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { nextState } from '../../model/state-table.ts';
import { Shelf } from '../shelf.ts';
import type { Unfinished } from '../unfinished.ts';

export type InventoryOutcome =
  | { readonly ok: true; readonly tree: InventoryTree; readonly story: readonly InventoryMove[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** @param tree `undefined` for one that is not there yet; only `InstallItems` makes one. */
export function stepInventory(tree: InventoryTree | undefined, change: TreeChange): InventoryOutcome {
  const [first] = change.changes;
  if (tree === undefined && first?.type !== 'InstallItems') {
    return { ok: false, refusal: refusal('inventoryTreeUnknown', { tree: change.tree }) };
  }
  const growing = new GrowingTree(tree, change);
  for (const each of change.changes) {
    const refused = growing.take(each);
    if (refused !== undefined) return { ok: false, refusal: refused };
  }
  const { items, story } = growing;
  return { ok: true, tree: { id: change.tree, entries: (tree?.entries ?? 0) + 1, items }, story };
}

/** A tree being changed by one step; what it was opened on stays as it was. */
class GrowingTree {
  readonly story: InventoryMove[] = [];
  readonly #id: string;
  readonly #at: Instant;
  readonly #items: Shelf<InventoryItem>;

  constructor(tree: InventoryTree | undefined, { tree: id, at }: TreeChange) {
    this.#id = id;
    this.#at = at;
    this.#items = new Shelf(tree?.items ?? [], (item) => item.id);
  }

  get items(): readonly InventoryItem[] {
    return this.#items.all;
  }

  take(change: InventoryChange): Refusal | undefined {
    switch (change.type) {
      case 'InstallItems':
        return firstRefusal(change.items, (item) => this.#install(item));
      case 'MoveItems':
        return firstRefusal(change.items, (id) => this.#move(id, change.event));
      case 'CompleteItems':
        return firstRefusal(change.items, (item) => this.#complete(item));
    }
  }

  #install(planned: PlannedItem): Refusal | undefined {
    const { id, number, tree: other, parent, status } = planned;
    const tree = this.#id;
    if (other !== tree) return refusal('inventoryTreeOther', { tree, item: id, other });
    if (this.#items.find(id) !== undefined) return refusal('inventoryItemKnown', { tree, item: id });
    const hasPlace = parent === undefined ? id === tree : this.#items.find(parent) !== undefined;
    if (!hasPlace || planned.tree !== tree)
      return refusal('inventoryParentUnknown', { tree, item: id, parent: parent ?? 'nothing' });
    this.#items.put(planned);
    this.story.push({ id, number, event: 'create', to: status });
    return undefined;
  }

  #move(id: string, event: InventoryEvent): Refusal | undefined {
    const item = this.#items.find(id);
    if (item === undefined) return this.#unknown(id);
    const { number, status: from, previousStatus } = item;
    const to = nextState(inventoryItemTable, from, event, previousStatus);
    if (to === undefined) return impossible(item, event);
    this.#items.put(moved(item, to, this.#at));
    this.story.push({ id, number, event, from, to });
    return undefined;
  }

  #complete({ id, characteristics, place }: DeliveredItem): Refusal | undefined {
    const item = this.#items.find(id);
    if (item === undefined) return this.#unknown(id);
    // What is said as it was before is the same object, as long as nothing was stored in between.
    if (item.characteristics !== characteristics || (place !== undefined && item.place !== place)) {
      this.#items.put(place === undefined ? { ...item, characteristics } : { ...item, characteristics, place });
    }
    return item.transient && item.status === 'active' ? this.#move(id, 'lapse') : undefined;
  }

  #unknown(item: string): Refusal {
    return refusal('inventoryItemUnknown', { tree: this.#id, item });
  }
}

/** The status before is kept while a change is pending, and at no other time. */
function moved(item: InventoryItem, to: InventoryStatus, at: Instant): InventoryItem {
  const next: Unfinished<InventoryItem> = { ...item, status: to };
  if (to === 'change_pending') next.previousStatus = item.status;
  else if (item.previousStatus !== undefined) delete next.previousStatus;
  if (to === 'active' && item.startedAt === undefined) next.startedAt = at;
  if (to === 'inactive') next.endedAt = at;
  return next;
}

function impossible({ number, status }: InventoryItem, event: InventoryEvent): Refusal {
  const possible = inventoryItemTable.moves.filter(({ from }) => from.includes(status)).map(({ on }) => on);
  const values = { item: number, status, event, possible: possible.join(', ') || 'nothing' };
  return refusal('inventoryMoveImpossible', values);
}

function firstRefusal<Thing>(
  things: readonly Thing[],
  refusalOf: (thing: Thing) => Refusal | undefined,
): Refusal | undefined {
  for (const thing of things) {
    const refused = refusalOf(thing);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

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
import type { InventoryOperation } from '../../model/inventory/operation.ts';
import type { Instant } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { nextState } from '../../model/state-table.ts';
import { Shelf } from '../shelf.ts';
import type { Unfinished } from '../unfinished.ts';
import { isPending, Operations } from './operations.ts';

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
  growing.runOperations();
  const { items, story, operations } = growing;
  const after: Unfinished<InventoryTree> = { id: change.tree, entries: (tree?.entries ?? 0) + 1, items };
  if (operations.length > 0) after.operations = operations;
  return { ok: true, tree: after, story };
}

/** A tree being changed by one step; what it was opened on stays as it was. */
class GrowingTree {
  readonly story: InventoryMove[] = [];
  readonly #id: string;
  readonly #at: Instant;
  /** Id of the order that changes it. */
  readonly #order: string;
  readonly #items: Shelf<InventoryItem>;
  readonly #operations: Operations;

  constructor(tree: InventoryTree | undefined, { tree: id, at, order }: TreeChange) {
    this.#id = id;
    this.#at = at;
    this.#order = order;
    this.#items = new Shelf(tree?.items ?? [], (item) => item.id);
    this.#operations = new Operations(tree?.operations ?? [], order, at);
  }

  get items(): readonly InventoryItem[] {
    return this.#items.all;
  }

  get operations(): readonly InventoryOperation[] {
    return this.#operations.all;
  }

  /** Whatever is due and waits for nothing is done. */
  runOperations(): void {
    this.#operations.run(
      (id) => this.#items.find(id),
      ({ item, event }) => this.#move(item, event),
    );
  }

  take(change: InventoryChange): Refusal | undefined {
    switch (change.type) {
      case 'ScheduleOperations':
        this.#operations.schedule(change.operations);
        return undefined;
      case 'CancelOperations':
        this.#operations.cancel((item) => change.items.includes(item));
        return undefined;
      case 'EndOrder':
        return this.#endOrder(change.outcome);
      case 'RunOperations':
        return undefined;
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
    const above = parent === undefined ? undefined : this.#items.find(parent);
    const refused = above === undefined ? undefined : (this.#taken(above) ?? gone(above));
    if (refused !== undefined) return refused;
    this.#items.put(planned);
    this.story.push({ id, number, event: 'create', to: status });
    return undefined;
  }

  #move(id: string, event: InventoryEvent): Refusal | undefined {
    const item = this.#items.find(id);
    if (item === undefined) return this.#unknown(id);
    const taken = this.#taken(item);
    if (taken !== undefined) return taken;
    const { number, status: from, previousStatus } = item;
    const to = nextState(inventoryItemTable, from, event, previousStatus);
    if (to === undefined) return impossible(item, event);
    this.#items.put(this.#moved(item, to));
    this.story.push({ id, number, event, from, to });
    return undefined;
  }

  /** The status before is kept while a change is pending, and at no other time. */
  #moved(item: InventoryItem, to: InventoryStatus): InventoryItem {
    const next: Unfinished<InventoryItem> = { ...item, status: to };
    if (to === 'change_pending') {
      next.previousStatus = item.status;
      next.changedBy = this.#order;
    } else {
      if (item.previousStatus !== undefined) delete next.previousStatus;
      if (item.changedBy !== undefined) delete next.changedBy;
    }
    if (to === 'active' && item.startedAt === undefined) next.startedAt = this.#at;
    if (to === 'inactive') next.endedAt = this.#at;
    return next;
  }

  /** What waits for one order is left alone by every other. */
  #taken(item: InventoryItem): Refusal | undefined {
    const holder = holderOf(item);
    if (holder === undefined || holder === this.#order) return undefined;
    return refusal('inventoryItemTaken', { item: item.number, status: item.status, order: holder });
  }

  #endOrder(outcome: 'completed' | 'canceled'): Refusal | undefined {
    for (const item of this.#items.all) {
      if (holderOf(item) !== this.#order) continue;
      this.#move(item.id, item.status === 'change_pending' ? 'restore' : 'withdraw');
    }
    if (outcome === 'canceled') this.#operations.cancel();
    else this.#operations.release((id) => this.#items.find(id)?.status);
    return undefined;
  }

  #complete({ id, characteristics, place, specificationVersion }: DeliveredItem): Refusal | undefined {
    const item = this.#items.find(id);
    if (item === undefined) return this.#unknown(id);
    const said: Unfinished<InventoryItem> = { ...item, characteristics };
    if (place !== undefined) said.place = place;
    if (specificationVersion !== undefined) said.specificationVersion = specificationVersion;
    // What is said as it was before is the same object, as long as nothing was stored in between.
    const isNew = item.characteristics !== said.characteristics || item.place !== said.place;
    if (isNew || item.specificationVersion !== said.specificationVersion) this.#items.put(said);
    return item.transient && item.status === 'active' ? this.#move(id, 'lapse') : undefined;
  }

  #unknown(item: string): Refusal {
    return refusal('inventoryItemUnknown', { tree: this.#id, item });
  }
}

/** Id of the order that it waits for. */
function holderOf({ status, order, changedBy }: InventoryItem): string | undefined {
  if (status === 'change_pending') return changedBy;
  return isPending(status) ? order : undefined;
}

function gone({ number, status }: InventoryItem): Refusal | undefined {
  if (status !== 'inactive') return undefined;
  return refusal('inventoryMoveImpossible', { item: number, status, event: 'install', possible: 'nothing' });
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

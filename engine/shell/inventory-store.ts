/** The port behind which the inventory is kept. Every implementation passes `test/engine/shell/inventory-store-contract`. */
import type { TreeChange } from '../model/inventory/change.ts';
import type { InventoryItem, InventoryTree } from '../model/inventory/item.ts';
import type { InventoryStatus } from '../model/inventory/item-table.ts';
import type { DomainOrderKind } from '../model/order.ts';

/** One change that was made: with those before it, all that a tree is made of. */
export interface InventoryEntry extends TreeChange {
  /** The effect that brought it; no effect changes a tree twice. */
  readonly effectId: string;
}

/** What one change leaves behind, stored together or not at all. */
export interface InventoryCommit {
  readonly tree: InventoryTree;
  /** How many entries the tree had when it was loaded; 0 for a new one. */
  readonly expectedEntries: number;
  readonly entry: InventoryEntry;
}

/** Each that is given must hold. */
export interface InventoryQuery {
  /** Id of the party it belongs to. */
  readonly customer?: string;
  /** Id of the place. */
  readonly place?: string;
  readonly status?: InventoryStatus;
  readonly kind?: DomainOrderKind;
  readonly offset: number;
  readonly limit: number;
}

export interface InventoryStore {
  load(treeId: string): Promise<InventoryTree | undefined>;
  /** The tree that has that item, wherever in it. */
  treeOf(itemId: string): Promise<InventoryTree | undefined>;
  /** The tree as it was after so many changes; `undefined` when it has not had so many. */
  at(treeId: string, entries: number): Promise<InventoryTree | undefined>;
  /**
   * `conflict` when the tree has moved on since it was loaded, `repeated` when it has an entry of that effect: then nothing
   * was stored.
   */
  commit(commit: InventoryCommit): Promise<'stored' | 'conflict' | 'repeated'>;
  journal(treeId: string): Promise<readonly InventoryEntry[]>;
  /** A page in the order in which the trees came, each from its top down, and how many items match in all. */
  list(query: InventoryQuery): Promise<{ readonly items: readonly InventoryItem[]; readonly total: number }>;
}

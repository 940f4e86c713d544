/** The inventory that lives as long as the process. */
import { stepInventory } from '../core/inventory/step.ts';
import type { InventoryItem, InventoryTree } from '../model/inventory/item.ts';
import type { InventoryEntry, InventoryQuery, InventoryStore } from './inventory-store.ts';

export function memoryInventoryStore(): InventoryStore {
  const trees = new Map<string, InventoryTree>();
  const journals = new Map<string, InventoryEntry[]>();
  const treeIdOf = new Map<string, string>();

  return {
    load: async (treeId) => trees.get(treeId),
    treeOf: async (itemId) => trees.get(treeIdOf.get(itemId) ?? ''),
    at: async (treeId, entries) => {
      if (trees.get(treeId)?.entries === entries) return trees.get(treeId);
      return treeAfter(journals.get(treeId) ?? [], entries);
    },
    commit: async ({ tree, expectedEntries, entry }) => {
      const journal = journals.get(tree.id) ?? [];
      if (journal.some(({ effectId }) => effectId === entry.effectId)) return 'repeated';
      if (journal.length !== expectedEntries) return 'conflict';
      const known = trees.get(tree.id)?.items.length ?? 0;
      // Items stay where they are; new ones stand behind them.
      for (const { id } of tree.items.slice(known)) treeIdOf.set(id, tree.id);
      trees.set(tree.id, tree);
      if (journal.length === 0) journals.set(tree.id, journal);
      journal.push(entry);
      return 'stored';
    },
    journal: async (treeId) => journals.get(treeId) ?? [],
    list: async (query) => {
      const matching: InventoryItem[] = [];
      for (const { items } of trees.values()) {
        for (const item of items) if (matches(item, query)) matching.push(item);
      }
      return { items: matching.slice(query.offset, query.offset + query.limit), total: matching.length };
    },
  };
}

/** The first of its changes, made again. */
function treeAfter(journal: readonly InventoryEntry[], entries: number): InventoryTree | undefined {
  if (entries > journal.length) return undefined;
  let tree: InventoryTree | undefined;
  for (const entry of journal.slice(0, entries)) {
    const outcome = stepInventory(tree, entry);
    if (!outcome.ok) throw new Error(`the journal of inventory tree ${entry.tree} is broken: ${outcome.refusal.code}`);
    tree = outcome.tree;
  }
  return tree;
}

function matches(item: InventoryItem, { customer, place, status, kind }: InventoryQuery): boolean {
  return (
    (customer === undefined || item.customer?.id === customer) &&
    (place === undefined || item.place?.id === place) &&
    (status === undefined || item.status === status) &&
    (kind === undefined || item.kind === kind)
  );
}

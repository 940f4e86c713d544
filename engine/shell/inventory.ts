/** Where the inventory meets the orders: what their steps do to it, and what they may know of it. */
import { inventoryIn } from '../core/inventory/named.ts';
import { stepInventory } from '../core/inventory/step.ts';
import type { Facts, FactVersions } from '../model/facts.ts';
import type { Input } from '../model/inputs.ts';
import type { InventoryTree } from '../model/inventory/item.ts';
import type { ChangeInventory } from '../model/outcome.ts';
import { refusalText } from '../model/refusals.ts';
import type { EditionFacts } from './editions.ts';
import type { InventoryStore } from './inventory-store.ts';

/** A store that many processes share makes conflicts; more in a row than this means that something else is wrong. */
const mostConflicts = 100;

/**
 * Makes the change, unless it was made before. A change is derived from the one order that the items belong to, so one that
 * the inventory refuses is a bug.
 */
export async function changeInventory(store: InventoryStore, effect: ChangeInventory & { id: string }): Promise<void> {
  const { tree: treeId, at, changes, id: effectId } = effect;
  const entry = { tree: treeId, at, changes, effectId };
  for (let attempt = 1; attempt <= mostConflicts; attempt += 1) {
    const before = await store.load(treeId);
    const outcome = stepInventory(before, entry);
    if (!outcome.ok) {
      if (await isMade(store, treeId, effectId)) return;
      throw new Error(`the inventory refused ${effectId}: ${refusalText(outcome.refusal)}`);
    }
    const stored = await store.commit({ tree: outcome.tree, expectedEntries: before?.entries ?? 0, entry });
    if (stored !== 'conflict') return;
  }
  throw new Error(`inventory tree ${treeId} could not be stored in ${mostConflicts} attempts`);
}

async function isMade(store: InventoryStore, treeId: string, effect: string): Promise<boolean> {
  return (await store.journal(treeId)).some(({ effectId }) => effectId === effect);
}

/** What a step may know of the inventory, and which versions of it that is. */
export interface InventoryFacts {
  readonly inventory: Facts['inventory'];
  readonly versions: Pick<FactVersions, 'inventory'>;
}

const nothing: InventoryFacts = { inventory: {}, versions: {} };

/** The items that the input names, as they are now. */
export async function inventoryFor(store: InventoryStore, input: Input): Promise<InventoryFacts> {
  const named = inventoryIn(input);
  if (named.length === 0) return nothing;
  const trees = new Map<string, InventoryTree>();
  for (const item of named) {
    const tree = await store.treeOf(item);
    if (tree !== undefined) trees.set(tree.id, tree);
  }
  return factsOf(named, [...trees.values()]);
}

/** All that a step may know. The journal keeps the versions, so that a replay reads the same. */
export function withInventory(
  editions: EditionFacts,
  numbers: Facts['numbers'],
  { inventory, versions }: InventoryFacts,
): Facts {
  const all = versions.inventory === undefined ? editions.versions : { ...editions.versions, ...versions };
  return { ...editions, numbers, inventory, versions: all };
}

/** The same as it was when the step was taken. Throws when the store does not have it: it is not the journal's store. */
export async function inventoryAsItWas(
  store: InventoryStore,
  input: Input,
  { inventory }: FactVersions,
): Promise<InventoryFacts> {
  if (inventory === undefined) return nothing;
  const trees: InventoryTree[] = [];
  for (const [id, entries] of Object.entries(inventory)) {
    const tree = await store.at(id, entries);
    if (tree === undefined) throw new Error(`the inventory has no tree ${id} of ${entries} changes`);
    trees.push(tree);
  }
  return factsOf(inventoryIn(input), trees);
}

function factsOf(named: readonly string[], trees: readonly InventoryTree[]): InventoryFacts {
  if (trees.length === 0) return nothing;
  const wanted = new Set(named);
  const items = trees.flatMap((tree) => tree.items).filter(({ id }) => wanted.has(id));
  return {
    inventory: Object.fromEntries(items.map((item) => [item.id, item])),
    versions: { inventory: Object.fromEntries(trees.map(({ id, entries }) => [id, entries])) },
  };
}

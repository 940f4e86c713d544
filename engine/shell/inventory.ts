/** Where the inventory meets the orders: what their steps do to it, and what they may know of it. */
import { inventoryIn } from '../core/inventory/named.ts';
import { stepInventory } from '../core/inventory/step.ts';
import type { Facts, FactVersions } from '../model/facts.ts';
import type { Input } from '../model/inputs.ts';
import type { InventoryTree } from '../model/inventory/item.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { ChangeInventory } from '../model/outcome.ts';
import { type Refusal, type RefusalCode, refusalText } from '../model/refusals.ts';
import type { EditionFacts } from './editions.ts';
import type { InventoryStore } from './inventory-store.ts';

/** A store that many processes share makes conflicts; more in a row than this means that something else is wrong. */
const mostConflicts = 100;

/**
 * Makes the change, unless it was made before. Gives why not, where another order was faster: what an order may do to its
 * items was looked up before it was approved, and may be so no longer. Any other refusal is a bug.
 */
export async function changeInventory(
  store: InventoryStore,
  effect: ChangeInventory & { id: string },
): Promise<Refusal | undefined> {
  const { tree: treeId, order, at, changes, id: effectId } = effect;
  const entry = { tree: treeId, order, at, changes, effectId };
  for (let attempt = 1; attempt <= mostConflicts; attempt += 1) {
    const before = await store.load(treeId);
    const outcome = stepInventory(before, entry);
    if (!outcome.ok) {
      if (await isMade(store, treeId, effectId)) return undefined;
      if (raced.has(outcome.refusal.code)) return outcome.refusal;
      throw new Error(`the inventory refused ${effectId}: ${refusalText(outcome.refusal)}`);
    }
    const stored = await store.commit({ tree: outcome.tree, expectedEntries: before?.entries ?? 0, entry });
    if (stored !== 'conflict') return undefined;
  }
  throw new Error(`inventory tree ${treeId} could not be stored in ${mostConflicts} attempts`);
}

/** What the inventory says to an order that comes too late. */
const raced: ReadonlySet<RefusalCode> = new Set(['inventoryItemTaken', 'inventoryMoveImpossible']);

async function isMade(store: InventoryStore, treeId: string, effect: string): Promise<boolean> {
  return (await store.journal(treeId)).some(({ effectId }) => effectId === effect);
}

/** What a step may know of the inventory, and which versions of it that is. */
export interface InventoryFacts extends Pick<Facts, 'inventory' | 'operations'> {
  readonly versions: Pick<FactVersions, 'inventory'>;
}

const nothing: InventoryFacts = { inventory: {}, versions: {} };

/** The whole trees of what the input is about, as they are now. */
export async function inventoryFor(
  store: InventoryStore,
  input: Input,
  order: CustomerOrder | undefined,
): Promise<InventoryFacts> {
  const named = inventoryIn(input, order);
  if (named.length === 0) return nothing;
  const trees = new Map<string, InventoryTree>();
  for (const item of named) {
    const tree = await store.treeOf(item);
    if (tree !== undefined) trees.set(tree.id, tree);
  }
  return factsOf([...trees.values()]);
}

/** All that a step may know. The journal keeps the versions, so that a replay reads the same. */
export function withInventory(
  editions: EditionFacts,
  numbers: Facts['numbers'],
  { inventory, operations, versions }: InventoryFacts,
): Facts {
  const all = versions.inventory === undefined ? editions.versions : { ...editions.versions, ...versions };
  const facts = { ...editions, numbers, inventory, versions: all };
  return operations === undefined ? facts : { ...facts, operations };
}

/** The same as it was when the step was taken. Throws when the store does not have it: it is not the journal's store. */
export async function inventoryAsItWas(store: InventoryStore, { inventory }: FactVersions): Promise<InventoryFacts> {
  if (inventory === undefined) return nothing;
  const trees: InventoryTree[] = [];
  for (const [id, entries] of Object.entries(inventory)) {
    const tree = await store.at(id, entries);
    if (tree === undefined) throw new Error(`the inventory has no tree ${id} of ${entries} changes`);
    trees.push(tree);
  }
  return factsOf(trees);
}

function factsOf(trees: readonly InventoryTree[]): InventoryFacts {
  if (trees.length === 0) return nothing;
  const operations = trees.flatMap((tree) => tree.operations ?? []).filter(({ state }) => state === 'scheduled');
  return {
    inventory: Object.fromEntries(trees.flatMap(({ items }) => items).map((item) => [item.id, item])),
    ...(operations.length === 0 ? {} : { operations }),
    versions: { inventory: Object.fromEntries(trees.map(({ id, entries }) => [id, entries])) },
  };
}

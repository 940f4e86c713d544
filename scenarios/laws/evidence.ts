/** What laws are held against: every order of a world with its history, and what the order management has left undone. */
import type {
  Catalogue,
  CustomerOrder,
  InventoryItem,
  InventoryTree,
  OrderStore,
  PendingEffect,
  Policies,
  ReplayedStep,
} from '../../engine/index.ts';
import type { Inventory } from '../../mocks/inventory/inventory.ts';
import type { Driven } from '../world.ts';

export interface Evidence {
  readonly orders: readonly OrderEvidence[];
  /** What stands in the product inventory. */
  readonly inventory: readonly InventoryItem[];
  /** Each tree of it with something that was suspended or resumed, or is to be. */
  readonly trees: readonly TreeEvidence[];
  /** Of each simulated inventory system. */
  readonly stocks: readonly StockEvidence[];
  /** By its version, each edition of the policies that a step was taken with. */
  readonly policies: ReadonlyMap<string, Policies>;
  /** The catalogues likewise. */
  readonly catalogues: ReadonlyMap<string, Catalogue>;
  /** Effects that were stored and have not come to an end. */
  readonly undone: readonly PendingEffect[];
  /** False: something was still to happen when patience was over. Laws of the end say nothing then. */
  readonly atRest: boolean;
}

export interface OrderEvidence {
  /** As the store has it. */
  readonly order: CustomerOrder;
  /** As its journal has it: every step taken again. */
  readonly history: readonly ReplayedStep[];
  /** Why there is no history. */
  readonly broken?: string;
}

export interface TreeEvidence {
  /** After each of its changes. */
  readonly states: readonly {
    readonly tree: InventoryTree;
    readonly at: number;
    /** Id of the order whose completion the change is. */
    readonly completed?: string;
  }[];
}

/** What is left of one simulated inventory system. */
export interface StockEvidence {
  readonly name: string;
  readonly pools: readonly {
    readonly site: string;
    readonly specification: string;
    readonly capacity: number;
    readonly used: number;
    readonly reserved: number;
  }[];
  readonly reservations: Inventory['reservations'];
}

/** Complaints; none when the law is kept. */
export type Check = (evidence: Evidence) => readonly string[];

/** @param atRest whether nothing more will happen, as far as anybody knows. */
export async function evidenceOf(
  { engine, inventories }: Pick<Driven, 'engine' | 'inventories'>,
  atRest = true,
): Promise<Evidence> {
  const orders: OrderEvidence[] = [];
  for (const category of ['Product', 'Service', 'Resource'] as const) {
    const { orders: kept } = await engine.store.list({ category, offset: 0, limit: Number.MAX_SAFE_INTEGER });
    for (const order of kept) {
      try {
        orders.push({ order, history: await engine.history(order.id) });
      } catch (failure) {
        orders.push({ order, history: [], broken: failure instanceof Error ? failure.message : String(failure) });
      }
    }
  }
  const { items: inventory } = await engine.products({ offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const stocks = stockEvidenceOf(inventories);
  const policies = await editionsOf<Policies>(engine.store, orders, 'policies');
  const catalogues = await editionsOf<Catalogue>(engine.store, orders, 'catalogue');
  const trees = await treesOf(engine.store.inventory, inventory);
  return {
    orders,
    inventory,
    trees,
    stocks,
    policies,
    catalogues,
    undone: await engine.store.pendingEffects(),
    atRest,
  };
}

async function treesOf(store: OrderStore['inventory'], items: readonly InventoryItem[]): Promise<TreeEvidence[]> {
  const found: TreeEvidence[] = [];
  for (const id of new Set(items.map(({ tree }) => tree))) {
    if ((await store.load(id))?.operations === undefined) continue;
    const states: TreeEvidence['states'][number][] = [];
    for (const [place, { at, order, changes }] of (await store.journal(id)).entries()) {
      const tree = await store.at(id, place + 1);
      const isCompletion = changes.some((change) => change.type === 'EndOrder' && change.outcome === 'completed');
      if (tree !== undefined) states.push({ tree, at, ...(isCompletion ? { completed: order } : {}) });
    }
    found.push({ states });
  }
  return found;
}

async function editionsOf<Content>(
  store: Pick<OrderStore, 'edition'>,
  orders: readonly OrderEvidence[],
  kind: 'policies' | 'catalogue',
): Promise<Map<string, Content>> {
  const versions = orders.flatMap(({ history }) => history.map(({ entry }) => entry.versions[kind]));
  const found = new Map<string, Content>();
  for (const version of new Set(versions)) {
    const edition = await store.edition(version);
    if (edition !== undefined) found.set(version, edition as Content); // kept as such
  }
  return found;
}

function stockEvidenceOf(inventories: ReadonlyMap<string, Inventory>): StockEvidence[] {
  return [...inventories].map(([name, inventory]) => {
    const { sites, specifications } = inventory.data;
    const counted = [...specifications.values()].filter(({ limited }) => limited).map(({ id }) => id);
    const places = [...sites.keys()].flatMap((site) => counted.map((specification) => ({ site, specification })));
    const pools = places.map((place) => ({ ...place, ...inventory.poolAt(place) }));
    return { name, pools, reservations: inventory.reservations };
  });
}

/** The port behind which orders are kept. Every implementation passes `test/engine/shell/order-store-contract`. */
import type { FactVersions, NumberBlock } from '../model/facts.ts';
import type { Input } from '../model/inputs.ts';
import type { Json } from '../model/json.ts';
import type { ListCriterion, Listed, ListedParts, ListOrder } from '../model/listing/listed.ts';
import type { CustomerOrder, FulfillmentType, Instant, OrderCategory } from '../model/order.ts';
import type { Effect, NumberCounts, Story } from '../model/outcome.ts';
import type { EventStore } from './event-store.ts';
import type { InventoryStore } from './inventory-store.ts';

/** One step that was taken: all that a replay needs. What came of it is what the replay gives. */
export interface JournalEntry {
  readonly orderId: string;
  /** 1 for the capture, and one more for each step of that order. */
  readonly entry: number;
  readonly at: Instant;
  readonly input: Input;
  readonly versions: FactVersions;
  readonly numbers: NumberBlock;
}

/** A step as it is told to whoever watches. */
export interface TakenStep extends JournalEntry {
  readonly story: Story;
}

/** What one step leaves behind, stored together or not at all. */
export interface Commit {
  readonly order: CustomerOrder;
  /** How many entries the order had when it was loaded; 0 for a new one. */
  readonly expectedEntries: number;
  readonly entry: JournalEntry;
  /** How many numbers of each series the step used, from the first free ones in its entry. */
  readonly numbersUsed: NumberCounts;
  /** What is to be done; each stays in the outbox until it is completed. One with an id that is there replaces it. */
  readonly effects: readonly Effect[];
  /** Ids of effects that this step ends. */
  readonly ends: readonly string[];
  /** Further names by which the order is found. A name belongs to one order for good. */
  readonly keys: readonly string[];
  /** What lists ask of the order from now on; nothing when absent. */
  readonly listed?: Listed;
  /** What of the order is listed by itself, as far as that has changed; it goes with the order. */
  readonly parts?: ListedParts;
}

export interface PendingEffect {
  readonly orderId: string;
  readonly effect: Effect;
}

export interface OrderQuery extends ListQuery {
  readonly category: OrderCategory;
  readonly fulfillmentType?: FulfillmentType;
}

export interface PartQuery extends ListQuery {
  readonly list: string;
  /** Orders that are listed with them. */
  readonly beside?: Pick<OrderQuery, 'category' | 'fulfillmentType'>;
}

/** The id is that of the order where an order itself is listed. */
export interface FoundPart {
  readonly id: string;
  readonly orderId: string;
}

export interface ListQuery {
  /** Each must hold; everything, when absent. */
  readonly where?: readonly ListCriterion[];
  /** The first attribute first; by capture, when absent. */
  readonly sort?: readonly ListOrder[];
  readonly offset: number;
  readonly limit: number;
}

export interface OrderStore {
  /** What the orders bring about; kept where they are kept, so that neither is ever without the other. */
  readonly inventory: InventoryStore;
  /** Who listens, and what is still to be told: appending there completes the effect that it comes of, both or neither. */
  readonly events: EventStore;
  load(orderId: string): Promise<CustomerOrder | undefined>;
  /** What a step starts from: the order, if there is one, and the first number of each series that no order has. */
  read(orderId: string): Promise<{ readonly order: CustomerOrder | undefined; readonly numbers: NumberBlock }>;
  /** `conflict` when the order, or a number series, has moved on since it was read; then nothing was stored. */
  commit(commit: Commit): Promise<'stored' | 'conflict'>;
  orderIdOf(key: string): Promise<string | undefined>;
  /** A page, and how many match in all. */
  list(query: OrderQuery): Promise<{ readonly orders: readonly CustomerOrder[]; readonly total: number }>;
  /** A page of what is listed by itself, and how many match in all. */
  listParts(query: PartQuery): Promise<{ readonly found: readonly FoundPart[]; readonly total: number }>;
  journal(orderId: string): Promise<readonly JournalEntry[]>;
  /**
   * Forgets the order, with its journal, its further names and what is still to be done for it. What it brought into the
   * inventory stays; its numbers are not given again.
   */
  remove(orderId: string): Promise<void>;
  /** What was stored and not completed, in the order in which it was stored. */
  pendingEffects(): Promise<readonly PendingEffect[]>;
  completeEffect(effectId: string): Promise<void>;
  /** Keeps an edition of a catalogue or of policies under its version; the same again changes nothing. */
  keepEdition(version: string, content: Json): Promise<void>;
  edition(version: string): Promise<Json | undefined>;
}

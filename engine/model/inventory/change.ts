/** What an order does to a tree of the inventory, as data: the inputs of the second aggregate. */
import type { Characteristic, Instant, Place } from '../words.ts';
import type { InventoryItem } from './item.ts';
import type { InventoryEvent } from './item-table.ts';
import type { InventoryOperation } from './operation.ts';

/** All of one step of an order about one tree: done together or not at all. */
export interface TreeChange {
  /** The id of the tree. */
  readonly tree: string;
  /** Id of the customer order. */
  readonly order: string;
  readonly at: Instant;
  readonly changes: readonly InventoryChange[];
}

/** `items` are ids, parents before children. */
export type InventoryChange =
  /** An order is approved: what it is going to bring. The first to a tree brings the item at its top. */
  | { readonly type: 'InstallItems'; readonly items: readonly PlannedItem[] }
  /** Something has happened to all of these. */
  | { readonly type: 'MoveItems'; readonly event: InventoryEvent; readonly items: readonly string[] }
  /** An order is completed: what it delivered is written down, and what does not last is over. */
  | { readonly type: 'CompleteItems'; readonly items: readonly DeliveredItem[] }
  /** An order is approved that suspends or resumes these. */
  | { readonly type: 'ScheduleOperations'; readonly operations: readonly PlannedOperation[] }
  /** What the order would have done to these, it does not. */
  | { readonly type: 'CancelOperations'; readonly items: readonly string[] }
  /** The order is over: what it was to suspend and resume follows or is canceled, and nothing waits for it any longer. */
  | { readonly type: 'EndOrder'; readonly outcome: 'completed' | 'canceled' }
  /** A day has come: what is due is done. */
  | { readonly type: 'RunOperations' };

export type PlannedOperation = Pick<InventoryOperation, 'item' | 'event' | 'line' | 'due'>;

/**
 * An item before it is there. `installation_pending`: it comes into being. `activation_pending`: it is there already, and
 * starts anew at another place.
 */
export interface PlannedItem extends Omit<InventoryItem, 'previousStatus' | 'changedBy' | 'startedAt' | 'endedAt'> {
  readonly status: 'installation_pending' | 'activation_pending';
}

/** What is the case once an order is completed. */
export interface DeliveredItem {
  readonly id: string;
  readonly characteristics: readonly Characteristic[];
  readonly place?: Place;
  /** The version of its specification, where that is another one now. */
  readonly specificationVersion?: string;
}

/** A move of one item, for people. */
export interface InventoryMove {
  readonly id: string;
  readonly number: string;
  readonly event: InventoryEvent | 'create';
  /** Absent when the item has just come into being. */
  readonly from?: string;
  readonly to: string;
}

/** What customers have: one tree for what one domain order at the top installs, changed only by `core/inventory/step`. */
import type { Characteristic, DomainOrderKind, Instant, Party, Place } from '../words.ts';
import type { InventoryStatus } from './item-table.ts';
import type { InventoryOperation } from './operation.ts';

/** The unit of consistency: the item at the top and everything below it. Plain JSON. */
export interface InventoryTree {
  /** That of the item at the top. */
  readonly id: string;
  /** Changes so far; the store's expected version. */
  readonly entries: number;
  /** Parents before children. */
  readonly items: readonly InventoryItem[];
  /** In the order of the approvals; those that are over stay. Absent when there were none. */
  readonly operations?: readonly InventoryOperation[];
}

export interface InventoryItem {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** `PI` and seven digits. */
  readonly number: string;
  /** The tree it belongs to: the id of the item at the top. */
  readonly tree: string;
  readonly parent?: string;
  readonly kind: DomainOrderKind;
  readonly specification: string;
  /** The version of the specification that was delivered. */
  readonly specificationVersion: string;
  /** What the specification was called then. */
  readonly name: string;
  /** Nothing lasting: over when its order is completed. */
  readonly transient?: true;
  readonly status: InventoryStatus;
  /** Where it returns to when the order that would change it is canceled. */
  readonly previousStatus?: InventoryStatus;
  /** Id of the order that changes it; while that is pending, no other may. */
  readonly changedBy?: string;
  readonly characteristics: readonly Characteristic[];
  readonly place?: Place;
  /** The one of the parties that it belongs to. */
  readonly customer?: Party;
  readonly parties: readonly Party[];
  /** Id of the customer order that brought it, and of its line and its domain order. */
  readonly order: string;
  readonly line: string;
  readonly domainOrder: string;
  /** What the requester calls the line. */
  readonly orderItem: string;
  /** When it became active first. */
  readonly startedAt?: Instant;
  /** When it became inactive. */
  readonly endedAt?: Instant;
}

/** A suspension or a resumption of one inventory item, from the approval of its order until it is done or given up. */
import type { Instant } from '../words.ts';

/** `scheduled`: its order is under way, or its day has not come, or the item is just being changed. */
export type OperationState = 'scheduled' | 'completed' | 'canceled';

export interface InventoryOperation {
  readonly item: string;
  readonly event: 'suspend' | 'resume';
  /** Id of the customer order, and of its line. */
  readonly order: string;
  readonly line: string;
  /** When it is to be done. Absent: when its order is completed, and that instant from then on. */
  readonly due?: Instant;
  /** Set once its order is completed: nothing but its day is waited for. */
  readonly released?: true;
  readonly state: OperationState;
  readonly endedAt?: Instant;
}

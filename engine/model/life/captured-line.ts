/** A line as it is captured, before it is a line of an order. */
import type { JsonObject } from '../json.ts';
import type { PriorityLevel } from '../priority/level.ts';
import type { Action, Characteristic, Instant, Place } from '../words.ts';

export interface CapturedLine {
  readonly externalId: string;
  /** The `externalId` of the line above. */
  readonly parent?: string;
  /** The `externalId` of each line that must be done before this one starts. */
  readonly after: readonly string[];
  readonly nested?: true;
  readonly action: Action;
  readonly quantity: number;
  /** As the requester says; computed when absent. */
  readonly priority?: PriorityLevel;
  readonly offering?: string;
  readonly specification?: string;
  readonly inventory?: string;
  /** Something that is there already, where this is to be had as well. */
  readonly referenceInventory?: string;
  readonly committedDueAt?: Instant;
  readonly characteristics: readonly Characteristic[];
  readonly place?: Place;
  readonly kept: JsonObject;
  /** Where the line stands in the captured message, as a JSON pointer, for refusals to name. */
  readonly pointer: string;
  /** Where its specification stands below that, when it stands elsewhere than usual. */
  readonly specificationAt?: string;
}

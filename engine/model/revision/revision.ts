/** A change in flight as data: what is wanted now, and in what that differs from what was ordered. */

import type { Json } from '../json.ts';
import type { CapturedLine } from '../life/captured-line.ts';
import type { Instant } from '../words.ts';
import type { HeaderRevision } from './inputs.ts';
import type { RevisionState } from './revision-table.ts';

/** What a change is of. A plan says for each of its tasks which of these it answers to. */
export const changeTypes = [
  'characteristic',
  'quantity',
  'contact',
  'price',
  'relatedItem',
  'place',
  'product',
] as const;

export type ChangeType = (typeof changeTypes)[number];

/** Somebody wants something else than was ordered. All that were ever requested stay with the order. */
export interface Revision {
  /** That of the order, `r`, and a number. */
  readonly id: string;
  readonly state: RevisionState;
  /** Of the order, since this was requested. */
  readonly version: number;
  readonly note?: string;
  readonly requestedAt: Instant;
  readonly decidedAt?: Instant;
  /** What was said when it was decided. */
  readonly answer?: string;
  /** In what it differs from what was in force when it was requested. */
  readonly changes: readonly LineChange[];
  /** Of the header, by attribute. */
  readonly headerChanges: readonly string[];
  /** All that is wanted; gone once it is decided about. */
  readonly wanted?: WantedOrder;
}

export interface WantedOrder {
  readonly lines: readonly CapturedLine[];
  readonly header: HeaderRevision;
}

/** What becomes of one line; one that stays as it is has none. */
export interface LineChange {
  /** The `externalId` of the line. */
  readonly item: string;
  readonly kind: 'add' | 'change' | 'delete';
  readonly types: readonly ChangeType[];
  readonly characteristics: readonly CharacteristicChange[];
}

/** Without `value` it is taken away; without `previousValue` it is new. */
export interface CharacteristicChange {
  readonly name: string;
  readonly value?: Json;
  readonly previousValue?: Json;
}

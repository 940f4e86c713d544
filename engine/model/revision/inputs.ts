/** What can be changed about an order in flight, and what is decided about such a change, as data. */

import type { JsonObject } from '../json.ts';
import type { CapturedLine } from '../life/captured-line.ts';
import type { Characteristic, Instant, Party, Place } from '../words.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type RevisionCommand = RevisionCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type RevisionCommandKind = RequestedRevision | DecidedRevision;

/**
 * Something else is wanted than was ordered. While another revision waits to be decided about, it is held against what that
 * one wants, and takes its place.
 */
export interface RequestedRevision {
  readonly type: 'ReviseOrder';
  readonly note?: string;
  readonly lines: readonly LineRevision[];
  readonly header: HeaderRevision;
}

/** By the `externalId` of a line. */
export type LineRevision =
  | { readonly kind: 'add'; readonly line: CapturedLine }
  | ChangedLine
  /** With the lines below it. */
  | { readonly kind: 'drop'; readonly item: string; readonly pointer: string };

/** What is absent stays as it is. */
export interface ChangedLine {
  readonly kind: 'change';
  readonly item: string;
  readonly quantity?: number;
  readonly offering?: string;
  readonly specification?: string;
  readonly place?: Place;
  /** By name: one that is there is set, another is added, and a null takes one away. */
  readonly characteristics?: readonly Characteristic[];
  readonly committedDueAt?: Instant;
  /** Attributes that the engine keeps and does not read, by name: a null takes one away. */
  readonly kept?: CapturedLine['kept'];
  /** Where it stands in the message, as a JSON pointer, for refusals to name. */
  readonly pointer: string;
}

/** What is absent stays as it is. */
export interface HeaderRevision {
  readonly description?: string;
  readonly priority?: string;
  readonly requestedStartAt?: Instant;
  readonly requestedCompletionAt?: Instant;
  readonly parties?: readonly Party[];
  /** By name: a null takes one away. */
  readonly kept?: JsonObject;
}

/** About the one revision that waits. */
export interface DecidedRevision {
  readonly type: 'DecideRevision';
  readonly decision: 'approve' | 'decline';
  readonly note?: string;
  /** Set when it is approved by itself: the effect that this input ends. */
  readonly effectId?: string;
}

const revisionCommands: { readonly [type in RevisionCommandKind['type']]: true } = {
  ReviseOrder: true,
  DecideRevision: true,
};

export function isRevisionCommand(input: { readonly type: string }): input is RevisionCommand {
  return Object.hasOwn(revisionCommands, input.type);
}

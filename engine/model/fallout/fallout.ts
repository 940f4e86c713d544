/** The record of something that failed, and of what is done about it. */
import type { Instant } from '../words.ts';
import type { FalloutState } from './table.ts';

/** What kind of failure it was, for those who decide what to do about it. */
export const falloutCauses = [
  'data',
  'configuration',
  'route',
  'unreachable',
  'timeout',
  'busy',
  'duplicate',
  'answer',
  'business',
  'overdue',
] as const;

export type FalloutCause = (typeof falloutCauses)[number];

export interface Fallout {
  readonly id: string;
  /** `FO` and seven digits, as the outbound requests have: compare by kind and number, never by number alone. */
  readonly number: string;
  readonly type: string;
  readonly cause: FalloutCause;
  readonly state: FalloutState;
  readonly domainOrder: string;
  /** Set when it is about a request, rather than about one service order. */
  readonly requestId?: string;
  /** Set when it is about what the inventory has not taken: the tree. */
  readonly tree?: string;
  /** The task that somebody noticed it at. */
  readonly task?: string;
  readonly assignedTo?: string;
  /** Where it returns to from hold. */
  readonly previousState?: FalloutState;
  /** The service orders that it keeps on hold. */
  readonly holds: readonly string[];
  readonly description: string;
  readonly createdAt: Instant;
  readonly resolvedAt?: Instant;
}

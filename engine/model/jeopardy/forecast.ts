/** When each part of an order was planned, and when it is expected now. */
import type { Instant } from '../words.ts';
import type { JeopardyLevel } from './level.ts';

/** Of an order that is watched, from its approval on. */
export interface Forecast {
  /** By the id of a task, a domain order, a line, or the order itself. */
  readonly of: { readonly [id: string]: Outlook };
  /** Whatever got worse, in the order in which it did. */
  readonly alerts: readonly JeopardyAlert[];
  /** When something is going to be worse if nothing happens before. */
  readonly nextLookAt?: Instant;
}

export interface Outlook {
  readonly plannedStartAt: Instant;
  readonly plannedEndAt: Instant;
  readonly estimatedStartAt: Instant;
  readonly estimatedEndAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly level?: JeopardyLevel;
  /** What the work should take: of tasks, and of domain orders without a plan. */
  readonly durationMs?: number;
  /** Since when its clock stands. */
  readonly pausedAt?: Instant;
  /** How long its clock has stood before. */
  readonly pausedMs?: number;
  /** When whoever does it says that it will be done. */
  readonly expectedEndAt?: Instant;
  /** Of a domain order without a plan whose parts take longer: when its own work was over. */
  readonly workOverAt?: Instant;
}

export interface JeopardyAlert {
  readonly id: string;
  readonly at: Instant;
  /** The id of the line or the task. */
  readonly about: string;
  /** The line that it is about, or that the task belongs to. */
  readonly line: string;
  readonly level: JeopardyLevel;
  /** Number and name of what it is about. */
  readonly name: string;
  readonly text: string;
}

/** How it is judged whether an order will be done in time. */
import type { DecisionRow, DecisionTable } from '../policies/decision-table.ts';
import type { EnablementColumn, JeopardyLevel, TaskJeopardyColumn } from './level.ts';

export interface JeopardyPolicy {
  /** Outside of them no time counts. Round the clock when absent. */
  readonly workingHours?: WorkingHours;
  /** Asked of each line at the top; an order is watched when it is enabled for all of them. */
  readonly enablement: DecisionTable<EnablementColumn, { readonly enabled: boolean }>;
  /** How long a task should take, where that is not what its plan says. */
  readonly durations: DecisionTable<TaskJeopardyColumn, { readonly durationMs: number }>;
  /** By how much of its time is over, in percent: the first that matches decides. */
  readonly taskLevels: readonly Band<TaskJeopardyColumn>[];
  /** By how much later a line is expected than it was planned, in percent of its planned duration. */
  readonly lineLevels: readonly Band<'specification'>[];
  /** Of what is not yet begun, and cannot begin when it was to: within so many percent of its line's duration, and beyond. */
  readonly successors: {
    readonly thresholdPercent: number;
    readonly within: BandLevel;
    readonly beyond: BandLevel;
  };
  /** Of a line that is expected later than it is promised. */
  readonly promiseMissed: BandLevel;
}

export interface WorkingHours {
  /** Days of the week, at least one; 0 is Monday. */
  readonly days: readonly number[];
  /** In milliseconds since midnight; `untilMs` is later. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** How far local time is ahead of UTC, in milliseconds. */
  readonly utcOffsetMs: number;
  /** Days on which nobody works all the same, counted from 1970-01-01. */
  readonly closedOn: readonly number[];
}

export type BandLevel = JeopardyLevel | 'none';

export interface Band<Column extends string> {
  readonly name: string;
  readonly when: DecisionRow<Column, never>['when'];
  /** In percent, inclusive. 0 means: as soon as there is any. */
  readonly from: number;
  /** In percent, exclusive; without it, however much. */
  readonly below?: number;
  readonly level: BandLevel;
}

/** Tasks of an order: of its domain orders, as their plans say, and of the order itself. */
import type { PriorityLevel } from '../priority/level.ts';
import type { Instant } from '../words.ts';
import type { InflightConfiguration, PlannedUndo, PointOfNoReturnKind } from './plan.ts';
import type { TaskState } from './task-table.ts';

export interface OrderTask {
  readonly id: string;
  /** `TASK` and seven digits. */
  readonly number: string;
  readonly name: string;
  readonly state: TaskState;
  /** Where it returns to from hold. */
  readonly previousState?: TaskState;
  /** Set while a decision about a cancellation or a revision keeps it on hold. */
  readonly heldFor?: 'cancellation' | 'revision';
  readonly about: TaskSubject;
  readonly by: 'manual' | 'automatic' | 'outbound';
  /** The domain order that is the work order for it: it goes as that goes. */
  readonly workOrder?: string;
  /** Ids of tasks that must be closed before this one opens. */
  readonly after: readonly string[];
  readonly durationMs: number;
  /** The id of a request definition of the catalogue. */
  readonly requestDefinition?: string;
  /** What undoes it, as its plan says. */
  readonly undo?: PlannedUndo;
  /** What makes it wrong once it was done, as its plan says. */
  readonly inflight?: InflightConfiguration;
  /** Set once what was done in it is to be done again, until its turn comes. */
  readonly redoDue?: true;
  /** Once it is closed, nothing of its line can be changed any more, or only at a cost. */
  readonly pointOfNoReturn?: PointOfNoReturnKind;
  /** What is reached once it is closed, for whoever ordered. */
  readonly milestone?: string;
  /** Id of the task that this one undoes. */
  readonly undoes?: string;
  readonly assignedTo?: string;
  /** Set by hand; that of what it is about when absent. */
  readonly priority?: PriorityLevel;
  readonly openedAt?: Instant;
  readonly startedAt?: Instant;
  readonly closedAt?: Instant;
}

/** `enrichment`: before approval, about a line. `header`: about the order. `topLine`: about a line at the top. */
export type TaskSubject =
  | { readonly kind: 'domainOrder'; readonly domainOrder: string }
  | { readonly kind: 'enrichment' | 'topLine'; readonly line: string }
  | { readonly kind: 'header' };

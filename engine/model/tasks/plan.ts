/** Fulfillment plans: which tasks a domain order consists of, in what order, and what each asks of whoever does it. */

import type { ChangeType } from '../revision/revision.ts';

export interface FulfillmentPlan {
  readonly name: string;
  /** Predecessors before what waits for them. */
  readonly tasks: readonly PlannedTask[];
}

export interface PlannedTask {
  /** Unique in the plan. */
  readonly name: string;
  /**
   * `manual`: somebody closes it. `automatic`: it closes after its duration. `outbound`: it sends the service order where
   * the Service Order Outbound Policy says, and closes when that is fulfilled outside.
   */
  readonly by: 'manual' | 'automatic' | 'outbound';
  /** How long it takes, or should take, in milliseconds. */
  readonly durationMs: number;
  /** Names of tasks of the plan that must be closed before this one opens. */
  readonly after: readonly string[];
  /** What has to be known before it can be closed. */
  readonly requestDefinition?: string;
  /** What undoes it once it was begun, when its line is canceled; nothing when absent. */
  readonly undo?: PlannedUndo;
  /** Which changes in flight it has to be done again for; none when absent. */
  readonly inflight?: InflightConfiguration;
  /** Set where its end is the point of no return of its line. */
  readonly pointOfNoReturn?: PointOfNoReturnKind;
  /** What is reached once it is closed, for whoever ordered. */
  readonly milestone?: string;
}

/** `hard`: nothing is changed or canceled any more. `soft`: it can be, and costs something that somebody has to agree to. */
export type PointOfNoReturnKind = 'hard' | 'soft';

export interface InflightConfiguration {
  readonly types: readonly ChangeType[];
  /** Of characteristics: those that its request definition names, or any. */
  readonly characteristics: 'ofRequestDefinition' | 'any';
}

/** A task that takes back what another did. */
export interface PlannedUndo {
  readonly name: string;
  readonly by: 'manual' | 'automatic';
  /** How long it takes, or should take, in milliseconds. */
  readonly durationMs: number;
  readonly requestDefinition?: string;
}

/** What a task is about, and which characteristics whoever does it sees and fills. */
export interface RequestDefinition {
  readonly id: string;
  readonly name: string;
  readonly characteristics: readonly RequestedCharacteristic[];
}

export interface RequestedCharacteristic {
  readonly name: string;
  /** Without it the task cannot be closed. */
  readonly mandatory: boolean;
  /** It is shown, and cannot be set by closing the task. */
  readonly readOnly: boolean;
}

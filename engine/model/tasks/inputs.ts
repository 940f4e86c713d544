/** What can happen to the tasks of an order, as data. */

import type { Characteristic, Instant } from '../words.ts';
import type { WorkSaid } from '../work-orders/job.ts';

/** The commands of those who do them. `roles`: those of who commands; absent where nobody is asked. */
export type TaskCommand = TaskCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type TaskCommandKind =
  | { readonly type: 'StartTask'; readonly task: string }
  /** Characteristics are set at the domain order that the task is about. */
  | {
      readonly type: 'CloseTask';
      readonly task: string;
      readonly characteristics?: readonly Characteristic[];
      readonly note?: string;
    }
  | { readonly type: 'HoldTask'; readonly task: string; readonly note: string }
  | { readonly type: 'ReleaseTask'; readonly task: string }
  | { readonly type: 'RequestTaskInformation'; readonly task: string; readonly note: string }
  | { readonly type: 'TakeTaskInformation'; readonly task: string; readonly note: string }
  | { readonly type: 'AssignTask'; readonly task: string; readonly assignedTo: string }
  /** A work order, for a task or for a domain order: the id of either. */
  | { readonly type: 'CreateWorkOrder'; readonly about: string; readonly said?: WorkSaid }
  /** A task of the order itself, or of a line at its top, made by hand. */
  | { readonly type: 'CreateHeaderTask'; readonly name: string; readonly line?: string };

/** An automatic task has taken its time. */
export type TaskTimer = { readonly kind: 'automaticTask'; readonly task: string };

const taskCommands: { readonly [type in TaskCommandKind['type']]: true } = {
  StartTask: true,
  CloseTask: true,
  HoldTask: true,
  ReleaseTask: true,
  RequestTaskInformation: true,
  TakeTaskInformation: true,
  AssignTask: true,
  CreateHeaderTask: true,
  CreateWorkOrder: true,
};

export function isTaskCommand(input: { readonly type: string }): input is TaskCommand {
  return Object.hasOwn(taskCommands, input.type);
}

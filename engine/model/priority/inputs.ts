/** What is said about the urgency of an order, as data. */
import type { Instant } from '../words.ts';
import type { PriorityLevel } from './level.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type PriorityCommand = PriorityCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type PriorityCommandKind =
  /** By the policies in force now; what was set by hand at a line is forgotten, at a domain order or task it stays. */
  | { readonly type: 'RecalculatePriority' }
  /** Of a line, a domain order or a task, by its id; without a level it follows what it belongs to again. */
  | { readonly type: 'SetPriority'; readonly about: string; readonly level?: PriorityLevel };

const priorityCommands: { readonly [type in PriorityCommandKind['type']]: true } = {
  RecalculatePriority: true,
  SetPriority: true,
};

export function isPriorityCommand(input: { readonly type: string }): input is PriorityCommand {
  return Object.hasOwn(priorityCommands, input.type);
}

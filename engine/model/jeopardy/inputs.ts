/** What is said about the dates of an order, as data. */
import type { Instant } from '../words.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type DateCommand = DateCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export interface DateCommandKind {
  readonly type: 'RescheduleTask';
  readonly task: string;
  /** The plan itself changes: what it is measured by from now on. */
  readonly plannedStartAt?: Instant;
  readonly plannedEndAt?: Instant;
  /** The plan stays; whoever does it expects to be done then. */
  readonly expectedEndAt?: Instant;
  readonly note?: string;
}

/** Something is going to be worse by now, unless something has happened. */
export type JeopardyTimer = { readonly kind: 'jeopardy' };

export function isDateCommand(input: { readonly type: string }): input is DateCommand {
  return input.type === 'RescheduleTask';
}

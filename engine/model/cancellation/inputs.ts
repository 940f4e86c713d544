/** What can be decided about ending an order or a line of it, and what a system outside answers, as data. */
import type { FalloutCause } from '../order.ts';
import type { Instant } from '../words.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type CancellationCommand = CancellationCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type CancellationCommandKind = RequestedCancellation | DecidedCancellation | PointOfNoReturn;

const cancellationCommands: { readonly [type in CancellationCommandKind['type']]: true } = {
  CancelOrder: true,
  DecideCancellation: true,
  SetPointOfNoReturn: true,
};

export function isCancellationCommand(input: { readonly type: string }): input is CancellationCommand {
  return Object.hasOwn(cancellationCommands, input.type);
}

/** To be assessed; of one line and those below it, or of the whole order. */
export interface RequestedCancellation {
  readonly type: 'CancelOrder';
  readonly note: string;
  readonly line?: string;
  /** When it is to be taken up; at once when that has passed already, or is not said. */
  readonly dueAt?: Instant;
}

/** About the one request that is being assessed. */
export interface DecidedCancellation {
  readonly type: 'DecideCancellation';
  readonly decision: 'approve' | 'decline';
  readonly note?: string;
  /** Set when it is approved by itself: the effect that this input ends. */
  readonly effectId?: string;
}

/** Something has been done that cannot be undone, or not for nothing. */
export interface PointOfNoReturn {
  readonly type: 'SetPointOfNoReturn';
  /** `hard`, when absent: from now on nothing of the order is changed or canceled. */
  readonly kind?: 'hard' | 'soft';
  /** The line that has come so far; all of them when absent. */
  readonly line?: string;
}

/** What became of one attempt to have an order canceled outside. */
export interface ReportCancellation {
  readonly type: 'ReportCancellation';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  readonly attempt: number;
  /** The effect that this outcome ends. */
  readonly effectId: string;
  readonly outcome: CancellationOutcome;
}

/**
 * `accepted`: it will be seen to, and the state of the order will say so. `done`: the order has ended. `unsupported`: the
 * system knows no cancellation, and was not asked.
 */
export type CancellationOutcome =
  | { readonly kind: 'accepted' | 'done'; readonly httpStatus: number; readonly warning?: string }
  | {
      readonly kind: 'refused';
      /** Absent when the request broke its own contract and was never sent. */
      readonly httpStatus?: number;
      readonly cause?: FalloutCause;
      readonly retryable: boolean;
      /** The earliest moment for another attempt that the other side names, in milliseconds from now. */
      readonly retryAfterMs?: number;
      /** A number in [0, 1) drawn by lot, for the delay of a retry. */
      readonly lot?: number;
      readonly reason: string;
    }
  | { readonly kind: 'unanswered'; readonly cause: 'refused' | 'reset' | 'timeout'; readonly lot?: number }
  | { readonly kind: 'unsupported' };

/** What a system says later of a cancellation that it accepted: of the task, not of the order. */
export interface ReportCancelTask {
  readonly type: 'ReportCancelTask';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  readonly outcome: 'done' | 'refused';
  readonly reason: string;
}

export type CancellationTimer =
  | { readonly kind: 'retryCancellation'; readonly requestId: string }
  | { readonly kind: 'cancellationOverdue'; readonly requestId: string }
  | { readonly kind: 'cancellationDue'; readonly cancellation: string };

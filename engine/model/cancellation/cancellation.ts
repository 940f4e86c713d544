/** Cancellations as data: what was asked for and decided, and what a system outside was told of it. */
import type { Instant, OrderKind } from '../words.ts';
import type { CancellationRequestState, DispatchCancellationState } from './cancellation-table.ts';

/** Somebody wants an order, a line of it, or one of its domain orders, to end. All that were ever made stay with the order. */
export interface CancellationRequest {
  /** That of the order, and a number: whoever has it finds the order. */
  readonly id: string;
  readonly state: CancellationRequestState;
  /** The line that is to end, with those below it; the whole order when neither is said. */
  readonly line?: string;
  /** The domain order that is to end, with those below it. Nobody decides about it: it is canceled by hand, or not at all. */
  readonly part?: CanceledPart;
  /** Why, in the words of whoever asked. */
  readonly note: string;
  readonly requestedAt: Instant;
  /** When it is to be taken up, where that was later than it was made. */
  readonly dueAt?: Instant;
  readonly decidedAt?: Instant;
  /** What was said when it was decided, or why it could not be taken up. */
  readonly answer?: string;
  /** When all that it was about had ended. */
  readonly endedAt?: Instant;
}

/** What is needed to say which one it was, when it is gone. */
export interface CanceledPart {
  readonly id: string;
  readonly number: string;
  readonly kind: OrderKind;
}

/** What the system outside is told of a dispatch of which something is wanted no longer. */
export interface DispatchCancellation {
  readonly state: DispatchCancellationState;
  /** `cancellation`: of all of it. `revision`: of a part, which a revision deletes. */
  readonly by: 'cancellation' | 'revision';
  readonly attempt: number;
  /** Set while the moment for another attempt is waited for, and nothing is on the wire. */
  readonly waits?: true;
  /** Set where the system took it and said nothing more in time. */
  readonly isOverdue?: true;
}

/** What is to be done about an order that is wanted no longer: outside, and towards those who listen. */
import type { CancellationRequestState } from './cancellation-table.ts';

/** Asks a system to cancel an order that it has accepted. */
export interface SendCancellation {
  readonly type: 'SendCancellation';
  readonly requestId: string;
  readonly attempt: number;
  readonly target: string;
  /** What the external system calls the order. */
  readonly externalOrderId: string;
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
  readonly reason?: string;
}

/** Tells whoever has subscribed that an order is to be canceled, or what has become of that. */
export interface NotifyCancellation {
  readonly type: 'NotifyCancellation';
  /** Its id. */
  readonly cancellation: string;
  readonly kind: 'Create' | 'StateChange';
  /** The one that it came to, where several are passed in one step. */
  readonly state?: CancellationRequestState;
}

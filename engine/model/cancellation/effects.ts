/** What is to be done about an order outside that is wanted no longer. */

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

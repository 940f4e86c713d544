/** One exchange as it was seen by the one who asked: what traces, reports and evidence consist of. */

export interface ExchangeRecord {
  /** Unique in its run: `x1`, `x2` ... in the order of sending. */
  readonly id: string;
  /** Names of parties, such as `om` and `som`. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds on the kernel's clock. */
  readonly sentAt: number;
  readonly endedAt: number;
  /** Places of the sending and of the end among everything that happened in the run. */
  readonly sentOrder: number;
  readonly endedOrder: number;
  readonly request: RecordedRequest;
  readonly outcome: RecordedOutcome;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path and query, without scheme and host. */
  readonly path: string;
  /** Only headers that a contract names; secrets are blotted out. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: RecordedBody;
}

export type RecordedOutcome =
  | {
      readonly kind: 'answered' | 'malformed';
      readonly status: number;
      readonly headers: { readonly [name: string]: string };
      readonly body?: RecordedBody;
    }
  | { readonly kind: 'refused' | 'reset' | 'timeout' };

/** The bytes as text. JSON is kept as the text it came as: that is the evidence. */
export interface RecordedBody {
  readonly text: string;
}

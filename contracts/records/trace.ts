/** What was said and heard while an endpoint was watched: the one thing that trace rules look at. */
import type { ExchangeRecord } from './exchange.ts';

export interface Trace {
  /** The path that the API lies below, such as `/tmf-api/serviceOrdering/v4`; without a slash at the end. */
  readonly basePath: string;
  /** The path that callbacks come in below: what follows it up to the next slash names the subscription. */
  readonly listenerPath: string;
  /** What every externalId begins with that the verifier gave; absent in a trace of somebody else's traffic. */
  readonly namespace?: string;
  /** In the order in which they began. */
  readonly exchanges: readonly TracedExchange[];
}

/** An exchange between the two parties `verifier` and `vendor`; in recorded traffic the verifier is whoever asked. */
export interface TracedExchange extends ExchangeRecord {
  readonly from: 'verifier' | 'vendor';
  readonly to: 'verifier' | 'vendor';
  /** Why the verifier sent it. Absent: nothing is known of why it was sent, as in recorded traffic. */
  readonly aim?: Aim;
}

/** What an exchange was to show. Rules find the steps of their experiment by these names. */
export interface Aim {
  readonly experiment: string;
  readonly step: string;
  /** What of the request is wrong on purpose; an answer that takes it is judged by the experiment's own rule. */
  readonly wrong?: string;
  /** The credentials that went with it, where they are not the valid ones. */
  readonly credentials?: 'none' | 'wrong' | 'expired';
}

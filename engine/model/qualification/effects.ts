/** What is to be done about an order that asks whether a service can be had. */
import type { OutboundItem } from '../payload.ts';
import type { Party } from '../words.ts';
import type { QualificationResult } from './result.ts';

export type QualificationEffect =
  | SendQualificationRequest
  | PollQualificationRequest
  | WithdrawQualificationRequest
  | NotifyQualification;

/** Asks an inventory system. */
export interface SendQualificationRequest {
  readonly type: 'SendQualificationRequest';
  readonly requestId: string;
  readonly target: string;
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
  readonly payload: QualificationPayload;
}

/** What is asked, before any dialect: built in core, rendered in wire. */
export interface QualificationPayload {
  readonly requestId: string;
  readonly description?: string;
  readonly parties: readonly Party[];
  readonly items: readonly OutboundItem[];
  /** True: what can be had is to be kept for us, until the answer expires. */
  readonly reserves: boolean;
}

/** Asks a system that does not report by itself what it has found. */
export interface PollQualificationRequest {
  readonly type: 'PollQualificationRequest';
  readonly requestId: string;
  readonly target: string;
  readonly externalId: string;
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
}

/** Tells the inventory system that the question is over, and that nothing needs to be kept for it. */
export interface WithdrawQualificationRequest {
  readonly type: 'WithdrawQualificationRequest';
  readonly requestId: string;
  readonly target: string;
  readonly externalId: string;
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
}

/** Tells whoever has subscribed that the result of the order went from one to another. */
export interface NotifyQualification {
  readonly type: 'NotifyQualification';
  readonly from: QualificationResult;
  readonly to: QualificationResult;
}

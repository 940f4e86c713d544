/** Whether a service can be had: what inventory systems say of it, and what is kept of that. */

import type { Characteristic, Instant } from '../words.ts';
import type { QualificationRequestState } from './request-table.ts';

/** `none`: not evaluated, or the answer is not known. */
export const qualificationResults = ['none', 'pending', 'qualified', 'alternate', 'unqualified'] as const;

export type QualificationResult = (typeof qualificationResults)[number];

/** What an inventory system can say; `none` is written by the engine alone. */
export type ReportedResult = Exclude<QualificationResult, 'none'>;

/** What is known of one service order. */
export interface Qualification {
  readonly result: QualificationResult;
  readonly reasons: readonly UnavailabilityReason[];
  readonly proposals: readonly AlternateProposal[];
  /** From when the service can be had. */
  readonly availableAt?: Instant;
  /** Until when the result holds; for good when absent. */
  readonly expiresAt?: Instant;
}

export interface UnavailabilityReason {
  readonly code?: string;
  readonly label: string;
}

/** What could be had instead. */
export interface AlternateProposal extends ProposedService {
  /** `AP` and seven digits. */
  readonly number: string;
}

export interface ProposedService {
  readonly specification: string;
  readonly characteristics: readonly Characteristic[];
  readonly availableAt?: Instant;
}

/** A proposal that names no specification is the same service at another date. */
export interface ReportedProposal extends Omit<ProposedService, 'specification'> {
  readonly specification?: string;
}

/** What an inventory system says of one service order. */
export interface QualificationReport {
  readonly serviceOrder: string;
  readonly result: ReportedResult;
  readonly reasons: readonly UnavailabilityReason[];
  readonly proposals: readonly ReportedProposal[];
  readonly availableAt?: Instant;
  readonly expiresAt?: Instant;
}

/** One question to an inventory system, about a line at the top and all below it. */
export interface QualificationRequest {
  /** What the inventory system sees as externalId. */
  readonly id: string;
  readonly state: QualificationRequestState;
  readonly line: string;
  /** Those asked about, parents before children. */
  readonly serviceOrders: readonly string[];
  readonly requestType: string;
  readonly definition: string;
  /** Who is asked; the name of the adapter where that answers by itself. */
  readonly target: string;
  /** The id that the inventory system gave the question. */
  readonly externalId?: string;
  readonly httpStatus?: number;
  readonly lastError?: string;
  /** How often a system that does not report by itself is asked. */
  readonly pollMs?: number;
  readonly sentAt: Instant;
  readonly answeredAt?: Instant;
}

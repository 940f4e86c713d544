/** What can happen to an order that asks whether a service can be had, as data. */

import type { JsonObject } from '../json.ts';
import type { Instant, Party } from '../words.ts';
import type { QualificationReport, QualificationResult } from './result.ts';

export type QualificationInput =
  | QualificationCommand
  | ReportQualificationExchange
  | ReportQualification
  | AmendQuestion;

/** The commands of operators. `roles`: those of who commands; absent where nobody is asked. */
export type QualificationCommand = QualificationCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type QualificationCommandKind =
  /** Asks the inventory systems: about that line at the top, or about each. */
  | { readonly type: 'QualifyOrder'; readonly line?: string }
  /** Takes what is proposed instead of what was asked for, and asks anew. */
  | { readonly type: 'AcceptProposal'; readonly serviceOrder: string; readonly proposal: string }
  /** Sets the result by hand: of a service order, or of all of a line. */
  | { readonly type: 'SetQualificationResult'; readonly about: string; readonly result: QualificationResult }
  /** Ends the question: about that line at the top, or about each. */
  | {
      readonly type: 'DecideQualification';
      readonly line?: string;
      readonly decision: 'accept' | 'decline';
      readonly note?: string;
    };

/** What became of sending one question. */
export interface ReportQualificationExchange {
  readonly type: 'ReportQualificationExchange';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  /** The effect that this outcome ends. */
  readonly effectId: string;
  readonly outcome: QualificationExchange;
}

export type QualificationExchange =
  | {
      readonly kind: 'answered';
      readonly httpStatus: number;
      /** The id that the inventory system gave the question. */
      readonly externalId?: string;
      readonly reports: readonly QualificationReport[];
      /** False: more is to come. */
      readonly isFinal: boolean;
      /** Why there is no answer to some of it, in the words of the inventory system. */
      readonly failure?: string;
      /** Set when the inventory system does not report by itself: how often it is asked. */
      readonly pollEveryMs?: number;
    }
  | { readonly kind: 'failed'; readonly httpStatus?: number; readonly externalId?: string; readonly reason: string };

/** An inventory system tells what it has found, later than in its answer. */
export interface ReportQualification {
  readonly type: 'ReportQualification';
  readonly at: Instant;
  readonly orderId: string;
  /** Absent where the message does not say which question it answers. */
  readonly requestId?: string;
  /** The id that the inventory system gave the question, where the message says it. */
  readonly externalId?: string;
  readonly reports: readonly QualificationReport[];
  /** False: more is to come. */
  readonly isFinal: boolean;
  /** Why there is no answer to some of it, in the words of the inventory system. */
  readonly failure?: string;
  readonly via: 'processResult' | 'event' | 'poll';
}

/** Whoever asked says something else beside the question, which stays as it is. What is absent here is taken out. */
export interface AmendQuestion {
  readonly type: 'AmendQuestion';
  readonly at: Instant;
  readonly orderId: string;
  readonly externalId?: string;
  readonly description?: string;
  readonly parties: readonly Party[];
  readonly kept: JsonObject;
}

export type QualificationTimer =
  /** The adapter that answers by itself does so. */
  | { readonly kind: 'mockQualificationAnswer'; readonly requestId: string }
  | { readonly kind: 'qualificationOverdue'; readonly requestId: string }
  | { readonly kind: 'qualificationExpired'; readonly requestId: string }
  | { readonly kind: 'pollQualification'; readonly requestId: string };

const qualificationCommands: { readonly [type in QualificationCommandKind['type']]: true } = {
  QualifyOrder: true,
  AcceptProposal: true,
  SetQualificationResult: true,
  DecideQualification: true,
};

export function isQualificationCommand(input: { readonly type: string }): input is QualificationCommand {
  return Object.hasOwn(qualificationCommands, input.type);
}

/** What a step gives: the new order and what is to be done about it, or a refusal. */

import type { NotifyCancellation, SendCancellation } from './cancellation/effects.ts';
import type { CancellationCommand } from './cancellation/inputs.ts';
import type { ApproveOrder, Timer } from './inputs.ts';
import type { TreeChange } from './inventory/change.ts';
import type { CustomerOrder, Instant, Operation } from './order.ts';
import type { NotifyOfParts } from './parts/news.ts';
import type { OutboundPayload } from './payload.ts';
import type { Evaluation, OutboundDecision } from './policies.ts';
import type { QualificationEffect } from './qualification/effects.ts';
import type { Refusal } from './refusals.ts';
import type { RevisionCommand } from './revision/inputs.ts';
import type { OrderState } from './state-tables.ts';

export type Outcome =
  | { readonly ok: true; readonly order: CustomerOrder; readonly effects: readonly Effect[]; readonly story: Story }
  | { readonly ok: false; readonly refusal: Refusal };

/** What happened in a step, for the journal and for people. */
export interface Story {
  readonly moves: readonly StateChange[];
  readonly evaluations: readonly PolicyEvaluation[];
  /** How many numbers of each series were used. */
  readonly numbersUsed: NumberCounts;
}

export interface StateChange {
  readonly thing:
    | 'order'
    | 'line'
    | 'domainOrder'
    | 'outboundRequest'
    | 'fallout'
    | 'qualificationRequest'
    | 'qualification'
    | 'cancellation'
    | 'revision'
    | 'task'
    | 'jeopardy';
  readonly id: string;
  readonly number: string;
  readonly event: string;
  /** Absent when the thing has just come into being. */
  readonly from?: string;
  readonly to: string;
}

export interface PolicyEvaluation extends Evaluation<OutboundDecision> {
  readonly serviceOrder: string;
}

export const numberSeries = ['ORD', 'ORDL', 'PO', 'SO', 'RO', 'FO', 'FALLOUT', 'AP', 'PI', 'TASK', 'WO'] as const;

export type NumberSeries = (typeof numberSeries)[number];

export type NumberCounts = { readonly [series in NumberSeries]?: number };

/**
 * Something for the shell to do. The id comes from the journal entry, or from the name of a timer, so that doing it twice
 * is visible and harmless.
 */
export type Effect = EffectOf<
  | SendOutboundRequest
  | PollOutboundRequest
  | SendCancellation
  | NotifyCancellation
  | QualificationEffect
  | SetTimer
  | CancelTimer
  | NotifyListeners
  | NotifyOfParts
  | NotifyOfOrder
  | ChangeInventory
  | SubmitInput
  | RemoveOrder
>;

type EffectOf<Kind> = Kind & { readonly id: string };

export interface SendOutboundRequest {
  readonly type: 'SendOutboundRequest';
  readonly requestId: string;
  readonly operation: Operation;
  readonly revision: number;
  readonly attempt: number;
  readonly target: string;
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
  /** What the external system calls the order, once it has accepted it. */
  readonly externalOrderId?: string;
  readonly payload: OutboundPayload;
}

/** Asks a system that does not report by itself how far it is. */
export interface PollOutboundRequest {
  readonly type: 'PollOutboundRequest';
  readonly requestId: string;
  readonly target: string;
  readonly externalOrderId: string;
  /** Those of the request. */
  readonly serviceOrders: readonly string[];
  /** What the target says, when absent. */
  readonly timeoutMs?: number;
}

/** Sets the timer of that name anew; one of the same name that still waits is gone. */
export interface SetTimer {
  readonly type: 'SetTimer';
  readonly name: string;
  readonly due: Instant;
  readonly timer: Timer;
}

export interface CancelTimer {
  readonly type: 'CancelTimer';
  readonly name: string;
}

/** Tells whoever has subscribed that an order was captured, or that its header went from one state to another. */
export interface NotifyListeners {
  readonly type: 'NotifyListeners';
  readonly from?: OrderState;
  readonly to: OrderState;
}

/** Tells whoever has subscribed what has become of an order, beside its state. */
export interface NotifyOfOrder {
  readonly type: 'NotifyOfOrder';
  readonly news: OrderNews;
}

export type OrderNews =
  /** By the names that they came with; `items` for the lines. */
  | { readonly kind: 'attributesChanged'; readonly attributes: readonly string[] }
  /** Lines went from one state to another, and the order itself did not. */
  | { readonly kind: 'linesMoved'; readonly moves: readonly { readonly from: string; readonly to: string }[] }
  /** What is missing, in words. */
  | { readonly kind: 'informationRequired'; readonly text: string }
  /** It is expected later than planned, or later than it was. */
  | { readonly kind: 'jeopardy' }
  /** A task was closed that its plan calls a milestone. */
  | { readonly kind: 'milestone'; readonly task: string }
  /** Something failed, and a fallout is open about it. `withState`: the order has another state for it, which is told, too. */
  | { readonly kind: 'failed'; readonly fallout: string; readonly withState: boolean }
  | { readonly kind: 'deleted' };

/** What the step means to one tree of the product inventory. */
export interface ChangeInventory extends TreeChange {
  readonly type: 'ChangeInventory';
}

/** The next thing that happens by itself. */
export interface SubmitInput {
  readonly type: 'SubmitInput';
  readonly input: UnlessTold<ApproveOrder> | UnlessTold<OwnDecision>;
}

/** When it happens, and by which effect, is told when it does. */
type UnlessTold<Decision> = Decision extends unknown ? Omit<Decision, 'at' | 'effectId'> : never;

type OwnDecision =
  | Extract<CancellationCommand, { type: 'DecideCancellation' }>
  | Extract<RevisionCommand, { type: 'DecideRevision' }>;

/** Nothing was decided about the order, and nothing of it is to stay. */
export interface RemoveOrder {
  readonly type: 'RemoveOrder';
}

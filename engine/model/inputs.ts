/** Everything that can happen to an order, as data. `at` is stamped by the shell when the input is queued. */
import type {
  CancellationCommand,
  CancellationTimer,
  ReportCancellation,
  ReportCancelTask,
} from './cancellation/inputs.ts';
import type { FalloutCommand } from './fallout/inputs.ts';
import type { TreeChange } from './inventory/change.ts';
import type { DateCommand, JeopardyTimer } from './jeopardy/inputs.ts';
import type { JsonObject } from './json.ts';
import type { CapturedLine } from './life/captured-line.ts';
import type { OrderCommand, OrderTimer } from './life/inputs.ts';
import type { Characteristic, FalloutCause, FulfillmentType, Instant, OrderCategory, Party, Wording } from './order.ts';
import type { PriorityCommand } from './priority/inputs.ts';
import type { QualificationInput, QualificationTimer } from './qualification/inputs.ts';
import type { RevisionCommand } from './revision/inputs.ts';
import type { TaskCommand, TaskTimer } from './tasks/inputs.ts';

export type Input =
  | CaptureOrder
  | AmendOrder
  | ApproveOrder
  | ServiceOrderCommand
  | CancellationCommand
  | RevisionCommand
  | ReportCancellation
  | ReportCancelTask
  | ResolveFallout
  | ReportDispatch
  | ReportFulfillment
  | ReportNotice
  | QualificationInput
  | TaskCommand
  | OrderCommand
  | FalloutCommand
  | PriorityCommand
  | DateCommand
  | ReportInventory
  | TimerFired;

/** A requester places an order. */
export interface CaptureOrder {
  readonly type: 'CaptureOrder';
  readonly at: Instant;
  readonly orderId: string;
  readonly category: OrderCategory;
  readonly fulfillmentType: FulfillmentType;
  /** Set while capture is not finished: it has to be submitted before anybody decides about it. */
  readonly asDraft?: true;
  readonly externalId?: string;
  readonly description?: string;
  readonly priority?: string;
  readonly requestedStartAt?: Instant;
  readonly requestedCompletionAt?: Instant;
  readonly parties: readonly Party[];
  readonly lines: readonly CapturedLine[];
  readonly kept: JsonObject;
  readonly wording?: Wording;
}

export type { CapturedLine };

/**
 * A requester says anew what an order is to be. Before it is approved, an order becomes what is said of it here. Later, what is said beside what was ordered may still
 * change: description, external id, and what the engine keeps and does not read.
 */
export interface AmendOrder {
  readonly type: 'AmendOrder';
  readonly at: Instant;
  readonly orderId: string;
  /**
   * Entries in the journal of the order as it was when it was amended. Where it has gone on since, the amendment is of
   * something that is no more, and whoever made it has to look again.
   */
  readonly basedOn: number;
  readonly said: SaidAnew;
  /** Set when a draft is submitted with it. */
  readonly submit?: true;
  readonly roles?: readonly string[];
}

/** All of the header that a requester says; what is absent is not said any more. */
export interface SaidAnew
  extends Pick<
    CaptureOrder,
    'externalId' | 'description' | 'priority' | 'requestedStartAt' | 'requestedCompletionAt' | 'parties' | 'kept'
  > {
  /** Every line, known ones by their `externalId`; the lines stay as they are when absent. */
  readonly lines?: readonly CapturedLine[];
}

export interface ApproveOrder {
  readonly type: 'ApproveOrder';
  readonly at: Instant;
  readonly orderId: string;
  /** Set when the order is approved by itself: the effect that this input ends. */
  readonly effectId?: string;
  readonly roles?: readonly string[];
}

/** The commands of operators about one service order. `roles`: those of who commands; absent where nobody is asked. */
export type ServiceOrderCommand = ServiceOrderCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly serviceOrder: string;
  readonly roles?: readonly string[];
};

export type ServiceOrderCommandKind =
  | { readonly type: 'CreateOutboundRequest' }
  | { readonly type: 'ReviseOutboundRequest' }
  /** Characteristics are set, one that is not there yet is added. */
  | { readonly type: 'UpdateServiceOrder'; readonly characteristics: readonly Characteristic[] }
  | { readonly type: 'ForceCompleteServiceOrder'; readonly note: string }
  /** `asTask`: the request is kept, and whoever listens is told of it. Later, where it says when. */
  | { readonly type: 'CancelServiceOrder'; readonly note: string; readonly asTask?: { readonly dueAt?: Instant } }
  /** It is being canceled, and nobody waits any longer for what the outside says of it. */
  | { readonly type: 'ForceCancelServiceOrder'; readonly note: string };

/** Somebody has seen to what a fallout is about. */
export interface ResolveFallout {
  readonly type: 'ResolveFallout';
  readonly at: Instant;
  readonly orderId: string;
  /** Its id. */
  readonly fallout: string;
  readonly note: string;
  readonly roles?: readonly string[];
}

/** What became of one attempt to send an outbound request. */
export interface ReportDispatch {
  readonly type: 'ReportDispatch';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  readonly revision: number;
  readonly attempt: number;
  /** The effect that this outcome ends. */
  readonly effectId: string;
  readonly outcome: DispatchOutcome;
}

export type DispatchOutcome =
  | {
      readonly kind: 'accepted';
      readonly httpStatus: number;
      readonly externalOrderId?: string;
      /** Set when the answer lacked what an answer must have. */
      readonly incomplete?: true;
      /** Set when the external system does not report by itself: how often it is asked. */
      readonly pollEveryMs?: number;
      /** What the answer already says of the items. */
      readonly reports: readonly ItemReport[];
      /** Something the answer lacked, for the work notes. */
      readonly warning?: string;
    }
  | {
      readonly kind: 'refused';
      /** Absent when the request broke its own contract and was never sent. */
      readonly httpStatus?: number;
      /** What kind of failure it is, where the status does not say. */
      readonly cause?: FalloutCause;
      readonly retryable: boolean;
      /** The earliest moment for another attempt that the other side names, in milliseconds from now. */
      readonly retryAfterMs?: number;
      /** A number in [0, 1) drawn by lot, for the delay of a retry. */
      readonly lot?: number;
      readonly reason: string;
    }
  | { readonly kind: 'unanswered'; readonly cause: 'refused' | 'reset' | 'timeout'; readonly lot?: number };

/** The external system tells how far it is. */
export interface ReportFulfillment {
  readonly type: 'ReportFulfillment';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  readonly reports: readonly ItemReport[];
  readonly via: 'outboundresponse' | 'event' | 'poll';
}

/** The external system tells something else: a milestone, jeopardy, or that it needs information. */
export interface ReportNotice {
  readonly type: 'ReportNotice';
  readonly at: Instant;
  readonly orderId: string;
  readonly requestId: string;
  readonly kind: 'milestone' | 'jeopardy' | 'informationRequired';
  readonly text: string;
}

/** The inventory does not take what a step meant to it: somebody else was faster. */
export interface ReportInventory {
  readonly type: 'ReportInventory';
  readonly at: Instant;
  readonly orderId: string;
  readonly change: TreeChange;
  readonly reason: string;
  /** The effect that this report ends. */
  readonly effectId: string;
}

export interface ItemReport {
  /** Id of the service order. */
  readonly serviceOrder: string;
  readonly state: 'pending' | 'fulfilled' | 'error';
  readonly message?: string;
}

export interface TimerFired {
  readonly type: 'TimerFired';
  readonly at: Instant;
  readonly orderId: string;
  readonly timer: Timer;
  readonly effectId: string;
}

export type Timer =
  | { readonly kind: 'retryDispatch'; readonly requestId: string }
  | { readonly kind: 'fulfillmentOverdue'; readonly requestId: string }
  | { readonly kind: 'poll'; readonly requestId: string }
  | { readonly kind: 'automaticFulfillment'; readonly domainOrder: string }
  /** The line whose suspension or resumption is due. */
  | { readonly kind: 'inventoryOperation'; readonly line: string }
  | QualificationTimer
  | CancellationTimer
  | TaskTimer
  | OrderTimer
  | JeopardyTimer;

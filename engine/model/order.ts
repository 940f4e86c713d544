/**
 * The customer order and all that belongs to it: one aggregate, plain JSON, changed only by `core/step`.
 *
 * A TMF622 "ProductOrder" is a customer order here; a *product order* here is one kind of domain order.
 */
import type { CancellationRequest, DispatchCancellation } from './cancellation/cancellation.ts';
import type { Fallout } from './fallout/fallout.ts';
import type { TreeChange } from './inventory/change.ts';
import type { Forecast } from './jeopardy/forecast.ts';
import type { JsonObject } from './json.ts';
import type { OrderStage } from './life/stage.ts';
import type { OutboundPayload } from './payload.ts';
import type { PriorityLevel } from './priority/level.ts';
import type { Qualification, QualificationRequest, QualificationResult } from './qualification/result.ts';
import type { Revision } from './revision/revision.ts';
import type { DomainOrderState, LineState, OrderState, OutboundRequestState } from './state-tables.ts';
import type { OrderTask } from './tasks/task.ts';
import type { Action, Characteristic, Instant, OrderCategory, OrderKind, Party, Place, Wording } from './words.ts';
import type { Job } from './work-orders/job.ts';

/** `Qualify` orders only ask whether a service can be had. */
export type FulfillmentType = 'Deliver' | 'Qualify';

export type {
  Action,
  Characteristic,
  DomainOrderKind,
  Instant,
  OrderCategory,
  OrderKind,
  Party,
  Place,
  Wording,
} from './words.ts';

export interface CustomerOrder {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** `ORD` and seven digits. */
  readonly number: string;
  readonly category: OrderCategory;
  readonly fulfillmentType: FulfillmentType;
  readonly state: OrderState;
  /** Set while somebody holds it: it does not go on by itself. */
  readonly heldByHand?: true;
  /** The stages of its life at which the order task policy was asked. */
  readonly stages?: readonly OrderStage[];
  /** Where it returns to when a request to cancel it is declined. */
  readonly previousState?: OrderState;
  /** What is being done to it in flight; nothing when absent. */
  readonly revisionOperation?: RevisionOperation;
  /** Set once nothing of it can be changed or canceled any more; its lines have it too. */
  readonly pointOfNoReturn?: true;
  /** Set once a change of it or its end costs something, which somebody has to agree to. */
  readonly softPointOfNoReturn?: true;
  /** Requests to end it, or lines of it, in the order in which they were made. */
  readonly cancellations?: readonly CancellationRequest[];
  /** Changes in flight, in the order in which they were requested; at most the last one is pending. */
  readonly revisions?: readonly Revision[];
  /** Of its lines at the top, in one; absent in an order that asks nothing. */
  readonly qualificationResult?: QualificationResult;
  /** 1, and one more for each revision or cancellation accepted. */
  readonly version: number;
  /** Entries in the journal so far; the store's expected version. */
  readonly entries: number;
  readonly externalId?: string;
  readonly description?: string;
  readonly priority?: string;
  readonly requestedStartAt?: Instant;
  readonly requestedCompletionAt?: Instant;
  readonly orderedAt: Instant;
  readonly startedAt?: Instant;
  readonly completedAt?: Instant;
  readonly parties: readonly Party[];
  readonly lines: readonly OrderLine[];
  readonly domainOrders: readonly DomainOrder[];
  readonly outboundRequests: readonly OutboundRequest[];
  readonly dispatches: readonly Dispatch[];
  readonly qualificationRequests: readonly QualificationRequest[];
  readonly tasks: readonly OrderTask[];
  readonly fallouts: readonly Fallout[];
  readonly workNotes: readonly WorkNote[];
  /** What the inventory has not taken, by tree: told again once the fallout about it is over. Absent when there is none. */
  readonly refusedChanges?: readonly TreeChange[];
  /** When its parts are expected; of orders that are watched. */
  readonly forecast?: Forecast;
  /** How many ids the order has given out. */
  readonly idsGiven: number;
  /** Attributes of the captured message that the engine keeps and returns, and does not read. */
  readonly kept: JsonObject;
  readonly wording?: Wording;
}

export interface OrderLine {
  readonly id: string;
  /** `ORDL` and seven digits. */
  readonly number: string;
  /** The id the requester gave it; unique in the order. */
  readonly externalId: string;
  readonly parent?: string;
  /** Lines that must be done before this one starts. */
  readonly after: readonly string[];
  /** Captured inside its parent item rather than beside it, and returned there. */
  readonly nested?: true;
  readonly action: Action;
  readonly quantity: number;
  /** How urgent it is; what belongs to it is as urgent, unless somebody says otherwise. */
  readonly priority?: PriorityLevel;
  readonly state: LineState;
  /** Where it returns to when a request to cancel it is declined. */
  readonly previousState?: LineState;
  readonly revisionOperation?: RevisionOperation;
  readonly pointOfNoReturn?: true;
  readonly softPointOfNoReturn?: true;
  /** Of its service orders and of those of the lines below it, in one. */
  readonly qualificationResult?: QualificationResult;
  readonly offering?: string;
  readonly specification: string;
  /** The service or product that exists, for every action but add. */
  readonly inventory?: string;
  /** When it is promised: what it suspends or resumes follows then, and no earlier. */
  readonly committedDueAt?: Instant;
  readonly characteristics: readonly Characteristic[];
  readonly place?: Place;
  readonly kept: JsonObject;
}

export interface DomainOrder {
  readonly id: string;
  /** `PO`, `SO`, `RO` or `WO` and seven digits. */
  readonly number: string;
  readonly kind: OrderKind;
  readonly line: string;
  readonly parent?: string;
  /** Of a work order, that of what it is for. */
  readonly specification: string;
  readonly action: Action;
  readonly state: DomainOrderState;
  /** While it is on hold: where it returns to. */
  readonly previousState?: DomainOrderState;
  /** Set while nothing but a decision about a cancellation or a revision keeps it on hold. */
  readonly heldFor?: HeldFor;
  /** Of one that was closed when its line was canceled: whether what it did has been undone. */
  readonly undone?: boolean;
  /** When it was first begun. */
  readonly startedAt?: Instant;
  /** When it was closed or canceled. */
  readonly endedAt?: Instant;
  /** Of one that was closed when a revision changed what it is about: whether it has been done again. */
  readonly redone?: boolean;
  /** Domain orders that must be closed before this one starts. */
  readonly after: readonly string[];
  readonly characteristics: readonly Characteristic[];
  readonly inventory?: string;
  /** The inventory item that it brings: its placeholder until it is closed. */
  readonly installs?: string;
  /** The inventory tree of its item, where that was there before the order. */
  readonly tree?: string;
  /** What its new item stands under, where that has no domain order in this order. */
  readonly under?: string;
  /** A side of a move: what is provided at the new place, or ceases at the old one. */
  readonly move?: 'provide' | 'cease';
  readonly place?: Place;
  /** Parts that a value decides about which is not there yet: the relationships of its specification. */
  readonly parked?: readonly { readonly target: string; readonly order: number }[];
  /** It was parked, and has been added since. */
  readonly staggered?: true;
  /** Targets of `Composed of` relationships: parts that get no order of their own. */
  readonly composedOf: readonly string[];
  /** Set by hand; that of its line when absent. */
  readonly priority?: PriorityLevel;
  /** Of a work order: what is to be done. It is for its parent. */
  readonly job?: Job;
  /** What was said when it was placed, as far as the engine keeps and returns it, and does not read. */
  readonly kept?: JsonObject;
  /** Who does the work of the order itself; decided when it starts. */
  readonly work?: Work;
  /** Whether it can be had; in orders that ask it. */
  readonly qualification?: Qualification;
  /** What the external system accepted is no longer what is wanted: there is something to revise. */
  readonly updatesAvailable?: true;
}

/** What waits to be decided about. */
export type HeldFor = 'cancellation' | 'revision';

/**
 * `none`: it is done when its children are. `automatic`: it takes a while, and nobody outside is asked. `external`: an
 * outbound request; how far it is, is derived from the records. `manual`: no policy row decided, so somebody has to.
 * `plan`: it is done when its tasks are.
 */
export type Work =
  | { readonly by: 'none' | 'external' | 'manual' | 'plan' }
  | { readonly by: 'automatic'; readonly done: boolean };

/** One record for each service order of a dispatch; all records of a hierarchy share the Request ID. */
export interface OutboundRequest {
  /** `FO` and seven digits. */
  readonly number: string;
  readonly state: OutboundRequestState;
  /** The service order it was made for. */
  readonly serviceOrder: string;
  /** The service order at the top of what is sent. */
  readonly root: string;
  readonly requestId: string;
  /** What was last sent about it. */
  readonly operation: Operation;
  /** 1, and one more for each revision that was accepted. */
  readonly revision: number;
  readonly hierarchical: boolean;
  /** The request type and the definition that chose the target; absent when the policy row names it. */
  readonly requestType?: string;
  readonly definition?: string;
  readonly target: string;
  readonly attempts: number;
  /** What the policy row says of time limits and retries, fixed when the request was made. */
  readonly terms: DispatchTerms;
  /** The id the external system gave the order. */
  readonly externalOrderId?: string;
  readonly httpStatus?: number;
  readonly lastError?: string;
  readonly createdAt: Instant;
  readonly sentAt?: Instant;
  readonly respondedAt?: Instant;
}

export type RevisionOperation = 'Update' | 'Cancel';

export type Operation = 'create' | 'revise';

/** What goes out under one Request ID, for all its records: what is on its way, and what was last accepted. */
export interface Dispatch {
  readonly requestId: string;
  /** The service order at the top of what is sent. */
  readonly root: string;
  readonly underWay?: UnderWay;
  /** What a revision is compared with. */
  readonly accepted?: OutboundPayload;
  /** How often a system that does not report by itself is asked. */
  readonly pollMs?: number;
  /** What the system was told of what is wanted no longer. */
  readonly cancellation?: DispatchCancellation;
}

export interface UnderWay {
  readonly operation: Operation;
  readonly revision: number;
  readonly attempt: number;
  readonly payload: OutboundPayload;
  /** Set while the moment for another attempt is waited for, and nothing is on the wire. */
  readonly waits?: true;
  /** Set when that moment came while nothing might be sent. */
  readonly isDue?: true;
  /** Set when an attempt was not answered: whether it arrived, nobody knows. */
  readonly isUnknown?: true;
  /** Set when an attempt before this one said something else. */
  readonly rewritten?: true;
}

/** What the policy row says of a dispatch. */
export interface DispatchTerms {
  /** How long an answer is waited for; what the target says, when absent. */
  readonly requestTimeoutMs?: number;
  readonly maxRetries: number;
  readonly retryDelayMs: number;
  /** How much of a retry's delay is drawn by lot, from 0 to 1 of it on top. */
  readonly retryJitter: number;
  readonly fulfillmentTimeoutMs: number;
  readonly falloutType: string;
  /** What becomes of the records of a request that could not be delivered. */
  readonly dispatchFailure: 'markFailed' | 'delete';
  /** An answer of success without an id, or that is not JSON: taken as it is, or as a failure. */
  readonly incompleteAnswer: 'accept' | 'fail';
  /** `full`: a revision says everything, with what has changed marked; `delta`: only what has changed. */
  readonly revisePayload: 'full' | 'delta';
}

export { type Fallout, type FalloutCause, falloutCauses } from './fallout/fallout.ts';
export type { FalloutState } from './fallout/table.ts';

export interface WorkNote {
  readonly at: Instant;
  /** The line or domain order it is about; the order itself when absent. */
  readonly about?: string;
  readonly text: string;
}

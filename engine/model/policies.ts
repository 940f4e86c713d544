/** The rules of the house: decision tables and switches that operators edit, and the engine reads at each step. */
import type { JeopardyPolicy } from './jeopardy/policy.ts';
import type { Json } from './json.ts';
import type { DispatchTerms } from './order.ts';
import type { DecisionRow, DecisionTable } from './policies/decision-table.ts';
import type { PriorityColumn } from './priority/level.ts';
import type { ReportedResult, UnavailabilityReason } from './qualification/result.ts';
import type { Characteristic, DomainOrderKind } from './words.ts';
import type { Job } from './work-orders/job.ts';

export type { DecisionRow, DecisionTable } from './policies/decision-table.ts';

export interface Policies {
  readonly name: string;
  /** `automatic`: an order is approved as soon as it is captured. */
  readonly approval: 'automatic' | 'manual';
  /** `automatic`: a request to cancel is approved as soon as it is made. */
  readonly cancellation: { readonly approval: 'automatic' | 'manual' };
  /**
   * `approval`: a revision waits for somebody, or is approved as soon as it is requested. `send`: what has changed of what
   * was sent goes out when somebody revises the outbound request, or by itself.
   */
  readonly revision: { readonly approval: 'automatic' | 'manual'; readonly send: 'automatic' | 'manual' };
  /** The Service Order Outbound Policy; rows that name the kind `resource` speak of resource orders. */
  readonly outbound: DecisionTable<OutboundColumn, OutboundDecision>;
  /** What the rows of the outbound policy may ask for by name. */
  readonly requestTypes: readonly RequestType[];
  readonly adapters: readonly RequestAdapter[];
  readonly qualification: QualificationPolicy;
  /** The order enrichment policy: what has to be seen to for a line before it is decided about. */
  readonly enrichment: DecisionTable<EnrichmentColumn, { readonly tasks: readonly string[] }>;
  /** The customer order task policy. */
  readonly orderTasks: DecisionTable<StageColumn, StageDecision>;
  /** Open tasks of an order stand in the way of its approval, as they always do of its completion. */
  readonly openTasksBlockApproval: boolean;
  /**
   * An order with values that its specification does not know, when it is approved: approved with a work note about them, or
   * refused.
   */
  readonly invalidCharacteristics: 'warn' | 'refuse';
  /** What becomes of the same order with the same external id, captured again: another, or the one that is there. */
  readonly repeatedOrders: 'another' | 'recognized';
  readonly workOrders: WorkOrderPolicies;
  /** The order priority policies. */
  readonly priority: readonly PriorityPolicy[];
  /** Of which orders parts are parked until the value comes that decides about them; of others they are left out. */
  readonly staggered: 'never' | 'productOrders' | 'allOrders';
  /** Absent: no order is watched. */
  readonly jeopardy?: JeopardyPolicy;
  /** The fulfillment policies, by kind of domain order: which plan it follows. */
  readonly fulfillment: {
    readonly [kind in DomainOrderKind]: DecisionTable<OutboundColumn, { readonly plan: string }>;
  };
  /** What is delivered gets rows in the product inventory, from the approval of its order on. */
  readonly productInventory: boolean;
}

/** A kind of request, and who can carry it out: the spoke selector. */
export interface RequestType {
  readonly name: string;
  readonly inputs: readonly RequestInput[];
  readonly definitions: readonly RequestDefinition[];
}

export interface RequestInput {
  readonly name: string;
  readonly mandatory: boolean;
  /** The column of the outbound policy that fills it, unless the row does. */
  readonly from?: OutboundColumn;
}

/** Of all that match, the one with the lowest order carries the request out. */
export interface RequestDefinition {
  readonly name: string;
  readonly order: number;
  readonly when: DecisionRow<OutboundColumn, never>['when'];
  readonly adapter: string;
}

export const enrichmentColumns = ['specification', 'offering'] as const;

export type EnrichmentColumn = (typeof enrichmentColumns)[number];

export const stageColumns = ['stage', 'action', 'offering', 'account'] as const;

export type StageColumn = (typeof stageColumns)[number];

/** Names of tasks: of the order itself, and of the line at the top that was asked about. */
export interface StageDecision {
  readonly header: readonly string[];
  readonly topLine: readonly string[];
}

/** One of the order priority policies: by customer, order type, specification, urgency ... */
export interface PriorityPolicy {
  readonly name: string;
  /** From 0 to 100: how much it counts beside the others. */
  readonly weight: number;
  /** Ranks from 0 to 100. */
  readonly table: DecisionTable<PriorityColumn, { readonly rank: number }>;
}

/** Carries a request out: by sending it to a target, or by answering itself. */
export type RequestAdapter = { readonly name: string; readonly active: boolean } & (
  | { readonly target: string }
  | { readonly mockResponse: MockResponse }
);

/** The answer of an adapter that asks nobody: the first rule whose every condition holds, otherwise the default. */
export interface MockResponse {
  /** At once when 0. */
  readonly answersAfterMs: number | 'never';
  readonly rules: readonly MockResponseRule[];
  readonly otherwise: MockFinding;
}

export interface MockResponseRule {
  readonly when: DecisionRow<OutboundColumn, never>['when'];
  /** Each must have that value. */
  readonly characteristics: { readonly [name: string]: Json };
  readonly finding: MockFinding;
}

export interface MockFinding {
  readonly result: ReportedResult;
  readonly reasons: readonly UnavailabilityReason[];
  /** What is proposed instead; what is left out, is as it was asked for. */
  readonly proposals: readonly MockProposal[];
}

export interface MockProposal {
  readonly specification?: string;
  readonly characteristics: readonly Characteristic[];
  /** In milliseconds from the answer; at once when absent. */
  readonly availableAfterMs?: number;
}

/** How it is asked whether a service can be had, and what an answer is worth. */
export interface QualificationPolicy {
  /** `automatic`: as soon as the order is approved. */
  readonly start: 'automatic' | 'manual';
  /** What can be had is to be kept, until the answer expires or the question is over. */
  readonly reserves: boolean;
  /** How long the answer to a request is waited for; what the target says, when absent. */
  readonly requestTimeoutMs?: number;
  /** How long a system that answers later may take. */
  readonly answerTimeoutMs: number;
  /** How long a result holds where the inventory system does not say; for good when absent. */
  readonly validForMs?: number;
  /** Of results rolled up: one that is not known hides that another is unqualified. */
  readonly unknownOutweighsUnqualified: boolean;
  /** Agents may approve orders that only ask, not approvers alone. */
  readonly agentsMayApprove: boolean;
}

export const outboundColumns = [
  'kind',
  'specification',
  'specificationCategory',
  'specificationType',
  'action',
  'account',
  'location',
  'country',
  'orderType',
  'priority',
  'fulfillmentType',
] as const;

export type OutboundColumn = (typeof outboundColumns)[number];

/** The work order policies, one for domain orders as they start, one for order tasks as they open. */
export interface WorkOrderPolicies {
  readonly domainOrders: DecisionTable<OutboundColumn, WorkDecision>;
  readonly orderTasks: DecisionTable<WorkColumn, WorkDecision>;
}

/** Beside the columns about the domain order, those about the task. */
export type WorkColumn = OutboundColumn | 'task' | 'requestDefinition';

export interface WorkDecision {
  readonly job: Pick<Job, 'type' | 'description'>;
  /** `automatic`: a work order is raised as soon as it is asked. `manual`: when somebody says so. */
  readonly raised: 'automatic' | 'manual' | 'never';
  readonly to: Destination;
  readonly terms: DispatchTerms;
}

export type OutboundDecision =
  | { readonly outboundEnabled: false }
  | {
      readonly outboundEnabled: true;
      /** True: a service order goes out with every service order below it, a resource order with those of its service. */
      readonly hierarchical: boolean;
      readonly to: Destination;
      readonly terms: DispatchTerms;
    };

export type Destination =
  | { readonly target: string }
  | { readonly requestType: string; readonly inputs: { readonly [name: string]: string } };

/** How a table came to its decision, for people to read. */
export interface Evaluation<Decision> {
  readonly decision: Decision | undefined;
  /** The row that matched; `default`, or `none`. */
  readonly matched: string;
  readonly trace: readonly RowTrace[];
}

export interface RowTrace {
  readonly row: string;
  readonly matched: boolean;
  /** The first cell that did not match. */
  readonly failed?: { readonly column: string; readonly expected: readonly string[]; readonly got: string };
}

/** The rules of the house: decision tables and switches that operators edit, and the engine reads at each step. */
import type { DispatchTerms } from './order.ts';

export interface Policies {
  readonly name: string;
  /** `automatic`: an order is approved as soon as it is captured. */
  readonly approval: 'automatic' | 'manual';
  /** The Service Order Outbound Policy. */
  readonly outbound: DecisionTable<OutboundColumn, OutboundDecision>;
  /** What the rows of the outbound policy may ask for by name. */
  readonly requestTypes: readonly RequestType[];
  readonly adapters: readonly RequestAdapter[];
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

export interface RequestAdapter {
  readonly name: string;
  readonly target: string;
  readonly active: boolean;
}

/** Ordered rows; the first whose every cell matches decides, otherwise the default, if there is one. */
export interface DecisionTable<Column extends string, Decision> {
  readonly rows: readonly DecisionRow<Column, Decision>[];
  readonly default?: Decision;
}

export interface DecisionRow<Column extends string, Decision> {
  readonly name: string;
  /** Blank cells are absent and match anything; a cell matches when the input is one of its values. */
  readonly when: { readonly [column in Column]?: readonly string[] };
  readonly decision: Decision;
}

export const outboundColumns = [
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

export type OutboundDecision =
  | { readonly outboundEnabled: false }
  | {
      readonly outboundEnabled: true;
      /** True: the service order goes out together with every service order below it. */
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

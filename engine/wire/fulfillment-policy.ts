/** Fulfillment policies as the policies file writes them: by kind of domain order its plan, and tasks of the order itself. */
import type { DecisionTable, Policies } from '../model/policies.ts';
import { type DomainOrderKind, domainOrderKinds } from '../model/words.ts';
import { type Cells, cellsOf } from './decision-cells.ts';

export type FulfillmentInFile = { readonly [kind in DomainOrderKind]?: PlanTableInFile };

interface PlanTableInFile {
  readonly rows: readonly { readonly name: string; readonly when?: Cells; readonly then: { readonly plan: string } }[];
  readonly default?: { readonly plan: string };
}

type PlanTable = Policies['fulfillment'][DomainOrderKind];

export function fulfillmentPoliciesOf(written: FulfillmentInFile = {}): Policies['fulfillment'] {
  const { product, service, resource } = written;
  return { product: tableOf(product), service: tableOf(service), resource: tableOf(resource) };
}

function tableOf({ rows, default: otherwise }: PlanTableInFile = { rows: [] }): PlanTable {
  return {
    rows: rows.map(({ name, when, then }) => ({ name, when: cellsOf(when), decision: then })),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

export function renderFulfillmentPolicies(policies: Policies['fulfillment']): FulfillmentInFile {
  return Object.fromEntries(
    domainOrderKinds.map((kind) => {
      const { rows, default: otherwise } = policies[kind];
      const written = rows.map(({ name, when, decision }) => ({ name, when, then: decision }));
      return [kind, { rows: written, ...(otherwise === undefined ? {} : { default: otherwise }) }];
    }),
  );
}

export interface TaskTableInFile<Column extends string, Then> {
  readonly rows: readonly { readonly name: string; readonly when?: Cells<Column>; readonly then: Then }[];
  readonly default?: Then;
}

export function taskTableOf<Column extends string, Then, Decision>(
  written: TaskTableInFile<Column, Then> | undefined,
  decisionOf: (then: Then) => Decision,
): DecisionTable<Column, Decision> {
  const { rows = [], default: otherwise } = written ?? {};
  return {
    rows: rows.map(({ name, when, then }) => ({ name, when: cellsOf(when), decision: decisionOf(then) })),
    ...(otherwise === undefined ? {} : { default: decisionOf(otherwise) }),
  };
}

export function renderTaskTable<Column extends string, Decision>({
  rows,
  default: otherwise,
}: DecisionTable<Column, Decision>): TaskTableInFile<Column, Decision> {
  return {
    rows: rows.map(({ name, when, decision }) => ({ name, when: when as Cells<Column>, then: decision })), // lists of values are cells
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

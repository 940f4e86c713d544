/** Fulfillment policies as the policies file writes them: by kind of domain order its plan, and tasks of the order itself. */
import type { Policies } from '../../model/policies.ts';
import { type DomainOrderKind, domainOrderKinds } from '../../model/words.ts';
import { type Cells, cellsOf } from './cells.ts';

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

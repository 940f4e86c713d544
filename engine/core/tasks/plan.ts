/** Which plan a domain order follows, and the tasks that come of it when it starts. */
import type { DomainOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { FulfillmentPlan } from '../../model/tasks/plan.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { evaluate } from '../decision-table.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';

export type Planning =
  | { readonly kind: 'planned'; readonly plan: FulfillmentPlan }
  | { readonly kind: 'unplanned' }
  /** A policy names a plan that the catalogue does not have. */
  | { readonly kind: 'misplanned'; readonly refusal: Refusal };

/** The fulfillment policy of its kind decides; where no row matches, its specification. */
export function planOf(draft: Draft, domainOrder: DomainOrder): Planning {
  const { kind } = domainOrder;
  if (kind === 'work') return { kind: 'unplanned' };
  const { catalogue, policies } = draft.facts;
  const table = policies.fulfillment[kind];
  const decided = table.rows.length === 0 && table.default === undefined ? undefined : decide();
  const own = specificationOf(catalogue, domainOrder.specification).plans[domainOrder.action];
  const name = decided ?? own;
  if (name === undefined) return { kind: 'unplanned' };
  const plan = catalogue.plans[name];
  if (plan !== undefined) return { kind: 'planned', plan };
  const known = Object.keys(catalogue.plans).join(', ') || 'none';
  return { kind: 'misplanned', refusal: refusal('planUnknown', { plan: name, known }) };

  function decide(): string | undefined {
    return evaluate(table, requestColumnsOf(draft, domainOrder)).decision?.plan;
  }
}

/** Makes the tasks of the plan, all of them, before any of them opens. */
export function layOut(draft: Draft, { id: domainOrder }: DomainOrder, plan: FulfillmentPlan): void {
  const ids = new Map<string, string>();
  for (const { after, ...planned } of plan.tasks) {
    const task: OrderTask = {
      id: draft.id(),
      number: draft.number('TASK'),
      state: 'draft',
      about: { kind: 'domainOrder', domainOrder },
      ...planned,
      after: after.flatMap((before) => ids.get(before) ?? []),
    };
    ids.set(task.name, task.id);
    draft.tasks.put(task);
    draft.born('task', task.id, task.number, task.state);
  }
}

/** All tasks of an order at once, so that it is known before it begins how long it will take. */
export function layOutAll(draft: Draft): void {
  for (const domainOrder of draft.domainOrders.all) layOutPlanned(draft, domainOrder);
}

/** What has its tasks already, or is done without, keeps to that. */
export function layOutPlanned(draft: Draft, domainOrder: DomainOrder): void {
  const { id, work, state } = domainOrder;
  const isOver = state === 'closed_complete' || state === 'canceled' || state === 'cancellation_in_progress';
  if (work !== undefined || isOver || tasksOf(draft, id).length > 0) return;
  const planning = planOf(draft, domainOrder);
  if (planning.kind === 'planned') layOut(draft, domainOrder, planning.plan);
}

/** The tasks of a domain order, predecessors first. */
export function tasksOf(draft: Draft, domainOrder: string): OrderTask[] {
  return draft.tasks.allOf(domainOrder);
}

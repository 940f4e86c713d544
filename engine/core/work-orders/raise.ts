/** The work order policies are asked when a domain order starts and when a task of it opens; what they say is raised. */
import type { DomainOrder } from '../../model/order.ts';
import type { DecisionTable, WorkDecision } from '../../model/policies.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Job, WorkSaid } from '../../model/work-orders/job.ts';
import { evaluate } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';
import type { Unfinished } from '../unfinished.ts';
import { taskColumnsOf } from './columns.ts';

/** Work for the domain order as a whole; nothing for what is work itself. */
export function raiseForDomainOrder(draft: Draft, id: string): void {
  const table = draft.facts.policies.workOrders.domainOrders;
  const domainOrder = draft.domainOrders.get(id);
  if (isEmpty(table) || domainOrder.kind === 'work') return;
  const { decision } = evaluate(table, requestColumnsOf(draft, domainOrder));
  if (decision?.raised === 'automatic') addWorkOrder(draft, domainOrder, decision.job);
}

/** Work for a task of a plan that has just opened: the task is at work from now on, and goes as its work order goes. */
export function raiseForTask(draft: Draft, id: string): void {
  const table = draft.facts.policies.workOrders.orderTasks;
  if (isEmpty(table)) return;
  const task = draft.tasks.get(id);
  if (task.about.kind !== 'domainOrder') return;
  const domainOrder = draft.domainOrders.get(task.about.domainOrder);
  const { decision } = evaluate(table, taskColumnsOf(draft, domainOrder, task));
  if (decision?.raised === 'automatic') giveAway(draft, domainOrder, task, decision.job);
}

/** The task becomes the work of somebody else. */
export function giveAway(
  draft: Draft,
  domainOrder: DomainOrder,
  task: OrderTask,
  job: WorkDecision['job'],
  said?: WorkSaid,
): void {
  const workOrder = addWorkOrder(draft, domainOrder, { ...job, task: task.id }, said);
  if (task.state === 'open') draft.moveTask(task, ['start'], { workOrder });
  else draft.tasks.put({ ...task, workOrder });
}

/** Below the domain order that it is for, which is not closed before it. Gives its id. */
export function addWorkOrder(
  draft: Draft,
  { id: parent, line, specification, place }: DomainOrder,
  job: Job,
  said?: WorkSaid,
): string {
  const workOrder: Unfinished<DomainOrder> = {
    id: draft.id(),
    number: draft.number('WO'),
    kind: 'work',
    line,
    parent,
    specification,
    action: 'add',
    state: 'draft',
    after: [],
    characteristics: [],
    composedOf: [],
    job: said?.description === undefined ? job : { ...job, description: said.description },
  };
  if (said !== undefined) workOrder.kept = said.kept;
  if (place !== undefined) workOrder.place = place;
  draft.domainOrders.put(workOrder);
  draft.born('domainOrder', workOrder.id, workOrder.number, workOrder.state);
  draft.note(`Work order ${workOrder.number} raised: ${job.type}`, parent);
  return workOrder.id;
}

function isEmpty({ rows, default: otherwise }: DecisionTable<never, unknown>): boolean {
  return rows.length === 0 && otherwise === undefined;
}

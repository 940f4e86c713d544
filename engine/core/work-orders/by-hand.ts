/** Somebody wants a work order: for a domain order, or for a task of its plan, as the policies say. */
import type { DomainOrder } from '../../model/order.ts';
import type { WorkDecision } from '../../model/policies.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { TaskCommandKind } from '../../model/tasks/inputs.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import { evaluate } from '../decision-table.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';
import { domainOrderOf } from '../tasks/values.ts';
import { taskColumnsOf } from './columns.ts';
import { addWorkOrder, giveAway } from './raise.ts';

type Wanted = Extract<TaskCommandKind, { type: 'CreateWorkOrder' }>;

export function raiseByHand(draft: Draft, { about, said }: Wanted): Refusal | undefined {
  const task = draft.tasks.find(about);
  const domainOrder = task === undefined ? draft.domainOrders.find(about) : domainOrderOf(draft, task);
  if (task === undefined && domainOrder === undefined) {
    return refusal('workSubjectUnknown', { order: draft.header.number, about }, '/about');
  }
  const why = obstacleOf(draft, task, domainOrder);
  const thing = (task ?? domainOrder)?.number ?? about;
  if (why !== undefined || domainOrder === undefined) {
    return refusal('workNotPossible', { thing, why: why ?? 'it is about no domain order' });
  }
  const decision = decisionAbout(draft, task, domainOrder);
  if (decision === undefined || decision.raised === 'never') return refusal('workNotDecided', { thing });
  const { type: decided } = decision.job;
  const wanted = said?.type ?? decided;
  if (wanted !== decided) return refusal('workDecidedOtherwise', { thing, decided, wanted });
  if (task === undefined) addWorkOrder(draft, domainOrder, decision.job, said);
  else giveAway(draft, domainOrder, task, decision.job, said);
  return undefined;
}

function decisionAbout(draft: Draft, task: OrderTask | undefined, domainOrder: DomainOrder): WorkDecision | undefined {
  const { domainOrders, orderTasks } = draft.facts.policies.workOrders;
  return task === undefined
    ? evaluate(domainOrders, requestColumnsOf(draft, domainOrder)).decision
    : evaluate(orderTasks, taskColumnsOf(draft, domainOrder, task)).decision;
}

function obstacleOf(draft: Draft, task: OrderTask | undefined, about: DomainOrder | undefined): string | undefined {
  if (draft.header.state !== 'in_progress') return `the order is ${draft.header.state}`;
  if (about?.kind === 'work') return 'it is a work order itself';
  if (about !== undefined && about.state !== 'in_progress') return `${about.number} is ${about.state}`;
  if (task === undefined) return undefined;
  if (task.by !== 'manual') return 'nobody has to do it';
  if (task.workOrder !== undefined) return 'it has one already';
  return task.state === 'open' || task.state === 'in_progress' ? undefined : `it is ${task.state}`;
}

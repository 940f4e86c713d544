/** Tasks go on by themselves as far as they can: opened, started, and closed where nobody has to. */
import type { DomainOrder, HeldFor } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { planOf, tasksOf } from './plan.ts';

/** What is to be done again is not over, whatever was done of it. */
export function isOver({ state, redoDue }: OrderTask): boolean {
  return (state === 'closed_complete' && redoDue === undefined) || state === 'canceled';
}

/** Done is a plan whose every task is over. */
export function isPlanDone(draft: Draft, domainOrder: string): boolean {
  return tasksOf(draft, domainOrder).every(isOver);
}

/**
 * Opens what waits for nothing any more, and closes what has been fulfilled outside. What is on hold with its domain
 * order stays so.
 * @param send what an outbound task does when it starts; gives false where nothing goes out, so that it is done inside.
 */
export function progressTasks(draft: Draft, domainOrder: DomainOrder, send: () => boolean, isFulfilled: boolean): void {
  if (domainOrder.state !== 'in_progress' && domainOrder.redone !== false) return;
  for (const { id } of tasksOf(draft, domainOrder.id)) {
    const task = draft.tasks.get(id);
    if (task.state === 'draft' && task.after.every((before) => isOver(draft.tasks.get(before))))
      openTask(draft, task, send);
    else if (task.redoDue === true) redoWhenDue(draft, task, domainOrder);
    const current = draft.tasks.get(id);
    if (current.by === 'outbound' && current.state === 'in_progress' && isFulfilled) draft.moveTask(current, ['close']);
  }
}

/** @param send as above. */
export function openTask(draft: Draft, task: OrderTask, send: () => boolean): void {
  if (task.by === 'manual') {
    draft.moveTask(task, ['predecessorsDone']);
    return;
  }
  draft.moveTask(task, ['predecessorsDone', 'start']);
  const started = draft.tasks.get(task.id);
  if (task.by === 'outbound' && send()) return;
  if (task.durationMs === 0) draft.moveTask(started, ['close']);
  else closeLater(draft, started);
}

/** Done once more, after what comes before it has been; whose work it was then, is over. */
function redoWhenDue(
  draft: Draft,
  { redoDue: _due, workOrder: _done, ...task }: OrderTask,
  domainOrder: DomainOrder,
): void {
  if (!task.after.every((before) => isOver(draft.tasks.get(before)))) return;
  draft.moveTask({ ...task, durationMs: durationOf(draft, task, domainOrder) }, ['redo']);
  const again = draft.tasks.get(task.id);
  if (again.by !== 'automatic') return;
  if (again.durationMs === 0) draft.moveTask(again, ['close']);
  else closeLater(draft, again);
}

/** How long it takes, as its plan says: what was waited for already says nothing of it. */
export function durationOf(draft: Draft, { name, durationMs }: OrderTask, domainOrder: DomainOrder): number {
  const planning = planOf(draft, domainOrder);
  const planned = planning.kind === 'planned' ? planning.plan.tasks.find((each) => each.name === name) : undefined;
  return planned?.durationMs ?? durationMs;
}

export function closeLater(draft: Draft, { id, durationMs }: OrderTask): void {
  const timer = { kind: 'automaticTask', task: id } as const;
  draft.effect({ type: 'SetTimer', name: `task/${id}`, due: draft.at + durationMs, timer });
}

/** An automatic task has taken its time. One that is on hold closes when it goes on. */
export function automaticTaskDone(draft: Draft, id: string): void {
  const task = draft.tasks.find(id);
  if (task === undefined || isOver(task)) return;
  if (task.state === 'in_progress') draft.moveTask(task, ['close']);
  else draft.tasks.put({ ...task, durationMs: 0 });
}

/** Those about a domain order, and the one that it does the work of, where it is a work order. */
function concernedTasksOf(draft: Draft, domainOrder: string): OrderTask[] {
  const done = draft.tasks.all.filter(({ workOrder }) => workOrder === domainOrder);
  return [...tasksOf(draft, domainOrder), ...done];
}

/** A task whose work was given away goes on when both its domain order and its work do, and nobody holds it by hand. */
function isHeldElsewhere(draft: Draft, { about, workOrder }: OrderTask): boolean {
  if (workOrder === undefined || about.kind !== 'domainOrder') return false;
  const { state, job } = draft.domainOrders.get(workOrder);
  return (
    job?.suspended === true || state === 'on_hold' || draft.domainOrders.get(about.domainOrder).state === 'on_hold'
  );
}

/** What is at work on a domain order stops and goes on with it. */
export function holdTasks(draft: Draft, domainOrder: string): void {
  for (const task of concernedTasksOf(draft, domainOrder)) {
    if (task.state === 'open' || task.state === 'in_progress') draft.moveTask(task, ['hold']);
  }
}

export function resumeTasks(draft: Draft, domainOrder: string): void {
  for (const task of concernedTasksOf(draft, domainOrder)) {
    if (task.state !== 'on_hold' || isHeldElsewhere(draft, task)) continue;
    if (task.previousState !== 'in_progress') draft.moveTask(task, ['release']);
    else draft.moveTask(task, ['falloutResolved', 'resume']);
    closeIfTimeIsOver(draft, task.id);
  }
}

/** An automatic task whose time was over while it was on hold closes when it goes on. */
export function closeIfTimeIsOver(draft: Draft, id: string): void {
  const task = draft.tasks.get(id);
  if (task.by === 'automatic' && task.state === 'in_progress' && task.durationMs === 0) draft.moveTask(task, ['close']);
}

/** What kept them on hold is gone; from now on nothing but an open decision does. */
export function keepTasksHeld(draft: Draft, domainOrder: string, heldFor: HeldFor): void {
  for (const task of tasksOf(draft, domainOrder)) {
    if (task.state === 'on_hold') draft.tasks.put({ ...task, heldFor });
  }
}

export function cancelTasks(draft: Draft, domainOrder: string): void {
  for (const task of tasksOf(draft, domainOrder)) cancelTask(draft, task);
}

/** What was closed stays so, and is not done again. */
export function cancelTask(draft: Draft, { redoDue, ...task }: OrderTask): void {
  if (!isOver(task)) draft.moveTask(task, ['cancel']);
  else if (redoDue === true) draft.tasks.put(task);
}

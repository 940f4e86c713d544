/** Order tasks go as their work orders go. */
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { isOver } from '../tasks/progress.ts';
import { unfilled } from '../tasks/values.ts';

/** A task whose work is done is closed, unless something is still to be filled in; one whose work is canceled is people's again. */
export function followWorkOrders(draft: Draft): void {
  for (const { id, workOrder } of draft.tasks.all) {
    if (workOrder === undefined) continue;
    const task = draft.tasks.get(id);
    if (isOver(task)) continue;
    const { state, number, job } = draft.domainOrders.get(workOrder);
    if (state === 'closed_complete') closeAfter(draft, task, number);
    else if (state === 'canceled') takeBack(draft, task, number, job?.type ?? '');
  }
}

function closeAfter(draft: Draft, task: OrderTask, workOrder: string): void {
  if (task.state !== 'in_progress') return;
  const lacking = unfilled(draft, task);
  if (lacking === undefined) {
    draft.moveTask(task, ['close']);
    return;
  }
  const note = `Work order ${workOrder} is done; task ${task.number} "${task.name}" waits for ${lacking.values.missing}`;
  const about = task.about.kind === 'domainOrder' ? task.about.domainOrder : undefined;
  if (!draft.hasNote(note, about)) draft.note(note, about);
}

function takeBack(draft: Draft, { workOrder: _gone, ...task }: OrderTask, workOrder: string, type: string): void {
  draft.tasks.put(task);
  const about = task.about.kind === 'domainOrder' ? task.about.domainOrder : undefined;
  draft.note(
    `Work order ${workOrder} (${type}) is canceled: task ${task.number} "${task.name}" is left to people`,
    about,
  );
}

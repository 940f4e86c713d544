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
    if (state !== 'closed_complete' && state !== 'canceled') continue;
    if (job?.suspended !== true) letGo(draft, id);
    if (state === 'closed_complete') closeAfter(draft, draft.tasks.get(id), number);
    else takeBack(draft, draft.tasks.get(id), number, job?.type ?? '');
  }
}

/** What held the work held its task; that is over with the work, unless something else holds it. */
function letGo(draft: Draft, id: string): void {
  const { state, about, heldFor, previousState } = draft.tasks.get(id);
  if (state !== 'on_hold' || heldFor !== undefined || about.kind !== 'domainOrder') return;
  if (draft.domainOrders.get(about.domainOrder).state === 'on_hold') return;
  const events = previousState === 'in_progress' ? (['falloutResolved', 'resume'] as const) : (['release'] as const);
  draft.moveTask(draft.tasks.get(id), events);
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

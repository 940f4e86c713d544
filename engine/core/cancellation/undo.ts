/** Tasks that take back what tasks did: laid out when a cancellation is approved, the last that was done first. */
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { tasksOf } from '../tasks/plan.ts';
import { isOver, openTask } from '../tasks/progress.ts';

/** One for each task that was begun and whose plan says what undoes it; none for what has an undo already. */
export function layOutUndo(draft: Draft, domainOrder: string): void {
  const tasks = tasksOf(draft, domainOrder);
  /** By task: what has to be over before that which came before the task is undone. */
  const undone = new Map<string, readonly string[]>();
  for (const task of tasks.toReversed()) {
    const later = tasks.filter(({ after }) => after.includes(task.id));
    const after = [...new Set(later.flatMap(({ id }) => undone.get(id) ?? []))];
    undone.set(task.id, task.undo === undefined || task.startedAt === undefined ? after : [undo(task, after)]);
  }

  function undo({ id: undoes, about, undo: planned }: OrderTask, after: readonly string[]): string {
    const { name = '', by = 'manual', durationMs = 0, requestDefinition } = planned ?? {};
    const task: OrderTask = {
      id: draft.id(),
      number: draft.number('TASK'),
      name,
      state: 'draft',
      about,
      by,
      after,
      durationMs,
      ...(requestDefinition === undefined ? {} : { requestDefinition }),
      undoes,
    };
    draft.tasks.put(task);
    draft.born('task', task.id, task.number, task.state);
    return task.id;
  }
}

/** Opens what waits for nothing any more. True when all of it is over. */
export function progressUndo(draft: Draft, undoTasks: readonly string[]): boolean {
  let isDone = true;
  // What undoes later work comes before what undoes earlier work, so that once through is enough.
  for (const id of undoTasks) {
    const task = draft.tasks.get(id);
    if (task.state === 'draft' && task.after.every((before) => isOver(draft.tasks.get(before)))) {
      openTask(draft, task, () => false);
    }
    isDone &&= isOver(draft.tasks.get(id));
  }
  return isDone;
}

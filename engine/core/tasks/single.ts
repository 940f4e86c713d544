/** Tasks that stand alone: of the order, of a line, before approval or beside the fulfillment. */
import type { OrderTask, TaskSubject } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';

/** A task that is there to be done at once, by somebody. */
export function addTask(draft: Draft, { name, about }: { readonly name: string; readonly about: TaskSubject }): void {
  const task: OrderTask = {
    id: draft.id(),
    number: draft.number('TASK'),
    name,
    state: 'open',
    about,
    by: 'manual',
    after: [],
    durationMs: 0,
    openedAt: draft.at,
  };
  draft.tasks.put(task);
  draft.born('task', task.id, task.number, task.state);
}

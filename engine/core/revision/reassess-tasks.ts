/** The tasks of a domain order after a revision: kept as they are, gone on with, or done once more. */
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { tasksOf } from '../tasks/plan.ts';
import { closeIfTimeIsOver, closeLater, durationOf } from '../tasks/progress.ts';
import type { DomainOrderChange } from './redecompose.ts';

/** @returns true when something that was done has to be done again. */
export function reassessTasks(draft: Draft, domainOrder: string, change: DomainOrderChange): boolean {
  let isAnyRedone = false;
  for (const { id } of tasksOf(draft, domainOrder)) {
    const task = draft.tasks.get(id);
    const isHit = isConcerned(draft, task, change);
    if (task.state === 'closed_complete') {
      if (!isHit || task.redoDue === true) continue;
      draft.tasks.put({ ...task, redoDue: true });
      draft.note(`Task ${task.number} "${task.name}" is to be done again`, domainOrder);
      isAnyRedone = true;
    } else {
      goOn(draft, task, domainOrder);
      if (isHit) startAnew(draft, id, domainOrder);
      else closeIfTimeIsOver(draft, id);
    }
  }
  return isAnyRedone;
}

/** Its plan says what changes of what it has to answer to. */
function isConcerned(draft: Draft, { inflight, requestDefinition }: OrderTask, change: DomainOrderChange): boolean {
  if (inflight === undefined) return false;
  const definition =
    requestDefinition === undefined ? undefined : draft.facts.catalogue.requestDefinitions[requestDefinition];
  const asked = new Set(definition?.characteristics.map(({ name }) => name));
  const concerns = change.characteristics.some((name) => inflight.characteristics === 'any' || asked.has(name));
  return inflight.types.some((type) => change.types.has(type) && (type !== 'characteristic' || concerns));
}

/** What had begun is where it was; what had not, is scheduled anew. What something else holds stays on hold with that. */
function goOn(draft: Draft, { heldFor, ...task }: OrderTask, domainOrder: string): void {
  if (heldFor !== 'revision') return;
  if (draft.domainOrders.get(domainOrder).state === 'on_hold') draft.tasks.put(task);
  else if (task.previousState === 'open') draft.moveTask(task, ['schedule', 'dateReached']);
  else if (task.previousState === 'scheduled') draft.moveTask(task, ['schedule']);
  else draft.moveTask(task, ['release']);
}

/** What takes its time takes it from now on: what was done of it was for something else. */
function startAnew(draft: Draft, id: string, domainOrder: string): void {
  const task = draft.tasks.get(id);
  const isRunning = task.state === 'in_progress' || task.state === 'on_hold';
  if (task.by !== 'automatic' || !isRunning) return;
  const again = { ...task, durationMs: durationOf(draft, task, draft.domainOrders.get(domainOrder)) };
  draft.tasks.put(again);
  closeLater(draft, again);
}

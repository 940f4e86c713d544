/** Somebody changes the dates of a task: the plan itself, or when it is expected. */
import type { Outlook } from '../../model/jeopardy/forecast.ts';
import type { DateCommand } from '../../model/jeopardy/inputs.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { mayDo, rolesFor } from '../../model/roles.ts';
import type { Draft } from '../draft.ts';
import { subjectOf } from '../tasks/commands.ts';
import { type WorkingTime, workingTimeOf } from './working-time.ts';

/** A refusal, or nothing, and the draft has changed; what it means to all else is seen at the end of the step. */
export function commandDates(draft: Draft, command: DateCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  const { forecast, number: order } = draft.header;
  const task = draft.tasks.find(command.task);
  if (task === undefined) return refusal('taskUnknown', { order, task: command.task });
  if (forecast === undefined) return refusal('orderNotWatched', { order });
  const known = forecast.of[task.id];
  if (known === undefined || known.endedAt !== undefined) {
    return refusal('taskNotPlanned', { task: task.number, name: task.name });
  }
  const time = workingTimeOf(draft.facts.policies.jeopardy?.workingHours);
  const changed = rescheduled(time, known, command);
  if (changed === undefined) return refusal('taskDatesMissing', { task: task.number }, '');
  if (changed.plannedEndAt < changed.plannedStartAt) {
    return refusal('taskEndsBeforeStart', { task: task.number, name: task.name }, '/plannedEnd');
  }
  draft.setHeader({ forecast: { ...forecast, of: { ...forecast.of, [task.id]: changed } } });
  const note = command.note === undefined ? '' : `: ${command.note}`;
  draft.note(`Dates of task ${task.number} "${task.name}" changed${note}`, subjectOf(task));
  return undefined;
}

/** Whoever plans it anew says how long it is to take as well: until its end, or as long as before. */
function rescheduled(
  time: WorkingTime,
  known: Outlook,
  { plannedStartAt, plannedEndAt, expectedEndAt }: DateCommand,
): Outlook | undefined {
  if (plannedStartAt === undefined && plannedEndAt === undefined && expectedEndAt === undefined) return undefined;
  const startAt = plannedStartAt ?? known.plannedStartAt;
  const endAt = plannedEndAt ?? time.after(startAt, time.between(known.plannedStartAt, known.plannedEndAt));
  const isPlannedAnew = plannedStartAt !== undefined || plannedEndAt !== undefined;
  return {
    ...known,
    plannedStartAt: startAt,
    plannedEndAt: endAt,
    ...(isPlannedAnew ? { durationMs: time.between(startAt, endAt) } : {}),
    ...(expectedEndAt === undefined ? {} : { expectedEndAt }),
  };
}

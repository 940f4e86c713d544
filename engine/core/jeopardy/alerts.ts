/** Whatever got worse is said: in the work notes, in the story of the step, and to those who listen. */
import type { Forecast, JeopardyAlert, Outlook } from '../../model/jeopardy/forecast.ts';
import { isWorse, type JeopardyLevel } from '../../model/jeopardy/level.ts';
import type { Draft } from '../draft.ts';
import type { Graph } from './graph.ts';

/** Tasks are told of when they are at least this bad; lines always. */
const toldFrom: JeopardyLevel = 'high';

interface Change {
  readonly before: Forecast;
  readonly of: Forecast['of'];
  readonly graph: Graph;
}

/** @returns the alerts so far, those of this step behind them. */
export function raiseAlerts(draft: Draft, { before, of, graph }: Change): readonly JeopardyAlert[] {
  const raised: JeopardyAlert[] = [];
  for (const { id, number, name, line, isTask } of subjects(draft, graph)) {
    const now = of[id];
    const level = now?.level;
    const last = before.of[id]?.level;
    if (now === undefined || level === last) continue;
    draft.told({ thing: 'jeopardy', id, number, event: 'level', from: last ?? 'none', to: level ?? 'none' });
    if (level === undefined || !isWorse(level, last)) continue;
    if (isTask && isWorse(toldFrom, level)) continue;
    const text = isTask ? taskText(graph, now, draft.at) : lineText(graph, now, draft.lines.find(id)?.committedDueAt);
    raised.push({ id: draft.id(), at: draft.at, about: id, line, level, name, text });
    draft.note(`Jeopardy is ${level}: ${name} ${text}`, line);
  }
  if (raised.length === 0) return before.alerts;
  draft.effect({ type: 'NotifyOfOrder', news: { kind: 'jeopardy' } });
  return [...before.alerts, ...raised];
}

interface Subject {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly line: string;
  readonly isTask: boolean;
}

function subjects(draft: Draft, { works, parts }: Graph): Subject[] {
  const tasks = works.flatMap(({ task, domainOrder }) => {
    const line = parts.get(domainOrder)?.domainOrder.line;
    if (task === undefined || line === undefined) return [];
    const { id, number } = task;
    return [{ id, number, name: `Task ${number} "${task.name}"`, line, isTask: true }];
  });
  const lines = draft.lines.all.map(({ id, number }) => ({
    id,
    number,
    name: `Line ${number}`,
    line: id,
    isTask: false,
  }));
  return [...tasks, ...lines];
}

function taskText(
  { time }: Graph,
  { startedAt, durationMs = 0, pausedMs = 0, pausedAt, ...outlook }: Outlook,
  at: number,
): string {
  if (startedAt === undefined) {
    const late = time.between(outlook.plannedStartAt, outlook.estimatedStartAt);
    return `cannot begin when it was to: it is ${inWords(late)} late`;
  }
  const percent = Math.floor(((time.between(startedAt, pausedAt ?? at) - pausedMs) * 100) / durationMs);
  return `has taken ${percent} % of its time`;
}

function lineText(
  { time }: Graph,
  { estimatedEndAt, plannedEndAt, plannedStartAt }: Outlook,
  promised: number | undefined,
): string {
  const afterPromise = promised === undefined ? 0 : time.between(promised, estimatedEndAt);
  if (afterPromise > 0) return `is expected ${inWords(afterPromise)} later than promised`;
  const late = time.between(plannedEndAt, estimatedEndAt);
  const percent = Math.floor((late * 100) / time.between(plannedStartAt, plannedEndAt));
  return `is expected ${inWords(late)} later than planned, ${percent} % of its time`;
}

/** Rounded down to what a person would say. */
function inWords(durationMs: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  for (const [unit, ms] of units) {
    const count = Math.floor(durationMs / ms);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${durationMs} ms`;
}

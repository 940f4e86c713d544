/** How bad it is, part by part: tasks by their time, domain orders by their worst task, lines by their delay, the order by its worst line. */
import { type JeopardyLevel, worstOf } from '../../model/jeopardy/level.ts';
import type { JeopardyPolicy } from '../../model/jeopardy/policy.ts';
import type { Draft } from '../draft.ts';
import type { Dates } from './dates.ts';
import type { Graph, Work } from './graph.ts';
import type { Spans } from './pass.ts';
import { levelInBands, lineLevel, successorLevel, taskValues } from './policy.ts';

export type Levels = ReadonlyMap<string, JeopardyLevel>;

export interface Looked {
  readonly graph: Graph;
  readonly spans: Spans;
  readonly dates: Dates;
}

export function levelsOf(draft: Draft, looked: Looked): Levels {
  const policy = draft.facts.policies.jeopardy;
  const levels = new Map<string, JeopardyLevel>();
  // Somebody has switched it off meanwhile: the dates stay, and nothing is bad.
  if (policy === undefined) return levels;
  for (const { domainOrder, endedAt, works, children } of [...looked.graph.parts.values()].reverse()) {
    if (endedAt !== undefined) continue;
    const own = works.map((work) => {
      const level = workLevel(draft, policy, looked, work);
      if (work.task !== undefined && level !== undefined) levels.set(work.id, level);
      return level;
    });
    const level = worstOf([...own, ...children.map((child) => levels.get(child))]);
    if (level !== undefined) levels.set(domainOrder.id, level);
  }
  for (const line of looked.spans.lines.keys()) {
    const level = levelOfLine(draft, policy, looked, line);
    if (level !== undefined) levels.set(line, level);
  }
  const worst = worstOf([...looked.spans.lines.keys()].map((line) => levels.get(line)));
  if (worst !== undefined) levels.set(draft.header.id, worst);
  return levels;
}

/** What runs, by how much of its time is over; what has not begun, by how late it can. */
function workLevel(draft: Draft, policy: JeopardyPolicy, looked: Looked, work: Work): JeopardyLevel | undefined {
  const { openedAt, overAt, pausedAt = draft.at, pausedMs, durationMs } = work;
  if (overAt !== undefined) return undefined;
  const { parts, time } = looked.graph;
  const part = parts.get(work.domainOrder);
  if (part === undefined) return undefined;
  if (openedAt === undefined) return successorLevel(policy, delayOfStart(looked, work, part.domainOrder.line));
  const values = taskValues(draft, work.task, part.domainOrder);
  return levelInBands(policy.taskLevels, values, {
    part: time.between(openedAt, pausedAt) - pausedMs,
    whole: durationMs,
  });
}

/** How much later than planned it begins, of the time that its line was to take. */
export function delayOfStart(
  looked: Pick<Looked, 'dates' | 'graph'>,
  work: Pick<Work, 'id'>,
  line: string,
): { readonly byMs: number; readonly ofMs: number } {
  const { plannedStartAt = 0, estimatedStartAt = 0 } = looked.dates.get(work.id) ?? {};
  return { byMs: looked.graph.time.between(plannedStartAt, estimatedStartAt), ofMs: plannedMs(looked, line) };
}

export function plannedMs({ dates, graph: { time } }: Pick<Looked, 'dates' | 'graph'>, id: string): number {
  const outlook = dates.get(id);
  return outlook === undefined ? 0 : time.between(outlook.plannedStartAt, outlook.plannedEndAt);
}

function levelOfLine(draft: Draft, policy: JeopardyPolicy, looked: Looked, id: string): JeopardyLevel | undefined {
  const { time } = looked.graph;
  const outlook = looked.dates.get(id);
  const line = draft.lines.find(id);
  if (outlook === undefined || line === undefined || outlook.endedAt !== undefined) return undefined;
  return lineLevel(policy, line.specification, {
    byMs: time.between(outlook.plannedEndAt, outlook.estimatedEndAt),
    ofMs: plannedMs(looked, id),
    missesPromise: line.committedDueAt !== undefined && time.between(line.committedDueAt, outlook.estimatedEndAt) > 0,
  });
}

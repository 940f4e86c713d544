/** When something would be worse if nothing happened: the moment of the only timer that an order that is watched has. */
import type { Instant } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import type { Looked } from './levels.ts';
import { plannedMs } from './levels.ts';
import { type Point, passAt } from './pass.ts';
import { boundsOf } from './policy.ts';
import type { WorkingTime } from './working-time.ts';

/** Farther than any plan: there, whatever grows later with time has outgrown all that does not. */
const farMs = 10_000_000_000_000;

/** @returns nothing when time alone makes nothing worse any more. */
export function nextLook(
  draft: Draft,
  { sequence, ...looked }: Looked & { readonly sequence: readonly Point[] },
): Instant | undefined {
  const policy = draft.facts.policies.jeopardy;
  if (policy === undefined) return undefined;
  const { graph, dates, spans } = looked;
  const { time } = graph;
  const moments: Instant[] = [];
  for (const { openedAt, overAt, pausedAt, pausedMs, durationMs } of graph.works) {
    if (openedAt === undefined || overAt !== undefined || pausedAt !== undefined || durationMs === 0) continue;
    for (const bound of boundsOf(policy.taskLevels, durationMs)) moments.push(time.after(openedAt, pausedMs + bound));
  }
  const far = passAt(graph, sequence, draft.at + farMs);
  for (const { id, domainOrder, openedAt, overAt } of graph.works) {
    const then = far.works.get(id)?.startAt;
    const line = graph.parts.get(domainOrder)?.domainOrder.line;
    const planned = dates.get(id)?.plannedStartAt;
    if (openedAt !== undefined || overAt !== undefined || line === undefined || planned === undefined) continue;
    const threshold = Math.floor((policy.successors.thresholdPercent * plannedMs(looked, line)) / 100);
    const bounds = [time.after(planned, 1), time.after(planned, threshold + 1)];
    moments.push(...crossings(time, draft.at, { now: spans.works.get(id)?.startAt, then }, bounds));
  }
  for (const [id, { endAt: now }] of spans.lines) {
    const { plannedEndAt = 0, endedAt } = dates.get(id) ?? {};
    const promised = draft.lines.find(id)?.committedDueAt;
    if (endedAt !== undefined) continue;
    const late = boundsOf(policy.lineLevels, plannedMs(looked, id)).map((bound) => time.after(plannedEndAt, bound));
    const bounds = promised === undefined ? late : [...late, time.after(promised, 1)];
    moments.push(...crossings(time, draft.at, { now, then: far.lines.get(id)?.endAt }, bounds));
  }
  return soonest(moments, draft.at);
}

/**
 * When something that is expected later the longer nothing happens comes to each bound. In the far future it is as much
 * later as time has gone on, so that the difference of the two says when.
 */
function crossings(
  time: WorkingTime,
  at: Instant,
  { now, then }: { readonly now: Instant | undefined; readonly then: Instant | undefined },
  bounds: readonly Instant[],
): Instant[] {
  if (now === undefined || then === undefined || then === now) return [];
  const ahead = time.between(at + farMs, then);
  return bounds.filter((bound) => bound > now).map((bound) => time.after(at, time.between(at, bound) - ahead));
}

function soonest(moments: readonly Instant[], at: Instant): Instant | undefined {
  const coming = moments.filter((moment) => moment > at);
  return coming.length === 0 ? undefined : coming.reduce((one, other) => Math.min(one, other));
}

/** Looks at an order that is watched after each step: what is expected when, how bad that is, and when to look again. */
import type { Outlook } from '../../model/jeopardy/forecast.ts';
import type { Instant } from '../../model/order.ts';
import { isTerminal } from '../../model/state-table.ts';
import { customerOrderTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { raiseAlerts } from './alerts.ts';
import { datesOf } from './dates.ts';
import { graphOf } from './graph.ts';
import { type Levels, levelsOf } from './levels.ts';
import { nextLook } from './next-look.ts';
import { passAt, sequenceOf } from './pass.ts';
import { isWatched } from './policy.ts';

export const jeopardyTimer = 'jeopardy';

/** From its first approval on, an order whose lines are all enabled is watched. */
export function beginForecast(draft: Draft): void {
  if (draft.header.forecast === undefined && isWatched(draft)) draft.setHeader({ forecast: { of: {}, alerts: [] } });
}

export function assess(draft: Draft): void {
  const { forecast, state } = draft.header;
  if (forecast === undefined) return;
  const isEnded = isTerminal(customerOrderTable, state);
  if (isEnded && forecast.of[draft.header.id]?.endedAt !== undefined) return;
  const graph = graphOf(draft, forecast);
  const sequence = sequenceOf(graph);
  const spans = passAt(graph, sequence, draft.at);
  const dates = datesOf(draft, { forecast, graph, spans });
  const levels: Levels = isEnded ? new Map() : levelsOf(draft, { graph, spans, dates });
  const of = Object.fromEntries([...dates].map(([id, outlook]) => [id, withLevel(outlook, levels.get(id))]));
  const alerts = raiseAlerts(draft, { before: forecast, of, graph });
  const nextLookAt = isEnded ? undefined : nextLook(draft, { graph, sequence, spans, dates });
  setTimer(draft, forecast.nextLookAt, nextLookAt);
  draft.setHeader({ forecast: { of, alerts, ...(nextLookAt === undefined ? {} : { nextLookAt }) } });
}

function withLevel(outlook: Outlook, level: Outlook['level']): Outlook {
  return level === undefined ? outlook : { ...outlook, level };
}

function setTimer(draft: Draft, before: Instant | undefined, due: Instant | undefined): void {
  if (due === undefined) {
    if (before !== undefined && before > draft.at) draft.effect({ type: 'CancelTimer', name: jeopardyTimer });
  } else if (due !== before) {
    draft.effect({ type: 'SetTimer', name: jeopardyTimer, due, timer: { kind: 'jeopardy' } });
  }
}

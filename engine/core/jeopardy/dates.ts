/** When each part of an order was planned, when it is expected, and when it really was: from tasks up to the order. */
import type { Forecast, Outlook } from '../../model/jeopardy/forecast.ts';
import { isTerminal } from '../../model/state-table.ts';
import { customerOrderTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import type { Graph, Part, Work } from './graph.ts';
import type { Span, Spans } from './pass.ts';

export type Dates = ReadonlyMap<string, Outlook>;

/** What is new is planned as it is expected now; what was planned stays so. Levels are still to be found. */
export function datesOf(
  draft: Draft,
  { forecast, graph, spans }: { readonly forecast: Forecast; readonly graph: Graph; readonly spans: Spans },
): Dates {
  const dates = new Map<string, Outlook>();
  for (const part of graph.parts.values()) {
    for (const work of part.works) {
      const span = spans.works.get(work.id);
      if (work.task !== undefined && span !== undefined) dates.set(work.id, outlookOfTask(work, span));
    }
    const whole = spans.whole.get(part.domainOrder.id);
    if (whole !== undefined) dates.set(part.domainOrder.id, outlookOfPart(graph, part, whole, dates));
  }
  rollUpPlans(graph, dates);
  const partsOfLine = Map.groupBy(graph.parts.values(), ({ domainOrder }) => domainOrder.line);
  for (const [line, span] of spans.lines) {
    const below = (partsOfLine.get(line) ?? []).flatMap(({ domainOrder }) => dates.get(domainOrder.id) ?? []);
    dates.set(line, rolledUp(span, below));
  }
  const lines = [...spans.lines.keys()].flatMap((line) => dates.get(line) ?? []);
  if (lines.length > 0) dates.set(draft.header.id, outlookOfOrder(draft, forecast, { graph, lines }));
  return dates;
}

function outlookOfTask({ known, openedAt, overAt, durationMs, ...work }: Work, span: Span): Outlook {
  return {
    ...plannedAs(known, span),
    ...(openedAt === undefined ? {} : { startedAt: openedAt }),
    ...(overAt === undefined ? {} : { endedAt: overAt }),
    durationMs,
    ...clock(work),
    ...(known?.expectedEndAt === undefined ? {} : { expectedEndAt: known.expectedEndAt }),
  };
}

function outlookOfPart({ time }: Graph, { known, startedAt, endedAt, works }: Part, span: Span, dates: Dates): Outlook {
  const own = works.find(({ task }) => task === undefined);
  const common = {
    ...plannedAs(known, span),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
  // Parts of it are still to be added: what it was planned for itself, as its plan is now.
  const ends = works.map(
    ({ id, durationMs }) => dates.get(id)?.plannedEndAt ?? time.after(common.plannedStartAt, durationMs),
  );
  const plannedEndAt = ends.reduce((one, other) => Math.max(one, other), common.plannedStartAt);
  if (own === undefined) return { ...common, plannedEndAt };
  return {
    ...common,
    plannedEndAt,
    durationMs: own.durationMs,
    ...clock(own),
    ...(own.overAt === undefined ? {} : { workOverAt: own.overAt }),
  };
}

/** What joins later, and what is planned anew by hand, reaches up to all that it is part of. */
function rollUpPlans({ parts }: Graph, dates: Map<string, Outlook>): void {
  for (const { domainOrder } of [...parts.values()].reverse()) {
    const own = dates.get(domainOrder.id);
    const above = dates.get(domainOrder.parent ?? '');
    if (own === undefined || above === undefined || domainOrder.parent === undefined) continue;
    if (own.plannedEndAt > above.plannedEndAt) {
      dates.set(domainOrder.parent, { ...above, plannedEndAt: own.plannedEndAt });
    }
  }
}

function outlookOfOrder(
  draft: Draft,
  { of }: Forecast,
  { graph: { pausedAt }, lines }: { readonly graph: Graph; readonly lines: readonly Outlook[] },
): Outlook {
  const startAt = lines.reduce((first, { estimatedStartAt }) => Math.min(first, estimatedStartAt), Infinity);
  const endAt = lines.reduce((last, { estimatedEndAt }) => Math.max(last, estimatedEndAt), 0);
  const { endedAt: _end, ...whole } = rolledUp({ startAt, endAt }, lines);
  const isEnded = isTerminal(customerOrderTable, draft.header.state);
  return {
    ...whole,
    ...(isEnded ? { endedAt: of[draft.header.id]?.endedAt ?? draft.at } : {}),
    ...(pausedAt === undefined ? {} : { pausedAt }),
  };
}

/** Of what it consists of: from the first to the last. */
function rolledUp({ startAt, endAt }: Span, below: readonly Outlook[]): Outlook {
  const started = below.flatMap(({ startedAt }) => startedAt ?? []);
  const isOver = below.every(({ endedAt }) => endedAt !== undefined);
  return {
    plannedStartAt: below.reduce((first, { plannedStartAt }) => Math.min(first, plannedStartAt), Infinity),
    plannedEndAt: below.reduce((last, { plannedEndAt }) => Math.max(last, plannedEndAt), 0),
    estimatedStartAt: startAt,
    estimatedEndAt: endAt,
    ...(started.length === 0 ? {} : { startedAt: started.reduce((one, other) => Math.min(one, other)) }),
    ...(isOver ? { endedAt: below.reduce((last, { endedAt = 0 }) => Math.max(last, endedAt), 0) } : {}),
  };
}

function plannedAs(known: Outlook | undefined, { startAt, endAt }: Span): Outlook {
  return {
    plannedStartAt: known?.plannedStartAt ?? startAt,
    plannedEndAt: known?.plannedEndAt ?? endAt,
    estimatedStartAt: startAt,
    estimatedEndAt: endAt,
  };
}

function clock({ pausedAt, pausedMs }: Pick<Work, 'pausedAt' | 'pausedMs'>): Pick<Outlook, 'pausedAt' | 'pausedMs'> {
  return { ...(pausedAt === undefined ? {} : { pausedAt }), ...(pausedMs === 0 ? {} : { pausedMs }) };
}

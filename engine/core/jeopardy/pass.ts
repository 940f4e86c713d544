/** One walk through the net of work: when everything starts and ends, as it looks at an instant. */
import type { Instant } from '../../model/order.ts';
import type { Graph, Part, Work } from './graph.ts';

export interface Span {
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** By id of works, of domain orders, and of lines: of domain orders under `whole`, since one without a plan is a work too. */
export interface Spans {
  readonly works: ReadonlyMap<string, Span>;
  readonly whole: ReadonlyMap<string, Span>;
  readonly lines: ReadonlyMap<string, Span>;
}

/** Linear in the size of the order. `sequence`: from `sequenceOf`, the same for every instant. */
export function passAt(graph: Graph, sequence: readonly Point[], at: Instant): Spans {
  const walk = new Walk(graph, graph.pausedAt === undefined ? at : Math.min(at, graph.pausedAt));
  for (const point of sequence) walk.visit(point);
  const lines = new Map<string, Span>();
  for (const [id, { domainOrder }] of graph.parts) {
    const { startAt, endAt } = walk.wholeOf(id);
    const known = lines.get(domainOrder.line);
    lines.set(domainOrder.line, {
      startAt: Math.min(startAt, known?.startAt ?? startAt),
      endAt: Math.max(endAt, known?.endAt ?? endAt),
    });
  }
  return { works: walk.works, whole: walk.whole, lines };
}

/** The start of a domain order, one of its works, or its end. */
export interface Point {
  readonly kind: 'start' | 'work' | 'end';
  readonly part: Part;
  readonly work?: Work;
}

/** Every point behind those that it depends on. Without recursion: orders may be chains of thousands. */
export function sequenceOf({ parts }: Graph): Point[] {
  const points = new Map<string, { readonly point: Point; readonly needs: readonly string[] }>();
  for (const [id, part] of parts) {
    const { parent, after } = part.domainOrder;
    const above = parent !== undefined && parts.has(parent) ? [`start ${parent}`] : [];
    const before = after.flatMap((other) => (parts.has(other) ? [`end ${other}`] : []));
    points.set(`start ${id}`, { point: { kind: 'start', part }, needs: [...above, ...before] });
    const own = new Set(part.works.map((work) => work.id));
    for (const work of part.works) {
      const earlier = work.after.flatMap((other) => (own.has(other) ? [`work ${other}`] : []));
      points.set(`work ${work.id}`, { point: { kind: 'work', part, work }, needs: [`start ${id}`, ...earlier] });
    }
    const needs = [...part.works.map((work) => `work ${work.id}`), ...part.children.map((child) => `end ${child}`)];
    points.set(`end ${id}`, { point: { kind: 'end', part }, needs: [`start ${id}`, ...needs] });
  }
  return sorted(points);
}

function sorted(points: ReadonlyMap<string, { readonly point: Point; readonly needs: readonly string[] }>): Point[] {
  const missing = new Map<string, number>();
  const waiting = new Map<string, string[]>();
  for (const [key, { needs }] of points) {
    missing.set(key, needs.length);
    for (const need of needs) {
      const others = waiting.get(need);
      if (others === undefined) waiting.set(need, [key]);
      else others.push(key);
    }
  }
  const ready = [...points.keys()].filter((key) => missing.get(key) === 0);
  const sequence: Point[] = [];
  for (let place = 0; place < ready.length; place += 1) {
    const key = ready[place] ?? '';
    const found = points.get(key);
    if (found !== undefined) sequence.push(found.point);
    for (const other of waiting.get(key) ?? []) {
      const left = (missing.get(other) ?? 0) - 1;
      missing.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  // Capture and catalogue allow no circle.
  if (sequence.length < points.size) throw new Error('the domain orders of the order wait for each other in a circle');
  return sequence;
}

class Walk {
  readonly works = new Map<string, Span>();
  readonly whole = new Map<string, Span>();
  readonly #starts = new Map<string, Instant>();
  readonly #graph: Graph;
  readonly #now: Instant;

  constructor(graph: Graph, now: Instant) {
    this.#graph = graph;
    this.#now = now;
  }

  wholeOf(id: string): Span {
    const span = this.whole.get(id);
    if (span === undefined) throw new Error(`domain order ${id} was not visited`);
    return span;
  }

  visit({ kind, part, work }: Point): void {
    const { id } = part.domainOrder;
    if (work !== undefined) this.works.set(work.id, this.#workSpan(part, work));
    else if (kind === 'start') this.#starts.set(id, part.startedAt ?? part.endedAt ?? this.#startOf(part));
    else this.whole.set(id, { startAt: this.#starts.get(id) ?? 0, endAt: part.endedAt ?? this.#endOf(part) });
  }

  /** Whatever waits for nothing any more begins now at the earliest; all else when what it waits for is over. */
  #startOf({ domainOrder: { parent = '', after } }: Part): Instant {
    const { parts, notBefore, time } = this.#graph;
    const above = parts.get(parent);
    const isReady =
      (above === undefined || (above.startedAt !== undefined && above.domainOrder.state !== 'on_hold')) &&
      after.every((other) => parts.get(other)?.endedAt !== undefined);
    const before = after.map((other) => this.whole.get(other)?.endAt ?? 0);
    return time.opening(latest([notBefore, this.#starts.get(parent) ?? 0, ...before, ...(isReady ? [this.#now] : [])]));
  }

  #endOf({ domainOrder: { id }, works, children }: Part): Instant {
    const own = works.map((work) => this.works.get(work.id)?.endAt ?? 0);
    const below = children.map((child) => this.whole.get(child)?.endAt ?? 0);
    return latest([this.#starts.get(id) ?? 0, ...own, ...below]);
  }

  #workSpan(part: Part, work: Work): Span {
    const { openedAt, overAt, pausedAt, pausedMs, durationMs, known } = work;
    const { time } = this.#graph;
    if (overAt !== undefined) return { startAt: openedAt ?? overAt, endAt: overAt };
    const now = pausedAt === undefined ? this.#now : Math.min(this.#now, pausedAt);
    const expected = known?.expectedEndAt;
    if (openedAt !== undefined) {
      return { startAt: openedAt, endAt: Math.max(now, expected ?? time.after(openedAt, durationMs + pausedMs)) };
    }
    const before = part.works.filter(({ id }) => work.after.includes(id));
    const isReady = part.startedAt !== undefined && before.every((other) => other.overAt !== undefined);
    const ends = before.map(({ id }) => this.works.get(id)?.endAt ?? 0);
    const earliest = latest([this.#starts.get(part.domainOrder.id) ?? 0, ...ends, ...(isReady ? [now] : [])]);
    const startAt = time.opening(earliest);
    return { startAt, endAt: Math.max(startAt, expected ?? time.after(startAt, durationMs)) };
  }
}

/** Not by spreading: a domain order may have thousands of parts. */
function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((one, other) => Math.max(one, other), 0);
}

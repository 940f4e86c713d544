/** Which orders the findings are about, and of all that was said about each the part that is worth a picture. */
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import type { VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import { below, evidenceOf, isObject, type JsonObject, objectOf, resourceOf, told } from './evidence.ts';

export interface OrderTrace {
  readonly order: string;
  readonly findings: readonly VerificationFinding[];
  readonly steps: readonly TraceStep[];
  /** How many exchanges of it are not shown. */
  readonly leftOut: number;
}

/** An exchange, or how many were left out between two, and where the first of them has its place. */
export type TraceStep =
  | { readonly kind: 'exchange'; readonly exchange: TracedExchange; readonly state?: string }
  | { readonly kind: 'gap'; readonly count: number; readonly order: number };

/** A picture of more messages is not looked at; one of fewer leaves out what explains the breach. */
const mostMessages = 40;

/** Polls in which nothing was new: a few show that it was looked, and how often. */
const mostQuietPolls = 3;

/** In the order of the findings. */
export function orderTraces(record: VerificationRecord): OrderTrace[] {
  const findingsOf = new Map<string, VerificationFinding[]>();
  for (const finding of record.findings) {
    const orders = new Set(evidenceOf(record, finding).flatMap((each) => ordersOf(each, record.trace)));
    for (const order of orders) findingsOf.set(order, [...(findingsOf.get(order) ?? []), finding]);
  }
  return [...findingsOf].map(([order, findings]) => {
    const evidence = new Set(findings.flatMap((finding) => finding.evidence));
    return { order, findings, ...chosen(record.trace, order, evidence) };
  });
}

/** The ids of the orders that an exchange is about; none of one that is about many or no order in particular. */
export function ordersOf({ from, request, outcome }: TracedExchange, { basePath }: Trace): string[] {
  const asked = objectOf(request.body?.text);
  if (from === 'vendor') return idsIn([resourceOf(asked)?.serviceOrder, resourceOf(asked)]);
  const answered = 'status' in outcome && outcome.status < 300 ? objectOf(outcome.body?.text) : undefined;
  const [, collection, id] = (below(basePath, request.path).split('?')[0] ?? '').split('/');
  if (collection === 'cancelServiceOrder') return idsIn([asked?.serviceOrder, answered?.serviceOrder]);
  if (collection !== 'serviceOrder') return [];
  return id === undefined || id === '' ? idsIn([answered]) : [decoded(id)];
}

/** The id of the first that has one. */
function idsIn(resources: readonly unknown[]): string[] {
  const ids = resources.flatMap((each) => (isObject(each) && typeof each.id === 'string' ? [each.id] : []));
  return ids.slice(0, 1);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function chosen(trace: Trace, order: string, evidence: ReadonlySet<string>): Pick<OrderTrace, 'steps' | 'leftOut'> {
  const about = trace.exchanges.filter((each) => evidence.has(each.id) || isAbout(each, trace, order));
  const states = heardStates(about, trace, order);
  const brings = (exchange: TracedExchange) =>
    exchange.request.method !== 'GET' || told(exchange, trace).tone === 'bad' || states.has(exchange.id);
  // Evidence first, then how the order began, then whatever brought news, and the polls that showed nothing new last.
  const rankOf = (exchange: TracedExchange, place: number) =>
    evidence.has(exchange.id) ? 0 : place === 0 ? 1 : brings(exchange) ? 2 : 3;
  const first = about.findIndex(({ id }) => evidence.has(id));
  const ranked = about
    .map((exchange, place) => ({ exchange, rank: rankOf(exchange, place), distance: Math.abs(place - first) }))
    .toSorted((one, other) => one.rank - other.rank || one.distance - other.distance);
  const quiet = ranked.findIndex(({ rank }) => rank === 3);
  const kept = new Set<string>();
  let messages = 0;
  for (const { exchange } of quiet < 0 ? ranked : ranked.slice(0, quiet + mostQuietPolls)) {
    messages += messagesOf(exchange);
    if (messages > mostMessages) break;
    kept.add(exchange.id);
  }
  return { steps: steps(about, kept, states), leftOut: about.length - kept.size };
}

/** A look at the text first: bodies are many, and few of them are about this order. */
function isAbout(exchange: TracedExchange, trace: Trace, order: string): boolean {
  const { request, outcome } = exchange;
  const texts = [request.path, request.body?.text, 'status' in outcome ? outcome.body?.text : undefined];
  const forms = [order, encodeURIComponent(order.toWellFormed()), JSON.stringify(order).slice(1, -1)];
  return (
    texts.some((text) => text !== undefined && forms.some((form) => text.includes(form))) &&
    ordersOf(exchange, trace).includes(order)
  );
}

/** How many arrows it takes: a callback that was simply taken needs none for its answer. */
export function messagesOf({ from, outcome }: TracedExchange): number {
  return from === 'vendor' && 'status' in outcome && outcome.status < 300 ? 1 : 2;
}

/** By exchange the state of the order, where it is another one than was heard before. */
function heardStates(about: readonly TracedExchange[], trace: Trace, order: string): Map<string, string> {
  const changes = new Map<string, string>();
  let last: string | undefined;
  for (const exchange of about) {
    const state = stateIn(exchange, trace, order);
    if (state === undefined || state === last) continue;
    changes.set(exchange.id, state);
    last = state;
  }
  return changes;
}

function stateIn({ from, request, outcome }: TracedExchange, { basePath }: Trace, order: string): string | undefined {
  const stateOf = (resource: JsonObject | undefined) =>
    resource?.id === order && typeof resource.state === 'string' ? resource.state : undefined;
  if (from === 'vendor') return stateOf(resourceOf(objectOf(request.body?.text)));
  if (!('status' in outcome) || outcome.status >= 300) return undefined;
  return below(basePath, request.path).startsWith('/serviceOrder') ? stateOf(objectOf(outcome.body?.text)) : undefined;
}

function steps(
  about: readonly TracedExchange[],
  kept: ReadonlySet<string>,
  states: ReadonlyMap<string, string>,
): TraceStep[] {
  const all: TraceStep[] = [];
  for (const exchange of about) {
    const last = all.at(-1);
    const state = states.get(exchange.id);
    if (kept.has(exchange.id)) all.push({ kind: 'exchange', exchange, ...(state === undefined ? {} : { state }) });
    else if (last?.kind === 'gap') all[all.length - 1] = { ...last, count: last.count + 1 };
    else all.push({ kind: 'gap', count: 1, order: exchange.sentOrder });
  }
  return all;
}

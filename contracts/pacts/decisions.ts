/** The exchanges of a trace, grouped by decision: the same operation, asked in the same shape, answered in the same way. */
import { contractOf } from '../profile/contract.ts';
import {
  answeredJson,
  askedBelow,
  calledBack,
  isSaidObject,
  saidObject,
  saidObjects,
  saidText,
  sentJson,
} from '../records/said.ts';
import type { Trace, TracedExchange } from '../records/trace.ts';
import { publishedApis } from '../schemas/documents.ts';

/** Of a request and its answer. */
export interface Decision {
  readonly operation: string;
  readonly status: number;
  /** The smallest request first. */
  readonly exchanges: readonly [TracedExchange, ...TracedExchange[]];
  /** The actions that are ordered. */
  readonly actions: readonly string[];
  /** Of the order that a create is answered with. */
  readonly state: string | undefined;
  /** A list that is answered has something in it. */
  readonly isFilled: boolean;
  readonly query: URLSearchParams;
}

/** Of an event. */
export interface Announcement {
  /** Below the address of the subscription. */
  readonly path: string;
  readonly state: string | undefined;
  readonly exchanges: readonly [TracedExchange, ...TracedExchange[]];
}

/** @param leaveOut told what no pact can hold, and why. */
export function decisionsIn(trace: Trace, leaveOut: (what: string) => void): Decision[] {
  const seen = trace.exchanges.flatMap((exchange) => {
    const below = askedBelow(trace, exchange);
    if (below === undefined) return [];
    const { method } = exchange.request;
    const contract = contractOf(method, `${publishedApis.TMF641.basePath}${below.path}`);
    const what = `${method} ${below.path.replace(/(?<=^\/\w+)\/.*/, '/{id}')}`;
    const why = whyNot(contract?.api === 'TMF641', exchange, below.query);
    if (why !== undefined) leaveOut(`${what}: ${why}`);
    if (why !== undefined || contract === undefined || exchange.outcome.kind !== 'answered') return [];
    const sent = sentJson(exchange);
    const answered = answeredJson(exchange);
    const decision = {
      operation: contract.operation.id,
      status: exchange.outcome.status,
      actions: [...new Set(actionsIn(sent))].toSorted(),
      state: contract.operation.id === 'createServiceOrder' ? saidText(saidObject(answered).state) : undefined,
      isFilled: Array.isArray(answered) && answered.length > 0,
      query: new URLSearchParams(below.query),
    };
    const names = [...new Set(decision.query.keys())].toSorted();
    const key = JSON.stringify([{ ...decision, query: names }, shapeOf(sent), typeof answered]);
    return [{ key, exchange, decision }];
  });
  return [...Map.groupBy(seen, ({ key }) => key).values()].flatMap((group) => {
    const [first, ...others] = group.toSorted((one, other) => sizeOf(one.exchange) - sizeOf(other.exchange));
    if (first === undefined) return [];
    return [{ ...first.decision, exchanges: [first.exchange, ...others.map(({ exchange }) => exchange)] as const }];
  }) as Decision[]; // a tuple that is not empty, which flatMap does not keep
}

/** A pact holds what was asked as it stands, and what was answered. */
function whyNot(isKnown: boolean, { request, outcome }: TracedExchange, query: string): string | undefined {
  if (!isKnown) return 'no operation of TMF641';
  if (outcome.kind !== 'answered') return outcome.kind === 'malformed' ? 'answered by broken JSON' : outcome.kind;
  if (outcome.status === 401 || outcome.status === 403) return 'about credentials, which are not written down';
  if (/[?&]id=/.test(query)) return 'asks for an id, which is another each time';
  return request.body?.text.includes('[redacted]') ? 'has a secret in it' : undefined;
}

export function announcementsIn(trace: Trace, leaveOut: (what: string) => void): Announcement[] {
  const seen = trace.exchanges.flatMap((exchange) => {
    const callback = calledBack(trace, exchange);
    if (callback === undefined) return [];
    const event = saidObject(saidObject(sentJson(exchange)).event);
    const about = Object.values(event).find(isSaidObject);
    if (about === undefined) leaveOut(`a callback to ${callback.path}: no event`);
    const state = saidText(about?.state);
    return about === undefined ? [] : [{ path: callback.path, state, exchange }];
  });
  return [...Map.groupBy(seen, ({ path, state }) => `${path} ${state}`).values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    return [{ ...first, exchanges: [first.exchange, ...others.map(({ exchange }) => exchange)] as const }];
  }) as Announcement[]; // a tuple that is not empty, which flatMap does not keep
}

function sizeOf({ request }: TracedExchange): number {
  return request.body?.text.length ?? 0;
}

function actionsIn(holder: unknown): string[] {
  return saidObjects(saidObject(holder).serviceOrderItem).flatMap((item) => [
    ...(saidText(item.action) === undefined ? [] : [String(item.action)]),
    ...actionsIn(item),
  ]);
}

/** Every place in it that has a value, with `*` for every element of a list. */
function shapeOf(json: unknown): string[] {
  const places = new Set<string>();
  const visit = (value: unknown, place: string): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, `${place}/*`);
    else if (isSaidObject(value)) for (const [name, inner] of Object.entries(value)) visit(inner, `${place}/${name}`);
    else places.add(place);
  };
  visit(json, '');
  return [...places].toSorted();
}

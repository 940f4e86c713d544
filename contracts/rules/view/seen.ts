/** An exchange as rules look at it: which operation it is, and what was said in it. */

import type { Trace, TracedExchange } from '../../records/trace.ts';
import { publishedApis } from '../../schemas/documents.ts';
import { objectOf, textOf } from './json.ts';

export type OperationName =
  | 'listServiceOrder'
  | 'createServiceOrder'
  | 'retrieveServiceOrder'
  | 'patchServiceOrder'
  | 'deleteServiceOrder'
  | 'listCancelServiceOrder'
  | 'createCancelServiceOrder'
  | 'retrieveCancelServiceOrder'
  | 'registerListener'
  | 'unregisterListener';

export interface Seen {
  readonly exchange: TracedExchange;
  /** Absent: a callback, or a request that no operation of TMF641 fits. */
  readonly operation?: OperationName | undefined;
  /** Of a callback: the subscription's address that it came to, and what follows it. */
  readonly callback?: { readonly subscription: string; readonly rest: string } | undefined;
  /** The id in the path, decoded. */
  readonly id?: string | undefined;
  readonly query: { readonly [name: string]: readonly string[] };
  /** The status of the answer; absent when none came. */
  readonly status?: number | undefined;
  readonly sent: unknown;
  readonly got: unknown;
  /** Method and path with `{id}`: the same for every request of its kind. */
  readonly place: string;
}

const operations = publishedApis.TMF641.operations.map(({ id, method, path }) => ({
  id: id as OperationName, // the names above are those of the published operations, which a test compares
  method,
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`),
}));

export function seenOf(exchange: TracedExchange, { basePath, listenerPath }: Trace): Seen {
  const { method, path, body } = exchange.request;
  const [where = '', search = ''] = path.split('?', 2);
  const answer = 'status' in exchange.outcome ? exchange.outcome : undefined;
  const said = {
    exchange,
    query: queryOf(search),
    status: answer?.status,
    sent: parsed(body?.text),
    got: parsed(answer?.body?.text),
  };
  if (exchange.from === 'vendor') {
    const [subscription = '', ...rest] = where.slice(listenerPath.length).replace(/^\//, '').split('/');
    const event = textOf(objectOf(said.sent).eventType) ?? 'event';
    const below = rest.length === 0 ? '' : `/${rest.join('/')}`;
    return { ...said, callback: { subscription, rest: below }, place: `${method} callback ${event}` };
  }
  const below = where.startsWith(basePath) ? where.slice(basePath.length) : where;
  for (const operation of operations) {
    const match = operation.method === method ? operation.pattern.exec(below) : null;
    if (match === null) continue;
    const id = match[1] === undefined ? undefined : decoded(match[1]);
    return { ...said, operation: operation.id, id, place: `${method} ${operation.path}` };
  }
  return { ...said, place: `${method} ${below.replace(/^(\/\w+)\/.+$/, '$1/{id}')}` };
}

function queryOf(search: string): Record<string, string[]> {
  const query: Record<string, string[]> = {};
  for (const name of new URLSearchParams(search).keys()) {
    Object.defineProperty(query, name, { value: new URLSearchParams(search).getAll(name), enumerable: true });
  }
  return query;
}

export function parsed(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** True when one was over before the other began: what the one showed was so before what the other shows. */
export function isBefore(one: Seen, other: Seen): boolean {
  return one.exchange.endedOrder < other.exchange.sentOrder;
}

export function isSuccess({ status }: Seen): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

export function isRefused({ status }: Seen): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

/** A header of the answer. */
export function answerHeader({ exchange }: Seen, name: string): string | undefined {
  return 'headers' in exchange.outcome ? exchange.outcome.headers[name] : undefined;
}

/** How the answer went, in a few words. */
export function outcomeText(seen: Seen): string {
  const { outcome } = seen.exchange;
  if (outcome.kind === 'answered') return String(outcome.status);
  if (outcome.kind === 'malformed') return `${outcome.status} with a broken body`;
  return { refused: 'connection refused', reset: 'connection reset', timeout: 'no answer in time' }[outcome.kind];
}

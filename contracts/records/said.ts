/** What was said in the exchanges of a trace, as whoever makes something of a trace reads it. */
import type { ExchangeRecord } from './exchange.ts';
import type { Trace, TracedExchange } from './trace.ts';

export type SaidObject = { readonly [name: string]: unknown };

/** The body of the request; `undefined` when there is none, or none that is JSON. */
export function sentJson({ request }: ExchangeRecord): unknown {
  return parsed(request.body?.text);
}

/** The body of the answer. */
export function answeredJson({ outcome }: ExchangeRecord): unknown {
  return 'status' in outcome ? parsed(outcome.body?.text) : undefined;
}

/** `undefined` when no answer came. */
export function statusOf({ outcome }: ExchangeRecord): number | undefined {
  return 'status' in outcome ? outcome.status : undefined;
}

/** Path below the API, and the query with its mark; `undefined` for a callback. */
export function askedBelow(
  trace: Trace,
  { from, request }: TracedExchange,
): { readonly path: string; readonly query: string } | undefined {
  if (from === 'vendor') return undefined;
  const { path, query } = cutAtQuery(request.path);
  return { path: path.startsWith(trace.basePath) ? path.slice(trace.basePath.length) : path, query };
}

/** Which subscription a callback came to, and the path below its address; `undefined` for anything else. */
export function calledBack(
  trace: Trace,
  { from, request }: TracedExchange,
): { readonly subscription: string; readonly path: string } | undefined {
  const { path } = cutAtQuery(request.path);
  if (from !== 'vendor' || !path.startsWith(`${trace.listenerPath}/`)) return undefined;
  const below = path.slice(trace.listenerPath.length + 1);
  const end = below.indexOf('/');
  return end === -1 ? { subscription: below, path: '' } : { subscription: below.slice(0, end), path: below.slice(end) };
}

export function saidObject(value: unknown): SaidObject {
  return isSaidObject(value) ? value : {};
}

export function saidObjects(value: unknown): SaidObject[] {
  return Array.isArray(value) ? value.filter(isSaidObject) : [];
}

export function isSaidObject(value: unknown): value is SaidObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function saidText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function cutAtQuery(path: string): { path: string; query: string } {
  const mark = path.indexOf('?');
  return mark === -1 ? { path, query: '' } : { path: path.slice(0, mark), query: path.slice(mark) };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

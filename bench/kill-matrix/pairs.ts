/** The exchanges of a trace that tell a schema validator something new: each request with its answer, once. */
import { createHash } from 'node:crypto';
import type { RecordedOutcome } from '../../contracts/records/exchange.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';

/** What a proxy between verifier and vendor would see. */
export interface Pair {
  /** The same for all that a schema cannot tell apart. */
  readonly key: string;
  readonly method: string;
  /** Path and query, below where the API lies. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** Absent: the connection was reset. */
  readonly answer?: {
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body?: string;
  };
}

/** @param known keys of pairs that are not wanted. */
export function pairsOf({ basePath, exchanges }: Trace, known: ReadonlySet<string> = new Set()): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const exchange of exchanges) {
    const pair = pairOf(exchange, basePath);
    if (pair !== undefined && !known.has(pair.key) && !pairs.has(pair.key)) pairs.set(pair.key, pair);
  }
  return [...pairs.values()];
}

function pairOf({ from, request, outcome }: TracedExchange, basePath: string): Pair | undefined {
  // Nobody would be there to be judged, or it would not have been an answer by then.
  if (from !== 'verifier' || outcome.kind === 'refused' || outcome.kind === 'timeout') return undefined;
  const { method, headers } = request;
  const path = request.path.startsWith(basePath) ? request.path.slice(basePath.length) : request.path;
  const asked = { method, path, headers, ...(request.body && { body: request.body.text }) };
  const pair = 'status' in outcome ? { ...asked, answer: answerOf(outcome) } : asked;
  const key = createHash('sha256')
    .update(alike(JSON.stringify(pair)))
    .digest('hex')
    .slice(0, 16);
  return { key, ...pair };
}

function answerOf({
  status,
  headers,
  body,
}: Extract<RecordedOutcome, { status: number }>): NonNullable<Pair['answer']> {
  return { status, headers, ...(body && { body: body.text }) };
}

/** Ids and dates that are well formed are alike to a schema. */
function alike(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-01T00:00:00.000Z')
    .replaceAll(/(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])/g, '0'.repeat(16));
}

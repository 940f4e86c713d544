/** Traces written out by hand: one line for each exchange, one after another unless it says otherwise. */

import type { CapabilityStatement } from '../../../contracts/records/capabilities.ts';
import type { RecordedOutcome } from '../../../contracts/records/exchange.ts';
import type { Aim, Trace, TracedExchange } from '../../../contracts/records/trace.ts';
import type { VerificationFinding } from '../../../contracts/records/verification.ts';
import { themes } from '../../../contracts/rules/catalogue.ts';
import { type Judgement, judge } from '../../../contracts/rules/judge.ts';

export const basePath = '/tmf-api/serviceOrdering/v4';
export const start = 1_767_225_600_000;
const json = { 'content-type': 'application/json;charset=utf-8' };

export interface Said {
  readonly from?: 'vendor';
  readonly method: string;
  /** Below the base path; of a callback, below the listener's. */
  readonly path: string;
  readonly sent?: unknown;
  readonly sentHeaders?: { readonly [name: string]: string };
  readonly status?: number;
  readonly got?: unknown;
  readonly headers?: { readonly [name: string]: string };
  /** In place of an answer. */
  readonly outcome?: RecordedOutcome;
  /** `experiment step`. */
  readonly aim?: string;
  readonly wrong?: string;
  readonly credentials?: NonNullable<Aim['credentials']>;
  /** Milliseconds after the start; a second after the one before, by default. */
  readonly atMs?: number;
  readonly takesMs?: number;
}

export function plainTrace(said: readonly Said[], more: Partial<Trace> = {}): Trace {
  return { basePath, listenerPath: '/events', namespace: 'southbound-', ...more, exchanges: said.map(exchangeOf) };
}

function exchangeOf(said: Said, place: number): TracedExchange {
  const { method, path, sent, sentHeaders, atMs = 1_000 * place, takesMs = 10, aim, wrong, credentials } = said;
  const [experiment = '', step = ''] = aim?.split(' ') ?? [];
  const aims = { experiment, step, ...(wrong && { wrong }), ...(credentials && { credentials }) };
  return {
    id: `x${place + 1}`,
    from: said.from ?? 'verifier',
    to: said.from === 'vendor' ? 'verifier' : 'vendor',
    sentAt: start + atMs,
    endedAt: start + atMs + takesMs,
    sentOrder: 2 * place,
    endedOrder: 2 * place + 1,
    request: {
      method,
      path: said.from === 'vendor' ? `/events${path}` : `${basePath}${path}`,
      headers: { ...(sent === undefined ? {} : json), ...sentHeaders },
      ...(sent === undefined ? {} : { body: { text: textOf(sent) } }),
    },
    outcome: said.outcome ?? answered(said),
    ...(aim === undefined ? {} : { aim: aims }),
  };
}

function answered({ status = 200, got, headers }: Said): RecordedOutcome {
  const body = got === undefined ? {} : { body: { text: textOf(got) } };
  return { kind: 'answered', status, headers: { ...(got === undefined ? {} : json), ...headers }, ...body };
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** An order as a legal vendor shows it in that state; started and ended at instants that fit. */
export function order(state: string, more: object = {}): { readonly [attribute: string]: unknown } {
  const begun = ['inProgress', 'pending', 'held', 'completed', 'failed', 'partial'].includes(state);
  return {
    id: 'o1',
    href: `https://vendor.example${basePath}/serviceOrder/o1`,
    externalId: 'e1',
    state,
    orderDate: text(0),
    ...(begun ? { startDate: text(1) } : {}),
    ...(state === 'completed' ? { completionDate: text(2) } : {}),
    ...(state === 'cancelled' ? { cancellationDate: text(2) } : {}),
    ...(state === 'failed' || state === 'rejected' ? { errorMessage: [{ code: '1', reason: 'no' }] } : {}),
    serviceOrderItem: [item('1', itemStateOf(state))],
    ...more,
  };
}

function itemStateOf(state: string): string {
  return state.endsWith('Cancellation') ? 'inProgress' : state;
}

export function item(id: string, state: string, more: object = {}): { readonly [attribute: string]: unknown } {
  return { id, action: 'add', state, service: { serviceSpecification: { id: 's1' } }, ...more };
}

export function cancelTask(state: string, more: object = {}): object {
  const href = `https://vendor.example${basePath}/cancelServiceOrder/c1`;
  return { id: 'c1', href, state, serviceOrder: { id: 'o1' }, ...more };
}

export function text(afterMs: number): string {
  return new Date(start + afterMs).toISOString();
}

export const orderAsked = {
  externalId: 'e1',
  serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 's1' } } }],
};

/** What most traces begin with. */
export const subscribed: Said = {
  method: 'POST',
  path: '/hub',
  sent: { callback: 'https://verifier.example/events/watch' },
  status: 201,
  got: { id: 'h1', callback: 'https://verifier.example/events/watch' },
  aim: 'watch register',
};

export const placed: Said = {
  method: 'POST',
  path: '/serviceOrder',
  sent: orderAsked,
  status: 201,
  got: order('acknowledged'),
  headers: { location: `${basePath}/serviceOrder/o1` },
  aim: 'maximal create',
};

export function look(state: string, more: object = {}): Said {
  return { method: 'GET', path: '/serviceOrder/o1', got: order(state, more) };
}

let events = 0;

/** @param more of the envelope. */
export function told(change: string, state: string, more: { readonly [name: string]: unknown } = {}): Said {
  events += 1;
  const eventType = `ServiceOrder${change}Event`;
  const sent = {
    eventId: `event-${events}`,
    eventTime: text(0),
    eventType,
    event: { serviceOrder: order(state) },
    ...more,
  };
  return { from: 'vendor', method: 'POST', path: '/watch', sent, status: 201 };
}

export function judged(
  trace: Trace,
  options: { statement?: CapabilityStatement; only?: readonly string[] | undefined } = {},
): Judgement {
  const { statement = {}, only } = options;
  return judge(trace, { themes, statement, origin: 'https://vendor.example', on: '2026-01-05', only });
}

/** What is wrong by MUST or SHOULD: `rule: value class`. */
export function breachesOf(said: readonly Said[], only?: readonly string[]): string[] {
  return judged(plainTrace(said), { only }).findings.flatMap(breachText);
}

export function breachText({ level, rule, valueClass }: VerificationFinding): string[] {
  return level === 'MAY' ? [] : [`${rule}: ${valueClass}`];
}

/** What becomes of one rule: `pass`, `fail: value classes`, `inconclusive` or `not applicable`. */
export function verdict(
  rule: string,
  said: readonly Said[],
  options: { statement?: CapabilityStatement; trace?: Partial<Trace> } = {},
): string {
  const { statement = {}, trace = {} } = options;
  const { rules, findings } = judged(plainTrace(said, trace), { statement, only: [rule] });
  const [record] = rules;
  if (record === undefined) throw new Error(`there is no rule ${rule}`);
  return record.verdict === 'fail'
    ? `fail: ${findings.map(({ valueClass }) => valueClass).join(', ')}`
    : record.verdict;
}

/** One line of a table: what is given, and what becomes of the rule. */
export type Row = [what: string, expected: string, said: readonly Said[], statement?: CapabilityStatement];

export const refusal = (status: number): Pick<Said, 'status' | 'got'> => ({
  status,
  got: { code: '20', reason: 'no', status: String(status) },
});

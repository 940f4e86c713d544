/** One exchange of a verification in few words: who asked whom what, when, and what came of it. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import type { VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import { plural } from '../story.ts';

export interface ToldExchange {
  /** `POST /serviceOrder (2 items)`, or for a callback the type of its event. */
  readonly asked: string;
  /** `201 acknowledged`, or how there was no answer. */
  readonly answered: string;
  /** Bad: no answer, or an error that was not asked for. */
  readonly tone: 'plain' | 'bad';
}

export function told(exchange: TracedExchange, trace: Trace): ToldExchange {
  const { outcome, aim } = exchange;
  const asked = exchange.from === 'vendor' ? eventTitle(exchange, trace) : requestTitle(exchange, trace);
  if (!('status' in outcome)) return { asked, answered: noAnswer[outcome.kind], tone: 'bad' };
  const provoked = aim?.wrong !== undefined || aim?.credentials !== undefined;
  const bad = outcome.kind === 'malformed' || outcome.status >= 500 || (outcome.status >= 400 && !provoked);
  return { asked, answered: `${outcome.status}${detailOf(outcome)}`, tone: bad ? 'bad' : 'plain' };
}

const noAnswer = {
  refused: 'could not be reached',
  reset: 'broke the connection',
  timeout: 'no answer in time',
} as const;

function detailOf({
  kind,
  status,
  body,
}: Extract<ExchangeRecord['outcome'], { kind: 'answered' | 'malformed' }>): string {
  if (kind === 'malformed') return ', not as it should be written';
  const said = objectOf(body?.text);
  const detail = status >= 400 ? (said?.reason ?? said?.message) : said?.state;
  return typeof detail === 'string' ? ` ${detail}` : '';
}

function requestTitle({ request }: TracedExchange, trace: Trace): string {
  const items = objectOf(request.body?.text)?.serviceOrderItem;
  const state = objectOf(request.body?.text)?.state;
  const detail = Array.isArray(items) ? ` (${plural(items.length, 'item')})` : '';
  return `${request.method} ${below(trace.basePath, request.path)}${typeof state === 'string' ? ` (${state})` : detail}`;
}

function eventTitle({ request }: TracedExchange, trace: Trace): string {
  const body = objectOf(request.body?.text);
  const type = body?.eventType;
  if (typeof type !== 'string') return `${request.method} ${below(trace.listenerPath, request.path)}`;
  const state = resourceOf(body)?.state;
  return `${typeof state === 'string' ? `${type}: ${state}` : type}${listenerIn(request.path, trace)}`;
}

/** Which of several listeners it came to: the same event at two of them is no repetition. */
function listenerIn(path: string, trace: Trace): string {
  const [, name = ''] = below(trace.listenerPath, path).split('/');
  return name === '' || name === 'listener' ? '' : `, to ${name}`;
}

/** What an event is about: the first and only thing below `event`. */
export function resourceOf(body: JsonObject | undefined): JsonObject | undefined {
  const resource = isObject(body?.event) ? Object.values(body.event)[0] : undefined;
  return isObject(resource) ? resource : undefined;
}

export function below(place: string, path: string): string {
  return path.startsWith(`${place}/`) ? path.slice(place.length) : path;
}

/** The exchanges that show a finding, as far as the trace has them. */
export function evidenceOf({ trace }: VerificationRecord, { evidence }: VerificationFinding): TracedExchange[] {
  const wanted = new Set(evidence);
  return trace.exchanges.filter(({ id }) => wanted.has(id));
}

/** `+0:01.234` since the start, with hours from the first one on. */
export function since(start: string, at: number): string {
  const gone = at - Date.parse(start);
  const [sign, rest] = [gone < 0 ? '-' : '+', Math.abs(gone)];
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const hours = rest < 3_600_000 ? '' : `${Math.floor(rest / 3_600_000)}:`;
  const minutes = hours === '' ? String(Math.floor(rest / 60_000)) : two((rest / 60_000) % 60);
  return `${sign}${hours}${minutes}:${two((rest / 1000) % 60)}.${String(rest % 1000).padStart(3, '0')}`;
}

export interface JsonObject {
  readonly [name: string]: unknown;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body, when it is a JSON object. */
export function objectOf(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const methods = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);

/** Where in the body a finding points: `/state` of `GET /serviceOrder/{id} 200 /state`, and of `ServiceOrder /state`. */
export function pointerOf({ path }: VerificationFinding): string | undefined {
  const [first = '', ...rest] = path.split(' ');
  const last = (methods.has(first) ? rest.slice(1) : rest).at(-1);
  return last?.startsWith('/') === true && last !== '/' ? last : undefined;
}

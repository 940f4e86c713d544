/** What happened, told in sentences: one for each thing a reader wants to know, none for what goes without saying. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { MoveRecord, RunRecord, StepRecord } from '../contracts/records/run.ts';
import type { Fault, Weather, WeatherRecord } from '../contracts/records/weather.ts';
import { asked, foundIn, results } from './questions.ts';

export interface StoryLine {
  /** Epoch milliseconds on the kernel's clock. */
  readonly at: number;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
}

/** The sentences of one step of the order management. */
export function storyOfStep({ at, input, story }: StepRecord): StoryLine[] {
  const { moves } = story;
  const lines = [
    ...captured(moves),
    ...approved(moves),
    ...sent(moves),
    ...outbound(moves),
    ...asked(moves),
    ...results(moves),
    ...tasks(moves),
    ...jeopardies(moves),
    ...closed(moves),
    ...fallouts(moves),
    ...ended(moves),
  ];
  const quiet = input.type === 'ReportFulfillment' && moves.length === 0;
  return quiet ? [] : lines.map((line) => ({ at, ...line }));
}

type Sentence = Omit<StoryLine, 'at'>;

function captured(moves: readonly MoveRecord[]): Sentence[] {
  return moves
    .filter(({ thing, event }) => thing === 'order' && event === 'create')
    .map(({ number }) => ({ tone: 'plain', text: `${number} captured` }));
}

function approved(moves: readonly MoveRecord[]): Sentence[] {
  const order = moves.find(({ thing, event }) => thing === 'order' && event === 'approve');
  if (order === undefined) return [];
  const born = moves
    .filter(({ thing, event }) => thing === 'domainOrder' && event === 'create')
    .map(({ number }) => number);
  const kinds = [
    ['PO', 'product'],
    ['SO', 'service'],
    ['RO', 'resource'],
    ['WO', 'work'],
  ].flatMap(([prefix = '', kind]) => {
    const count = born.filter((number) => number.startsWith(prefix)).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return [
    { tone: 'plain', text: `${order.number} approved` },
    { tone: 'plain', text: `${order.number} decomposed into ${listed(kinds) || 'no'} orders` },
  ];
}

function sent(moves: readonly MoveRecord[]): Sentence[] {
  const records = moves.filter(({ thing, event }) => thing === 'outboundRequest' && event === 'create');
  if (records.length === 0) return [];
  return [{ tone: 'plain', text: `${plural(records.length, 'outbound request')} made: ${range(records)}` }];
}

const outboundWords: { readonly [state: string]: readonly [Sentence['tone'], string] } = {
  pending: ['plain', 'pending: the order was accepted'],
  fulfilled: ['good', 'fulfilled'],
  error: ['bad', 'in error'],
  failed: ['bad', 'failed: the order was not accepted'],
};

function outbound(moves: readonly MoveRecord[]): Sentence[] {
  const changed = moves.filter(({ thing, event }) => thing === 'outboundRequest' && event !== 'create');
  return [...Map.groupBy(changed, ({ to }) => to)].map(([state, records]) => {
    const [tone, words] = outboundWords[state] ?? ['plain', state];
    return { tone, text: `${range(records)} ${words}` };
  });
}

const taskWords: { readonly [state: string]: readonly [Sentence['tone'], string] } = {
  open: ['plain', 'can be done'],
  awaiting_information: ['plain', 'wait for information'],
  closed_complete: ['good', 'closed'],
  on_hold: ['bad', 'on hold'],
};

/** Where the tasks of the step end up; what they pass through goes without saying. */
function tasks(moves: readonly MoveRecord[]): Sentence[] {
  const last = new Map(moves.filter(({ thing }) => thing === 'task').map((move) => [move.id, move]));
  return [...Map.groupBy(last.values(), ({ to }) => to)].flatMap(([state, moved]) => {
    const words = taskWords[state];
    return words === undefined ? [] : [{ tone: words[0], text: `${range(moved)} ${words[1]}` }];
  });
}

/** Levels, each with what is in that jeopardy now. */
function jeopardies(moves: readonly MoveRecord[]): Sentence[] {
  const changed = moves.filter(({ thing }) => thing === 'jeopardy');
  return [...Map.groupBy(changed, ({ to }) => to)].map(([level, moved]) => {
    const numbers = listed(moved.map(({ number }) => number));
    if (level === 'none') return { tone: 'good', text: `${numbers} in time again, or over` };
    return { tone: 'bad', text: `${numbers} in jeopardy: ${level}` };
  });
}

function closed(moves: readonly MoveRecord[]): Sentence[] {
  const done = moves.filter(({ thing, to }) => thing === 'domainOrder' && to === 'closed_complete');
  const held = moves.filter(({ thing, to }) => thing === 'domainOrder' && to === 'on_hold');
  return [
    ...(done.length === 0
      ? []
      : [{ tone: 'good' as const, text: `${listed(done.map(({ number }) => number))} closed complete` }]),
    ...(held.length === 0
      ? []
      : [{ tone: 'bad' as const, text: `${listed(held.map(({ number }) => number))} on hold` }]),
  ];
}

function fallouts(moves: readonly MoveRecord[]): Sentence[] {
  return moves
    .filter(({ thing }) => thing === 'fallout')
    .map(({ number, to }) => ({ tone: to === 'open' ? 'bad' : 'good', text: `Fallout ${number} ${to}` }));
}

function ended(moves: readonly MoveRecord[]): Sentence[] {
  return moves
    .filter(({ thing, to }) => thing === 'order' && ['completed', 'on_hold', 'rejected', 'canceled'].includes(to))
    .map(({ number, to }) => ({
      tone: to === 'completed' ? 'good' : 'bad',
      text: `${number} ${to.replaceAll('_', ' ')}`,
    }));
}

/** The part of an exchange that is known when it begins. */
export type Asked = Pick<ExchangeRecord, 'from' | 'to' | 'sentAt' | 'request'>;

/** The sentence of a request: `om -> som POST serviceOrder (4 items)`. */
export function storyOfRequest({ from, to, sentAt, request }: Asked): StoryLine {
  return {
    at: sentAt,
    tone: 'plain',
    text: `${from} -> ${to} ${request.method} ${operationOf(request.path)}${detailOf(request.body?.text)}`,
  };
}

/** The sentence of an answer; `undefined` when it is the success that was to be expected, and says nothing more. */
export function storyOfAnswer({ from, to, endedAt, request, outcome }: ExchangeRecord): StoryLine | undefined {
  const what = `${request.method} ${operationOf(request.path)}`;
  if (!('status' in outcome)) {
    const words = { refused: 'could not be reached', reset: 'broke the connection', timeout: 'did not answer in time' }[
      outcome.kind
    ];
    return { at: endedAt, tone: 'bad', text: `${to} ${words}: ${what}` };
  }
  const { status, kind, body } = outcome;
  if (kind === 'malformed')
    return { at: endedAt, tone: 'bad', text: `${to} answers ${from} ${status}, and not in JSON` };
  const said = parsed(body?.text);
  if (status >= 400)
    return {
      at: endedAt,
      tone: 'bad',
      text: `${to} answers ${from} ${status}${spoken(said?.reason)}${spoken(said?.message)}`,
    };
  return typeof said?.state === 'string'
    ? { at: endedAt, tone: 'plain', text: `${to} answers ${from} ${status}: ${stateOf(said)}` }
    : undefined;
}

function spoken(text: unknown): string {
  return typeof text === 'string' ? `: ${text}` : '';
}

/** The whole exchange in one line, for lists of messages. */
export function exchangeTitle(exchange: ExchangeRecord): StoryLine {
  const { text } = storyOfRequest(exchange);
  const { outcome, endedAt } = exchange;
  if (!('status' in outcome)) return { at: endedAt, tone: 'bad', text: `${text}: ${outcome.kind}` };
  const bad = outcome.status >= 400 || outcome.kind === 'malformed';
  return { at: endedAt, tone: bad ? 'bad' : 'plain', text: `${text}: ${outcome.status}` };
}

const faultWords: { readonly [fault in Fault]: string } = {
  'request lost': 'loses the request',
  'answer lost': 'loses the answer',
  late: 'makes the request or its answer late',
  twice: 'doubles the request',
  overtaken: 'lets another request overtake this one',
  busy: 'has it answered by an error',
  'reset before': 'breaks the connection before the request has arrived',
  'reset after': 'breaks the connection before the answer has arrived',
};

/** The sentence of a message that the weather hit. */
export function storyOfWeather({ at, from, to, fault, method, path }: WeatherRecord): StoryLine {
  return { at, tone: 'bad', text: `the weather ${faultWords[fault]}: ${from} -> ${to} ${method} ${operationOf(path)}` };
}

/** The weather of a run in a few words. */
export function weatherText({ stormMs, links }: Weather): string {
  const minutes = Math.round(stormMs / 60_000);
  return `a storm of ${minutes} minutes over ${links.map(({ from, to }) => `${from} -> ${to}`).join(', ')}`;
}

/** Every sentence of a run, in the order of what happened. */
export function storyOf({ journal }: Pick<RunRecord, 'journal'>): StoryLine[] {
  const placed = journal.flatMap((record): (readonly [number, StoryLine | undefined])[] =>
    record.kind === 'exchange'
      ? [
          [record.sentOrder, storyOfRequest(record)],
          [record.endedOrder, storyOfAnswer(record)],
        ]
      : linesOf(record).map((line) => [record.order, line]),
  );
  return placed.toSorted(([one], [other]) => one - other).flatMap(([, line]) => (line === undefined ? [] : [line]));
}

/** What is told of whatever is no exchange. */
export function linesOf(record: StepRecord | WeatherRecord): StoryLine[] {
  return record.kind === 'step' ? storyOfStep(record) : [storyOfWeather(record)];
}

/** The end of a path says which operation it is; an id in it says nothing to a reader. */
export function operationOf(path: string): string {
  const [first = ''] = path.replace(/\/hub\/[^/]+$/, '/hub').split('?');
  const segments = first.split('/').filter((segment) => segment !== '' && !looksLikeId.test(segment));
  return segments.at(-1) ?? '/';
}

/** Hexadecimal digits, alone or after the name of whoever gave the id. */
const looksLikeId = /^([0-9a-f-]{16,}|[a-z][a-z0-9-]*-[0-9a-f]{12,})$/;

/** The state that the message speaks of, or how many items it has. */
function detailOf(text: string | undefined): string {
  const body = parsed(text);
  const resource = isObject(body?.event) ? Object.values(body.event)[0] : body;
  if (!isObject(resource)) return '';
  if (typeof resource.state === 'string') return ` (${stateOf(resource)})`;
  const found = foundIn(resource);
  if (found !== '') return ` (${found})`;
  const items = resource.serviceOrderItem ?? resource.productOrderItem ?? resource.serviceQualificationItem;
  return Array.isArray(items) ? ` (${plural(items.length, 'item')})` : '';
}

/** With what has been found, where it is about a question. */
function stateOf(resource: { readonly [name: string]: unknown }): string {
  const found = foundIn(resource);
  return found === '' ? String(resource.state) : `${resource.state}, ${found}`;
}

function parsed(text: string | undefined): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `FO0000001 and FO0000002`, or from three on `FO0000001 to FO0000004`. */
function range(records: readonly { readonly number: string }[]): string {
  const numbers = records.map(({ number }) => number);
  return numbers.length < 3 ? listed(numbers) : `${numbers[0]} to ${numbers.at(-1)}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `+02:00:00`, or `+1d 04:00:00`, since the start. */
export function sinceStart(at: number, start: number): string {
  const seconds = Math.floor((at - start) / 1000);
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const text = clock.map((part) => String(part).padStart(2, '0')).join(':');
  return days === 0 ? `+${text}` : `+${days}d ${text}`;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Everything that happens in a run, in order, and its digest: the same seed gives the same bytes. */
import { createHash } from 'node:crypto';
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { JournalRecord, StepRecord } from '../contracts/records/run.ts';
import type { WeatherRecord } from '../contracts/records/weather.ts';

export class RunJournal {
  readonly #hash = createHash('sha256');
  readonly #records: JournalRecord[] = [];
  readonly #keep: boolean;
  /** UTF-8, of which a text has at most three bytes for each of its units. */
  readonly #buffer = Buffer.allocUnsafe(256 * 1024);
  #filled = 0;

  readonly #start: number;

  /**
   * @param options.start when the run began; the digest counts time from there.
   * @param options.keep false: only the digest is kept, for runs whose journal would not fit into memory.
   */
  constructor(options: { start: number; keep: boolean }) {
    this.#start = options.start;
    this.#keep = options.keep;
  }

  get records(): readonly JournalRecord[] {
    return this.#records;
  }

  addStep(step: StepRecord): void {
    this.#digested(stepLine(step, this.#start));
    if (this.#keep) this.#records.push(step);
  }

  addExchange(exchange: ExchangeRecord): void {
    const { request, outcome } = exchange;
    const answer = 'status' in outcome ? (outcome.body?.text ?? '') : '';
    this.#digested(exchangeHead(exchange, this.#start), request.body?.text ?? '', answer);
    if (this.#keep) this.#records.push({ kind: 'exchange', ...exchange });
  }

  addWeather(weather: WeatherRecord): void {
    const { order, at, from, to, fault } = weather;
    this.#digested(`${order} ${at - this.#start} ${from} ${to} ${fault}\n`);
    if (this.#keep) this.#records.push(weather);
  }

  /** Few large updates cost much less than many small ones. */
  #digested(...texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#filled + 3 * text.length > this.#buffer.length) this.#flush();
      if (3 * text.length > this.#buffer.length) this.#hash.update(text);
      else this.#filled += this.#buffer.write(text, this.#filled);
    }
  }

  #flush(): void {
    this.#hash.update(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  /** 64 hexadecimal digits. What is added afterwards has no part in it. */
  digest(): string {
    this.#flush();
    return this.#hash.copy().digest('hex');
  }
}

/** A step as it is digested: which input was taken when, on what facts, and every move that came of it. */
function stepLine({ order, at, orderId, entry, input, versions, story }: StepRecord, start: number): string {
  const words: (string | number)[] = [
    order,
    at - start,
    orderId,
    entry,
    input.type,
    versions.catalogue,
    versions.policies,
  ];
  for (const { id, event, to } of story.moves) words.push(id, event, to);
  words.push('\n');
  return words.join(' ');
}

/** An exchange as it is digested, before its bodies: who, when, what was asked and what came of it. */
function exchangeHead(exchange: ExchangeRecord, start: number): string {
  const { from, to, sentAt, endedAt, sentOrder, endedOrder, request, outcome } = exchange;
  const words: (string | number)[] = [from, to, sentAt - start, sentOrder, endedAt - start, endedOrder];
  words.push(request.method, request.path);
  for (const name in request.headers) words.push(name, request.headers[name] ?? '');
  words.push(request.body?.text.length ?? 0, outcome.kind);
  if ('status' in outcome) {
    words.push(outcome.status);
    for (const name in outcome.headers) words.push(name, outcome.headers[name] ?? '');
    words.push(outcome.body?.text.length ?? 0);
  }
  words.push('\n');
  return words.join(' ');
}

/** One digest over the digests of several runs, in their order. */
export function suiteDigest(runs: readonly { readonly digest: string }[]): string {
  const hash = createHash('sha256');
  for (const { digest } of runs) hash.update(`${digest}\n`);
  return hash.digest('hex');
}

/** Everything that happens in a run, in order, and its digest: the same seed gives the same bytes. */
import { createHash } from 'node:crypto';
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { JournalRecord, StepRecord } from '../contracts/records/run.ts';

export class RunJournal {
  readonly #hash = createHash('sha256');
  readonly #records: JournalRecord[] = [];
  readonly #keep: boolean;

  /** @param options.keep false: only the digest is kept, for runs whose journal would not fit into memory. */
  constructor(options: { keep: boolean }) {
    this.#keep = options.keep;
  }

  get records(): readonly JournalRecord[] {
    return this.#records;
  }

  addStep(step: StepRecord): void {
    this.#hash.update(`${JSON.stringify(step)}\n`);
    if (this.#keep) this.#records.push(step);
  }

  addExchange(exchange: ExchangeRecord): void {
    const { request, outcome, ...rest } = exchange;
    const { body: asked, ...head } = request;
    const answered = 'body' in outcome ? outcome.body?.text : undefined;
    const answer =
      'status' in outcome ? { kind: outcome.kind, status: outcome.status, headers: outcome.headers } : outcome;
    this.#hash.update(`${JSON.stringify([rest, head, answer])}\n${asked?.text ?? ''}\n${answered ?? ''}\n`);
    if (this.#keep) this.#records.push({ kind: 'exchange', ...exchange });
  }

  /** 64 hexadecimal digits. What is added afterwards has no part in it. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}

/** One digest over the digests of several runs, in their order. */
export function suiteDigest(runs: readonly { readonly digest: string }[]): string {
  const hash = createHash('sha256');
  for (const { digest } of runs) hash.update(`${digest}\n`);
  return hash.digest('hex');
}

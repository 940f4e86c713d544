/** What happens when, and the exchanges as they are written down: the simulated part of a trace. */
import type { RecordedOutcome } from '../../../../contracts/records/exchange.ts';
import type { Aim, TracedExchange } from '../../../../contracts/records/trace.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly aim?: Aim;
}

export interface Reply {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

const json = { 'content-type': 'application/json;charset=utf-8' };

export class Timeline {
  readonly exchanges: TracedExchange[] = [];
  readonly #tasks: { readonly at: number; readonly place: number; readonly run: () => void }[] = [];
  #now: number;
  #scheduled = 0;
  #order = 0;

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** Does it so many milliseconds later; what is due at the same instant is done in the order in which it was put in. */
  after(ms: number, run: () => void): void {
    this.#tasks.push({ at: this.#now + ms, place: this.#scheduled, run });
    this.#scheduled += 1;
  }

  /** Until nothing is left to do. */
  run(): void {
    while (this.#tasks.length > 0) {
      const next = this.#tasks.reduce((one, other) =>
        other.at < one.at || (other.at === one.at && other.place < one.place) ? other : one,
      );
      this.#tasks.splice(this.#tasks.indexOf(next), 1);
      this.#now = next.at;
      next.run();
    }
  }

  /**
   * One exchange: sent now, seen by the other side after `there`, and over after `back` more.
   * @param answer what the other side does when it has come.
   */
  exchange(
    from: TracedExchange['from'],
    request: Request,
    times: { readonly there: number; readonly back: number },
    answer: () => Reply,
    ended: (reply: Reply) => void = () => undefined,
  ): void {
    const { method, path, headers, body, aim } = request;
    const sent = {
      id: '',
      from,
      to: from === 'vendor' ? ('verifier' as const) : ('vendor' as const),
      sentAt: this.#now,
      sentOrder: this.#tick(),
      request: {
        method,
        path,
        headers: { ...(body === undefined ? {} : json), ...headers },
        ...(body === undefined ? {} : { body: { text: JSON.stringify(body) } }),
      },
      ...(aim === undefined ? {} : { aim }),
    };
    this.after(times.there, () => {
      const reply = answer();
      const outcome: RecordedOutcome = {
        kind: 'answered',
        status: reply.status,
        headers: { ...(reply.body === undefined ? {} : json), ...reply.headers },
        // As it is now: what changes before it arrives is not in it.
        ...(reply.body === undefined ? {} : { body: { text: JSON.stringify(reply.body) } }),
      };
      this.after(times.back, () => {
        this.exchanges.push({ ...sent, endedAt: this.#now, endedOrder: this.#tick(), outcome });
        ended(reply);
      });
    });
  }

  #tick(): number {
    this.#order += 1;
    return this.#order;
  }
}

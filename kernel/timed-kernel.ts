/**
 * The kernel whose time stands while anything is going on (K1, K7). Virtual when it jumps from item to item, paced when
 * it lets the same gaps pass on the wall; the order of work is the same in both.
 */
import { BaseKernel } from './base-kernel.ts';
import { Calls } from './calls.ts';
import { type Instant, limits, type WorkItem } from './kernel.ts';
import { Turns } from './turns.ts';

/** Makes a kernel paced: it says how much of the wall's time must pass before time may move. */
export interface Pace {
  /** Time has just moved, or work has come after a pause: gaps are measured from here on. */
  mark(): void;
  /** Waits until `gapMs` have gone by since the mark. False when interrupted: look again at what is next. */
  wait(gapMs: number, interrupted: Promise<void>): Promise<boolean>;
}

export class TimedKernel extends BaseKernel {
  #now: Instant;
  readonly #pace: Pace | undefined;
  readonly #calls: Calls;
  readonly #runs = new Turns();
  #itemsRun = 0;
  #news: { arrived: Promise<void>; tell: () => void } | undefined;

  constructor(options: { seed: string; start: Instant; pace?: Pace | undefined }) {
    super(options.seed);
    this.#now = options.start;
    this.#pace = options.pace;
    this.#calls = new Calls(() => ({ seed: this.seed, at: this.#now }));
  }

  now(): Instant {
    return this.#now;
  }

  call(label: string, body: () => Promise<void>): void {
    this.#calls.add(label, body);
    this.workAdded();
  }

  rest(until: Instant): Promise<void> {
    if (until <= this.#now) return Promise.resolve();
    const { rung } = this.alarm(until);
    this.park();
    return rung;
  }

  park(): void {
    this.#calls.park();
  }

  /** How many items wait. */
  get waiting(): number {
    return this.queue.size;
  }

  /** How many items have been run since the start. */
  get itemsRun(): number {
    return this.#itemsRun;
  }

  /**
   * Runs what is due up to and including `until`, and all that comes of it, then settles with time standing there; without
   * `until`, runs until nothing waits. Throws a `KernelFault` when a handler or a call fails (a bug) or a limit is passed.
   * A run that is asked for during another comes after it.
   * @param enough asked between items; true ends the run where time stands then.
   */
  run(until: Instant = Number.POSITIVE_INFINITY, enough: () => boolean = () => false): Promise<void> {
    return this.#runs.take(async () => {
      await this.#loop(until, enough);
      if (Number.isFinite(until) && until > this.#now && !enough()) this.#now = until;
    });
  }

  /** Runs until the signal is given, waiting for work from outside whenever there is none. Faults as `run` does. */
  async runUntilAborted(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.workAdded(), { once: true });
    while (!signal.aborted) {
      const news = this.#somethingNew();
      await this.#loop(Number.POSITIVE_INFINITY, () => signal.aborted);
      if (signal.aborted) return;
      await news;
      this.#pace?.mark();
    }
  }

  async #loop(until: Instant, enough: () => boolean): Promise<void> {
    const most = this.#itemsRun + limits.itemsPerRun;
    for (;;) {
      await this.#calls.calm();
      const next = this.queue.first();
      if (next === undefined || next.due > until || enough()) return;
      if (this.#pace !== undefined && next.due > this.#now) {
        if (!(await this.#pace.wait(next.due - this.#now, this.#somethingNew()))) continue;
      }
      if (this.#itemsRun >= most) throw this.fault(`K5: more than ${limits.itemsPerRun} items in one run`, next);
      await this.#runNext(next);
    }
  }

  async #runNext(item: WorkItem): Promise<void> {
    this.queue.take();
    this.#itemsRun += 1;
    if (item.due > this.#now) {
      this.#now = item.due;
      this.#pace?.mark();
    }
    await this.perform(item);
  }

  /** Settles at the next `schedule` or `call`: what is new may come before what was next. */
  #somethingNew(): Promise<void> {
    if (this.#news === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#news = { arrived: promise, tell: resolve };
    }
    return this.#news.arrived;
  }

  protected override beforeWaking(): () => void {
    const call = this.#calls.current;
    return () => this.#calls.resume(call);
  }

  protected override workAdded(): void {
    this.#news?.tell();
    this.#news = undefined;
  }
}

/**
 * Real time, one to one, for `serve`, `mock` and `verify`. It never waits for a call: the answer is a new thing that
 * happens. Items still run one at a time and in order (K2, K3).
 */
import { BaseKernel } from './base-kernel.ts';
import { type Host, machine } from './host.ts';
import { type Instant, KernelFault } from './kernel.ts';

export class SystemKernel extends BaseKernel {
  readonly #host: Host;
  readonly #onFault: (fault: KernelFault) => void;
  #timer: { due: Instant; takeBack: () => void } | undefined;
  #closed = false;

  /** @param options.onFault told of a bug: a handler or a call that failed. The kernel goes on with the next item. */
  constructor(options: { seed: string; onFault: (fault: KernelFault) => void; host?: Host | undefined }) {
    super(options.seed);
    this.#host = options.host ?? machine;
    this.#onFault = options.onFault;
  }

  now(): Instant {
    return this.#host.now();
  }

  call(label: string, body: () => Promise<void>): void {
    body().catch((cause: unknown) => this.#report(this.fault(`call "${label}" failed: ${cause}`, undefined, cause)));
  }

  rest(until: Instant): Promise<void> {
    return until <= this.now() ? Promise.resolve() : this.alarm(until).rung;
  }

  park(): void {
    // Nobody waits for a call here, so there is nothing to put aside.
  }

  /** Runs nothing more; what waits is left waiting. */
  close(): void {
    this.#closed = true;
    this.#timer?.takeBack();
    this.#timer = undefined;
  }

  protected override beforeWaking(): () => void {
    return () => {};
  }

  /** Keeps one timer of the machine's, for the item that is due first. */
  protected override workAdded(): void {
    const next = this.queue.first();
    if (next === undefined || this.#closed) return;
    if (this.#timer !== undefined && this.#timer.due <= next.due) return;
    this.#timer?.takeBack();
    const takeBack = this.#host.after(next.due - this.now(), () => {
      this.#timer = undefined;
      this.#runDue();
    });
    this.#timer = { due: next.due, takeBack };
  }

  #runDue(): void {
    const now = this.now();
    for (let next = this.queue.first(); next !== undefined && next.due <= now; next = this.queue.first()) {
      this.queue.take();
      this.perform(next).catch((fault: unknown) => this.#report(fault));
    }
    this.workAdded();
  }

  #report(fault: unknown): void {
    this.#onFault(fault instanceof KernelFault ? fault : this.fault(`${fault}`, undefined, fault));
  }
}

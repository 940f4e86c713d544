/** The calls of a kernel that holds time (K7): opened one after another, each until it closes or parks. */
import { type Instant, KernelFault, limits } from './kernel.ts';

interface Call {
  readonly label: string;
  readonly body: () => Promise<void>;
  state: 'waiting' | 'open' | 'parked' | 'closed';
}

export class Calls {
  readonly #waiting: Call[] = [];
  #open: Call | undefined;
  #calmed: (() => void) | undefined;
  #fault: unknown;
  readonly #where: () => { seed: string; at: Instant };

  constructor(where: () => { seed: string; at: Instant }) {
    this.#where = where;
  }

  /** The call that is open now; what happens meanwhile happens inside it. */
  get current(): Call | undefined {
    return this.#open;
  }

  add(label: string, body: () => Promise<void>): void {
    if (this.#waiting.length >= limits.calls) {
      throw new KernelFault(
        `K5: more than ${limits.calls} calls wait to be opened; the latest is "${label}"`,
        this.#where(),
      );
    }
    this.#waiting.push({ label, body, state: 'waiting' });
  }

  /** Opens the calls that wait, one after another, and settles when none is open any more. */
  async calm(): Promise<void> {
    for (;;) {
      if (this.#fault !== undefined) throw this.#fault;
      if (this.#open === undefined) {
        const next = this.#waiting.shift();
        if (next === undefined) return;
        this.#start(next);
      }
      if (this.#open !== undefined) {
        await new Promise<void>((resolve) => {
          this.#calmed = resolve;
        });
      }
    }
  }

  /** The open call goes aside: it waits for time. */
  park(): Call | undefined {
    const call = this.#open;
    if (call === undefined) return undefined;
    call.state = 'parked';
    this.#setOpen(undefined);
    return call;
  }

  /** A parked call goes on. A call that closed meanwhile stays closed. */
  resume(call: Call | undefined): void {
    if (call === undefined || call.state !== 'parked') return;
    call.state = 'open';
    this.#setOpen(call);
  }

  #start(call: Call): void {
    call.state = 'open';
    this.#open = call;
    call.body().then(
      () => this.#close(call),
      (fault: unknown) => {
        this.#fault ??= new KernelFault(`call "${call.label}" failed: ${fault}`, { ...this.#where(), cause: fault });
        this.#close(call);
      },
    );
  }

  #close(call: Call): void {
    call.state = 'closed';
    if (this.#open === call) this.#setOpen(undefined);
  }

  #setOpen(call: Call | undefined): void {
    this.#open = call;
    if (call !== undefined) return;
    this.#calmed?.();
    this.#calmed = undefined;
  }
}

export type { Call };

/** What every kernel shares: the queue, the turns, the handlers, the alarms and the streams of chance. */
import { type Chance, chanceStream } from './chance.ts';
import {
  type Alarm,
  type Bell,
  type Handler,
  type Instant,
  type Kernel,
  KernelFault,
  limits,
  type WorkItem,
} from './kernel.ts';
import { WorkQueue } from './queue.ts';
import { Turns } from './turns.ts';

/** Items to this address wake an alarm; they are no handler's work and take no turn. */
const alarmAddress = 'kernel.alarm';

export abstract class BaseKernel implements Kernel {
  readonly seed: string;
  protected readonly queue = new WorkQueue();
  readonly #turns = new Turns();
  readonly #handlers = new Map<string, Handler>();
  readonly #streams = new Map<string, Chance>();
  readonly #alarms = new Map<string, () => void>();
  #alarmCount = 0;

  constructor(seed: string) {
    this.seed = seed;
  }

  abstract now(): Instant;
  abstract call(label: string, body: () => Promise<void>): void;
  abstract rest(until: Instant): Promise<void>;
  abstract park(): void;
  /** What must happen when an alarm set now rings, before the one who set it goes on. */
  protected abstract beforeWaking(): () => void;
  /** New work has come. */
  protected abstract workAdded(): void;

  handle(to: string, handler: Handler): void {
    if (this.#handlers.has(to)) throw this.fault(`two handlers for items to "${to}"`);
    this.#handlers.set(to, handler);
  }

  forget(to: string): void {
    this.#handlers.delete(to);
    this.queue.removeAllTo(to);
  }

  schedule(item: WorkItem): void {
    if (this.queue.size >= limits.waiting) throw this.fault(`K5: more than ${limits.waiting} items wait`, item);
    this.queue.add(item);
    this.workAdded();
  }

  cancel(id: string): boolean {
    return this.queue.remove(id);
  }

  exclusively<T>(task: () => T | Promise<T>): Promise<T> {
    return this.#turns.take(task);
  }

  alarm(due: Instant): Alarm {
    const { id, rung } = this.#waking();
    this.schedule({ id, to: alarmAddress, due, data: {} });
    return {
      rung,
      cancel: () => {
        this.cancel(id);
        this.#alarms.delete(id);
      },
    };
  }

  bell(): Bell {
    const { id, rung } = this.#waking();
    return {
      rung,
      ring: () => {
        if (this.#alarms.has(id)) this.schedule({ id, to: alarmAddress, due: this.now(), data: {} });
      },
    };
  }

  /** What wakes the open call, once an item of that id runs. */
  #waking(): { id: string; rung: Promise<void> } {
    this.#alarmCount += 1;
    const id = `${alarmAddress}/${this.#alarmCount}`;
    const prepare = this.beforeWaking();
    const rung = new Promise<void>((resolve) => {
      this.#alarms.set(id, () => {
        prepare();
        resolve();
      });
    });
    return { id, rung };
  }

  chance(stream: string): Chance {
    let chance = this.#streams.get(stream);
    if (chance === undefined) {
      chance = chanceStream(this.seed, stream);
      this.#streams.set(stream, chance);
    }
    return chance;
  }

  /** Runs one item to completion (K3). Rejects with a `KernelFault` when its handler fails. */
  protected async perform(item: WorkItem): Promise<void> {
    if (item.to === alarmAddress) return this.#ring(item.id);
    const handler = this.#handlers.get(item.to);
    if (handler === undefined) throw this.fault(`nobody handles items to "${item.to}"`, item);
    try {
      await this.exclusively(() => handler(item));
    } catch (cause) {
      if (cause instanceof KernelFault) throw cause;
      throw this.fault(`the handler of "${item.to}" failed: ${cause}`, item, cause);
    }
  }

  protected fault(message: string, item?: WorkItem, cause?: unknown): KernelFault {
    return new KernelFault(message, { seed: this.seed, at: this.now(), item, cause });
  }

  #ring(id: string): void {
    const wake = this.#alarms.get(id);
    this.#alarms.delete(id);
    wake?.();
  }
}

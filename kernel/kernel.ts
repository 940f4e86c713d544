/**
 * The one face of time, order of work and chance; three kernels implement it: virtual, paced and system.
 *
 * K1  Time moves only to the due instant of the next work item, and stops at each.
 * K2  Items due at the same instant run in the order in which they were scheduled.
 * K3  One item runs at a time, to completion; a task that arrives meanwhile waits its turn.
 * K4  Chance is drawn from a named stream of the seed. Ids come from it too.
 * K5  Every loop and queue has a limit; going over it stops the run with seed, instant and item.
 * K6  How long a simulated reply takes is data: the reply is an item due at that instant. Silence is an answer too.
 * K7  Whatever gives a promise is opened as a call. While a call is open, time stands; what the call brings runs at
 *     once, inside it. Calls open one after another. A call that waits for time parks, and time goes on.
 *
 * K1 and K7 bind the virtual and the paced kernel. The system kernel keeps time with the machine and never waits for a
 * call: there, what a call brings is simply the next thing to happen.
 */
import type { Chance } from './chance.ts';
import type { Json } from './json.ts';

/** A moment, in whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Something to be done later, as data: it can be stored, printed and compared. */
export interface WorkItem {
  /** Unique among the items waiting; scheduling an id that already waits replaces it. */
  readonly id: string;
  /** The handler it is for, as registered with `handle`. */
  readonly to: string;
  /** When it is due. An instant in the past means: as soon as what is due before it has run. */
  readonly due: Instant;
  readonly data: Json;
}

export type Handler = (item: WorkItem) => void | Promise<void>;

/** A waiting item that wakes the code which set it, rather than a handler. */
export interface Alarm {
  /** Settles when the alarm's instant has come. Never settles once cancelled. */
  readonly rung: Promise<void>;
  cancel(): void;
}

/** A wait that ends when somebody else's work does, rather than at an instant. */
export interface Bell {
  /** Settles once the bell has been rung, in the call that set it. */
  readonly rung: Promise<void>;
  /** Wakes whoever waits, by an item that is due now. To ring again does nothing. */
  ring(): void;
}

export interface Kernel {
  /** What the run can be repeated from: same seed, same run (K4). */
  readonly seed: string;
  now(): Instant;

  /** Registers the one handler for items addressed `to`. Registering twice is a bug and throws. */
  handle(to: string, handler: Handler): void;
  /** Takes the handler away, and every item that waits for it: whoever it was for is no more. */
  forget(to: string): void;
  schedule(item: WorkItem): void;
  /** True if an item of that id was waiting and is now gone. */
  cancel(id: string): boolean;

  /** Runs a task when no item or other task is running (K3); settles with what the task gives. */
  exclusively<T>(task: () => T | Promise<T>): Promise<T>;

  /** Opens a call (K7). The body starts once every call before it has closed or parked. */
  call(label: string, body: () => Promise<void>): void;
  /** Parks the open call, if any, until the instant has come. Returns at once when there is nothing to wait for. */
  rest(until: Instant): Promise<void>;
  /** Parks the open call, if any, for good: only an alarm or a bell set inside it lets it go on. */
  park(): void;
  /** An item that wakes the call which set it. */
  alarm(due: Instant): Alarm;
  /** Wakes the call which set it when it is rung: set it, park, and wait for `rung`. */
  bell(): Bell;

  /** The stream of that name: the same name gives the same stream, and streams do not disturb each other. */
  chance(stream: string): Chance;
}

/** An assertion that failed: the program is wrong, not the world. Carries what is needed to run it again. */
export class KernelFault extends Error {
  readonly seed: string;
  readonly at: Instant;
  readonly item: WorkItem | undefined;

  constructor(message: string, where: { seed: string; at: Instant; item?: WorkItem | undefined; cause?: unknown }) {
    const item = where.item === undefined ? 'none' : JSON.stringify(where.item);
    super(`${message}\n  seed ${where.seed}, instant ${new Date(where.at).toISOString()}, item ${item}`, {
      cause: where.cause,
    });
    this.name = 'KernelFault';
    this.seed = where.seed;
    this.at = where.at;
    this.item = where.item;
  }
}

/**
 * K5. Larger only delays the moment a runaway loop is noticed; smaller would stop honest work: a storm over 100,000
 * orders keeps about ten items waiting for each, and the longest suite runs some tens of millions.
 */
export const limits = {
  /** Items waiting at once. */
  waiting: 5_000_000,
  /** Items run by one `run`. */
  itemsPerRun: 500_000_000,
  /** Calls waiting to be opened. */
  calls: 1_000_000,
} as const;

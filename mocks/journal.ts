/** What a mock has seen and sent: the last exchanges, and those that no behaviour was written for. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';

/**
 * How many exchanges a standalone mock remembers. Larger keeps more memory for as long as it runs; smaller loses the
 * beginning of an order's life, of some twenty exchanges, while it is being looked at.
 */
export const remembered = 10_000;

export interface Unmatched {
  readonly at: number;
  readonly request: string;
  /** The behaviour that came closest, and what in it did not match. */
  readonly nearest: string;
  readonly difference: string;
}

export interface MockJournal {
  readonly exchanges: readonly ExchangeRecord[];
  readonly unmatched: readonly Unmatched[];
}

/** A list that forgets its oldest. */
export class LastOf<Thing> {
  readonly #most: number;
  #things: Thing[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get all(): readonly Thing[] {
    return this.#things;
  }

  add(thing: Thing): void {
    this.#things.push(thing);
    // Cut in bulk, so that adding stays cheap.
    if (this.#things.length > 2 * this.#most) this.#things = this.#things.slice(-this.#most);
  }

  clear(): void {
    this.#things = [];
  }
}

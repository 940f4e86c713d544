/** The machine's own time: the one place where the clock and timers of the runtime are touched. */
import type { Instant } from './kernel.ts';

export interface Host {
  now(): Instant;
  /** Calls back once after `delayMs`; the answer takes the request back. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Longer delays would overflow the runtime's 32-bit timers and fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const machine: Host = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestTimerMs));
    return () => clearTimeout(timer);
  },
};

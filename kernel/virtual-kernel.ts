/** Time that jumps from one work item to the next: three weeks in milliseconds, the same every time. */
import type { Instant } from './kernel.ts';
import { TimedKernel } from './timed-kernel.ts';

/** A Monday morning, so that a report's first instant reads like a working day. */
export const usualStart: Instant = Date.parse('2026-01-05T08:00:00.000Z');

/** @param options.start where time stands at first; by default Monday 2026-01-05, 08:00 UTC. */
export function virtualKernel(options: { seed: string; start?: Instant | undefined }): TimedKernel {
  return new TimedKernel({ seed: options.seed, start: options.start ?? usualStart });
}

/** Virtual time over real sockets: time still stands while a call is open (K7), then each gap passes on the wall. */
import { type Host, machine } from './host.ts';
import type { Instant } from './kernel.ts';
import { type Pace, TimedKernel } from './timed-kernel.ts';
import { usualStart } from './virtual-kernel.ts';

/**
 * @param options.speed how many milliseconds of the kernel's time pass in one of the wall's; `Infinity` does not wait.
 */
export function pacedKernel(options: {
  seed: string;
  start?: Instant | undefined;
  speed: number;
  host?: Host | undefined;
}): TimedKernel {
  const pace = paceOf(options.host ?? machine, options.speed);
  return new TimedKernel({ seed: options.seed, start: options.start ?? usualStart, pace });
}

function paceOf(host: Host, speed: number): Pace {
  let markedAt = host.now();
  return {
    mark: () => {
      markedAt = host.now();
    },
    wait: (gapMs, interrupted) => {
      const remainingMs = gapMs / speed - (host.now() - markedAt);
      if (remainingMs <= 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const takeBack = host.after(remainingMs, () => resolve(true));
        interrupted.then(() => {
          takeBack();
          resolve(false);
        });
      });
    },
  };
}

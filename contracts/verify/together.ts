/** Several tasks at once on the kernel, and waiting for all of them; to be used inside a kernel call (K7). */
import type { Kernel } from '../../kernel/kernel.ts';

export interface Task {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/**
 * Settles when every task has ended; throws what the first that failed has thrown.
 * @param atOnce how many may be under way; whoever comes later waits until one has ended.
 */
export async function together(kernel: Kernel, tasks: readonly Task[], atOnce = tasks.length): Promise<void> {
  if (tasks.length === 0) return;
  const line = [...tasks];
  const failures: unknown[] = [];
  const done = kernel.bell();
  let lanes = Math.min(Math.max(1, atOnce), tasks.length);
  const lane = async (): Promise<void> => {
    for (let task = line.shift(); task !== undefined; task = line.shift()) {
      try {
        await task.run();
      } catch (failure) {
        failures.push(failure);
      }
    }
    lanes -= 1;
    if (lanes === 0) done.ring();
  };
  for (const { label } of tasks.slice(0, lanes)) kernel.call(label, lane);
  kernel.park();
  await done.rung;
  if (failures.length > 0) throw failures[0];
}

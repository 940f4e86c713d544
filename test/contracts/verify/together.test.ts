/** Several tasks at once on the kernel: all of them, so many at a time, and what the first that failed has thrown. */
import { describe, expect, it } from 'vitest';
import { type Task, together } from '../../../contracts/verify/together.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

interface Run {
  readonly events: string[];
  readonly tookMs: number;
  readonly failure: unknown;
}

/** @param durations how long each task takes; one that is negative fails after so long. */
async function ran(durations: readonly number[], atOnce?: number): Promise<Run> {
  const kernel = virtualKernel({ seed: '1' });
  const start = kernel.now();
  const events: string[] = [];
  let failure: unknown;
  let isOver = false;
  kernel.call('all', async () => {
    try {
      const tasks = durations.map((duration, place) => taskOf(kernel, events, place, duration));
      await (atOnce === undefined ? together(kernel, tasks) : together(kernel, tasks, atOnce));
    } catch (thrown) {
      failure = thrown;
    }
    isOver = true;
  });
  await kernel.run(undefined, () => isOver);
  return { events, tookMs: kernel.now() - start, failure };
}

function taskOf(kernel: Kernel, events: string[], place: number, duration: number): Task {
  return {
    label: `task ${place}`,
    run: async () => {
      events.push(`+${place}`);
      await kernel.rest(kernel.now() + Math.abs(duration));
      events.push(`-${place}`);
      if (duration < 0) throw new Error(`task ${place} failed`);
    },
  };
}

describe('tasks', () => {
  it('are all under way at once', async () => {
    const { events, tookMs } = await ran([30, 10, 20]);
    expect(events).toEqual(['+0', '+1', '+2', '-1', '-2', '-0']);
    expect(tookMs).toBe(30);
  });

  it('wait in line when only so many may be under way', async () => {
    const { events, tookMs } = await ran([30, 10, 20, 5], 2);
    expect(events).toEqual(['+0', '+1', '-1', '+2', '-0', '+3', '-2', '-3'].toSorted(() => 0));
    expect(tookMs).toBe(35);
  });

  it.each([1, 2, 3, 7])('are never more than %i under way', async (atOnce) => {
    const { events } = await ran([3, 9, 1, 4, 4, 8, 2, 0, 5], atOnce);
    let [now, most] = [0, 0];
    for (const event of events) {
      now += event.startsWith('+') ? 1 : -1;
      most = Math.max(most, now);
    }
    expect(most).toBeLessThanOrEqual(atOnce);
    expect(events.length).toBe(18);
  });

  it('run one after another when nobody may be beside another', async () => {
    expect((await ran([3, 2, 1], 1)).events).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
    expect((await ran([3, 2, 1], 0)).events).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
  });

  it('that take no time are all done', async () => {
    expect((await ran([0, 0, 0], 2)).events.length).toBe(6);
  });

  it('may be none', async () => {
    expect(await ran([])).toEqual({ events: [], tookMs: 0, failure: undefined });
  });

  it('all end, though one fails; what it has thrown comes then', async () => {
    const { events, tookMs, failure } = await ran([30, -10, 20]);
    expect(events.length).toBe(6);
    expect(tookMs).toBe(30);
    expect(failure).toEqual(new Error('task 1 failed'));
  });

  it('give what failed first, when several do', async () => {
    expect((await ran([-30, -10], 2)).failure).toEqual(new Error('task 1 failed'));
    expect((await ran([-30, -10], 1)).failure).toEqual(new Error('task 0 failed'));
  });
});

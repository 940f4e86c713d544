import { describe, expect, it } from 'vitest';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { drawnMs, type LatencyInFile, latencyOf } from '../../mocks/script/latency.ts';
import { bodyOf, item, order, simulated } from './simulated.ts';

const drawn = (written: LatencyInFile, count: number, seed = '1') => {
  const kernel = virtualKernel({ seed });
  return Array.from({ length: count }, () => drawnMs(latencyOf(written), kernel, 'test'));
};

describe('a latency', () => {
  it('is fixed, and draws nothing', () => {
    const never = {
      chance: () => {
        throw new Error('drawn');
      },
    };
    expect(drawnMs(latencyOf('PT0.1S'), never, 'test')).toBe(100);
  });

  it('is uniform between the two', () => {
    const times = drawn({ uniform: ['PT1S', 'PT5S'] }, 10_000);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(5_000);
    expect(times.reduce((sum, each) => sum + each) / times.length).toBeCloseTo(3_000, -2);
  });

  it('is lognormal: half below the median, one in twenty beyond 2.7 of them, none beyond the most', () => {
    const times = drawn({ lognormal: { median: 'PT2S', sigma: 0.6, most: 'PT10S' } }, 10_000);
    const share = (above: number) => times.filter((each) => each > above).length / times.length;
    expect(share(2_000)).toBeCloseTo(0.5, 1);
    expect(share(5_366)).toBeCloseTo(0.05, 1.5);
    expect(Math.max(...times)).toBe(10_000);
    expect(times.every(Number.isInteger)).toBe(true);
  });

  it('is the same from the same seed', () => {
    const lognormal = { median: 'PT2S', sigma: 1 };
    expect(drawn({ lognormal }, 5)).toEqual(drawn({ lognormal }, 5));
    expect(drawn({ lognormal }, 5)).not.toEqual(drawn({ lognormal }, 5, '2'));
  });

  it('is drawn for answers, steps and callbacks', async () => {
    const uniform = ['PT1M', 'PT59M'];
    const run = async () => {
      const { kernel, place, subscribe, toldAt } = simulated({
        latency: { uniform: ['PT1S', 'PT20S'] },
        delay: { uniform: ['PT1S', 'PT10S'] },
        behaviours: [{ answer: 'accept', then: [{ after: { uniform }, state: 'completed' }] }],
      });
      await subscribe();
      const start = kernel.now();
      for (const externalId of ['r-1', 'r-2', 'r-3']) await place(order(externalId));
      const answeredAfter = kernel.now() - start;
      await kernel.run();
      return { answeredAfter, told: toldAt.map((at) => at - start) };
    };
    const { answeredAfter, told } = await run();
    expect(answeredAfter).toBeGreaterThan(3_000);
    // Of each order: that it is new, in progress, and completed.
    expect(new Set(told).size).toBe(9);
    expect(await run()).toEqual({ answeredAfter, told });
  });
});

describe('outcomes', () => {
  const outcomes = [
    { weight: 9, answer: 'accept', then: [{ after: 'PT1H', state: 'completed' }] },
    { weight: 1, latency: 'PT1S', answer: { refuse: 503 } },
  ];

  async function answers(seedOrders: number) {
    const { place, som } = simulated({ behaviours: [{ outcomes }] });
    const statuses: number[] = [];
    for (let index = 0; index < seedOrders; index += 1) {
      const answer = await place(order(`r-${index}`));
      statuses.push(answer.kind === 'answered' ? answer.response.status : 0);
    }
    return { statuses, taken: som.orders.size };
  }

  it('are drawn by their weights', async () => {
    const { statuses, taken } = await answers(1_000);
    const refused = statuses.filter((status) => status === 503).length;
    expect(refused).toBeGreaterThan(70);
    expect(refused).toBeLessThan(130);
    expect(taken).toBe(1_000 - refused);
  });

  it('are the same from the same seed', async () => {
    expect(await answers(50)).toEqual(await answers(50));
  });

  it('are drawn for those orders only that the behaviour is for', async () => {
    const { place } = simulated({
      behaviours: [
        { when: { specification: 'router' }, answer: { refuse: 400, reason: 'no routers' } },
        { outcomes: [outcomes[0], { weight: 0.000_001, answer: 'silence' }] },
      ],
    });
    expect(bodyOf(await place(order('r-1', item('a', 'router')))).reason).toBe('no routers');
    expect(bodyOf(await place(order('r-2', item('a')))).state).toBe('acknowledged');
  });
});

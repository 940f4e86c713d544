import { describe, expect, it } from 'vitest';
import { KernelFault } from '../../kernel/kernel.ts';
import { pacedKernel } from '../../kernel/paced-kernel.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { FakeHost, settled } from '../support/fake-host.ts';
import { kernelContract } from './kernel-contract.ts';

kernelContract('virtual', (seed) => {
  const kernel = virtualKernel({ seed });
  return { kernel, pass: (ms) => kernel.run(kernel.now() + ms) };
});

kernelContract('paced', (seed) => {
  const host = new FakeHost();
  const kernel = pacedKernel({ seed, speed: 10, host });
  const pass = async (ms: number) => {
    const run = kernel.run(kernel.now() + ms);
    await host.pass(ms / 10 + 1);
    await run;
  };
  return { kernel, pass };
});

kernelContract('system', (seed) => {
  const host = new FakeHost();
  const kernel = new SystemKernel({ seed, host, onFault: (fault) => expect.unreachable(fault.message) });
  return { kernel, pass: (ms) => host.pass(ms) };
});

describe('a kernel that holds time', () => {
  it('takes no timed item while a call is open (K7)', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const ran: string[] = [];
    const answer = Promise.withResolvers<void>();
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    kernel.call('open', () => answer.promise);
    kernel.schedule({ id: 'later', to: 'test', due: kernel.now() + 1_000, data: {} });
    const run = kernel.run();
    await settled();
    expect(ran).toEqual([]);
    answer.resolve();
    await run;
    expect(ran).toEqual(['later']);
  });

  it('opens calls one after another, each when the one before has closed or parked (K7)', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const ran: string[] = [];
    kernel.call('parks', async () => {
      ran.push('first begins');
      await kernel.rest(kernel.now() + 100);
      ran.push('first ends');
    });
    kernel.call('closes', async () => {
      ran.push('second begins');
      await Promise.resolve();
      ran.push('second ends');
    });
    kernel.call('after it', async () => {
      ran.push('third');
    });
    await kernel.run();
    expect(ran).toEqual(['first begins', 'second begins', 'second ends', 'third', 'first ends']);
  });

  it('wakes a parked call by the alarm it set, and leaves one that parked for good alone', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const ran: string[] = [];
    kernel.call('with a limit', async () => {
      const limit = kernel.alarm(kernel.now() + 500);
      kernel.park();
      await limit.rung;
      ran.push(`gave up after ${kernel.now()}`);
    });
    const start = kernel.now();
    await kernel.run();
    expect(ran).toEqual([`gave up after ${start + 500}`]);
  });

  it('stands at the instant it was asked to run to, also when nothing was due', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const start = kernel.now();
    await kernel.run(start + 3_600_000);
    expect(kernel.now()).toBe(start + 3_600_000);
  });

  it('stops between items when it has run enough', async () => {
    const kernel = virtualKernel({ seed: '1' });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    const start = kernel.now();
    for (const second of [1, 2, 3]) {
      kernel.schedule({ id: `at ${second}`, to: 'test', due: start + 1000 * second, data: {} });
    }
    await kernel.run(start + 10_000, () => ran.length === 2);
    expect(ran).toEqual(['at 1', 'at 2']);
    expect(kernel.now()).toBe(start + 2_000);
  });

  it('reports a handler that fails as a bug, with seed, instant and item', async () => {
    const kernel = virtualKernel({ seed: 'abc' });
    kernel.handle('test', () => {
      throw new Error('broken');
    });
    kernel.schedule({ id: 'x', to: 'test', due: kernel.now(), data: { order: 7 } });
    const run = kernel.run();
    await expect(run).rejects.toThrow(KernelFault);
    await expect(run).rejects.toThrow(/broken[\s\S]*seed abc, instant 2026-01-05T08:00:00.000Z, item .*"order":7/);
  });

  it('reports a call that fails as a bug', async () => {
    const kernel = virtualKernel({ seed: '1' });
    kernel.call('to som', async () => {
      throw new Error('broken');
    });
    await expect(kernel.run()).rejects.toThrow(/call "to som" failed: Error: broken/);
  });

  it('reports an item that nobody handles', async () => {
    const kernel = virtualKernel({ seed: '1' });
    kernel.schedule({ id: 'x', to: 'nobody', due: kernel.now(), data: {} });
    await expect(kernel.run()).rejects.toThrow(/nobody handles items to "nobody"/);
  });
});

describe('paced kernel', () => {
  it('lets each gap pass on the wall, divided by its speed', async () => {
    const host = new FakeHost();
    const kernel = pacedKernel({ seed: '1', speed: 60, host });
    const ran: number[] = [];
    kernel.handle('test', () => {
      ran.push(host.now() - 1_000_000);
    });
    const start = kernel.now();
    for (const minute of [1, 2, 4]) {
      kernel.schedule({ id: `${minute}`, to: 'test', due: start + minute * 60_000, data: {} });
    }
    const run = kernel.run();
    await host.pass(10_000);
    await run;
    expect(ran).toEqual([1_000, 2_000, 4_000]);
  });

  it('takes up work that comes from outside while it waits', async () => {
    const host = new FakeHost();
    const kernel = pacedKernel({ seed: '1', speed: 1, host });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    const stop = new AbortController();
    const running = kernel.runUntilAborted(stop.signal);
    await host.pass(1_000);
    kernel.schedule({ id: 'from outside', to: 'test', due: kernel.now() + 50, data: {} });
    await host.pass(1_000);
    expect(ran).toEqual(['from outside']);
    stop.abort();
    await expect(running).resolves.toBeUndefined();
  });

  it('runs an earlier item that arrives while it waits for a later one', async () => {
    const host = new FakeHost();
    const kernel = pacedKernel({ seed: '1', speed: 1, host });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    kernel.schedule({ id: 'later', to: 'test', due: kernel.now() + 1_000, data: {} });
    const run = kernel.run();
    await host.pass(10);
    kernel.schedule({ id: 'earlier', to: 'test', due: kernel.now() + 500, data: {} });
    await host.pass(2_000);
    await run;
    expect(ran).toEqual(['earlier', 'later']);
  });
});

describe('system kernel', () => {
  it('tells of a bug, and goes on with the next item', async () => {
    const host = new FakeHost();
    const faults: KernelFault[] = [];
    const kernel = new SystemKernel({ seed: '1', host, onFault: (fault) => faults.push(fault) });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      if (id === 'bad') throw new Error('broken');
      ran.push(id);
    });
    kernel.schedule({ id: 'bad', to: 'test', due: kernel.now() + 1, data: {} });
    kernel.schedule({ id: 'good', to: 'test', due: kernel.now() + 2, data: {} });
    kernel.call('bad too', async () => {
      throw new Error('torn');
    });
    await host.pass(10);
    expect(ran).toEqual(['good']);
    expect(faults.map(({ message }) => message.split('\n')[0])).toEqual([
      'call "bad too" failed: Error: torn',
      'the handler of "test" failed: Error: broken',
    ]);
  });

  it('does not wait for a call: time goes on while one is open', async () => {
    const host = new FakeHost();
    const kernel = new SystemKernel({ seed: '1', host, onFault: () => {} });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    kernel.call('never answered', () => new Promise(() => {}));
    kernel.schedule({ id: 'on time', to: 'test', due: kernel.now() + 5, data: {} });
    await host.pass(10);
    expect(ran).toEqual(['on time']);
  });

  it('runs nothing more once it is closed', async () => {
    const host = new FakeHost();
    const kernel = new SystemKernel({ seed: '1', host, onFault: () => {} });
    const ran: string[] = [];
    kernel.handle('test', ({ id }) => {
      ran.push(id);
    });
    kernel.schedule({ id: 'x', to: 'test', due: kernel.now() + 5, data: {} });
    kernel.close();
    await host.pass(10);
    expect(ran).toEqual([]);
  });
});

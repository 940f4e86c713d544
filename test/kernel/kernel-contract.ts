/** What every kernel does, whatever its time is made of. */
import { describe, expect, it } from 'vitest';
import type { Kernel, WorkItem } from '../../kernel/kernel.ts';

export interface KernelUnderTest {
  readonly kernel: Kernel;
  /** Lets so much of the kernel's time pass, with everything that happens in it. */
  pass(ms: number): Promise<void>;
}

export function kernelContract(name: string, open: (seed: string) => KernelUnderTest): void {
  describe(`${name} kernel`, () => {
    const at = (kernel: Kernel, id: string, afterMs: number, data: WorkItem['data'] = {}): WorkItem => ({
      id,
      to: 'test',
      due: kernel.now() + afterMs,
      data,
    });

    it('runs items when they are due, in the order of their instants (K1)', async () => {
      const { kernel, pass } = open('1');
      const start = kernel.now();
      const ran: [string, number][] = [];
      kernel.handle('test', ({ id }) => {
        ran.push([id, kernel.now() - start]);
      });
      kernel.schedule(at(kernel, 'late', 300));
      kernel.schedule(at(kernel, 'soon', 100));
      kernel.schedule(at(kernel, 'beyond', 5_000));
      await pass(1_000);
      expect(ran).toEqual([
        ['soon', 100],
        ['late', 300],
      ]);
    });

    it('runs items of one instant in the order of scheduling (K2)', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', ({ id }) => {
        ran.push(id);
      });
      for (const id of ['c', 'a', 'b']) kernel.schedule(at(kernel, id, 50));
      await pass(100);
      expect(ran).toEqual(['c', 'a', 'b']);
    });

    it('runs one item at a time, to completion (K3)', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', async ({ id }) => {
        ran.push(`${id} begins`);
        await Promise.resolve();
        await Promise.resolve();
        ran.push(`${id} ends`);
      });
      kernel.schedule(at(kernel, 'first', 10));
      kernel.schedule(at(kernel, 'second', 10));
      await pass(100);
      expect(ran).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    });

    it('lets a task from outside wait its turn, and gives back what it gives (K3)', async () => {
      const { kernel } = open('1');
      const ran: string[] = [];
      const slow = kernel.exclusively(async () => {
        ran.push('slow begins');
        await Promise.resolve();
        ran.push('slow ends');
        return 1;
      });
      const quick = kernel.exclusively(() => {
        ran.push('quick');
        return 2;
      });
      expect(await Promise.all([slow, quick])).toEqual([1, 2]);
      expect(ran).toEqual(['slow begins', 'slow ends', 'quick']);
    });

    it('goes on after a task that failed, and the failure reaches whoever asked', async () => {
      const { kernel } = open('1');
      const failing = kernel.exclusively(() => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await expect(kernel.exclusively(() => 'yes')).resolves.toBe('yes');
    });

    it('forgets a cancelled item, and says whether there was one', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', ({ id }) => {
        ran.push(id);
      });
      kernel.schedule(at(kernel, 'a', 10));
      expect(kernel.cancel('a')).toBe(true);
      expect(kernel.cancel('a')).toBe(false);
      await pass(100);
      expect(ran).toEqual([]);
    });

    it('replaces an item of the same id that still waits', async () => {
      const { kernel, pass } = open('1');
      const ran: [WorkItem['data'], number][] = [];
      const start = kernel.now();
      kernel.handle('test', ({ data }) => {
        ran.push([data, kernel.now() - start]);
      });
      kernel.schedule(at(kernel, 'a', 10, 'old'));
      kernel.schedule(at(kernel, 'a', 40, 'new'));
      await pass(100);
      expect(ran).toEqual([['new', 40]]);
    });

    it('runs what an item schedules for its own instant, after what is due already', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', ({ id }) => {
        ran.push(id);
        if (id === 'a') kernel.schedule(at(kernel, 'of a', 0));
      });
      kernel.schedule(at(kernel, 'a', 10));
      kernel.schedule(at(kernel, 'b', 10));
      await pass(100);
      expect(ran).toEqual(['a', 'b', 'of a']);
    });

    it('opens calls, and runs what a call brings (K7)', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', () => {
        kernel.call('outside', async () => {
          ran.push('asked');
          await Promise.resolve();
          await kernel.exclusively(() => {
            ran.push('answered');
          });
        });
      });
      kernel.schedule(at(kernel, 'a', 10));
      await pass(100);
      expect(ran).toEqual(['asked', 'answered']);
    });

    it('lets a call rest, and other things happen meanwhile (K6, K7)', async () => {
      const { kernel, pass } = open('1');
      const start = kernel.now();
      const ran: [string, number][] = [];
      kernel.handle('test', ({ id }) => {
        ran.push([id, kernel.now() - start]);
        if (id === 'ask') {
          kernel.call('slow', async () => {
            await kernel.rest(kernel.now() + 200);
            ran.push(['answered', kernel.now() - start]);
          });
        }
      });
      kernel.schedule(at(kernel, 'ask', 10));
      kernel.schedule(at(kernel, 'meanwhile', 100));
      await pass(1_000);
      expect(ran).toEqual([
        ['ask', 10],
        ['meanwhile', 100],
        ['answered', 210],
      ]);
    });

    it('does not rest for what has come already', async () => {
      const { kernel } = open('1');
      await expect(kernel.rest(kernel.now())).resolves.toBeUndefined();
    });

    it('rings an alarm at its instant, and never one that was cancelled', async () => {
      const { kernel, pass } = open('1');
      const rung: string[] = [];
      kernel.alarm(kernel.now() + 10).rung.then(() => rung.push('kept'));
      const other = kernel.alarm(kernel.now() + 20);
      other.rung.then(() => rung.push('cancelled'));
      other.cancel();
      await pass(100);
      expect(rung).toEqual(['kept']);
    });

    it('wakes a call that waits for a bell when it is rung, at that instant, and once (K7)', async () => {
      const { kernel, pass } = open('1');
      const start = kernel.now();
      const ran: [string, number][] = [];
      let ring = () => {};
      kernel.handle('test', ({ id }) => {
        ran.push([id, kernel.now() - start]);
        if (id === 'wait') {
          kernel.call('waits', async () => {
            const bell = kernel.bell();
            ring = bell.ring;
            kernel.park();
            await bell.rung;
            ran.push(['woken', kernel.now() - start]);
            await kernel.rest(kernel.now() + 50);
            ran.push(['rested', kernel.now() - start]);
          });
        } else {
          ring();
          ring();
        }
      });
      kernel.schedule(at(kernel, 'wait', 10));
      kernel.schedule(at(kernel, 'ring', 200));
      kernel.schedule(at(kernel, 'ring again', 300));
      await pass(1_000);
      expect(ran).toEqual([
        ['wait', 10],
        ['ring', 200],
        ['woken', 200],
        ['rested', 250],
        ['ring again', 300],
      ]);
    });

    it('forgets an address: what waits for it is gone, and another may handle it', async () => {
      const { kernel, pass } = open('1');
      const ran: string[] = [];
      kernel.handle('test', ({ id }) => void ran.push(`before ${id}`));
      kernel.handle('other', ({ id }) => void ran.push(`other ${id}`));
      kernel.schedule({ id: 'a', to: 'test', due: kernel.now() + 10, data: {} });
      kernel.schedule({ id: 'b', to: 'other', due: kernel.now() + 20, data: {} });
      kernel.forget('test');
      kernel.handle('test', ({ id }) => void ran.push(`after ${id}`));
      kernel.schedule({ id: 'c', to: 'test', due: kernel.now() + 30, data: {} });
      await pass(100);
      expect(ran).toEqual(['other b', 'after c']);
    });

    it('refuses a second handler for one address', () => {
      const { kernel } = open('1');
      kernel.handle('test', () => {});
      expect(() => kernel.handle('test', () => {})).toThrow(/two handlers for items to "test"/);
    });

    it('draws the same chance from the same seed and stream, and other chance from others (K4)', () => {
      const draw = (seed: string, stream: string) => open(seed).kernel.chance(stream).hex(32);
      expect(draw('1', 'ids')).toBe(draw('1', 'ids'));
      expect(draw('1', 'ids')).not.toBe(draw('2', 'ids'));
      expect(draw('1', 'ids')).not.toBe(draw('1', 'latency'));
    });

    it('keeps streams apart: drawing from one does not move another (K4)', () => {
      const alone = open('1').kernel;
      const beside = open('1').kernel;
      beside.chance('other').fraction();
      expect(beside.chance('ids').hex(16)).toBe(alone.chance('ids').hex(16));
      expect(beside.chance('ids').hex(16)).toBe(alone.chance('ids').hex(16));
    });
  });
}

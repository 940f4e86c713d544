/** Events on their way to subscribers: in order, at least once, again and again, until it is known what became of each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deliveries } from '../../../engine/shell/deliveries.ts';
import type { EventStore } from '../../../engine/shell/event-store.ts';
import { memoryEventStore } from '../../../engine/shell/memory-event-store.ts';
import { type Attempt, nextAttemptAt, retries } from '../../../engine/shell/retry.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import '../../support/property-seed.ts';

/** An answer, and how long it takes. */
type Answer = Attempt & { readonly afterMs?: number };

const delivered: Answer = { kind: 'delivered' };
const away: Answer = { kind: 'failed', reason: 'nobody answers there' };

interface Post {
  readonly kernel: TimedKernel;
  readonly store: EventStore;
  readonly deliveries: Deliveries;
  /** Every attempt: seconds since the start, subscription, event. */
  readonly attempts: string[];
  publish(...events: string[]): Promise<void>;
  /** As if the process had died, and started again on the same store. */
  restart(): Promise<void>;
}

/** @param answers by subscription, what it answers one attempt after another; everything after that is taken. */
async function openPost(
  answers: { readonly [subscription: string]: readonly Answer[] },
  options: { seed?: string } = {},
): Promise<Post> {
  const kernel = virtualKernel({ seed: options.seed ?? '1' });
  const start = kernel.now();
  const store = memoryEventStore();
  const left = new Map(Object.entries(answers).map(([id, each]) => [id, [...each]]));
  for (const id of left.keys()) {
    await store.subscribe({ id, api: 'TMF622', callback: `http://${id}.test`, since: start });
  }
  const attempts: string[] = [];
  const open = () =>
    new Deliveries({
      kernel,
      store: { events: store },
      tell: async ({ id }, event) => {
        attempts.push(`${(kernel.now() - start) / 1000} ${id} ${event.id}`);
        const { afterMs = 0, ...attempt } = left.get(id)?.shift() ?? delivered;
        await kernel.rest(kernel.now() + afterMs);
        return attempt;
      },
    });
  let deliveries = open();
  return {
    kernel,
    store,
    get deliveries() {
      return deliveries;
    },
    attempts,
    publish: async (...events) => {
      for (const id of events) {
        const event = { id, type: 'X', listenerPath: '/listener/x', body: { eventId: id } };
        await deliveries.append({
          events: [...left.keys()].map((subscription) => ({ subscription, event })),
          at: kernel.now(),
        });
      }
    },
    restart: async () => {
      deliveries.abandon();
      deliveries = open();
      await deliveries.resume();
    },
  };
}

describe('a subscriber', () => {
  it('gets one event after another, in their order', async () => {
    const slow = { ...delivered, afterMs: 10_000 };
    const { kernel, store, attempts, publish } = await openPost({ a: [slow, slow] });
    await publish('1', '2');
    await kernel.run(kernel.now() + 5_000);
    await publish('3');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '10 a 2', '20 a 3']);
    expect(await store.subscriptions()).toMatchObject([{ waiting: 0, delivered: 3, failed: 0 }]);
  });

  it('that is slow, or away, holds up nobody else', async () => {
    const { kernel, attempts, publish } = await openPost({
      away: [away],
      slow: [{ ...delivered, afterMs: 60_000 }],
      b: [],
    });
    await publish('1', '2');
    await kernel.run(kernel.now());
    expect(attempts).toEqual(['0 away 1', '0 slow 1', '0 b 1', '0 b 2']);
    await kernel.run();
    expect(attempts.filter((attempt) => !attempt.includes('b'))).toEqual([
      '0 away 1',
      '0 slow 1',
      expect.stringMatching(/^1\.\d+ away 1$/),
      expect.stringMatching(/^1\.\d+ away 2$/),
      '60 slow 2',
    ]);
  });

  it('that cannot take an event now is tried again, after waits that double; those behind it wait too', async () => {
    const { kernel, store, attempts, publish } = await openPost({ a: [away, away, away] });
    await publish('1', '2');
    await kernel.run();
    const at = attempts.map((attempt) => Number(attempt.split(' ')[0]));
    expect(attempts.map((attempt) => attempt.split(' ')[2])).toEqual(['1', '1', '1', '1', '2']);
    const waits = at.slice(1, 4).map((instant, index) => instant - (at[index] ?? 0));
    for (const [index, seconds] of [1, 2, 4].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds);
      expect(waits[index]).toBeLessThanOrEqual(1.2 * seconds);
    }
    expect(at[4]).toBe(at[3]);
    expect(await store.subscriptions()).toMatchObject([{ delivered: 2, failed: 0 }]);
  });

  it('is left alone for as long as it asks', async () => {
    const { kernel, attempts, publish } = await openPost({ a: [{ ...away, retryAfterMs: 120_000 }] });
    await publish('1');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '120 a 1']);
  });

  it('that will not take an event is not asked again: it is a dead letter, and the next is tried at once', async () => {
    const { kernel, store, attempts, publish } = await openPost({ a: [{ kind: 'refused', reason: 'answered 400' }] });
    await publish('1', '2');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '0 a 2']);
    expect(await store.deadLetters()).toMatchObject([{ event: { id: '1' }, attempts: 1, reason: 'answered 400' }]);
  });

  it('that never takes an event gets the next one after a last attempt', async () => {
    const { kernel, store, attempts, publish } = await openPost({
      a: Array.from({ length: retries.attempts }, () => away),
    });
    await publish('1', '2');
    await kernel.run();
    expect(attempts.filter((attempt) => attempt.endsWith(' 1'))).toHaveLength(retries.attempts);
    expect(attempts.at(-1)).toMatch(/ a 2$/);
    const reason = `nobody answers there, ${retries.attempts} times`;
    expect(await store.deadLetters()).toMatchObject([{ event: { id: '1' }, attempts: retries.attempts, reason }]);
  });

  it('that is away for an evening misses nothing', () => {
    let at = 0;
    for (let attempts = 1; attempts < retries.attempts; attempts += 1) {
      at = nextAttemptAt({ kind: 'failed', reason: '' }, { attempts, now: at, lot: 0 }) ?? Number.NaN;
    }
    expect(at / 3_600_000).toBeGreaterThan(4);
    expect(
      nextAttemptAt({ kind: 'failed', reason: '' }, { attempts: retries.attempts, now: 0, lot: 0 }),
    ).toBeUndefined();
  });

  it('that asks to be left alone for ever is tried again all the same', () => {
    const failed = { kind: 'failed', reason: '', retryAfterMs: 1e12 } as const;
    expect(nextAttemptAt(failed, { attempts: 1, now: 0, lot: 1 })).toBe(retries.longestAskedMs);
  });

  it('that is gone is told nothing more', async () => {
    const { kernel, store, attempts, publish } = await openPost({
      a: [{ kind: 'gone', reason: 'answered 410' }],
      b: [],
    });
    await publish('1', '2');
    await kernel.run();
    await publish('3');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '0 b 1', '0 b 2', '0 b 3']);
    expect(await store.subscriptions()).toMatchObject([{ id: 'b' }, { id: 'a', ended: { reason: 'answered 410' } }]);
  });
});

describe('the end of a subscription', () => {
  it('is the end of what waits for it', async () => {
    const { kernel, store, deliveries, attempts, publish } = await openPost({ a: [away] });
    await publish('1', '2');
    await kernel.run(kernel.now());
    await store.unsubscribe('a');
    deliveries.end('a');
    expect(kernel.waiting).toBe(0);
    await publish('3');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1']);
  });

  it('is the end of what is under way: nothing that comes of it is asked', async () => {
    const { kernel, store, deliveries, attempts, publish } = await openPost({
      a: [{ ...away, afterMs: 30_000 }],
      b: [],
    });
    await publish('1', '2');
    await kernel.run(kernel.now() + 10_000);
    await store.unsubscribe('a');
    deliveries.end('a');
    await publish('3');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '0 b 1', '0 b 2', '10 b 3']);
    expect(kernel.waiting).toBe(0);
  });

  it('comes before an event that is on the point of being sent', async () => {
    const { kernel, store, deliveries, attempts, publish } = await openPost({ a: [] });
    await publish('1');
    await store.unsubscribe('a');
    deliveries.end('a');
    await kernel.run();
    expect(attempts).toEqual([]);
  });
});

describe('a restart', () => {
  it('delivers what was stored and not delivered, in order, and what was under way once more', async () => {
    const slow = { ...delivered, afterMs: 30_000 };
    const { kernel, attempts, publish, restart } = await openPost({ a: [delivered, slow] });
    await publish('1', '2', '3');
    await kernel.run(kernel.now() + 10_000);
    await restart();
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '0 a 2', '10 a 2', '10 a 3']);
  });

  it('takes no word from the process that died', async () => {
    const refused: Answer = { kind: 'refused', reason: 'answered 400', afterMs: 30_000 };
    const { kernel, store, publish, restart } = await openPost({ a: [refused, { ...delivered, afterMs: 60_000 }] });
    await publish('1');
    await kernel.run(kernel.now() + 10_000);
    await restart();
    await kernel.run();
    expect(await store.subscriptions()).toMatchObject([{ waiting: 0, delivered: 1, failed: 0 }]);
  });

  it('does not hurry: the next attempt is when it was to be', async () => {
    const { kernel, attempts, publish, restart } = await openPost({ a: [{ ...away, retryAfterMs: 60_000 }, away] });
    await publish('1');
    await kernel.run(kernel.now() + 10_000);
    await restart();
    await kernel.run();
    expect(attempts).toEqual(['0 a 1', '60 a 1', expect.stringMatching(/^62\.\d+ a 1$/)]);
  });

  it('delivers nothing of a process that is dead', async () => {
    const { kernel, store, deliveries, attempts, publish } = await openPost({ a: [away] });
    await publish('1');
    await kernel.run(kernel.now());
    deliveries.abandon();
    await publish('2');
    await kernel.run();
    expect(attempts).toEqual(['0 a 1']);
    expect(await store.subscriptions()).toMatchObject([{ waiting: 1 }]);
  });
});

describe('while the store is being asked what is next', () => {
  /** A post whose store is asked what is next for the first time that `meanwhile` is for, and answers only after it. */
  async function openSlowPost(asked: number, meanwhile: (post: SlowPost) => Promise<void>): Promise<SlowPost> {
    const kernel = virtualKernel({ seed: '1' });
    const memory = memoryEventStore();
    await memory.subscribe({ id: 'a', api: 'TMF622', callback: 'http://a.test', since: 0 });
    const told: string[] = [];
    let times = 0;
    const store: EventStore = {
      ...memory,
      next: async (id) => {
        const next = await memory.next(id);
        times += 1;
        if (times === asked) await meanwhile(post);
        return next;
      },
    };
    const tell = async (_subscription: unknown, { id }: { id: string }): Promise<Attempt> => {
      told.push(id);
      return { kind: 'delivered' };
    };
    const deliveries = new Deliveries({ kernel, store: { events: store }, tell });
    const publish = (id: string) => {
      const event = { id, type: 'X', listenerPath: '/x', body: {} };
      return deliveries.append({ events: [{ subscription: 'a', event }], at: 0 });
    };
    const post: SlowPost = { kernel, store, deliveries, told, publish };
    return post;
  }

  interface SlowPost extends Pick<Post, 'kernel' | 'store' | 'deliveries'> {
    readonly told: readonly string[];
    publish(id: string): Promise<void>;
  }

  it('an event that comes is not overlooked', async () => {
    const { kernel, told, publish } = await openSlowPost(2, (post) => post.publish('2'));
    await publish('1');
    await kernel.run();
    expect(told).toEqual(['1', '2']);
  });

  it('a subscription that ends is told nothing', async () => {
    const { kernel, told, publish } = await openSlowPost(1, async ({ store, deliveries }) => {
      await store.unsubscribe('a');
      deliveries.end('a');
    });
    await publish('1');
    await kernel.run();
    expect(told).toEqual([]);
  });
});

describe('whoever ends the process', () => {
  it('waits for what is being delivered, and not for what is to be tried again', async () => {
    const slow = { ...delivered, afterMs: 3_000 };
    const { kernel, deliveries, publish } = await openPost({
      a: [slow, slow],
      b: [{ ...away, retryAfterMs: 600_000 }],
    });
    await publish('1', '2');
    await kernel.run(kernel.now());
    let calmAt: number | undefined;
    const start = kernel.now();
    const calm = deliveries.calm(60_000).then(() => {
      calmAt = kernel.now();
    });
    await kernel.run(start + 60_000);
    await calm;
    expect((calmAt ?? 0) - start).toBe(6_000);
  });

  it('does not wait for ever', async () => {
    const { kernel, deliveries, publish } = await openPost({ a: [{ ...delivered, afterMs: 30_000 }] });
    await publish('1');
    await kernel.run(kernel.now());
    let isCalm = false;
    deliveries.calm(5_000).then(() => {
      isCalm = true;
    });
    await kernel.run(kernel.now() + 4_999);
    expect(isCalm).toBe(false);
    await kernel.run(kernel.now() + 1);
    expect(isCalm).toBe(true);
  });

  it('does not wait where nothing is being delivered', async () => {
    const { kernel, deliveries, publish } = await openPost({ a: [away] });
    await publish('1');
    await kernel.run(kernel.now());
    await expect(deliveries.calm(5_000)).resolves.toBeUndefined();
  });
});

describe('whatever a subscriber answers', () => {
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('delivered' as const), afterMs: fc.nat(20_000) }) },
    {
      weight: 4,
      arbitrary: fc.record(
        {
          kind: fc.constant('failed' as const),
          reason: fc.constant('away'),
          afterMs: fc.nat(30_000),
          retryAfterMs: fc.nat(90_000),
        },
        { requiredKeys: ['kind', 'reason'] },
      ),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('refused' as const), reason: fc.constant('no') }) },
  );

  type Deed = { readonly passMs: number } | 'event' | 'restart';
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    { weight: 6, arbitrary: fc.constant('event' as const) },
    { weight: 3, arbitrary: fc.record({ passMs: fc.nat(120_000) }) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  );

  it('it is told of every event in turn, but for the dead letters; and twice only if the first answer was lost', async () => {
    const stories = fc.record({
      answers: fc.array(answer, { maxLength: 40 }),
      deeds: fc.array(deed, { maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(stories, async ({ answers, deeds }) => {
        const { kernel, store, attempts, publish, restart } = await openPost({ a: answers, b: [] });
        const published: string[] = [];
        for (const each of deeds) {
          if (each === 'event') {
            published.push(`${published.length + 1}`);
            await publish(published.at(-1) ?? '');
          } else if (each === 'restart') await restart();
          else await kernel.run(kernel.now() + each.passMs);
        }
        await kernel.run();
        const toldOf = (id: string) =>
          attempts.flatMap((each) => (each.split(' ')[1] === id ? [each.split(' ')[2]] : []));
        const distinct = (ids: readonly (string | undefined)[]) => ids.filter((id, place) => ids.indexOf(id) === place);
        // Everybody is told of everything in its turn, whoever else is away.
        expect(distinct(toldOf('b'))).toEqual(published);
        expect(distinct(toldOf('a'))).toEqual(published);
        // Attempts at one event stand together: none is told of before the one before it is settled.
        expect(toldOf('a').filter((id, place, all) => id !== all[place - 1])).toEqual(published);
        const [a] = await store.subscriptions();
        const dead = (await store.deadLetters()).map(({ event }) => event.id);
        expect(a).toMatchObject({ waiting: 0, delivered: published.length - dead.length, failed: dead.length });
        expect(kernel.waiting).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('the same seed gives the same attempts at the same instants', async () => {
    const story = async (seed: string) => {
      const { kernel, attempts, publish } = await openPost({ a: [away, away], b: [away] }, { seed });
      await publish('1', '2');
      await kernel.run();
      return attempts;
    };
    expect(await story('7')).toEqual(await story('7'));
    expect(await story('7')).not.toEqual(await story('8'));
  });
});

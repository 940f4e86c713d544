/** What every store of subscriptions and outboxes does. Nothing is told twice, out of turn, or to somebody who has left. */
import { describe, expect, it } from 'vitest';
import type { EventStore, OutgoingEvent, Settlement, Subscription } from '../../../engine/shell/event-store.ts';
import type { EventLimits } from '../../../engine/shell/memory-event-store.ts';

export interface OpenedEventStore {
  readonly store: EventStore;
  /** Stores an effect, so that appending can complete it. */
  addEffect(id: string): Promise<void>;
  hasEffect(id: string): Promise<boolean>;
}

const at = Date.parse('2026-01-05T08:00:00.000Z');

function subscriptionOf(parts: Partial<Subscription> = {}): Subscription {
  return { id: 's', api: 'TMF622', callback: 'http://crm.test', since: at, ...parts };
}

function eventOf(id: string): OutgoingEvent {
  return { id, type: 'ProductOrderCreateEvent', listenerPath: '/listener/x', body: { eventId: id } };
}

export function eventStoreContract(
  name: string,
  open: (limits?: Partial<EventLimits>) => Promise<OpenedEventStore>,
): void {
  describe(`${name} event store`, () => {
    /** With these subscriptions, and these events in the outbox of each. */
    async function filled(
      events: readonly string[],
      options: { subscriptions?: readonly string[]; limits?: Partial<EventLimits> } = {},
    ): Promise<EventStore> {
      const { store } = await open(options.limits);
      const { subscriptions = ['s'] } = options;
      for (const id of subscriptions) await store.subscribe(subscriptionOf({ id, callback: `http://${id}.test` }));
      await append(store, events, subscriptions);
      return store;
    }

    async function append(store: EventStore, events: readonly string[], to: readonly string[] = ['s']): Promise<void> {
      for (const id of events) {
        await store.append({ events: to.map((subscription) => ({ subscription, event: eventOf(id) })), at });
      }
    }

    /** Settles the first event of the outbox; gives its id. */
    async function settle(store: EventStore, settlement: Settlement, subscription = 's'): Promise<string | undefined> {
      const next = await store.next(subscription);
      if (next !== undefined) expect(await store.settle(subscription, next.event.id, settlement)).toBe(true);
      return next?.event.id;
    }

    /** Takes everything out of the outbox; gives the ids in order. */
    async function drained(store: EventStore, subscription = 's'): Promise<string[]> {
      const ids: string[] = [];
      for (;;) {
        const id = await settle(store, { kind: 'delivered' }, subscription);
        if (id === undefined) return ids;
        ids.push(id);
      }
    }

    const givenUp: Settlement = { kind: 'given up', at: at + 5, reason: 'answered 400' };
    const gone: Settlement = { kind: 'gone', at: at + 9, reason: 'answered 410' };

    async function reportOn(store: EventStore, id = 's') {
      return (await store.subscriptions()).find((each) => each.id === id);
    }

    describe('subscriptions', () => {
      it('are there once they are made, at the hub of their API, in the order in which they were made', async () => {
        const { store } = await open();
        const [b, a, other] = [
          subscriptionOf({ id: 'b' }),
          subscriptionOf({ id: 'a', query: 'eventType=A' }),
          subscriptionOf({ id: 'c', api: 'TMF641' }),
        ];
        for (const subscription of [b, a, other]) expect(await store.subscribe(subscription)).toBe('stored');
        expect(await store.listenersOf('TMF622')).toEqual([b, a]);
        expect(await store.listenersOf('TMF645')).toEqual([]);
        const nothingYet = { waiting: 0, attempts: 0, delivered: 0, failed: 0, deadLetters: 0, deadLettersDropped: 0 };
        expect(await store.subscriptions()).toEqual([b, a, other].map((each) => ({ ...each, ...nothingYet })));
      });

      it.each([[{ query: 'eventType=A' }], [{ callback: 'http://other.test' }], [{ api: 'TMF641' }]])(
        'are the same only if api, callback and query are: not with %j',
        async (different) => {
          const { store } = await open();
          await store.subscribe(subscriptionOf());
          expect(await store.subscribe(subscriptionOf({ id: 'again' }))).toEqual({ known: 's' });
          expect(await store.subscribe(subscriptionOf({ id: 'other', ...different }))).toBe('stored');
          expect(await store.subscriptions()).toHaveLength(2);
        },
      );

      it('are not more than may be', async () => {
        const { store } = await open({ subscriptions: 1 });
        await store.subscribe(subscriptionOf());
        const another = subscriptionOf({ id: 't', callback: 'http://other.test' });
        expect(await store.subscribe(another)).toBe('full');
        await store.unsubscribe('s');
        expect(await store.subscribe(another)).toBe('stored');
      });

      it('leave nothing behind when they end', async () => {
        const store = await filled(['1', '2', '3'], { subscriptions: ['s', 't'] });
        await settle(store, givenUp);
        expect(await store.unsubscribe('s')).toBe(true);
        expect(await store.unsubscribe('s')).toBe(false);
        expect(await store.unsubscribe('unheard of')).toBe(false);
        expect(await store.next('s')).toBeUndefined();
        expect(await store.deadLetters()).toEqual([]);
        expect(await store.settle('s', '2', { kind: 'delivered' })).toBe(false);
        await append(store, ['4'], ['s', 't']);
        expect(await store.next('s')).toBeUndefined();
        expect((await store.subscriptions()).map(({ id }) => id)).toEqual(['t']);
        expect(await drained(store, 't')).toEqual(['1', '2', '3', '4']);
      });
    });

    describe('an outbox', () => {
      it('gives events in the order in which they came, each until it is settled', async () => {
        const store = await filled(['1', '2', '3']);
        const next = await store.next('s');
        const subscription = subscriptionOf({ callback: 'http://s.test' });
        expect(next).toEqual({ subscription, event: eventOf('1'), attempts: 0 });
        expect(await store.next('s')).toEqual(next);
        expect(await drained(store)).toEqual(['1', '2', '3']);
        expect(await store.next('s')).toBeUndefined();
        expect(await reportOn(store)).toMatchObject({ waiting: 0, delivered: 3, failed: 0 });
      });

      it('is one of many: what happens in it says nothing about the others', async () => {
        const store = await filled(['1', '2'], { subscriptions: ['s', 't'] });
        await settle(store, { kind: 'postponed', nextAttemptAt: at + 1_000, reason: 'no answer' });
        expect(await drained(store, 't')).toEqual(['1', '2']);
        expect(await reportOn(store)).toMatchObject({ waiting: 2, attempts: 1 });
      });

      it('keeps what is postponed at its head, with its attempts, and starts anew with the next', async () => {
        const store = await filled(['1', '2']);
        await settle(store, { kind: 'postponed', nextAttemptAt: at + 1_000, reason: 'no answer' });
        await settle(store, { kind: 'postponed', nextAttemptAt: at + 3_000, reason: 'answered 503' });
        expect(await store.next('s')).toMatchObject({ event: { id: '1' }, attempts: 2, nextAttemptAt: at + 3_000 });
        const report = { waiting: 2, attempts: 2, nextAttemptAt: at + 3_000, lastFailure: 'answered 503' };
        expect(await reportOn(store)).toMatchObject(report);
        await settle(store, { kind: 'delivered' });
        expect(await store.next('s')).toEqual({ subscription: expect.anything(), event: eventOf('2'), attempts: 0 });
        expect(await reportOn(store)).not.toHaveProperty('lastFailure');
      });

      it('takes no word on an event that is not at its head', async () => {
        const store = await filled(['1', '2']);
        expect(await store.settle('s', '2', { kind: 'delivered' })).toBe(false);
        expect(await store.settle('s', 'unheard of', { kind: 'delivered' })).toBe(false);
        expect(await drained(store)).toEqual(['1', '2']);
      });

      it('has a limit: what comes when it is full is a dead letter that was never tried', async () => {
        const store = await filled(['1', '2', '3'], { limits: { waiting: 2 } });
        expect(await store.deadLetters()).toMatchObject([
          { event: { id: '3' }, at, attempts: 0, reason: '2 events wait for the subscriber already' },
        ]);
        expect(await drained(store)).toEqual(['1', '2']);
      });
    });

    describe('appending', () => {
      it('completes the effect that the event comes of, and is done once for it', async () => {
        const { store, addEffect, hasEffect } = await open();
        await store.subscribe(subscriptionOf());
        await addEffect('o/1/told');
        const events = [{ subscription: 's', event: eventOf('1') }];
        expect(await store.append({ events, at, completes: 'o/1/told' })).toBe('appended');
        expect(await hasEffect('o/1/told')).toBe(false);
        const again = [{ subscription: 's', event: eventOf('2') }];
        expect(await store.append({ events: again, at, completes: 'o/1/told' })).toBe('repeated');
        expect(await drained(store)).toEqual(['1']);
      });

      it('completes it also where nobody wants to hear of it', async () => {
        const { store, addEffect, hasEffect } = await open();
        await addEffect('o/1/told');
        expect(await store.append({ events: [], at, completes: 'o/1/told' })).toBe('appended');
        expect(await hasEffect('o/1/told')).toBe(false);
      });
    });

    describe('a dead letter', () => {
      it('is what was given up: with its attempts, the reason and the event', async () => {
        const store = await filled(['1', '2']);
        await settle(store, { kind: 'postponed', nextAttemptAt: at + 1, reason: 'no answer' });
        await settle(store, givenUp);
        const subscription = subscriptionOf({ callback: 'http://s.test' });
        const letter = { subscription, event: eventOf('1'), at: at + 5, attempts: 2, reason: 'answered 400' };
        expect(await store.deadLetters()).toEqual([{ id: expect.stringMatching(/^[\w-]+$/), ...letter }]);
        expect(await reportOn(store)).toMatchObject({ waiting: 1, attempts: 0, failed: 1, deadLetters: 1 });
        expect(await drained(store)).toEqual(['2']);
      });

      it('is of one subscription: what one would not take, another may have taken', async () => {
        const store = await filled(['1'], { subscriptions: ['s', 't'] });
        for (const id of ['t', 's']) await settle(store, { ...givenUp, at: id === 't' ? at + 2 : at + 1 }, id);
        const letters = await store.deadLetters();
        expect(letters.map(({ subscription }) => subscription.id)).toEqual(['s', 't']);
        expect(new Set(letters.map(({ id }) => id)).size).toBe(2);
      });

      it('is delivered again behind what waits, under the same id if it fails again', async () => {
        const store = await filled(['1', '2']);
        await settle(store, givenUp);
        const [letter] = await store.deadLetters();
        const id = letter?.id ?? '';
        expect(await store.redeliver(id)).toBe('appended');
        expect(await store.redeliver(id)).toBeUndefined();
        expect(await store.deadLetters()).toEqual([]);
        expect(await settle(store, { kind: 'delivered' })).toBe('2');
        expect(await settle(store, givenUp)).toBe('1');
        expect((await store.deadLetters()).map((each) => each.id)).toEqual([id]);
        expect(await reportOn(store)).toMatchObject({ delivered: 1, failed: 2, deadLetters: 1 });
      });

      it('stays where it is when there is no room for it', async () => {
        const store = await filled(['1', '2'], { limits: { waiting: 1 } });
        const [letter] = await store.deadLetters();
        expect(await store.redeliver(letter?.id ?? '')).toBe('full');
        expect(await store.deadLetters()).toEqual([letter]);
      });

      it('can be removed', async () => {
        const store = await filled(['1', '2']);
        await settle(store, givenUp);
        await settle(store, givenUp);
        const [first] = await store.deadLetters();
        expect(await store.removeDeadLetter(first?.id ?? '')).toBe(true);
        expect(await store.removeDeadLetter(first?.id ?? '')).toBe(false);
        expect((await store.deadLetters()).map(({ event }) => event.id)).toEqual(['2']);
      });

      it('makes room for later ones, which is counted', async () => {
        const store = await filled(['1', '2', '3'], { limits: { deadLetters: 2 } });
        for (let count = 0; count < 3; count += 1) await settle(store, givenUp);
        expect((await store.deadLetters()).map(({ event }) => event.id)).toEqual(['2', '3']);
        expect(await reportOn(store)).toMatchObject({ failed: 3, deadLetters: 2, deadLettersDropped: 1 });
      });
    });

    describe('a subscriber that is gone', () => {
      it('is told of nothing more, and can still be looked at', async () => {
        const store = await filled(['1', '2', '3'], { subscriptions: ['s', 't'] });
        await settle(store, givenUp);
        await settle(store, gone);
        await append(store, ['4'], ['s', 't']);
        expect(await store.next('s')).toBeUndefined();
        expect(await store.deadLetters()).toEqual([]);
        expect((await store.listenersOf('TMF622')).map(({ id }) => id)).toEqual(['t']);
        expect((await store.subscriptions()).map(({ id }) => id)).toEqual(['t', 's']);
        const ended = { at: at + 9, reason: 'answered 410' };
        expect(await reportOn(store)).toMatchObject({ waiting: 0, deadLetters: 0, failed: 3, ended });
      });

      it('has nothing to be deleted, and may subscribe again', async () => {
        const store = await filled(['1']);
        await settle(store, gone);
        expect(await store.unsubscribe('s')).toBe(false);
        expect(await store.subscribe(subscriptionOf({ id: 'again', callback: 'http://s.test' }))).toBe('stored');
      });

      it('is forgotten when there are too many of its kind', async () => {
        const store = await filled(['1'], { subscriptions: ['s', 't'], limits: { ended: 1 } });
        await settle(store, gone, 's');
        await settle(store, gone, 't');
        expect((await store.subscriptions()).map(({ id }) => id)).toEqual(['t']);
      });
    });
  });
}

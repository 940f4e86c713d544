/** What every store of orders does. Steps are stored whole or not at all, and nothing stored is lost. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Effect } from '../../../engine/model/outcome.ts';
import type { Commit, OrderStore, PartQuery } from '../../../engine/shell/store.ts';
import { captureOf, firstNumbers, hierarchical, Life, start } from '../../support/orders.ts';
import { listContract } from './order-list-contract.ts';

export function orderStoreContract(name: string, open: () => Promise<OrderStore>): void {
  describe(`${name} order store`, () => {
    const captured = new Life(hierarchical).take(captureOf());
    const orderOf = (id: string, changes: Partial<CustomerOrder> = {}): CustomerOrder => ({
      ...captured,
      id,
      ...changes,
    });
    const timer: Effect = {
      type: 'SetTimer',
      id: 'a/timer/x',
      name: 'x',
      due: start,
      timer: { kind: 'automaticFulfillment', domainOrder: 'd' },
    };

    function commitOf(order: CustomerOrder, changes: Partial<Commit> = {}): Commit {
      const { entries: entry, id: orderId } = order;
      const input = captureOf({ orderId });
      return {
        order,
        expectedEntries: entry - 1,
        entry: { orderId, entry, at: start, input, versions: { catalogue: 'c', policies: 'p' }, numbers: firstNumbers },
        numbersUsed: {},
        effects: [],
        ends: [],
        keys: [],
        ...changes,
      };
    }

    it('has nothing of an order that was never stored', async () => {
      const store = await open();
      expect(await store.load('a')).toBeUndefined();
      expect(await store.read('a')).toEqual({ order: undefined, numbers: firstNumbers });
      expect(await store.journal('a')).toEqual([]);
      expect(await store.orderIdOf('request/a')).toBeUndefined();
    });

    it('gives back what was stored', async () => {
      const store = await open();
      const order = orderOf('a');
      expect(await store.commit(commitOf(order))).toBe('stored');
      expect(await store.load('a')).toEqual(order);
      expect(await store.journal('a')).toEqual([commitOf(order).entry]);
    });

    it('completes an effect together with the event that comes of it, and takes no second event for it', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a'), { effects: [timer] }));
      await store.events.subscribe({ id: 's', api: 'TMF622', callback: 'http://crm.test', since: start });
      const event = { id: 'e', type: 'ProductOrderCreateEvent', listenerPath: '/listener/x', body: {} };
      const append = { events: [{ subscription: 's', event }], at: start, completes: timer.id };
      expect(await store.events.append(append)).toBe('appended');
      expect(await store.pendingEffects()).toEqual([]);
      expect(await store.events.append(append)).toBe('repeated');
      expect(await store.events.subscriptions()).toMatchObject([{ waiting: 1 }]);
    });

    it('stores nothing of a step that was taken on an older order', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a')));
      const later = orderOf('a', { entries: 2, state: 'acknowledged' });
      await store.commit(commitOf(later));
      const stale = commitOf(orderOf('a', { entries: 2, state: 'rejected' }), {
        effects: [timer],
        keys: ['request/x'],
      });
      expect(await store.commit(stale)).toBe('conflict');
      expect(await store.load('a')).toEqual(later);
      expect(await store.journal('a')).toHaveLength(2);
      expect(await store.pendingEffects()).toEqual([]);
      expect(await store.orderIdOf('request/x')).toBeUndefined();
    });

    it('stores one of two first steps of the same order', async () => {
      const store = await open();
      const results = await Promise.all([store.commit(commitOf(orderOf('a'))), store.commit(commitOf(orderOf('a')))]);
      expect(results.toSorted()).toEqual(['conflict', 'stored']);
    });

    it('gives no number twice', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a'), { numbersUsed: { ORD: 1, SO: 4 } }));
      expect((await store.read('b')).numbers).toEqual({ ...firstNumbers, ORD: 2, SO: 5 });
      expect(await store.commit(commitOf(orderOf('b'), { numbersUsed: { ORD: 1 } }))).toBe('conflict');
    });

    it('keeps effects until they are completed, in the order in which they were stored', async () => {
      const store = await open();
      const effects: Effect[] = [
        { type: 'NotifyListeners', id: 'a/1/0', to: 'new' },
        { type: 'SubmitInput', id: 'a/1/1', input: { type: 'ApproveOrder', orderId: 'a' } },
      ];
      await store.commit(commitOf(orderOf('a'), { effects }));
      expect(await store.pendingEffects()).toEqual(effects.map((effect) => ({ orderId: 'a', effect })));
      await store.completeEffect('a/1/0');
      await store.completeEffect('a/1/0');
      expect((await store.pendingEffects()).map(({ effect }) => effect.id)).toEqual(['a/1/1']);
    });

    it('ends effects with the step that was their outcome', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a'), { effects: [timer] }));
      await store.commit(commitOf(orderOf('a', { entries: 2 }), { ends: [timer.id] }));
      expect(await store.pendingEffects()).toEqual([]);
    });

    it('replaces an effect of the same id', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a'), { effects: [timer] }));
      const later = { ...timer, due: start + 1 };
      await store.commit(commitOf(orderOf('a', { entries: 2 }), { effects: [later] }));
      expect(await store.pendingEffects()).toEqual([{ orderId: 'a', effect: later }]);
    });

    it('finds an order by its further names', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a'), { keys: ['request/1', 'request/2'] }));
      await store.commit(commitOf(orderOf('a', { entries: 2 })));
      expect(await store.orderIdOf('request/1')).toBe('a');
      expect(await store.orderIdOf('request/2')).toBe('a');
    });

    it('lists orders by category, in the order of capture, page by page', async () => {
      const store = await open();
      for (const id of ['a', 'b', 'c', 'd']) {
        await store.commit(commitOf(orderOf(id, id === 'b' ? { category: 'Service' } : {})));
      }
      await store.commit(commitOf(orderOf('a', { entries: 2, state: 'completed' })));
      const page = async (offset: number, limit: number) => {
        const { orders, total } = await store.list({ category: 'Product', offset, limit });
        return [orders.map(({ id }) => id), total];
      };
      expect(await page(0, 10)).toEqual([['a', 'c', 'd'], 3]);
      expect(await page(1, 1)).toEqual([['c'], 3]);
      expect(await page(3, 10)).toEqual([[], 3]);
    });

    it('lists orders by what is to become of them', async () => {
      const store = await open();
      await store.commit(commitOf(orderOf('a')));
      await store.commit(commitOf(orderOf('b', { fulfillmentType: 'Qualify' })));
      const idsOf = async (fulfillmentType: 'Deliver' | 'Qualify') => {
        const { orders } = await store.list({ category: 'Product', fulfillmentType, offset: 0, limit: 10 });
        return orders.map(({ id }) => id);
      };
      expect(await idsOf('Deliver')).toEqual(['a']);
      expect(await idsOf('Qualify')).toEqual(['b']);
    });

    it('forgets an order that is removed, and all that belongs to it alone', async () => {
      const store = await open();
      const used = { ...firstNumbers, ORD: 2 };
      const withNumbers = (commit: Commit): Commit => ({ ...commit, entry: { ...commit.entry, numbers: used } });
      await store.commit(commitOf(orderOf('a'), { effects: [timer], numbersUsed: { ORD: 1 }, keys: ['request/1'] }));
      await store.commit(withNumbers(commitOf(orderOf('a', { entries: 2 }), { keys: ['request/2'] })));
      await store.commit(withNumbers(commitOf(orderOf('b'), { keys: ['request/3'] })));
      await store.remove('a');
      await store.remove('a');
      expect(await store.load('a')).toBeUndefined();
      expect(await store.journal('a')).toEqual([]);
      expect(await store.pendingEffects()).toEqual([]);
      expect([await store.orderIdOf('request/1'), await store.orderIdOf('request/2')]).toEqual([undefined, undefined]);
      expect((await store.list({ category: 'Product', offset: 0, limit: 10 })).orders.map(({ id }) => id)).toEqual([
        'b',
      ]);
      expect(await store.orderIdOf('request/3')).toBe('b');
      expect((await store.read('a')).numbers.ORD).toBe(2);
    });

    it('lists parts of orders as they were listed last, some of them beside orders, until their order is gone', async () => {
      const store = await open();
      const part = (id: string, state: string) => ({ id, list: 'parts', listed: { state } });
      const put = [part('a-1', 'new'), part('a-2', 'new')];
      await store.commit(commitOf(orderOf('a'), { parts: { put, removed: [] }, listed: { state: 'new' } }));
      const other = { id: 'b-1', list: 'others', listed: { state: 'new' } };
      await store.commit(commitOf(orderOf('b'), { parts: { put: [part('b-2', 'new'), other], removed: [] } }));
      const later = { put: [part('a-2', 'done')], removed: ['a-1', 'never there'] };
      await store.commit(commitOf(orderOf('a', { entries: 2 }), { parts: later, listed: { state: 'done' } }));
      const listed = async (query: Partial<PartQuery>) => {
        const { found, total } = await store.listParts({ list: 'parts', offset: 0, limit: 10, ...query });
        return [found.map(({ orderId, id }) => `${id} of ${orderId}`), total];
      };
      expect(await listed({})).toEqual([['a-2 of a', 'b-2 of b'], 2]);
      expect(await listed({ where: [{ attribute: 'state', oneOf: ['done'] }] })).toEqual([['a-2 of a'], 1]);
      expect(await listed({ limit: 1, sort: [{ attribute: 'state', isDown: true }] })).toEqual([['b-2 of b'], 2]);
      const beside = { category: 'Product', fulfillmentType: 'Deliver' } as const;
      expect(await listed({ beside })).toEqual([['a of a', 'a-2 of a', 'b of b', 'b-2 of b'], 4]);
      expect(await listed({ beside, offset: 1, limit: 2 })).toEqual([['a-2 of a', 'b of b'], 4]);
      await store.remove('a');
      expect(await listed({ beside })).toEqual([['b of b', 'b-2 of b'], 2]);
      expect(await listed({ list: 'nothing' })).toEqual([[], 0]);
    });

    it('keeps editions under their versions', async () => {
      const store = await open();
      await store.keepEdition('policies-1', { rows: [] });
      await store.keepEdition('policies-1', { rows: [] });
      expect(await store.edition('policies-1')).toEqual({ rows: [] });
      expect(await store.edition('policies-2')).toBeUndefined();
    });
  });
  listContract(name, open);
}

/** What every store of the inventory does. Changes are stored whole or not at all, and none is made twice. */
import { describe, expect, it } from 'vitest';
import { stepInventory } from '../../../engine/core/inventory/step.ts';
import type { InventoryChange, PlannedItem } from '../../../engine/model/inventory/change.ts';
import type { InventoryTree } from '../../../engine/model/inventory/item.ts';
import type { InventoryCommit, InventoryQuery, InventoryStore } from '../../../engine/shell/inventory-store.ts';
import { plannedItemOf } from '../../support/inventory.ts';

const at = Date.parse('2026-01-05T08:00:00.000Z');

export function inventoryStoreContract(name: string, open: () => Promise<InventoryStore>): void {
  describe(`${name} inventory store`, () => {
    /** What comes of a change to a tree as it was. */
    function commitOf(
      before: InventoryTree | undefined,
      change: InventoryChange,
      options: { tree?: string; effectId?: string } = {},
    ): InventoryCommit {
      const expectedEntries = before?.entries ?? 0;
      const tree = options.tree ?? 'a';
      const entry = {
        tree,
        order: 'order-1',
        at,
        changes: [change],
        effectId: options.effectId ?? `${tree}/${expectedEntries}`,
      };
      const outcome = stepInventory(before, entry);
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      return { tree: outcome.tree, expectedEntries, entry };
    }

    const install = (...items: PlannedItem[]): InventoryChange => ({ type: 'InstallItems', items });
    const fulfill = (...items: string[]): InventoryChange => ({ type: 'MoveItems', event: 'fulfill', items });

    const first = commitOf(undefined, install(plannedItemOf(), plannedItemOf({ id: 'a1', parent: 'a' })));
    const second = commitOf(first.tree, fulfill('a1'));
    const third = commitOf(second.tree, install(plannedItemOf({ id: 'a2', parent: 'a1' })));

    /** With trees of one item each. */
    async function filled(...items: readonly (Partial<PlannedItem> & { id: string })[]): Promise<InventoryStore> {
      const store = await open();
      for (const item of items)
        await store.commit(commitOf(undefined, install(plannedItemOf({ tree: item.id, ...item })), { tree: item.id }));
      return store;
    }

    async function found(store: InventoryStore, query: Partial<InventoryQuery>): Promise<[string[], number]> {
      const { items, total } = await store.list({ offset: 0, limit: 10, ...query });
      return [items.map(({ id }) => id), total];
    }

    it('has nothing of a tree that was never stored', async () => {
      const store = await open();
      expect(await store.load('a')).toBeUndefined();
      expect(await store.treeOf('a')).toBeUndefined();
      expect(await store.at('a', 1)).toBeUndefined();
      expect(await store.journal('a')).toEqual([]);
      expect(await found(store, {})).toEqual([[], 0]);
    });

    it('gives back what was stored', async () => {
      const store = await open();
      expect(await store.commit(first)).toBe('stored');
      expect(await store.commit(second)).toBe('stored');
      expect(await store.load('a')).toEqual(second.tree);
      expect(await store.journal('a')).toEqual([first.entry, second.entry]);
    });

    it('finds a tree by any of its items, also by one that came later', async () => {
      const store = await open();
      for (const commit of [first, second, third]) await store.commit(commit);
      for (const item of ['a', 'a1', 'a2']) expect(await store.treeOf(item)).toEqual(third.tree);
      expect(await store.treeOf('b')).toBeUndefined();
    });

    it('stores nothing of a change that was made to an older tree', async () => {
      const store = await open();
      await store.commit(first);
      await store.commit(second);
      const stale = commitOf(first.tree, install(plannedItemOf({ id: 'a9', parent: 'a' })), { effectId: 'another' });
      expect(await store.commit(stale)).toBe('conflict');
      expect(await store.load('a')).toEqual(second.tree);
      expect(await store.treeOf('a9')).toBeUndefined();
      expect(await store.journal('a')).toHaveLength(2);
    });

    it('stores one of two first changes to the same tree', async () => {
      const store = await open();
      const other = { ...first, entry: { ...first.entry, effectId: 'another' } };
      const results = await Promise.all([store.commit(first), store.commit(other)]);
      expect(results.toSorted()).toEqual(['conflict', 'stored']);
    });

    it('makes the change of an effect once, whether or not others came after it', async () => {
      const store = await open();
      await store.commit(first);
      expect(await store.commit(first)).toBe('repeated');
      await store.commit(second);
      expect(await store.commit(first)).toBe('repeated');
      const again = commitOf(second.tree, install(plannedItemOf({ id: 'a9', parent: 'a' })), {
        effectId: first.entry.effectId,
      });
      expect(await store.commit(again)).toBe('repeated');
      expect(await store.load('a')).toEqual(second.tree);
      expect(await store.journal('a')).toHaveLength(2);
    });

    it('shows a tree as it was after each of its changes', async () => {
      const store = await open();
      for (const commit of [first, second, third]) await store.commit(commit);
      expect(await store.at('a', 1)).toEqual(first.tree);
      expect(await store.at('a', 2)).toEqual(second.tree);
      expect(await store.at('a', 3)).toEqual(third.tree);
      expect(await store.at('a', 0)).toBeUndefined();
      expect(await store.at('a', 4)).toBeUndefined();
    });

    it('lists items in the order in which their trees came, page by page', async () => {
      const store = await filled({ id: 'a' }, { id: 'b' }, { id: 'c' });
      const grown = commitOf(await store.load('a'), install(plannedItemOf({ id: 'a1', parent: 'a' })));
      await store.commit(grown);
      expect(await found(store, {})).toEqual([['a', 'a1', 'b', 'c'], 4]);
      expect(await found(store, { offset: 1, limit: 2 })).toEqual([['a1', 'b'], 4]);
      expect(await found(store, { offset: 4 })).toEqual([[], 4]);
    });

    it('lists by customer, place, kind and status, by each and by all together', async () => {
      const customer = { id: 'cust-1', referredType: 'Customer' };
      const place = { id: 'site-1', role: 'installation' };
      const store = await filled(
        { id: 'a', customer, place, kind: 'service' },
        { id: 'b', customer, kind: 'product' },
        { id: 'c', place, kind: 'service' },
        { id: 'd', customer: { ...customer, id: 'cust-2' }, place: { ...place, id: 'site-2' }, kind: 'resource' },
      );
      await store.commit(commitOf(await store.load('a'), fulfill('a')));
      expect(await found(store, { customer: 'cust-1' })).toEqual([['a', 'b'], 2]);
      expect(await found(store, { place: 'site-1' })).toEqual([['a', 'c'], 2]);
      expect(await found(store, { kind: 'resource' })).toEqual([['d'], 1]);
      expect(await found(store, { status: 'active' })).toEqual([['a'], 1]);
      expect(await found(store, { status: 'installation_pending', place: 'site-1' })).toEqual([['c'], 1]);
      const all = { customer: 'cust-1', place: 'site-1', kind: 'service', status: 'active' } as const;
      expect(await found(store, all)).toEqual([['a'], 1]);
      expect(await found(store, { ...all, kind: 'product' })).toEqual([[], 0]);
      expect(await found(store, { customer: 'nobody' })).toEqual([[], 0]);
    });
  });
}

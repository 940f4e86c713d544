/** The inventory's own step: a tree and a change give another tree, or a refusal and nothing else. */
import { describe, expect, it } from 'vitest';
import { type InventoryOutcome, stepInventory } from '../../../../engine/core/inventory/step.ts';
import type { InventoryChange, PlannedItem } from '../../../../engine/model/inventory/change.ts';
import type { InventoryItem, InventoryTree } from '../../../../engine/model/inventory/item.ts';
import {
  type InventoryEvent,
  type InventoryStatus,
  inventoryEvents,
  inventoryItemTable,
  inventoryStatuses,
} from '../../../../engine/model/inventory/item-table.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import { nextState } from '../../../../engine/model/state-table.ts';
import { plannedItemOf } from '../../../support/inventory.ts';

const at = Date.parse('2026-01-05T08:00:00.000Z');

const house = plannedItemOf({ tree: 'house', id: 'house', number: 'PI0000001' });
const door = plannedItemOf({ tree: 'house', id: 'door', number: 'PI0000002', parent: 'house', kind: 'service' });
const key = plannedItemOf({ tree: 'house', id: 'key', number: 'PI0000003', parent: 'door', kind: 'resource' });

function changed(tree: InventoryTree | undefined, changes: readonly InventoryChange[], when = at): InventoryOutcome {
  return stepInventory(tree, { tree: 'house', order: 'order-1', at: when, changes });
}

function treeAfter(tree: InventoryTree | undefined, changes: readonly InventoryChange[], when = at): InventoryTree {
  const outcome = changed(tree, changes, when);
  if (!outcome.ok) throw new Error(refusalText(outcome.refusal));
  return outcome.tree;
}

const install = (...items: PlannedItem[]): InventoryChange => ({ type: 'InstallItems', items });
const move = (event: InventoryEvent, ...items: string[]): InventoryChange => ({ type: 'MoveItems', event, items });

/** Status of each item, by its id. */
function statuses({ items }: InventoryTree): { [id: string]: InventoryStatus } {
  return Object.fromEntries(items.map(({ id, status }) => [id, status]));
}

function treeWith(status: InventoryStatus, changes: Partial<InventoryItem> = {}): InventoryTree {
  return { id: 'house', entries: 1, items: [{ ...house, status, ...changes }] };
}

describe('a tree of the inventory', () => {
  it('begins with what an order is going to bring', () => {
    const outcome = changed(undefined, [install(house, door, key)]);
    expect(outcome).toMatchObject({
      ok: true,
      tree: {
        id: 'house',
        entries: 1,
        items: [{ id: 'house', tree: 'house' }, { parent: 'house' }, { parent: 'door' }],
      },
      story: [
        { id: 'house', number: 'PI0000001', event: 'create', to: 'installation_pending' },
        { id: 'door', event: 'create' },
        { id: 'key', event: 'create' },
      ],
    });
  });

  it('takes several changes of one step together, and counts them as one', () => {
    const tree = treeAfter(undefined, [
      install(house, door, key),
      move('fulfill', 'key', 'door'),
      move('fulfill', 'house'),
    ]);
    expect(statuses(tree)).toEqual({ house: 'active', door: 'active', key: 'active' });
    expect(tree.entries).toBe(1);
    expect(treeAfter(tree, [move('requestChange', 'door')]).entries).toBe(2);
  });

  it('gets a new item below one that is there', () => {
    const tree = treeAfter(undefined, [install(house, door), move('fulfill', 'door', 'house')]);
    const grown = treeAfter(tree, [install(key)]);
    expect(statuses(grown)).toEqual({ house: 'active', door: 'active', key: 'installation_pending' });
  });

  it('says when an item became active first, and when it ended', () => {
    let tree = treeAfter(undefined, [install(house)], at);
    tree = treeAfter(tree, [move('fulfill', 'house')], at + 1);
    tree = treeAfter(tree, [move('requestChange', 'house')], at + 2);
    tree = treeAfter(tree, [move('fulfill', 'house')], at + 3);
    expect(tree.items[0]).toMatchObject({ startedAt: at + 1 });
    expect(tree.items[0]).not.toHaveProperty('endedAt');
    tree = treeAfter(tree, [move('requestDisconnect', 'house')], at + 4);
    tree = treeAfter(tree, [move('cease', 'house')], at + 5);
    expect(tree.items[0]).toMatchObject({ status: 'inactive', startedAt: at + 1, endedAt: at + 5 });
  });

  it.each(['active', 'suspended'] as const)(
    'returns to %s when the order that would disconnect it is canceled',
    (status) => {
      const pending = treeAfter(treeWith(status), [move('requestDisconnect', 'house')]);
      expect(pending.items[0]).toMatchObject({ status: 'change_pending', previousStatus: status });
      const restored = treeAfter(pending, [move('restore', 'house')]);
      expect(restored.items[0]?.status).toBe(status);
      expect(restored.items[0]).not.toHaveProperty('previousStatus');
    },
  );

  it('writes down what an order delivered when it is completed', () => {
    const tree = treeAfter(undefined, [install(house, door), move('fulfill', 'door', 'house')]);
    const characteristics = [{ name: 'colour', value: 'red' }];
    const place = { id: 'site-2', role: 'installed at' };
    const completed = treeAfter(tree, [{ type: 'CompleteItems', items: [{ id: 'door', characteristics, place }] }]);
    expect(completed.items[1]).toMatchObject({ id: 'door', status: 'active', characteristics, place });
    expect(completed.items[0]).toEqual(tree.items[0]);
  });

  it('ends what does not last when its order is completed, and nothing else', () => {
    const visit = plannedItemOf({ tree: 'house', id: 'visit', parent: 'house', transient: true });
    const tree = treeAfter(undefined, [install(house, visit), move('fulfill', 'visit', 'house')]);
    const items = ['house', 'visit'].map((id) => ({ id, characteristics: [] }));
    const outcome = changed(tree, [{ type: 'CompleteItems', items }], at + 9);
    expect(outcome.ok && statuses(outcome.tree)).toEqual({ house: 'active', visit: 'inactive' });
    expect(outcome.ok && outcome.tree.items[1]).toMatchObject({ endedAt: at + 9 });
    expect(outcome.ok && outcome.story).toMatchObject([
      { id: 'visit', event: 'lapse', from: 'active', to: 'inactive' },
    ]);
  });
});

describe('the life of an item, order by order', () => {
  it.each([
    ['a change', ['requestChange', 'fulfill'], 'active'],
    ['a change that is canceled', ['requestChange', 'restore'], 'active'],
    ['a disconnection', ['requestDisconnect', 'cease'], 'inactive'],
    ['a suspension', ['suspend'], 'suspended'],
    ['a suspension, and its end', ['suspend', 'resume'], 'active'],
    ['a disconnection of what is suspended', ['suspend', 'requestDisconnect', 'cease'], 'inactive'],
    ['a move, where it was', ['requestMove', 'cease'], 'inactive'],
    ['a move that is canceled, where it was', ['requestMove', 'restore'], 'active'],
  ] as [string, InventoryEvent[], InventoryStatus][])('%s', (_what, events, status) => {
    const tree = events.reduce((before, event) => treeAfter(before, [move(event, 'house')]), treeWith('active'));
    expect(tree.items[0]?.status).toBe(status);
  });

  it.each([
    ['arrives', 'fulfill', 'active'],
    ['does not come after all', 'withdraw', 'inactive'],
  ] as const)('what is moved %s at the new place', (_what, event, status) => {
    const moved = plannedItemOf({ tree: 'house', id: 'house', status: 'activation_pending' });
    expect(statuses(treeAfter(undefined, [install(moved), move(event, 'house')]))).toEqual({ house: status });
  });
});

describe('every status and every event', () => {
  const pairs = inventoryStatuses.flatMap((status) => inventoryEvents.map((event) => [status, event] as const));

  it.each(pairs)('%s, %s: as the table has it, or refused and unchanged', (status, event) => {
    const tree = treeWith(status, { previousStatus: 'suspended' });
    const before = JSON.stringify(tree);
    const outcome = changed(tree, [move(event, 'house')]);
    const to = nextState(inventoryItemTable, status, event, 'suspended');
    if (to === undefined) {
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 'inventoryMoveImpossible' } });
    } else {
      expect(outcome).toMatchObject({
        ok: true,
        tree: { items: [{ status: to }] },
        story: [{ from: status, to, event }],
      });
    }
    expect(JSON.stringify(tree)).toBe(before);
  });
});

describe('the inventory refuses', () => {
  const tree = treeAfter(undefined, [install(house, door)]);

  it.each([
    ['anything about a tree that is not there', undefined, move('fulfill', 'house'), 'The inventory has no tree house'],
    ['an item it does not have', tree, move('fulfill', 'key'), 'Inventory tree house has no item key'],
    [
      'to complete an item it does not have',
      tree,
      { type: 'CompleteItems', items: [{ id: 'key', characteristics: [] }] },
      'Inventory tree house has no item key',
    ],
    ['an item twice', tree, install(door), 'Inventory tree house has an item door already'],
    [
      'an item whose parent comes later',
      undefined,
      install(house, key, door),
      'Item key cannot stand in inventory tree house with door above it',
    ],
    [
      'a tree that begins with another item',
      undefined,
      install(plannedItemOf({ tree: 'house', id: 'door' })),
      'Item door cannot stand in inventory tree house with nothing above it',
    ],
    [
      'an item of another tree',
      undefined,
      install({ ...house, tree: 'garden' }),
      'Item house belongs to inventory tree garden, not to house',
    ],
    [
      'a move that its status does not have',
      tree,
      move('suspend', 'house'),
      'Inventory item PI0000001 is installation_pending: suspend is not possible',
    ],
  ] as [string, InventoryTree | undefined, InventoryChange, string][])('%s', (_what, before, change, text) => {
    const outcome = changed(before, [change]);
    expect(!outcome.ok && refusalText(outcome.refusal)).toBe(text);
  });

  it('all changes of a step when one of them is not possible', () => {
    const before = JSON.stringify(tree);
    const outcome = changed(tree, [move('fulfill', 'house'), move('suspend', 'door')]);
    expect(outcome.ok).toBe(false);
    expect(JSON.stringify(tree)).toBe(before);
  });
});

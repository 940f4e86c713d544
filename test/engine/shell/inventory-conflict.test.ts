/** Two orders on one tree at the same moment, as where several processes share a store: one of them comes too late. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeInventory } from '../../../engine/model/outcome.ts';
import { openEditions } from '../../../engine/shell/editions.ts';
import { changeInventory } from '../../../engine/shell/inventory.ts';
import { Mailbox } from '../../../engine/shell/mailbox.ts';
import { memoryStore } from '../../../engine/shell/memory-store.ts';
import { replay } from '../../../engine/shell/replay.ts';
import type { OrderStore } from '../../../engine/shell/store.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { broadband, captureOf, inside, orderId, serviceLineOf } from '../../support/orders.ts';
import { silentPorts } from '../../support/silent-ports.ts';

const late = 'f'.repeat(32);

let store: OrderStore;
let kernel: TimedKernel;
let mailbox: Mailbox;
/** What somebody else does to the inventory just before the next change. */
let before: (() => Promise<void>) | undefined;

beforeEach(async () => {
  const memory = memoryStore();
  before = undefined;
  store = {
    ...memory,
    inventory: {
      ...memory.inventory,
      load: async (tree) => {
        const first = before;
        before = undefined;
        await first?.();
        return memory.inventory.load(tree);
      },
    },
  };
  kernel = virtualKernel({ seed: '1' });
  const editions = await openEditions(store, broadband, inside);
  mailbox = new Mailbox({ kernel, store, editions, onStep: () => {}, ports: silentPorts });
  const { at: _at, ...capture } = captureOf();
  await mailbox.submit(capture);
  await mailbox.submit({ type: 'ApproveOrder', orderId });
  await kernel.run();
});

async function item(specification: string) {
  const { items } = await store.inventory.list({ offset: 0, limit: 100 });
  const found = items.find((each) => each.specification === specification);
  if (found === undefined) throw new Error(`no ${specification}`);
  return found;
}

async function change(changes: ChangeInventory['changes'], id: string): Promise<void> {
  const { tree } = await item('home-router');
  await changeInventory(store.inventory, {
    type: 'ChangeInventory',
    id,
    tree,
    order: 'other',
    at: kernel.now(),
    changes,
  });
}

/** An order to disconnect the router, approved while another order takes that for itself. */
async function overtaken(): Promise<void> {
  const { id } = await item('home-router');
  const lines = [serviceLineOf('home-router', { action: 'delete', inventory: id })];
  const { at: _at, ...capture } = captureOf({ orderId: late, category: 'Service', lines });
  await mailbox.submit(capture);
  before = () => change([{ type: 'MoveItems', event: 'requestChange', items: [id] }], 'other/1');
  await mailbox.submit({ type: 'ApproveOrder', orderId: late });
  await kernel.run();
}

async function theOrder() {
  const order = await store.load(late);
  if (order === undefined) throw new Error('no order');
  return order;
}

async function resolve(): Promise<void> {
  const { fallouts } = await theOrder();
  const fallout = fallouts.at(-1)?.id ?? '';
  await mailbox.submit({
    type: 'ResolveFallout',
    orderId: late,
    fallout,
    note: 'the other order is over',
  });
  await kernel.run();
}

describe('an order that another has overtaken', () => {
  it('waits with a fallout, and has done nothing to the inventory', async () => {
    await overtaken();
    const { state, fallouts, domainOrders, refusedChanges } = await theOrder();
    expect([state, domainOrders.map((each) => each.state)]).toEqual(['on_hold', ['on_hold', 'on_hold']]);
    expect(fallouts).toMatchObject([
      {
        type: 'Inventory Conflict',
        cause: 'business',
        state: 'open',
        description: expect.stringContaining('is change_pending for order other'),
      },
    ]);
    expect(refusedChanges).toHaveLength(1);
    expect(await item('home-router')).toMatchObject({ status: 'change_pending', changedBy: 'other' });
    expect((await item('router-device')).status).toBe('active');
  });

  it('does it all once the other is over and the fallout resolved', async () => {
    await overtaken();
    await change([{ type: 'EndOrder', outcome: 'canceled' }], 'other/2');
    await resolve();
    const order = await theOrder();
    expect([order.state, order.refusedChanges]).toEqual(['completed', undefined]);
    expect([(await item('home-router')).status, (await item('router-device')).status]).toEqual([
      'inactive',
      'inactive',
    ]);
    expect(await replay(store, late)).toEqual(order);
  });

  it('comes to the same end when the fallout is resolved too early', async () => {
    await overtaken();
    await resolve();
    expect((await theOrder()).fallouts.map(({ state }) => state)).toEqual(['closed_complete', 'open']);
    await change([{ type: 'EndOrder', outcome: 'canceled' }], 'other/2');
    await resolve();
    expect((await theOrder()).state).toBe('completed');
    expect((await item('home-router')).status).toBe('inactive');
  });

  it('leaves the inventory alone when the fallout is canceled', async () => {
    await overtaken();
    const fallout = (await theOrder()).fallouts[0]?.id ?? '';
    await change([{ type: 'EndOrder', outcome: 'canceled' }], 'other/2');
    await mailbox.submit({ type: 'CancelFallout', orderId: late, fallout, note: 'done by hand' });
    await kernel.run();
    expect((await theOrder()).state).toBe('completed');
    expect([(await item('home-router')).status, (await item('router-device')).status]).toEqual(['active', 'active']);
  });
});

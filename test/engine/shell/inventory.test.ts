/** Orders and the inventory together: what steps do to it, also after a crash, and what they may know of it. */
import { describe, expect, it } from 'vitest';
import { step } from '../../../engine/core/step.ts';
import type { Facts } from '../../../engine/model/facts.ts';
import type { ChangeInventory } from '../../../engine/model/outcome.ts';
import { openEditions } from '../../../engine/shell/editions.ts';
import type { Ports } from '../../../engine/shell/effects.ts';
import { changeInventory } from '../../../engine/shell/inventory.ts';
import type { InventoryStore } from '../../../engine/shell/inventory-store.ts';
import { Mailbox, type MailboxParts } from '../../../engine/shell/mailbox.ts';
import { memoryInventoryStore } from '../../../engine/shell/memory-inventory-store.ts';
import { memoryStore } from '../../../engine/shell/memory-store.ts';
import { replay, replaySteps } from '../../../engine/shell/replay.ts';
import type { OrderStore } from '../../../engine/shell/store.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { plannedItemOf } from '../../support/inventory.ts';
import { broadband, captureOf, inside, orderId, serviceLineOf } from '../../support/orders.ts';
import { silentPorts } from '../../support/silent-ports.ts';

const { at: _at, ...capture } = captureOf();
const approve = { type: 'ApproveOrder', orderId } as const;
const other = 'f'.repeat(32);

/** An engine whose orders are fulfilled by themselves, within ten seconds of their approval. */
async function open(
  store: OrderStore,
  parts: Partial<MailboxParts> = {},
): Promise<{ kernel: TimedKernel; mailbox: Mailbox }> {
  const kernel = virtualKernel({ seed: '1' });
  const editions = await openEditions(store, broadband, inside);
  const mailbox = new Mailbox({ kernel, store, editions, onStep: () => {}, ports: silentPorts, ...parts });
  return { kernel, mailbox };
}

async function statusesIn({ inventory }: OrderStore): Promise<string[]> {
  const { items } = await inventory.list({ offset: 0, limit: 100 });
  return items.map(({ specification, status }) => `${specification} ${status}`);
}

async function waitingIn(store: OrderStore): Promise<string[]> {
  return (await store.pendingEffects()).map(({ effect }) => effect.type).filter((type) => type === 'ChangeInventory');
}

/** Lets everything go on that does not wait for what never comes. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const allActive = [
  'broadband active',
  'internet-access active',
  'access-line active',
  'access-port active',
  'ip-connectivity active',
  'home-router active',
  'router-device active',
];

describe('the inventory of a running engine', () => {
  it('is changed by the time anybody is told of a step', async () => {
    const store = memoryStore();
    const seen: string[][] = [];
    const notifyListeners: Ports['notifyListeners'] = async ({ to }) => {
      seen.push([to, ...(await statusesIn(store))]);
    };
    const { kernel, mailbox } = await open(store, { ports: { ...silentPorts, notifyListeners } });
    await mailbox.submit(capture);
    await kernel.run(kernel.now());
    await mailbox.submit(approve);
    await kernel.run();
    expect(seen.map(([to]) => to)).toEqual(['new', 'acknowledged', 'in_progress', 'completed']);
    expect(seen[0]).toEqual(['new']);
    expect(seen[2]).toContain('access-line active');
    expect(seen[2]).toContain('router-device installation_pending');
    expect(seen[3]).toEqual(['completed', ...allActive]);
    expect(await store.pendingEffects()).toEqual([]);
  });

  it('is changed by the time a step is answered', async () => {
    const store = memoryStore();
    const { mailbox } = await open(store);
    await mailbox.submit(capture);
    await mailbox.submit(approve);
    expect(await statusesIn(store)).toHaveLength(7);
    expect(await waitingIn(store)).toEqual([]);
  });

  it.each([
    [
      'before the inventory was changed',
      (store: OrderStore) => ({ inventory: { ...store.inventory, commit: never } }),
      0,
    ],
    ['before that was written down', () => ({ completeEffect: never }), 7],
  ])('is whole after a crash %s', async (_when, parts, atTheCrash) => {
    const store = memoryStore();
    const before = await open({ ...store, ...parts(store) });
    await before.mailbox.submit(capture);
    void before.mailbox.submit(approve);
    await settled();
    before.mailbox.abandon();
    expect(await statusesIn(store)).toHaveLength(atTheCrash);
    expect(await waitingIn(store)).toEqual(['ChangeInventory']);

    const after = await open(store);
    await after.mailbox.recover();
    expect(await statusesIn(store)).toHaveLength(7);
    expect(await waitingIn(store)).toEqual([]);
    await after.kernel.run();
    expect(await statusesIn(store)).toEqual(allActive);
    const { items } = await store.inventory.list({ offset: 0, limit: 1 });
    expect((await store.inventory.journal(items[0]?.tree ?? '')).map(({ changes }) => changes[0]?.type)).toEqual([
      'InstallItems',
      'MoveItems',
    ]);
  });

  it('is left alone by an engine that was abandoned meanwhile', async () => {
    const store = memoryStore();
    let dying: Mailbox | undefined;
    const { mailbox } = await open({
      ...store,
      commit: async (commit) => {
        const stored = await store.commit(commit);
        if (commit.entry.input.type === 'ApproveOrder') dying?.abandon();
        return stored;
      },
    });
    dying = mailbox;
    await mailbox.submit(capture);
    await mailbox.submit(approve);
    expect(await statusesIn(store)).toEqual([]);
    expect(await waitingIn(store)).toEqual(['ChangeInventory']);
  });
});

function never(): Promise<never> {
  return new Promise(() => {});
}

describe('a change to the inventory', () => {
  const install: ChangeInventory & { id: string } = {
    type: 'ChangeInventory',
    id: 'o/2/0',
    tree: 'a',
    order: 'order-1',
    at: 1,
    changes: [{ type: 'InstallItems', items: [plannedItemOf()] }],
  };
  const event = 'fulfill';
  const fulfill = { ...install, id: 'o/3/0', at: 2, changes: [{ type: 'MoveItems', event, items: ['a'] }] } as const;

  it('is made once, however often and late it comes again', async () => {
    const store = memoryInventoryStore();
    for (const effect of [install, install, fulfill, fulfill, install]) await changeInventory(store, effect);
    expect(await store.load('a')).toMatchObject({ entries: 2, items: [{ status: 'active', startedAt: 2 }] });
    expect((await store.journal('a')).map(({ effectId }) => effectId)).toEqual(['o/2/0', 'o/3/0']);
  });

  it('that the inventory refuses is a bug', async () => {
    await expect(changeInventory(memoryInventoryStore(), fulfill)).rejects.toThrow(
      'the inventory refused o/3/0: The inventory has no tree a',
    );
  });

  it('is tried again when somebody else has changed the tree meanwhile', async () => {
    const store = memoryInventoryStore();
    let conflicts = 2;
    const contended: InventoryStore = {
      ...store,
      commit: async (commit) => {
        conflicts -= 1;
        return conflicts < 0 ? store.commit(commit) : 'conflict';
      },
    };
    await changeInventory(contended, install);
    expect(await store.load('a')).toMatchObject({ entries: 1 });
  });

  it('is given up when a store never takes it: that is no contention any more', async () => {
    const store: InventoryStore = { ...memoryInventoryStore(), commit: async () => 'conflict' };
    await expect(changeInventory(store, install)).rejects.toThrow(/could not be stored in 100 attempts/);
  });
});

describe('what a step may know of the inventory', () => {
  const asked = (inventory: string) => {
    const lines = [serviceLineOf('access-line', { action: 'change', inventory })];
    const { at: _instant, ...input } = captureOf({ orderId: other, category: 'Service', lines });
    return input;
  };

  /** Takes steps as the core does, and remembers what each was told of the inventory. */
  function watched(): { step: typeof step; told: Facts['inventory'][] } {
    const told: Facts['inventory'][] = [];
    const watching: typeof step = (order, input, facts) => {
      told.push(facts.inventory);
      return step(order, input, facts);
    };
    return { step: watching, told };
  }

  async function delivered(store: OrderStore): Promise<string> {
    const { kernel, mailbox } = await open(store);
    await mailbox.submit(capture);
    await mailbox.submit(approve);
    await kernel.run();
    return (await store.inventory.list({ kind: 'service', offset: 1, limit: 1 })).items[0]?.id ?? '';
  }

  it('is the whole tree of what its input names, and the journal says which version that is', async () => {
    const store = memoryStore();
    const item = await delivered(store);
    const { step: watching, told } = watched();
    const { mailbox } = await open(store, { step: watching });
    await mailbox.submit(asked(item));
    expect(told).toMatchObject([{ [item]: { id: item, specification: 'access-line', status: 'active' } }]);
    const [entry] = await store.journal(other);
    const tree = await store.inventory.treeOf(item);
    expect(Object.values(told[0] ?? {})).toEqual(tree?.items);
    expect(tree?.items).toHaveLength(7);
    expect(entry?.versions.inventory).toEqual({ [tree?.id ?? '']: tree?.entries });
  });

  it('is nothing when its input names nothing, or only what is known elsewhere', async () => {
    const store = memoryStore();
    await delivered(store);
    const { step: watching, told } = watched();
    const { mailbox } = await open(store, { step: watching });
    await mailbox.submit(asked('of-the-som'));
    expect(told).toEqual([{}]);
    for (const id of [orderId, other]) {
      for (const { versions } of await store.journal(id)) expect(versions).not.toHaveProperty('inventory');
    }
  });

  it('is the same when its step is taken again, whatever has become of it', async () => {
    const store = memoryStore();
    const item = await delivered(store);
    const first = watched();
    const { mailbox } = await open(store, { step: first.step });
    await mailbox.submit(asked(item));
    const tree = (await store.inventory.treeOf(item))?.id ?? '';
    const changes = [{ type: 'MoveItems', event: 'suspend', items: [item] }] as const;
    await changeInventory(store.inventory, { type: 'ChangeInventory', id: 'x', tree, order: 'o', at: 9, changes });

    const again = watched();
    await replaySteps(store, other, again.step);
    expect(again.told[0]).toEqual(first.told[0]);
    expect(again.told[0]?.[item]?.status).toBe('active');
    expect(await replay(store, other)).toEqual(await store.load(other));
  });

  it('cannot be had from an inventory that is not of this journal', async () => {
    const store = memoryStore();
    const item = await delivered(store);
    const { mailbox } = await open(store);
    await mailbox.submit(asked(item));
    const strange: OrderStore = { ...store, inventory: memoryInventoryStore() };
    await expect(replay(strange, other)).rejects.toThrow(/the inventory has no tree .* changes/);
  });
});

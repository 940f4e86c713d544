import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Policies } from '../../../engine/model/policies.ts';
import { openEditions } from '../../../engine/shell/editions.ts';
import type { Ports } from '../../../engine/shell/effects.ts';
import { Mailbox } from '../../../engine/shell/mailbox.ts';
import { memoryStore } from '../../../engine/shell/memory-store.ts';
import { replay } from '../../../engine/shell/replay.ts';
import type { OrderStore, TakenStep } from '../../../engine/shell/store.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { broadband, captureOf, oneByOne, orderId, policiesOf } from '../../support/orders.ts';

const { at: _at, ...capture } = captureOf();

const automatic = policiesOf({
  policies: 'automatic',
  outbound: {
    rows: [
      {
        name: 'CFS',
        when: { specificationType: 'CFS' },
        then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' },
      },
    ],
  },
});

interface Engine {
  readonly kernel: TimedKernel;
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly steps: TakenStep[];
  readonly sent: string[];
  readonly told: string[];
  readonly editions: Awaited<ReturnType<typeof openEditions>>;
}

async function open(
  options: { store?: OrderStore; policies?: Policies; send?: Ports['sendOutboundRequest'] } = {},
): Promise<Engine> {
  const kernel = virtualKernel({ seed: '1' });
  const store = options.store ?? memoryStore();
  const editions = await openEditions(store, broadband, options.policies ?? automatic);
  const steps: TakenStep[] = [];
  const sent: string[] = [];
  const told: string[] = [];
  const mailbox = new Mailbox({
    kernel,
    store,
    editions,
    onStep: (step) => steps.push(step),
    ports: {
      sendOutboundRequest: async (effect) => {
        sent.push(`${effect.requestId.slice(-2)} ${effect.attempt}`);
        if (options.send !== undefined) return options.send(effect);
        return { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] };
      },
      pollOutboundRequest: async () => [],
      sendCancellation: () => new Promise(() => {}),
      sendQualificationRequest: () => new Promise(() => {}),
      pollQualificationRequest: async () => undefined,
      withdrawQualificationRequest: async () => {},
      notifyQualification: async () => {},
      notifyCancellation: async () => {},
      notifyOfOrder: async () => {},
      notifyListeners: async ({ from, to }) => {
        told.push(`${from} -> ${to}`);
      },
    },
  });
  return { kernel, store, mailbox, steps, sent, told, editions };
}

describe('mailbox', () => {
  it('takes a step, stores it, and lets its effects bring the next ones', async () => {
    const { kernel, store, mailbox, steps, sent, told } = await open();
    const result = await mailbox.submit(capture);
    expect(result).toMatchObject({ ok: true, order: { state: 'new' } });
    await kernel.run(kernel.now());
    expect(steps.map(({ input, entry }) => `${entry} ${input.type}`)).toEqual([
      '1 CaptureOrder',
      '2 ApproveOrder',
      '3 ReportDispatch',
    ]);
    expect(sent).toEqual(['09 1']);
    expect(told).toEqual(['undefined -> new', 'new -> acknowledged', 'acknowledged -> in_progress']);
    expect(await store.load(orderId)).toMatchObject({ state: 'in_progress', entries: 3 });
  });

  it('completes every effect that has come to its end', async () => {
    const { kernel, store, mailbox } = await open();
    await mailbox.submit(capture);
    await kernel.run(kernel.now());
    const waiting = (await store.pendingEffects()).map(({ effect }) => effect.type);
    expect(waiting.toSorted()).toEqual(['SetTimer', 'SetTimer']);
    await kernel.run();
    expect(await store.pendingEffects()).toEqual([]);
  });

  it('stores nothing of a refused input, and says why', async () => {
    const { store, mailbox, steps } = await open();
    const result = await mailbox.submit({ type: 'ApproveOrder', orderId });
    expect(result).toMatchObject({ ok: false, refusal: { code: 'orderUnknown' } });
    expect(steps).toEqual([]);
    expect(await store.load(orderId)).toBeUndefined();
  });

  it('takes steps one after another, also when they are submitted at once (K3)', async () => {
    const { kernel, mailbox, steps } = await open({ policies: oneByOne });
    await mailbox.submit(capture);
    await Promise.all([
      mailbox.submit({ type: 'ApproveOrder', orderId }),
      mailbox.submit({ type: 'ApproveOrder', orderId }),
    ]);
    await kernel.run(kernel.now());
    expect(steps.filter(({ input }) => input.type === 'ApproveOrder')).toHaveLength(1);
  });

  it('tries again when somebody else has stored a step meanwhile', async () => {
    const store = memoryStore();
    let conflicts = 2;
    const contended: OrderStore = {
      ...store,
      commit: async (commit) => {
        if (conflicts === 0) return store.commit(commit);
        conflicts -= 1;
        return 'conflict';
      },
    };
    const { mailbox } = await open({ store: contended });
    expect(await mailbox.submit(capture)).toMatchObject({ ok: true });
  });

  it('gives up when a store never takes a step: that is no contention any more', async () => {
    const store: OrderStore = { ...memoryStore(), commit: async () => 'conflict' };
    const { mailbox } = await open({ store });
    await expect(mailbox.submit(capture)).rejects.toThrow(/could not be stored in 100 attempts/);
  });

  it('forgets an order that is removed: nothing more happens to it by itself', async () => {
    const { kernel, store, mailbox, steps } = await open();
    await mailbox.submit(capture);
    await mailbox.remove(orderId);
    await kernel.run();
    expect(steps.map(({ input }) => input.type)).toEqual(['CaptureOrder']);
    expect(await store.load(orderId)).toBeUndefined();
    expect(kernel.waiting).toBe(0);
  });

  it('drops what comes back for an order that was removed meanwhile', async () => {
    const opened = await open({
      send: async () => {
        await opened.kernel.rest(opened.kernel.now() + 1_000);
        return { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] };
      },
    });
    const { kernel, store, mailbox, sent } = opened;
    await mailbox.submit(capture);
    await kernel.run(kernel.now());
    await mailbox.remove(orderId);
    await kernel.run();
    expect(sent).toEqual(['09 1']);
    expect(await store.load(orderId)).toBeUndefined();
    expect(await store.pendingEffects()).toEqual([]);
  });

  it('has its own address, so that several share a kernel', async () => {
    const { kernel, mailbox, store } = await open();
    const editions = await openEditions(memoryStore(), broadband, automatic);
    const ports = new Proxy({}, { get: () => async () => undefined }) as Ports; // nothing leaves the process here
    const others = memoryStore();
    const other = new Mailbox({ kernel, store: others, editions, ports, onStep: () => {}, address: 'other.input' });
    await mailbox.submit(capture);
    const question = { category: 'Service', fulfillmentType: 'Qualify', lines: [] } as const;
    await other.submit({ ...capture, ...question, orderId: 'f'.repeat(32) });
    await kernel.run(kernel.now());
    expect([await store.load(orderId), await others.load('f'.repeat(32))]).toMatchObject([
      { fulfillmentType: 'Deliver', state: 'in_progress' },
      { fulfillmentType: 'Qualify', state: 'completed' },
    ]);
  });

  it('performs after a crash what was stored and not completed, with the same ids', async () => {
    const store = memoryStore();
    const before = await open({ store, send: () => new Promise(() => {}) });
    await before.mailbox.submit(capture);
    before.kernel.run(before.kernel.now()).catch(() => {}); // the dispatch never ends: the process dies here
    await new Promise((resolve) => setImmediate(resolve));
    expect(before.sent).toEqual(['09 1']);
    const after = await open({ store });
    await after.mailbox.recover();
    await after.kernel.run();
    expect(after.sent).toEqual(['09 1']);
    const order = (await store.load(orderId)) as CustomerOrder;
    expect(new Set(order.outboundRequests.map(({ state }) => state))).toEqual(new Set(['pending']));
    expect(order.fallouts).toHaveLength(1);
    expect(await store.pendingEffects()).toEqual([]);
  });
});

describe('replay', () => {
  it('gives the same order, byte for byte', async () => {
    const { kernel, store, mailbox } = await open();
    await mailbox.submit(capture);
    await kernel.run();
    expect(JSON.stringify(await replay(store, orderId))).toBe(JSON.stringify(await store.load(orderId)));
  });

  it('reads each step with the policies that were in force then', async () => {
    const { kernel, store, mailbox, editions } = await open({ policies: automatic });
    await mailbox.submit(capture);
    await kernel.run(kernel.now());
    await editions.usePolicies(oneByOne);
    await mailbox.submit({ ...capture, orderId: 'f'.repeat(32) });
    await mailbox.submit({ type: 'ApproveOrder', orderId: 'f'.repeat(32) });
    await kernel.run();
    for (const id of [orderId, 'f'.repeat(32)]) expect(await replay(store, id)).toEqual(await store.load(id));
    const [first, second] = await Promise.all([store.journal(orderId), store.journal('f'.repeat(32))]);
    expect(first[1]?.versions.policies).not.toBe(second[1]?.versions.policies);
    expect(first[1]?.versions.catalogue).toBe(second[1]?.versions.catalogue);
  });

  it('knows nothing of an order that was never stored', async () => {
    expect(await replay(memoryStore(), 'a')).toBeUndefined();
  });

  it('says so when the journal is not of this store', async () => {
    const { kernel, store, mailbox } = await open();
    await mailbox.submit(capture);
    await kernel.run();
    const other: OrderStore = { ...store, edition: async () => undefined };
    await expect(replay(other, orderId)).rejects.toThrow(/the store has no catalogue-/);
  });
});

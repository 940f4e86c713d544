/** Orders that are revised while parts of them were added later, values went on to others, or their day has not come. */
import { describe, expect, it } from 'vitest';
import type { Characteristic, CustomerOrder } from '../../../../engine/model/order.ts';
import { captureOf, catalogueOf, Life, lineOf, orderId, policiesOf, start } from '../../../support/orders.ts';

const day = 86_400_000;
const options = { name: 'technology', options: ['fibre', 'radio'] };

const catalogue = catalogueOf({
  catalogue: 'sites',
  offerings: [{ id: 'site', specification: 'site' }],
  products: [
    {
      id: 'site',
      characteristics: [options, { name: 'contact' }],
      relationships: [{ type: 'Realized as', target: 'access' }],
    },
  ],
  services: [
    {
      id: 'access',
      type: 'CFS',
      plan: 'survey',
      characteristics: [options, { name: 'contact' }],
      relationships: [
        { type: 'Requires', target: 'fibre', rules: [{ characteristic: 'technology', value: 'fibre' }] },
        { type: 'Requires', target: 'radio', rules: [{ characteristic: 'technology', value: 'radio' }] },
        { type: 'Requires', target: 'box' },
      ],
    },
    { id: 'fibre', type: 'RFS', takes: 'P1D' },
    { id: 'radio', type: 'RFS', takes: 'P1D', relationships: [{ type: 'Requires', target: 'mast' }] },
    { id: 'box', type: 'RFS', takes: 'P1D', characteristics: [{ name: 'owner' }] },
  ],
  resources: [{ id: 'mast', type: 'Physical', takes: 'P1D' }],
  plans: [{ plan: 'survey', tasks: [{ task: 'Survey' }] }],
  mappings: [{ mapping: 'Whose it is', from: 'access', to: 'box', copy: { owner: 'contact' } }],
});

const policies = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
  jeopardy: {},
});

class Revised extends Life {
  constructor(captured: object = {}) {
    super(policies, catalogue);
    this.take(captureOf({ lines: [lineOf({ offering: 'site' })], ...captured }));
    this.take({ type: 'ApproveOrder', at: start, orderId });
  }

  get now(): CustomerOrder {
    if (this.order === undefined) throw new Error('there is no order');
    return this.order;
  }

  /** Those that are wanted, by specification. */
  parts(): string[] {
    const open = this.now.domainOrders.filter(
      ({ state }) => state !== 'canceled' && state !== 'cancellation_in_progress',
    );
    return open.map(({ specification }) => specification).toSorted();
  }

  update(of: { readonly [name: string]: Characteristic['value'] }): void {
    const serviceOrder = this.now.domainOrders.find(({ specification }) => specification === 'access')?.id ?? '';
    const characteristics = Object.entries(of).map(([name, value]) => ({ name, value }));
    this.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
  }

  revise(of: { readonly [name: string]: Characteristic['value'] }, header: object = {}): CustomerOrder {
    const characteristics = Object.entries(of).map(([name, value]) => ({ name, value }));
    const lines =
      characteristics.length === 0 ? [] : [{ kind: 'change', item: '1', characteristics, pointer: '' } as const];
    this.then({ type: 'ReviseOrder', lines, header });
    return this.then({ type: 'DecideRevision', decision: 'approve' });
  }
}

describe('a revision of an order with parts that were added later', () => {
  it('keeps them, with all below, when it says nothing of what they came of', () => {
    const order = new Revised();
    order.update({ technology: 'radio' });
    expect(order.parts()).toEqual(['access', 'box', 'mast', 'radio', 'site']);
    order.revise({ contact: 'Ada' });
    expect(order.parts()).toEqual(['access', 'box', 'mast', 'radio', 'site']);
  });

  it('takes them back when it says otherwise, and adds what it asks for', () => {
    const order = new Revised();
    order.update({ technology: 'radio' });
    order.revise({ technology: 'fibre' });
    expect(order.parts()).toEqual(['access', 'box', 'fibre', 'site']);
  });

  it('leaves parked what is still to be decided, and decides what it says', () => {
    const order = new Revised();
    order.revise({ contact: 'Ada' });
    const access = () => order.now.domainOrders.find(({ specification }) => specification === 'access');
    expect(access()?.parked).toHaveLength(2);
    order.revise({ technology: 'fibre' });
    expect(access()?.parked).toBeUndefined();
    expect(order.parts()).toEqual(['access', 'box', 'fibre', 'site']);
  });

  it('hands on what it changes', () => {
    const order = new Revised();
    order.revise({ contact: 'Ada' });
    const box = order.now.domainOrders.find(({ specification }) => specification === 'box');
    expect(box?.characteristics).toEqual([{ name: 'owner', valueType: 'Single Line Text', value: 'Ada' }]);
  });

  it('does not get worse while somebody decides about it', () => {
    const order = new Revised();
    order.then({ type: 'ReviseOrder', lines: [{ kind: 'change', item: '1', quantity: 2, pointer: '' }], header: {} });
    expect(order.now.forecast?.nextLookAt).toBeUndefined();
    order.then({ type: 'DecideRevision', decision: 'approve' });
    expect(order.now.forecast?.nextLookAt).toBeDefined();
    expect(order.now.tasks).toHaveLength(2);
    for (const { id } of [...order.now.tasks, ...order.now.domainOrders])
      expect(order.now.forecast?.of[id]).toBeDefined();
  });
});

describe('a revision of an order for a later day', () => {
  const due = start + 3 * day;

  it('leaves it scheduled, and gives it its new day', () => {
    const order = new Revised({ requestedStartAt: due });
    const revised = order.revise({ contact: 'Ada' }, { requestedStartAt: due + day });
    expect(revised).toMatchObject({ state: 'in_progress', lines: [{ state: 'scheduled' }] });
    expect(new Set(revised.domainOrders.map(({ state }) => state))).toEqual(new Set(['scheduled']));
    expect(order.effects).toContainEqual(expect.objectContaining({ type: 'SetTimer', due: due + day }));
    order.take({ type: 'TimerFired', timer: { kind: 'orderStart' }, effectId: 'e', at: due, orderId });
    expect(order.now.lines[0]?.state).toBe('scheduled');
    order.take({ type: 'TimerFired', timer: { kind: 'orderStart' }, effectId: 'e', at: due + day, orderId });
    expect(order.now.lines[0]?.state).toBe('in_progress');
    expect(order.now.startedAt).toBe(due + day);
  });

  it('begins it at once when the day that is wanted has come', () => {
    const order = new Revised({ requestedStartAt: due });
    const revised = order.revise({}, { requestedStartAt: start });
    expect(revised.lines[0]?.state).toBe('in_progress');
    expect(revised.domainOrders.find(({ specification }) => specification === 'access')?.state).toBe('in_progress');
  });

  it('begins when it is decided about, where the day has come meanwhile', () => {
    const order = new Revised({ requestedStartAt: due });
    order.then({ type: 'ReviseOrder', lines: [], header: { description: 'soon' } });
    order.take({ type: 'TimerFired', timer: { kind: 'orderStart' }, effectId: 'e', at: due, orderId });
    expect(order.now.startedAt).toBeUndefined();
    order.take({ type: 'DecideRevision', decision: 'decline', at: due + day, orderId });
    expect(order.now).toMatchObject({ state: 'in_progress', startedAt: due + day, lines: [{ state: 'in_progress' }] });
  });
});

/** Parts that wait for a value, values that go to others, and quantities that values mean. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Characteristic, CustomerOrder, DomainOrder } from '../../../../engine/model/order.ts';
import {
  captureOf,
  catalogueOf,
  Life,
  lineOf,
  orderId,
  policiesOf,
  serviceLineOf,
  start,
} from '../../../support/orders.ts';

/** A site whose survey says what is built there: fibre or radio, a booster where the signal is weak, as many boxes as its size means. */
const catalogue = catalogueOf({
  catalogue: 'sites',
  offerings: [{ id: 'site', specification: 'site' }],
  products: [
    { id: 'site', relationships: [{ type: 'Realized as', target: 'access' }], characteristics: [{ name: 'size' }] },
  ],
  services: [
    {
      id: 'access',
      type: 'CFS',
      plan: 'survey',
      characteristics: [
        { name: 'technology', options: ['fibre', 'radio'] },
        { name: 'signal', options: ['weak', 'strong'] },
        { name: 'size' },
        { name: 'colour' },
      ],
      relationships: [
        { type: 'Requires', target: 'fibre', rules: [{ characteristic: 'technology', value: 'fibre' }] },
        { type: 'Requires', target: 'radio', rules: [{ characteristic: 'technology', value: 'radio' }] },
        {
          type: 'Requires',
          target: 'booster',
          after: ['radio'],
          rules: [
            { characteristic: 'technology', value: 'radio' },
            { characteristic: 'signal', value: 'weak' },
          ],
        },
        {
          type: 'Requires',
          target: 'box',
          quantity: {
            default: 1,
            characteristic: 'size',
            units: [
              { value: 'family', quantity: 3 },
              { value: 'none', quantity: 0 },
            ],
          },
        },
      ],
    },
    { id: 'fibre', type: 'RFS', characteristics: [{ name: 'port' }] },
    {
      id: 'radio',
      type: 'RFS',
      characteristics: [{ name: 'channel' }],
      relationships: [{ type: 'Requires', target: 'mast' }],
    },
    { id: 'booster', type: 'RFS', characteristics: [{ name: 'channel' }, { name: 'mode', options: ['on', 'off'] }] },
    {
      id: 'box',
      type: 'RFS',
      takes: 'PT1H',
      characteristics: [{ name: 'colour', default: 'white' }, { name: 'serial' }],
    },
  ],
  resources: [{ id: 'mast', type: 'Physical', takes: 'P1D', characteristics: [{ name: 'height' }] }],
  plans: [{ plan: 'survey', tasks: [{ task: 'Survey', requests: 'survey' }] }],
  requestDefinitions: [{ id: 'survey', characteristics: [{ name: 'technology', mandatory: true }] }],
  mappings: [
    { mapping: 'Boxes are of one colour', from: 'access', to: 'box', copy: { colour: 'colour' } },
    { mapping: 'The booster is on the channel', from: 'radio', to: 'booster', copy: { channel: 'channel' } },
    { mapping: 'It is on', from: 'radio', when: { channel: ['7', '8'] }, to: 'booster', default: { mode: 'on' } },
    { mapping: 'Masts are high for it', from: 'booster', when: { mode: 'on' }, to: 'mast', set: { height: 30 } },
  ],
});

const policies = (changes: object = {}) =>
  policiesOf({
    policies: 'p',
    approval: 'manual',
    outbound: { rows: [], default: { outboundEnabled: false } },
    ...changes,
  });

const values = (of: { readonly [name: string]: Characteristic['value'] }): Characteristic[] =>
  Object.entries(of).map(([name, value]) => ({ name, value }));

class Site extends Life {
  constructor(changes: object = {}, given: Characteristic[] = []) {
    super(policies(changes), catalogue);
    this.take(captureOf({ lines: [lineOf({ offering: 'site', characteristics: given })] }));
    this.take({ type: 'ApproveOrder', at: start, orderId });
  }

  get now(): CustomerOrder {
    if (this.order === undefined) throw new Error('there is no order');
    return this.order;
  }

  all(specification: string): DomainOrder[] {
    return this.now.domainOrders.filter((each) => each.specification === specification);
  }

  one(specification: string): DomainOrder {
    const [found] = this.all(specification);
    if (found === undefined) throw new Error(`no ${specification}`);
    return found;
  }

  valuesOf(specification: string): object[] {
    return this.all(specification).map(({ characteristics }) =>
      Object.fromEntries(characteristics.map(({ name, value }) => [name, value])),
    );
  }

  update(specification: string, of: { readonly [name: string]: Characteristic['value'] }): CustomerOrder {
    const serviceOrder = this.one(specification).id;
    return this.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics: values(of) });
  }

  parts(): string[] {
    return this.now.domainOrders.map(({ specification }) => specification);
  }
}

describe('a part whose rule asks for a value that is not there', () => {
  it('is parked when the order is approved, and nothing else is', () => {
    const site = new Site();
    expect(site.parts()).toEqual(['site', 'access', 'box']);
    expect(site.one('access').parked?.map(({ target }) => target)).toEqual(['fibre', 'radio', 'booster']);
  });

  it('is added when a task says the value, and what another value excludes is left out for good', () => {
    const site = new Site();
    const task = site.now.tasks[0]?.id ?? '';
    site.then({ type: 'CloseTask', task, characteristics: values({ technology: 'fibre' }) });
    expect(site.parts()).toEqual(['site', 'access', 'box', 'fibre']);
    expect(site.one('fibre')).toMatchObject({ parent: site.one('access').id, action: 'add' });
    expect(site.one('access').parked).toBeUndefined();
    expect(site.one('fibre').state).toBe('closed_complete');
  });

  it('is added with all below it, and waits for its siblings', () => {
    const site = new Site();
    site.update('access', { technology: 'radio' });
    expect(site.parts()).toEqual(['site', 'access', 'box', 'radio', 'mast']);
    expect(site.one('access').parked?.map(({ target }) => target)).toEqual(['booster']);
    site.update('access', { signal: 'weak' });
    expect(site.one('booster').after).toEqual([site.one('radio').id]);
    expect(site.one('booster').state).toBe('draft');
    expect(site.one('radio').state).toBe('in_progress');
  });

  it('has its place in the inventory as all else has', () => {
    const site = new Site();
    site.update('access', { technology: 'radio' });
    const change = site.effect('ChangeInventory').changes[0];
    expect(change).toMatchObject({
      type: 'InstallItems',
      items: [{ specification: 'radio' }, { specification: 'mast' }],
    });
    expect(site.one('radio').installs).toBeDefined();
  });

  it('is decided about once: another value afterwards changes nothing of what there is', () => {
    const site = new Site();
    site.update('access', { technology: 'fibre' });
    site.update('access', { technology: 'radio' });
    expect(site.parts()).toEqual(['site', 'access', 'box', 'fibre']);
  });

  it('is planned with the others, where the order is watched', () => {
    const site = new Site({ jeopardy: {} });
    site.update('access', { technology: 'radio' });
    const mast = site.now.forecast?.of[site.one('mast').id];
    expect(mast).toMatchObject({ plannedStartAt: start + 1_000, plannedEndAt: start + 1_000 + 86_400_000 });
    expect(site.now.forecast?.of[site.now.id]?.plannedEndAt).toBe(start + 1_000 + 86_400_000);
  });

  it('is left out at once where nobody waits: in service orders, or as the policies say', () => {
    expect(new Site({ staggered: 'never' }).one('access').parked).toBeUndefined();
    const serviceOrder = (changes: object) => {
      const life = new Life(policies(changes), catalogue);
      life.take(captureOf({ category: 'Service', lines: [serviceLineOf('access')] }));
      return life.then({ type: 'ApproveOrder' }).domainOrders[0];
    };
    expect(serviceOrder({})?.parked).toBeUndefined();
    expect(serviceOrder({ staggered: 'allOrders' })?.parked).toHaveLength(3);
  });

  it('comes to the same as if the value had been there from the start, in whatever order the values come', () => {
    const given = fc.record({
      technology: fc.constantFrom('fibre', 'radio'),
      signal: fc.constantFrom('weak', 'strong'),
      first: fc.constantFrom('technology', 'signal'),
    });
    fc.assert(
      fc.property(given, ({ technology, signal, first }) => {
        const site = new Site();
        const all = { technology, signal };
        const names = first === 'technology' ? ['technology', 'signal'] : ['signal', 'technology'];
        for (const name of names) site.update('access', { [name]: all[name as 'technology' | 'signal'] });
        const atOnce = new Site();
        atOnce.update('access', all);
        const never = new Site({ staggered: 'never' }, []);
        expect(site.parts().toSorted()).toEqual(atOnce.parts().toSorted());
        expect(never.parts()).toEqual(['site', 'access', 'box']);
        expect(site.one('access').parked).toBeUndefined();
      }),
    );
  });
});

describe('a part that joins what has gone out with all below it', () => {
  it('is told of by a revision of that, and not by itself', () => {
    const life = new Life(
      policies({
        outbound: {
          rows: [
            {
              name: 'whole',
              when: { specificationType: 'CFS' },
              then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' },
            },
          ],
        },
      }),
      catalogueOf({
        catalogue: 'outside',
        offerings: [{ id: 'site', specification: 'site' }],
        products: [{ id: 'site', relationships: [{ type: 'Realized as', target: 'access' }] }],
        services: [
          {
            id: 'access',
            type: 'CFS',
            characteristics: [{ name: 'technology' }],
            relationships: [
              { type: 'Requires', target: 'radio', rules: [{ characteristic: 'technology', value: 'radio' }] },
            ],
          },
          { id: 'radio', type: 'RFS' },
        ],
      }),
    );
    life.take(captureOf({ lines: [lineOf({ offering: 'site' })] }));
    life.then({ type: 'ApproveOrder' });
    const { requestId } = life.effect('SendOutboundRequest');
    const outcome = { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    const access = life.order?.domainOrders.find(({ specification }) => specification === 'access')?.id ?? '';
    const characteristics = values({ technology: 'radio' });
    const after = life.then({ type: 'UpdateServiceOrder', serviceOrder: access, characteristics });
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expect(after.domainOrders.find(({ id }) => id === access)?.updatesAvailable).toBe(true);
    const radio = after.domainOrders.find(({ specification }) => specification === 'radio');
    expect(radio).toMatchObject({ state: 'in_progress', work: { by: 'external' } });
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: access });
    const { payload } = life.effect('SendOutboundRequest');
    expect(payload.items.map(({ serviceOrder }) => serviceOrder)).toContain(radio?.id);
  });
});

describe('a quantity', () => {
  it.each([
    ['family', 3],
    ['none', 0],
    ['another', 1],
  ])('of a size that is %s is %d', (size, count) => {
    expect(new Site({}, values({ size })).all('box')).toHaveLength(count);
  });
});

describe('a mapping', () => {
  it('copies a value to every target of the tree, and only when it changes', () => {
    const site = new Site({}, values({ size: 'family' }));
    site.update('access', { colour: 'red' });
    expect(site.valuesOf('box')).toEqual([{ colour: 'red' }, { colour: 'red' }, { colour: 'red' }]);
    site.update('box', { colour: 'blue', serial: 'x' });
    site.update('access', { signal: 'weak' });
    expect(site.valuesOf('box')[0]).toEqual({ colour: 'blue', serial: 'x' });
  });

  it('reaches siblings and what stands below them, one after another', () => {
    const site = new Site();
    site.update('access', { technology: 'radio', signal: 'weak' });
    site.update('radio', { channel: '7' });
    expect(site.valuesOf('booster')).toEqual([{ channel: '7', mode: 'on' }]);
    expect(site.valuesOf('mast')).toEqual([{ height: 30 }]);
    expect(site.now.workNotes.map(({ text }) => text)).toContain('Characteristics updated by "It is on": mode is "on"');
  });

  it('sets a default only where there is no value, and nothing where its condition does not hold', () => {
    const site = new Site();
    site.update('access', { technology: 'radio', signal: 'weak' });
    site.update('radio', { channel: '1' });
    expect(site.valuesOf('booster')).toEqual([{ channel: '1' }]);
    site.update('booster', { mode: 'off' });
    site.update('radio', { channel: '8' });
    expect(site.valuesOf('booster')).toEqual([{ channel: '8', mode: 'off' }]);
  });

  it('gives what joins later the values that are there', () => {
    const site = new Site();
    site.update('access', { technology: 'radio' });
    site.update('radio', { channel: '7' });
    site.update('access', { signal: 'weak' });
    expect(site.valuesOf('booster')).toEqual([{ channel: '7', mode: 'on' }]);
  });

  it('stays in the tree: another unit of the same product has its own', () => {
    const life = new Site({}, []);
    life.order = undefined;
    life.take(captureOf({ lines: [lineOf({ offering: 'site', quantity: 2 })] }));
    life.then({ type: 'ApproveOrder' });
    life.update('access', { colour: 'red' });
    expect(life.valuesOf('box')).toEqual([{ colour: 'red' }, { colour: 'white' }]);
  });

  it('says what has changed outside, where the target has gone out', () => {
    const site = new Site({
      outbound: {
        rows: [{ name: 'boxes', when: { specification: 'box' }, then: { outboundEnabled: true, targetSystem: 'som' } }],
        default: { outboundEnabled: false },
      },
    });
    const { requestId } = site.effect('SendOutboundRequest');
    const outcome = { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] } as const;
    site.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    site.update('access', { colour: 'red' });
    expect(site.one('box').updatesAvailable).toBe(true);
  });
});

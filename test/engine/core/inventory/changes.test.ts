/** What the life of an order means to the inventory, from its approval to its end. */
import { describe, expect, it } from 'vitest';
import { step } from '../../../../engine/core/step.ts';
import type { Policies } from '../../../../engine/model/policies.ts';
import { LifeWithInventory } from '../../../support/inventory.ts';
import {
  accepted,
  broadband,
  captureOf,
  catalogueOf,
  factsOf,
  type Happening,
  hierarchical,
  inside,
  lineOf,
  oneByOne,
  orderId,
  sentOrder,
  serviceLineOf,
  start,
} from '../../../support/orders.ts';

const withoutInventory: Policies = { ...inside, productInventory: false };

/** Placed and approved, with its inventory. */
function approved(policies: Policies, capture = captureOf(), catalogue = broadband): LifeWithInventory {
  const life = new LifeWithInventory(policies, catalogue);
  life.take(capture);
  life.then({ type: 'ApproveOrder' });
  return life;
}

function idOf({ order }: LifeWithInventory, specification: string): string {
  return order?.domainOrders.find((each) => each.specification === specification)?.id ?? '';
}

/** What is done by itself and takes a while, is done. */
function rings(life: LifeWithInventory, specification: string): Happening {
  const timer = { kind: 'automaticFulfillment', domainOrder: idOf(life, specification) } as const;
  return { type: 'TimerFired', timer, effectId: 'e' };
}

function reported(life: LifeWithInventory, ...specifications: string[]): Happening {
  const reports = specifications.map((each) => ({ serviceOrder: idOf(life, each), state: 'fulfilled' as const }));
  const requestId = life.order?.dispatches[0]?.requestId ?? '';
  return { type: 'ReportFulfillment', requestId, reports, via: 'event' };
}

describe('approving an order', () => {
  it('puts in the inventory what it is going to bring, as a tree like that of its domain orders', () => {
    const { items, order, trees } = approved(hierarchical);
    expect([...trees]).toMatchObject([[items[0]?.id, { entries: 1 }]]);
    const itemOf = new Map(order?.domainOrders.map(({ id, installs }) => [id, installs]));
    expect(items).toMatchObject(
      order?.domainOrders.map(({ id, kind, parent, specification, characteristics, line, state }, place) => ({
        id: itemOf.get(id),
        number: `PI000000${place + 1}`,
        tree: items[0]?.id,
        ...(parent === undefined ? {} : { parent: itemOf.get(parent) }),
        kind,
        specification,
        specificationVersion: '1',
        name: broadband.specifications[specification]?.name,
        status: state === 'closed_complete' ? 'active' : 'installation_pending',
        characteristics,
        order: orderId,
        line,
        domainOrder: id,
        orderItem: '1',
      })) ?? [],
    );
    expect(items).toHaveLength(7);
  });

  it('says whose it is and where', () => {
    const place = { id: 'site-1', role: 'installation', referredType: 'GeographicSite' };
    const owner = { id: 'own-1', role: 'owner', referredType: 'Individual' };
    const customer = { id: 'cust-1', referredType: 'Customer' };
    const capture = captureOf({ parties: [owner, customer], lines: [lineOf({ place })] });
    for (const item of approved(hierarchical, capture).items) {
      expect(item).toMatchObject({ place, customer, parties: [owner, customer] });
    }
  });

  it.each([
    [
      [
        { id: 'a', role: 'Customer', referredType: 'Organization' },
        { id: 'b', referredType: 'Customer' },
      ],
      'a',
    ],
    [
      [
        { id: 'a', referredType: 'Individual' },
        { id: 'b', referredType: 'Consumer' },
      ],
      'b',
    ],
    [[{ id: 'a', referredType: 'Individual' }], undefined],
  ])('takes of the parties %j the customer %s', (parties, customer) => {
    expect(approved(hierarchical, captureOf({ parties })).items[0]?.customer?.id).toBe(customer);
  });

  it('makes a tree of every unit', () => {
    const life = approved(hierarchical, captureOf({ lines: [lineOf({ quantity: 3 })] }));
    expect(life.trees.size).toBe(3);
    expect(life.effectTypes().filter((type) => type === 'ChangeInventory')).toHaveLength(3);
    expect(new Set(life.items.map(({ id }) => id)).size).toBe(21);
    expect(life.items.map(({ number }) => number)).toEqual(
      Array.from({ length: 21 }, (_each, place) => `PI${String(place + 1).padStart(7, '0')}`),
    );
  });

  it('of services puts in services and resources', () => {
    const lines = [serviceLineOf('access-line')];
    const { items } = approved(hierarchical, captureOf({ category: 'Service', lines }));
    expect(items.map(({ kind, specification }) => `${kind} ${specification}`)).toEqual([
      'service access-line',
      'resource access-port',
    ]);
  });

  it('that only asks leaves the inventory alone', () => {
    const lines = [serviceLineOf('internet-access')];
    const life = new LifeWithInventory(hierarchical);
    const asks = captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines });
    life.take(asks);
    const { domainOrders } = life.then({ type: 'ApproveOrder' });
    expect(domainOrders.length).toBeGreaterThan(0);
    expect(domainOrders.filter(({ installs }) => installs !== undefined)).toEqual([]);
    expect(life.items).toEqual([]);
  });

  it('about what is there already brings nothing new', () => {
    const lines = [serviceLineOf('access-line', { action: 'change', inventory: 'elsewhere-1' })];
    expect(approved(hierarchical, captureOf({ category: 'Service', lines })).items).toEqual([]);
  });

  it('gives domain orders and requests the ids they have without an inventory', () => {
    const idsOf = ({ order }: LifeWithInventory) => [
      order?.domainOrders.map(({ id, number }) => `${number} ${id}`),
      order?.dispatches.map(({ requestId }) => requestId),
    ];
    const without = { ...hierarchical, productInventory: false };
    expect(idsOf(approved(hierarchical))).toEqual(idsOf(approved(without)));
  });
});

describe('a house without a product inventory', () => {
  it('has no rows, whatever becomes of its orders', () => {
    const life = approved(withoutInventory);
    life.then(rings(life, 'router-device'));
    expect(life.order?.state).toBe('completed');
    expect(life.items).toEqual([]);
    expect(life.order?.domainOrders.filter(({ installs }) => installs !== undefined)).toEqual([]);
  });

  it('still brings to an end what was begun before it decided so', () => {
    const life = approved(inside);
    const { order } = life;
    const input = { ...rings(life, 'router-device'), at: start + 9_000, orderId } as Parameters<typeof step>[1]; // what `Happening` leaves out
    const outcome = step(order, input, factsOf(withoutInventory));
    const changes = outcome.ok ? outcome.effects.filter(({ type }) => type === 'ChangeInventory') : [];
    expect(changes).toMatchObject([{ changes: [{ event: 'fulfill' }, { type: 'CompleteItems' }] }]);
  });
});

describe('an item', () => {
  it('is active once its domain order is closed, and no earlier', () => {
    const life = approved(hierarchical);
    const [dispatch] = life.order?.dispatches ?? [];
    life.then(accepted(dispatch?.requestId ?? ''));
    life.then(reported(life, 'access-line', 'ip-connectivity'));
    expect(life.statuses).toEqual({
      broadband: 'installation_pending',
      'internet-access': 'installation_pending',
      'access-line': 'active',
      'access-port': 'active',
      'ip-connectivity': 'active',
      'home-router': 'installation_pending',
      'router-device': 'installation_pending',
    });
    const active = life.items.filter(({ status }) => status === 'active');
    expect(active.map(({ startedAt }) => startedAt)).toEqual([start + 3_000, start + 1_000, start + 3_000]);
  });

  it('is active once somebody has completed its service order by hand', () => {
    const life = approved(oneByOne);
    const serviceOrder = idOf(life, 'access-line');
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'laid by hand' });
    expect(life.statuses['access-line']).toBe('active');
  });

  it('is not wanted any more when its service order is canceled, nor is what stands below it', () => {
    const life = approved(oneByOne);
    life.then({ type: 'CancelServiceOrder', serviceOrder: idOf(life, 'home-router'), note: 'has one' });
    expect(life.statuses).toMatchObject({
      'home-router': 'inactive',
      'router-device': 'inactive',
      'internet-access': 'installation_pending',
    });
    expect(life.items.filter(({ status }) => status === 'inactive')).toMatchObject([
      { endedAt: start + 2_000 },
      { endedAt: start + 2_000 },
    ]);
  });

  it('is what was delivered, once the order is completed', () => {
    const life = approved(hierarchical);
    const [dispatch] = life.order?.dispatches ?? [];
    life.then(accepted(dispatch?.requestId ?? ''));
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder: idOf(life, 'access-line'), characteristics });
    const speed = () =>
      life.items.find(({ specification }) => specification === 'access-line')?.characteristics[0]?.value;
    expect(speed()).toBe('100 Mbps');
    life.then(rings(life, 'router-device'));
    life.then(reported(life, 'access-line', 'ip-connectivity', 'home-router', 'internet-access'));
    expect(life.order?.state).toBe('completed');
    expect(speed()).toBe('1 Gbps');
    expect(new Set(Object.values(life.statuses))).toEqual(new Set(['active']));
  });

  it('that was canceled stays as it was when the rest is delivered', () => {
    const life = approved(oneByOne);
    life.then({ type: 'CancelServiceOrder', serviceOrder: idOf(life, 'home-router'), note: 'has one' });
    for (const specification of ['access-line', 'ip-connectivity', 'internet-access']) {
      life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: idOf(life, specification), note: 'done' });
    }
    expect(life.order?.state).toBe('completed');
    expect(life.statuses).toMatchObject({ broadband: 'active', 'access-line': 'active', 'home-router': 'inactive' });
  });

  it('that does not last is over with its order', () => {
    const catalogue = catalogueOf({
      catalogue: 'Visits',
      offerings: [{ id: 'line', specification: 'line' }],
      products: [{ id: 'line', relationships: [{ type: 'Requires', target: 'visit' }] }],
      resources: [{ id: 'visit', type: 'Physical', transient: true, takes: 'PT1H' }],
    });
    const life = approved(inside, captureOf({ lines: [lineOf({ offering: 'line' })] }), catalogue);
    expect(life.statuses).toEqual({ line: 'installation_pending', visit: 'installation_pending' });
    life.then(rings(life, 'visit'));
    expect(life.statuses).toEqual({ line: 'active', visit: 'inactive' });
  });
});

describe('what an order says to the inventory', () => {
  it('is one change for each tree and step', () => {
    const life = approved(inside);
    expect(life.effects.filter(({ type }) => type === 'ChangeInventory')).toMatchObject([
      {
        changes: [
          { type: 'InstallItems', items: { length: 7 } },
          { type: 'MoveItems', event: 'fulfill', items: { length: 3 } },
        ],
      },
    ]);
    expect(life.items[0]).toMatchObject({ status: 'installation_pending' });
  });

  it('is nothing when a report comes again', () => {
    const life = approved(hierarchical);
    life.then(accepted(life.order?.dispatches[0]?.requestId ?? ''));
    const report = reported(life, 'access-line');
    life.then(report);
    expect(life.effectTypes()).toContain('ChangeInventory');
    life.then(report);
    expect(life.effectTypes()).toEqual([]);
  });

  it('is the same when the step is taken again', () => {
    const [one, other] = [sentOrder(), sentOrder()].map(({ effects }) => JSON.stringify(effects));
    expect(one).toContain('InstallItems');
    expect(one).toBe(other);
  });
});

/** The report on what is being provided: counts, durations and failures of plain orders, and what is left out of it. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { DomainOrderState } from '../../../engine/model/state-tables.ts';
import { reportOf } from '../../../engine/wire/north/report.ts';
import { captureOf, inside, Life, lineOf, start } from '../../support/orders.ts';

const minute = 60_000;

function broadbandOrder(): CustomerOrder {
  const life = new Life(inside);
  return life.take(captureOf({ lines: [lineOf()] }));
}

type Part = readonly [kind: 'service' | 'resource', specification: string, state: DomainOrderState, tookMs?: number];

/** An order that consists of nothing but these. */
function orderOf(parts: readonly Part[], changes: Partial<CustomerOrder> = {}): CustomerOrder {
  const order = broadbandOrder();
  return {
    ...order,
    domainOrders: parts.map(([kind, specification, state, tookMs], index) => ({
      id: `d${index}`,
      number: `RO000000${index}`,
      kind,
      line: order.lines[0]?.id ?? '',
      specification,
      action: 'add',
      state,
      after: [],
      characteristics: [],
      composedOf: [],
      ...(tookMs === undefined ? {} : { startedAt: start, endedAt: start + tookMs }),
    })),
    ...changes,
  };
}

const fallout = (about: string, state: 'open' | 'resolved' | 'on_hold', cause: 'business' | 'busy') => ({
  id: `f-${about}-${state}`,
  number: 'FO0000001',
  type: 'Provisioning Failure',
  cause,
  state,
  domainOrder: about,
  holds: [],
  description: '',
  createdAt: start,
});

const resourcesIn = (order: CustomerOrder) => reportOf([order], { kind: 'resource' }, start).kinds[0];

describe('a report', () => {
  it('of nothing counts nothing, kind by kind', () => {
    const none = { count: 0, states: {}, fallouts: { count: 0, open: 0, causes: {} } };
    expect(reportOf([], {}, start)).toEqual({
      at: '2026-01-05T08:00:00.000Z',
      orders: 0,
      kinds: ['product', 'service', 'resource', 'work'].map((kind) => ({ kind, figures: none, specifications: [] })),
    });
  });

  it('says how many are in which state, all together and by specification', () => {
    const order = orderOf([
      ['resource', 'port', 'in_progress'],
      ['resource', 'port', 'closed_complete', minute],
      ['resource', 'line', 'on_hold'],
      ['service', 'access', 'in_progress'],
    ]);
    expect(resourcesIn(order)).toMatchObject({
      figures: { count: 3, states: { in_progress: 1, on_hold: 1, closed_complete: 1 } },
      specifications: [
        { specification: 'line', figures: { count: 1, states: { on_hold: 1 } } },
        { specification: 'port', figures: { count: 2, states: { in_progress: 1, closed_complete: 1 } } },
      ],
    });
  });

  it.each<{ name: string; parts: Part[]; durations: object | undefined }>([
    { name: 'none', parts: [['resource', 'port', 'in_progress']], durations: undefined },
    {
      name: 'one',
      parts: [['resource', 'port', 'closed_complete', minute]],
      durations: { count: 1, shortest: 'PT1M', mean: 'PT1M', longest: 'PT1M' },
    },
    {
      name: 'several, in whatever order they stand',
      parts: [
        ['resource', 'port', 'closed_complete', 5 * minute],
        ['resource', 'port', 'closed_complete', minute],
        ['resource', 'port', 'closed_complete', 3 * minute],
      ],
      durations: { count: 3, shortest: 'PT1M', mean: 'PT3M', longest: 'PT5M' },
    },
    {
      name: 'canceled ones',
      parts: [['resource', 'port', 'canceled', minute]],
      durations: undefined,
    },
    {
      name: 'one that was closed by hand before it was begun',
      parts: [['resource', 'port', 'closed_complete']],
      durations: undefined,
    },
    {
      name: 'a mean that is no whole number of milliseconds',
      parts: [
        ['resource', 'port', 'closed_complete', 1],
        ['resource', 'port', 'closed_complete', 2],
        ['resource', 'port', 'closed_complete', 2],
      ],
      durations: { count: 3, shortest: 'PT0.001S', mean: 'PT0.002S', longest: 'PT0.002S' },
    },
  ])('says how long they took: $name', ({ parts, durations }) => {
    expect(resourcesIn(orderOf(parts))?.figures.durations).toEqual(durations);
  });

  it('says what went wrong with them, and how much of it still is', () => {
    const order = orderOf(
      [
        ['resource', 'port', 'on_hold'],
        ['service', 'access', 'on_hold'],
      ],
      {
        fallouts: [
          fallout('d0', 'open', 'busy'),
          fallout('d0', 'resolved', 'business'),
          fallout('d1', 'on_hold', 'busy'),
        ],
      },
    );
    const [, services, resources] = reportOf([order], {}, start).kinds;
    expect(resources?.figures.fallouts).toEqual({ count: 2, open: 1, causes: { business: 1, busy: 1 } });
    expect(services?.figures.fallouts).toEqual({ count: 1, open: 1, causes: { busy: 1 } });
  });

  it('is of the specification that is asked for, and of no other', () => {
    const order = orderOf([
      ['resource', 'port', 'in_progress'],
      ['service', 'access', 'in_progress'],
    ]);
    const { kinds } = reportOf([order], { specification: 'port' }, start);
    expect(kinds.map(({ figures }) => figures.count)).toEqual([0, 0, 1, 0]);
  });

  it('is of orders that were captured from one instant up to another', () => {
    const orders = [start, start + 1, start + 2].map((orderedAt) =>
      orderOf([['resource', 'port', 'in_progress']], { orderedAt }),
    );
    const ordersIn = (query: Parameters<typeof reportOf>[1]) => reportOf(orders, query, start).orders;
    expect(ordersIn({ from: start + 1 })).toBe(2);
    expect(ordersIn({ to: start + 1 })).toBe(1);
    expect(ordersIn({ from: start + 1, to: start + 2 })).toBe(1);
    expect(reportOf(orders, { from: start + 1, to: start + 2 }, start)).toMatchObject({
      from: '2026-01-05T08:00:00.001Z',
      to: '2026-01-05T08:00:00.002Z',
    });
  });

  it('leaves out orders that only ask', () => {
    const asking = orderOf([['service', 'access', 'in_progress']], { fulfillmentType: 'Qualify' });
    expect(reportOf([asking], {}, start)).toMatchObject({ orders: 0, kinds: Array(4).fill({ figures: { count: 0 } }) });
  });
});

describe('a domain order', () => {
  it('says when it was begun and when it ended, from its first beginning on', () => {
    const life = new Life(inside);
    life.take(captureOf());
    const begun = life.then({ type: 'ApproveOrder' }).domainOrders.filter(({ state }) => state === 'in_progress');
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual(
      begun.map(() => [start + 1_000, undefined]),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { step } from '../../../engine/core/step.ts';
import { refusalRemedy, refusalText } from '../../../engine/model/refusals.ts';
import {
  captureOf,
  catalogueOf,
  factsOf,
  hierarchical,
  inside,
  Life,
  lineOf,
  oneByOne,
  orderId,
  sentOrder,
  serviceLineOf,
  start,
  statesOf,
} from '../../support/orders.ts';

describe('approving an order', () => {
  it('decomposes it from the product down to the resources, parents first', () => {
    const order = sentOrder().order;
    const numberOf = new Map(order?.domainOrders.map(({ id, number }) => [id, number]));
    const tree = order?.domainOrders.map(({ number, specification, parent }) => [
      number,
      specification,
      numberOf.get(parent ?? ''),
    ]);
    expect(tree).toEqual([
      ['PO0000001', 'broadband', undefined],
      ['SO0000001', 'internet-access', 'PO0000001'],
      ['SO0000002', 'access-line', 'SO0000001'],
      ['RO0000001', 'access-port', 'SO0000002'],
      ['SO0000003', 'ip-connectivity', 'SO0000001'],
      ['SO0000004', 'home-router', 'SO0000001'],
      ['RO0000002', 'router-device', 'SO0000004'],
    ]);
  });

  it('goes through Acknowledged to In progress, and tells listeners of both', () => {
    const life = sentOrder();
    expect(life.order?.state).toBe('in_progress');
    expect(life.order?.startedAt).toBe(start + 1_000);
    const told = life.effects.flatMap((effect) =>
      effect.type === 'NotifyListeners' ? [[effect.from, effect.to]] : [],
    );
    expect(told).toEqual([
      ['new', 'acknowledged'],
      ['acknowledged', 'in_progress'],
    ]);
  });

  it('gives each domain order what its specification declares: as ordered, or by default', () => {
    const life = new Life(hierarchical);
    life.take(captureOf({ lines: [lineOf({ characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }] })] }));
    const order = life.then({ type: 'ApproveOrder' });
    const valuesOf = (specification: string) =>
      order.domainOrders
        .find((domainOrder) => domainOrder.specification === specification)
        ?.characteristics.map(({ name, value }) => `${name} ${value}`);
    expect(valuesOf('internet-access')).toEqual(['downstreamSpeed 1 Gbps', 'router rented']);
    expect(valuesOf('access-line')).toEqual(['downstreamSpeed 1 Gbps']);
    expect(valuesOf('access-port')).toEqual([]);
  });

  it('leaves out what a rule excludes', () => {
    const life = new Life(hierarchical);
    life.take(captureOf({ lines: [lineOf({ characteristics: [{ name: 'router', value: 'own' }] })] }));
    expect(Object.keys(statesOf(life.then({ type: 'ApproveOrder' })))).toEqual([
      'broadband',
      'internet-access',
      'access-line',
      'access-port',
      'ip-connectivity',
    ]);
  });

  it('splits a quantity into whole trees of their own', () => {
    const life = new Life(hierarchical);
    life.take(captureOf({ lines: [lineOf({ quantity: 3 })] }));
    const order = life.then({ type: 'ApproveOrder' });
    expect(order.domainOrders.filter(({ kind }) => kind === 'product')).toHaveLength(3);
    expect(order.domainOrders).toHaveLength(21);
    expect(new Set(order.outboundRequests.map(({ requestId }) => requestId)).size).toBe(3);
  });

  it('is refused in any other state, with what is possible', () => {
    const life = sentOrder();
    const outcome = life.try({ type: 'ApproveOrder', at: start, orderId });
    if (outcome.ok) throw new Error('it was taken');
    expect(refusalText(outcome.refusal)).toBe('Order ORD0000001 is in_progress: approve is not possible');
    expect(refusalRemedy(outcome.refusal)).toMatch(/^Possible from in_progress: informationMissing, hold, revise/);
  });

  it('does not touch the order it was given', () => {
    const captured = new Life(hierarchical).take(captureOf());
    const before = structuredClone(captured);
    step(captured, { type: 'ApproveOrder', at: start, orderId }, factsOf(hierarchical));
    expect(captured).toEqual(before);
  });
});

describe('bundles', () => {
  const catalogue = catalogueOf({
    catalogue: 'bundle',
    offerings: [
      { id: 'office', specification: 'office' },
      { id: 'voice', specification: 'voice' },
      { id: 'security', specification: 'security' },
    ],
    products: [
      {
        id: 'office',
        relationships: [
          { type: 'Bundles', target: 'internet' },
          { type: 'Bundles', target: 'voice', mandatory: false },
          { type: 'Bundles', target: 'security', mandatory: false },
          { type: 'Composed of', target: 'manual' },
        ],
      },
      { id: 'internet' },
      { id: 'voice', characteristics: [{ name: 'lines' }] },
      { id: 'security' },
      { id: 'manual' },
    ],
  });
  const approved = (lines: Parameters<typeof lineOf>[0][]) => {
    const life = new Life(inside, catalogue);
    life.take(captureOf({ lines: lines.map(lineOf) }));
    return life.then({ type: 'ApproveOrder' });
  };

  it('have their mandatory parts, and optional ones that have a line of their own', () => {
    const order = approved([
      { externalId: '1', offering: 'office' },
      { externalId: '2', parent: '1', offering: 'voice', quantity: 2, characteristics: [{ name: 'lines', value: 5 }] },
    ]);
    expect(order.domainOrders.map(({ specification, line }) => [specification, line.slice(-1)])).toEqual([
      ['office', '1'],
      ['internet', '1'],
      ['voice', '2'],
      ['voice', '2'],
    ]);
    expect(order.domainOrders[2]?.characteristics).toEqual([
      { name: 'lines', valueType: 'Single Line Text', value: 5 },
    ]);
    expect(order.domainOrders[0]?.composedOf).toEqual(['manual']);
  });

  it('are repeated whole with their lines when the bundle is ordered several times', () => {
    const order = approved([
      { externalId: '1', offering: 'office', quantity: 2 },
      { externalId: '2', parent: '1', offering: 'voice' },
      { externalId: '3', parent: '1', offering: 'voice' },
    ]);
    const specifications = order.domainOrders.map(({ specification }) => specification);
    expect(specifications).toEqual(['office', 'internet', 'voice', 'voice', 'office', 'internet', 'voice', 'voice']);
  });

  it('decompose a line that fits nowhere in its parent by itself', () => {
    const order = approved([
      { externalId: '1', offering: 'voice' },
      { externalId: '2', parent: '1', offering: 'security' },
    ]);
    expect(order.domainOrders.map(({ specification, parent }) => [specification, parent])).toEqual([
      ['voice', undefined],
      ['security', undefined],
    ]);
  });

  it('pass over lines that change nothing, and not over what is below them', () => {
    const order = approved([
      { externalId: '1', offering: 'office', action: 'no-change' },
      { externalId: '2', parent: '1', offering: 'voice' },
    ]);
    expect(order.domainOrders.map(({ specification }) => specification)).toEqual(['voice']);
    expect(order.state).toBe('completed');
  });
});

describe('lines that depend on lines', () => {
  it('start when what they depend on is closed', () => {
    const life = new Life(oneByOne);
    const lines = [serviceLineOf('ip-connectivity', { after: ['access-line'] }), serviceLineOf('access-line')];
    life.take(captureOf({ category: 'Service', lines }));
    const order = life.then({ type: 'ApproveOrder' });
    expect(statesOf(order)).toMatchObject({ 'ip-connectivity': 'draft', 'access-line': 'in_progress' });
    const [record] = order.outboundRequests;
    if (record === undefined) throw new Error('nothing was sent');
    const reports = [{ serviceOrder: record.serviceOrder, state: 'fulfilled' as const }];
    const next = life.then({ type: 'ReportFulfillment', requestId: record.requestId, reports, via: 'event' });
    expect(statesOf(next)).toMatchObject({ 'ip-connectivity': 'in_progress', 'access-line': 'closed_complete' });
    expect(life.effect('SendOutboundRequest').payload.items[0]?.after).toEqual([]);
  });
});

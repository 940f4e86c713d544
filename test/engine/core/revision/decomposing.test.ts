/** What an approved revision makes of the domain orders: changed, added, taken back, or left alone. */
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../support/canceling.ts';
import { captureOf, Life, lineOf, policiesOf, statesOf } from '../../../support/orders.ts';
import {
  approveRevision,
  changed,
  dropped,
  ofSpecification,
  revise,
  valued,
  valueIn,
} from '../../../support/revising.ts';

/** No policy row says who does it: all of it is begun, and waits for people. */
const byHand = policiesOf({ policies: 'by hand', approval: 'manual', outbound: { rows: [] } });

function approved(lines = [lineOf()]): Life {
  const life = new Life(byHand);
  life.take(captureOf({ lines }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): Life {
  life.then(revise(lines));
  life.then(approveRevision);
  return life;
}

const idsOf = (life: Life) => life.order?.domainOrders.map(({ id }) => id);

describe('an approved revision', () => {
  it('changes what carries the characteristic, under the same ids', () => {
    const life = approved();
    const before = idsOf(life);
    revised(life, valued('1', { downstreamSpeed: '1 Gbps' }));
    expect(idsOf(life)).toEqual(before);
    for (const each of ['broadband', 'internet-access', 'access-line', 'ip-connectivity']) {
      expect(valueIn(life.order, each, 'downstreamSpeed')).toBe('1 Gbps');
    }
    expect(linesOf(life)).toEqual(['in_progress']);
  });

  it('takes back what is not wanted any more, and only that', () => {
    const life = approved();
    revised(life, valued('1', { router: 'own' }));
    expect(statesOf(life.order as never)).toMatchObject({ 'home-router': 'canceled', 'router-device': 'canceled' });
    expect(valueIn(life.order, 'internet-access', 'router')).toBe('own');
  });

  it('adds what is wanted now, below what was there', () => {
    const life = approved([lineOf({ characteristics: [{ name: 'router', value: 'own' }] })]);
    const before = idsOf(life) ?? [];
    revised(life, valued('1', { router: 'rented' }));
    const router = ofSpecification(life.order, 'home-router');
    expect(router.parent).toBe(ofSpecification(life.order, 'internet-access').id);
    expect(router.after).toEqual([ofSpecification(life.order, 'access-line').id]);
    expect(idsOf(life)?.slice(0, before.length)).toEqual(before);
    expect(router.installs).toBeDefined();
  });

  it('comes back to what was ordered, where it is taken back', () => {
    const life = approved();
    revised(life, valued('1', { router: 'own' }));
    revised(life, valued('1', { router: 'rented' }));
    expect(statesOf(life.order as never)).toMatchObject({
      'home-router': 'draft',
      'router-device': 'draft',
    });
    expect(life.order?.version).toBe(3);
  });

  it('keeps what people have put in since', () => {
    const life = approved();
    const serviceOrder = ofSpecification(life.order, 'access-line').id;
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
    revised(life, valued('1', { router: 'own' }));
    expect(valueIn(life.order, 'access-line', 'downstreamSpeed')).toBe('1 Gbps');
  });

  it('does not bring back what people have canceled, nor what is below it', () => {
    const life = approved();
    const serviceOrder = ofSpecification(life.order, 'home-router').id;
    life.then({ type: 'CancelServiceOrder', serviceOrder, note: 'the customer has one' });
    const before = idsOf(life);
    revised(life, valued('1', { downstreamSpeed: '1 Gbps' }));
    expect(idsOf(life)).toEqual(before);
    expect(statesOf(life.order as never)).toMatchObject({ 'home-router': 'canceled', 'router-device': 'canceled' });
  });

  it('adds as many as are wanted more, where people have canceled one', () => {
    const life = approved([lineOf({ quantity: 2 })]);
    const routers = () => life.order?.domainOrders.filter(({ specification }) => specification === 'home-router');
    const [first] = routers() ?? [];
    life.then({ type: 'CancelServiceOrder', serviceOrder: first?.id ?? '', note: 'the customer has one' });
    revised(life, changed('1', { quantity: 3 }));
    expect(routers()?.map(({ state }) => state)).toEqual(['canceled', 'scheduled', 'draft']);
  });

  it('makes more, or fewer, of what is wanted in another quantity', () => {
    const life = approved();
    revised(life, changed('1', { quantity: 3 }));
    const roots = () =>
      life.order?.domainOrders.filter(({ kind, state }) => kind === 'product' && state !== 'canceled');
    expect(roots()).toHaveLength(3);
    revised(life, changed('1', { quantity: 2 }));
    expect(roots()).toHaveLength(2);
    expect(life.order?.lines[0]).toMatchObject({ quantity: 2, state: 'in_progress' });
  });

  it('puts another product in the place of one: all of that is taken back, and all of the other is new', () => {
    const life = approved([lineOf(), lineOf({ externalId: '2' })]);
    const before = idsOf(life) ?? [];
    life.then(revise([dropped('2'), { kind: 'add', line: lineOf({ externalId: '3', offering: 'broadband-1000' }) }]));
    expect(life.order?.revisions?.[0]?.changes.map(({ item, kind }) => `${kind} ${item}`)).toEqual([
      'add 3',
      'delete 2',
    ]);
    life.then(approveRevision);
    expect(linesOf(life)).toEqual(['in_progress', 'canceled', 'in_progress']);
    const second = life.order?.lines[1]?.id;
    const gone = life.order?.domainOrders.filter(({ line }) => line === second) ?? [];
    // What was closed stays closed, and is undone.
    for (const { state, undone } of gone) expect(state === 'canceled' || undone === true).toBe(true);
    expect(life.order?.domainOrders.length).toBe(before.length + 7);
    expect(life.order?.lines[2]?.number).toBe('ORDL0000003');
  });

  it('leaves the other lines alone', () => {
    const life = approved([lineOf(), lineOf({ externalId: '2' })]);
    const second = () => life.order?.domainOrders.filter(({ line }) => line === life.order?.lines[1]?.id);
    const before = second();
    revised(life, valued('1', { router: 'own' }));
    // What had not begun is scheduled anew; nothing else about it is another.
    const begun = before?.map((each) => (each.state === 'draft' ? { ...each, state: 'scheduled' } : each));
    expect(second()).toEqual(begun);
  });

  it('changes the order itself', () => {
    const life = approved();
    life.then(revise([], { description: 'Urgent', requestedCompletionAt: 1 }));
    expect(life.order?.revisions?.[0]).toMatchObject({
      changes: [],
      headerChanges: ['description', 'requestedCompletionAt'],
    });
    expect(life.order).not.toHaveProperty('description');
    life.then(approveRevision);
    expect(life.order).toMatchObject({ description: 'Urgent', requestedCompletionAt: 1 });
  });
});

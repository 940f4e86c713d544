import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../engine/core/decision-table.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import {
  accepted,
  captureOf,
  hierarchical,
  inside,
  Life,
  oneByOne,
  orderId,
  policiesOf,
  sentOrder,
  serviceLineOf,
  start,
  statesOf,
} from '../../support/orders.ts';

const requestIdOf = (order: CustomerOrder | undefined, place = 0) => order?.outboundRequests[place]?.requestId ?? '';
const recordStates = (order: CustomerOrder) => order.outboundRequests.map(({ state }) => state);

describe('decision table', () => {
  const table = {
    rows: [
      { name: 'gold in Rome', when: { account: ['gold'], location: ['Rome'] }, decision: 1 },
      { name: 'gold or silver', when: { account: ['gold', 'silver'] }, decision: 2 },
    ],
    default: 3,
  };

  it('takes the first row whose every cell matches', () => {
    expect(evaluate(table, { account: 'gold', location: 'Rome' }).decision).toBe(1);
    expect(evaluate(table, { account: 'gold', location: 'Oslo' }).decision).toBe(2);
    expect(evaluate(table, { account: 'silver', location: 'Rome' }).decision).toBe(2);
  });

  it('falls back on its default, and says that it has none', () => {
    expect(evaluate(table, { account: 'bronze', location: undefined })).toMatchObject({
      decision: 3,
      matched: 'default',
    });
    expect(evaluate({ rows: table.rows }, { account: 'bronze', location: undefined })).toMatchObject({
      decision: undefined,
      matched: 'none',
    });
  });

  it('says which row matched, and why those before it did not', () => {
    expect(evaluate(table, { account: 'gold', location: 'Oslo' })).toEqual({
      decision: 2,
      matched: 'gold or silver',
      trace: [
        { row: 'gold in Rome', matched: false, failed: { column: 'location', expected: ['Rome'], got: 'Oslo' } },
        { row: 'gold or silver', matched: true },
      ],
    });
  });
});

describe('sending service orders', () => {
  it('as a hierarchy makes a record for each, all under one Request ID, and one dispatch', () => {
    const life = sentOrder(hierarchical);
    const { outboundRequests, domainOrders } = life.order as CustomerOrder;
    const numbers = outboundRequests.map(({ number, serviceOrder }) => [
      number,
      domainOrders.find(({ id }) => id === serviceOrder)?.number,
    ]);
    expect(numbers).toEqual([
      ['FO0000001', 'SO0000001'],
      ['FO0000002', 'SO0000002'],
      ['FO0000003', 'SO0000003'],
      ['FO0000004', 'SO0000004'],
    ]);
    expect(new Set(outboundRequests.map(({ requestId }) => requestId)).size).toBe(1);
    expect(life.effects.filter(({ type }) => type === 'SendOutboundRequest')).toHaveLength(1);
    expect(life.effect('SendOutboundRequest')).toMatchObject({
      requestId: requestIdOf(life.order),
      revision: 1,
      attempt: 1,
      target: 'som',
    });
  });

  it('puts the hierarchy and the dependencies into the payload', () => {
    const life = sentOrder(hierarchical);
    const { items } = life.effect('SendOutboundRequest').payload;
    const nameOf = new Map(items.map(({ serviceOrder, specification }) => [serviceOrder, specification.id]));
    const named = (ids: readonly string[]) => ids.map((id) => nameOf.get(id));
    expect(
      items.map((item) => [
        item.specification.id,
        nameOf.get(item.parent ?? ''),
        named(item.children),
        named(item.after),
      ]),
    ).toEqual([
      ['internet-access', undefined, ['access-line', 'ip-connectivity', 'home-router'], []],
      ['access-line', 'internet-access', [], []],
      ['ip-connectivity', 'internet-access', [], ['access-line']],
      ['home-router', 'internet-access', [], ['access-line']],
    ]);
  });

  it('one by one sends what nothing holds back, each under a Request ID of its own', () => {
    const { order } = sentOrder(oneByOne);
    expect(statesOf(order as CustomerOrder)).toMatchObject({
      'internet-access': 'in_progress',
      'access-line': 'in_progress',
      'ip-connectivity': 'draft',
      'home-router': 'draft',
    });
    expect(new Set(order?.outboundRequests.map(({ requestId }) => requestId)).size).toBe(2);
  });

  it('does not happen when the policy says so: everything is done inside', () => {
    const life = sentOrder(inside);
    expect(statesOf(life.order as CustomerOrder)).toMatchObject({
      'internet-access': 'in_progress',
      'access-line': 'closed_complete',
    });
    const [timer] = life.effects.filter(({ type }) => type === 'SetTimer');
    expect(timer).toMatchObject({ due: start + 1_000 + 10_000, timer: { kind: 'automaticFulfillment' } });
    const timed = life.effect('SetTimer').timer;
    expect(life.then({ type: 'TimerFired', timer: timed, effectId: 'e' }).state).toBe('completed');
  });

  it('does not happen when no row matches; somebody has to decide, and the note says so', () => {
    const life = sentOrder(policiesOf({ policies: 'nobody', approval: 'manual', outbound: { rows: [] } }));
    expect(life.effects.map(({ type }) => type)).not.toContain('SendOutboundRequest');
    expect(life.order?.domainOrders.filter(({ work }) => work?.by === 'manual')).toHaveLength(2);
    expect(life.order?.workNotes.map(({ text }) => text)).toContain(
      'No row of the Service Order Outbound Policy matches SO0000001; nothing was sent',
    );
  });
});

describe('the outcome of a dispatch', () => {
  it('accepted: pending, with the id the other side gave, and a deadline', () => {
    const life = sentOrder();
    const order = life.then(accepted(requestIdOf(life.order)));
    expect(recordStates(order)).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect(order.outboundRequests[0]).toMatchObject({
      externalOrderId: 'som-1',
      httpStatus: 201,
      respondedAt: start + 2_000,
    });
    expect(life.effect('SetTimer')).toMatchObject({
      id: `${orderId}/timer/overdue/${requestIdOf(order)}`,
      due: start + 2_000 + 7 * 86_400_000,
    });
  });

  it('accepted with states: they are applied after it is pending', () => {
    const life = sentOrder();
    const reports =
      life.order?.outboundRequests.map(({ serviceOrder }) => ({ serviceOrder, state: 'fulfilled' })) ?? [];
    const order = life.then(accepted(requestIdOf(life.order), 1, reports));
    expect(new Set(recordStates(order))).toEqual(new Set(['fulfilled']));
    expect(life.effectTypes()).toEqual(['ChangeInventory']);
  });

  it('unanswered: tried again under the same Request ID, with growing pauses, and then given up', () => {
    const life = sentOrder(oneByOne);
    const [record] = (life.order as CustomerOrder).outboundRequests;
    if (record === undefined) throw new Error('nothing was sent');
    const { requestId } = record;
    const lost = (attempt: number) =>
      life.then({
        type: 'ReportDispatch',
        requestId,
        revision: 1,
        attempt,
        effectId: 'e',
        outcome: { kind: 'unanswered', cause: 'timeout' },
      });
    const pauses: number[] = [];
    for (const attempt of [1, 2]) {
      const { outboundRequests } = lost(attempt);
      const { due, timer } = life.effect('SetTimer');
      pauses.push(due - (life.inputs.at(-1)?.at ?? 0));
      expect(outboundRequests[0]).toMatchObject({ state: 'not_applicable', lastError: 'Timeout', attempts: attempt });
      life.then({ type: 'TimerFired', timer, effectId: 'e' });
      expect(life.effect('SendOutboundRequest')).toMatchObject({ requestId, attempt: attempt + 1 });
    }
    expect(pauses).toEqual([10_000, 20_000]);
    const order = lost(3);
    expect(order.outboundRequests[0]).toMatchObject({ state: 'failed', attempts: 3 });
    expect(order.fallouts).toMatchObject([
      { number: 'FO0000001', state: 'open', type: 'Provisioning Failure', requestId },
    ]);
    expect(order.domainOrders.find(({ id }) => id === record.serviceOrder)?.state).toBe('on_hold');
    expect(life.effectTypes()).toEqual([]);
  });

  it('refused for good: not tried again', () => {
    const life = sentOrder();
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'No free port' } as const;
    const order = life.then({
      type: 'ReportDispatch',
      requestId: requestIdOf(life.order),
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome,
    });
    expect(new Set(recordStates(order))).toEqual(new Set(['failed']));
    expect(order.fallouts[0]?.description).toBe('som did not accept the order after 1 attempt: HTTP 422: No free port');
    expect(order.state).toBe('on_hold');
    expect(order.lines[0]?.state).toBe('on_hold');
  });

  it('refused for now: not before the other side says', () => {
    const life = sentOrder();
    const outcome = {
      kind: 'refused',
      httpStatus: 503,
      retryable: true,
      retryAfterMs: 120_000,
      reason: 'Busy',
    } as const;
    life.then({
      type: 'ReportDispatch',
      requestId: requestIdOf(life.order),
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome,
    });
    expect(life.effect('SetTimer').due - (life.inputs.at(-1)?.at ?? 0)).toBe(120_000);
  });

  it('of an earlier attempt changes nothing', () => {
    const life = sentOrder();
    const requestId = requestIdOf(life.order);
    life.then({
      type: 'ReportDispatch',
      requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: { kind: 'unanswered', cause: 'reset' },
    });
    life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 'e' });
    const before = life.order as CustomerOrder;
    const order = life.then({
      type: 'ReportDispatch',
      requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: { kind: 'unanswered', cause: 'reset' },
    });
    expect(order).toEqual({ ...before, entries: before.entries + 1 });
  });

  it('that comes after a report does not take it back', () => {
    const life = sentOrder();
    const requestId = requestIdOf(life.order);
    const reports = (life.order as CustomerOrder).outboundRequests.map(({ serviceOrder }) => ({
      serviceOrder,
      state: 'fulfilled' as const,
    }));
    life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    expect(recordStates(life.then(accepted(requestId)))).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
    const lost = life.then({
      type: 'ReportDispatch',
      requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: { kind: 'unanswered', cause: 'timeout' },
    });
    expect(recordStates(lost)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
  });

  it('that was lost while a report came is taken for an acceptance', () => {
    const life = sentOrder();
    const requestId = requestIdOf(life.order);
    const [first] = (life.order as CustomerOrder).outboundRequests;
    const reports = [{ serviceOrder: first?.serviceOrder ?? '', state: 'pending' as const }];
    life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    expect(life.effect('SetTimer').timer.kind).toBe('fulfillmentOverdue');
    const order = life.then({
      type: 'ReportDispatch',
      requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: { kind: 'unanswered', cause: 'timeout' },
    });
    expect(recordStates(order)).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect(order.fallouts).toEqual([]);
  });

  it('that waits for its retry while one item is reported on: the whole request has arrived', () => {
    const life = sentOrder();
    const requestId = requestIdOf(life.order);
    life.then({
      type: 'ReportDispatch',
      requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: { kind: 'unanswered', cause: 'reset' },
    });
    const { timer } = life.effect('SetTimer');
    const [first] = (life.order as CustomerOrder).outboundRequests;
    const reports = [{ serviceOrder: first?.serviceOrder ?? '', state: 'fulfilled' as const }];
    const order = life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    expect(recordStates(order)).toEqual(['fulfilled', 'pending', 'pending', 'pending']);
    expect(life.effect('SetTimer').timer.kind).toBe('fulfillmentOverdue');
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.effects).toEqual([]);
  });

  it('of an unknown request is refused', () => {
    const life = sentOrder();
    const outcome = { kind: 'unanswered', cause: 'timeout' } as const;
    const input = {
      type: 'ReportDispatch',
      at: start,
      orderId,
      requestId: 'x',
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome,
    } as const;
    expect(life.try(input)).toMatchObject({ ok: false, refusal: { code: 'requestIdUnknown' } });
  });
});

describe('reports', () => {
  const pending = () => {
    const life = sentOrder();
    life.then(accepted(requestIdOf(life.order)));
    const order = life.order as CustomerOrder;
    const idOf = (specification: string) =>
      order.domainOrders.find((domainOrder) => domainOrder.specification === specification)?.id ?? '';
    const report = (
      specification: string,
      state: 'pending' | 'fulfilled' | 'error',
      via: 'event' | 'outboundresponse' = 'event',
    ) =>
      life.then({
        type: 'ReportFulfillment',
        requestId: requestIdOf(order),
        reports: [{ serviceOrder: idOf(specification), state }],
        via,
      });
    return { life, report, idOf, requestId: requestIdOf(order) };
  };

  it('close a service order when it and its children are done, and roll up', () => {
    const { life, report } = pending();
    expect(statesOf(report('internet-access', 'fulfilled'))['internet-access']).toBe('in_progress');
    expect(statesOf(report('access-line', 'fulfilled'))['access-line']).toBe('closed_complete');
    report('ip-connectivity', 'fulfilled');
    const waiting = report('home-router', 'fulfilled');
    expect(statesOf(waiting)).toMatchObject({ 'home-router': 'in_progress', 'router-device': 'in_progress' });
    expect(life.effectTypes()).toEqual(['CancelTimer']);
    const device = waiting.domainOrders.find(({ specification }) => specification === 'router-device');
    const timer = { kind: 'automaticFulfillment', domainOrder: device?.id ?? '' } as const;
    const order = life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(order).toMatchObject({ state: 'completed', lines: [{ state: 'completed' }] });
    expect(new Set(Object.values(statesOf(order)))).toEqual(new Set(['closed_complete']));
  });

  it('that say nothing new change nothing', () => {
    const { life, report } = pending();
    report('access-line', 'fulfilled');
    const before = life.order as CustomerOrder;
    expect(report('access-line', 'fulfilled')).toEqual({ ...before, entries: before.entries + 1 });
    expect(report('access-line', 'fulfilled', 'outboundresponse')).toEqual({ ...before, entries: before.entries + 2 });
    expect(life.effects).toEqual([]);
  });

  it('of an older state are passed over as an event, and refused as an outboundresponse', () => {
    const { life, report, idOf, requestId } = pending();
    report('access-line', 'fulfilled');
    const before = life.order as CustomerOrder;
    expect(report('access-line', 'pending')).toEqual({ ...before, entries: before.entries + 1 });
    const reports = [{ serviceOrder: idOf('access-line'), state: 'error' as const }];
    const outcome = life.try({
      type: 'ReportFulfillment',
      at: start,
      orderId,
      requestId,
      reports,
      via: 'outboundresponse',
    });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'fulfillmentStateInvalid', pointer: '/serviceOrderItem/0/state' },
    });
  });

  it('of an error raise a fallout and hold; of success later, resolve it and release', () => {
    const { report } = pending();
    const broken = report('access-line', 'error');
    expect(broken.fallouts).toMatchObject([{ state: 'open', description: 'som reported an error' }]);
    expect(statesOf(broken)['access-line']).toBe('on_hold');
    expect(broken.state).toBe('on_hold');
    const mended = report('access-line', 'fulfilled');
    expect(mended.fallouts).toMatchObject([{ state: 'resolved', resolvedAt: expect.any(Number) }]);
    expect(statesOf(mended)['access-line']).toBe('closed_complete');
    expect(mended.state).toBe('in_progress');
  });

  it('that go from error back to pending set the deadline anew', () => {
    const { life, report } = pending();
    for (const specification of ['internet-access', 'access-line', 'ip-connectivity', 'home-router'])
      report(specification, 'error');
    expect(life.effectTypes()).toContain('CancelTimer');
    report('access-line', 'pending');
    expect(life.effect('SetTimer').timer.kind).toBe('fulfillmentOverdue');
  });

  it('are all or nothing when one of them is wrong', () => {
    const { life, idOf, requestId } = pending();
    const before = life.order;
    const reports = [
      { serviceOrder: idOf('access-line'), state: 'fulfilled' as const },
      { serviceOrder: idOf('access-port'), state: 'fulfilled' as const },
    ];
    const outcome = life.try({
      type: 'ReportFulfillment',
      at: start,
      orderId,
      requestId,
      reports,
      via: 'outboundresponse',
    });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'domainOrderNotOfRequest', pointer: '/serviceOrderItem/1/id' },
    });
    expect(life.order).toBe(before);
  });

  it('that never come leave the order overdue, until they do', () => {
    const { life, report, requestId } = pending();
    const overdue = life.then({ type: 'TimerFired', timer: { kind: 'fulfillmentOverdue', requestId }, effectId: 'e' });
    expect(overdue.fallouts).toMatchObject([{ state: 'open', requestId }]);
    expect(recordStates(overdue)).toEqual(['pending', 'pending', 'pending', 'pending']);
    for (const specification of ['internet-access', 'access-line', 'ip-connectivity'])
      report(specification, 'fulfilled');
    const order = report('home-router', 'fulfilled');
    expect(order.fallouts).toMatchObject([{ state: 'resolved' }]);
    expect(order.state).toBe('in_progress');
  });

  it('after the order has ended change it no more', () => {
    const life = new Life(oneByOne);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('ip-connectivity')] }));
    life.then({ type: 'ApproveOrder' });
    const [record] = (life.order as CustomerOrder).outboundRequests;
    const reports = [{ serviceOrder: record?.serviceOrder ?? '', state: 'fulfilled' as const }];
    const ended = life.then({ type: 'ReportFulfillment', requestId: record?.requestId ?? '', reports, via: 'event' });
    expect(ended.state).toBe('completed');
    const error = [{ serviceOrder: record?.serviceOrder ?? '', state: 'error' as const }];
    const after = life.then({
      type: 'ReportFulfillment',
      requestId: record?.requestId ?? '',
      reports: error,
      via: 'event',
    });
    expect(after).toEqual({ ...ended, entries: ended.entries + 1 });
  });
});

describe('timers whose reason is gone', () => {
  it('do nothing', () => {
    const life = sentOrder();
    const requestId = requestIdOf(life.order);
    life.then(accepted(requestId));
    const before = life.order as CustomerOrder;
    for (const timer of [
      { kind: 'retryDispatch', requestId },
      { kind: 'retryDispatch', requestId: 'unheard of' },
      { kind: 'automaticFulfillment', domainOrder: 'unheard of' },
    ] as const) {
      const order = life.then({ type: 'TimerFired', timer, effectId: 'e' });
      expect(order).toEqual({ ...before, entries: order.entries });
      expect(life.effects).toEqual([]);
    }
  });
});

/** Orders that are to start on a later day. */
import { describe, expect, it } from 'vitest';
import type { Input } from '../../../../engine/model/inputs.ts';
import { captureOf, hierarchical, inside, Life, lineOf, orderId, start, statesOf } from '../../../support/orders.ts';
import { revise, valued } from '../../../support/revising.ts';

const day = 86_400_000;
const due = start + 3 * day;

function approvedForLater(policies = hierarchical): Life {
  const life = new Life(policies);
  life.take(captureOf({ requestedStartAt: due }));
  life.take({ type: 'ApproveOrder', at: start + 1_000, orderId });
  return life;
}

const dayComes = (life: Life, at = due) =>
  life.take({ type: 'TimerFired', timer: { kind: 'orderStart' }, effectId: 'e', at, orderId });

describe('an order that is to start on a later day', () => {
  it('is decomposed at once, and all of it is scheduled; nothing goes out', () => {
    const life = approvedForLater();
    expect(life.order).toMatchObject({ state: 'in_progress', lines: [{ state: 'scheduled' }], outboundRequests: [] });
    expect(life.order?.startedAt).toBeUndefined();
    expect(new Set(Object.values(statesOf(life.order ?? dayComes(life))))).toEqual(new Set(['scheduled']));
    expect(life.effect('SetTimer')).toMatchObject({ due, timer: { kind: 'orderStart' } });
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
  });

  it('begins when the day comes', () => {
    const life = approvedForLater();
    const order = dayComes(life);
    expect(order).toMatchObject({ startedAt: due, lines: [{ state: 'in_progress' }] });
    expect(life.effectTypes()).toContain('SendOutboundRequest');
    expect(order.domainOrders.find(({ kind }) => kind === 'product')?.state).toBe('in_progress');
  });

  it('begins once', () => {
    const life = approvedForLater();
    const before = dayComes(life);
    expect(dayComes(life, due + 1)).toEqual({ ...before, entries: before.entries + 1 });
  });

  it('is held on its day, and begins when it goes on', () => {
    const life = approvedForLater();
    life.take({ type: 'HoldOrder', note: 'wait', at: start + day, orderId });
    expect(dayComes(life)).toMatchObject({ state: 'on_hold', lines: [{ state: 'scheduled' }] });
    const order = life.take({ type: 'ReleaseOrder', note: 'go', at: due + day, orderId });
    expect(order).toMatchObject({ state: 'in_progress', startedAt: due + day, lines: [{ state: 'in_progress' }] });
  });

  it('is held and released before its day, and begins on it', () => {
    const life = approvedForLater();
    life.take({ type: 'HoldOrder', note: 'wait', at: start + day, orderId });
    life.take({ type: 'ReleaseOrder', note: 'go', at: start + 2 * day, orderId });
    expect(life.order?.lines[0]?.state).toBe('scheduled');
    expect(dayComes(life).lines[0]?.state).toBe('in_progress');
  });

  it('is not sent by hand before', () => {
    const life = approvedForLater();
    const serviceOrder = life.order?.domainOrders.find(({ kind }) => kind === 'service')?.id ?? '';
    const outcome = life.try({ type: 'CreateOutboundRequest', serviceOrder, at: start + day, orderId });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'orderStartsLater' } });
  });

  it('can be done in part by hand before, and the rest begins on its day', () => {
    const life = approvedForLater(inside);
    const orders = life.order?.domainOrders ?? [];
    const isAbove = (id: string) => orders.some(({ parent }) => parent === id);
    const done = orders.find(({ id, kind }) => kind === 'service' && !isAbove(id))?.id ?? '';
    life.take({ type: 'ForceCompleteServiceOrder', serviceOrder: done, note: 'was there', at: start + day, orderId });
    expect(life.order?.lines[0]?.state).toBe('scheduled');
    const states = new Map(dayComes(life).domainOrders.map(({ id, state }) => [id, state]));
    expect(states.get(done)).toBe('closed_complete');
    expect(states.get(orders[0]?.id ?? '')).toBe('in_progress');
  });

  it('is canceled before its day, and its day means nothing then', () => {
    const life = approvedForLater();
    life.take({ type: 'CancelOrder', note: 'moved away', at: start + day, orderId });
    life.take({ type: 'DecideCancellation', decision: 'approve', at: start + day, orderId });
    expect(life.order).toMatchObject({ state: 'canceled', lines: [{ state: 'canceled' }], outboundRequests: [] });
    expect(dayComes(life)).toMatchObject({ state: 'canceled', lines: [{ state: 'canceled' }] });
  });

  it('goes on waiting when its cancellation is declined', () => {
    const life = approvedForLater();
    life.take({ type: 'CancelOrder', note: 'moved away', at: start + day, orderId });
    life.take({ type: 'DecideCancellation', decision: 'decline', at: start + day, orderId });
    expect(life.order).toMatchObject({ state: 'in_progress', lines: [{ state: 'scheduled' }], outboundRequests: [] });
    expect(dayComes(life).lines[0]?.state).toBe('in_progress');
    expect(life.effectTypes()).toContain('SendOutboundRequest');
  });

  it('goes on waiting when its revision is declined', () => {
    const life = approvedForLater();
    life.take({ ...revise([valued('1', { router: 'own' })]), at: start + day, orderId } as Input); // as `Happening` leaves it
    life.take({ type: 'DecideRevision', decision: 'decline', at: start + day, orderId });
    expect(life.order).toMatchObject({ state: 'in_progress', lines: [{ state: 'scheduled' }], outboundRequests: [] });
    expect(dayComes(life)).toMatchObject({ startedAt: due, lines: [{ state: 'in_progress' }] });
    expect(life.effectTypes()).toContain('SendOutboundRequest');
  });

  it('begins when its revision is declined, where its day has come meanwhile', () => {
    const life = approvedForLater();
    life.take({ ...revise([valued('1', { router: 'own' })]), at: start + day, orderId } as Input); // as `Happening` leaves it
    dayComes(life);
    const order = life.take({ type: 'DecideRevision', decision: 'decline', at: due + day, orderId });
    expect(order).toMatchObject({ startedAt: due + day, lines: [{ state: 'in_progress' }] });
    expect(life.effectTypes()).toContain('SendOutboundRequest');
  });

  it('begins later with a line whose cancellation is declined after the day', () => {
    const life = new Life(hierarchical);
    life.take(captureOf({ requestedStartAt: due, lines: [lineOf(), lineOf({ externalId: '2' })] }));
    life.take({ type: 'ApproveOrder', at: start + 1_000, orderId });
    const line = life.order?.lines[1]?.id ?? '';
    life.take({ type: 'CancelOrder', line, note: 'moved away', at: start + day, orderId });
    expect(dayComes(life).lines.map(({ state }) => state)).toEqual(['in_progress', 'assessing_cancellation']);
    const order = life.take({ type: 'DecideCancellation', decision: 'decline', at: due + day, orderId });
    expect(order.lines.map(({ state }) => state)).toEqual(['in_progress', 'in_progress']);
    expect(life.effectTypes()).toContain('SendOutboundRequest');
  });

  it('is any other order when the day has come already, or it only asks', () => {
    const life = new Life(inside);
    life.take(captureOf({ requestedStartAt: start - day }));
    expect(life.then({ type: 'ApproveOrder' }).startedAt).toBe(start + 1_000);
    const asking = new Life(inside);
    asking.take(captureOf({ requestedStartAt: due, fulfillmentType: 'Qualify' }));
    expect(asking.then({ type: 'ApproveOrder' }).lines[0]?.state).toBe('in_progress');
  });

  it('is planned from that day on, where it is watched', () => {
    const watched = { ...inside, jeopardy: watching() };
    const life = approvedForLater(watched);
    const { forecast, id } = life.order ?? dayComes(life);
    expect(forecast?.of[id]).toMatchObject({ plannedStartAt: due, estimatedStartAt: due });
    expect(forecast?.of[id]?.level).toBeUndefined();
  });
});

function watching() {
  return {
    enablement: { rows: [], default: { enabled: true } },
    durations: { rows: [] },
    taskLevels: [],
    lineLevels: [],
    successors: { thresholdPercent: 10, within: 'low', beyond: 'high' },
    promiseMissed: 'critical',
  } as const;
}

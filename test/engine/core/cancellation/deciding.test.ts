/** An order, or a line, is to end: who may ask, when that is possible, and what is decided about it. */
import { describe, expect, it } from 'vitest';
import type { CaptureOrder } from '../../../../engine/model/inputs.ts';
import {
  accept,
  approve,
  besidesCancellation,
  cancel,
  decline,
  domainStatesOf,
  linesOf,
  refusedText,
} from '../../../support/canceling.ts';
import {
  captureOf,
  type Happening,
  hierarchical,
  inside,
  Life,
  lineOf,
  orderId,
  policiesOf,
  sentOrder,
  start,
} from '../../../support/orders.ts';

const twoLines = [lineOf(), lineOf({ externalId: '2' })];

function approved(changes: Partial<CaptureOrder> = {}, policies = hierarchical): Life {
  const life = new Life(policies);
  life.take(captureOf(changes));
  life.then({ type: 'ApproveOrder' });
  return life;
}

const line = (life: Life, place: number) => life.order?.lines[place]?.id ?? 'none';

describe('a request to cancel an order', () => {
  it('puts all of it aside until it is decided about', () => {
    const life = sentOrder();
    accept(life);
    const before = domainStatesOf(life);
    life.then(cancel);
    expect(life.order).toMatchObject({
      state: 'assessing_cancellation',
      previousState: 'in_progress',
      version: 2,
      revisionOperation: 'Cancel',
      cancellations: [{ id: `${orderId}-1`, state: 'assessing', note: 'moved away' }],
    });
    expect(linesOf(life)).toEqual(['assessing_cancellation']);
    expect(before).toContain('in_progress');
    expect(domainStatesOf(life)).toEqual(['closed_complete', 'on_hold']);
    expect(life.effectTypes()).toEqual([]);
  });

  it('is approved by itself where the policy says so, and a person who is faster is no mistake', () => {
    const policies = policiesOf({
      policies: 'p',
      approval: 'manual',
      cancellation: { approval: 'automatic' },
      outbound: { rows: [], default: { outboundEnabled: false } },
    });
    const life = approved({}, policies);
    life.then(cancel);
    const own = life.effect('SubmitInput');
    expect(own.input).toEqual({ type: 'DecideCancellation', orderId, decision: 'approve' });
    life.then(decline);
    life.then({ ...approve, effectId: own.id } as Happening);
    expect(life.order?.state).toBe('in_progress');
    life.then(cancel);
    life.then({ ...approve, effectId: own.id } as Happening);
    expect(life.order?.state).toBe('canceled');
  });

  it('waits for its day where one is named, and is taken up then', () => {
    const life = approved({}, inside);
    const dueAt = start + 86_400_000;
    life.then({ ...cancel, dueAt } as Happening);
    expect(life.order).toMatchObject({
      state: 'in_progress',
      version: 1,
      cancellations: [{ state: 'scheduled', dueAt }],
    });
    const timer = life.effect('SetTimer');
    expect(timer.due).toBe(dueAt);
    life.then({ type: 'TimerFired', timer: timer.timer, effectId: timer.id });
    expect(life.order).toMatchObject({
      state: 'assessing_cancellation',
      version: 2,
      cancellations: [{ state: 'assessing' }],
    });
  });

  it('comes too late where the order has come too far by its day', () => {
    const life = approved({}, inside);
    life.then({ ...cancel, dueAt: start + 86_400_000 } as Happening);
    const timer = life.effect('SetTimer');
    life.then({ type: 'SetPointOfNoReturn' });
    life.then({ type: 'TimerFired', timer: timer.timer, effectId: timer.id });
    expect(life.order).toMatchObject({
      state: 'in_progress',
      version: 1,
      cancellations: [{ state: 'declined', answer: expect.stringContaining('point of no return') }],
    });
  });

  it.each([
    ['in_progress', undefined],
    ['on_hold', { type: 'HoldOrder', note: 'wait' }],
    ['awaiting_information', { type: 'RequestInformation', note: 'which?' }],
  ] as const)('is possible while the order is %s, and declined brings it back there', (state, happening) => {
    const life = sentOrder();
    if (happening !== undefined) life.then(happening);
    const before = besidesCancellation(life.order);
    expect(life.order?.state).toBe(state);
    life.then(cancel);
    life.then(decline);
    expect(besidesCancellation(life.order)).toEqual(before);
    expect(life.order).toMatchObject({ version: 2, cancellations: [{ state: 'declined' }] });
  });

  it('is approved for an order that somebody held', () => {
    const life = approved({}, inside);
    life.then({ type: 'HoldOrder', note: 'wait' });
    life.then(cancel);
    life.then(approve);
    expect(life.order?.state).toBe('canceled');
    expect(life.order?.heldByHand).toBeUndefined();
  });
});

describe('a request that is refused', () => {
  it.each(['new', 'draft'])('is one about an order that is %s: that is deleted', (state) => {
    const life = new Life(hierarchical);
    life.take(captureOf(state === 'draft' ? { asDraft: true } : {}));
    expect(refusedText(life, cancel)).toBe(
      `Order ORD0000001 is ${state}: nothing has been decided about it, so it is deleted rather than canceled`,
    );
  });

  it('is one about an order that has ended, or is being canceled already', () => {
    const life = sentOrder();
    accept(life);
    life.then(cancel);
    life.then(approve);
    expect(refusedText(life, cancel)).toBe(
      'Order ORD0000001 is cancellation_in_progress: requestCancellation is not possible',
    );
    const ended = approved({ lines: [] }, inside);
    expect(refusedText(ended, cancel)).toContain('is completed: requestCancellation is not possible');
  });

  it('is one beside another that is not decided about', () => {
    const life = approved({ lines: twoLines });
    life.then({ ...cancel, line: line(life, 1) } as Happening);
    expect(refusedText(life, cancel)).toBe(`A cancellation of order ORD0000001 is being assessed: ${orderId}-1`);
  });

  it('is one without a reason, by somebody who may not, or about a line that is not there', () => {
    const life = sentOrder();
    expect(refusedText(life, { type: 'CancelOrder', note: ' ' })).toBe(
      'A request to cancel needs a note that says why',
    );
    expect(refusedText(life, { ...cancel, roles: ['order_viewer'] } as Happening)).toContain('needs one of the roles');
    expect(refusedText(life, { ...cancel, line: 'nobody' } as Happening)).toBe('Order ORD0000001 has no line nobody');
    life.then(cancel);
    expect(refusedText(life, { ...approve, roles: ['order_agent'] } as Happening)).toContain('order_approver');
  });

  it('is a decision where there is nothing to decide', () => {
    expect(refusedText(sentOrder(), approve)).toBe('No cancellation of order ORD0000001 is being assessed');
  });

  it('is one about a line that is not open, or an order whose lines are all done', () => {
    const orderTasks = { rows: [{ name: 'bill', when: { stage: 'postApproval' }, then: { header: ['bill'] } }] };
    const policies = policiesOf({
      policies: 'p',
      approval: 'manual',
      orderTasks,
      outbound: { rows: [], default: { outboundEnabled: false } },
    });
    const life = approved({}, policies);
    const timers = life.effects.flatMap((effect) => (effect.type === 'SetTimer' ? [effect.timer] : []));
    for (const timer of timers) life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(linesOf(life)).toEqual(['completed']);
    expect(refusedText(life, cancel)).toBe(
      'Nothing of order ORD0000001 is left to be canceled: its lines are completed',
    );
    expect(refusedText(life, { ...cancel, line: line(life, 0) } as Happening)).toBe(
      'Line ORDL0000001 is completed: requestCancellation is not possible',
    );
  });
});

describe('the point of no return', () => {
  it('of one line freezes the order and all its lines', () => {
    const life = approved({ lines: twoLines });
    life.then({ type: 'SetPointOfNoReturn', line: line(life, 0) });
    expect(life.order?.pointOfNoReturn).toBe(true);
    expect(life.order?.lines.map(({ pointOfNoReturn }) => pointOfNoReturn)).toEqual([true, true]);
    const text =
      'Order ORD0000001 has passed its point of no return: nothing of it can be changed or canceled any more';
    expect(refusedText(life, cancel)).toBe(text);
    expect(refusedText(life, { ...cancel, line: line(life, 1) } as Happening)).toBe(text);
    const before = life.order;
    life.then({ type: 'SetPointOfNoReturn' });
    expect({ ...life.order, entries: before?.entries }).toEqual(before);
  });

  it('that is passed while it is being assessed leaves nothing but to decline', () => {
    const life = sentOrder();
    life.then(cancel);
    life.then({ type: 'SetPointOfNoReturn' });
    expect(refusedText(life, approve)).toContain('has passed its point of no return');
    life.then(decline);
    expect(life.order?.state).toBe('in_progress');
  });

  it('is nothing for an order that is not being fulfilled, a line that is not there, or who may only look', () => {
    const life = new Life(hierarchical);
    life.take(captureOf());
    expect(refusedText(life, { type: 'SetPointOfNoReturn' })).toContain('is new: passing the point of no return');
    expect(refusedText(life, { type: 'SetPointOfNoReturn', line: 'x' })).toContain('has no line x');
    expect(refusedText(life, { type: 'SetPointOfNoReturn', roles: ['order_approver'] })).toContain('needs one of');
  });
});

describe('a line that is canceled alone', () => {
  it('is assessed while the order and the other lines go on', () => {
    const life = approved({ lines: twoLines });
    accept(life);
    life.then({ ...cancel, line: line(life, 1) } as Happening);
    expect(life.order?.state).toBe('in_progress');
    expect(linesOf(life)).toEqual(['in_progress', 'assessing_cancellation']);
    const states = (place: number) =>
      new Set(life.order?.domainOrders.filter((each) => each.line === line(life, place)).map(({ state }) => state));
    expect(states(1)).toEqual(new Set(['on_hold', 'closed_complete']));
    expect(states(0)).toContain('in_progress');
  });

  it('that was the last one left takes the order with it', () => {
    const life = approved({ lines: twoLines }, inside);
    for (const place of [0, 1]) {
      life.then({ ...cancel, line: line(life, place) } as Happening);
      life.then(approve);
    }
    expect(life.order?.state).toBe('canceled');
    expect(life.order?.cancellations?.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('takes the lines below it with it', () => {
    const below = lineOf({ externalId: '3', parent: '2' });
    const life = approved({ lines: [...twoLines, below] }, inside);
    life.then({ ...cancel, line: line(life, 1) } as Happening);
    life.then(approve);
    expect(linesOf(life)).toEqual(['in_progress', 'canceled', 'canceled']);
    expect(life.order).toMatchObject({ state: 'in_progress', version: 2, cancellations: [{ state: 'done' }] });
    expect(life.order?.revisionOperation).toBeUndefined();
  });

  it('holds back nothing that waited for it', () => {
    const lines = [lineOf(), lineOf({ externalId: '2', after: ['1'] })];
    const life = approved({ lines }, inside);
    const second = () => life.order?.domainOrders.find((each) => each.line === line(life, 1))?.state;
    expect(second()).toBe('draft');
    life.then({ ...cancel, line: line(life, 0) } as Happening);
    expect(second()).toBe('draft');
    life.then(approve);
    expect(second()).not.toBe('draft');
  });
});

describe('while it is being assessed', () => {
  it('nothing is done to its service orders by hand', () => {
    const life = sentOrder();
    accept(life);
    life.then(cancel);
    const serviceOrder = life.order?.domainOrders.find(({ kind }) => kind === 'service')?.id ?? 'none';
    for (const type of ['ForceCompleteServiceOrder', 'CancelServiceOrder'] as const) {
      expect(refusedText(life, { type, serviceOrder, note: 'x' })).toContain('is being assessed');
    }
    expect(refusedText(life, { type: 'UpdateServiceOrder', serviceOrder, characteristics: [] })).toContain('assessed');
    expect(refusedText(life, { type: 'CreateOutboundRequest', serviceOrder })).toContain('assessing_cancellation');
  });

  it('of a line, nothing of it is sent by hand either', () => {
    const life = approved({ lines: twoLines });
    life.then({ ...cancel, line: line(life, 1) } as Happening);
    const of = life.order?.domainOrders.find(({ kind, line: its }) => kind === 'service' && its === line(life, 1));
    expect(refusedText(life, { type: 'CreateOutboundRequest', serviceOrder: of?.id ?? '' })).toContain(
      'the cancellation of its line is being assessed',
    );
  });
});

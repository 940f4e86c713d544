/** Systems outside are asked to stop: when, how, what they may answer, and how what races it ends. */
import { describe, expect, it } from 'vitest';
import type { CancellationOutcome } from '../../../../engine/model/cancellation/inputs.ts';
import {
  accept,
  answered,
  approve,
  cancel,
  decline,
  linesOf,
  notesOf,
  refusedText,
  reported,
  requestIdOf,
} from '../../../support/canceling.ts';
import {
  accepted,
  captureOf,
  type Happening,
  hierarchical,
  Life,
  oneByOne,
  sentOrder,
  serviceLineOf,
} from '../../../support/orders.ts';

const ok: CancellationOutcome = { kind: 'accepted', httpStatus: 201 };
const refusal: CancellationOutcome = { kind: 'refused', httpStatus: 409, retryable: false, reason: 'too late' };
const silence: CancellationOutcome = { kind: 'unanswered', cause: 'timeout' };

function canceled(life: Life): Life {
  life.then(cancel);
  life.then(approve);
  return life;
}

function acceptedAndCanceled(policies = hierarchical): Life {
  const life = sentOrder(policies);
  accept(life);
  return canceled(life);
}

const recordsOf = (life: Life) => [...new Set(life.order?.outboundRequests.map(({ state }) => state))];
const openFallouts = (life: Life) => life.order?.fallouts.filter(({ state }) => state === 'open') ?? [];
const cancellationOf = (life: Life, place = 0) => life.order?.dispatches[place]?.cancellation;

const dispatched = (life: Life, outcome: object): Happening =>
  ({
    type: 'ReportDispatch',
    requestId: requestIdOf(life),
    revision: life.order?.dispatches[0]?.underWay?.revision ?? 1,
    attempt: life.order?.dispatches[0]?.underWay?.attempt ?? 1,
    effectId: 'e',
    outcome,
  }) as Happening; // outcomes are given as such

describe('an order that is at work outside', () => {
  it('is canceled when the system says that the order has ended, and not before', () => {
    const life = acceptedAndCanceled();
    expect(life.effect('SendCancellation')).toMatchObject({
      requestId: requestIdOf(life),
      target: 'som',
      externalOrderId: 'som-1',
      attempt: 1,
      reason: 'moved away',
    });
    answered(life, ok);
    expect(life.effect('SetTimer').timer.kind).toBe('cancellationOverdue');
    reported(life, 'pending');
    expect(life.order?.state).toBe('cancellation_in_progress');
    reported(life, 'error');
    expect(life.order?.state).toBe('canceled');
    expect(recordsOf(life)).toEqual(['failed']);
    expect(openFallouts(life)).toEqual([]);
    expect(cancellationOf(life)?.state).toBe('done');
  });

  it('is canceled at once where the system says so', () => {
    const life = acceptedAndCanceled();
    answered(life, { kind: 'done', httpStatus: 201 });
    expect(life.order?.state).toBe('canceled');
    expect(life.effectTypes()).toContain('CancelTimer');
  });

  it('is canceled by each system, where it went out piece by piece', () => {
    const life = acceptedAndCanceled(oneByOne);
    const asked = life.effects.filter(({ type }) => type === 'SendCancellation');
    expect(asked.length).toBe(life.order?.dispatches.length);
    for (const _ of asked) {
      expect(life.order?.state).toBe('cancellation_in_progress');
      answered(life, { kind: 'done', httpStatus: 201 });
    }
    expect(life.order?.state).toBe('canceled');
  });

  it('is canceled when the end of the order is told before the answer is there', () => {
    const life = acceptedAndCanceled();
    const { requestId, attempt } = { requestId: requestIdOf(life), attempt: 1 };
    reported(life, 'error');
    expect(life.order?.state).toBe('canceled');
    const before = life.order;
    life.then({ type: 'ReportCancellation', requestId, attempt, effectId: 'e', outcome: refusal });
    expect({ ...life.order, entries: before?.entries }).toEqual(before);
  });

  it('is canceled, and says what is left, when it is fulfilled meanwhile; a refusal then counts nothing', () => {
    const life = acceptedAndCanceled();
    reported(life, 'fulfilled');
    expect(life.order?.state).toBe('canceled');
    expect(recordsOf(life)).toEqual(['fulfilled']);
    expect(notesOf(life)).toContain('som has fulfilled it, and no task undoes that: it has to be disconnected there');
  });

  it('is told, and not waited for, where all of it came back in error before', () => {
    const life = sentOrder();
    accept(life);
    reported(life, 'error');
    canceled(life);
    expect(life.effectTypes()).toContain('SendCancellation');
    expect(life.order?.state).toBe('canceled');
    expect(openFallouts(life)).toEqual([]);
  });

  it('is not asked about where it has fulfilled all of it', () => {
    const life = sentOrder();
    accept(life);
    life.then({ type: 'HoldOrder', note: 'wait' });
    reported(life, 'fulfilled');
    canceled(life);
    expect(life.effectTypes()).not.toContain('SendCancellation');
    expect(life.order?.state).toBe('canceled');
  });
});

describe('a cancellation that is not taken', () => {
  it('is a fallout about business, and the order waits until somebody overrides', () => {
    const life = acceptedAndCanceled();
    answered(life, refusal);
    expect(openFallouts(life)).toMatchObject([
      {
        cause: 'business',
        description: 'som did not cancel the order: HTTP 409: too late',
        requestId: requestIdOf(life),
      },
    ]);
    expect(life.order?.state).toBe('cancellation_in_progress');
    const root = life.order?.dispatches[0]?.root ?? '';
    expect(refusedText(life, { type: 'ForceCancelServiceOrder', serviceOrder: root, note: '' })).toContain(
      'needs a note',
    );
    life.then({ type: 'ForceCancelServiceOrder', serviceOrder: root, note: 'called them' });
    expect(life.order?.state).toBe('canceled');
    expect(openFallouts(life)).toEqual([]);
    expect(notesOf(life)).toContain('Canceled by hand: called them');
  });

  it('is asked for again once the fallout is closed by hand', () => {
    const life = acceptedAndCanceled();
    answered(life, refusal);
    life.then({ type: 'ResolveFallout', fallout: openFallouts(life)[0]?.id ?? '', note: 'they reopened it' });
    expect(life.effect('SendCancellation').attempt).toBe(1);
    answered(life, ok);
    reported(life, 'error');
    expect(life.order?.state).toBe('canceled');
  });

  it('is settled by itself when the order ends outside after all', () => {
    const life = acceptedAndCanceled();
    answered(life, refusal);
    reported(life, 'fulfilled');
    expect(life.order?.state).toBe('canceled');
    expect(openFallouts(life)).toEqual([]);
  });

  it('is tried again on the terms of the order, and a 409 then says that it had arrived', () => {
    const life = acceptedAndCanceled();
    answered(life, silence);
    const retry = life.effect('SetTimer');
    expect(retry.timer.kind).toBe('retryCancellation');
    life.then({ type: 'TimerFired', timer: retry.timer, effectId: retry.id });
    expect(life.effect('SendCancellation').attempt).toBe(2);
    answered(life, refusal);
    expect(cancellationOf(life)?.state).toBe('accepted');
    expect(openFallouts(life)).toEqual([]);
  });

  it('is a fallout when nobody ever answers', () => {
    const life = acceptedAndCanceled();
    for (;;) {
      answered(life, silence);
      const retry = life.effects.find((effect) => effect.type === 'SetTimer');
      if (retry?.type !== 'SetTimer') break;
      life.then({ type: 'TimerFired', timer: retry.timer, effectId: retry.id });
    }
    expect(openFallouts(life)).toMatchObject([{ cause: 'timeout' }]);
  });

  it('is overdue when it was taken and nothing follows; more time is granted by hand', () => {
    const life = acceptedAndCanceled();
    answered(life, ok);
    const overdue = life.effect('SetTimer');
    life.then({ type: 'TimerFired', timer: overdue.timer, effectId: overdue.id });
    expect(openFallouts(life)).toMatchObject([{ cause: 'overdue' }]);
    life.then({ type: 'ResolveFallout', fallout: openFallouts(life)[0]?.id ?? '', note: 'they are at it' });
    expect(life.effect('SetTimer').timer.kind).toBe('cancellationOverdue');
    expect(life.effectTypes()).not.toContain('SendCancellation');
    reported(life, 'error');
    expect(life.order?.state).toBe('canceled');
  });

  it('is asked about once its task is done, and failed where its task has, where the system tells of that', () => {
    const told = (outcome: 'done' | 'refused') => {
      const life = acceptedAndCanceled();
      answered(life, ok);
      life.then({ type: 'ReportCancelTask', requestId: requestIdOf(life), outcome, reason: 'no' });
      return life;
    };
    const done = told('done');
    expect(done.effect('PollOutboundRequest')).toMatchObject({ externalOrderId: 'som-1', target: 'som' });
    expect(done.order?.state).toBe('cancellation_in_progress');
    expect(openFallouts(told('refused'))).toMatchObject([{ cause: 'business' }]);
  });

  it('cannot be asked for where the system gave the order no id', () => {
    const life = sentOrder();
    life.then(dispatched(life, { kind: 'accepted', httpStatus: 201, reports: [] }));
    canceled(life);
    expect(openFallouts(life)).toMatchObject([{ cause: 'answer' }]);
    expect(life.effectTypes()).not.toContain('SendCancellation');
  });

  it('is made by a revision that deletes everything, where the system knows no cancellation', () => {
    const life = acceptedAndCanceled();
    answered(life, { kind: 'unsupported' });
    const sent = life.effect('SendOutboundRequest');
    expect(sent.operation).toBe('revise');
    expect(new Set(sent.payload.items.map(({ modification }) => modification))).toEqual(new Set(['delete']));
    life.then(dispatched(life, { kind: 'accepted', httpStatus: 200, externalOrderId: 'som-1', reports: [] }));
    expect(life.order?.state).toBe('canceled');
  });

  it('nor a revision: then it is a fallout', () => {
    const life = acceptedAndCanceled();
    answered(life, { kind: 'unsupported' });
    life.then(dispatched(life, { kind: 'refused', retryable: false, reason: 'it cannot be told' }));
    expect(openFallouts(life)).toHaveLength(1);
    expect(cancellationOf(life)).toMatchObject({ state: 'failed', by: 'revision' });
    const root = life.order?.dispatches[0]?.root ?? '';
    life.then({ type: 'ForceCancelServiceOrder', serviceOrder: root, note: 'by phone' });
    expect(life.order?.state).toBe('canceled');
  });
});

describe('what is on its way when it is canceled', () => {
  it('comes to its end first, and is canceled outside then', () => {
    const life = canceled(sentOrder());
    expect(life.effectTypes()).not.toContain('SendCancellation');
    life.then(accepted(requestIdOf(life)));
    expect(life.effect('SendCancellation').externalOrderId).toBe('som-1');
  });

  it('is over when it is refused: nothing was ordered, and it is not tried again', () => {
    const life = canceled(sentOrder());
    life.then(dispatched(life, { kind: 'refused', httpStatus: 503, retryable: true, reason: 'busy' }));
    expect(life.effectTypes()).not.toContain('SetTimer');
    expect(life.order?.state).toBe('canceled');
    expect(recordsOf(life)).toEqual(['failed']);
  });

  it('may have arrived when it is not answered: somebody has to find out', () => {
    const life = canceled(sentOrder());
    life.then(dispatched(life, { kind: 'unanswered', cause: 'timeout' }));
    expect(openFallouts(life)).toMatchObject([
      { cause: 'unreachable', description: expect.stringContaining('not known') },
    ]);
    expect(life.order?.state).toBe('cancellation_in_progress');
    const root = life.order?.dispatches[0]?.root ?? '';
    life.then({ type: 'ForceCancelServiceOrder', serviceOrder: root, note: 'they have nothing' });
    expect(life.order?.state).toBe('canceled');
  });

  it.each([
    ['busy', { kind: 'refused', httpStatus: 503, retryable: true, reason: 'busy' }, 'canceled'],
    ['silent', { kind: 'unanswered', cause: 'reset' }, 'cancellation_in_progress'],
  ] as const)('is not tried again, after it was %s', (_name, outcome, state) => {
    const life = sentOrder();
    life.then(dispatched(life, outcome));
    expect(life.effect('SetTimer').timer.kind).toBe('retryDispatch');
    canceled(life);
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expect(life.order?.state).toBe(state);
    expect(openFallouts(life)).toHaveLength(state === 'canceled' ? 0 : 1);
  });

  it('as another attempt waits while it is being assessed, and goes out when that is declined', () => {
    const life = sentOrder();
    life.then(dispatched(life, { kind: 'unanswered', cause: 'reset' }));
    const retry = life.effect('SetTimer');
    life.then(cancel);
    life.then({ type: 'TimerFired', timer: retry.timer, effectId: retry.id });
    expect(life.effectTypes()).toEqual([]);
    life.then(decline);
    expect(life.effect('SendOutboundRequest').attempt).toBe(2);
    life.then(accepted(requestIdOf(life), 2));
    expect(recordsOf(life)).toEqual(['pending']);
  });

  it('and fails while it is being assessed, holds the order when that is declined', () => {
    const life = sentOrder();
    life.then(cancel);
    life.then(dispatched(life, { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' }));
    expect(life.order?.state).toBe('assessing_cancellation');
    life.then(decline);
    expect(life.order?.state).toBe('on_hold');
    life.then(cancel);
    life.then({ type: 'ResolveFallout', fallout: openFallouts(life)[0]?.id ?? '', note: 'seen to' });
    expect(life.order?.state).toBe('assessing_cancellation');
    life.then(decline);
    expect(life.order?.state).toBe('in_progress');
  });

  it('is recorded while it is being assessed: what is fulfilled then is closed when that is declined', () => {
    const life = sentOrder();
    life.then(cancel);
    life.then(accepted(requestIdOf(life)));
    reported(life, 'fulfilled');
    expect(recordsOf(life)).toEqual(['fulfilled']);
    expect(linesOf(life)).toEqual(['assessing_cancellation']);
    expect(life.order?.domainOrders.some(({ state }) => state === 'in_progress')).toBe(false);
    life.then(decline);
    const access = life.order?.domainOrders.find(({ specification }) => specification === 'access-line');
    expect(access?.state).toBe('closed_complete');
  });
});

describe('a part of what went out together', () => {
  function twoLines(): Life {
    const life = new Life(hierarchical);
    const parent = serviceLineOf('internet-access');
    const child = serviceLineOf('access-line', { parent: parent.externalId });
    life.take(captureOf({ category: 'Service', lines: [parent, child] }));
    life.then({ type: 'ApproveOrder' });
    return life;
  }

  it('is deleted by a revision, and the rest goes on', () => {
    const life = twoLines();
    accept(life);
    expect(life.order?.dispatches).toHaveLength(1);
    const child = life.order?.lines[1]?.id ?? '';
    const gone = life.order?.domainOrders.flatMap(({ id, line, kind }) =>
      line === child && kind === 'service' ? [id] : [],
    );
    life.then({ ...cancel, line: child } as Happening);
    life.then(approve);
    const sent = life.effect('SendOutboundRequest');
    const deleted = sent.payload.items.filter(({ modification }) => modification === 'delete');
    expect(deleted.map(({ serviceOrder }) => serviceOrder)).toEqual(gone);
    expect(linesOf(life)).toEqual(['in_progress', 'cancellation_in_progress']);
    life.then(dispatched(life, { kind: 'accepted', httpStatus: 200, externalOrderId: 'som-1', reports: [] }));
    expect(linesOf(life)).toEqual(['in_progress', 'canceled']);
    const left = life.order?.outboundRequests.filter(({ state }) => state === 'pending') ?? [];
    expect(left.length).toBeGreaterThan(0);
    reported(life, 'fulfilled');
    expect(life.order?.state).toBe('completed');
  });

  it('waits for what is on its way, and the whole after a part is canceled as the whole', () => {
    const life = twoLines();
    const child = life.order?.lines[1]?.id ?? '';
    life.then({ ...cancel, line: child } as Happening);
    life.then(approve);
    expect(life.effectTypes()).toEqual(['ChangeInventory']);
    life.then(accepted(requestIdOf(life)));
    expect(life.effect('SendOutboundRequest').operation).toBe('revise');
    canceled(life);
    expect(life.effectTypes()).not.toContain('SendCancellation');
    life.then(dispatched(life, { kind: 'accepted', httpStatus: 200, externalOrderId: 'som-1', reports: [] }));
    expect(life.effect('SendCancellation').externalOrderId).toBe('som-1');
    answered(life, { kind: 'done', httpStatus: 201 });
    expect(life.order?.state).toBe('canceled');
  });

  it('is a fallout where the revision is refused, and asked for again when that is closed', () => {
    const life = twoLines();
    accept(life);
    life.then({ ...cancel, line: life.order?.lines[1]?.id ?? '' } as Happening);
    life.then(approve);
    life.then(dispatched(life, { kind: 'refused', httpStatus: 409, retryable: false, reason: 'too late' }));
    expect(openFallouts(life)).toHaveLength(1);
    expect(linesOf(life)).toEqual(['in_progress', 'cancellation_in_progress']);
    life.then({ type: 'ResolveFallout', fallout: openFallouts(life)[0]?.id ?? '', note: 'now' });
    expect(life.effect('SendOutboundRequest').operation).toBe('revise');
    life.then(dispatched(life, { kind: 'accepted', httpStatus: 200, externalOrderId: 'som-1', reports: [] }));
    expect(linesOf(life)).toEqual(['in_progress', 'canceled']);
  });

  it('that was not sent yet keeps the whole back until it is decided about', () => {
    const life = new Life(hierarchical);
    const first = serviceLineOf('internet-access', { externalId: 'first' });
    const parent = serviceLineOf('internet-access', { after: ['first'] });
    const child = serviceLineOf('access-line', { parent: parent.externalId });
    life.take(captureOf({ category: 'Service', lines: [first, parent, child] }));
    life.then({ type: 'ApproveOrder' });
    life.then({ ...cancel, line: life.order?.lines[2]?.id ?? '' } as Happening);
    accept(life);
    reported(life, 'fulfilled');
    expect(life.order?.dispatches).toHaveLength(1);
    life.then(approve);
    expect(life.order?.dispatches).toHaveLength(2);
    const sent = life.effect('SendOutboundRequest').payload.items.map(({ serviceOrder }) => serviceOrder);
    const canceledOnes = life.order?.domainOrders.filter(({ state }) => state === 'canceled').map(({ id }) => id);
    expect(sent.some((id) => canceledOnes?.includes(id))).toBe(false);
  });
});

describe('a cancellation by hand, of one service order', () => {
  it('is nothing to override where nothing is waited for', () => {
    const life = sentOrder();
    const root = life.order?.dispatches[0]?.root ?? '';
    expect(refusedText(life, { type: 'ForceCancelServiceOrder', serviceOrder: root, note: 'x' })).toContain(
      'nothing outside is waited for',
    );
  });
});

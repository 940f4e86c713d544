/** What a revision comes to where the outside refuses it, or only ever reports on what it was sent. */
import { describe, expect, it } from 'vitest';
import { accept, approve, cancel, requestIdOf } from '../../../support/canceling.ts';
import { captureOf, hierarchical, Life, lineOf, policiesOf, statesOf } from '../../../support/orders.ts';
import {
  approveRevision,
  ofSpecification,
  reportedOf,
  revise,
  revisionAccepted,
  valued,
} from '../../../support/revising.ts';

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): Life {
  life.then(revise(lines));
  life.then(approveRevision);
  return life;
}

const told = (life: Life) =>
  life.then({ type: 'ReviseOutboundRequest', serviceOrder: ofSpecification(life.order, 'internet-access').id });

function refuse(life: Life): void {
  const { requestId, underWay } = life.order?.dispatches[0] ?? {};
  if (requestId === undefined || underWay === undefined) throw new Error('nothing is under way');
  const { revision, attempt } = underWay;
  const outcome = { kind: 'refused', httpStatus: 409, retryable: false, reason: 'it has ended' } as const;
  life.then({ type: 'ReportDispatch', requestId, revision, attempt, effectId: 'e', outcome });
}

/** A router is wanted besides what was sent, and the outside was told so. */
function joining(): Life {
  const life = new Life(hierarchical);
  life.take(captureOf({ lines: [lineOf({ characteristics: [{ name: 'router', value: 'own' }] })] }));
  life.then({ type: 'ApproveOrder' });
  accept(life);
  reportedOf(life, { 'access-line': 'fulfilled' });
  revised(life, valued('1', { router: 'rented' }));
  told(life);
  return life;
}

const openFallouts = (life: Life) => life.order?.fallouts.filter(({ state }) => state === 'open') ?? [];

describe('what would have joined a request, and was refused', () => {
  it('stays held when all that had been taken before is fulfilled', () => {
    const life = joining();
    refuse(life);
    reportedOf(life, { 'ip-connectivity': 'fulfilled', 'internet-access': 'fulfilled' });
    const router = ofSpecification(life.order, 'home-router');
    expect(router.state).toBe('on_hold');
    expect(openFallouts(life)).toMatchObject([{ holds: [router.id], domainOrder: router.id }]);
  });

  it('is held by the latest failure only', () => {
    const life = joining();
    refuse(life);
    told(life);
    refuse(life);
    const router = ofSpecification(life.order, 'home-router').id;
    expect(openFallouts(life).map(({ holds }) => holds)).toEqual([[], [router]]);
  });

  it('goes on when it is taken after all, and nothing is open about it any more', () => {
    const life = joining();
    refuse(life);
    told(life);
    revisionAccepted(life);
    expect(ofSpecification(life.order, 'home-router').state).toBe('in_progress');
    expect(openFallouts(life)).toEqual([]);
  });
});

describe('a revision that is taken when the request is overdue', () => {
  it('leaves on hold what was late before', () => {
    const life = new Life(hierarchical);
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    accept(life);
    life.then({
      type: 'TimerFired',
      timer: { kind: 'fulfillmentOverdue', requestId: requestIdOf(life) },
      effectId: 'e',
    });
    const serviceOrder = ofSpecification(life.order, 'internet-access').id;
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
    told(life);
    revisionAccepted(life);
    expect(statesOf(life.order as never)).toMatchObject({ 'access-line': 'on_hold', 'internet-access': 'on_hold' });
    expect(openFallouts(life)).toMatchObject([{ cause: 'overdue' }]);
  });
});

describe('a part that is not wanted any more before an answer has come', () => {
  it('is deleted there as soon as a report on the rest says that the order has arrived', () => {
    const life = new Life(
      policiesOf({
        policies: 'p',
        approval: 'manual',
        outbound: {
          rows: [
            {
              name: 'CFS',
              when: { specificationType: 'CFS' },
              then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som', maxRetries: 3 },
            },
          ],
        },
      }),
    );
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    const requestId = requestIdOf(life);
    const outcome = { kind: 'unanswered', cause: 'timeout', lot: 0 } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    revised(life, valued('1', { router: 'own' }));
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    reportedOf(life, { 'internet-access': 'pending' });
    const { operation, payload } = life.effect('SendOutboundRequest');
    expect(operation).toBe('revise');
    expect(payload.items.at(-1)).toMatchObject({
      serviceOrder: ofSpecification(life.order, 'home-router').id,
      modification: 'delete',
    });
    revisionAccepted(life);
    expect(statesOf(life.order as never)).toMatchObject({ 'home-router': 'canceled' });
  });
});

describe('a part that a revision has taken back', () => {
  it('is on its way out, and stays so when the order is canceled', () => {
    const life = new Life(hierarchical);
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    accept(life);
    revised(life, valued('1', { router: 'own' }));
    life.then(cancel);
    const order = life.then(approve);
    expect(statesOf(order)).toMatchObject({ 'home-router': 'cancellation_in_progress' });
  });

  it('is undone once, though the order is canceled afterwards', () => {
    const life = new Life(hierarchical);
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    accept(life);
    reportedOf(life, { 'access-line': 'fulfilled' });
    const device = () => ofSpecification(life.order, 'router-device');
    life.then({
      type: 'TimerFired',
      timer: { kind: 'automaticFulfillment', domainOrder: device().id },
      effectId: 'e',
    });
    revised(life, valued('1', { router: 'own' }));
    revisionAccepted(life);
    expect(device()).toMatchObject({ undone: true, state: 'closed_complete' });
    life.then(cancel);
    life.then(approve);
    expect(device()).toMatchObject({ undone: true, state: 'closed_complete' });
    const told = life.order?.workNotes.filter(({ about, text }) => about === device().id && text.includes('undone'));
    expect(told).toHaveLength(1);
  });
});

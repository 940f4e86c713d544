/** What a revision means to those outside who were sent the order: told again, told that more is wanted, or less. */
import { describe, expect, it } from 'vitest';
import { accept, refusedText, requestIdOf } from '../../../support/canceling.ts';
import {
  captureOf,
  type Happening,
  hierarchical,
  Life,
  lineOf,
  policiesOf,
  statesOf,
} from '../../../support/orders.ts';
import {
  approveRevision,
  ofSpecification,
  reportedOf,
  revise,
  revisionAccepted,
  valued,
} from '../../../support/revising.ts';

const faster = valued('1', { downstreamSpeed: '1 Gbps' });

function sent(lines = [lineOf()], policies = hierarchical): Life {
  const life = new Life(policies);
  life.take(captureOf({ lines }));
  life.then({ type: 'ApproveOrder' });
  accept(life);
  return life;
}

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): Life {
  life.then(revise(lines));
  life.then(approveRevision);
  return life;
}

const updated = (life: Life) =>
  life.order?.domainOrders
    .filter(({ updatesAvailable }) => updatesAvailable === true)
    .map((each) => each.specification);

describe('what was sent', () => {
  it('has updates available where something else is wanted of it, and is told once somebody revises the request', () => {
    const life = revised(sent(), faster);
    expect(updated(life)).toEqual(['internet-access', 'access-line', 'ip-connectivity']);
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: ofSpecification(life.order, 'internet-access').id });
    const { payload, operation, revision } = life.effect('SendOutboundRequest');
    expect([operation, revision]).toEqual(['revise', 2]);
    expect(payload.items.map(({ modification }) => modification)).toEqual(['change', 'change', 'change', 'noChange']);
    expect(payload.items[0]?.characteristics).toContainEqual({
      name: 'downstreamSpeed',
      valueType: 'Choice',
      value: '1 Gbps',
      previousValue: '100 Mbps',
    });
    revisionAccepted(life);
    expect(updated(life)).toEqual([]);
  });

  it('is told by itself where the policy says so', () => {
    const policies = policiesOf({
      policies: 'p',
      approval: 'manual',
      revision: { send: 'automatic' },
      outbound: {
        rows: [
          {
            name: 'CFS',
            when: { specificationType: 'CFS' },
            then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som', maxRetries: 0 },
          },
        ],
      },
    });
    const life = revised(sent([lineOf()], policies), faster);
    expect(life.effect('SendOutboundRequest')).toMatchObject({ operation: 'revise', revision: 2 });
    const { requestId } = life.effect('SendOutboundRequest');
    const outcome = { kind: 'refused', httpStatus: 409, retryable: false, reason: 'too late' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 2, attempt: 1, effectId: 'e', outcome } as Happening);
    // Refused, it is not sent again by itself: there is a fallout, and updates are still available.
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expect(life.order?.fallouts).toMatchObject([{ state: 'open', requestId }]);
    expect(updated(life)).toContain('internet-access');
  });

  it('joins what went out as a hierarchy where it is new: a revision says so, and no request of its own is made', () => {
    const life = revised(
      sent([lineOf({ characteristics: [{ name: 'router', value: 'own' }] })]),
      valued('1', { router: 'rented' }),
    );
    reportedOf(life, { 'access-line': 'fulfilled' });
    expect(statesOf(life.order as never)).toMatchObject({ 'home-router': 'in_progress' });
    expect(life.order?.dispatches).toHaveLength(1);
    expect(updated(life)).toEqual(['internet-access']);
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: ofSpecification(life.order, 'internet-access').id });
    expect(life.effect('SendOutboundRequest').payload.items.map(({ modification }) => modification)).toEqual([
      'change',
      'noChange',
      'noChange',
      'add',
    ]);
    revisionAccepted(life);
    const router = ofSpecification(life.order, 'home-router').id;
    const record = life.order?.outboundRequests.find(({ serviceOrder }) => serviceOrder === router);
    expect(record).toMatchObject({ state: 'pending', requestId: requestIdOf(life) });
  });

  it('is deleted there by a revision where it is a part that is not wanted any more', () => {
    const life = revised(sent(), valued('1', { router: 'own' }));
    const { operation, payload } = life.effect('SendOutboundRequest');
    expect(operation).toBe('revise');
    expect(payload.items.map(({ action, modification }) => `${action} ${modification}`)).toEqual([
      'add change',
      'add noChange',
      'add noChange',
      'delete delete',
    ]);
    revisionAccepted(life);
    expect(statesOf(life.order as never)).toMatchObject({ 'home-router': 'canceled' });
  });

  it('is not sent while nobody has decided, and what comes back meanwhile is written down', () => {
    const life = new Life(
      policiesOf({
        policies: 'p',
        approval: 'manual',
        outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som', maxRetries: 3 } }] },
      }),
    );
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    const requestId = requestIdOf(life);
    const outcome = { kind: 'unanswered', cause: 'timeout', lot: 0 } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome } as Happening);
    life.then(revise([faster]));
    life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 'e' });
    expect(life.effectTypes()).toEqual([]);
    life.then(approveRevision);
    // What was due goes out now, as it is wanted now.
    const { attempt, payload } = life.effect('SendOutboundRequest');
    expect(attempt).toBe(2);
    expect(payload.items[0]?.characteristics).toContainEqual(expect.objectContaining({ value: '1 Gbps' }));
  });

  it('is to be done again where it was fulfilled already; its order is not completed before', () => {
    const life = sent();
    reportedOf(life, { 'access-line': 'fulfilled', 'ip-connectivity': 'fulfilled', 'internet-access': 'fulfilled' });
    expect(statesOf(life.order as never)).toMatchObject({ 'ip-connectivity': 'closed_complete' });
    revised(life, faster);
    expect(ofSpecification(life.order, 'ip-connectivity')).toMatchObject({ state: 'closed_complete', redone: false });
    reportedOf(life, { 'home-router': 'fulfilled' });
    life.then({
      type: 'TimerFired',
      timer: { kind: 'automaticFulfillment', domainOrder: ofSpecification(life.order, 'router-device').id },
      effectId: 'e',
    });
    expect(life.order?.state).toBe('in_progress');
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: ofSpecification(life.order, 'internet-access').id });
    revisionAccepted(life);
    reportedOf(life, { 'access-line': 'fulfilled', 'ip-connectivity': 'fulfilled', 'internet-access': 'fulfilled' });
    expect(ofSpecification(life.order, 'ip-connectivity')).toMatchObject({ state: 'closed_complete', redone: true });
    expect(life.order?.state).toBe('completed');
  });

  it('can be ended by hand where the outside will not do it again', () => {
    const life = sent();
    reportedOf(life, { 'access-line': 'fulfilled', 'ip-connectivity': 'fulfilled' });
    revised(life, faster);
    const serviceOrder = ofSpecification(life.order, 'ip-connectivity').id;
    expect(refusedText(life, { type: 'ForceCompleteServiceOrder', serviceOrder, note: '' } as Happening)).toContain(
      'note',
    );
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'it is fast enough' });
    expect(ofSpecification(life.order, 'ip-connectivity')).toMatchObject({ state: 'closed_complete', redone: true });
  });

  it('is told of another customer contact, though no item is another', () => {
    const life = sent();
    life.then(revise([], { parties: [{ id: 'cust-2', referredType: 'Customer' }] }));
    life.then(approveRevision);
    expect(updated(life)).toEqual(['internet-access']);
  });
});

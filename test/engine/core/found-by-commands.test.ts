/** What random commands have found wrong: each story as short as it could be made. */
import { describe, expect, it } from 'vitest';
import { accept, approve, cancel, refusedText, reported, requestIdOf } from '../../support/canceling.ts';
import { expectLawful } from '../../support/lawful.ts';
import {
  captureOf,
  catalogueOf,
  hierarchical,
  Life,
  oneByOne,
  orderId,
  sentOrder,
  serviceLineOf,
  start,
} from '../../support/orders.ts';
import { askedQuestion } from '../../support/questions.ts';

function idOf({ order }: Life, specification: string): string {
  return order?.domainOrders.find((each) => each.specification === specification)?.id ?? 'none';
}

function overdue(life: Life): void {
  const timer = { kind: 'fulfillmentOverdue', requestId: requestIdOf(life) } as const;
  life.then({ type: 'TimerFired', timer, effectId: 'e' });
}

describe('random commands have found', () => {
  it.each(['CancelServiceOrder', 'ForceCompleteServiceOrder'] as const)(
    '%s of what is only asked about, after which the question could not be decided',
    (type) => {
      const life = askedQuestion();
      const serviceOrder = idOf(life, 'home-router');
      expect(refusedText(life, { type, serviceOrder, note: 'by hand' })).toContain('the order only asks');
      life.then({ type: 'DecideQualification', decision: 'decline' });
      expect(life.order?.state).toBe('canceled');
    },
  );

  it('a service order that was sent by hand before its plan would have, and was sent again then', () => {
    const catalogue = catalogueOf({
      catalogue: 'planned',
      plans: [{ plan: 'sent', tasks: [{ task: 'prepare' }, { task: 'order', by: 'outbound', after: ['prepare'] }] }],
      services: [{ id: 'roof', type: 'CFS', plan: 'sent' }],
    });
    const life = new Life(oneByOne, catalogue);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('roof')] }));
    life.then({ type: 'ApproveOrder' });
    life.then({ type: 'CreateOutboundRequest', serviceOrder: idOf(life, 'roof') });
    life.then({ type: 'CloseTask', task: life.order?.tasks[0]?.id ?? 'none' });
    expect(life.order?.outboundRequests).toHaveLength(1);
    accept(life);
    reported(life, 'fulfilled');
    expect(life.order?.state).toBe('completed');
  });

  it.each(['MendFallout', 'CancelFallout'] as const)(
    'a request that nobody watched after %s of its being overdue',
    (type) => {
      const life = sentOrder();
      accept(life);
      overdue(life);
      life.then({ type, fallout: life.order?.fallouts[0]?.id ?? 'none', note: 'it takes longer' });
      expect(life.effect('SetTimer').timer).toEqual({ kind: 'fulfillmentOverdue', requestId: requestIdOf(life) });
      expect(life.order?.state).toBe('in_progress');
    },
  );

  it('a cancellation that came back as unknown when there was nothing left to cancel, and stopped the engine', () => {
    const life = sentOrder(oneByOne);
    accept(life);
    const { requestId = 'none' } = life.order?.dispatches.at(-1) ?? {};
    reported(life, 'error', requestId);
    life.then(cancel);
    life.then(approve);
    const outcome = { kind: 'unsupported' } as const;
    life.then({ type: 'ReportCancellation', requestId, attempt: 1, effectId: 'e', outcome });
    expect(life.order?.dispatches.find((each) => each.requestId === requestId)?.cancellation?.state).toBe('done');
  });

  it('a fallout about a cancellation that was gone when a part of it had been forced', () => {
    const life = sentOrder(hierarchical);
    const requestId = requestIdOf(life);
    const outcome = { kind: 'accepted', httpStatus: 200, reports: [] } as const; // no id, so that nobody can cancel it
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    life.then(cancel);
    life.then(approve);
    life.then({ type: 'ForceCancelServiceOrder', serviceOrder: idOf(life, 'home-router'), note: 'by phone' });
    expect(life.order?.fallouts.map(({ state }) => state)).toEqual(['open']);
    life.then({ type: 'ForceCancelServiceOrder', serviceOrder: idOf(life, 'internet-access'), note: 'by phone' });
    expect(life.order?.fallouts.map(({ state }) => state)).toEqual(['resolved']);
    expect(life.order?.state).toBe('canceled');
  });

  it('a service order in error that went out under a second request when the first was revised', () => {
    const life = sentOrder();
    accept(life);
    const part = idOf(life, 'home-router');
    const root = idOf(life, 'internet-access');
    const reports = [{ serviceOrder: part, state: 'error' as const }];
    life.then({ type: 'ReportFulfillment', requestId: requestIdOf(life), reports, via: 'event' });
    life.then({ type: 'CreateOutboundRequest', serviceOrder: part });
    accept(life);
    life.then({ type: 'ReportFulfillment', requestId: requestIdOf(life, 1), reports, via: 'event' });
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder: root, characteristics });
    life.take({ type: 'ReviseOutboundRequest', at: start + 1_000_000, orderId, serviceOrder: root });
    const live = life.order?.outboundRequests.filter((each) => each.serviceOrder === part && each.state !== 'failed');
    expect(live?.map(({ requestId }) => requestId)).toEqual([requestIdOf(life)]);
    expectLawful(life.evidence);
  });

  it('a request that nobody watched any more once the only part that was overdue had been completed by hand', () => {
    const life = sentOrder();
    accept(life);
    const requestId = requestIdOf(life);
    const said = (state: 'pending' | 'fulfilled' | 'error', specifications: readonly string[]) => {
      const reports = specifications.map((each) => ({ serviceOrder: idOf(life, each), state }));
      life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    };
    said('fulfilled', ['access-line', 'ip-connectivity']);
    said('error', ['internet-access']);
    overdue(life);
    said('pending', ['internet-access']);
    const timer = { kind: 'automaticFulfillment', domainOrder: idOf(life, 'router-device') } as const;
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: idOf(life, 'home-router'), note: 'it was there' });
    expect(life.effect('SetTimer').timer).toEqual({ kind: 'fulfillmentOverdue', requestId });
  });
});

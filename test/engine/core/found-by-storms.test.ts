/** What storms have found in the core, each in the fewest steps. */
import { describe, expect, it } from 'vitest';
import { accepted, type Happening, type Life, oneByOne, sentOrder } from '../../support/orders.ts';

/** The access line of a broadband order, sent alone and accepted. */
function acceptedLine(): { life: Life; serviceOrder: string; requestId: string } {
  const life = sentOrder(oneByOne);
  const line = life.order?.domainOrders.find(({ specification }) => specification === 'access-line');
  const record = life.order?.outboundRequests.find(({ serviceOrder }) => serviceOrder === line?.id);
  if (line === undefined || record === undefined) throw new Error('there is no access line under way');
  life.then(accepted(record.requestId));
  return { life, serviceOrder: line.id, requestId: record.requestId };
}

describe('a revision that waits to be sent again', () => {
  it('is given up quietly when what it was about has been completed by hand', () => {
    const { life, serviceOrder, requestId } = acceptedLine();
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
    life.then({ type: 'ReviseOutboundRequest', serviceOrder });
    const outcome = { kind: 'unanswered', cause: 'timeout' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 2, attempt: 1, effectId: 'e', outcome });
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'built by hand' });
    const order = life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 't' });
    expect(life.effectTypes()).toEqual([]);
    expect(order.dispatches.find((dispatch) => dispatch.requestId === requestId)?.underWay).toBeUndefined();
  });
});

describe('a failure that is told, taken back by a late report, and told again', () => {
  it('has one fallout', () => {
    const { life, serviceOrder, requestId } = acceptedLine();
    const report = (state: 'error' | 'pending'): Happening => {
      return { type: 'ReportFulfillment', requestId, reports: [{ serviceOrder, state }], via: 'event' };
    };
    life.then(report('error'));
    life.then(report('pending'));
    const order = life.then(report('error'));
    expect(order.fallouts.map(({ cause, state }) => `${cause} ${state}`)).toEqual(['business open']);
  });
});

/** What storms have found in the core, each in the fewest steps. */
import { describe, expect, it } from 'vitest';
import { accepted, type Happening, hierarchical, Life, oneByOne, sentOrder, statesOf } from '../../support/orders.ts';

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

describe('a revision whose answer comes after the service order was fulfilled and closed', () => {
  it('leaves it fulfilled, and waits for nothing more', () => {
    const { life, serviceOrder, requestId } = acceptedLine();
    const characteristics = [{ name: 'downstreamSpeed', value: '1 Gbps' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
    life.then({ type: 'ReviseOutboundRequest', serviceOrder });
    const reports = [{ serviceOrder, state: 'fulfilled' }] as const;
    life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    const order = life.then({ ...accepted(requestId), revision: 2 } as Happening); // as accepted, with another revision
    expect(statesOf(order)['access-line']).toBe('closed_complete');
    expect(order.outboundRequests.find((record) => record.serviceOrder === serviceOrder)?.state).toBe('fulfilled');
    expect(life.effectTypes()).toEqual([]);
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

describe('a fallout that holds several service orders', () => {
  /** All four were sent together, and refused. */
  function refused(): { life: Life; idOf: (specification: string) => string } {
    const life = sentOrder(hierarchical);
    const requestId = life.order?.outboundRequests[0]?.requestId ?? '';
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    const idOf = (wanted: string) =>
      life.order?.domainOrders.find(({ specification }) => specification === wanted)?.id ?? 'none';
    return { life, idOf };
  }

  it('stays open for those that a further request leaves out', () => {
    const { life, idOf } = refused();
    // The policies were edited in the meantime: now each goes out alone.
    const edited = new Life(oneByOne);
    edited.order = life.order;
    edited.then({ type: 'CreateOutboundRequest', serviceOrder: idOf('internet-access') });
    const order = edited.then(accepted(edited.effect('SendOutboundRequest').requestId));
    expect(statesOf(order)).toMatchObject({ 'internet-access': 'in_progress', 'access-line': 'on_hold' });
    const others = ['access-line', 'ip-connectivity', 'home-router'].map(idOf);
    expect(order.fallouts).toMatchObject([{ state: 'open', domainOrder: others[0], holds: others }]);
  });

  it('lets go of one that is accepted alone', () => {
    const { life, idOf } = refused();
    life.then({ type: 'CreateOutboundRequest', serviceOrder: idOf('access-line') });
    const order = life.then(accepted(life.effect('SendOutboundRequest').requestId));
    expect(statesOf(order)).toMatchObject({ 'internet-access': 'on_hold', 'access-line': 'in_progress' });
    expect(order.fallouts[0]?.holds).not.toContain(idOf('access-line'));
  });

  it('lets go of one that is completed by hand', () => {
    const { life, idOf } = refused();
    const order = life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: idOf('access-line'), note: 'built' });
    const held = ['internet-access', 'ip-connectivity', 'home-router'].map(idOf);
    expect(order.fallouts).toMatchObject([{ state: 'open', domainOrder: held[0], holds: held }]);
  });
});

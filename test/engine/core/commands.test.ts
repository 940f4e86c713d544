/** The commands of operators about one service order: which action it shows, and what each command does. */
import { describe, expect, it } from 'vitest';
import { outboundActionOf } from '../../../engine/model/external-state.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Effect } from '../../../engine/model/outcome.ts';
import { refusalText } from '../../../engine/model/refusals.ts';
import {
  accepted,
  captureOf,
  type Happening,
  hierarchical,
  Life,
  oneByOne,
  orderId,
  policiesOf,
  sentOrder,
  statesOf,
} from '../../support/orders.ts';

const serviceOrderOf = (order: CustomerOrder | undefined, specification: string) => {
  const found = order?.domainOrders.find((domainOrder) => domainOrder.specification === specification);
  if (found === undefined) throw new Error(`no order for ${specification}`);
  return found;
};

const actionOf = (order: CustomerOrder | undefined, specification: string) => {
  if (order === undefined) throw new Error('there is no order');
  return outboundActionOf(order, serviceOrderOf(order, specification)).action;
};

function command(life: Life, type: string, specification: string, more: object = {}): Happening {
  const serviceOrder = serviceOrderOf(life.order, specification).id;
  return { type, serviceOrder, ...more } as Happening; // one of the commands, as each test names it
}

function refused(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: 0, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

const requestIds = (order: CustomerOrder | undefined) => order?.dispatches.map(({ requestId }) => requestId) ?? [];

const lost = { type: 'ReportDispatch', revision: 1, attempt: 1, effectId: 'e' } as const;
const rejection = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'No free port' } as const;

function failedDispatch(): Life {
  const life = sentOrder();
  life.then({ ...lost, requestId: requestIds(life.order)[0] ?? '', outcome: rejection });
  return life;
}

function acceptedOrder(policies = hierarchical): Life {
  const life = sentOrder(policies);
  life.then(accepted(requestIds(life.order)[0] ?? ''));
  return life;
}

const faster = { characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }] };

function revisedOrder(policies = hierarchical): Life {
  const life = acceptedOrder(policies);
  life.then(command(life, 'UpdateServiceOrder', 'access-line', faster));
  life.then(command(life, 'ReviseOutboundRequest', 'access-line'));
  return life;
}

function outcomeOfRevision(life: Life, outcome: object): Happening {
  const sent = life.effects.find(
    (effect): effect is Extract<Effect, { type: 'SendOutboundRequest' }> => effect.type === 'SendOutboundRequest',
  );
  if (sent === undefined) throw new Error('nothing was sent');
  const { requestId, revision, attempt } = sent;
  return { type: 'ReportDispatch', requestId, revision, attempt, effectId: 'e', outcome } as Happening; // an outcome of the test's
}

describe('the action a service order shows', () => {
  it('is none while its request is on its way, or accepted and unchanged', () => {
    const life = sentOrder();
    expect(actionOf(life.order, 'internet-access')).toBe('none');
    life.then(accepted(requestIds(life.order)[0] ?? ''));
    expect(actionOf(life.order, 'internet-access')).toBe('none');
  });

  it('is create again once a dispatch has failed for good', () => {
    expect(actionOf(failedDispatch().order, 'internet-access')).toBe('create');
  });

  it('is create when the outside reports an error, also where there is something to revise', () => {
    const life = acceptedOrder();
    life.then(command(life, 'UpdateServiceOrder', 'access-line', faster));
    expect(actionOf(life.order, 'access-line')).toBe('revise');
    const reports = [{ serviceOrder: serviceOrderOf(life.order, 'access-line').id, state: 'error' as const }];
    life.then({ type: 'ReportFulfillment', requestId: requestIds(life.order)[0] ?? '', reports, via: 'event' });
    expect(actionOf(life.order, 'access-line')).toBe('create');
  });

  it('is none before it has started, for what does not go outside, and for an order that only asks', () => {
    const life = sentOrder(oneByOne);
    expect(actionOf(life.order, 'ip-connectivity')).toBe('none');
    expect(actionOf(life.order, 'broadband')).toBe('none');
    const asks = { ...(life.order as CustomerOrder), fulfillmentType: 'Qualify' as const };
    expect(actionOf(asks, 'internet-access')).toBe('none');
  });
});

describe('Create Outbound Fulfillment Request', () => {
  it('makes a request with a Request ID of its own, and the fallout is resolved when it is accepted', () => {
    const life = failedDispatch();
    expect(life.order?.state).toBe('on_hold');
    life.then(command(life, 'CreateOutboundRequest', 'internet-access'));
    const [first, second = ''] = requestIds(life.order);
    expect(second).not.toBe(first);
    expect(actionOf(life.order, 'internet-access')).toBe('none');
    const order = life.then(accepted(second));
    expect(order.fallouts.map(({ state }) => state)).toEqual(['resolved']);
    expect(order.state).toBe('in_progress');
  });

  it('twice: the second is refused, and there are not two Request IDs', () => {
    const life = failedDispatch();
    const create = command(life, 'CreateOutboundRequest', 'internet-access');
    life.then(create);
    expect(refused(life, create)).toMatch(/not possible for SO0000001: a request is on its way/);
    expect(requestIds(life.order)).toHaveLength(2);
  });

  it('supersedes what came back in error, on the terms it had, and leaves the rest of the hierarchy alone', () => {
    const life = acceptedOrder();
    const { id } = serviceOrderOf(life.order, 'access-line');
    const requestId = requestIds(life.order)[0] ?? '';
    life.then({ type: 'ReportFulfillment', requestId, reports: [{ serviceOrder: id, state: 'error' }], via: 'event' });
    const order = life.then(command(life, 'CreateOutboundRequest', 'access-line'));
    const records = order.outboundRequests.filter(({ serviceOrder }) => serviceOrder === id);
    expect(records.map(({ state }) => state)).toEqual(['failed', 'not_applicable']);
    expect(order.outboundRequests.filter(({ state }) => state === 'pending')).toHaveLength(3);
  });

  it('needs a role, and says which', () => {
    const life = failedDispatch();
    const as = (role: string) => command(life, 'CreateOutboundRequest', 'internet-access', { roles: [role] });
    expect(refused(life, as('sn_ind_tmt_orm.order_viewer'))).toMatch(/needs one of the roles order_fulfilment_agent, /);
    expect(refused(life, as('fulfillment_manager'))).toBe('not refused');
  });

  it('an answer to a request that another has replaced changes nothing', () => {
    const life = sentOrder(oneByOne);
    const [requestId = ''] = requestIds(life.order);
    const { id } = serviceOrderOf(life.order, 'internet-access');
    life.then({ type: 'ReportFulfillment', requestId, reports: [{ serviceOrder: id, state: 'error' }], via: 'event' });
    life.then(command(life, 'CreateOutboundRequest', 'internet-access'));
    const order = life.then(accepted(requestId));
    expect(order.fallouts.map(({ state }) => state)).toEqual(['open']);
    expect(order.workNotes.at(-1)?.text).toBe('An answer came to a request that counts no longer');
  });
});

describe('Revise Outbound Request', () => {
  it('goes out under the same Request ID, with what has changed and what it was', () => {
    const life = revisedOrder();
    const sent = life.effect('SendOutboundRequest');
    expect(sent).toMatchObject({ operation: 'revise', revision: 2, attempt: 1, externalOrderId: 'som-1' });
    expect(sent.requestId).toBe(requestIds(life.order)[0]);
    const marks = Object.fromEntries(
      sent.payload.items.map(({ specification, modification }) => [specification.id, modification]),
    );
    expect(marks).toEqual({
      'internet-access': 'noChange',
      'access-line': 'change',
      'ip-connectivity': 'noChange',
      'home-router': 'noChange',
    });
    const line = sent.payload.items.find(({ specification }) => specification.id === 'access-line');
    expect(line?.characteristics).toEqual([
      { name: 'downstreamSpeed', valueType: 'Choice', value: '1 Gbps', previousValue: '100 Mbps' },
    ]);
  });

  it('in the delta profile says only what has changed', () => {
    const then = { outboundEnabled: true, hierarchical: true, targetSystem: 'som', revisePayload: 'delta' };
    const life = revisedOrder(
      policiesOf({ policies: 'delta', approval: 'manual', outbound: { rows: [{ name: 'all', then }] } }),
    );
    const { items } = life.effect('SendOutboundRequest').payload;
    expect(items.map(({ specification, children }) => [specification.id, children])).toEqual([['access-line', []]]);
  });

  it('accepted: pending at revision 2, and nothing is left to revise', () => {
    const life = revisedOrder();
    const order = life.then(outcomeOfRevision(life, { kind: 'accepted', httpStatus: 200, reports: [] }));
    expect(new Set(order.outboundRequests.map(({ state, revision }) => `${state} ${revision}`))).toEqual(
      new Set(['pending 2']),
    );
    expect(actionOf(order, 'access-line')).toBe('none');
  });

  it('refused: everything is as it was, a fallout says why, and the changes are still to be told', () => {
    const life = revisedOrder();
    const order = life.then(outcomeOfRevision(life, { ...rejection, reason: 'Past the point of no return' }));
    expect(new Set(order.outboundRequests.map(({ state, revision }) => `${state} ${revision}`))).toEqual(
      new Set(['pending 1']),
    );
    expect(order.fallouts).toMatchObject([{ state: 'open', cause: 'data', holds: [] }]);
    expect(statesOf(order)['access-line']).toBe('in_progress');
    expect(actionOf(order, 'access-line')).toBe('revise');
  });

  it('is not possible where nothing has changed', () => {
    const life = acceptedOrder();
    expect(refused(life, command(life, 'ReviseOutboundRequest', 'access-line'))).toMatch(/som is at work on it/);
  });

  it('a value that is set back before it is sent leaves nothing to revise', () => {
    const life = acceptedOrder();
    life.then(command(life, 'UpdateServiceOrder', 'access-line', faster));
    life.then(
      command(life, 'UpdateServiceOrder', 'access-line', {
        characteristics: [{ name: 'downstreamSpeed', value: '100 Mbps' }],
      }),
    );
    expect(actionOf(life.order, 'access-line')).toBe('none');
  });
});

describe('an update', () => {
  it.each([
    [[{ name: 'colour', value: 'red' }], 'Specification access-line has no characteristic colour'],
    [[{ name: 'downstreamSpeed', value: 'fast' }], 'downstreamSpeed cannot be "fast"'],
  ])('%j is refused', (characteristics, text) => {
    const life = acceptedOrder();
    expect(refused(life, command(life, 'UpdateServiceOrder', 'access-line', { characteristics }))).toBe(text);
  });
});

describe('by hand', () => {
  it('a service order is completed, and what the outside says of it no longer counts', () => {
    const life = acceptedOrder(oneByOne);
    const order = life.then(command(life, 'ForceCompleteServiceOrder', 'access-line', { note: 'Built last year' }));
    expect(statesOf(order)['access-line']).toBe('closed_complete');
    expect(order.workNotes.map(({ text }) => text)).toContain('Completed by hand: Built last year');
  });

  it('nothing is completed without a note, or while something below it is open', () => {
    const life = acceptedOrder();
    const complete = (specification: string, note: string) =>
      refused(life, command(life, 'ForceCompleteServiceOrder', specification, { note }));
    expect(complete('access-line', ' ')).toBe('Force-complete needs a note that says why');
    expect(complete('internet-access', 'done')).toMatch(/SO\d+.* below it is open/);
  });

  it('what nobody outside is at work on is canceled, and the rest of the order completes without it', () => {
    const life = acceptedOrder();
    const requestId = requestIds(life.order)[0] ?? '';
    const report = (specification: string, state: 'error' | 'fulfilled') => {
      const reports = [{ serviceOrder: serviceOrderOf(life.order, specification).id, state }];
      life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
    };
    report('home-router', 'error');
    expect(refused(life, command(life, 'CancelServiceOrder', 'access-line', { note: 'x' }))).toMatch(/ordered outside/);
    life.then(command(life, 'CancelServiceOrder', 'home-router', { note: 'The customer has one' }));
    for (const specification of ['access-line', 'ip-connectivity', 'internet-access'])
      report(specification, 'fulfilled');
    const timers = life.inputs.length;
    expect(statesOf(life.order as CustomerOrder)).toMatchObject({
      'home-router': 'canceled',
      'internet-access': 'closed_complete',
    });
    expect(life.order?.state, `after ${timers} steps`).toBe('completed');
  });

  it('a fallout is closed, and what it held goes on', () => {
    const life = failedDispatch();
    const fallout = life.order?.fallouts[0]?.id ?? '';
    expect(refused(life, { type: 'ResolveFallout', fallout, note: '' })).toMatch(/needs a note/);
    expect(refused(life, { type: 'ResolveFallout', fallout: 'x', note: 'y' })).toMatch(/has no fallout x/);
    const order = life.then({ type: 'ResolveFallout', fallout, note: 'Ports were added' });
    expect(order.fallouts).toMatchObject([{ state: 'closed_complete' }]);
    expect(order.state).toBe('in_progress');
    expect(actionOf(order, 'internet-access')).toBe('create');
  });

  it('closing an overdue fallout grants the time again', () => {
    const life = acceptedOrder();
    life.then({ type: 'TimerFired', timer: life.effect('SetTimer').timer, effectId: 'e' });
    life.then({ type: 'ResolveFallout', fallout: life.order?.fallouts[0]?.id ?? '', note: 'They have called' });
    expect(life.effect('SetTimer').timer.kind).toBe('fulfillmentOverdue');
  });
});

describe('a notice from outside', () => {
  it('is written down once, however often it is told', () => {
    const life = acceptedOrder();
    const requestId = requestIds(life.order)[0] ?? '';
    const told = { type: 'ReportNotice', requestId, kind: 'milestone', text: 'Splicing done' } as const;
    life.then(told);
    const order = life.then(told);
    const notes = order.workNotes.filter(({ text }) => text === 'Milestone, says som: Splicing done');
    expect(notes).toHaveLength(1);
  });
});

describe('an attempt that is answered 409', () => {
  const duplicate = { kind: 'refused', httpStatus: 409, retryable: false, reason: 'Known' } as const;

  it('is an acceptance after one that went unanswered, and a failure at first', () => {
    const first = sentOrder();
    const failed = first.then({ ...lost, requestId: requestIds(first.order)[0] ?? '', outcome: duplicate });
    expect(failed.fallouts).toMatchObject([{ cause: 'duplicate' }]);

    const life = sentOrder();
    const requestId = requestIds(life.order)[0] ?? '';
    life.then({ ...lost, requestId, outcome: { kind: 'unanswered', cause: 'timeout' } });
    life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 'e' });
    const order = life.then({ ...lost, attempt: 2, requestId, outcome: duplicate });
    expect(new Set(order.outboundRequests.map(({ state }) => state))).toEqual(new Set(['pending']));
  });

  it('is a failure when the attempts did not say the same', () => {
    const life = sentOrder();
    const requestId = requestIds(life.order)[0] ?? '';
    life.then({ ...lost, requestId, outcome: { kind: 'unanswered', cause: 'timeout' } });
    life.then(command(life, 'UpdateServiceOrder', 'access-line', faster));
    life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 'e' });
    const order = life.then({ ...lost, attempt: 2, requestId, outcome: duplicate });
    expect(order.fallouts).toMatchObject([{ cause: 'duplicate' }]);
  });
});

describe('the terms of a policy row', () => {
  const withTerms = (terms: object) =>
    policiesOf({
      policies: 'terms',
      approval: 'manual',
      outbound: {
        rows: [{ name: 'all', then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som', ...terms } }],
      },
    });

  it('delete the records of a request that could not be delivered', () => {
    const life = sentOrder(withTerms({ dispatchFailure: 'delete' }));
    const order = life.then({ ...lost, requestId: requestIds(life.order)[0] ?? '', outcome: rejection });
    expect(order.outboundRequests).toEqual([]);
    expect(order.fallouts).toMatchObject([{ state: 'open' }]);
    expect(actionOf(order, 'internet-access')).toBe('create');
  });

  it('put some of the delay of a retry on top by lot', () => {
    const life = sentOrder(withTerms({ retryDelay: 'PT10S', retryJitter: 0.5 }));
    life.then({
      ...lost,
      requestId: requestIds(life.order)[0] ?? '',
      outcome: { kind: 'unanswered', cause: 'reset', lot: 0.5 },
    });
    expect(life.effect('SetTimer').due - (life.inputs.at(-1)?.at ?? 0)).toBe(12_500);
  });

  it('take an incomplete answer for a failure', () => {
    const life = sentOrder(withTerms({ incompleteAnswer: 'fail' }));
    const outcome = { kind: 'accepted', httpStatus: 201, incomplete: true, reports: [], warning: 'no id' } as const;
    const order = life.then({ ...lost, requestId: requestIds(life.order)[0] ?? '', outcome });
    expect(order.fallouts).toMatchObject([{ cause: 'answer', description: expect.stringContaining('no id') }]);
  });
});

it('an order that is captured for somebody who asks only is not sent by hand either', () => {
  const life = new Life(hierarchical);
  life.take(captureOf({ fulfillmentType: 'Qualify' }));
  expect(life.order?.domainOrders).toEqual([]);
});

/** The life of an order as a whole: drafted, submitted, enriched, rejected, held, waiting, deleted; and its own tasks. */
import { describe, expect, it } from 'vitest';
import type { CaptureOrder } from '../../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import {
  accepted,
  captureOf,
  type Happening,
  Life,
  lineOf,
  orderId,
  policiesOf,
  start,
} from '../../../support/orders.ts';

const policiesWith = (changes: object = {}) =>
  policiesOf({
    policies: 'p',
    approval: 'manual',
    outbound: {
      rows: [
        {
          name: 'CFS',
          when: { specificationType: 'CFS' },
          then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som', maxRetries: 0 },
        },
      ],
    },
    ...changes,
  });

function captured(changes: Partial<CaptureOrder> = {}, policies: object = {}): Life {
  const life = new Life(policiesWith(policies));
  life.take(captureOf(changes));
  return life;
}

const drafted = (policies: object = {}, lines = [lineOf()]) => captured({ asDraft: true, lines }, policies);

function refused(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

const closeTask = (life: Life, name: string): Happening => ({
  type: 'CloseTask',
  task: life.order?.tasks.find((task) => task.name === name && task.state !== 'closed_complete')?.id ?? '',
});

const linesOf = (order: CustomerOrder | undefined) => order?.lines.map(({ state }) => state);
const tasksOf = (order: CustomerOrder | undefined) =>
  order?.tasks.map(({ name, about, state }) => `${about.kind} ${name} ${state}`);

describe('an order in draft', () => {
  it('waits to be submitted; then it stands as New, and is approved by itself where the policy says so', () => {
    const life = drafted({ approval: 'automatic' });
    expect(life.order?.state).toBe('draft');
    expect(linesOf(life.order)).toEqual(['draft']);
    expect(life.effects.map(({ type }) => type)).not.toContain('SubmitInput');
    expect(refused(life, { type: 'ApproveOrder' })).toBe('Order ORD0000001 is draft: approve is not possible');
    life.then({ type: 'SubmitOrder' });
    expect(life.order?.state).toBe('new');
    expect(linesOf(life.order)).toEqual(['new']);
    expect(life.effect('SubmitInput').input.type).toBe('ApproveOrder');
  });

  it('is deleted as if it had never been, and so is one that is New; no other is', () => {
    for (const life of [drafted(), captured()]) {
      life.then({ type: 'DeleteOrder' });
      expect(life.effectTypes()).toEqual(['RemoveOrder']);
    }
    const life = captured();
    life.then({ type: 'ApproveOrder' });
    expect(refused(life, { type: 'DeleteOrder' })).toBe(
      'Order ORD0000001 is in_progress, and only what is draft or new is deleted',
    );
  });
});

describe('enrichment', () => {
  const enrichment = {
    rows: [
      { name: 'fast', when: { offering: 'broadband-1000' }, then: { tasks: ['check the cable', 'ask the landlord'] } },
    ],
  };
  const lines = [
    lineOf({ externalId: '1', offering: 'broadband-1000' }),
    lineOf({ externalId: '2', offering: 'broadband-100' }),
  ];

  it('holds back the lines that the policy names, and the order until they are seen to', () => {
    const life = drafted({ enrichment }, lines);
    life.then({ type: 'SubmitOrder' });
    expect(life.order?.state).toBe('enrichment_in_progress');
    expect(linesOf(life.order)).toEqual(['enrichment_in_progress', 'new']);
    expect(tasksOf(life.order)).toEqual(['enrichment check the cable open', 'enrichment ask the landlord open']);
    life.then(closeTask(life, 'check the cable'));
    expect(linesOf(life.order)).toEqual(['enrichment_in_progress', 'new']);
    life.then(closeTask(life, 'ask the landlord'));
    expect(linesOf(life.order)).toEqual(['new', 'new']);
    expect(life.order?.state).toBe('new');
  });

  it('can be held and goes on', () => {
    const life = drafted({ enrichment }, lines);
    life.then({ type: 'SubmitOrder' });
    life.then({ type: 'HoldOrder', note: 'the landlord is away' });
    expect(life.order?.state).toBe('enrichment_on_hold');
    expect(refused(life, { type: 'ApproveOrder' })).toContain('is enrichment_on_hold');
    life.then({ type: 'ReleaseOrder', note: 'he is back' });
    expect(life.order?.state).toBe('enrichment_in_progress');
  });

  it('is not needed where no row matches', () => {
    const life = drafted({ enrichment }, [lineOf()]);
    life.then({ type: 'SubmitOrder' });
    expect(life.order?.state).toBe('new');
    expect(life.order?.tasks).toEqual([]);
  });
});

describe('a decision about an order', () => {
  it('rejects it, reopens it, and it is submitted again; or a rejected one is approved after all', () => {
    const life = captured();
    life.then({ type: 'RejectOrder', note: 'no credit' });
    expect([life.order?.state, linesOf(life.order)]).toEqual(['rejected', ['rejected']]);
    life.then({ type: 'ReopenOrder', note: 'paid' });
    expect([life.order?.state, linesOf(life.order)]).toEqual(['draft', ['draft']]);
    life.then({ type: 'SubmitOrder' });
    life.then({ type: 'RejectOrder', note: 'once more' });
    life.then({ type: 'ApproveOrder' });
    expect(life.order?.state).toBe('in_progress');
  });

  it.each([
    ['RejectOrder', ['order_agent']],
    ['SubmitOrder', ['order_viewer']],
    ['DeleteOrder', ['order_viewer']],
  ] as const)('%s is not for %j', (type, roles) => {
    expect(refused(captured(), { type, note: 'x', roles } as Happening)).toContain(`${type} needs one of the roles`);
  });

  it.each([
    'SubmitOrder',
    'ReopenOrder',
    'HoldOrder',
    'ReleaseOrder',
    'RequestInformation',
    'TakeInformation',
  ] as const)('%s is not possible while it is New', (type) => {
    expect(refused(captured(), { type, note: 'x' } as Happening)).toMatch(
      /^Order ORD0000001 is new: \w+ is not possible$/,
    );
  });
});

describe('an order in progress', () => {
  function sent(): Life {
    const life = captured();
    life.then({ type: 'ApproveOrder' });
    life.then(accepted(life.order?.dispatches[0]?.requestId ?? ''));
    return life;
  }

  const serviceStates = (life: Life) =>
    life.order?.domainOrders.flatMap(({ kind, state }) => (kind === 'service' ? [state] : []));

  const report = (life: Life): Happening => {
    const { requestId = '' } = life.order?.dispatches[0] ?? {};
    const services = life.order?.domainOrders.filter(({ kind }) => kind === 'service') ?? [];
    const reports = services.map(({ id }) => ({ serviceOrder: id, state: 'fulfilled' as const }));
    return { type: 'ReportFulfillment', requestId, reports, via: 'event' };
  };

  it.each([
    ['HoldOrder', 'ReleaseOrder', 'on_hold'],
    ['RequestInformation', 'TakeInformation', 'awaiting_information'],
  ] as const)('%s stops it: what is reported is written down, and goes on with %s', (stop, go, state) => {
    const life = sent();
    life.then({ type: stop, note: 'wait' });
    expect(life.order?.state).toBe(state);
    life.then(report(life));
    expect(life.order?.state).toBe(state);
    expect(life.order?.outboundRequests.every((each) => each.state === 'fulfilled')).toBe(true);
    expect(serviceStates(life)).toEqual(serviceStates(sent()));
    life.then({ type: go, note: 'go on' });
    expect(serviceStates(life)).toContain('closed_complete');
    expect(life.order?.heldByHand).toBeUndefined();
  });

  it('that is on hold because nothing in it can go on, is not released by hand', () => {
    const life = captured();
    life.then({ type: 'ApproveOrder' });
    const requestId = life.order?.dispatches[0]?.requestId ?? '';
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    expect(life.order?.state).toBe('on_hold');
    expect(refused(life, { type: 'ReleaseOrder', note: 'please' })).toBe(
      'Order ORD0000001 is on hold because nothing in it can go on',
    );
  });
});

describe('tasks of the order itself', () => {
  const orderTasks = {
    rows: [
      { name: 'in', when: { stage: 'submitted' }, then: { header: ['check the contract'] } },
      {
        name: 'fast ones',
        when: { stage: 'postApproval', offering: 'broadband-1000' },
        then: { topLine: ['call ahead'] },
      },
      { name: 'done', when: { stage: 'postFulfillment' }, then: { header: ['send the bill'] } },
    ],
  };
  const inside = { outbound: { rows: [], default: { outboundEnabled: false } } };

  it('are raised at their moments, each once, and keep it from being completed', () => {
    const life = drafted({ orderTasks, ...inside }, [lineOf({ offering: 'broadband-1000' })]);
    life.then({ type: 'SubmitOrder' });
    expect(tasksOf(life.order)).toEqual(['header check the contract open']);
    life.then({ type: 'ApproveOrder' });
    const timers = life.effects.flatMap((effect) => (effect.type === 'SetTimer' ? [effect.timer] : []));
    for (const timer of timers) life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(linesOf(life.order)).toEqual(['completed']);
    expect(tasksOf(life.order)).toEqual([
      'header check the contract open',
      'topLine call ahead open',
      'header send the bill open',
    ]);
    for (const name of ['check the contract', 'call ahead']) life.then(closeTask(life, name));
    expect(life.order?.state).toBe('in_progress');
    life.then(closeTask(life, 'send the bill'));
    expect(life.order?.state).toBe('completed');
    expect(life.order?.tasks).toHaveLength(3);
  });

  it('stand in the way of approval where the policy says so', () => {
    const life = drafted({ orderTasks, openTasksBlockApproval: true });
    life.then({ type: 'SubmitOrder' });
    expect(refused(life, { type: 'ApproveOrder' })).toBe(
      'Order ORD0000001 cannot be approved while tasks of its own are open: TASK0000001',
    );
    life.then(closeTask(life, 'check the contract'));
    life.then({ type: 'ApproveOrder' });
    expect(life.order?.state).toBe('in_progress');
  });
});

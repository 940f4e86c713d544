/** The life of a fallout: noticed, taken up, mended, verified; opened again; tried again; several about one task. */
import { describe, expect, it } from 'vitest';
import type { Fallout } from '../../../../engine/model/order.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import {
  captureOf,
  catalogueOf,
  type Happening,
  Life,
  oneByOne,
  orderId,
  policiesOf,
  serviceLineOf,
  start,
} from '../../../support/orders.ts';

const catalogue = catalogueOf({
  catalogue: 'by hand',
  plans: [{ plan: 'build', tasks: [{ task: 'dig' }] }],
  services: [{ id: 'line', type: 'CFS', plan: 'build' }],
});

/** A service order in progress with one open task. */
function digging(): Life {
  const life = new Life(policiesOf({ policies: 'p', approval: 'manual', outbound: { rows: [] } }), catalogue);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf('line')] }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

const taskId = ({ order }: Life) => order?.tasks[0]?.id ?? '';
const stateOf = ({ order }: Life) => [
  order?.fallouts.at(-1)?.state,
  order?.tasks[0]?.state,
  order?.domainOrders[0]?.state,
];

function notice(life: Life, description = 'there is rock'): Fallout {
  life.then({ type: 'CreateFallout', task: taskId(life), falloutType: 'Inventory Allocation Failure', description });
  const fallout = life.order?.fallouts.at(-1);
  if (fallout === undefined) throw new Error('there is no fallout');
  return fallout;
}

function refused(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

describe('a fallout that somebody notices', () => {
  it('puts the task and its domain order on hold', () => {
    const life = digging();
    const fallout = notice(life);
    expect(fallout).toMatchObject({ type: 'Inventory Allocation Failure', cause: 'business', task: taskId(life) });
    expect(stateOf(life)).toEqual(['open', 'on_hold', 'on_hold']);
    expect(life.order?.workNotes.at(-1)?.text).toBe(
      `A fallout record ${fallout.number} has been created: there is rock`,
    );
  });

  it('is assigned, waits for information, is put aside, mended, verified and closed', () => {
    const life = digging();
    const { id: fallout } = notice(life);
    const note = 'x';
    const states: unknown[] = [];
    for (const happening of [
      { type: 'AssignFallout', fallout, assignedTo: 'Ada' },
      { type: 'RequestFalloutInformation', fallout, note },
      { type: 'TakeFalloutInformation', fallout, note },
      { type: 'HoldFallout', fallout, note },
      { type: 'ReleaseFallout', fallout, note },
      { type: 'MendFallout', fallout, note },
      { type: 'VerifyFallout', fallout, note },
    ] as const) {
      life.then(happening);
      states.push(stateOf(life));
    }
    const held = (state: string) => [state, 'on_hold', 'on_hold'];
    expect(states).toEqual([
      held('in_progress'),
      held('awaiting_information'),
      held('in_progress'),
      held('on_hold'),
      held('in_progress'),
      ['resolved', 'open', 'in_progress'],
      ['closed_complete', 'open', 'in_progress'],
    ]);
    expect(life.order?.fallouts[0]?.assignedTo).toBe('Ada');
  });

  it('that was not mended after all is open again, and holds again', () => {
    const life = digging();
    const { id: fallout } = notice(life);
    life.then({ type: 'MendFallout', fallout, note: 'blasted' });
    life.then({ type: 'ReopenFallout', fallout, note: 'more rock' });
    expect(stateOf(life)).toEqual(['in_progress', 'on_hold', 'on_hold']);
  });

  it('that was none is canceled, and holds nothing', () => {
    const life = digging();
    const { id: fallout } = notice(life);
    life.then({ type: 'CancelFallout', fallout, note: 'it was a shadow' });
    expect(stateOf(life)).toEqual(['canceled', 'open', 'in_progress']);
  });

  it('is one of several: the task goes on once none of them is open', () => {
    const life = digging();
    const [rock, water] = [notice(life).id, notice(life, 'there is water').id];
    expect(life.order?.fallouts).toHaveLength(2);
    life.then({ type: 'MendFallout', fallout: rock, note: 'x' });
    expect(life.order?.tasks[0]?.state).toBe('on_hold');
    life.then({ type: 'MendFallout', fallout: water, note: 'x' });
    expect(life.order?.tasks[0]?.state).toBe('open');
  });
});

describe('what is not possible with a fallout', () => {
  it.each([
    ['VerifyFallout', 'verify'],
    ['ReopenFallout', 'reopen'],
    ['ReleaseFallout', 'release'],
    ['TakeFalloutInformation', 'informationReceived'],
  ] as const)('%s while it is open', (type, event) => {
    const life = digging();
    const { id: fallout, number } = notice(life);
    expect(refused(life, { type, fallout, note: 'x' })).toBe(`Fallout ${number} is open: ${event} is not possible`);
  });

  it('anything, once it is closed', () => {
    const life = digging();
    const { id: fallout, number } = notice(life);
    life.then({ type: 'ResolveFallout', fallout, note: 'at once' });
    expect(refused(life, { type: 'MendFallout', fallout, note: 'x' })).toBe(
      `Fallout ${number} is closed_complete: resolve is not possible`,
    );
  });

  it('to have one about a task that is over, or that does not exist', () => {
    const life = digging();
    life.then({ type: 'CreateHeaderTask', name: 'call' });
    const about = (task: string): Happening => ({ type: 'CreateFallout', task, falloutType: 't', description: 'd' });
    const header = life.order?.tasks.find(({ name }) => name === 'call')?.id ?? '';
    expect(refused(life, about(header))).toContain('can have no fallout: it is about no domain order');
    life.then({ type: 'CloseTask', task: taskId(life) });
    expect(refused(life, about(taskId(life)))).toContain('can have no fallout: it is closed_complete');
    expect(refused(life, about('x'))).toBe('Order ORD0000001 has no task x');
  });

  it('for those who may not', () => {
    const life = digging();
    const { id: fallout } = notice(life);
    expect(
      refused(life, { type: 'CancelFallout', fallout, note: 'x', roles: ['fallout_agent'] } as Happening),
    ).toContain('CancelFallout needs one of the roles fallout_manager');
  });
});

describe('trying again', () => {
  it('sends what could not be delivered; its acceptance clears the fallout', () => {
    const life = new Life(oneByOne);
    life.take(captureOf());
    life.then({ type: 'ApproveOrder' });
    const { requestId } = life.effect('SendOutboundRequest');
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no port' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    const fallout = life.order?.fallouts[0]?.id ?? '';
    life.then({ type: 'RetryFallout', fallout });
    const again = life.effect('SendOutboundRequest');
    expect(again.requestId).not.toBe(requestId);
    const accepted = { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-2', reports: [] } as const;
    life.then({
      type: 'ReportDispatch',
      requestId: again.requestId,
      revision: 1,
      attempt: 1,
      effectId: 'e',
      outcome: accepted,
    });
    expect(life.order?.fallouts[0]?.state).toBe('resolved');
    life.then({ type: 'VerifyFallout', fallout, note: 'it is there' });
    expect(life.order?.fallouts[0]?.state).toBe('closed_complete');
  });

  it('is refused where nothing can be sent', () => {
    const life = digging();
    const { id: fallout } = notice(life);
    expect(refused(life, { type: 'RetryFallout', fallout })).toContain(
      'No row of the Service Order Outbound Policy matches',
    );
  });
});

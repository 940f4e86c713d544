/** The tasks of a revised order: kept, gone on with, done once more, or undone; and the tasks after which nothing is changed. */
import { describe, expect, it } from 'vitest';
import { refusedText } from '../../../support/canceling.ts';
import { captureOf, catalogueOf, Life, policiesOf, serviceLineOf } from '../../../support/orders.ts';
import { approveRevision, changed, declineRevision, revise, valued } from '../../../support/revising.ts';

const catalogue = catalogueOf({
  catalogue: 'equipment',
  plans: [
    {
      plan: 'install',
      tasks: [
        { task: 'survey' },
        {
          task: 'configure',
          by: 'automatic',
          takes: 'PT1H',
          after: ['survey'],
          requests: 'configuration',
          inflight: { changes: ['characteristic'] },
          undo: { task: 'erase' },
        },
        {
          task: 'ship',
          after: ['configure'],
          inflight: { changes: ['characteristic', 'place'], characteristics: 'any' },
          undo: { task: 'fetch' },
        },
        { task: 'bill', after: ['ship'], inflight: { changes: ['price'] } },
        { task: 'switch on', after: ['ship'], pointOfNoReturn: 'hard' },
        { task: 'close', after: ['bill', 'switch on'] },
      ],
    },
    { plan: 'greet', tasks: [{ task: 'greet', inflight: { changes: ['contact'] } }] },
  ],
  requestDefinitions: [{ id: 'configuration', characteristics: [{ name: 'model' }] }],
  services: [
    { id: 'cpe', type: 'CFS', plan: { add: 'install' }, characteristics: [{ name: 'model' }, { name: 'color' }] },
    { id: 'visit', type: 'CFS', plan: { add: 'greet' } },
    { id: 'other', type: 'CFS', plan: { add: 'install' }, characteristics: [{ name: 'model' }] },
  ],
});

const inside = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
});

function begun(): Life {
  const life = new Life(inside, catalogue);
  life.take(
    captureOf({
      category: 'Service',
      lines: [serviceLineOf('cpe', { characteristics: [{ name: 'model', value: 'A' }] })],
    }),
  );
  life.then({ type: 'ApproveOrder' });
  return life;
}

const taskOf = (life: Life, name: string) => {
  const found = life.order?.tasks.findLast((task) => task.name === name);
  if (found === undefined) throw new Error(`no task ${name}`);
  return found;
};
const close = (life: Life, name: string) => life.then({ type: 'CloseTask', task: taskOf(life, name).id });
const timeIsOver = (life: Life, name: string) =>
  life.then({ type: 'TimerFired', timer: { kind: 'automaticTask', task: taskOf(life, name).id }, effectId: 'e' });
const tasks = (life: Life) => Object.fromEntries((life.order?.tasks ?? []).map(({ name, state }) => [name, state]));

function shipped(): Life {
  const life = begun();
  close(life, 'survey');
  timeIsOver(life, 'configure');
  close(life, 'ship');
  return life;
}

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): Life {
  life.then(revise(lines));
  life.then(approveRevision);
  return life;
}

const model = valued('cpe', { model: 'B' });
const color = valued('cpe', { color: 'red' });

describe('while nobody has decided about a revision', () => {
  it('every task that is at work is on hold, and none is closed', () => {
    const life = shipped();
    life.then(revise([model]));
    expect(tasks(life)).toMatchObject({
      survey: 'closed_complete',
      bill: 'on_hold',
      'switch on': 'on_hold',
      close: 'draft',
    });
    expect(refusedText(life, { type: 'CloseTask', task: taskOf(life, 'bill').id })).toContain('on_hold');
    expect(refusedText(life, { type: 'ReleaseTask', task: taskOf(life, 'bill').id })).toContain('on hold');
  });

  it('an automatic task whose time is over waits, and is closed where the revision is declined', () => {
    const life = begun();
    close(life, 'survey');
    life.then(revise([color]));
    timeIsOver(life, 'configure');
    expect(tasks(life).configure).toBe('on_hold');
    life.then(declineRevision);
    expect(tasks(life)).toMatchObject({ configure: 'closed_complete', ship: 'open' });
  });
});

describe('after an approved revision', () => {
  it('what has to answer to it is done once more, one after another; what has not, is kept', () => {
    const life = revised(shipped(), model);
    expect(tasks(life)).toMatchObject({
      survey: 'closed_complete',
      configure: 'in_progress',
      ship: 'closed_complete',
      bill: 'open',
    });
    expect(taskOf(life, 'ship').redoDue).toBe(true);
    timeIsOver(life, 'configure');
    expect(tasks(life)).toMatchObject({ configure: 'closed_complete', ship: 'in_progress' });
    close(life, 'ship');
    expect(taskOf(life, 'ship')).toMatchObject({ state: 'closed_complete' });
    expect(taskOf(life, 'ship').redoDue).toBeUndefined();
  });

  it('a characteristic that no request definition of a task names is not its affair', () => {
    const life = revised(shipped(), color);
    expect(tasks(life)).toMatchObject({ configure: 'closed_complete', ship: 'in_progress' });
  });

  it('what only concerns the bill leaves the installation alone', () => {
    const life = shipped();
    close(life, 'bill');
    revised(life, changed('cpe', { kept: { itemPrice: [{ price: 1 }] } }));
    expect(tasks(life)).toMatchObject({ configure: 'closed_complete', ship: 'closed_complete', bill: 'in_progress' });
  });

  it('an automatic task that is at work takes its time anew', () => {
    const life = begun();
    close(life, 'survey');
    life.then(revise([model]));
    timeIsOver(life, 'configure');
    life.then(approveRevision);
    expect(tasks(life).configure).toBe('in_progress');
    const { due, timer } = life.effect('SetTimer');
    expect(timer).toEqual({ kind: 'automaticTask', task: taskOf(life, 'configure').id });
    expect(due - (life.order?.revisions?.[0]?.decidedAt ?? 0)).toBe(3_600_000);
  });

  it('what was done for another product is undone, the last first, and done for the new one', () => {
    const life = shipped();
    revised(life, { kind: 'change', item: 'cpe', specification: 'other', pointer: '' });
    const [old, other] = life.order?.domainOrders ?? [];
    expect([old?.state, other?.specification]).toEqual(['cancellation_in_progress', 'other']);
    expect(tasks(life)).toMatchObject({ fetch: 'open', erase: 'draft', survey: 'open' });
    close(life, 'fetch');
    close(life, 'erase');
    expect(life.order?.domainOrders[0]?.state).toBe('canceled');
    expect(life.order?.domainOrders[1]?.state).toBe('in_progress');
  });

  it('nothing is changed any more once a task is closed whose end is the point of no return', () => {
    const life = shipped();
    close(life, 'switch on');
    expect(life.order?.pointOfNoReturn).toBe(true);
    expect(refusedText(life, revise([model]))).toContain('point of no return');
  });
});

describe('a line that has ended', () => {
  it('stays as it is, whatever changes about the order as a whole', () => {
    const life = new Life(inside, catalogue);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('visit'), serviceLineOf('cpe')] }));
    life.then({ type: 'ApproveOrder' });
    close(life, 'greet');
    const [before] = life.order?.domainOrders ?? [];
    life.then(revise([], { parties: [{ id: 'cust-2', referredType: 'Customer' }] }));
    life.then(approveRevision);
    expect(life.order?.lines.map(({ state }) => state)).toEqual(['completed', 'in_progress']);
    expect(taskOf(life, 'greet').redoDue).toBeUndefined();
    expect(life.order?.domainOrders[0]).toEqual(before);
  });
});

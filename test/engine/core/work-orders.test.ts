/** Work orders: for which tasks and domain orders they are raised, and how tasks go as their work does. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder, DomainOrder } from '../../../engine/model/order.ts';
import type { OrderTask } from '../../../engine/model/tasks/task.ts';
import { readDocument } from '../../../scenarios/files.ts';
import {
  accepted,
  captureOf,
  catalogueOf,
  type Happening,
  Life,
  lineOf,
  orderId,
  policiesOf,
  serviceLineOf,
  start,
} from '../../support/orders.ts';

const building = catalogueOf(readDocument('scenarios/catalogues/building.yaml'));
const fibre = catalogueOf(readDocument('scenarios/catalogues/fibre.yaml'));

const digging = { name: 'digging', when: { task: 'Dig' }, then: { work: 'Digging', targetSystem: 'wom' } };

function policies(workOrders: object, outbound: object = { rows: [], default: { outboundEnabled: false } }) {
  return policiesOf({ policies: 'p', approval: 'manual', outbound, workOrders });
}

/** A line of our own whose survey is done, so that digging is next. */
function surveyed(row: object = digging): Life {
  const life = new Life(policies({ orderTasks: { rows: [row] } }), building);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
  life.then({ type: 'ApproveOrder' });
  const task = taskOf(life, 'Survey the site').id;
  life.then({ type: 'CloseTask', task, characteristics: [{ name: 'ductFree', value: true }] });
  return life;
}

function taskOf({ order }: Life, name: string): OrderTask {
  const task = order?.tasks.find((each) => each.name === name);
  if (task === undefined) throw new Error(`no task ${name}`);
  return task;
}

function workOf({ order }: Life): DomainOrder[] {
  return order?.domainOrders.filter(({ kind }) => kind === 'work') ?? [];
}

function recordOf(life: Life) {
  const record = life.order?.outboundRequests.at(-1);
  if (record === undefined) throw new Error('nothing was sent');
  return record;
}

function reported(life: Life, state: 'pending' | 'fulfilled' | 'error'): Happening {
  const { requestId, serviceOrder } = recordOf(life);
  return { type: 'ReportFulfillment', requestId, reports: [{ serviceOrder, state }], via: 'event' };
}

/** The answer to what was sent last. */
function answer(life: Life): CustomerOrder {
  const { requestId, revision, attempt } = life.effect('SendOutboundRequest');
  return life.then({ ...accepted(requestId, attempt), revision } as Happening); // as `accepted` makes it
}

describe('a work order is raised', () => {
  it('for a task that opens and that a row names, and for no other', () => {
    const life = surveyed();
    const [work, ...others] = workOf(life);
    const { id: task, workOrder, state } = taskOf(life, 'Dig');
    expect(others).toEqual([]);
    expect(work).toMatchObject({
      number: 'WO0000001',
      id: workOrder,
      state: 'in_progress',
      job: { type: 'Digging', task },
    });
    expect(work?.parent).toBe(life.order?.domainOrders[0]?.id);
    expect(state).toBe('in_progress');
    expect(taskOf(life, 'Splice')).not.toHaveProperty('workOrder');
  });

  it.each(['manual', 'never'])('by nobody but people where the row says %s', (raised) => {
    const life = surveyed({ ...digging, then: { ...digging.then, raised } });
    expect(workOf(life)).toEqual([]);
    expect(taskOf(life, 'Dig').state).toBe('open');
  });

  it('by the request definition of the task, too', () => {
    const life = new Life(
      policies({
        orderTasks: { rows: [{ name: 'surveys', when: { requestDefinition: 'survey' }, then: digging.then }] },
      }),
      building,
    );
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
    life.then({ type: 'ApproveOrder' });
    expect(taskOf(life, 'Survey the site').state).toBe('in_progress');
  });

  it('for a domain order that starts, and keeps it open', () => {
    const rows = [
      { name: 'ports', when: { specification: 'optical-port' }, then: { work: 'Patching', targetSystem: 'wom' } },
    ];
    const life = new Life(policies({ domainOrders: { rows } }), fibre);
    life.take(captureOf({ lines: [lineOf({ offering: 'fibre-line' })] }));
    life.then({ type: 'ApproveOrder' });
    const port = life.order?.domainOrders.find(({ specification }) => specification === 'optical-port');
    expect(port?.state).toBe('in_progress');
    expect(workOf(life)).toMatchObject([
      { parent: port?.id, specification: 'optical-port', job: { type: 'Patching' } },
    ]);
    answer(life);
    life.then(reported(life, 'fulfilled'));
    expect(life.order?.domainOrders.filter(({ specification }) => specification === 'optical-port')).toMatchObject([
      { state: 'closed_complete' },
      { state: 'closed_complete' },
    ]);
  });

  it('never for work', () => {
    const everything = { rows: [], default: { work: 'Something', targetSystem: 'wom' } };
    const life = new Life(policies({ domainOrders: everything }), building);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
    life.then({ type: 'ApproveOrder' });
    expect(workOf(life)).toHaveLength(1);
  });

  it('says what it is for, with the values of that', () => {
    const { payload } = surveyed().effect('SendOutboundRequest');
    expect(payload).toMatchObject({
      kind: 'work',
      order: { id: orderId, category: 'Service' },
      items: [
        {
          action: 'add',
          specification: { id: 'own-line' },
          characteristics: [{ name: 'ductFree', value: true }],
          job: { type: 'Digging', for: { number: 'SO0000001', kind: 'service' } },
        },
      ],
    });
    expect(payload.items[0]?.job).not.toHaveProperty('task');
  });

  it('brings nothing into the inventory', () => {
    expect(workOf(surveyed()).every(({ installs }) => installs === undefined)).toBe(true);
  });
});

/** Nobody takes the work, so that a fallout holds it, and with it its task. */
function refusedWork(): Life {
  const life = surveyed();
  const { requestId } = recordOf(life);
  const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no such street' } as const;
  life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
  return life;
}

describe('a task whose work was given away', () => {
  it('closes when the work is done, and the next one opens', () => {
    const life = surveyed();
    answer(life);
    life.then(reported(life, 'fulfilled'));
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
    expect(workOf(life)[0]?.state).toBe('closed_complete');
  });

  it('is closed by nobody else', () => {
    const life = surveyed();
    const input = { type: 'CloseTask', task: taskOf(life, 'Dig').id, at: start + 9_000, orderId } as const;
    expect(life.try(input)).toMatchObject({ ok: false, refusal: { code: 'taskIsOutside' } });
  });

  it('is held by what holds the work, and goes on with it', () => {
    const life = surveyed();
    answer(life);
    life.then(reported(life, 'error'));
    expect(taskOf(life, 'Dig').state).toBe('on_hold');
    const input = { type: 'ReleaseTask', task: taskOf(life, 'Dig').id, at: start + 9_000, orderId } as const;
    expect(life.try(input)).toMatchObject({ ok: false, refusal: { code: 'taskHeldFromAbove' } });
    life.then(reported(life, 'pending'));
    life.then(reported(life, 'fulfilled'));
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });

  it('is held when nobody takes the work, and goes on when it is sent anew', () => {
    const life = surveyed();
    const { requestId } = recordOf(life);
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no such street' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    expect(taskOf(life, 'Dig').state).toBe('on_hold');
    life.then({ type: 'CreateOutboundRequest', serviceOrder: workOf(life)[0]?.id ?? '' });
    answer(life);
    expect(taskOf(life, 'Dig').state).toBe('in_progress');
  });

  it('is left to people when the work is canceled by hand', () => {
    const life = refusedWork();
    life.then({ type: 'CancelServiceOrder', serviceOrder: workOf(life)[0]?.id ?? '', note: 'we dig' });
    const task = taskOf(life, 'Dig');
    expect(task).not.toHaveProperty('workOrder');
    // The fallout that held the work is over with it, and nothing else holds the task.
    expect(task.state).toBe('in_progress');
    life.then({ type: 'CloseTask', task: task.id });
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });

  it('closes when work that nobody took is completed by hand', () => {
    const life = refusedWork();
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: workOf(life)[0]?.id ?? '', note: 'dug by us' });
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });

  it('stays on hold after its work where somebody holds it by hand', () => {
    const life = surveyed();
    answer(life);
    life.then({ type: 'HoldTask', task: taskOf(life, 'Dig').id, note: 'rain' });
    answer(life);
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: workOf(life)[0]?.id ?? '', note: 'dug by us' });
    expect(taskOf(life, 'Dig').state).toBe('on_hold');
  });
});

describe('a task that is held by hand', () => {
  const turn = (life: Life) => life.effect('SendOutboundRequest').payload.items[0]?.job?.turn;

  it('has its work wait, and go on with it', () => {
    const life = surveyed();
    answer(life);
    const task = taskOf(life, 'Dig').id;
    life.then({ type: 'HoldTask', task, note: 'the street is closed' });
    expect(life.effect('SendOutboundRequest')).toMatchObject({ operation: 'revise', revision: 2 });
    expect(turn(life)).toBe('suspend');
    expect(taskOf(life, 'Dig').state).toBe('on_hold');
    answer(life);
    life.then({ type: 'ReleaseTask', task });
    expect(turn(life)).toBe('resume');
    answer(life);
    expect(workOf(life)[0]?.job).not.toHaveProperty('suspended');
    expect(workOf(life)[0]?.updatesAvailable).toBeUndefined();
  });

  it('tells so as soon as what is on its way has been answered', () => {
    const life = surveyed();
    life.then({ type: 'HoldTask', task: taskOf(life, 'Dig').id, note: 'the street is closed' });
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    const { requestId } = recordOf(life);
    life.then(accepted(requestId));
    expect(turn(life)).toBe('suspend');
  });

  it('says it once: another revision does not', () => {
    const life = surveyed();
    answer(life);
    life.then({ type: 'HoldTask', task: taskOf(life, 'Dig').id, note: 'the street is closed' });
    answer(life);
    const serviceOrder = life.order?.domainOrders[0]?.id ?? '';
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics: [{ name: 'floor', value: '4' }] });
    expect(workOf(life)[0]?.updatesAvailable).toBe(true);
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: workOf(life)[0]?.id ?? '' });
    expect(life.effect('SendOutboundRequest').payload.items[0]).toMatchObject({
      modification: 'change',
      job: { suspended: true },
    });
    expect(turn(life)).toBeUndefined();
  });

  it('closes when it is released and its work is done', () => {
    const life = surveyed();
    answer(life);
    const task = taskOf(life, 'Dig').id;
    life.then({ type: 'HoldTask', task, note: 'the street is closed' });
    answer(life);
    life.then(reported(life, 'fulfilled'));
    expect(taskOf(life, 'Dig').state).toBe('on_hold');
    life.then({ type: 'ReleaseTask', task });
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });

  it('is not told to one who refuses it: somebody has to see to it', () => {
    const life = surveyed();
    answer(life);
    life.then({ type: 'HoldTask', task: taskOf(life, 'Dig').id, note: 'the street is closed' });
    const { requestId } = recordOf(life);
    const outcome = { kind: 'refused', httpStatus: 409, retryable: false, reason: 'they are digging' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 2, attempt: 1, effectId: 'e', outcome });
    expect(life.order?.fallouts).toMatchObject([{ cause: 'business', state: 'open' }]);
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
  });
});

describe('a work order that somebody wants', () => {
  const wanted = (life: Life, about: string, roles?: readonly string[]) =>
    life.try({ type: 'CreateWorkOrder', about, at: start + 9_000, orderId, ...(roles === undefined ? {} : { roles }) });
  const manual = { ...digging, then: { ...digging.then, raised: 'manual' } };

  it('is made for a task as the policies say, begun or not', () => {
    const open = surveyed(manual);
    open.then({ type: 'CreateWorkOrder', about: taskOf(open, 'Dig').id });
    expect(taskOf(open, 'Dig')).toMatchObject({ state: 'in_progress', workOrder: workOf(open)[0]?.id });
    const begun = surveyed(manual);
    begun.then({ type: 'StartTask', task: taskOf(begun, 'Dig').id });
    begun.then({ type: 'CreateWorkOrder', about: taskOf(begun, 'Dig').id });
    expect(workOf(begun)).toMatchObject([{ state: 'in_progress' }]);
  });

  it('is made for a domain order as the policies say', () => {
    const rows = [{ name: 'lines', then: { work: 'Inspection', targetSystem: 'wom', raised: 'manual' } }];
    const life = new Life(policies({ domainOrders: { rows } }), building);
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
    life.then({ type: 'ApproveOrder' });
    life.then({ type: 'CreateWorkOrder', about: life.order?.domainOrders[0]?.id ?? '' });
    expect(workOf(life)).toMatchObject([{ job: { type: 'Inspection' }, state: 'in_progress' }]);
    expect(wanted(life, workOf(life)[0]?.id ?? '')).toMatchObject({ refusal: { code: 'workNotPossible' } });
  });

  it('is refused where nothing says what is to be done, or nothing is to be done', () => {
    const life = surveyed(manual);
    const refusedFor = (about: string) => {
      const outcome = wanted(life, about);
      return outcome.ok ? undefined : outcome.refusal.code;
    };
    expect(refusedFor('nobody')).toBe('workSubjectUnknown');
    expect(refusedFor(life.order?.domainOrders[0]?.id ?? '')).toBe('workNotDecided');
    expect(refusedFor(taskOf(life, 'Splice').id)).toBe('workNotPossible');
    expect(refusedFor(taskOf(life, 'Order the equipment').id)).toBe('workNotPossible');
    expect(refusedFor(taskOf(life, 'Survey the site').id)).toBe('workNotPossible');
    life.then({ type: 'CreateWorkOrder', about: taskOf(life, 'Dig').id });
    expect(refusedFor(taskOf(life, 'Dig').id)).toBe('workNotPossible');
  });

  it('is for managers to want', () => {
    const life = surveyed(manual);
    const { id } = taskOf(life, 'Dig');
    expect(wanted(life, id, ['service_order_agent'])).toMatchObject({ refusal: { code: 'roleMissing' } });
    expect(wanted(life, id, ['service_order_manager'])).toMatchObject({ ok: true });
  });
});

describe('work for an order that is revised', () => {
  const change = (floor: string) =>
    ({
      type: 'ReviseOrder',
      header: {},
      lines: [{ kind: 'change', item: 'own-line', characteristics: [{ name: 'floor', value: floor }], pointer: '' }],
    }) as const;

  /** Digging has begun outside, and somebody wants another floor. */
  function revised(inflight: object = {}): Life {
    const file = readDocument('scenarios/catalogues/building.yaml') as { plans: { tasks: { task: string }[] }[] }; // a catalogue
    const plans = file.plans.map((plan) => ({
      ...plan,
      tasks: plan.tasks.map((task) => (task.task === 'Dig' ? { ...task, ...inflight } : task)),
    }));
    const orderTasks = { rows: [digging] };
    const revision = { approval: 'automatic' };
    const outbound = { rows: [], default: { outboundEnabled: false } };
    const given = policiesOf({ policies: 'p', approval: 'manual', outbound, revision, workOrders: { orderTasks } });
    const life = new Life(given, catalogueOf({ ...file, plans }));
    life.take(captureOf({ category: 'Service', lines: [serviceLineOf('own-line')] }));
    life.then({ type: 'ApproveOrder' });
    const task = taskOf(life, 'Survey the site').id;
    life.then({ type: 'CloseTask', task, characteristics: [{ name: 'ductFree', value: true }] });
    answer(life);
    return life;
  }

  function decided(life: Life): void {
    const approve = life.effects.find((effect) => effect.type === 'SubmitInput');
    if (approve?.type === 'SubmitInput') {
      const { orderId: _ours, ...input } = approve.input;
      life.then(input as Happening); // the engine's own approval
    }
  }

  it('stays with what it is for, and is told of what is different', () => {
    const life = revised();
    life.then(change('4'));
    decided(life);
    expect(life.order?.state).toBe('in_progress');
    expect(workOf(life)).toMatchObject([{ number: 'WO0000001', state: 'in_progress', updatesAvailable: true }]);
    life.then({ type: 'ReviseOutboundRequest', serviceOrder: workOf(life)[0]?.id ?? '' });
    expect(life.effect('SendOutboundRequest').payload.items[0]).toMatchObject({
      modification: 'change',
      characteristics: expect.arrayContaining([expect.objectContaining({ name: 'floor', value: '4' })]),
    });
    answer(life);
    life.then(reported(life, 'fulfilled'));
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });

  it('is asked for anew where its task is to be done again', () => {
    const life = revised({ inflight: { changes: ['characteristic'], characteristics: 'any' } });
    life.then(reported(life, 'fulfilled'));
    const first = taskOf(life, 'Dig').workOrder;
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
    life.then(change('4'));
    decided(life);
    const { state, workOrder } = taskOf(life, 'Dig');
    expect(state).toBe('in_progress');
    expect(workOrder).not.toBe(first);
    expect(workOf(life).map((each) => each.number)).toEqual(['WO0000001', 'WO0000002']);
    answer(life);
    life.then(reported(life, 'fulfilled'));
    expect(taskOf(life, 'Dig').state).toBe('closed_complete');
  });
});

/** Domain orders that follow a plan: which plan, which task opens when, and what closes it. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import type { OrderTask } from '../../../../engine/model/tasks/task.ts';
import {
  accepted,
  captureOf,
  catalogueOf,
  type Happening,
  Life,
  orderId,
  policiesOf,
  serviceLineOf,
  start,
  statesOf,
} from '../../../support/orders.ts';

const file = {
  catalogue: 'planned',
  plans: [
    {
      plan: 'built by hand',
      tasks: [
        { task: 'survey', takes: 'P1D' },
        { task: 'dig', after: ['survey'] },
        { task: 'paint', after: ['survey'] },
        { task: 'hand over', by: 'automatic', takes: 'PT10M', after: ['dig', 'paint'] },
      ],
    },
    {
      plan: 'sent',
      tasks: [
        { task: 'prepare', requests: 'port' },
        { task: 'deliver', by: 'outbound', after: ['prepare'] },
        { task: 'tell', by: 'automatic', after: ['deliver'] },
      ],
    },
  ],
  requestDefinitions: [
    {
      id: 'port',
      characteristics: [
        { name: 'port', mandatory: true },
        { name: 'site', readOnly: true },
      ],
    },
  ],
  services: [
    {
      id: 'line',
      type: 'CFS',
      plan: { add: 'built by hand' },
      characteristics: [{ name: 'port' }, { name: 'site' }, { name: 'speed', options: ['slow', 'fast'] }],
    },
    { id: 'radio', type: 'CFS', plan: 'sent', characteristics: [{ name: 'port' }, { name: 'site' }] },
    { id: 'plain', type: 'CFS' },
  ],
};

const catalogue = catalogueOf(file);

const policies = (changes: object = {}) =>
  policiesOf({
    policies: 'p',
    approval: 'manual',
    outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som', maxRetries: 0 } }] },
    ...changes,
  });

function approved(specification: string, changes: object = {}): Life {
  const life = new Life(policies(changes), catalogue);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf(specification)] }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

const tasksOf = (order: CustomerOrder | undefined) =>
  Object.fromEntries((order?.tasks ?? []).map(({ name, state }) => [name, state]));

function task({ order }: Life, name: string): OrderTask {
  const found = order?.tasks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no task ${name}`);
  return found;
}

const close = (life: Life, name: string, more: object = {}): Happening =>
  ({ type: 'CloseTask', task: task(life, name).id, ...more }) as Happening; // a closing, as each test names it

function refused(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

describe('a plan', () => {
  it('is laid out whole when its domain order starts, and what waits for nothing opens', () => {
    const life = approved('line');
    expect(tasksOf(life.order)).toEqual({ survey: 'open', dig: 'draft', paint: 'draft', 'hand over': 'draft' });
    expect(life.order?.tasks.map(({ number }) => number)).toEqual([
      'TASK0000001',
      'TASK0000002',
      'TASK0000003',
      'TASK0000004',
    ]);
    expect(statesOf(life.order as CustomerOrder)).toEqual({ line: 'in_progress' }); // there is one
  });

  it('goes on from finish to start, side by side where it can', () => {
    const life = approved('line');
    life.then(close(life, 'survey'));
    expect(tasksOf(life.order)).toMatchObject({ survey: 'closed_complete', dig: 'open', paint: 'open' });
    life.then(close(life, 'paint'));
    expect(tasksOf(life.order)['hand over']).toBe('draft');
    life.then(close(life, 'dig'));
    expect(tasksOf(life.order)['hand over']).toBe('in_progress');
    const { timer, due } = life.effect('SetTimer');
    expect(due).toBe(start + 4_000 + 600_000);
    life.then({ type: 'TimerFired', timer, effectId: 'e' });
    expect(life.order?.state).toBe('completed');
  });

  it('sends the service order where it says so, and closes that task when it is fulfilled outside', () => {
    const life = approved('radio');
    expect(life.order?.outboundRequests).toEqual([]);
    life.then(close(life, 'prepare', { characteristics: [{ name: 'port', value: '1/2' }] }));
    const { requestId, payload } = life.effect('SendOutboundRequest');
    expect(payload.items[0]?.characteristics).toContainEqual({ name: 'port', value: '1/2' });
    expect(tasksOf(life.order)).toEqual({ prepare: 'closed_complete', deliver: 'in_progress', tell: 'draft' });
    expect(refused(life, close(life, 'deliver'))).toBe(
      'Task TASK0000002 "deliver" is done outside, and closes when that is reported',
    );
    life.then(accepted(requestId));
    const serviceOrder = life.order?.domainOrders[0]?.id ?? '';
    life.then({ type: 'ReportFulfillment', requestId, reports: [{ serviceOrder, state: 'fulfilled' }], via: 'event' });
    expect(tasksOf(life.order)).toEqual({
      prepare: 'closed_complete',
      deliver: 'closed_complete',
      tell: 'closed_complete',
    });
    expect(life.order?.state).toBe('completed');
  });

  it('that sends is done inside where the outbound policy keeps the service order there', () => {
    const life = approved('radio', { outbound: { rows: [], default: { outboundEnabled: false } } });
    life.then(close(life, 'prepare', { characteristics: [{ name: 'port', value: '1/2' }] }));
    expect(life.order?.outboundRequests).toEqual([]);
    expect(life.order?.state).toBe('completed');
  });

  it('is chosen by the fulfillment policy of its kind before its specification has a say', () => {
    const row = { name: 'all lines', when: { specification: 'line' }, then: { plan: 'sent' } };
    const life = approved('line', { fulfillment: { service: { rows: [row] } } });
    expect(Object.keys(tasksOf(life.order))).toEqual(['prepare', 'deliver', 'tell']);
    const other = approved('radio', { fulfillment: { service: { rows: [row] }, resource: { rows: [] } } });
    expect(Object.keys(tasksOf(other.order))).toEqual(['prepare', 'deliver', 'tell']);
    expect(approved('plain').order?.tasks).toEqual([]);
  });

  it('that a policy names and the catalogue does not have leaves the work to somebody, with a fallout', () => {
    const life = approved('line', { fulfillment: { service: { rows: [], default: { plan: 'none such' } } } });
    expect(life.order?.tasks).toEqual([]);
    expect(life.order?.fallouts[0]).toMatchObject({ cause: 'configuration' });
    expect(life.order?.fallouts[0]?.description).toContain('There is no fulfillment plan "none such"');
  });
});

describe('closing a task', () => {
  it('needs every mandatory characteristic of its request definition', () => {
    const life = approved('radio');
    expect(refused(life, close(life, 'prepare'))).toBe('Task TASK0000001 "prepare" cannot be closed without port');
    expect(refused(life, close(life, 'prepare', { characteristics: [{ name: 'port', value: '' }] }))).toBe(
      'Task TASK0000001 "prepare" cannot be closed without port',
    );
    expect(life.order?.domainOrders[0]?.characteristics, 'nothing of a refused closing stays').toEqual([]);
  });

  it('cannot set what is only shown, or what the specification does not have', () => {
    const life = approved('radio');
    const value = (name: string) => ({
      characteristics: [
        { name: 'port', value: '1' },
        { name, value: 'x' },
      ],
    });
    expect(refused(life, close(life, 'prepare', value('site')))).toBe(
      'site is only shown to whoever does task TASK0000001',
    );
    expect(refused(life, close(life, 'prepare', value('colour')))).toBe(
      'Specification radio has no characteristic colour',
    );
  });

  it('is not possible before its predecessors are closed, or twice', () => {
    const life = approved('line');
    expect(refused(life, close(life, 'dig'))).toBe('Task TASK0000002 "dig" is draft: close is not possible');
    life.then(close(life, 'survey', { note: 'all clear' }));
    expect(life.order?.workNotes.at(-1)?.text).toBe('Task TASK0000001 "survey" closed: all clear');
    expect(refused(life, close(life, 'survey'))).toBe(
      'Task TASK0000001 "survey" is closed_complete: close is not possible',
    );
  });
});

describe('a task', () => {
  const about = (life: Life, name: string) => task(life, name).id;

  it('is begun, waits for information, has it, and is closed', () => {
    const life = approved('line');
    life.then({ type: 'StartTask', task: about(life, 'survey') });
    life.then({ type: 'RequestTaskInformation', task: about(life, 'survey'), note: 'which floor?' });
    expect(tasksOf(life.order).survey).toBe('awaiting_information');
    expect(refused(life, close(life, 'survey'))).toContain('is awaiting_information: close is not possible');
    life.then({ type: 'TakeTaskInformation', task: about(life, 'survey'), note: 'the third' });
    life.then(close(life, 'survey'));
    expect(task(life, 'survey')).toMatchObject({
      state: 'closed_complete',
      startedAt: start + 2_000,
      closedAt: start + 5_000,
    });
  });

  it('is put on hold and goes on where it was', () => {
    const life = approved('line');
    life.then({ type: 'HoldTask', task: about(life, 'survey'), note: 'rain' });
    expect(refused(life, close(life, 'survey'))).toContain('is on_hold: close is not possible');
    life.then({ type: 'ReleaseTask', task: about(life, 'survey') });
    expect(tasksOf(life.order).survey).toBe('open');
  });

  it("is somebody's", () => {
    const life = approved('line');
    life.then({ type: 'AssignTask', task: about(life, 'survey'), assignedTo: 'field team 3' });
    expect(task(life, 'survey').assignedTo).toBe('field team 3');
  });

  it("that does not exist, or is nobody's to do, is refused", () => {
    const life = approved('line');
    expect(refused(life, { type: 'StartTask', task: 'x' })).toBe('Order ORD0000001 has no task x');
    expect(
      refused(life, { type: 'StartTask', task: about(life, 'survey'), roles: ['order_viewer'] } as Happening),
    ).toContain('StartTask needs one of the roles');
  });

  it('is on hold with its domain order while a fallout holds that, and goes on with it', () => {
    const life = approved('radio');
    life.then(close(life, 'prepare', { characteristics: [{ name: 'port', value: '1/2' }] }));
    const { requestId } = life.effect('SendOutboundRequest');
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'No free port' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    expect(tasksOf(life.order).deliver).toBe('on_hold');
    expect(refused(life, { type: 'ReleaseTask', task: about(life, 'deliver') })).toContain(
      '"deliver" is on hold with SO0000001',
    );
    const fallout = life.order?.fallouts[0]?.id ?? '';
    life.then({ type: 'ResolveFallout', fallout, note: 'a port was freed' });
    expect(tasksOf(life.order).deliver).toBe('in_progress');
  });

  it('is canceled with its service order, and when that is completed by hand', () => {
    const life = approved('line');
    const serviceOrder = life.order?.domainOrders[0]?.id ?? '';
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'done by the neighbours' });
    expect(Object.values(tasksOf(life.order))).toEqual(['canceled', 'canceled', 'canceled', 'canceled']);
    expect(life.order?.state).toBe('completed');
  });
});

describe('a task of the order itself', () => {
  const header = (line?: string): Happening => ({
    type: 'CreateHeaderTask',
    name: 'call the customer',
    ...(line === undefined ? {} : { line }),
  });

  it('keeps the order open until it is closed', () => {
    const life = approved('plain', { outbound: { rows: [] } });
    life.then(header());
    const serviceOrder = life.order?.domainOrders[0]?.id ?? '';
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'there already' });
    expect(life.order?.lines[0]?.state).toBe('completed');
    expect(life.order?.state).toBe('in_progress');
    life.then(close(life, 'call the customer'));
    expect(life.order?.state).toBe('completed');
  });

  it('may be about a line at the top, and sets no characteristics', () => {
    const life = approved('plain', { outbound: { rows: [] } });
    life.then(header(life.order?.lines[0]?.id));
    const values = { characteristics: [{ name: 'port', value: '1' }] };
    expect(refused(life, close(life, 'call the customer', values))).toContain('is about no domain order');
    expect(refused(life, header('no line'))).toContain('has no line no line at its top');
  });
});

describe('a catalogue with plans', () => {
  it.each([
    [
      { services: [{ id: 'x', type: 'CFS', plan: 'unknown' }] },
      '/services/0/plan',
      'a plan of this catalogue: built by hand, sent',
    ],
    [
      { products: [{ id: 'x', plan: { add: 'sent' } }] },
      '/products/0/plan/add',
      'a plan without outbound tasks, since products are not sent',
    ],
    [
      { plans: [{ plan: 'a', tasks: [{ task: 'b', after: ['c'] }] }], services: [] },
      '/plans/0/tasks/0/after/0',
      'a task before it: there is none',
    ],
    [
      { plans: [{ plan: 'a', tasks: [{ task: 'b' }, { task: 'b' }] }], services: [] },
      '/plans/0/tasks/1/task',
      'a name that no other task of the plan has',
    ],
    [
      { plans: [{ plan: 'a', tasks: [{ task: 'b', requests: 'c' }] }], services: [] },
      '/plans/0/tasks/0/requests',
      'the id of a request definition: port',
    ],
  ])('is refused: %j', (changes, pointer, expected) => {
    expect(() => catalogueOf({ ...file, ...changes })).toThrow(JSON.stringify({ pointer }).slice(1, -1));
    expect(() => catalogueOf({ ...file, ...changes })).toThrow(expected);
  });
});

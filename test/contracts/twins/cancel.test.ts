import { cancelRefusalTwins } from '../../../contracts/twins/faulty/cancel/refusals.ts';
import { cancelTaskTwins } from '../../../contracts/twins/faulty/cancel/tasks.ts';
import {
  cancel,
  cancelled,
  look,
  order,
  ordered,
  probed,
  type Row,
  task,
  taskStatesTold,
  type Vendor,
} from './probing.ts';

/** The statuses of two cancellations, one so long after the other, and how all ends. */
async function twice(vendor: Vendor, afterMs: number) {
  const id = await ordered(vendor, 500);
  const first = await cancelled(vendor, id, afterMs);
  const second = await cancelled(vendor, id, 3_000);
  const ids = [first, second].flatMap(({ body, status }) => (status === 201 ? [body.id] : []));
  const ends = await Promise.all(ids.map((taskId) => task(vendor, taskId)));
  return [first.status, second.status, ...ends.map(({ state }) => state), await look(vendor, id)];
}

/** Which of an order and its cancel task there is after the cancellation. */
async function ends(vendor: Vendor, ageMs: number, specification: string, afterMs = 600) {
  const id = await ordered(vendor, ageMs, [specification]);
  const { body } = await cancelled(vendor, id, afterMs);
  const soon = await look(vendor, id);
  await vendor.pass(5_000);
  return [(await task(vendor, body.id)).state, soon, await look(vendor, id)];
}

const tasks: Row[] = [
  [
    'task-without-progress',
    async (vendor) => {
      await vendor.subscribe();
      await cancelled(vendor, await ordered(vendor));
      return taskStatesTold(vendor.heard);
    },
    ['accepted', 'inProgress', 'done'],
    ['accepted', 'done'],
  ],
  [
    'task-left-in-progress',
    async (vendor) => ends(vendor, 500, 'x'),
    ['done', 'cancelled cancelled', 'cancelled cancelled'],
    ['inProgress', 'cancelled cancelled', 'cancelled cancelled'],
  ],
  [
    'task-forgets-its-reason',
    async (vendor) => {
      const { body } = await cancelled(vendor, await ordered(vendor));
      return [body.cancellationReason, (await task(vendor, body.id)).cancellationReason];
    },
    ['not wanted', 'not wanted'],
    ['not wanted', undefined],
  ],
  [
    'task-done-twice',
    async (vendor) => {
      await vendor.subscribe();
      await cancelled(vendor, await ordered(vendor));
      return taskStatesTold(vendor.heard);
    },
    ['accepted', 'inProgress', 'done'],
    ['accepted', 'inProgress', 'done', 'inProgress', 'done'],
  ],
  [
    'done-but-not-cancelled',
    async (vendor) => ends(vendor, 500, 'x'),
    ['done', 'cancelled cancelled', 'cancelled cancelled'],
    ['done', 'inProgress inProgress', 'completed completed'],
  ],
  [
    'denied-and-left-in-assessment',
    async (vendor) => ends(vendor, 500, 'not-cancellable'),
    ['done', 'inProgress inProgress', 'completed completed'],
    ['done', 'assessingCancellation inProgress', 'assessingCancellation inProgress'],
  ],
  [
    'denied-and-not-resumed',
    async (vendor) => ends(vendor, 500, 'not-cancellable'),
    ['done', 'inProgress inProgress', 'completed completed'],
    ['done', 'inProgress inProgress', 'inProgress inProgress'],
  ],
  [
    'denied-and-acknowledged-again',
    async (vendor) => ends(vendor, 500, 'not-cancellable'),
    ['done', 'inProgress inProgress', 'completed completed'],
    ['done', 'acknowledged inProgress', 'completed completed'],
  ],
  [
    'stuck-in-pending-cancellation',
    async (vendor) => ends(vendor, 500, 'x'),
    ['done', 'cancelled cancelled', 'cancelled cancelled'],
    ['done', 'pendingCancellation inProgress', 'pendingCancellation inProgress'],
  ],
  [
    'task-created-in-progress',
    async (vendor) => (await cancelled(vendor, await ordered(vendor))).body.state,
    'accepted',
    'inProgress',
  ],
  [
    'task-created-done',
    async (vendor) => {
      const id = await ordered(vendor);
      return [(await cancel(vendor, id)).body.state, await look(vendor, id)];
    },
    ['accepted', 'assessingCancellation acknowledged'],
    ['done', 'cancelled cancelled'],
  ],
  [
    'task-skips-accepted-once-begun',
    async (vendor) => {
      const states = [];
      for (const age of [0, 500]) states.push((await cancelled(vendor, await ordered(vendor, age))).body.state);
      return states;
    },
    ['accepted', 'accepted'],
    ['accepted', 'inProgress'],
  ],
];

const refusals: Row[] = [
  [
    'completed-order-cancelled',
    async (vendor) => {
      const id = await ordered(vendor, 5_000);
      return [(await cancelled(vendor, id)).status, await look(vendor, id)];
    },
    [409, 'completed completed'],
    [201, 'cancelled completed'],
  ],
  [
    'just-completed-order-cancelled',
    async (vendor) => {
      const statuses = [];
      for (const age of [800, 2_000]) statuses.push((await cancelled(vendor, await ordered(vendor, age))).status);
      return statuses;
    },
    [409, 409],
    [201, 409],
  ],
  [
    'cancel-of-ended-order-done',
    async (vendor) => {
      const id = await ordered(vendor, 1_000);
      const { status, body } = await cancelled(vendor, id);
      return [status, status === 201 ? (await task(vendor, body.id)).state : '', await look(vendor, id)];
    },
    [409, '', 'completed completed'],
    [201, 'done', 'completed completed'],
  ],
  [
    'refused-cancel-leaves-its-reason',
    async (vendor) => {
      const id = await ordered(vendor, 1_000);
      return [(await cancelled(vendor, id)).status, (await order(vendor, id)).cancellationReason];
    },
    [409, undefined],
    [409, 'Cancellation was asked for'],
  ],
  [
    'unknown-order-cancelled',
    async (vendor) => {
      const { status, body } = await cancelled(vendor, 'none');
      return [status, status === 201 ? [body.state, (await task(vendor, body.id)).state] : []];
    },
    [400, []],
    [201, ['accepted', 'done']],
  ],
  ['cancel-of-unknown-order-crashes', async (vendor) => (await cancelled(vendor, 'none')).status, 400, 500],
  [
    'deleted-order-cancelled',
    async (vendor) => {
      const id = await ordered(vendor, 1_000);
      await vendor.ask('DELETE', `/serviceOrder/${id}`);
      return [(await cancelled(vendor, 'none')).status, (await cancelled(vendor, id)).status];
    },
    [400, 400],
    [400, 201],
  ],
  [
    'second-cancel-taken',
    async (vendor) => [await twice(vendor, 20), await twice(vendor, 300)],
    Array(2).fill([201, 409, 'done', 'cancelled cancelled']),
    Array(2).fill([201, 201, 'done', 'done', 'cancelled cancelled']),
  ],
  [
    'second-cancel-crashes',
    async (vendor) => twice(vendor, 20),
    [201, 409, 'done', 'cancelled cancelled'],
    [201, 500, 'done', 'cancelled cancelled'],
  ],
  [
    'second-cancel-once-the-first-is-begun',
    async (vendor) => [await twice(vendor, 20), await twice(vendor, 200)],
    Array(2).fill([201, 409, 'done', 'cancelled cancelled']),
    [
      [201, 409, 'done', 'cancelled cancelled'],
      [201, 201, 'done', 'done', 'cancelled cancelled'],
    ],
  ],
  [
    'two-cancels-at-once',
    async (vendor) => {
      const serviceOrder = { id: await ordered(vendor) };
      const both = await vendor.together([
        ['POST', '/cancelServiceOrder', { serviceOrder }],
        ['POST', '/cancelServiceOrder', { serviceOrder }],
      ]);
      return [...both.map(({ status }) => status), ...(await twice(vendor, 20)).slice(0, 2)];
    },
    [201, 409, 201, 409],
    [201, 201, 201, 409],
  ],
];

probed('cancel tasks', cancelTaskTwins, tasks);
probed('refusals to cancel', cancelRefusalTwins, refusals);

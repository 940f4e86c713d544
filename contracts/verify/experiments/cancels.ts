/** Cancelling: at each stage of an order's life, twice, and of what cannot be cancelled. */
import { objectOf, textOf } from '../../rules/view/json.ts';
import { minimalOrder, specificationLeadingTo } from '../orders.ts';
import {
  type Bench,
  creation,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

const reason = 'Southbound verifies how orders are cancelled';

function cancellation(step: string, more: Partial<PlannedStep> = {}): PlannedStep {
  const body = { cancellationReason: reason, serviceOrder: { id: '{order}' } };
  return { step, method: 'POST', path: '/cancelServiceOrder', body, ...more };
}

const lookAtTask: PlannedStep = {
  step: 'look-task',
  method: 'GET',
  path: '/cancelServiceOrder/{cancel}',
  repeated: 'until it has ended',
};

/** Cancels an order once it is in that state, and follows task and order to their end. */
function cancelling(
  name: string,
  about: string,
  options: { from?: string; leadsTo?: 'held' | 'pending' | 'denied'; again?: boolean },
): Experiment {
  const { from, leadsTo, again = false } = options;
  return {
    name,
    about,
    plan: (draft) => {
      const specification =
        leadsTo === undefined ? specificationOf(draft) : specificationLeadingTo(draft.statement, leadsTo);
      if (specification === undefined) return [];
      return [
        creation('create', minimalOrder(externalIdOf(draft, name), specification)),
        cancellation('cancel'),
        ...(again ? [cancellation('cancel-again', { wrong: 'a cancel of that order is under way' })] : []),
        lookAtTask,
        lookUntilEnd,
      ];
    },
    run: async (bench) => {
      const id = await bench.place('create');
      if (id === undefined) return;
      if (from !== undefined) {
        const latest = await bench.follow(id, ({ state }) => state === from);
        if (latest?.state !== from) return;
      }
      await cancelAndFollow(bench, id, again);
    },
  };
}

async function cancelAndFollow(bench: Bench, order: string, again: boolean): Promise<void> {
  const { json, status } = await bench.ask('cancel', { order });
  if (again) await bench.ask('cancel-again', { order });
  // One look at once: what the order is while the task is under way.
  await bench.follow(order, () => true);
  const task = textOf(objectOf(json).id);
  if (status !== undefined && status < 300 && task !== undefined) {
    await bench.session.followCancel(task, bench.aimOf(bench.planned('look-task')));
  }
  await bench.follow(order);
}

const cancelOfEnded: Experiment = {
  name: 'cancel-ended',
  about: 'An order that has ended cannot be cancelled.',
  plan: (draft) => [
    creation('create', minimalOrder(externalIdOf(draft, 'cancel-ended'), specificationOf(draft))),
    lookUntilEnd,
    cancellation('cancel', { wrong: 'the order has ended' }),
    lookAtTask,
  ],
  run: async (bench) => {
    const order = await bench.place('create');
    if (order === undefined) return;
    const latest = await bench.follow(order);
    if (latest === undefined || !['completed', 'failed', 'partial', 'rejected'].includes(String(latest.state))) return;
    await cancelAndFollow(bench, order, false);
  },
};

const noSuchOrder = 'southbound-no-such-order';

const cancelOfUnknown: Experiment = {
  name: 'cancel-unknown',
  about: 'What does not exist cannot be cancelled.',
  plan: () => [
    cancellation('cancel', {
      body: { cancellationReason: reason, serviceOrder: { id: noSuchOrder } },
      wrong: 'there is no such order',
    }),
    { ...cancellation('without-order'), body: { cancellationReason: reason }, wrong: 'it names no order' },
    { step: 'list', method: 'GET', path: '/cancelServiceOrder' },
  ],
  run: async (bench) => {
    await bench.ask('cancel');
    await bench.ask('without-order');
    await bench.ask('list');
  },
};

/** All of one name: whether a vendor offers cancelling is told by any of them. */
export const cancelExperiments: readonly Experiment[] = [
  cancelling('cancel-acknowledged', 'An order can be cancelled before it is in progress.', {}),
  cancelling('cancel-in-progress', 'An order can be cancelled while it is in progress.', { from: 'inProgress' }),
  cancelling('cancel-twice', 'A second cancel while the first is under way is refused.', { again: true }),
  cancelling('cancel-held', 'An order can be cancelled while it is held.', { from: 'held', leadsTo: 'held' }),
  cancelling('cancel-pending', 'An order can be cancelled while it waits for information.', {
    from: 'pending',
    leadsTo: 'pending',
  }),
  cancelling('cancel-denied', 'An order whose cancel is denied goes on.', { from: 'inProgress', leadsTo: 'denied' }),
  cancelOfEnded,
  cancelOfUnknown,
];

/** Cancelling: at each stage of an order's life, twice, and of what cannot be cancelled. */

import { itemsOf } from '../../rules/view/items.ts';
import { objectOf, textOf } from '../../rules/view/json.ts';
import { dependentOrder, minimalOrder, specificationLeadingTo } from '../orders.ts';
import { hasEnded } from '../session.ts';
import {
  type Bench,
  creation,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';
import { followReference } from './lives.ts';

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

const lastLookAtTask: PlannedStep = {
  ...lookAtTask,
  step: 'look-task-end',
  repeated: 'once, when the order has ended',
};

/** Cancels an order once it is in that state, and follows task and order to their end. */
function cancelling(
  name: string,
  about: string,
  options: { from?: string; leadsTo?: 'held' | 'pending' | 'denied'; again?: 'at once' | 'when begun' },
): Experiment {
  const { from, leadsTo, again } = options;
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
        ...(again !== undefined
          ? [cancellation('cancel-again', { wrong: 'a cancel of that order is under way' })]
          : []),
        { step: 'href-task', method: 'GET', path: '{href}' },
        lookAtTask,
        lookUntilEnd,
        lastLookAtTask,
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

async function cancelAndFollow(bench: Bench, order: string, again?: 'at once' | 'when begun'): Promise<void> {
  const { json, status } = await bench.ask('cancel', { order });
  const id = textOf(objectOf(json).id);
  if (again === 'when begun' && id !== undefined) {
    const aim = bench.aimOf(bench.planned('look-task'));
    await bench.session.followCancel(id, aim, ({ state }) => state === 'inProgress');
  }
  if (again !== undefined) await bench.ask('cancel-again', { order });
  const href = textOf(objectOf(json).href);
  if (bench.plan.some(({ step }) => step === 'href-task')) await followReference(bench, 'href-task', href);
  // One look at once: what the order is while the task is under way.
  await bench.follow(order, () => true);
  const task = textOf(objectOf(json).id);
  if (status !== undefined && status < 300 && task !== undefined) {
    await bench.session.followCancel(task, bench.aimOf(bench.planned('look-task')));
    await bench.follow(order);
    await bench.ask('look-task-end', { cancel: task });
    return;
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
    lastLookAtTask,
  ],
  run: async (bench) => {
    const order = await bench.place('create');
    if (order === undefined) return;
    const latest = await bench.follow(order);
    if (latest === undefined || !['completed', 'failed', 'partial', 'rejected'].includes(String(latest.state))) return;
    await cancelAndFollow(bench, order);
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

/** Both asked before either is answered. */
const cancelsAtOnce: Experiment = {
  name: 'cancels-at-once',
  about: 'Of two cancels at the same moment one is refused.',
  plan: (draft) => [
    creation('create', minimalOrder(externalIdOf(draft, 'cancels-at-once'), specificationOf(draft))),
    cancellation('cancel', { repeated: 'twice at once' }),
    lookUntilEnd,
  ],
  run: async (bench) => {
    const order = await bench.place('create');
    if (order === undefined) return;
    const asking = () => bench.ask('cancel', { order }, { isGathered: true });
    await bench.atOnce([asking, asking]);
    await bench.follow(order);
  },
};

/** What is done of an order stays done when the rest is cancelled. */
const cancelOfPart: Experiment = {
  name: 'cancel-partly-done',
  about: 'An order of which an item is completed can be cancelled, and the item stays completed.',
  plan: (draft) => [
    creation('create', dependentOrder(externalIdOf(draft, 'cancel-partly-done'), specificationOf(draft))),
    { ...lookUntilEnd, repeated: 'until an item is completed' },
    cancellation('cancel'),
    lookAtTask,
    lookUntilEnd,
    lastLookAtTask,
  ],
  run: async (bench) => {
    const order = await bench.place('create');
    if (order === undefined) return;
    const isPartlyDone = (resource: unknown) => itemsOf(resource).some(({ state }) => state === 'completed');
    const latest = await bench.follow(order, isPartlyDone);
    if (latest === undefined || hasEnded(latest)) return;
    await cancelAndFollow(bench, order);
  },
};

export const cancelExperiments: readonly Experiment[] = [
  cancelling('cancel-acknowledged', 'An order can be cancelled before it is in progress.', {}),
  cancelling('cancel-in-progress', 'An order can be cancelled while it is in progress.', { from: 'inProgress' }),
  cancelling('cancel-twice', 'A second cancel while the first is under way is refused.', { again: 'at once' }),
  cancelling('cancel-begun', 'A second cancel once the first is in progress is refused.', { again: 'when begun' }),
  cancelling('cancel-held', 'An order can be cancelled while it is held.', { from: 'held', leadsTo: 'held' }),
  cancelling('cancel-pending', 'An order can be cancelled while it waits for information.', {
    from: 'pending',
    leadsTo: 'pending',
  }),
  cancelling('cancel-denied', 'An order whose cancel is denied goes on.', { from: 'inProgress', leadsTo: 'denied' }),
  cancelsAtOnce,
  cancelOfPart,
  cancelOfEnded,
  cancelOfUnknown,
];

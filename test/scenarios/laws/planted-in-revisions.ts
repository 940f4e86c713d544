/** What is left of lawful runs in which changes make something wrong, each with one clause of that invariant broken. */
import type { ReplayedStep } from '../../../engine/index.ts';
import type { OrderTask } from '../../../engine/model/tasks/task.ts';
import type { Life } from '../../support/orders.ts';
import {
  completed,
  domainOrder,
  inLastStep,
  oneOf,
  outdated,
  redoing,
  stepMore,
  undoing,
  undone,
} from './lawful-runs.ts';
import type { Planted } from './planted-violations.ts';

const of = (specification: string) => (each: { readonly specification: string }) =>
  each.specification === specification;
const named = (name: string) => (task: OrderTask) => task.name === name;

/** The last step, with one task of it otherwise. */
const withTask = (life: Life, suits: (task: OrderTask) => boolean, changes: Partial<OrderTask>) =>
  inLastStep(life.evidence, ({ order }) => ({ order: { ...order, tasks: oneOf(order.tasks, suits, changes) } }));

const withDomainOrder = (
  life: Life,
  ...given: [Parameters<typeof domainOrder>[1], Parameters<typeof domainOrder>[2]]
) => inLastStep(life.evidence, ({ order }) => ({ order: { ...order, ...domainOrder(order, ...given) } }));

const gone = undefined as unknown as false; // what one has that was never to be done again

const withoutTimer = (life: Life, kind: 'automaticTask' | 'automaticFulfillment') =>
  inLastStep(life.evidence, ({ effects }) => ({
    effects: effects.filter((effect) => effect.type !== 'SetTimer' || effect.timer.kind !== kind),
  }));

const withoutRedo = ({ story, order }: ReplayedStep, name: string): ReplayedStep['story'] => {
  const task = order.tasks.find(named(name));
  return { ...story, moves: story.moves.filter(({ event, id }) => event !== 'redo' || id !== task?.id) };
};

const undoings: readonly Planted[] = [
  {
    invariant: 13,
    what: 'nothing undoes what was begun',
    plant: () =>
      inLastStep(undoing().evidence, ({ order }) => ({
        order: { ...order, tasks: order.tasks.filter(({ undoes }) => undoes === undefined) },
      })),
  },
  {
    invariant: 13,
    what: 'what was begun is undone twice',
    plant: () =>
      inLastStep(undoing().evidence, ({ order }) => ({
        order: {
          ...order,
          tasks: order.tasks.flatMap((task) =>
            task.undoes === undefined ? [task] : [task, { ...task, id: 'again', number: 'TASK0000099' }],
          ),
        },
      })),
  },
  {
    invariant: 13,
    what: 'a task goes on of what is not wanted any more',
    plant: () => withTask(undoing(), named('lay'), { state: 'open' }),
  },
  {
    invariant: 13,
    what: 'a domain order stays of a line that leaves',
    plant: () => withDomainOrder(undoing(), of('radio'), { undone: gone }),
  },
  {
    invariant: 13,
    what: 'a domain order is canceled before what undoes it is over',
    plant: () => withTask(undone(), ({ undoes }) => undoes !== undefined, { state: 'in_progress' }),
  },
];

const redoings: readonly Planted[] = [
  {
    invariant: 13,
    what: 'a closed task is kept, and its plan answers to what has changed',
    plant: () =>
      inLastStep(redoing().evidence, (step) => ({
        order: { ...step.order, tasks: oneOf(step.order.tasks, named('dig'), { state: 'closed_complete' }) },
        story: withoutRedo(step, 'dig'),
      })),
  },
  {
    invariant: 13,
    what: 'a closed task whose turn is to come is kept as it is',
    plant: () => withTask(redoing(), named('check'), { redoDue: gone as unknown as true }), // as if never set
  },
  {
    invariant: 13,
    what: 'an automatic task takes no time for what is wanted now',
    plant: () => withoutTimer(redoing(), 'automaticTask'),
  },
  {
    invariant: 13,
    what: 'automatic work takes no time for what is wanted now',
    plant: () => withoutTimer(redoing(), 'automaticFulfillment'),
  },
  {
    invariant: 13,
    what: 'automatic work that was done is kept',
    plant: () => withDomainOrder(redoing(), of('radio'), { redone: gone }),
  },
  {
    invariant: 13,
    what: 'what was done by hand is kept',
    plant: () => withDomainOrder(redoing(), of('fence'), { redone: gone }),
  },
  {
    invariant: 13,
    what: 'what is fulfilled outside, and not as it is wanted now, is kept',
    plant: () => withDomainOrder(outdated(), of('radio'), { redone: gone }),
  },
  {
    invariant: 13,
    what: 'a task that was to be done again is forgotten',
    plant: () =>
      stepMore(redoing(), ({ tasks }) => ({
        tasks: oneOf(tasks, named('check'), { redoDue: gone as unknown as true }), // as if never set
      })),
  },
  {
    invariant: 13,
    what: 'a domain order has been done again, and a task of it has not',
    plant: () => stepMore(redoing(), (order) => domainOrder(order, of('hut'), { redone: true })),
  },
  {
    invariant: 13,
    what: 'an order is completed, and a part of it is still to be done again',
    plant: () => withDomainOrder(completed(), ({ kind }) => kind === 'resource', { redone: false }),
  },
];

export const madeWrong: readonly Planted[] = [...undoings, ...redoings];

/** Faulty vendors that take a cancellation which they should refuse, or refuse it badly. */
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Twin } from '../../twin.ts';
import { refusalOfTask } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { hasEnded, isBeingCancelled, taskHasEnded } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Order, OrderDocument, State, Task } from '../../vendor/words.ts';
import { faulty } from '../means.ts';

const tasks = 'TMF641 v4.1 POST /cancelServiceOrder';
const terminal = 'TMF641 v4.1 lifecycle of ServiceOrder, terminal states';

const completedCancelled = faulty({
  name: 'completed-order-cancelled',
  deviation: 'Cancels orders that are completed.',
  clause: terminal,
  breaks: 'cancel-terminal',
  differs: ['late'],
  habits: { ...cancelling(({ state }) => state === 'completed'), mayMove: () => true },
});

const justCompleted = faulty({
  name: 'just-completed-order-cancelled',
  deviation: 'Cancels an order that was completed less than a second ago, because it looks at an older copy.',
  clause: terminal,
  breaks: 'cancel-terminal',
  differs: ['timing', 'late'],
  habits: {
    ...cancelling(
      ({ state, completionDate = '' }, { kernel }) =>
        state === 'completed' && kernel.now() < Date.parse(completionDate) + 1_000,
    ),
    mayMove: () => true,
  },
});

const saysDone = faulty({
  name: 'cancel-of-ended-order-done',
  deviation: 'Takes the cancellation of an order that has ended, does nothing, and calls the task done.',
  clause: terminal,
  breaks: 'cancel-terminal',
  differs: ['late'],
  habits: {
    ...cancelling(({ state }) => hasEnded(state)),
    cancelBegins: ({ document: { state } }) => (hasEnded(state) ? state : 'assessingCancellation'),
    nextOfTask: (task, order, vendor) => {
      const isOver = task.document.state === 'inProgress' && hasEnded(order.document.state);
      if (isOver) return { afterMs: vendor.habits.pace.decision, task: 'done' };
      return conformantHabits.nextOfTask(task, order, vendor);
    },
  },
});

const leavesTrace = faulty({
  name: 'refused-cancel-leaves-its-reason',
  deviation: 'Refuses to cancel an order that has ended, but notes a cancellationDate and the reason on it first.',
  clause: terminal,
  breaks: 'cancel-terminal',
  differs: ['late'],
  habits: {
    refusalOfCancel: (body, vendor) => {
      const order = isTask(body) ? vendor.orders.get(body.serviceOrder.id) : undefined;
      if (order !== undefined && hasEnded(order.document.state)) {
        const cancellationDate = vendor.habits.dateText(vendor.kernel.now());
        const cancellationReason = 'Cancellation was asked for';
        order.document = { ...order.document, cancellationDate, cancellationReason };
      }
      return conformantHabits.refusalOfCancel(body, vendor);
    },
  },
});

const unknownTaken = faulty({
  name: 'unknown-order-cancelled',
  deviation: 'Takes the cancellation of an order that there is not, and calls the task done after a while.',
  clause: tasks,
  breaks: 'cancel-unknown',
  habits: cancellingNothing(() => true),
});

const unknownCrashes = faulty({
  name: 'cancel-of-unknown-order-crashes',
  deviation: 'Answers 500 when the order that is to be cancelled is not found.',
  clause: tasks,
  breaks: 'cancel-unknown',
  habits: {
    refusalOfCancel: (body, vendor) =>
      isTask(body) && !vendor.orders.has(body.serviceOrder.id)
        ? errorAnswer(500, '1', 'Internal error', 'order is null')
        : conformantHabits.refusalOfCancel(body, vendor),
  },
});

const deletedTaken = faulty({
  name: 'deleted-order-cancelled',
  deviation: 'Takes the cancellation of an order that was deleted, which is still in the index of cancellable ones.',
  clause: tasks,
  breaks: 'cancel-unknown',
  habits: () => {
    const deleted = new Set<string>();
    return {
      ...cancellingNothing((id) => deleted.has(id)),
      remove: (order, vendor) => {
        deleted.add(order.id);
        conformantHabits.remove(order, vendor);
      },
    };
  },
});

const secondTaken = faulty({
  name: 'second-cancel-taken',
  deviation: 'Makes a cancel task of every request, whether one is under way or not.',
  clause: tasks,
  breaks: 'second-cancel',
  habits: () => severalTasks(() => false),
});

const secondCrashes = faulty({
  name: 'second-cancel-crashes',
  deviation: 'Answers 500 to a second cancellation while one is under way: a key of its store is violated.',
  clause: tasks,
  breaks: 'second-cancel',
  habits: {
    refusalOfCancel: (body, vendor) => {
      const refusal = conformantHabits.refusalOfCancel(body, vendor);
      const order = isTask(body) ? vendor.orders.get(body.serviceOrder.id) : undefined;
      if (refusal?.status !== 409 || order === undefined || hasEnded(order.document.state)) return refusal;
      return errorAnswer(500, '1', 'Internal error', 'duplicate key value violates unique constraint "one_task"');
    },
  },
});

const secondOnceBegun = faulty({
  name: 'second-cancel-once-the-first-is-begun',
  deviation: 'Looks only for tasks that are accepted when a second cancellation comes, not for those in progress.',
  clause: tasks,
  breaks: 'second-cancel',
  habits: () => severalTasks(({ document }) => document.state === 'accepted'),
});

const twoAtOnce = faulty({
  name: 'two-cancels-at-once',
  deviation: 'Makes two cancel tasks of two requests that come at once.',
  clause: tasks,
  breaks: 'second-cancel',
  differs: ['concurrency'],
  habits: () => {
    const made = new Map<string, number>();
    return {
      ...severalTasks(({ id }, { kernel, habits }) => kernel.now() - (made.get(id) ?? 0) >= habits.pace.answer),
      newTask: (body, id, vendor) => {
        made.set(id, vendor.kernel.now());
        return conformantHabits.newTask(body, id, vendor);
      },
    };
  },
});

export const cancelRefusalTwins: readonly Twin[] = [
  completedCancelled,
  justCompleted,
  saysDone,
  leavesTrace,
  unknownTaken,
  unknownCrashes,
  deletedTaken,
  secondTaken,
  secondCrashes,
  secondOnceBegun,
  twoAtOnce,
];

function isTask(body: unknown): body is { readonly serviceOrder: { readonly id: string } } {
  return refusalOfTask(body) === undefined;
}

/** Takes cancellations of orders that are thought to be in progress although they have ended. */
function cancelling(isTaken: (document: OrderDocument, vendor: Vendor) => boolean): Pick<Habits, 'refusalOfCancel'> {
  return {
    refusalOfCancel: (body, vendor) => {
      const order = isTask(body) ? vendor.orders.get(body.serviceOrder.id) : undefined;
      if (order === undefined || !isTaken(order.document, vendor)) {
        return conformantHabits.refusalOfCancel(body, vendor);
      }
      const running: Order = { ...order, document: { ...order.document, state: 'inProgress' } };
      return conformantHabits.refusalOfCancel(body, { ...vendor, orders: new Map([[order.id, running]]) });
    },
  };
}

/** Takes cancellations of orders that are not there; such a task goes its way all by itself. */
function cancellingNothing(isTaken: (orderId: string) => boolean): Partial<Habits> {
  const made = new Map<string, number>();
  return {
    refusalOfCancel: (body, vendor) => {
      const isNothing = isTask(body) && !vendor.orders.has(body.serviceOrder.id) && isTaken(body.serviceOrder.id);
      return isNothing ? undefined : conformantHabits.refusalOfCancel(body, vendor);
    },
    newTask: (body, id, vendor) => {
      const task = conformantHabits.newTask(body, id, vendor);
      if (!vendor.orders.has(task.serviceOrder?.id ?? '')) made.set(id, vendor.kernel.now());
      return task;
    },
    shownTask: (document, { kernel, habits: { pace } }) => {
      const age = kernel.now() - (made.get(document.id) ?? kernel.now());
      if (age < pace.task) return document;
      return { ...document, state: age < pace.task + pace.decision ? 'inProgress' : 'done' };
    },
  };
}

/** Tasks beside the first one wait for the end of that, and then end as it did. */
function severalTasks(isInTheWay: (task: Task, vendor: Vendor) => boolean): Partial<Habits> {
  const origins = new Map<string, State>();
  const firsts = new Map<string, string>();
  return {
    refusalOfCancel: (body, vendor) => {
      const known = [...vendor.tasks].filter(([, task]) => isInTheWay(task, vendor));
      return conformantHabits.refusalOfCancel(body, { ...vendor, tasks: new Map(known) });
    },
    cancelBegins: (order) => {
      const { state } = order.document;
      const origin = origins.get(order.id);
      if (isBeingCancelled(state) && origin !== undefined) order.cameFrom = origin;
      else origins.set(order.id, state);
      return isBeingCancelled(state) ? state : 'assessingCancellation';
    },
    nextOfTask: (task, order, vendor) => {
      const first = vendor.tasks.get(firsts.get(order.id) ?? '');
      if (first === undefined || taskHasEnded(first.document.state)) firsts.set(order.id, task.id);
      if (first === undefined || first.id === task.id || task.document.state !== 'inProgress') {
        return conformantHabits.nextOfTask(task, order, vendor);
      }
      const { completionMessage: message } = first.document;
      if (!taskHasEnded(first.document.state)) return { afterMs: 50 };
      return { afterMs: 50, task: 'done', ...(message === undefined ? {} : { message }) };
    },
  };
}

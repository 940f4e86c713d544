/** Faulty vendors whose cancel tasks, or the orders that those are about, go another way than they should. */
import type { Twin } from '../../twin.ts';
import { back, isCancellable } from '../../vendor/defaults/cancelling.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { hasEnded, isBeingCancelled, taskHasEnded } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Order, Task, TaskDocument, TaskMove } from '../../vendor/words.ts';
import { faulty, lacking } from '../means.ts';

const tasks = 'TMF641 v4.1 lifecycle of CancelServiceOrder';
const outcome = 'TMF641 v4.1 lifecycle of ServiceOrder, assessingCancellation and pendingCancellation';

const skipsProgress = faulty({
  name: 'task-without-progress',
  deviation: 'Takes a cancel task from accepted to done without inProgress.',
  clause: tasks,
  breaks: 'cancel-task-life',
  habits: {
    nextOfTask: (task, order, vendor) => {
      const { document } = task;
      const isNew = document.state === 'accepted';
      const begun: Task = isNew ? { ...task, document: { ...document, state: 'inProgress' } } : task;
      return conformantHabits.nextOfTask(begun, order, vendor);
    },
  },
});

const leftBehind = faulty({
  name: 'task-left-in-progress',
  deviation: 'Leaves the cancel task of an order that had been begun in inProgress when the order is cancelled.',
  clause: tasks,
  breaks: 'cancel-task-life',
  differs: ['late'],
  habits: {
    nextOfTask: (task, order, vendor) => {
      if (hasEnded(order.document.state)) return undefined;
      const usual = conformantHabits.nextOfTask(task, order, vendor);
      if (usual?.order !== 'cancelled' || order.document.startDate === undefined) return usual;
      const { task: _done, ...rest } = usual;
      return rest;
    },
  },
});

const forgetsReason = faulty({
  name: 'task-forgets-its-reason',
  deviation: 'Loses the cancellationReason of a task when it ends.',
  clause: 'TMF641 v4.1 CancelServiceOrder.cancellationReason',
  breaks: 'cancel-task-life',
  habits: {
    movedTask: (document, move, vendor) => {
      const moved = conformantHabits.movedTask(document, move, vendor);
      return taskHasEnded(moved.state) ? (lacking(moved, 'cancellationReason') as TaskDocument) : moved; // optional
    },
  },
});

const doneTwice = faulty({
  name: 'task-done-twice',
  deviation: 'Takes a task that is done back to inProgress, and ends it once more.',
  clause: tasks,
  breaks: 'cancel-task-life',
  habits: () => {
    const repeated = new Set<string>();
    return {
      nextOfTask: (task, order, vendor) => {
        const { state } = task.document;
        const isRepeated = repeated.has(task.id);
        if (state === 'done' && !isRepeated) {
          repeated.add(task.id);
          return { afterMs: 500, task: 'inProgress' };
        }
        if (state === 'inProgress' && isRepeated) return { afterMs: vendor.habits.pace.task, task: 'done' };
        return conformantHabits.nextOfTask(task, order, vendor);
      },
    };
  },
});

const goesOn = faulty({
  name: 'done-but-not-cancelled',
  deviation: 'Ends the cancel task of an order that had been begun as done, and goes on with the order all the same.',
  clause: outcome,
  breaks: 'cancel-outcome',
  differs: ['late'],
  habits: deciding((order, { habits: { pace } }) => {
    if (order.document.startDate === undefined || !isCancellable(order)) return undefined;
    return { ...back(order), afterMs: pace.decision + pace.cancellation, task: 'done' };
  }),
});

const deniedStays = faulty({
  name: 'denied-and-left-in-assessment',
  deviation: 'Leaves an order in assessingCancellation when its cancellation is denied.',
  clause: outcome,
  breaks: 'cancel-outcome',
  habits: deciding((order, _vendor, usual) => {
    if (isCancellable(order)) return undefined;
    const { order: _back, ...rest } = usual;
    return rest;
  }),
});

/** What `cameFrom` does not say, nobody goes on with. */
const deniedIdle = faulty({
  name: 'denied-and-not-resumed',
  deviation: 'Takes an order back to where it was when its cancellation is denied, and never goes on with it.',
  clause: outcome,
  breaks: 'cancel-outcome',
  habits: deciding((order, _vendor, usual) => {
    if (isCancellable(order)) return undefined;
    delete order.cameFrom;
    return usual;
  }),
});

const deniedAnew = faulty({
  name: 'denied-and-acknowledged-again',
  deviation: 'Takes an order that was inProgress back to acknowledged when its cancellation is denied.',
  clause: outcome,
  breaks: 'cancel-outcome',
  differs: ['late'],
  habits: deciding((order, _vendor, usual) => {
    if (isCancellable(order) || order.cameFrom !== 'inProgress') return undefined;
    order.cameFrom = 'acknowledged';
    return { ...usual, ...back(order) };
  }),
});

const stuck = faulty({
  name: 'stuck-in-pending-cancellation',
  deviation: 'Leaves an order that had been begun in pendingCancellation when its cancel task is done.',
  clause: outcome,
  breaks: 'cancel-outcome',
  differs: ['late'],
  habits: {
    ...deciding((order, _vendor, usual) => {
      if (usual.order !== 'cancelled' || order.document.startDate === undefined) return undefined;
      const { order: _cancelled, ...rest } = usual;
      return rest;
    }),
    cancelBegins: ({ document: { state } }) => (isBeingCancelled(state) ? state : 'assessingCancellation'),
  },
});

const begunAtOnce = faulty({
  name: 'task-created-in-progress',
  deviation: 'Creates cancel tasks in inProgress.',
  clause: tasks,
  breaks: 'cancel-initial-state',
  habits: {
    newTask: (body, id, vendor) => ({ ...conformantHabits.newTask(body, id, vendor), state: 'inProgress' }),
  },
});

const doneAtOnce = faulty({
  name: 'task-created-done',
  deviation: 'Cancels while the request is answered, so that the task is done from its beginning.',
  clause: tasks,
  breaks: 'cancel-initial-state',
  habits: {
    newTask: (body, id, vendor) => {
      const task = conformantHabits.newTask(body, id, vendor);
      const order = vendor.orders.get(task.serviceOrder?.id ?? '');
      const now = vendor.habits.dateText(vendor.kernel.now());
      return order !== undefined && isCancellable(order)
        ? { ...task, state: 'done', effectiveCancellationDate: now }
        : { ...task, state: 'done', completionMessage: 'Denied: the order has passed its point of no return' };
    },
    cancelBegins: (order) => (isCancellable(order) ? 'cancelled' : order.document.state),
  },
});

const begunWhenOrderIs = faulty({
  name: 'task-skips-accepted-once-begun',
  deviation: 'Hands the cancellation of an order that is in progress on at once: the answer says inProgress already.',
  clause: tasks,
  breaks: 'cancel-initial-state',
  differs: ['late'],
  habits: {
    newTask: (body, id, vendor) => {
      const task = conformantHabits.newTask(body, id, vendor);
      const isBegun = vendor.orders.get(task.serviceOrder?.id ?? '')?.document.startDate !== undefined;
      return isBegun ? { ...task, state: 'inProgress' } : task;
    },
  },
});

export const cancelTaskTwins: readonly Twin[] = [
  skipsProgress,
  leftBehind,
  forgetsReason,
  doneTwice,
  goesOn,
  deniedStays,
  deniedIdle,
  deniedAnew,
  stuck,
  begunAtOnce,
  doneAtOnce,
  begunWhenOrderIs,
];

/** Another move than the usual one of a task in progress, where there is one. */
function deciding(
  instead: (order: Order, vendor: Vendor, usual: TaskMove) => TaskMove | undefined,
): Pick<Habits, 'nextOfTask'> {
  return {
    nextOfTask: (task, order, vendor) => {
      const usual = conformantHabits.nextOfTask(task, order, vendor);
      if (task.document.state !== 'inProgress' || usual === undefined) return usual;
      return instead(order, vendor, usual) ?? usual;
    },
  };
}

/** Faulty vendors whose orders or items make moves that the state diagram does not draw. */
import type { Twin } from '../../twin.ts';
import { isCancellable } from '../../vendor/defaults/cancelling.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { allTo, leavesOf } from '../../vendor/defaults/items.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { Move } from '../../vendor/words.ts';
import { faulty } from '../means.ts';

const lifecycle = 'TMF641 v4.1 lifecycle of ServiceOrder';

const heldBeforeStart = faulty({
  name: 'held-before-start',
  deviation: 'Parks an order as held, from acknowledged, while another one is being worked on.',
  clause: lifecycle,
  breaks: 'order-transitions',
  differs: ['concurrency'],
  habits: {
    nextMove: (order, vendor) => {
      const usual = conformantHabits.nextMove(order, vendor);
      const isBusy = [...vendor.orders.values()].some(
        ({ id, document }) => id !== order.id && ['acknowledged', 'inProgress'].includes(document.state),
      );
      const [place] = Object.entries(usual?.leaves ?? {}).flatMap(([at, to]) => (to === 'inProgress' ? [at] : []));
      if (order.document.state !== 'acknowledged' || !isBusy || place === undefined) return usual;
      return { afterMs: vendor.habits.pace.start, leaves: { [place]: 'held' }, order: 'held' };
    },
    mayMove: () => true,
  },
});

const cancelledWithoutPending = faulty({
  name: 'cancelled-from-assessing',
  deviation: 'Takes an order from assessingCancellation to cancelled, without pendingCancellation.',
  clause: lifecycle,
  breaks: 'order-transitions',
  habits: {
    nextOfTask: (task, order, vendor) => {
      const { pace } = vendor.habits;
      if (task.document.state !== 'inProgress' || !isCancellable(order)) {
        return conformantHabits.nextOfTask(task, order, vendor);
      }
      return { afterMs: pace.decision + pace.cancellation, task: 'done', order: 'cancelled' };
    },
    mayMove: () => true,
  },
});

const completedWhileHeld = faulty({
  name: 'completed-while-held',
  deviation: 'Completes a held order, whose last item was held, without being inProgress again.',
  clause: lifecycle,
  breaks: 'order-transitions',
  differs: ['late'],
  habits: {
    nextMove: (order, vendor) => {
      const open = leavesOf(order.document.serviceOrderItem).filter(({ item }) => !hasEnded(item.state));
      const isLast = order.document.state === 'held' && open.every(({ item }) => item.state === 'held');
      if (!isLast) return conformantHabits.nextMove(order, vendor);
      return { afterMs: vendor.habits.pace.held, leaves: allTo('completed', open) };
    },
    mayMove: () => true,
  },
});

const reopenedForTest = faulty({
  name: 'item-reopened-for-test',
  deviation: 'Takes the first of several items from completed back to inProgress for a last test of all.',
  clause: lifecycle,
  breaks: 'item-transitions',
  differs: ['late'],
  habits: () => {
    const tested = new Set<string>();
    return {
      nextMove: (order, vendor) => {
        const usual = conformantHabits.nextMove(order, vendor);
        const leaves = leavesOf(order.document.serviceOrderItem);
        const [first] = leaves;
        const isLast = leaves.every(({ item, place }) => (usual?.leaves[place] ?? item.state) === 'completed');
        if (usual === undefined || first?.item.state !== 'completed' || !isLast || tested.has(order.id)) return usual;
        tested.add(order.id);
        return { ...usual, leaves: { ...usual.leaves, [first.place]: 'inProgress' } };
      },
    };
  },
});

const doneItemsCancelled = faulty({
  name: 'done-items-cancelled',
  deviation: 'Cancels with an order those of its items, too, that were completed.',
  clause: lifecycle,
  breaks: 'item-transitions',
  differs: ['late'],
  habits: {
    moved: (document, move, vendor) => {
      const isCancelled = move.order === 'cancelled' && !hasEnded(document.state);
      const leaves = isCancelled ? allTo('cancelled', leavesOf(document.serviceOrderItem)) : move.leaves;
      return conformantHabits.moved(document, { ...move, leaves }, vendor);
    },
  },
});

const begunAnewAfterPause = faulty({
  name: 'work-begun-anew-after-pause',
  deviation: 'Takes items that were completed back to acknowledged, and does them again, when a held order resumes.',
  clause: lifecycle,
  breaks: 'item-transitions',
  differs: ['late'],
  habits: {
    nextMove: (order, vendor): Move | undefined => {
      const usual = conformantHabits.nextMove(order, vendor);
      if (order.document.state !== 'held' || usual === undefined) return usual;
      const done = leavesOf(order.document.serviceOrderItem).filter(({ item }) => item.state === 'completed');
      return { ...usual, leaves: { ...usual.leaves, ...allTo('acknowledged', done) } };
    },
  },
});

export const lifeMoveTwins: readonly Twin[] = [
  heldBeforeStart,
  cancelledWithoutPending,
  completedWhileHeld,
  reopenedForTest,
  doneItemsCancelled,
  begunAnewAfterPause,
];

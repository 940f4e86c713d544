/** Faulty vendors whose orders live otherwise than the state diagram draws. */
import type { Twin } from '../twin.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { allTo, leavesOf } from '../vendor/defaults/items.ts';
import { twinOf } from '../vendor/twin-of.ts';

const completedAtOnce = twinOf({
  name: 'completed-at-once',
  kind: 'faulty',
  deviation: 'Takes orders from acknowledged to completed without ever being inProgress.',
  clause: 'TMF641 v4.1 lifecycle of ServiceOrder',
  breaks: 'order-transitions',
  habits: {
    nextMove: (order, vendor) => {
      const { state, serviceOrderItem } = order.document;
      const usual = conformantHabits.nextMove(order, vendor);
      if (state !== 'acknowledged' || usual?.order !== undefined) return usual;
      return { afterMs: vendor.habits.pace.start, leaves: allTo('completed', leavesOf(serviceOrderItem)) };
    },
    mayMove: () => true,
  },
});

export const lifeTwins: readonly Twin[] = [completedAtOnce];

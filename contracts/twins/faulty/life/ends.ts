/** Faulty vendors whose orders end otherwise than their items, do not stay ended, or do not end. */
import { jsonResponse } from '../../../../exchange/message.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { leavesOf, neededBy } from '../../vendor/defaults/items.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { OrderDocument } from '../../vendor/words.ts';
import { answering, faulty } from '../means.ts';

const lifecycle = 'TMF641 v4.1 lifecycle of ServiceOrder';
const terminal = `${lifecycle}, terminal states`;
const withinTime = 'The vendor’s own word: completesWithin';

const failuresOverlooked = faulty({
  name: 'failed-items-overlooked',
  deviation: 'Calls an order completed as soon as nothing is open and something was completed, whatever else failed.',
  clause: lifecycle,
  breaks: 'order-item-coherence',
  habits: {
    rollUp: (states) =>
      states.every(hasEnded) && states.includes('completed') ? 'completed' : conformantHabits.rollUp(states),
  },
});

const lagging = faulty({
  name: 'order-behind-its-items',
  deviation: 'Looks at the items every two seconds only, so that an order stays inProgress when all of them are done.',
  clause: lifecycle,
  breaks: 'order-item-coherence',
  differs: ['timing', 'late'],
  habits: {
    nextMove: (order, vendor) => {
      const usual = conformantHabits.nextMove(order, vendor);
      const leaves = leavesOf(order.document.serviceOrderItem);
      if (order.document.state !== 'inProgress') return usual;
      if (leaves.every(({ item }) => hasEnded(item.state))) return { afterMs: 2_000, leaves: {} };
      const isEnd = leaves.every(({ item, place }) => hasEnded(usual?.leaves[place] ?? item.state));
      return usual !== undefined && isEnd ? { ...usual, order: 'inProgress' } : usual;
    },
  },
});

const itemsLeft = faulty({
  name: 'cancel-leaves-items',
  deviation: 'Cancels an order without its items.',
  clause: lifecycle,
  breaks: 'order-item-coherence',
  habits: {
    moved: (document, move, vendor) =>
      conformantHabits.moved(document, move.order === 'cancelled' ? { ...move, leaves: {} } : move, vendor),
  },
});

const firstChildDecides = faulty({
  name: 'first-child-decides',
  deviation:
    'Takes the state of an item with items of its own from the first of those alone, and so that of the order.',
  clause: lifecycle,
  breaks: 'order-item-coherence',
  habits: {
    moved: (document, move, vendor) => {
      const usual = conformantHabits.moved(document, move, vendor);
      const serviceOrderItem = usual.serviceOrderItem.map((item) => {
        const [first] = item.serviceOrderItem ?? [];
        return first === undefined ? item : { ...item, state: first.state };
      });
      const isNested = serviceOrderItem.some((item) => (item.serviceOrderItem ?? []).length > 0);
      if (!isNested || move.order !== undefined) return usual;
      const state = conformantHabits.rollUp(serviceOrderItem.map((item) => item.state));
      if (state === usual.state) return { ...usual, serviceOrderItem };
      return vendor.habits.stamped(document, { ...usual, serviceOrderItem, state }, move.reason, vendor);
    },
  },
});

const reopened = faulty({
  name: 'reopened-by-a-late-message',
  deviation: 'Takes a completed order back to inProgress when the message that began it is delivered once more.',
  clause: terminal,
  breaks: 'terminal-is-final',
  differs: ['late'],
  habits: () => {
    const reopenedOnce = new Set<string>();
    return {
      nextMove: (order, vendor) => {
        const [first] = leavesOf(order.document.serviceOrderItem);
        if (order.document.state !== 'completed' || first === undefined || reopenedOnce.has(order.id)) {
          return conformantHabits.nextMove(order, vendor);
        }
        reopenedOnce.add(order.id);
        return { afterMs: 1_500, leaves: { [first.place]: 'inProgress' } };
      },
      mayMove: () => true,
    };
  },
});

const lateReport = faulty({
  name: 'late-report-after-cancel',
  deviation: 'Marks an item of a cancelled order completed when the report of the work that had been begun comes in.',
  clause: terminal,
  breaks: 'terminal-is-final',
  differs: ['late'],
  habits: () => {
    const reported = new Set<string>();
    return {
      nextMove: (order, vendor) => {
        const { state, startDate, serviceOrderItem } = order.document;
        const begun = leavesOf(serviceOrderItem).find(({ item }) => item.state === 'cancelled');
        if (state !== 'cancelled' || startDate === undefined || begun === undefined || reported.has(order.id)) {
          return conformantHabits.nextMove(order, vendor);
        }
        reported.add(order.id);
        return { afterMs: 800, leaves: { [begun.place]: 'completed' }, order: 'cancelled' };
      },
    };
  },
});

const archived = faulty({
  name: 'archived-with-a-new-date',
  deviation: 'Overwrites the cancellationDate of an order with the time at which it is moved to the archive.',
  clause: terminal,
  breaks: 'terminal-is-final',
  habits: () => {
    const archivedOnce = new Set<string>();
    return {
      nextMove: (order, vendor) => {
        if (order.document.state !== 'cancelled' || archivedOnce.has(order.id)) {
          return conformantHabits.nextMove(order, vendor);
        }
        archivedOnce.add(order.id);
        return { afterMs: 1_000, leaves: {}, order: 'cancelled' };
      },
      stamped: (before, after, reason, vendor) => {
        const usual = conformantHabits.stamped(before, after, reason, vendor);
        if (before.state !== 'cancelled') return usual;
        return { ...usual, cancellationDate: vendor.habits.dateText(vendor.kernel.now()) };
      },
    };
  },
});

const staleReplica = faulty({
  name: 'replica-behind-after-the-end',
  deviation: 'Answers every second GET of an order from a copy that hears of its end two seconds late.',
  clause: terminal,
  breaks: 'terminal-is-final',
  differs: ['timing', 'late'],
  habits: () => {
    const ends = new Map<string, { readonly at: number; readonly before: OrderDocument }>();
    let count = 0;
    return {
      announcements: (change, vendor) => {
        const { before, after } = change;
        if (change.of === 'serviceOrder' && change.before !== undefined && hasEnded(change.after.state)) {
          if (before?.state !== after.state)
            ends.set(change.orderId, { at: vendor.kernel.now(), before: change.before });
        }
        return conformantHabits.announcements(change, vendor);
      },
      ...answering((response, { operation, id, request: { query } }, vendor) => {
        const end = ends.get(id);
        const isLate = end !== undefined && vendor.kernel.now() < end.at + 2_000;
        if (operation !== 'retrieveServiceOrder' || response.status !== 200 || !isLate) return response;
        count += 1;
        if (count % 2 === 1) return response;
        return jsonResponse(200, vendor.habits.selected(vendor.habits.shown(end.before, vendor), query));
      }),
    };
  },
});

const neverResumed = faulty({
  name: 'held-for-good',
  deviation: 'Forgets an order that is held.',
  clause: withinTime,
  breaks: 'ends-in-time',
  differs: ['late'],
  habits: {
    nextMove: (order, vendor) =>
      order.document.state === 'held' ? undefined : conformantHabits.nextMove(order, vendor),
  },
});

const secondNotBegun = faulty({
  name: 'second-at-once-not-begun',
  deviation: 'Never begins an order that came in while another one was not answered yet.',
  clause: withinTime,
  breaks: 'ends-in-time',
  differs: ['concurrency'],
  habits: () => {
    const forgotten = new Set<string>();
    const known = new Set<string>();
    let last = Number.NEGATIVE_INFINITY;
    return {
      nextMove: (order, vendor) => {
        const now = vendor.kernel.now();
        if (!known.has(order.id) && now - last < vendor.habits.pace.answer) forgotten.add(order.id);
        if (!known.has(order.id)) last = now;
        known.add(order.id);
        return forgotten.has(order.id) ? undefined : conformantHabits.nextMove(order, vendor);
      },
    };
  },
});

const dependentsWait = faulty({
  name: 'dependents-wait-for-good',
  deviation: 'Never begins an item that depends on another one, also when that is completed.',
  clause: withinTime,
  breaks: 'ends-in-time',
  differs: ['late'],
  habits: {
    nextMove: (order, vendor) => {
      const usual = conformantHabits.nextMove(order, vendor);
      const all = leavesOf(order.document.serviceOrderItem);
      const waiting = new Set(all.filter((leaf) => neededBy(leaf, all).length > 0).map(({ place }) => place));
      if (usual === undefined) return undefined;
      const leaves = Object.entries(usual.leaves).filter(([place, to]) => to !== 'inProgress' || !waiting.has(place));
      return { ...usual, leaves: Object.fromEntries(leaves) };
    },
  },
});

export const lifeEndTwins: readonly Twin[] = [
  failuresOverlooked,
  lagging,
  itemsLeft,
  firstChildDecides,
  reopened,
  lateReport,
  archived,
  staleReplica,
  neverResumed,
  secondNotBegun,
  dependentsWait,
];

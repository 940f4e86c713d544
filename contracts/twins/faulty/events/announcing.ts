/** Faulty vendors that do not tell of a change, tell of it twice, or tell of one that there was not. */
import type { Instant } from '../../../../kernel/kernel.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { leavesOf, withLeaves } from '../../vendor/defaults/items.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { Habits } from '../../vendor/habits.ts';
import type { Announcement, Change, OrderDocument, State } from '../../vendor/words.ts';
import { faulty } from '../means.ts';

const notifications = 'TMF641 v4.1 notifications';
const stateChange = 'ServiceOrderStateChangeEvent';
const attributeChange = 'ServiceOrderAttributeValueChangeEvent';

/** Shorter than from one request to the next of the same client. */
const atOnceMs = 5;

const severalItemsUntold = faulty({
  name: 'end-of-several-items-not-told',
  deviation: 'Does not tell that an order of several items is completed.',
  clause: `${notifications}, ${stateChange}`,
  breaks: 'change-announced',
  differs: ['late'],
  habits: telling((told) => {
    const { change } = told;
    const isUntold = isLifeOf(change, 'completed') && leavesOf(change.after.serviceOrderItem).length > 1;
    return isUntold ? [] : [told];
  }),
});

const tasksUntold = faulty({
  name: 'cancel-tasks-not-told',
  deviation: 'Tells nothing of cancel tasks.',
  clause: `${notifications}, CancelServiceOrderStateChangeEvent`,
  breaks: 'change-announced',
  habits: telling((told) => (told.change.of === 'cancelServiceOrder' ? [] : [told])),
});

const competing = faulty({
  name: 'subscribers-compete',
  deviation: 'Gives each event to one of its subscribers, to each in turn.',
  clause: notifications,
  breaks: 'change-announced',
  habits: () => {
    const turns = new Map<string, number>();
    return {
      times: ({ eventId }, { id }, { subscriptions }) => {
        const turn = turns.get(eventId) ?? turns.size;
        turns.set(eventId, turn);
        const ids = [...subscriptions.keys()];
        return ids[turn % ids.length] === id ? 1 : 0;
      },
    };
  },
});

const debounced = faulty({
  name: 'changes-debounced',
  deviation: 'Waits for 350 ms before it tells of a change, and tells only of the last one within that time.',
  clause: notifications,
  breaks: 'change-announced',
  differs: ['timing'],
  habits: () => {
    const last = new Map<string, string>();
    return {
      deliverAfterMs: () => 350,
      laneOf: (delivery, vendor) => {
        const lane = conformantHabits.laneOf(delivery, vendor);
        last.set(lane, delivery.event.eventId);
        return `${lane}/${delivery.event.eventId}`;
      },
      isWanted: (delivery, vendor) =>
        conformantHabits.isWanted(delivery, vendor) &&
        (delivery.attempts > 0 || last.get(conformantHabits.laneOf(delivery, vendor)) === delivery.event.eventId),
    };
  },
});

const oneOfAMoment = faulty({
  name: 'one-event-of-a-moment',
  deviation: 'Keeps events by type and time, and so loses that of another order at the same moment.',
  clause: notifications,
  breaks: 'change-announced',
  differs: ['concurrency'],
  habits: () => {
    const last = new Map<string, { readonly at: Instant; readonly orderId: string }>();
    return telling((told, now) => {
      const { eventType, change } = told;
      const before = last.get(eventType);
      if (before !== undefined && before.orderId !== change.orderId && now - before.at < atOnceMs) return [];
      last.set(eventType, { at: now, orderId: change.orderId });
      return [told];
    });
  },
});

const twoNodes = faulty({
  name: 'told-by-two-nodes',
  deviation: 'Tells of every change from each of its two nodes, so that it has two eventIds.',
  clause: notifications,
  breaks: 'event-once',
  habits: telling((told) => [told, { ...told }]),
});

const perItem = faulty({
  name: 'told-for-every-item',
  deviation: 'Tells of a new state of an order once for each of its items.',
  clause: `${notifications}, ${stateChange}`,
  breaks: 'event-once',
  habits: telling((told) => {
    const { eventType, change } = told;
    if (change.of !== 'serviceOrder' || eventType !== stateChange) return [told];
    return change.after.serviceOrderItem.map(() => ({ ...told }));
  }),
});

const cancellationTwice = faulty({
  name: 'cancellation-told-twice',
  deviation: 'Tells that an order is cancelled from its order service and from its cancel service.',
  clause: `${notifications}, ${stateChange}`,
  breaks: 'event-once',
  habits: telling((told) => {
    const { change } = told;
    const isIt = change.of === 'serviceOrder' && change.because === 'cancel' && change.after.state === 'cancelled';
    return isIt ? [told, { ...told }] : [told];
  }),
});

const workReported = faulty({
  name: 'work-told-after-the-end',
  deviation: 'Tells a second after an order was completed that it is inProgress: the report of its last work.',
  clause: `${notifications}, ${stateChange}`,
  breaks: 'event-after-terminal',
  differs: ['late'],
  habits: () => afterwards('completed', 'life', 'inProgress'),
});

const completionAfterCancel = faulty({
  name: 'completion-told-after-cancel',
  deviation: 'Tells a second after an order was cancelled that it is completed, which its work was not stopped for.',
  clause: `${notifications}, ${stateChange}`,
  breaks: 'event-after-terminal',
  differs: ['late'],
  habits: () => afterwards('cancelled', 'cancel', 'completed', ({ startDate }) => startDate !== undefined),
});

const deleteAsCancel = faulty({
  name: 'delete-told-as-cancellation',
  deviation: 'Tells of the delete of an order that has ended by a change of its state to cancelled first.',
  clause: `${notifications}, ServiceOrderDeleteEvent`,
  breaks: 'event-after-terminal',
  habits: telling((told) => {
    const { change } = told;
    if (change.of !== 'serviceOrder' || change.because !== 'delete' || !hasEnded(change.after.state)) return [told];
    const after: OrderDocument = { ...change.after, state: 'cancelled' };
    return [{ eventType: stateChange, change: { ...change, after } }, told];
  }),
});

const patchUntold = faulty({
  name: 'patch-not-told-once-begun',
  deviation: 'Does not tell of patches of orders that have been begun.',
  clause: `${notifications}, ${attributeChange}`,
  breaks: 'attribute-change-announced',
  differs: ['late'],
  habits: telling((told) => {
    const { eventType, change } = told;
    const isBegun = change.of === 'serviceOrder' && change.after.startDate !== undefined;
    return eventType === attributeChange && isBegun ? [] : [told];
  }),
});

const patchAsState = faulty({
  name: 'patch-told-as-state-change',
  deviation: 'Tells of a patch as a change of state.',
  clause: `${notifications}, ${attributeChange}`,
  breaks: 'attribute-change-announced',
  habits: telling((told) =>
    told.eventType === attributeChange ? [{ eventType: stateChange, change: told.change }] : [told],
  ),
});

const noFieldPath = faulty({
  name: 'patch-told-without-field-path',
  deviation: 'Tells of a patch without saying which attribute has changed.',
  clause: `${notifications}, ${attributeChange}.fieldPath`,
  breaks: 'attribute-change-announced',
  habits: telling((told) => {
    const { eventType, change } = told;
    return eventType === attributeChange ? [{ eventType, change }] : [told];
  }),
});

export const announcingTwins: readonly Twin[] = [
  severalItemsUntold,
  tasksUntold,
  competing,
  debounced,
  oneOfAMoment,
  twoNodes,
  perItem,
  cancellationTwice,
  workReported,
  completionAfterCancel,
  deleteAsCancel,
  patchUntold,
  patchAsState,
  noFieldPath,
];

/** Something else in place of each usual announcement. */
function telling(
  instead: (told: Announcement, now: Instant) => readonly Announcement[],
): Pick<Habits, 'announcements'> {
  return {
    announcements: (change, vendor) =>
      conformantHabits.announcements(change, vendor).flatMap((told) => instead(told, vendor.kernel.now())),
  };
}

function isLifeOf(change: Change, state: State): change is Change & { readonly of: 'serviceOrder' } {
  return change.of === 'serviceOrder' && change.because === 'life' && change.after.state === state;
}

/** A second after an order came to one state, it is told that it is in another. */
function afterwards(
  end: State,
  because: Change['because'],
  told: State,
  isToBeTold: (document: OrderDocument) => boolean = () => true,
): Partial<Habits> {
  const echoes = new WeakSet<Announcement>();
  const late = new Set<string>();
  const delayMs = 1_000;
  return {
    announcements: (change, vendor) => {
      const usual = conformantHabits.announcements(change, vendor);
      const isEnd = change.of === 'serviceOrder' && change.because === because && change.after.state === end;
      if (!isEnd || change.before?.state === end || !isToBeTold(change.after)) return usual;
      const { serviceOrderItem: items } = change.after;
      const leaves = Object.fromEntries(leavesOf(items).map(({ place }) => [place, told]));
      const serviceOrderItem = withLeaves(items, leaves, vendor.habits.rollUp);
      const echo = {
        eventType: stateChange,
        change: { ...change, after: { ...change.after, state: told, serviceOrderItem } },
      };
      echoes.add(echo);
      return [...usual, echo];
    },
    eventOf: (announcement, vendor) => {
      const event = conformantHabits.eventOf(announcement, vendor);
      if (!echoes.has(announcement)) return event;
      late.add(event.eventId);
      return { ...event, eventTime: vendor.habits.dateText(vendor.kernel.now() + delayMs) };
    },
    deliverAfterMs: (delivery, vendor) =>
      conformantHabits.deliverAfterMs(delivery, vendor) + (late.has(delivery.event.eventId) ? delayMs : 0),
  };
}

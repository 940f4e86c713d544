/** Unusual but legal vendors that tell of changes otherwise. */
import { jsonResponse } from '../../../exchange/message.ts';
import type { Twin } from '../twin.ts';
import { withEvents } from '../vendor/claiming.ts';
import { conformantHabits, usualPace } from '../vendor/defaults/conformant.ts';
import { locationHeader } from '../vendor/defaults/messages.ts';
import { conformantClaims, twinOf } from '../vendor/twin-of.ts';

const delivery = 'TMF630 part 4, notifications (no rule of delivery)';

const twice = twinOf({
  name: 'every-event-twice',
  kind: 'legal',
  deviation: 'Delivers each event twice, with the same eventId.',
  clause: `${delivery}; at least once`,
  habits: { times: () => 2 },
});

const toCallback = twinOf({
  name: 'events-to-the-callback-itself',
  kind: 'legal',
  deviation: 'Posts events to the callback itself, not below it.',
  clause: 'TMF630 part 4, callback',
  habits: { addressOf: ({ subscription }) => subscription.callback },
});

const early = twinOf({
  name: 'events-before-the-answer',
  kind: 'legal',
  deviation: 'Tells of a new order before its create is answered.',
  clause: delivery,
  habits: { pace: { ...usualPace, answer: 100 }, deliverAfterMs: () => 0 },
});

const acrossOrders = twinOf({
  name: 'orders-out-of-step',
  kind: 'legal',
  deviation: 'Tells of one order sooner than of another; of each in order.',
  clause: delivery,
  claims: withEvents({ within: 'PT2S' }),
  habits: { deliverAfterMs: ({ orderId }) => 20 + (Number.parseInt(orderId.slice(0, 6), 16) % 800) },
});

const unordered = twinOf({
  name: 'events-in-any-order',
  kind: 'legal',
  deviation: 'Tells of the changes of an order in any order, and claims none.',
  clause: delivery,
  claims: withEvents({ ordered: false, within: 'PT2S' }),
  habits: {
    laneOf: (one, vendor) => `${conformantHabits.laneOf(one, vendor)}/${one.event.eventId}`,
    deliverAfterMs: (_delivery, { kernel, address }) => kernel.chance(`${address}.delays`).between(20, 700),
  },
});

const onceOnly = twinOf({
  name: 'at-most-once',
  kind: 'legal',
  deviation: 'Does not deliver an event again, and claims that.',
  clause: delivery,
  claims: { ...conformantClaims, ...atMostOnce() },
  habits: { retryAfterMs: () => undefined },
});

const sameSubscription = twinOf({
  name: 'same-subscription-again',
  kind: 'legal',
  deviation: 'Gives the first subscription to whoever subscribes the same callback and query again.',
  clause: 'TMF641 v4.1 POST /hub',
  habits: {
    instead: ({ operation, request }, vendor) => {
      if (operation !== 'registerListener') return undefined;
      const { callback, query } = Object(request.body?.json) as { callback?: unknown; query?: unknown }; // looked at, not used
      const known = [...vendor.subscriptions.values()].find((one) => one.callback === callback && one.query === query);
      if (known === undefined) return undefined;
      const shown = vendor.habits.shownSubscription(known, vendor);
      return jsonResponse(201, shown, locationHeader('hub', known.id, vendor));
    },
  },
});

const itemEvents = twinOf({
  name: 'items-told-too',
  kind: 'legal',
  deviation: 'Tells by ServiceOrderAttributeValueChangeEvent of items that change while the order does not.',
  clause: 'TMF641 v4.1 ServiceOrderAttributeValueChangeEvent',
  habits: {
    announcements: (change, vendor) => {
      const usual = conformantHabits.announcements(change, vendor);
      const isItemsOnly = change.of === 'serviceOrder' && change.because === 'life' && usual.length === 0;
      const eventType = 'ServiceOrderAttributeValueChangeEvent';
      return isItemsOnly ? [{ eventType, change, fieldPath: 'serviceOrderItem.state' }] : usual;
    },
  },
});

const milestones = twinOf({
  name: 'milestones',
  kind: 'legal',
  deviation: 'Reaches a milestone when it begins to work on an order, and tells of it.',
  clause: 'TMF641 v4.1 ServiceOrderMilestoneEvent',
  habits: {
    stamped: (before, after, reason, vendor) => {
      const document = conformantHabits.stamped(before, after, reason, vendor);
      if (document.state !== 'inProgress' || document.milestone !== undefined) return document;
      const milestoneDate = vendor.habits.dateText(vendor.kernel.now());
      return { ...document, milestone: [{ id: '1', name: 'work begun', status: 'completed', milestoneDate }] };
    },
    announcements: (change, vendor) => {
      const usual = conformantHabits.announcements(change, vendor);
      const isReached =
        change.of === 'serviceOrder' && change.before?.milestone === undefined && change.after.milestone !== undefined;
      return isReached && change.because !== 'delete'
        ? [...usual, { eventType: 'ServiceOrderMilestoneEvent', change }]
        : usual;
    },
  },
});

const wholeEnvelope = twinOf({
  name: 'whole-envelopes',
  kind: 'legal',
  deviation: 'Fills in every attribute of the event envelope.',
  clause: 'TMF641 v4.1 events',
  habits: {
    eventOf: (announcement, vendor) => {
      const event = conformantHabits.eventOf(announcement, vendor);
      const { eventTime, eventType } = event;
      const words = { title: eventType, description: `${eventType} of an order`, priority: '1', domain: 'fulfilment' };
      return { ...event, ...words, correlationId: announcement.change.orderId, timeOcurred: eventTime };
    },
  },
});

export const legalEventTwins: readonly Twin[] = [
  twice,
  toCallback,
  early,
  acrossOrders,
  unordered,
  onceOnly,
  sameSubscription,
  itemEvents,
  milestones,
  wholeEnvelope,
];

function atMostOnce(): Pick<Twin['claims'], 'events'> {
  const { redeliveredWithin: _within, ...events } = conformantClaims.events ?? {};
  return { events: { ...events, delivery: 'at-most-once' } };
}

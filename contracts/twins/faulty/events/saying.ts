/** Faulty vendors whose events say something else than what happened, say it badly, or say it elsewhere. */
import { jsonMediaType } from '../../../../exchange/message.ts';
import type { Instant } from '../../../../kernel/kernel.ts';
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import type { Habits } from '../../vendor/habits.ts';
import type { Item, OrderDocument, VendorEvent } from '../../vendor/words.ts';
import { type Fields, faulty, lacking } from '../means.ts';

const events = 'TMF641 v4.1 events';
const envelope = `${events}, envelope`;
const listeners = 'TMF641 v4.1 notification listeners';

/** Shorter than from one request to the next of the same client. */
const atOnceMs = 5;

const thin = faulty({
  name: 'events-with-little-of-the-order',
  deviation: 'Says only id, href and state of an order in an event.',
  clause: `${events}, event.serviceOrder is the whole resource`,
  breaks: 'event-schema',
  habits: ofOrders((order) => ({ id: order.id, href: order.href, state: order.state })),
});

const noKey = faulty({
  name: 'event-without-resource-name',
  deviation: 'Puts the attributes of the resource right into event, without its name above them.',
  clause: envelope,
  breaks: 'event-schema',
  habits: { sent: ({ event }) => ({ ...event, event: Object.values(event.event)[0] }) },
});

const timeInMillis = faulty({
  name: 'event-time-in-milliseconds',
  deviation: 'Writes eventTime as a number of milliseconds.',
  clause: `${envelope}, eventTime`,
  breaks: 'event-schema',
  habits: { sent: ({ event }) => ({ ...event, eventTime: Date.parse(event.eventTime) }) },
});

const singleItem = faulty({
  name: 'single-item-no-list',
  deviation: 'Writes the items of an order as one object in events when there is only one, as its XML was.',
  clause: `${events}, ServiceOrder.serviceOrderItem is an array`,
  breaks: 'event-schema',
  habits: ofOrders((order) => {
    const { serviceOrderItem: items } = order;
    return { ...order, ...(Array.isArray(items) && items.length === 1 ? { serviceOrderItem: items[0] } : {}) };
  }),
});

const wrappedAgain = faulty({
  name: 'wrapped-when-sent-again',
  deviation: 'Sends an event that it sends again as a text in an envelope of its queue.',
  clause: envelope,
  breaks: 'event-schema',
  habits: {
    sent: ({ event, attempts }) => (attempts === 0 ? event : { payload: JSON.stringify(event), attempt: attempts + 1 }),
  },
});

const idOfOrder = faulty({
  name: 'event-id-of-the-order',
  deviation: 'Gives all events of an order or of a task the id of that.',
  clause: `${envelope}, eventId`,
  breaks: 'event-ids-unique',
  habits: withId((_event, resource) => String(resource.id)),
});

const idOfState = faulty({
  name: 'event-id-of-the-state',
  deviation: 'Derives the eventId of a change of state from id and state, which an order that was held comes to again.',
  clause: `${envelope}, eventId`,
  breaks: 'event-ids-unique',
  differs: ['late'],
  habits: withId(({ eventId, eventType }, { id, state }) =>
    eventType.endsWith('StateChangeEvent') ? `${String(id)}-${String(state)}` : eventId,
  ),
});

const idOfTime = faulty({
  name: 'event-id-of-the-time',
  deviation: 'Derives the eventId from type and time, so that two orders at once have the same.',
  clause: `${envelope}, eventId`,
  breaks: 'event-ids-unique',
  differs: ['concurrency'],
  habits: withId(({ eventType, eventTime }) => `${eventType}-${Math.floor(Date.parse(eventTime) / atOnceMs)}`),
});

const oldItems = faulty({
  name: 'events-with-items-as-begun',
  deviation: 'Shows the items in events as they were when the order was begun.',
  clause: `${events}, event.serviceOrder is the order as it is now`,
  breaks: 'event-agrees',
  differs: ['late'],
  habits: () => {
    const begun = new Map<string, readonly Item[]>();
    return ofOrders((order) => {
      const { id, state, serviceOrderItem } = order as OrderDocument; // as it is shown
      if (!begun.has(id) && state === 'inProgress') begun.set(id, serviceOrderItem);
      return { ...order, serviceOrderItem: begun.get(id) ?? serviceOrderItem };
    });
  },
});

const mixed = faulty({
  name: 'events-of-two-orders-mixed',
  deviation: 'Shows externalId and items of another order in an event when both change at once.',
  clause: `${events}, event.serviceOrder is the order that has changed`,
  breaks: 'event-agrees',
  differs: ['concurrency'],
  habits: () => {
    let last: { readonly at: Instant; readonly order: Fields } | undefined;
    return ofOrders((order, now) => {
      const { id, externalId, serviceOrderItem } = last?.order ?? order;
      const isMixed = last !== undefined && id !== order.id && now - last.at < atOnceMs;
      last = { at: now, order };
      const others = { serviceOrderItem, ...(externalId === undefined ? {} : { externalId }) };
      return isMixed ? { ...lacking(order, 'externalId'), ...others } : order;
    });
  },
});

const shortened = faulty({
  name: 'external-id-shortened-in-events',
  deviation: 'Shows the first four characters of externalId in events, for which its store of events has room.',
  clause: `${events}, event.serviceOrder is the whole resource`,
  breaks: 'event-agrees',
  habits: ofOrders((order) =>
    typeof order.externalId === 'string' ? { ...order, externalId: order.externalId.slice(0, 4) } : order,
  ),
});

const oneAddress = faulty({
  name: 'one-listener-for-all-events',
  deviation: 'Posts events of all types to the listener of changes of state.',
  clause: listeners,
  breaks: 'listener-address',
  habits: {
    addressOf: (delivery, vendor) =>
      conformantHabits.addressOf(
        { ...delivery, event: { ...delivery.event, eventType: 'ServiceOrderStateChangeEvent' } },
        vendor,
      ),
  },
});

const oldAddresses = faulty({
  name: 'listeners-of-version-three',
  deviation: 'Posts events to listeners whose names end in Notification, as they did in version 3.',
  clause: listeners,
  breaks: 'listener-address',
  habits: {
    addressOf: (delivery, vendor) =>
      conformantHabits.addressOf(delivery, vendor).replace(/Event(?=$|\?)/, 'Notification'),
  },
});

const plainText = faulty({
  name: 'events-as-plain-text',
  deviation: 'Sends events as text/plain.',
  clause: `${listeners}, ${jsonMediaType}`,
  breaks: 'listener-address',
  habits: {
    callbackHeaders: (delivery, vendor) => ({
      ...conformantHabits.callbackHeaders(delivery, vendor),
      'content-type': 'text/plain;charset=utf-8',
    }),
  },
});

export const sayingTwins: readonly Twin[] = [
  thin,
  noKey,
  timeInMillis,
  singleItem,
  wrappedAgain,
  idOfOrder,
  idOfState,
  idOfTime,
  oldItems,
  mixed,
  shortened,
  oneAddress,
  oldAddresses,
  plainText,
];

/** Another order than the one that has changed in each event of an order. */
function ofOrders(change: (order: Fields, now: Instant) => object): Pick<Habits, 'eventOf'> {
  return {
    eventOf: (announcement, vendor) => {
      const event = conformantHabits.eventOf(announcement, vendor);
      const { serviceOrder } = event.event;
      if (!isObject(serviceOrder)) return event;
      return { ...event, event: { serviceOrder: change(serviceOrder, vendor.kernel.now()) } };
    },
  };
}

function withId(idOf: (event: VendorEvent, resource: Fields) => string): Pick<Habits, 'eventOf'> {
  return {
    eventOf: (announcement, vendor) => {
      const event = conformantHabits.eventOf(announcement, vendor);
      const [resource] = Object.values(event.event);
      return { ...event, eventId: idOf(event, isObject(resource) ? resource : {}) };
    },
  };
}

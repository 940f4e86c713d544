/** Faulty vendors whose hub does not keep to what it was asked for: registration, queries, unsubscription. */
import { pathAndQuery } from '../../../../exchange/message.ts';
import type { Instant } from '../../../../kernel/kernel.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { matches } from '../../vendor/defaults/filters.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Order, State, Subscription, VendorEvent } from '../../vendor/words.ts';
import { faulty, lacking } from '../means.ts';

const registration = 'TMF641 v4.1 POST /hub';
const unregistration = 'TMF641 v4.1 DELETE /hub/{id}';
const queries = 'TMF630 part 4, query of a subscription';

const callbackExtended = faulty({
  name: 'callback-shown-extended',
  deviation: 'Shows the address that it derived from a callback in place of the callback that was given.',
  clause: registration,
  breaks: 'hub-registration',
  habits: {
    shownSubscription: (subscription, vendor) => {
      const callback = `${subscription.callback.replace(/\/+$/, '')}/listener`;
      return conformantHabits.shownSubscription({ ...subscription, callback }, vendor);
    },
  },
});

const queryForgotten = faulty({
  name: 'query-not-shown',
  deviation: 'Leaves the query out of the subscription that it answers with.',
  clause: registration,
  breaks: 'hub-registration',
  habits: {
    shownSubscription: (subscription, vendor) =>
      lacking(conformantHabits.shownSubscription(subscription, vendor), 'query'),
  },
});

const otherId = faulty({
  name: 'unregister-under-another-id',
  deviation: 'Shows an id for a subscription under which it cannot be ended: 404.',
  clause: unregistration,
  breaks: 'hub-registration',
  habits: {
    shownSubscription: (subscription, vendor) =>
      conformantHabits.shownSubscription({ ...subscription, id: `hub-${subscription.id}` }, vendor),
    locationOf: (collection, id, vendor) =>
      vendor.habits.hrefOf(collection, collection === 'hub' ? `hub-${id}` : id, vendor),
  },
});

const subscribedTwice = faulty({
  name: 'same-subscription-doubled',
  deviation: 'Makes a second subscription of the same callback and query, and sends every event to both.',
  clause: registration,
  breaks: 'hub-duplicate',
  habits: { refusalOfSubscription: knowing(() => false) },
});

const twiceAtOnce = faulty({
  name: 'same-subscription-at-once-doubled',
  deviation: 'Makes two subscriptions of the same callback and query when both are asked for at once.',
  clause: registration,
  breaks: 'hub-duplicate',
  differs: ['concurrency'],
  habits: () => {
    const made = new Map<string, Instant>();
    return {
      newId: (kind, vendor) => {
        const id = conformantHabits.newId(kind, vendor);
        if (kind === 'subscription') made.set(id, vendor.kernel.now());
        return id;
      },
      refusalOfSubscription: knowing(
        ({ id }, { kernel, habits }) => kernel.now() - (made.get(id) ?? 0) >= habits.pace.answer,
      ),
    };
  },
});

const twiceWithQuery = faulty({
  name: 'same-query-doubled',
  deviation: 'Does not compare queries when it looks for the same subscription, but takes those with one for new.',
  clause: registration,
  breaks: 'hub-duplicate',
  habits: { refusalOfSubscription: knowing(({ query }) => query === undefined) },
});

const onlyEventType = faulty({
  name: 'query-of-event-type-only',
  deviation: 'Looks only at eventType in the query of a subscription.',
  clause: queries,
  breaks: 'hub-query',
  habits: {
    hears: ({ query = '' }, event) => {
      const { eventType } = criteriaOf(query);
      return eventType === undefined || matches(event, { eventType });
    },
  },
});

const anyOf = faulty({
  name: 'query-criteria-alternative',
  deviation: 'Lets an event through that meets any one criterion of several.',
  clause: queries,
  breaks: 'hub-query',
  habits: {
    hears: ({ query = '' }, event) => {
      const criteria = Object.entries(criteriaOf(query));
      return criteria.length === 0 || criteria.some(([name, values]) => matches(event, { [name]: values }));
    },
  },
});

const stateBefore = faulty({
  name: 'query-on-the-state-before',
  deviation: 'Compares the state that a query asks for with that from which the order has come.',
  clause: queries,
  breaks: 'hub-query',
  habits: () => {
    const before = new Map<string, State>();
    return {
      eventOf: (announcement, vendor) => {
        const event = conformantHabits.eventOf(announcement, vendor);
        const { change } = announcement;
        if (change.of === 'serviceOrder' && change.before !== undefined) before.set(event.eventId, change.before.state);
        return event;
      },
      hears: ({ query = '' }, event) => {
        const state = before.get(event.eventId);
        const serviceOrder = { ...Object(event.event.serviceOrder), state };
        return matches(state === undefined ? event : { ...event, event: { serviceOrder } }, criteriaOf(query));
      },
    };
  },
});

const containedType = faulty({
  name: 'event-type-contained',
  deviation: 'Lets events through whose type contains the one asked for: those of cancel tasks, too.',
  clause: queries,
  breaks: 'hub-query',
  habits: {
    hears: ({ query = '' }, event) => {
      const { eventType = [], ...others } = criteriaOf(query);
      const wanted = eventType.flatMap((text) => text.split(','));
      const isWanted = wanted.length === 0 || wanted.some((text) => event.eventType.includes(text));
      return isWanted && matches(event, others);
    },
  },
});

const outbox = faulty({
  name: 'outbox-goes-on',
  deviation: 'Gathers events for 400 ms, and sends what it has gathered although the subscription was ended meanwhile.',
  clause: unregistration,
  breaks: 'silence-after-unsubscribe',
  differs: ['timing'],
  habits: { deliverAfterMs: () => 400, isWanted: () => true },
});

const cachedSubscribers = faulty({
  name: 'subscribers-kept-for-three-seconds',
  deviation: 'Reads the list of subscribers every three seconds, and tells those of the last reading until then.',
  clause: unregistration,
  breaks: 'silence-after-unsubscribe',
  differs: ['timing'],
  habits: () => lingering(({ since }, _event, { kernel }) => kernel.now() < since + 3_000),
});

const keptByOrders = faulty({
  name: 'subscribers-kept-by-orders',
  deviation: 'Notes the subscribers on an order when it is begun, and tells those until it ends.',
  clause: unregistration,
  breaks: 'silence-after-unsubscribe',
  differs: ['late'],
  habits: () =>
    lingering(({ running }, { event }) => {
      const { id } = Object(event.serviceOrder) as { id?: string }; // nothing of a cancel task
      return id !== undefined && running.has(id);
    }),
});

const otherRemoved = faulty({
  name: 'oldest-subscription-removed',
  deviation: 'Removes the oldest subscription, whichever was to be ended.',
  clause: unregistration,
  breaks: 'silence-after-unsubscribe',
  habits: {
    unsubscribe: (_subscription, { subscriptions }) => {
      const [oldest] = subscriptions.keys();
      if (oldest !== undefined) subscriptions.delete(oldest);
    },
  },
});

export const hubTwins: readonly Twin[] = [
  callbackExtended,
  queryForgotten,
  otherId,
  subscribedTwice,
  twiceAtOnce,
  twiceWithQuery,
  onlyEventType,
  anyOf,
  stateBefore,
  containedType,
  outbox,
  cachedSubscribers,
  keptByOrders,
  otherRemoved,
];

/** A subscription that was ended: since when, and which orders were being worked on then. */
interface Ended {
  readonly since: Instant;
  readonly running: ReadonlySet<string>;
}

/** Compares a new subscription with these only. */
function knowing(isKnown: (subscription: Subscription, vendor: Vendor) => boolean): Habits['refusalOfSubscription'] {
  return (body, vendor) => {
    const known = [...vendor.subscriptions].filter(([, subscription]) => isKnown(subscription, vendor));
    return conformantHabits.refusalOfSubscription(body, { ...vendor, subscriptions: new Map(known) });
  };
}

/** Subscriptions that were ended stay, under ids that nobody knows, and are still told of some events. */
function lingering(isTold: (ended: Ended, event: VendorEvent, vendor: Vendor) => boolean): Partial<Habits> {
  const ends = new Map<string, Ended>();
  return {
    refusalOfSubscription: knowing(({ id }) => !ends.has(id)),
    unsubscribe: (subscription, { kernel, orders, subscriptions }) => {
      const id = `${subscription.id}.ended`;
      const isRunning = ({ document: { state, startDate } }: Order) => startDate !== undefined && !hasEnded(state);
      const running = [...orders.values()].filter(isRunning);
      ends.set(id, { since: kernel.now(), running: new Set(running.map((order) => order.id)) });
      subscriptions.delete(subscription.id);
      subscriptions.set(id, { ...subscription, id });
    },
    hears: (subscription, event, vendor) => {
      const ended = ends.get(subscription.id);
      const isStillTold = ended === undefined || isTold(ended, event, vendor);
      return isStillTold && conformantHabits.hears(subscription, event, vendor);
    },
  };
}

function criteriaOf(query: string): { readonly [name: string]: readonly string[] } {
  return pathAndQuery(`?${query}`).query;
}

/** Faulty vendors whose events come in the wrong order, not again, too late, or without credentials. */
import type { Twin } from '../../twin.ts';
import { isObject } from '../../vendor/defaults/checks.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { hasEnded } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Delivery, OrderDocument } from '../../vendor/words.ts';
import { faulty } from '../means.ts';

const ordered = 'The vendor’s own word: events.ordered';
const atLeastOnce = 'The vendor’s own word: events.delivery, events.redeliveredWithin';
const isolation = 'TMF630 part 4, subscriptions are independent of each other';
const credentials = 'The vendor’s own word: events.credentialsHeader';
const certificates = 'RFC 9110, section 4.3.4';

const randomly = faulty({
  name: 'events-by-many-workers',
  deviation: 'Delivers events by many workers, each of which takes as long as it takes.',
  clause: ordered,
  breaks: 'event-order',
  differs: ['order'],
  habits: {
    laneOf: aloneOnItsWay,
    deliverAfterMs: (_delivery, { kernel, address }) => kernel.chance(`${address}.delays`).between(20, 700),
  },
});

const endFirst = faulty({
  name: 'end-delivered-first',
  deviation: 'Delivers the end of an order before what came before it, because it is more important.',
  clause: ordered,
  breaks: 'event-order',
  differs: ['order', 'late'],
  habits: { laneOf: aloneOnItsWay, deliverAfterMs: (delivery) => (isEnd(delivery) ? 20 : 700) },
});

const overtaken = faulty({
  name: 'failed-event-overtaken',
  deviation: 'Sends later events while one that failed waits to be sent again.',
  clause: ordered,
  breaks: 'event-order',
  differs: ['order'],
  habits: { laneOf: aloneOnItsWay },
});

const twoClocks = faulty({
  name: 'event-times-of-two-clocks',
  deviation: 'Takes the eventTime of every second event from a clock that is a second behind.',
  clause: `${ordered}; TMF641 v4.1 events, eventTime`,
  breaks: 'event-order',
  differs: ['order'],
  habits: () => {
    let count = 0;
    return {
      eventOf: (announcement, vendor) => {
        const event = conformantHabits.eventOf(announcement, vendor);
        count += 1;
        const behindMs = count % 2 === 0 ? 1_000 : 0;
        return { ...event, eventTime: vendor.habits.dateText(vendor.kernel.now() - behindMs) };
      },
    };
  },
});

const neverAgain = faulty({
  name: 'failed-event-given-up',
  deviation: 'Never sends an event again.',
  clause: atLeastOnce,
  breaks: 'redelivery',
  habits: { retryAfterMs: () => undefined },
});

const newIdAgain = faulty({
  name: 'sent-again-under-a-new-id',
  deviation: 'Sends an event that failed again as a new one, with an eventId of its own.',
  clause: atLeastOnce,
  breaks: 'redelivery',
  habits: {
    sent: ({ event, attempts }, vendor) =>
      attempts === 0 ? event : { ...event, eventId: vendor.habits.newId('event', vendor) },
  },
});

const timeoutIsWell = faulty({
  name: 'unanswered-event-given-up',
  deviation: 'Takes an event for delivered when the listener does not answer, and sends again only what was refused.',
  clause: atLeastOnce,
  breaks: 'redelivery',
  habits: {
    isDelivered: (outcome) =>
      outcome.kind === 'timeout' || outcome.kind === 'reset' || conformantHabits.isDelivered(outcome),
  },
});

const errorIsWell = faulty({
  name: 'any-answer-is-delivered',
  deviation: 'Takes any answer of a listener for a good one, also 500.',
  clause: atLeastOnce,
  breaks: 'redelivery',
  habits: { isDelivered: ({ kind }) => kind === 'answered' || kind === 'malformed' },
});

const againTooLate = faulty({
  name: 'sent-again-after-a-minute',
  deviation: 'Sends an event that failed again after a minute, although it says ten seconds.',
  clause: atLeastOnce,
  breaks: 'redelivery',
  differs: ['timing'],
  habits: { retryAfterMs: (attempts) => (attempts < 4 ? 60_000 : undefined) },
});

const oneLane = faulty({
  name: 'one-queue-for-all-listeners',
  deviation: 'Sends all events one after another, so that a slow listener holds up every other one.',
  clause: isolation,
  breaks: 'listener-isolation',
  differs: ['timing'],
  habits: { laneOf: () => 'all' },
});

const apiWaits = faulty({
  name: 'answers-wait-for-listeners',
  deviation: 'Answers no request while a listener has not answered.',
  clause: isolation,
  breaks: 'listener-isolation',
  differs: ['timing'],
  habits: () => {
    let underWay = 0;
    return {
      sent: ({ event }) => {
        underWay += 1;
        return event;
      },
      isDelivered: (outcome) => {
        underWay -= 1;
        return conformantHabits.isDelivered(outcome);
      },
      answered: async (asked, response, vendor) => {
        while (underWay > 0) await vendor.kernel.rest(vendor.kernel.now() + 25);
        return conformantHabits.answered(asked, response, vendor);
      },
    };
  },
});

const oneBreaker = faulty({
  name: 'one-breaker-for-all-listeners',
  deviation: 'Sends nothing to anybody for five seconds when one listener has failed.',
  clause: isolation,
  breaks: 'listener-isolation',
  differs: ['timing'],
  habits: () => {
    let hasFailed = false;
    let closedUntil = Number.NEGATIVE_INFINITY;
    return {
      isDelivered: (outcome) => {
        const isDelivered = conformantHabits.isDelivered(outcome);
        hasFailed ||= !isDelivered;
        return isDelivered;
      },
      deliverAfterMs: (delivery, vendor) => {
        if (hasFailed) closedUntil = vendor.kernel.now() + 5_000;
        hasFailed = false;
        return Math.max(conformantHabits.deliverAfterMs(delivery, vendor), closedUntil - delivery.announcedAt);
      },
    };
  },
});

const bareAgain = faulty({
  name: 'sent-again-without-credentials',
  deviation: 'Sends an event that failed again without the credentials.',
  clause: credentials,
  breaks: 'callback-credentials',
  habits: withoutCredentials(({ attempts }) => attempts > 0),
});

const bareTasks = faulty({
  name: 'cancel-events-without-credentials',
  deviation: 'Sends the events of cancel tasks without the credentials.',
  clause: credentials,
  breaks: 'callback-credentials',
  habits: withoutCredentials(({ event }) => event.event.cancelServiceOrder !== undefined),
});

const prefixed = faulty({
  name: 'credentials-prefixed',
  deviation: 'Puts Bearer before the credentials that it was given for callbacks.',
  clause: credentials,
  breaks: 'callback-credentials',
  habits: {
    callbackHeaders: (delivery, vendor) => {
      const usual = conformantHabits.callbackHeaders(delivery, vendor);
      const { callbackSecret } = vendor.world;
      const headers = Object.entries(usual);
      return Object.fromEntries(
        headers.map(([name, value]) => [name, value === callbackSecret ? `Bearer ${value}` : value]),
      );
    },
  },
});

const blindTrust = faulty({
  name: 'any-certificate-will-do',
  deviation: 'Tells a listener whatever certificate it shows.',
  clause: certificates,
  breaks: 'certificate-checked',
  habits: { trustsAnyone: () => true },
});

const trustAgain = faulty({
  name: 'trusts-when-sent-again',
  deviation: 'Looks at the certificate of a listener at first, and no longer when it sends an event again.',
  clause: certificates,
  breaks: 'certificate-checked',
  habits: { trustsAnyone: ({ attempts }) => attempts > 0 },
});

export const deliveringTwins: readonly Twin[] = [
  randomly,
  endFirst,
  overtaken,
  twoClocks,
  neverAgain,
  newIdAgain,
  timeoutIsWell,
  errorIsWell,
  againTooLate,
  oneLane,
  apiWaits,
  oneBreaker,
  bareAgain,
  bareTasks,
  prefixed,
  blindTrust,
  trustAgain,
];

/** Waits for nothing that is sent to the same subscriber about the same order. */
function aloneOnItsWay(delivery: Delivery, vendor: Vendor): string {
  return `${conformantHabits.laneOf(delivery, vendor)}/${delivery.event.eventId}`;
}

function isEnd({ event: { event } }: Delivery): boolean {
  return isObject(event.serviceOrder) && hasEnded((event.serviceOrder as OrderDocument).state); // as it is shown
}

function withoutCredentials(isBare: (delivery: Delivery) => boolean): Pick<Habits, 'callbackHeaders'> {
  return {
    callbackHeaders: (delivery, vendor) => {
      const usual = conformantHabits.callbackHeaders(delivery, vendor);
      const header = vendor.claims.events?.credentialsHeader?.toLowerCase();
      const bare = Object.entries(usual).filter(([name]) => name !== header);
      return isBare(delivery) ? Object.fromEntries(bare) : usual;
    },
  };
}

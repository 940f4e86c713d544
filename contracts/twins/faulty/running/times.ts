/** Faulty vendors that answer late, never, or not when much is asked of them. */
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Twin } from '../../twin.ts';
import { withoutLoad } from '../../vendor/claiming.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import type { Delivery } from '../../vendor/words.ts';
import { answeringLate, endedOrder, faulty } from '../means.ts';

const inTime = 'RFC 9110, section 15: a request has a response';
const declared = 'the vendor’s own capability statement: answersWithin';
const load = 'the vendor’s own capability statement: load';
const again = 'TMF630 part 1, 429 and 503; RFC 9110, section 10.2.3';

const secondMs = 1_000;
const neverBefore = Number.NEGATIVE_INFINITY;

export const timeTwins: readonly Twin[] = [
  faulty({
    name: 'second-patch-unanswered',
    deviation: 'Never answers the second of two patches of one order that come at once, though it applies both.',
    clause: inTime,
    breaks: 'answers-in-time',
    differs: ['concurrency'],
    habits: () => {
      const lastAt = new Map<string, number>();
      return {
        answered: (asked, response, vendor) => {
          const now = vendor.kernel.now();
          const isSecond = now - (lastAt.get(asked.id) ?? neverBefore) < vendor.habits.pace.answer;
          if (asked.operation === 'patchServiceOrder') lastAt.set(asked.id, now);
          if (asked.operation === 'patchServiceOrder' && isSecond) return { kind: 'silence' };
          return conformantHabits.answered(asked, response, vendor);
        },
      };
    },
  }),
  faulty({
    name: 'delete-breaks-connection',
    deviation: 'Breaks the connection in place of answering a delete that it has done.',
    clause: inTime,
    breaks: 'answers-in-time',
    habits: {
      answered: (asked, response, vendor) =>
        asked.operation === 'deleteServiceOrder' && response.status === 204
          ? { kind: 'reset', afterMs: vendor.habits.pace.answer }
          : conformantHabits.answered(asked, response, vendor),
    },
  }),
  faulty({
    name: 'archive-takes-a-minute',
    deviation: 'Takes a minute to show an order that ended more than a second ago.',
    clause: inTime,
    breaks: 'answers-in-time',
    differs: ['timing', 'late'],
    habits: answeringLate((asked, vendor) => {
      const { completionDate, cancellationDate } = endedOrder(asked, vendor) ?? {};
      const endedAt = Date.parse(completionDate ?? cancellationDate ?? '');
      return asked.operation === 'retrieveServiceOrder' && vendor.kernel.now() - endedAt > secondMs ? 60_000 : 0;
    }),
  }),

  faulty({
    name: 'slow-lists',
    deviation: 'Takes 1.4 seconds for a list, having declared one second.',
    clause: declared,
    breaks: 'answers-as-declared',
    differs: ['timing'],
    habits: answeringLate(({ operation = '' }) => (operation.startsWith('list') ? 1_400 : 0)),
  }),
  faulty({
    name: 'slow-after-idleness',
    deviation: 'Takes two seconds for the first request after five seconds without any, having declared one second.',
    clause: declared,
    breaks: 'answers-as-declared',
    differs: ['timing'],
    habits: () => {
      let lastAt = neverBefore;
      return answeringLate((_asked, { kernel }) => {
        const idleMs = kernel.now() - lastAt;
        lastAt = kernel.now();
        return idleMs >= 5_000 ? 2_000 : 0;
      });
    },
  }),
  faulty({
    name: 'slow-once-ended',
    deviation: 'Takes 1.2 seconds to show an order that has ended, having declared one second.',
    clause: declared,
    breaks: 'answers-as-declared',
    differs: ['timing', 'late'],
    habits: answeringLate((asked, vendor) =>
      asked.operation === 'retrieveServiceOrder' && endedOrder(asked, vendor) !== undefined ? 1_200 : 0,
    ),
  }),

  faulty({
    name: 'slow-under-load',
    deviation: 'Takes 2.5 seconds for each create beyond fifteen in a second, having declared one second for twenty.',
    clause: load,
    breaks: 'holds-under-load',
    differs: ['timing', 'concurrency'],
    habits: () => {
      const more = moreThan(15);
      return answeringLate(({ operation }, { kernel }) =>
        operation === 'createServiceOrder' && more(kernel.now()) ? 2_500 : 0,
      );
    },
  }),
  faulty({
    name: 'events-behind-under-load',
    deviation:
      'Sends at most twenty events in a second, and tells late when there are more, having declared two seconds.',
    clause: load,
    breaks: 'holds-under-load',
    differs: ['timing', 'concurrency'],
    habits: () => {
      const dueAt = new WeakMap<Delivery, number>();
      let nextAt = 0;
      return {
        deliverAfterMs: (delivery, vendor) => {
          const usual = delivery.announcedAt + conformantHabits.deliverAfterMs(delivery, vendor);
          const due = dueAt.get(delivery) ?? Math.max(usual, nextAt);
          if (!dueAt.has(delivery)) nextAt = due + 50;
          dueAt.set(delivery, due);
          return due - delivery.announcedAt;
        },
      };
    },
  }),
  faulty({
    name: 'throttled-below-declared-load',
    deviation: 'Answers 429 to the sixteenth create in a second, having declared twenty.',
    clause: load,
    breaks: 'holds-under-load',
    differs: ['timing', 'concurrency'],
    habits: () => {
      const more = moreThan(15);
      return {
        instead: ({ operation }, vendor) =>
          operation === 'createServiceOrder' && more(vendor.kernel.now()) ? tooMany(vendor, '1') : undefined,
      };
    },
  }),

  faulty({
    name: 'maintenance-without-retry-after',
    deviation: 'Is not available for one second in every thirty, and does not say for how long.',
    clause: again,
    breaks: 'retry-after',
    claims: withoutLoad(),
    habits: unavailable({}),
  }),
  faulty({
    name: 'maintenance-in-iso-duration',
    deviation: 'Is not available for one second in every thirty, and says so by Retry-After: PT1S.',
    clause: again,
    breaks: 'retry-after',
    claims: withoutLoad(),
    habits: unavailable({ 'retry-after': 'PT1S' }),
  }),
  faulty({
    name: 'banned-longer-than-said',
    deviation: 'Answers 429 with Retry-After: 1 to more than twenty requests in a second, for five seconds.',
    clause: again,
    breaks: 'retry-after',
    differs: ['timing'],
    claims: withoutLoad(),
    habits: () => {
      const more = moreThan(20);
      let bannedUntil = 0;
      return {
        instead: (_asked, vendor) => {
          const now = vendor.kernel.now();
          if (now >= bannedUntil && more(now)) bannedUntil = now + 5_000;
          return now < bannedUntil ? tooMany(vendor, '1') : undefined;
        },
      };
    },
  }),
];

/** Tells, each time that something happens, whether it is one too many in a second. What is too many does not count. */
function moreThan(mostPerSecond: number): (now: number) => boolean {
  let times: number[] = [];
  return (now) => {
    times = times.filter((at) => now - at < secondMs);
    if (times.length >= mostPerSecond) return true;
    times.push(now);
    return false;
  };
}

function tooMany(vendor: Vendor, retryAfter: string) {
  const error = errorAnswer(429, '53', 'Too many requests', 'Come back later');
  return vendor.habits.problem(error, { 'retry-after': retryAfter }, vendor);
}

/** The second is the sixteenth and the forty-sixth of each minute. */
function unavailable(headers: { readonly [name: string]: string }): Pick<Habits, 'instead'> {
  return {
    instead: (_asked, vendor) => {
      if (Math.floor(vendor.kernel.now() / secondMs) % 30 !== 15) return undefined;
      return vendor.habits.problem(errorAnswer(503, '5', 'Service unavailable', 'Come back later'), headers, vendor);
    },
  };
}

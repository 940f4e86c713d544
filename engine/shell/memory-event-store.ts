/** Subscriptions and outboxes that live as long as the process. */
import {
  type DeadLetter,
  type EventStore,
  eventLimits,
  type OutgoingEvent,
  type Settlement,
  type Subscription,
  type SubscriptionReport,
} from './event-store.ts';

/** A subscription with all that belongs to it. */
interface Kept {
  readonly subscription: Subscription;
  readonly waiting: OutgoingEvent[];
  readonly deadLetters: DeadLetter[];
  /** About the first that waits. */
  underWay: { readonly attempts: number; readonly nextAttemptAt?: number; readonly lastFailure?: string };
  delivered: number;
  failed: number;
  dropped: number;
  ended?: NonNullable<SubscriptionReport['ended']>;
}

export type EventLimits = { readonly [limit in keyof typeof eventLimits]: number };

/**
 * @param options.completeEffect completes an effect of the store that this one belongs to; false when there is none such.
 * @param options.limits other than the usual ones, for tests.
 */
export function memoryEventStore(
  options: { completeEffect?: (id: string) => boolean; limits?: Partial<EventLimits> } = {},
): EventStore {
  const { completeEffect = () => true } = options;
  const limits = { ...eventLimits, ...options.limits };
  const active = new Map<string, Kept>();
  const ended: Kept[] = [];

  function put(kept: Kept, event: OutgoingEvent, at: number): void {
    if (kept.waiting.length < limits.waiting) kept.waiting.push(event);
    else bury(kept, event, { at, attempts: 0, reason: `${limits.waiting} events wait for the subscriber already` });
  }

  function bury(kept: Kept, event: OutgoingEvent, why: Pick<DeadLetter, 'at' | 'attempts' | 'reason'>): void {
    const { subscription } = kept;
    kept.failed += 1;
    kept.deadLetters.push({ id: `${subscription.id}-${event.id}`, subscription, event, ...why });
    if (kept.deadLetters.length <= limits.deadLetters) return;
    kept.deadLetters.shift();
    kept.dropped += 1;
  }

  function settle(kept: Kept, event: OutgoingEvent, settlement: Settlement): void {
    const attempts = kept.underWay.attempts + 1;
    if (settlement.kind === 'postponed') {
      const { nextAttemptAt, reason } = settlement;
      kept.underWay = { attempts, nextAttemptAt, lastFailure: reason };
      return;
    }
    kept.waiting.shift();
    kept.underWay = { attempts: 0 };
    if (settlement.kind === 'delivered') kept.delivered += 1;
    else if (settlement.kind === 'given up') bury(kept, event, { attempts, ...reasonOf(settlement) });
    else end(kept, reasonOf(settlement));
  }

  /** The subscriber has said that it is gone: whatever waits for it waits in vain. */
  function end(kept: Kept, why: { at: number; reason: string }): void {
    active.delete(kept.subscription.id);
    kept.failed += kept.waiting.length + 1;
    kept.waiting.length = 0;
    kept.deadLetters.length = 0;
    kept.ended = why;
    ended.push(kept);
    if (ended.length > limits.ended) ended.shift();
  }

  function letterOf(id: string): { kept: Kept; place: number; letter: DeadLetter } | undefined {
    for (const kept of active.values()) {
      const place = kept.deadLetters.findIndex((each) => each.id === id);
      const letter = kept.deadLetters[place];
      if (letter !== undefined) return { kept, place, letter };
    }
    return undefined;
  }

  return {
    subscribe: async (subscription) => {
      const known = [...active.values()].find((kept) => isSame(kept.subscription, subscription));
      if (known !== undefined) return { known: known.subscription.id };
      if (active.size >= limits.subscriptions) return 'full';
      const nothing = { waiting: [], deadLetters: [], underWay: { attempts: 0 }, delivered: 0, failed: 0, dropped: 0 };
      active.set(subscription.id, { subscription, ...nothing });
      return 'stored';
    },
    unsubscribe: async (id) => active.delete(id),
    listenersOf: async (api) => {
      const listeners: Subscription[] = [];
      for (const { subscription } of active.values()) if (subscription.api === api) listeners.push(subscription);
      return listeners;
    },
    subscriptions: async () => [...active.values(), ...ended].map(reportOf),
    append: async ({ events, at, completes }) => {
      if (completes !== undefined && !completeEffect(completes)) return 'repeated';
      for (const { subscription, event } of events) {
        const kept = active.get(subscription);
        if (kept !== undefined) put(kept, event, at);
      }
      return 'appended';
    },
    next: async (id) => {
      const kept = active.get(id);
      const event = kept?.waiting[0];
      if (kept === undefined || event === undefined) return undefined;
      const { lastFailure: _last, ...underWay } = kept.underWay;
      return { subscription: kept.subscription, event, ...underWay };
    },
    settle: async (id, eventId, settlement) => {
      const kept = active.get(id);
      const event = kept?.waiting[0];
      if (kept === undefined || event?.id !== eventId) return false;
      settle(kept, event, settlement);
      return true;
    },
    deadLetters: async () => {
      const letters = [...active.values()].flatMap(({ deadLetters }) => deadLetters);
      return letters.toSorted((one, other) => one.at - other.at);
    },
    redeliver: async (id) => {
      const found = letterOf(id);
      if (found === undefined) return undefined;
      const { kept, place, letter } = found;
      if (kept.waiting.length >= limits.waiting) return 'full';
      kept.deadLetters.splice(place, 1);
      kept.waiting.push(letter.event);
      return 'appended';
    },
    removeDeadLetter: async (id) => {
      const found = letterOf(id);
      found?.kept.deadLetters.splice(found.place, 1);
      return found !== undefined;
    },
  };
}

function isSame(one: Subscription, other: Subscription): boolean {
  return one.api === other.api && one.callback === other.callback && one.query === other.query;
}

function reasonOf({ at, reason }: { readonly at: number; readonly reason: string }): { at: number; reason: string } {
  return { at, reason };
}

function reportOf({ subscription, waiting, deadLetters, underWay, ended, ...counts }: Kept): SubscriptionReport {
  const { delivered, failed, dropped } = counts;
  return {
    ...subscription,
    waiting: waiting.length,
    ...underWay,
    delivered,
    failed,
    deadLetters: deadLetters.length,
    deadLettersDropped: dropped,
    ...(ended === undefined ? {} : { ended }),
  };
}

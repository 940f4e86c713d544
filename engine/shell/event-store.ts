/**
 * The port behind which it is kept who listens, and what has still to be told them. Every implementation passes
 * `test/engine/shell/event-store-contract`.
 *
 * Each subscription has an outbox: events in the order in which they came, of which the first is under way, and the others
 * wait for it. What could not be delivered is a dead letter.
 */
import type { JsonObject } from '../model/json.ts';
import type { Instant } from '../model/order.ts';

export interface Subscription {
  readonly id: string;
  /** The API whose hub it was made at. */
  readonly api: string;
  /** Without a slash at its end. */
  readonly callback: string;
  /** A TMF630 filter on the event; everything when absent. */
  readonly query?: string;
  readonly since: Instant;
}

export interface OutgoingEvent {
  /** The same in every attempt and for every subscriber: by it they know a repetition. */
  readonly id: string;
  readonly type: string;
  /** Below the callback. */
  readonly listenerPath: string;
  readonly body: JsonObject;
}

/** The first event of an outbox. */
export interface NextDelivery {
  readonly subscription: Subscription;
  readonly event: OutgoingEvent;
  /** How often it has been tried. */
  readonly attempts: number;
  /** When it may be tried again; at once, when absent. */
  readonly nextAttemptAt?: Instant;
}

/** What became of an attempt to deliver the first event of an outbox. */
export type Settlement =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'postponed'; readonly nextAttemptAt: Instant; readonly reason: string }
  | { readonly kind: 'given up'; readonly at: Instant; readonly reason: string }
  /** Nobody wants to hear anything there any more. */
  | { readonly kind: 'gone'; readonly at: Instant; readonly reason: string };

export interface DeadLetter {
  /** Says subscription and event, so that an event that fails again has the same id again. */
  readonly id: string;
  readonly subscription: Subscription;
  readonly event: OutgoingEvent;
  readonly at: Instant;
  /** 0 for one that was never tried. */
  readonly attempts: number;
  readonly reason: string;
}

export interface SubscriptionReport extends Subscription {
  /** Events in its outbox. */
  readonly waiting: number;
  /** Attempts at the first of them. */
  readonly attempts: number;
  readonly nextAttemptAt?: Instant;
  /** Why the last attempt at the first of them failed. */
  readonly lastFailure?: string;
  /** Counted since it was made; an event counts again when it is delivered again. */
  readonly delivered: number;
  readonly failed: number;
  readonly deadLetters: number;
  /** Dead letters that made room for later ones. */
  readonly deadLettersDropped: number;
  /** Set once it is over because the subscriber said that it is gone. It is kept to be looked at, with nothing in it. */
  readonly ended?: { readonly at: Instant; readonly reason: string };
}

/** K5: nothing of this grows without end. */
export const eventLimits = {
  /** More would only hide that somebody subscribes again and again; fewer could keep an honest listener out. */
  subscriptions: 200,
  /**
   * More takes more memory while a subscriber is away, some 10 KB an event; fewer are soon full while many orders are on
   * their way. What comes when it is full is a dead letter.
   */
  waiting: 10_000,
  /** Of one subscription. More are more than anybody reads; fewer are gone before anybody has seen them. */
  deadLetters: 1_000,
  /** Subscriptions that are over and can still be looked at. */
  ended: 100,
} as const;

/** One event on its way to those who want to hear of it; each may want to see another part of it. */
export interface Append {
  readonly events: readonly { readonly subscription: string; readonly event: OutgoingEvent }[];
  readonly at: Instant;
  /** The effect that it comes of: both are stored together, so that no event is appended twice or not at all. */
  readonly completes?: string;
}

export interface EventStore {
  /** `known` when there is one of that API with the same callback and query, `full` when there are too many: then it was not stored. */
  subscribe(subscription: Subscription): Promise<'stored' | 'full' | { readonly known: string }>;
  /** Forgets it, with its outbox and its dead letters. False when there is none, or it is over. */
  unsubscribe(id: string): Promise<boolean>;
  /** Those at the hub of one API that are not over, in the order in which they were made. */
  listenersOf(api: string): Promise<readonly Subscription[]>;
  /** All, in the order in which they were made; those that are over stand last. */
  subscriptions(): Promise<readonly SubscriptionReport[]>;
  /**
   * Puts an event into outboxes, behind what waits there; subscriptions that there are no more are passed over. `repeated`
   * when the effect that it completes is not to be performed any more: then nothing was stored.
   */
  append(append: Append): Promise<'appended' | 'repeated'>;
  next(subscription: string): Promise<NextDelivery | undefined>;
  /** False when that event is not the first of that outbox any more: then nothing was stored. */
  settle(subscription: string, event: string, settlement: Settlement): Promise<boolean>;
  /** The oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Puts a dead letter into the outbox again, behind what waits there. `full` when there is no room: then it stays. */
  redeliver(id: string): Promise<'appended' | 'full' | undefined>;
  /** False when there is none. */
  removeDeadLetter(id: string): Promise<boolean>;
}

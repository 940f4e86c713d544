/** When an event that could not be delivered is tried again, and when no more. */
import type { Instant } from '../model/order.ts';

/** What became of one attempt to tell a subscriber. */
export type Attempt =
  | { readonly kind: 'delivered' }
  /** It will not take this event, however often it is told. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may take it later. @property retryAfterMs how long it wants to be left alone. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'gone'; readonly reason: string };

export const retries = {
  /**
   * More, and an event that nobody can take holds up those behind it for longer; fewer, and a subscriber that is away for an
   * evening finds dead letters instead of its events. With the waits below, these take four and a half hours.
   */
  attempts: 60,
  /** Longer, and a hiccup is felt; shorter, and a subscriber that has just fallen is hit while it gets up. Doubled each time. */
  firstMs: 1_000,
  /** Longer, and a subscriber that is back waits for its news; shorter, and one that stays away is asked for nothing. */
  longestMs: 300_000,
  /** On top, by lot, so that many that failed together do not come back together (K4); less spreads them too little. */
  jitter: 0.2,
  /**
   * What a subscriber may ask for by Retry-After. Longer, and a slip of its pen stops its events for good; shorter, and one
   * that is closed for the night is asked all the same.
   */
  longestAskedMs: 12 * 60 * 60_000,
} as const;

/**
 * @param attempts how many there were, the one that has just failed among them.
 * @param lot from 0 to 1.
 * @returns the instant of the next attempt; undefined when there is to be none.
 */
export function nextAttemptAt(
  failed: Extract<Attempt, { kind: 'failed' }>,
  { attempts, now, lot }: { attempts: number; now: Instant; lot: number },
): Instant | undefined {
  if (attempts >= retries.attempts) return undefined;
  const backOffMs = Math.min(retries.firstMs * 2 ** (attempts - 1), retries.longestMs);
  const askedMs = Math.min(failed.retryAfterMs ?? 0, retries.longestAskedMs);
  return now + Math.max(Math.round(backOffMs * (1 + retries.jitter * lot)), askedMs);
}

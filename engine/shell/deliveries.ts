/**
 * Delivers what waits in the outboxes.
 *
 * D1  One subscription gets one event at a time, in the order of its outbox; the next goes out when the one before is
 *     delivered, or given up.
 * D2  Subscriptions do not wait for each other, and no step waits for any of them.
 * D3  An event leaves its outbox only once it is known what became of it: whoever dies meanwhile delivers it again.
 * D4  Once a subscription has ended, nothing is sent for it any more.
 */
import type { Instant, Kernel } from '../../kernel/kernel.ts';
import type { Append, EventStore, NextDelivery, OutgoingEvent, Settlement, Subscription } from './event-store.ts';
import { type Attempt, nextAttemptAt } from './retry.ts';

/** The kernel's address for subscribers that are to be tried again. */
const address = 'engine.delivery';

/** Tells a subscriber of an event. Never rejects for a reason of the world's. To be used inside a call (K7). */
export type TellSubscriber = (subscription: Subscription, event: OutgoingEvent) => Promise<Attempt>;

/** Where the outboxes are. Looked up each time, so that whoever puts another store in its place is heard. */
export interface StoreOfEvents {
  readonly events: EventStore;
}

export class Deliveries {
  readonly #kernel: Kernel;
  readonly #store: StoreOfEvents;
  readonly #tell: TellSubscriber;
  /** By id, the subscriptions that something is done for: `resting` until their next attempt. */
  readonly #work = new Map<string, 'busy' | 'resting'>();
  /** Those for which something came while they were busy. */
  readonly #again = new Set<string>();
  readonly #awaitingCalm = new Set<() => void>();
  #abandoned = false;

  constructor({ kernel, store, tell }: { kernel: Kernel; store: StoreOfEvents; tell: TellSubscriber }) {
    this.#kernel = kernel;
    this.#store = store;
    this.#tell = tell;
    kernel.handle(address, ({ data }) => this.#begin(String(data)));
  }

  /** Goes on with what an earlier run on the same store left undone. */
  async resume(): Promise<void> {
    for (const { id, waiting } of await this.#store.events.subscriptions()) if (waiting > 0) this.wake(id);
  }

  /** Puts an event into outboxes, and has it delivered from there; what becomes of that is not waited for (D2). */
  async append(append: Append): Promise<void> {
    if (this.#abandoned || (await this.#store.events.append(append)) === 'repeated') return;
    for (const { subscription } of append.events) this.wake(subscription);
  }

  /** Something has come into that outbox. One that rests until its next attempt goes on resting. */
  wake(subscription: string): void {
    if (this.#abandoned) return;
    const work = this.#work.get(subscription);
    if (work === undefined) this.#begin(subscription);
    else if (work === 'busy') this.#again.add(subscription);
  }

  /** That subscription has ended: from now on nothing is sent for it, and what becomes of what is under way is not asked (D4). */
  end(subscription: string): void {
    this.#work.delete(subscription);
    this.#again.delete(subscription);
    this.#kernel.cancel(itemId(subscription));
    this.#tellCalm();
  }

  /**
   * Settles when nothing is being delivered, or when that has taken too long. Events that wait for another attempt, or come
   * in the meantime, are not waited for.
   */
  async calm(longestMs: number): Promise<void> {
    if (this.#isCalm()) return;
    const limit = this.#kernel.alarm(this.#kernel.now() + longestMs);
    const { promise: calmed, resolve } = Promise.withResolvers<void>();
    this.#awaitingCalm.add(resolve);
    await Promise.race([calmed, limit.rung]);
    this.#awaitingCalm.delete(resolve);
    limit.cancel();
  }

  /** As if the process had died: nothing that comes back is taken. */
  abandon(): void {
    this.#abandoned = true;
    this.#work.clear();
    this.#again.clear();
    this.#kernel.forget(address);
  }

  #begin(subscription: string): void {
    this.#work.set(subscription, 'busy');
    this.#kernel.call(`${itemId(subscription)}/attempt`, () => this.#deliverNext(subscription));
  }

  async #deliverNext(subscription: string): Promise<void> {
    this.#again.delete(subscription);
    const next = await this.#store.events.next(subscription);
    if (!this.#work.has(subscription)) return;
    if (next === undefined) this.#rest(subscription);
    else if ((next.nextAttemptAt ?? 0) > this.#kernel.now()) this.#restUntil(subscription, next.nextAttemptAt ?? 0);
    else await this.#deliver(next);
  }

  async #deliver(next: NextDelivery): Promise<void> {
    const { id } = next.subscription;
    const attempt = await this.#tell(next.subscription, next.event);
    if (!this.#work.has(id)) return;
    const settlement = this.#settlementOf(attempt, next.attempts + 1);
    await this.#store.events.settle(id, next.event.id, settlement);
    if (!this.#work.has(id)) return;
    if (settlement.kind === 'postponed') this.#restUntil(id, settlement.nextAttemptAt);
    else if (settlement.kind === 'gone') this.end(id);
    else this.#begin(id);
  }

  #settlementOf(attempt: Attempt, attempts: number): Settlement {
    const at = this.#kernel.now();
    switch (attempt.kind) {
      case 'delivered':
        return attempt;
      case 'gone':
        return { ...attempt, at };
      case 'refused':
        return { kind: 'given up', at, reason: attempt.reason };
      case 'failed': {
        const lot = this.#kernel.chance('delivery.retry').fraction();
        const again = nextAttemptAt(attempt, { attempts, now: at, lot });
        return again === undefined
          ? { kind: 'given up', at, reason: `${attempt.reason}, ${attempts} times` }
          : { kind: 'postponed', nextAttemptAt: again, reason: attempt.reason };
      }
    }
  }

  /** Nothing waits; unless something has come since that was looked at. */
  #rest(subscription: string): void {
    if (this.#again.delete(subscription)) {
      this.#begin(subscription);
      return;
    }
    this.#work.delete(subscription);
    this.#tellCalm();
  }

  #restUntil(subscription: string, due: Instant): void {
    this.#work.set(subscription, 'resting');
    this.#kernel.schedule({ id: itemId(subscription), to: address, due, data: subscription });
    this.#tellCalm();
  }

  #isCalm(): boolean {
    return [...this.#work.values()].every((work) => work === 'resting');
  }

  #tellCalm(): void {
    if (this.#awaitingCalm.size === 0 || !this.#isCalm()) return;
    for (const tell of this.#awaitingCalm) tell();
    this.#awaitingCalm.clear();
  }
}

function itemId(subscription: string): string {
  return `${address}/${subscription}`;
}

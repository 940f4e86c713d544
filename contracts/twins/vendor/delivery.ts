/**
 * Events on their way to subscribers. Deliveries of one lane wait for each other: the next is sent when the one before was
 * answered, or given up. Lanes know nothing of each other, so a slow subscriber holds up nobody else.
 */
import { jsonBody } from '../../../exchange/message.ts';
import type { Vendor } from './habits.ts';
import type { Change, Delivery } from './words.ts';

interface Lane {
  readonly number: number;
  readonly waiting: Delivery[];
}

export class Deliveries {
  readonly #vendor: Vendor;
  readonly #lanes = new Map<string, Lane>();
  readonly #byNumber = new Map<number, string>();
  #count = 0;

  constructor(vendor: Vendor) {
    this.#vendor = vendor;
    vendor.kernel.handle(this.#address, ({ data }) => {
      const { lane } = data as { lane: number }; // from `#sendAt`
      this.#send(lane);
    });
  }

  /** Tells every subscriber whom it concerns. */
  tell(change: Change): void {
    const { habits, kernel, subscriptions } = this.#vendor;
    for (const announcement of habits.announcements(change, this.#vendor)) {
      const event = habits.eventOf(announcement, this.#vendor);
      for (const subscription of [...subscriptions.values()]) {
        if (!habits.hears(subscription, event, this.#vendor)) continue;
        for (let time = habits.times(event, subscription, this.#vendor); time > 0; time -= 1) {
          const { orderId } = announcement.change;
          this.#add({ subscription, event, orderId, announcedAt: kernel.now(), attempts: 0 });
        }
      }
    }
  }

  get #address(): string {
    return `${this.#vendor.address}.deliveries`;
  }

  #add(delivery: Delivery): void {
    const name = this.#vendor.habits.laneOf(delivery, this.#vendor);
    const lane = this.#lanes.get(name) ?? this.#newLane(name);
    lane.waiting.push(delivery);
    if (lane.waiting.length === 1) this.#sendAt(lane, this.#dueOf(delivery));
  }

  #newLane(name: string): Lane {
    this.#count += 1;
    const lane = { number: this.#count, waiting: [] };
    this.#lanes.set(name, lane);
    this.#byNumber.set(lane.number, name);
    return lane;
  }

  #dueOf(delivery: Delivery): number {
    return delivery.announcedAt + this.#vendor.habits.deliverAfterMs(delivery, this.#vendor);
  }

  #sendAt({ number }: Lane, due: number): void {
    const { kernel } = this.#vendor;
    kernel.schedule({ id: `${this.#address}/${number}`, to: this.#address, due, data: { lane: number } });
  }

  #send(number: number): void {
    const lane = this.#lanes.get(this.#byNumber.get(number) ?? '');
    const [delivery] = lane?.waiting ?? [];
    if (lane === undefined || delivery === undefined) return;
    const { habits, kernel, address } = this.#vendor;
    if (habits.isWanted(delivery, this.#vendor)) {
      kernel.call(`${address} tells ${delivery.subscription.callback}`, () => this.#attempt(lane, delivery));
    } else this.#next(lane);
  }

  async #attempt(lane: Lane, delivery: Delivery): Promise<void> {
    const { habits, kernel, world } = this.#vendor;
    const url = habits.addressOf(delivery, this.#vendor);
    const headers = habits.callbackHeaders(delivery, this.#vendor);
    const body = jsonBody(habits.sent(delivery, this.#vendor));
    const outcome = await world.client.send(
      { method: 'POST', url, headers, body },
      { timeoutMs: habits.pace.listener, trustsAnyone: habits.trustsAnyone(delivery, this.#vendor) },
    );
    delivery.attempts += 1;
    const retryMs = habits.isDelivered(outcome) ? undefined : habits.retryAfterMs(delivery.attempts);
    if (retryMs === undefined) this.#next(lane);
    else this.#sendAt(lane, kernel.now() + retryMs);
  }

  #next(lane: Lane): void {
    lane.waiting.shift();
    const [following] = lane.waiting;
    if (following !== undefined) this.#sendAt(lane, Math.max(this.#vendor.kernel.now(), this.#dueOf(following)));
    else {
      this.#lanes.delete(this.#byNumber.get(lane.number) ?? '');
      this.#byNumber.delete(lane.number);
    }
  }
}

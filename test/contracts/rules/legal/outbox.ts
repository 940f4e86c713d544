/** Delivery as a legal vendor does it: to everybody who listens, in order for each order, again until taken, and at times once more. */
import type { Chance } from '../../../../kernel/chance.ts';
import type { Timeline } from './timeline.ts';

export interface Listener {
  readonly name: string;
  readonly id: string;
  readonly eventType?: string;
  /** Events go to the callback itself, or to the listener below it that their type names. */
  readonly isBelow: boolean;
  /** Of so many deliveries it refuses one. */
  readonly refuses: number;
  hasLeft: boolean;
}

export interface Outbox {
  readonly listeners: Listener[];
  announce(order: string, eventType: string, content: object): void;
}

/** So likely an event that was taken is delivered again all the same. */
const repeated = 0.12;

export function openOutbox(timeline: Timeline, chance: Chance, options: { readonly clockMs: number }): Outbox {
  const listeners: Listener[] = [];
  const waiting = new Map<string, { readonly events: object[]; isUnderWay: boolean }>();

  function deliver(listener: Listener, event: object, taken: () => void): void {
    if (listener.hasLeft) return;
    const { eventType } = event as { eventType: string }; // as announce makes it
    const below = listener.isBelow ? `/listener/${eventType.charAt(0).toLowerCase()}${eventType.slice(1)}` : '';
    const isRefused = chance.fraction() < listener.refuses;
    timeline.exchange(
      'vendor',
      { method: 'POST', path: `/events/${listener.name}${below}`, body: event },
      { there: chance.between(0, 15), back: chance.between(0, 25) },
      () => (isRefused ? { status: 503, headers: { 'retry-after': '1' } } : { status: chance.pick([201, 204, 200]) }),
      () => {
        if (isRefused) timeline.after(chance.between(5, 60), () => deliver(listener, event, taken));
        else taken();
      },
    );
  }

  function next(listener: Listener, queue: { readonly events: object[]; isUnderWay: boolean }): void {
    const event = queue.events.shift();
    queue.isUnderWay = event !== undefined;
    if (event === undefined) return;
    deliver(listener, event, () => {
      if (chance.fraction() < repeated) {
        timeline.after(chance.between(0, 200), () => deliver(listener, event, () => undefined));
      }
      timeline.after(chance.between(0, 10), () => next(listener, queue));
    });
  }

  return {
    listeners,
    announce: (order, eventType, content) => {
      const eventTime = new Date(timeline.now - (timeline.now % options.clockMs)).toISOString();
      // As it is now: what changes before it is delivered is not in it.
      const event = structuredClone({ eventId: `event-${chance.hex(8)}`, eventTime, eventType, ...content });
      for (const listener of listeners) {
        if (listener.hasLeft || (listener.eventType ?? eventType) !== eventType) continue;
        const key = `${listener.name} ${order}`;
        const queue = waiting.get(key) ?? { events: [], isUnderWay: false };
        waiting.set(key, queue);
        queue.events.push(event);
        if (!queue.isUnderWay) timeline.after(chance.between(0, 8), () => next(listener, queue));
        queue.isUnderWay = true;
      }
    },
  };
}

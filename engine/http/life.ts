/** How an engine begins and ends, with all of its parts that do something by themselves. */

import type { Deliveries } from '../shell/deliveries.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { EventSubscriptions } from './event-subscriptions.ts';
import type { Questions } from './qualification/questions.ts';

export interface EngineLife {
  /**
   * Subscribes to the events of its targets, and performs what an earlier run on the same store left undone; events that were
   * not delivered are.
   */
  start(): Promise<void>;
  /**
   * Ends its subscriptions, where it will not be reached any more, and waits for events that are being delivered, though no
   * longer than five seconds. Everything else goes on.
   */
  stop(): Promise<void>;
  /** As if its process had died at this moment. Another engine on the same store goes on where it was. */
  abandon(): void;
}

/** Longer, and whoever ends it thinks that it hangs; shorter, and events are lost that were on the point of arriving. */
const longestFarewellMs = 5_000;

export function lifeOf(parts: {
  subscriptions: EventSubscriptions;
  mailbox: Mailbox;
  questions: Questions;
  deliveries: Deliveries;
}): EngineLife {
  const { subscriptions, mailbox, questions, deliveries } = parts;
  return {
    start: async () => {
      subscriptions.start();
      await mailbox.recover();
      await deliveries.resume();
    },
    stop: async () => {
      await Promise.all([subscriptions.stop(), deliveries.calm(longestFarewellMs)]);
    },
    abandon: () => {
      for (const part of [subscriptions, deliveries, mailbox, questions]) part.abandon();
    },
  };
}

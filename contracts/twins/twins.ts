/** Every twin: the conformant vendor, the unusual ones that are legal, and the faulty ones. */
import { cancelRefusalTwins } from './faulty/cancel/refusals.ts';
import { cancelTaskTwins } from './faulty/cancel/tasks.ts';
import { createTwins } from './faulty/create/create.ts';
import { intakeTwins } from './faulty/create/intake.ts';
import { announcingTwins } from './faulty/events/announcing.ts';
import { deliveringTwins } from './faulty/events/delivering.ts';
import { hubTwins } from './faulty/events/hub.ts';
import { sayingTwins } from './faulty/events/saying.ts';
import { eventTwins } from './faulty/events.ts';
import { factTwins } from './faulty/facts.ts';
import { lifeEndTwins } from './faulty/life/ends.ts';
import { lifeMoveTwins } from './faulty/life/moves.ts';
import { lifeTwins } from './faulty/life.ts';
import { messageTwins } from './faulty/messages.ts';
import { patchTwins } from './faulty/patch/patches.ts';
import { patchWriteTwins } from './faulty/patch/writes.ts';
import { filterTwins } from './faulty/queries/filters.ts';
import { listTwins } from './faulty/queries/lists.ts';
import { operationTwins } from './faulty/queries/operations.ts';
import { runningTwins } from './faulty/running/running.ts';
import { timeTwins } from './faulty/running/times.ts';
import { legalEventTwins } from './legal/events.ts';
import { legalMessageTwins } from './legal/messages.ts';
import { legalOperationTwins } from './legal/operations.ts';
import { legalOrderTwins } from './legal/orders.ts';
import { legalQueryTwins } from './legal/queries.ts';
import type { Twin } from './twin.ts';
import { conformant } from './vendor/conformant.ts';

export const twins: readonly Twin[] = [
  conformant,
  ...legalMessageTwins,
  ...legalOperationTwins,
  ...legalOrderTwins,
  ...legalQueryTwins,
  ...legalEventTwins,
  ...messageTwins,
  ...factTwins,
  ...createTwins,
  ...intakeTwins,
  ...listTwins,
  ...filterTwins,
  ...operationTwins,
  ...runningTwins,
  ...timeTwins,
  ...patchTwins,
  ...patchWriteTwins,
  ...cancelTaskTwins,
  ...cancelRefusalTwins,
  ...lifeTwins,
  ...lifeMoveTwins,
  ...lifeEndTwins,
  ...hubTwins,
  ...eventTwins,
  ...announcingTwins,
  ...sayingTwins,
  ...deliveringTwins,
];

/** Every twin. */
import { eventTwins } from './faulty/events.ts';
import { lifeTwins } from './faulty/life.ts';
import { messageTwins } from './faulty/messages.ts';
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
  ...lifeTwins,
  ...eventTwins,
];

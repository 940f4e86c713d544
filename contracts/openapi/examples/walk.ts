/**
 * The walk through every API: its examples in the order in which they can be sent to an order management with the broadband
 * catalogue, a SOM, and an inventory system that answers later.
 */
import { amending } from './amending.ts';
import { asking } from './asking.ts';
import { ending } from './ending.ts';
import type { Example } from './example.ts';
import { fifthVersion } from './fifth-version.ts';
import { listening } from './listening.ts';
import { living } from './living.ts';
import { operating } from './operating.ts';
import { ordering } from './ordering.ts';
import { providing } from './providing.ts';
import { reading } from './reading.ts';
import { revising } from './revising.ts';

export const walk: readonly Example[] = [
  ...ordering,
  ...operating,
  ...living,
  ...asking,
  ...providing,
  ...reading,
  ...listening,
  ...ending,
  ...revising,
  ...amending,
  ...fifthVersion,
];

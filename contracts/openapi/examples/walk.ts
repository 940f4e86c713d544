/**
 * The walk through every API: its examples in the order in which they can be sent to an order management with the broadband
 * catalogue, a SOM, and an inventory system that answers later.
 */
import { asking } from './asking.ts';
import { ending } from './ending.ts';
import type { Example } from './example.ts';
import { listening } from './listening.ts';
import { living } from './living.ts';
import { operating } from './operating.ts';
import { ordering } from './ordering.ts';
import { reading } from './reading.ts';
import { revising } from './revising.ts';

export const walk: readonly Example[] = [
  ...ordering,
  ...operating,
  ...living,
  ...asking,
  ...reading,
  ...listening,
  ...ending,
  ...revising,
];

/** Makes a twin of the conformant vendor by saying what it does otherwise. */
import type { Claims } from '../claims.ts';
import type { Twin } from '../twin.ts';
import { conformantHabits, usualBasePath } from './defaults/conformant.ts';
import { specifications } from './defaults/course.ts';
import type { Habits } from './habits.ts';
import { openVendor } from './vendor.ts';

/** What a twin is described by. */
export interface TwinWords extends Omit<Twin, 'claims' | 'basePath' | 'open'> {
  /** By default those of the conformant vendor. */
  readonly claims?: Claims;
  /**
   * The habits it has in place of the conformant ones. A function is called once for each opening: what a habit remembers
   * (how many, which last) belongs in there.
   */
  readonly habits: Partial<Habits> | (() => Partial<Habits>);
}

export const conformantClaims: Claims = {
  offers: { cancel: true, hub: true, patch: true, delete: true, paging: true, filters: true, fields: true, sort: true },
  specifications: [
    { id: 'internet-access', name: 'Internet access' },
    { id: specifications.held, name: 'Held for a while, then resumed', leadsTo: 'held' },
    { id: specifications.pending, name: 'Waits for a note', leadsTo: 'pending' },
    { id: specifications.rejected, name: 'Rejected by business validation', leadsTo: 'rejected' },
    { id: specifications.failed, name: 'Cannot be delivered', leadsTo: 'failed' },
    { id: specifications.denied, name: 'Cannot be cancelled', leadsTo: 'denied' },
  ],
  idempotencyKey: 'externalId',
  answersWithin: 'PT1S',
  completesWithin: 'PT90S',
  cancelsWithin: 'PT5S',
  events: {
    delivery: 'at-least-once',
    ordered: true,
    within: 'PT1S',
    redeliveredWithin: 'PT10S',
    credentialsHeader: 'authorization',
  },
  load: { orders: 50, perSecond: 20, answersWithin: 'PT1S', announcedWithin: 'PT2S' },
};

export function twinOf({ habits, claims = conformantClaims, ...words }: TwinWords): Twin {
  const { basePath } = typeof habits === 'function' ? habits() : habits;
  return {
    ...words,
    claims,
    ...(basePath === undefined || basePath === usualBasePath ? {} : { basePath }),
    open: (world) => {
      const own = typeof habits === 'function' ? habits() : habits;
      return openVendor(words.name, claims, { ...conformantHabits, ...own }, world);
    },
  };
}

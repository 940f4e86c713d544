/** Capability statements that differ from the conformant vendor's in a few words. */
import type { Claims } from '../claims.ts';
import { conformantClaims } from './twin-of.ts';

/** Without the operations, and without what only they lead to. */
export function without(
  ...operations: readonly ('cancel' | 'hub' | 'patch' | 'delete' | 'paging' | 'filters' | 'fields' | 'sort')[]
): Claims {
  const { offers, specifications = [], cancelsWithin, events, load, ...rest } = conformantClaims;
  const cancels = !operations.includes('cancel');
  const tells = !operations.includes('hub');
  return {
    ...rest,
    offers: { ...offers, ...Object.fromEntries(operations.map((operation) => [operation, false])) },
    specifications: specifications.filter(({ leadsTo }) => cancels || leadsTo !== 'denied'),
    ...(cancels && cancelsWithin !== undefined ? { cancelsWithin } : {}),
    ...(tells && events !== undefined ? { events } : {}),
    ...(tells && load !== undefined ? { load } : {}),
  };
}

/** Says otherwise of its events. */
export function withEvents(events: Claims['events']): Claims {
  return { ...conformantClaims, events: { ...conformantClaims.events, ...events } };
}

/** Says nothing of what it can bear. */
export function withoutLoad(): Claims {
  const { load: _load, ...rest } = conformantClaims;
  return rest;
}

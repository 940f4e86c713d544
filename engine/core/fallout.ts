/** The world failed: a record of it, and what it concerns is put on hold until it is resolved. */
import type { Fallout } from '../model/order.ts';
import type { Draft } from './draft.ts';

/** @param about.requestId given when every service order of a request is concerned, not one alone. */
export function openFallout(
  draft: Draft,
  about: { domainOrder: string; requestId?: string; type: string; description: string },
): void {
  const fallout: Fallout = {
    ...about,
    id: draft.id(),
    number: draft.number('FALLOUT'),
    state: 'open',
    createdAt: draft.at,
  };
  draft.fallouts.put(fallout);
  draft.born('fallout', fallout.id, fallout.number, fallout.state);
  draft.note(`A fallout record ${fallout.number} has been created: ${fallout.description}`, about.domainOrder);
}

/** Puts the domain order on hold, unless it is already, or is past it. */
export function hold(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state === 'in_progress') draft.moveDomainOrder(domainOrder, ['hold']);
}

export function release(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state === 'on_hold') draft.moveDomainOrder(domainOrder, ['release']);
}

/** Resolves the open fallouts that match: their cause is gone. */
export function resolveFallouts(draft: Draft, matches: (fallout: Fallout) => boolean): void {
  for (const fallout of draft.fallouts.all) {
    const open = fallout.state !== 'resolved' && fallout.state !== 'closed_complete' && fallout.state !== 'canceled';
    if (!open || !matches(fallout)) continue;
    draft.moveFallout(fallout, 'resolved', 'causeCleared');
    draft.note(`Fallout ${fallout.number} resolved: its cause is gone`, fallout.domainOrder);
  }
}

/** The world failed: a record of it, and what it concerns is put on hold until it is resolved. */
import type { Fallout } from '../model/order.ts';
import { undecidedAbout } from './cancellation/standing.ts';
import type { Draft } from './draft.ts';
import { holdTasks, keepTasksHeld, resumeTasks } from './tasks/progress.ts';

/** Writes it down, and puts what it holds on hold. */
export function openFallout(
  draft: Draft,
  about: Pick<Fallout, 'domainOrder' | 'requestId' | 'task' | 'tree' | 'holds' | 'type' | 'cause' | 'description'>,
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
  for (const id of about.holds) holdFor(draft, id);
}

/** What is in progress stops; what has not begun, or is over, stays as it is. */
export function holdFor(draft: Draft, id: string): void {
  const { heldFor, ...domainOrder } = draft.domainOrders.get(id);
  // From now on more than an assessment keeps it on hold.
  if (heldFor !== undefined) draft.domainOrders.put(domainOrder);
  if (domainOrder.state !== 'in_progress') return;
  draft.moveDomainOrder(domainOrder, ['hold']);
  holdTasks(draft, id);
}

/**
 * Lets a domain order go on, unless something still holds it: all of that has to be resolved. That others of its request
 * are overdue is not its affair.
 */
export function releaseIfClear(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state !== 'on_hold') return;
  const holds = (fallout: Fallout) => isOpen(fallout) && fallout.cause !== 'overdue' && fallout.holds.includes(id);
  if (domainOrder.heldFor !== undefined || draft.fallouts.all.some(holds)) return;
  const heldFor = undecidedAbout(draft, domainOrder.line);
  if (heldFor !== undefined) {
    draft.domainOrders.put({ ...domainOrder, heldFor });
    keepTasksHeld(draft, id, heldFor);
    return;
  }
  draft.moveDomainOrder(domainOrder, ['release']);
  resumeTasks(draft, id);
}

export function isOpen({ state }: Fallout): boolean {
  return state !== 'resolved' && state !== 'closed_complete' && state !== 'canceled';
}

/** Resolves the open fallouts that match: their cause is gone. */
export function resolveFallouts(draft: Draft, matches: (fallout: Fallout) => boolean): void {
  for (const fallout of draft.fallouts.all) if (isOpen(fallout) && matches(fallout)) resolve(draft, fallout);
}

/**
 * These service orders are seen to. What is open about them is resolved, unless it holds others as well: for those it
 * stays, since nobody else says why they are held.
 */
export function settleFallouts(
  draft: Draft,
  seenTo: ReadonlySet<string>,
  matches: (fallout: Fallout) => boolean = () => true,
): void {
  for (const fallout of draft.fallouts.all) {
    const { domainOrder, holds } = fallout;
    const concerns = seenTo.has(domainOrder) || holds.some((id) => seenTo.has(id));
    if (!isOpen(fallout) || !concerns || !matches(fallout)) continue;
    const left = holds.filter((id) => !seenTo.has(id));
    const [next] = left;
    if (next === undefined) resolve(draft, fallout);
    else draft.fallouts.put({ ...fallout, holds: left, domainOrder: seenTo.has(domainOrder) ? next : domainOrder });
  }
}

function resolve(draft: Draft, fallout: Fallout): void {
  draft.moveFallout(fallout, 'causeCleared');
  draft.note(`Fallout ${fallout.number} resolved: its cause is gone`, fallout.domainOrder);
}

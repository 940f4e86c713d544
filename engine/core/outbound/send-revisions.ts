/** Where nobody has to ask for it, what has changed is told to whoever has accepted it. */
import type { DomainOrder } from '../../model/order.ts';
import { undecidedAbout } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';
import { isOpen } from '../fallout.ts';
import { joiningOf, liveRecordsOf, reviseOutboundRequest } from './request.ts';

/** Not again where it was refused, nor together with what has failed and waits for somebody, or is not decided about. */
export function sendRevisions(draft: Draft): void {
  if (draft.facts.policies.revision.send === 'manual') return;
  for (const dispatch of draft.dispatches.all) {
    const { requestId, underWay, accepted } = dispatch;
    if (underWay !== undefined || accepted === undefined) continue;
    const outdated = liveRecordsOf(draft, requestId).some(({ serviceOrder }) => {
      const { updatesAvailable, ...domainOrder } = draft.domainOrders.get(serviceOrder);
      return updatesAvailable === true && isAtWork(domainOrder);
    });
    if (!outdated) continue;
    const joining = new Set(joiningOf(draft, dispatch));
    const together = [...joining, ...liveRecordsOf(draft, requestId).map(({ serviceOrder }) => serviceOrder)];
    if (together.some((id) => undecidedAbout(draft, draft.domainOrders.get(id).line) !== undefined)) continue;
    const hasFallout = draft.fallouts.all.some(
      (fallout) => isOpen(fallout) && (fallout.requestId === requestId || fallout.holds.some((id) => joining.has(id))),
    );
    if (!hasFallout) reviseOutboundRequest(draft, dispatch);
  }
}

/** What is done again is at work, whatever its state says. */
export function isAtWork({ state, redone }: Pick<DomainOrder, 'state' | 'redone'>): boolean {
  return state === 'in_progress' || (state === 'closed_complete' && redone === false);
}

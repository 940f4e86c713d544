/** What is outside, and what of it has been fulfilled there as it is wanted now. */
import { externalFulfillmentStates } from '../../model/external-state.ts';
import type { Draft } from '../draft.ts';

/** The domain orders whose latest live record says fulfilled. */
export function fulfilledOutside(draft: Draft): ReadonlySet<string> {
  const fulfilled = new Set<string>();
  for (const [serviceOrder, state] of externalFulfillmentStates(draft.outboundRequests.all)) {
    // What outside is not what is wanted any more is not there yet.
    const { updatesAvailable, redone } = draft.domainOrders.get(serviceOrder);
    if (state === 'fulfilled' && !(updatesAvailable === true && redone === false)) fulfilled.add(serviceOrder);
  }
  return fulfilled;
}

/** Ordered outside, and not in error. */
export function isOrdered(draft: Draft, serviceOrder: string): boolean {
  return (externalFulfillmentStates(draft.outboundRequests.all).get(serviceOrder) ?? 'error') !== 'error';
}

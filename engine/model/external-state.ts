/** What the records of a service order say of its external fulfilment; derived, never stored. */
import type { OutboundRequest } from './order.ts';

export type ExternalFulfillmentState = 'none' | 'pending' | 'error' | 'fulfilled';

/**
 * By service order, the state of its latest record that was not discarded; `none` until the external system has accepted
 * one. A service order without such a record is not in the map.
 */
export function externalFulfillmentStates(
  requests: readonly OutboundRequest[],
): ReadonlyMap<string, ExternalFulfillmentState> {
  const states = new Map<string, ExternalFulfillmentState>();
  for (const { serviceOrder, state } of requests) {
    if (state !== 'failed') states.set(serviceOrder, state === 'not_applicable' ? 'none' : state);
  }
  return states;
}

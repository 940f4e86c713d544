/** What has changed since the external system accepted it, and telling it so. */
import type { DomainOrder } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import type { Unfinished } from '../unfinished.ts';
import { changedItems, payloadOf, sameHeader } from './payload.ts';
import { joiningOf, liveRecordsOf } from './request.ts';

/** Marks every service order of a request of which something else would be sent now than was accepted. */
export function noteUpdates(draft: Draft, requestId: string): void {
  const accepted = draft.dispatches.find(requestId)?.accepted;
  const records = liveRecordsOf(draft, requestId);
  const [first] = records;
  if (accepted === undefined || first === undefined) return;
  const current = payloadOf(draft, first.revision, records);
  const changed = changedItems(accepted, current);
  const { root } = draft.dispatches.get(requestId);
  // What concerns the request as a whole is told with its root.
  if (!sameHeader(accepted, current) || joiningOf(draft, { requestId, root }).length > 0) changed.add(root);
  // What is on its way for the first time is told as it is.
  for (const { serviceOrder, state } of records)
    markUpdates(draft, serviceOrder, changed.has(serviceOrder) && state !== 'not_applicable');
}

function markUpdates(draft: Draft, serviceOrder: string, available: boolean): void {
  const domainOrder = draft.domainOrders.get(serviceOrder);
  if ((domainOrder.updatesAvailable === true) === available) return;
  const { updatesAvailable: _before, ...rest } = domainOrder;
  const marked: Unfinished<DomainOrder> = rest;
  if (available) marked.updatesAvailable = true;
  draft.domainOrders.put(marked);
}

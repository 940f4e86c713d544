/** A task that is held or released by hand: whoever does its work is told, by a revision. */
import type { DomainOrder } from '../../model/order.ts';
import type { OrderTask } from '../../model/tasks/task.ts';
import type { Draft } from '../draft.ts';
import { liveRecordsOf, reviseOutboundRequest } from '../outbound/request.ts';
import { noteUpdates } from '../outbound/updates.ts';

export function suspendWork(draft: Draft, { workOrder: id }: OrderTask, suspended: boolean): undefined {
  const workOrder = id === undefined ? undefined : draft.domainOrders.find(id);
  if (workOrder?.job === undefined || hasEnded(workOrder)) return undefined;
  const { suspended: _before, ...job } = workOrder.job;
  draft.domainOrders.put({ ...workOrder, job: suspended ? { ...job, suspended } : job });
  const record = draft.outboundRequests.all.findLast((each) => each.serviceOrder === id && each.state !== 'failed');
  if (record === undefined) return undefined;
  noteUpdates(draft, record.requestId);
  tellSuspension(draft, record.requestId);
  return undefined;
}

/** At once, or as soon as what is on its way has been answered. */
export function tellSuspension(draft: Draft, requestId: string): void {
  const dispatch = draft.dispatches.find(requestId);
  const [told] = dispatch?.accepted?.items ?? [];
  if (dispatch === undefined || dispatch.underWay !== undefined || told === undefined) return;
  const workOrder = draft.domainOrders.find(told.serviceOrder);
  if (workOrder === undefined || hasEnded(workOrder) || liveRecordsOf(draft, requestId).length === 0) return;
  if (told.job?.suspended !== workOrder.job?.suspended) reviseOutboundRequest(draft, dispatch);
}

function hasEnded({ state }: DomainOrder): boolean {
  return state === 'closed_complete' || state === 'canceled' || state === 'cancellation_in_progress';
}

/** How things stand with cancellations: what is being assessed, and what is wanted no longer. */

import type { DispatchCancellation } from '../../model/cancellation/cancellation.ts';
import type { DispatchCancellationEvent } from '../../model/cancellation/cancellation-table.ts';
import { dispatchCancellationTable } from '../../model/cancellation/cancellation-table.ts';
import type { DomainOrder, HeldFor, OutboundRequest } from '../../model/order.ts';
import { nextState } from '../../model/state-table.ts';
import type { Draft } from '../draft.ts';

/** What nobody has decided about yet, where that keeps the line from going on. */
export function undecidedAbout(draft: Draft, line: string): HeldFor | undefined {
  const { state } = draft.lines.get(line);
  if (state === 'assessing_cancellation') return 'cancellation';
  return state === 'revision_in_progress' ? 'revision' : undefined;
}

/** Its cancellation was approved: what was done of it is being undone, or has been. */
export function isUnwanted({ state, undone }: DomainOrder): boolean {
  return state === 'cancellation_in_progress' || undone !== undefined;
}

/** Also of what has been canceled meanwhile: what was fulfilled before keeps its record. */
export function isUnwantedRecord(draft: Draft, { serviceOrder }: OutboundRequest): boolean {
  const domainOrder = draft.domainOrders.get(serviceOrder);
  return isUnwanted(domainOrder) || domainOrder.state === 'canceled';
}

/** Something of it may still be going on outside. */
export function isOpenOutside({ state }: OutboundRequest): boolean {
  return state === 'pending' || state === 'not_applicable';
}

/** False when the table has no such move, and then nothing has changed. */
export function moveDispatchCancellation(
  draft: Draft,
  requestId: string,
  event: DispatchCancellationEvent,
  changes: Partial<DispatchCancellation> = {},
): boolean {
  const dispatch = draft.dispatches.get(requestId);
  const { cancellation } = dispatch;
  if (cancellation === undefined) return false;
  const { waits: _waits, isOverdue: _isOverdue, ...kept } = cancellation;
  const to = nextState(dispatchCancellationTable, cancellation.state, event);
  if (to === undefined) return false;
  draft.dispatches.put({ ...dispatch, cancellation: { ...kept, ...changes, state: to } });
  draft.told({ thing: 'cancellation', id: requestId, number: requestId, event, from: cancellation.state, to });
  return true;
}

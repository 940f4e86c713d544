/**
 * The systems outside are asked to stop what is wanted no longer: by a cancellation where that is all of a dispatch, by a
 * revision where it is a part. What is on its way to them comes to an end first.
 */
import type { Dispatch, FalloutCause, OutboundRequest } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import { isOpen, openFallout } from '../fallout.ts';
import { settleRequest, watchDeadline } from '../outbound/fulfillment.ts';
import { liveRecordsOf, recordsOf, retryTimer, reviseOutboundRequest } from '../outbound/request.ts';
import { isOpenOutside, isUnwantedRecord, moveDispatchCancellation } from './standing.ts';

/** Does nothing where nobody is at work on it, or has been told already. */
export function askToStop(draft: Draft, requestId: string): void {
  const unwanted = unwantedRecordsOf(draft, requestId);
  if (unwanted.length === 0 || isAsked(draft, requestId)) return;
  const isWhole = unwanted.length === liveRecordsOf(draft, requestId).length;
  const { underWay } = draft.dispatches.get(requestId);
  // What is on the wire ends first. What is tried again later leaves out by itself what is wanted no longer.
  if (underWay !== undefined && (underWay.waits === undefined || !isWhole)) return;
  if (underWay !== undefined) forgetAttempt(draft, requestId);
  const open = unwantedRecordsOf(draft, requestId).filter(({ state }) => state !== 'fulfilled');
  const [first] = open;
  if (first === undefined) return;
  if (open.some(({ state }) => state === 'not_applicable')) {
    const description = `whether ${first.target} has the order is not known: it never answered`;
    giveUpAsking(draft, requestId, 'unreachable', description);
  } else if (isWhole) {
    sendCancellation(draft, requestId);
  } else if (open.some(isOpenOutside)) {
    sendDeletion(draft, requestId);
  }
}

/** What failed is seen to by somebody, until that is settled since more is wanted no longer: then it is asked anew. */
function isAsked(draft: Draft, requestId: string): boolean {
  const { state } = draft.dispatches.get(requestId).cancellation ?? {};
  const isSeenTo = () => draft.fallouts.all.some((fallout) => isOpen(fallout) && fallout.requestId === requestId);
  return state === 'sent' || state === 'accepted' || (state === 'failed' && isSeenTo());
}

/** Those of the records that count whose service orders are being canceled. */
export function unwantedRecordsOf(draft: Draft, requestId: string): OutboundRequest[] {
  return liveRecordsOf(draft, requestId).filter((record) => isUnwantedRecord(draft, record));
}

/** An attempt that waits for its moment is not made any more. Whether one before it arrived may not be known. */
function forgetAttempt(draft: Draft, requestId: string): void {
  const { underWay, ...over } = draft.dispatches.get(requestId);
  draft.dispatches.put(over);
  draft.effect({ type: 'CancelTimer', name: retryTimer(requestId) });
  if (underWay?.operation === 'create' && underWay.isUnknown === undefined) neverSent(draft, requestId);
}

/** It refused the order, or was never reached: it has nothing to cancel. */
export function neverSent(draft: Draft, requestId: string): void {
  for (const record of unwantedRecordsOf(draft, requestId)) {
    if (!draft.moveOutboundRequest(record, 'dispatchFailed')) continue;
    draft.note(`Outbound request ${record.number} is not sent any more: it was canceled`, record.serviceOrder);
  }
}

export function sendCancellation(draft: Draft, requestId: string, attempt = 1): void {
  const [first] = unwantedRecordsOf(draft, requestId);
  if (first === undefined) return;
  const { target, externalOrderId, terms } = first;
  if (externalOrderId === undefined) {
    const description = `${target} gave the order no id, by which it could be canceled`;
    giveUpAsking(draft, requestId, 'answer', description);
    return;
  }
  const dispatch = draft.dispatches.get(requestId);
  begin(draft, dispatch, { by: 'cancellation', attempt });
  const reason = draft.header.cancellations?.findLast(({ state }) => state === 'in_progress')?.note;
  draft.effect({
    type: 'SendCancellation',
    requestId,
    attempt,
    target,
    externalOrderId,
    ...(terms.requestTimeoutMs === undefined ? {} : { timeoutMs: terms.requestTimeoutMs }),
    ...(reason === undefined ? {} : { reason }),
  });
  if (attempt === 1) draft.note(`${target} is asked to cancel order ${externalOrderId}`, first.serviceOrder);
}

/** The revision says what is still wanted; what is missing in it is deleted. */
export function sendDeletion(draft: Draft, requestId: string): void {
  const dispatch = draft.dispatches.get(requestId);
  const gone = unwantedRecordsOf(draft, requestId);
  if (gone.length === 0) {
    // What was asked to be canceled was in error, and counts no more: there is nothing left to say.
    moveDispatchCancellation(draft, requestId, 'agreed');
    return;
  }
  begin(draft, dispatch, { by: 'revision', attempt: 1 });
  for (const { target, serviceOrder } of gone)
    draft.note(`${target} is told by a revision that it is wanted no longer`, serviceOrder);
  reviseOutboundRequest(draft, draft.dispatches.get(requestId));
}

function begin(
  draft: Draft,
  dispatch: Dispatch,
  asked: { readonly by: 'cancellation' | 'revision'; readonly attempt: number },
): void {
  const { requestId } = dispatch;
  if (moveDispatchCancellation(draft, requestId, 'again', asked)) return;
  draft.dispatches.put({ ...dispatch, cancellation: { state: 'sent', ...asked } });
  draft.born('cancellation', requestId, requestId, 'sent');
}

/** Somebody has to see to it; where nothing is going on outside any more, nobody has to. */
export function giveUpAsking(draft: Draft, requestId: string, cause: FalloutCause, description: string): void {
  const [waiting] = unwantedRecordsOf(draft, requestId).filter(isOpenOutside);
  const dispatch = draft.dispatches.get(requestId);
  if (waiting === undefined) {
    moveDispatchCancellation(draft, requestId, 'agreed');
    draft.note(`${description}; nothing of it was going on there any more`, dispatch.root);
    return;
  }
  const isOverdue = cause === 'overdue' ? ({ isOverdue: true } as const) : {};
  if (dispatch.cancellation === undefined) {
    draft.dispatches.put({ ...dispatch, cancellation: { state: 'failed', by: 'cancellation', attempt: 1 } });
    draft.born('cancellation', requestId, requestId, 'failed');
  } else {
    moveDispatchCancellation(draft, requestId, dispatch.cancellation.state === 'done' ? 'again' : 'failed', isOverdue);
    moveDispatchCancellation(draft, requestId, 'failed', isOverdue);
  }
  const { falloutType: type } = waiting.terms;
  openFallout(draft, { domainOrder: waiting.serviceOrder, requestId, holds: [], type, cause, description });
}

/** Nothing of it is going on outside any more, as far as it was wanted no longer. */
export function agreed(draft: Draft, requestId: string, said: string): void {
  const before = recordsOf(draft, requestId);
  for (const record of unwantedRecordsOf(draft, requestId)) {
    if (draft.moveOutboundRequest(record, 'serviceOrderCanceled'))
      draft.note(`Outbound request ${record.number} ${said} by ${record.target}`, record.serviceOrder);
  }
  settleOutside(draft, requestId);
  watchDeadline(draft, requestId, before);
}

/** After whatever was reported: where nothing is outstanding any more, the cancellation is over. */
export function settleOutside(draft: Draft, requestId: string): undefined {
  const dispatch = draft.dispatches.find(requestId);
  const { cancellation } = dispatch ?? {};
  // A revision tells by its answer what has become of it.
  if (cancellation === undefined || (cancellation.by === 'revision' && dispatch?.underWay !== undefined))
    return undefined;
  if (unwantedRecordsOf(draft, requestId).some(isOpenOutside)) return undefined;
  if (!moveDispatchCancellation(draft, requestId, 'agreed')) return undefined;
  for (const name of [overdueTimer(requestId), retryCancellationTimer(requestId)])
    draft.effect({ type: 'CancelTimer', name });
  const isWatched = liveRecordsOf(draft, requestId).some(isOpenOutside);
  if (!isWatched) settleRequest(draft, requestId);
  return undefined;
}

export function overdueTimer(requestId: string): string {
  return `cancellationOverdue/${requestId}`;
}

export function retryCancellationTimer(requestId: string): string {
  return `retryCancellation/${requestId}`;
}

/** What the systems outside make of it: they take it, refuse it or say nothing; and what a person does about that. */
import type { CancellationOutcome, ReportCancellation, ReportCancelTask } from '../../model/cancellation/inputs.ts';
import type { DomainOrder, Fallout, OutboundRequest } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Draft } from '../draft.ts';
import { settleFallouts } from '../fallout.ts';
import { causeOfAnswer, failureText } from '../outbound/failure.ts';
import { recordsOf } from '../outbound/request.ts';
import {
  agreed,
  askToStop,
  giveUpAsking,
  overdueTimer,
  retryCancellationTimer,
  sendCancellation,
  sendDeletion,
  settleOutside,
  unwantedRecordsOf,
} from './outside.ts';
import { isOpenOutside, isUnwanted, moveDispatchCancellation } from './standing.ts';

/** Applies the outcome of one attempt. An outcome of another attempt than the one under way changes nothing. */
export function reportCancellation(draft: Draft, input: ReportCancellation): Refusal | undefined {
  const { requestId, attempt, outcome } = input;
  const dispatch = draft.dispatches.find(requestId);
  if (dispatch === undefined) return refusal('requestIdUnknown', {}, '/externalId');
  const { cancellation } = dispatch;
  const isUnderWay = cancellation?.state === 'sent' && cancellation.by === 'cancellation';
  if (!isUnderWay || cancellation.waits === true || cancellation.attempt !== attempt) return undefined;
  const isKnownAlready = outcome.kind === 'refused' && outcome.httpStatus === 409 && attempt > 1;
  if (isKnownAlready) {
    taken(draft, requestId, 'it knew of it already, from an attempt before');
    return undefined;
  }
  switch (outcome.kind) {
    case 'unsupported':
      sendDeletion(draft, requestId);
      break;
    case 'done':
      agreed(draft, requestId, 'canceled');
      break;
    case 'accepted':
      taken(draft, requestId, outcome.warning);
      break;
    case 'refused':
    case 'unanswered':
      notTaken(draft, requestId, outcome);
      break;
  }
  return undefined;
}

/** The state of the order, as it is reported, says what becomes of it. */
function taken(draft: Draft, requestId: string, warning: string | undefined): void {
  const [first] = unwantedRecordsOf(draft, requestId);
  moveDispatchCancellation(draft, requestId, 'taken');
  if (first === undefined) return;
  const lacking = warning === undefined ? '' : `; ${warning}`;
  draft.note(`${first.target} takes the cancellation${lacking}`, first.serviceOrder);
  grantTime(draft, requestId);
  settleOutside(draft, requestId);
}

function grantTime(draft: Draft, requestId: string): void {
  const waiting = unwantedRecordsOf(draft, requestId).find(isOpenOutside);
  if (waiting === undefined) return;
  const due = draft.at + waiting.terms.fulfillmentTimeoutMs;
  const timer = { kind: 'cancellationOverdue', requestId } as const;
  draft.effect({ type: 'SetTimer', name: overdueTimer(requestId), due, timer });
}

type NotTaken = Extract<CancellationOutcome, { kind: 'refused' | 'unanswered' }>;

function notTaken(draft: Draft, requestId: string, outcome: NotTaken): void {
  const dispatch = draft.dispatches.get(requestId);
  const [first] = unwantedRecordsOf(draft, requestId);
  const { cancellation } = dispatch;
  if (cancellation === undefined || first === undefined) return;
  const text = failureText(outcome);
  const mayRetry = outcome.kind === 'unanswered' || outcome.retryable;
  const { maxRetries, retryDelayMs, retryJitter } = first.terms;
  if (!mayRetry || cancellation.attempt > maxRetries) {
    const description = `${first.target} did not cancel the order: ${text}`;
    giveUpAsking(draft, requestId, causeOfAnswer(outcome, 'revise'), description);
    return;
  }
  const backOffMs = retryDelayMs * 2 ** (cancellation.attempt - 1);
  const jitteredMs = Math.round(backOffMs * (1 + retryJitter * (outcome.lot ?? 0)));
  const delayMs = Math.max(jitteredMs, outcome.kind === 'refused' ? (outcome.retryAfterMs ?? 0) : 0);
  draft.dispatches.put({ ...dispatch, cancellation: { ...cancellation, waits: true } });
  const timer = { kind: 'retryCancellation', requestId } as const;
  draft.effect({ type: 'SetTimer', name: retryCancellationTimer(requestId), due: draft.at + delayMs, timer });
  const attempt = `attempt ${cancellation.attempt} of ${maxRetries + 1}`;
  draft.note(`Cancellation: ${text} (${attempt}); tried again in ${delayMs / 1000} s`, first.serviceOrder);
}

export function retryCancellation(draft: Draft, requestId: string): void {
  const cancellation = draft.dispatches.find(requestId)?.cancellation;
  if (cancellation?.state === 'sent' && cancellation.waits === true)
    sendCancellation(draft, requestId, cancellation.attempt + 1);
}

/** It took the cancellation, and the order has not ended in the time that the policy grants. */
export function cancellationOverdue(draft: Draft, requestId: string): void {
  const [first] = unwantedRecordsOf(draft, requestId).filter(isOpenOutside);
  if (first === undefined || draft.dispatches.get(requestId).cancellation?.state !== 'accepted') return;
  const allowed = first.terms.fulfillmentTimeoutMs / 1000;
  const description = `${first.target} took the cancellation and did not report the order canceled within ${allowed} s`;
  giveUpAsking(draft, requestId, 'overdue', description);
}

/** The task that was made of the cancellation has come to an end, whatever is said of the order. */
export function reportCancelTask(draft: Draft, { requestId, outcome, reason }: ReportCancelTask): Refusal | undefined {
  const cancellation = draft.dispatches.find(requestId)?.cancellation;
  if (cancellation?.by !== 'cancellation' || (cancellation.state !== 'sent' && cancellation.state !== 'accepted'))
    return undefined;
  const [record] = recordsOf(draft, requestId);
  if (record === undefined) return undefined;
  if (outcome === 'done') askOnce(draft, record);
  else giveUpAsking(draft, requestId, 'business', `${record.target} did not cancel the order: ${reason}`);
  return undefined;
}

/** A task that is done may be another system's of the same name: the order itself knows what has become of it. */
function askOnce(draft: Draft, { requestId, target, externalOrderId, terms }: OutboundRequest): void {
  if (externalOrderId === undefined) return;
  const { requestTimeoutMs } = terms;
  const serviceOrders = unwantedRecordsOf(draft, requestId).map(({ serviceOrder }) => serviceOrder);
  const limit = requestTimeoutMs === undefined ? {} : { timeoutMs: requestTimeoutMs };
  draft.effect({ type: 'PollOutboundRequest', requestId, target, externalOrderId, serviceOrders, ...limit });
}

/** What was on its way when it was canceled has come to its end: now the outside is told. */
export function afterDispatch(draft: Draft, requestId: string): undefined {
  const cancellation = draft.dispatches.find(requestId)?.cancellation;
  if (cancellation?.by === 'revision' && cancellation.state === 'sent') return undefined;
  settleOutside(draft, requestId);
  if (draft.dispatches.find(requestId) !== undefined) askToStop(draft, requestId);
  return undefined;
}

/** What had failed before it was canceled was not asked to stop; it is when it goes on all the same. */
export function afterReport(draft: Draft, requestId: string): undefined {
  settleOutside(draft, requestId);
  if (unwantedRecordsOf(draft, requestId).some(isOpenOutside)) askToStop(draft, requestId);
  return undefined;
}

/** Somebody has seen to what kept a cancellation from being taken, or grants it more time. False: it is about none. */
export function askAgain(draft: Draft, { requestId }: Fallout): boolean {
  const cancellation = requestId === undefined ? undefined : draft.dispatches.find(requestId)?.cancellation;
  if (requestId === undefined || cancellation?.state !== 'failed') return false;
  if (cancellation.isOverdue === true) {
    moveDispatchCancellation(draft, requestId, 'moreTime');
    grantTime(draft, requestId);
  } else if (cancellation.by === 'revision') {
    sendDeletion(draft, requestId);
  } else {
    sendCancellation(draft, requestId);
  }
  return true;
}

/** Nobody waits any longer for what the outside says of it, and of what is below it. */
export function forceCancel(draft: Draft, { id, number }: DomainOrder, note: string): Refusal | undefined {
  const family = new Set([id]);
  for (const each of draft.domainOrders.all) {
    if (each.parent !== undefined && family.has(each.parent)) family.add(each.id);
  }
  const waiting = draft.outboundRequests.all.filter(
    (record) =>
      family.has(record.serviceOrder) &&
      isOpenOutside(record) &&
      isUnwanted(draft.domainOrders.get(record.serviceOrder)),
  );
  if (waiting.length === 0) {
    const why = 'nothing outside is waited for to cancel it';
    return refusal('actionNotPossible', { action: 'Force-cancel', serviceOrder: number, why, possible: 'nothing' });
  }
  for (const record of waiting) {
    const event = record.state === 'pending' ? 'serviceOrderCanceled' : 'dispatchFailed';
    draft.moveOutboundRequest(record, event);
    draft.note(`Outbound request ${record.number} counts no longer: ${note}`, record.serviceOrder);
  }
  // One about the whole request stays while others of it are still waited for.
  const isOver = ({ requestId }: Fallout) =>
    requestId === undefined || !unwantedRecordsOf(draft, requestId).some(isOpenOutside);
  settleFallouts(draft, new Set(waiting.map(({ serviceOrder }) => serviceOrder)), isOver);
  draft.note(`Canceled by hand: ${note}`, id);
  for (const requestId of new Set(waiting.map((record) => record.requestId))) settleOutside(draft, requestId);
  return undefined;
}

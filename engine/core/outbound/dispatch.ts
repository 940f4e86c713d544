/** What became of an attempt to send: accepted, refused or unanswered; tried again, or given up with a fallout. */
import type { DispatchOutcome, ReportDispatch } from '../../model/inputs.ts';
import type { Dispatch, Fallout, OutboundRequest, UnderWay } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { neverSent } from '../cancellation/outside.ts';
import { isUnwantedRecord, moveDispatchCancellation, undecidedAbout } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';
import { isOpen, openFallout, releaseIfClear, resolveFallouts, settleFallouts } from '../fallout.ts';
import { tellSuspension } from '../work-orders/suspend.ts';
import { causeOfAnswer, failureText } from './failure.ts';
import { applyReports, watchDeadline } from './fulfillment.ts';
import { startPolling } from './polling.ts';
import { liveRecordsOf, retryTimer, sendAgain } from './request.ts';
import { noteUpdates } from './updates.ts';

/** A dispatch with something under way, and its records that count. */
interface Attempt {
  readonly dispatch: Dispatch;
  readonly underWay: UnderWay;
  readonly records: readonly OutboundRequest[];
}

/** Applies the outcome of one attempt. An outcome of another attempt than the one under way changes nothing. */
export function reportDispatch(draft: Draft, input: ReportDispatch): Refusal | undefined {
  const dispatch = draft.dispatches.find(input.requestId);
  if (dispatch === undefined) return refusal('requestIdUnknown', {}, '/externalId');
  const { underWay } = dispatch;
  if (underWay === undefined || underWay.revision !== input.revision || underWay.attempt !== input.attempt) {
    return undefined;
  }
  const attempt = { dispatch, underWay, records: liveRecordsOf(draft, input.requestId) };
  const outcome = readOutcome(attempt, input.outcome);
  if (attempt.records.length === 0) outlived(draft, attempt);
  else if (outcome.kind === 'accepted') accepted(draft, attempt, outcome);
  else if (isOvertaken(attempt)) overtaken(draft, attempt, outcome);
  else notAccepted(draft, attempt, outcome);
  return undefined;
}

type Accepted = Extract<DispatchOutcome, { kind: 'accepted' }>;
type NotAccepted = Exclude<DispatchOutcome, Accepted>;

/** What an outcome means under the terms of the request, and after the attempts before it. */
function readOutcome({ underWay, records }: Attempt, outcome: DispatchOutcome): DispatchOutcome {
  // The attempt before went unanswered, and has arrived: the external system knows the order already.
  const isDuplicate = outcome.kind === 'refused' && outcome.httpStatus === 409;
  if (isDuplicate && underWay.operation === 'create' && underWay.attempt > 1 && underWay.rewritten === undefined) {
    const warning = 'it has the order already, from an attempt before';
    return { kind: 'accepted', httpStatus: 409, reports: [], warning };
  }
  const isTooLittle = outcome.kind === 'accepted' && outcome.incomplete === true;
  if (isTooLittle && records[0]?.terms.incompleteAnswer === 'fail') {
    const reason = outcome.warning ?? 'its answer is incomplete';
    return { kind: 'refused', httpStatus: outcome.httpStatus, retryable: false, reason };
  }
  return outcome;
}

/** A creation is overtaken by any report: whoever reports on it has received it. */
function isOvertaken({ underWay, records }: Attempt): boolean {
  return underWay.operation === 'create' && records.some(({ state }) => state !== 'not_applicable');
}

function accepted(draft: Draft, attempt: Attempt, outcome: Accepted): void {
  const { dispatch, underWay } = attempt;
  const records = attempt.records.filter((record) => !isDeleted(draft, attempt, record));
  const { externalOrderId, httpStatus, warning } = outcome;
  for (const record of records) {
    const known = externalOrderId === undefined ? {} : { externalOrderId };
    const { operation, revision } = underWay;
    const changes = { httpStatus, respondedAt: draft.at, operation, revision, ...known };
    const isRevised = operation === 'revise' && record.state !== 'not_applicable' && !isClosed(draft, record);
    draft.moveOutboundRequest(record, isRevised ? 'revised' : 'accepted', changes);
    const what = operation === 'revise' ? `Revision ${revision} of outbound request` : 'Outbound request';
    const as = externalOrderId === undefined ? '' : ` as order ${externalOrderId}`;
    const lacking = warning === undefined ? '' : `; ${warning}`;
    draft.note(`${what} ${record.number} accepted by ${record.target}${as}${lacking}`, record.serviceOrder);
  }
  const { underWay: _over, ...over } = draft.dispatches.get(dispatch.requestId);
  draft.dispatches.put({ ...over, accepted: underWay.payload });
  if (over.cancellation?.by === 'revision') moveDispatchCancellation(draft, dispatch.requestId, 'agreed');
  clearEarlierFallouts(draft, attempt);
  noteUpdates(draft, dispatch.requestId);
  const ours = new Set(records.map(({ serviceOrder }) => serviceOrder));
  applyReports(
    draft,
    dispatch.requestId,
    outcome.reports.filter(({ serviceOrder }) => ours.has(serviceOrder)),
  );
  watchDeadline(draft, dispatch.requestId, attempt.records);
  if (attempt.underWay.payload.kind === 'work') tellSuspension(draft, dispatch.requestId);
  if (outcome.pollEveryMs !== undefined) startPolling(draft, dispatch.requestId, outcome.pollEveryMs);
}

/** What is wanted no longer, and was not in what has been accepted: nobody is at work on it, or will be. */
function isDeleted(draft: Draft, { underWay }: Attempt, record: OutboundRequest): boolean {
  const { number, serviceOrder, state, target } = record;
  if (underWay.payload.items.some((item) => item.serviceOrder === serviceOrder)) return false;
  if (!isUnwantedRecord(draft, record)) return false;
  draft.moveOutboundRequest(record, state === 'not_applicable' ? 'dispatchFailed' : 'serviceOrderCanceled');
  draft.note(`Outbound request ${number} deleted by ${target}, as it was told`, serviceOrder);
  return true;
}

/** What was fulfilled and closed while a revision was on its way stays so: nobody would report on it again. */
function isClosed(draft: Draft, { serviceOrder }: OutboundRequest): boolean {
  const { state, redone } = draft.domainOrders.get(serviceOrder);
  return state === 'closed_complete' && redone !== false;
}

/** What kept these service orders from being accepted before is past. */
function clearEarlierFallouts(draft: Draft, { dispatch, underWay, records }: Attempt): void {
  const isPast = ({ cause }: Fallout) => cause !== 'overdue';
  if (underWay.operation === 'revise') {
    resolveFallouts(draft, (fallout) => isPast(fallout) && fallout.requestId === dispatch.requestId);
  } else {
    // A service order that has been ordered anew meanwhile is the other request's affair, also where it is the root here.
    settleFallouts(draft, new Set(records.map(({ serviceOrder }) => serviceOrder)), isPast);
  }
  // What was overdue before a revision is so after it.
  const taken = records.filter(({ state }) => underWay.operation === 'create' || state === 'not_applicable');
  for (const { serviceOrder } of taken) releaseIfClear(draft, serviceOrder);
}

/** Another request has taken its place, or somebody has ended the service order: the answer changes nothing. */
function outlived(draft: Draft, { dispatch: { underWay: _over, ...over } }: Attempt): void {
  draft.dispatches.put(over);
  draft.note('An answer came to a request that counts no longer', over.root);
}

/** The answer was lost, and yet somebody has reported on the request: it has arrived. */
function overtaken(draft: Draft, { dispatch, records }: Attempt, outcome: NotAccepted): void {
  const { underWay: _over, ...over } = dispatch;
  draft.dispatches.put(over);
  const text = `${failureText(outcome)}, but the request had been reported on: taken as accepted`;
  for (const { serviceOrder } of records) draft.note(text, serviceOrder);
}

function notAccepted(draft: Draft, attempt: Attempt, outcome: NotAccepted): void {
  const { underWay, records } = attempt;
  const [first] = records;
  if (first === undefined) return;
  const text = failureText(outcome);
  const mayRetry = outcome.kind === 'unanswered' || outcome.retryable;
  const status =
    outcome.kind === 'refused' && outcome.httpStatus !== undefined ? { httpStatus: outcome.httpStatus } : {};
  for (const record of records) draft.outboundRequests.put({ ...record, lastError: text, ...status });
  const { cancellation } = attempt.dispatch;
  const isDeleting = cancellation?.by === 'revision' && cancellation.state === 'sent';
  if (!isDeleting && records.every((record) => isUnwantedRecord(draft, record))) {
    notAcceptedAnyMore(draft, attempt, outcome, text);
    return;
  }
  if (mayRetry && underWay.attempt <= first.terms.maxRetries) retryLater(draft, attempt, outcome, text);
  else giveUp(draft, attempt, outcome, text);
}

/** All of it was canceled while it was on the wire: it is not tried again. */
function notAcceptedAnyMore(draft: Draft, { dispatch, underWay }: Attempt, outcome: NotAccepted, text: string): void {
  const { underWay: _over, ...over } = dispatch;
  draft.dispatches.put(over);
  draft.note(`${text}; it is canceled, and not tried again`, dispatch.root);
  const isUnknown = outcome.kind === 'unanswered' || underWay.isUnknown === true;
  if (underWay.operation === 'create' && !isUnknown) neverSent(draft, dispatch.requestId);
}

/** Doubled with each attempt, with some of it on top by lot, so that many requests do not come back at once. */
function retryLater(draft: Draft, { dispatch, underWay, records }: Attempt, outcome: NotAccepted, text: string): void {
  const [first] = records;
  if (first === undefined) return;
  const { retryDelayMs, retryJitter, maxRetries } = first.terms;
  const backOffMs = retryDelayMs * 2 ** (underWay.attempt - 1);
  const jitteredMs = Math.round(backOffMs * (1 + retryJitter * (outcome.lot ?? 0)));
  const delayMs = Math.max(jitteredMs, outcome.kind === 'refused' ? (outcome.retryAfterMs ?? 0) : 0);
  const isUnknown = outcome.kind === 'unanswered' ? ({ isUnknown: true } as const) : {};
  draft.dispatches.put({ ...dispatch, underWay: { ...underWay, ...isUnknown, waits: true } });
  draft.effect({
    type: 'SetTimer',
    name: retryTimer(dispatch.requestId),
    due: draft.at + delayMs,
    timer: { kind: 'retryDispatch', requestId: dispatch.requestId },
  });
  const attempt = `attempt ${underWay.attempt} of ${maxRetries + 1}`;
  draft.note(`${text} (${attempt}); tried again in ${delayMs / 1000} s`, dispatch.root);
}

function giveUp(draft: Draft, { dispatch, underWay, records }: Attempt, outcome: NotAccepted, text: string): void {
  const [first] = records;
  if (first === undefined) return;
  const { underWay: _over, ...over } = dispatch;
  draft.dispatches.put(over);
  if (over.cancellation?.by === 'revision') moveDispatchCancellation(draft, dispatch.requestId, 'failed');
  const failed = records.filter(({ state }) => state === 'not_applicable').map(({ number }) => number);
  const holds = failed.map((number) => discard(draft, draft.outboundRequests.get(number), text));
  const attempts = underWay.attempt === 1 ? '1 attempt' : `${underWay.attempt} attempts`;
  const what = underWay.operation === 'create' ? 'the order' : `revision ${underWay.revision}`;
  handOver(draft, dispatch.requestId, new Set(holds));
  if (underWay.operation === 'revise') draft.note(`Revision ${underWay.revision} not accepted: ${text}`, dispatch.root);
  openFallout(draft, {
    domainOrder: dispatch.root,
    requestId: dispatch.requestId,
    holds,
    type: first.terms.falloutType,
    cause: causeOfAnswer(outcome, underWay.operation),
    description: `${first.target} did not accept ${what} after ${attempts}: ${text}`,
  });
}

/** A revision that is asked for again, and fails again, is another failure: from now on that is what holds them. */
function handOver(draft: Draft, requestId: string, held: ReadonlySet<string>): void {
  for (const fallout of draft.fallouts.all) {
    if (!isOpen(fallout) || fallout.requestId !== requestId || !fallout.holds.some((id) => held.has(id))) continue;
    draft.fallouts.put({ ...fallout, holds: fallout.holds.filter((id) => !held.has(id)) });
  }
}

/** A record that was never accepted: kept as failed, or deleted, as the terms say. Gives its service order. */
function discard(draft: Draft, record: OutboundRequest, text: string): string {
  draft.moveOutboundRequest(record, 'dispatchFailed');
  draft.note(`Outbound request ${record.number} failed: ${text}`, record.serviceOrder);
  if (record.terms.dispatchFailure === 'delete') draft.outboundRequests.remove(record.number);
  return record.serviceOrder;
}

/** The moment for another attempt has come. A creation that was reported on meanwhile is not sent again. */
export function retryDispatch(draft: Draft, requestId: string): void {
  const dispatch = draft.dispatches.find(requestId);
  if (dispatch?.underWay?.waits === undefined) return;
  const { underWay } = dispatch;
  if (
    liveRecordsOf(draft, requestId).some(
      ({ serviceOrder }) => undecidedAbout(draft, lineOf(draft, serviceOrder)) !== undefined,
    )
  ) {
    draft.dispatches.put({ ...dispatch, underWay: { ...underWay, isDue: true } });
    return;
  }
  if (liveRecordsOf(draft, requestId).length > 0) {
    sendAgain(draft, dispatch);
    return;
  }
  // All that it was about has been ended by hand, or ordered anew, in the meantime: there is nothing left to say.
  const { underWay: _over, ...over } = dispatch;
  draft.dispatches.put(over);
}

function lineOf(draft: Draft, serviceOrder: string): string {
  return draft.domainOrders.get(serviceOrder).line;
}

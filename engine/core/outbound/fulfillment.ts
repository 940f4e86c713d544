/** The external system reports how far it is; or it does not, and the time for it has passed. */
import type { ItemReport, ReportFulfillment, ReportNotice } from '../../model/inputs.ts';
import type { DomainOrder, Fallout, OutboundRequest } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { nextState } from '../../model/state-table.ts';
import { type OutboundRequestEvent, outboundRequestTable } from '../../model/state-tables.ts';
import { isUnwanted, isUnwantedRecord } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';
import { isOpen, openFallout, releaseIfClear, resolveFallouts, settleFallouts } from '../fallout.ts';
import { pollTimer } from './polling.ts';
import { liveRecordsOf, recordsOf, retryTimer } from './request.ts';

const eventOf: { readonly [state in ItemReport['state']]: OutboundRequestEvent } = {
  pending: 'reportedPending',
  fulfilled: 'reportedFulfilled',
  error: 'reportedError',
};

/**
 * All or nothing: every item is checked before any is applied. An event may come late or out of order, and one that is
 * overtaken is passed over; an outboundresponse is an order to set a state, and an impossible one is refused.
 */
export function reportFulfillment(draft: Draft, input: ReportFulfillment): Refusal | undefined {
  const records = recordsOf(draft, input.requestId);
  if (records.length === 0) return refusal('requestIdUnknown', {}, '/externalId');
  for (const [index, report] of input.reports.entries()) {
    const refused = reportRefusal(draft, records, report, input.via, `/serviceOrderItem/${index}`);
    if (refused !== undefined) return refused;
  }
  const reported = new Set(input.reports.map(({ serviceOrder }) => serviceOrder));
  noteArrival(
    draft,
    input.requestId,
    records.filter(({ serviceOrder }) => reported.has(serviceOrder)),
  );
  applyReports(draft, input.requestId, input.reports);
  watchDeadline(draft, input.requestId, records);
  return undefined;
}

/** A milestone, jeopardy or a question: written down, once however often it is told. */
export function reportNotice(draft: Draft, { requestId, kind, text }: ReportNotice): Refusal | undefined {
  const dispatch = draft.dispatches.find(requestId);
  if (dispatch === undefined) return refusal('requestIdUnknown', {}, '/externalId');
  const said = { milestone: 'Milestone', jeopardy: 'Jeopardy', informationRequired: 'Information required' }[kind];
  const target = recordsOf(draft, requestId)[0]?.target ?? 'the external system';
  const note = `${said}, says ${target}: ${text}`;
  if (!draft.hasNote(note, dispatch.root)) draft.note(note, dispatch.root);
  return undefined;
}

/**
 * Whoever reports on a part of a creation has received the whole of it, whatever became of the answer; of a revision, who
 * reports on what is to join by it. While another attempt of a creation is waited for, nothing is on the wire, and nothing
 * needs to be any more.
 */
function noteArrival(draft: Draft, requestId: string, reported: readonly OutboundRequest[]): void {
  if (reported.length === 0) return;
  const isRevised = draft.dispatches.find(requestId)?.underWay?.operation === 'revise';
  if (isRevised && reported.every(({ state }) => state !== 'not_applicable')) return;
  for (const record of recordsOf(draft, requestId)) {
    if (record.state !== 'not_applicable') continue;
    draft.moveOutboundRequest(record, 'accepted', { respondedAt: draft.at });
    const { number, target, serviceOrder } = record;
    draft.note(`Outbound request ${number} taken as accepted: ${target} reports on it`, serviceOrder);
  }
  const dispatch = draft.dispatches.find(requestId);
  if (dispatch?.underWay?.operation !== 'create') return;
  const { underWay, ...over } = dispatch;
  const arrived = { ...over, accepted: underWay.payload };
  draft.dispatches.put(underWay.waits === true ? arrived : { ...arrived, underWay });
  if (underWay.waits === true) draft.effect({ type: 'CancelTimer', name: retryTimer(requestId) });
}

function reportRefusal(
  draft: Draft,
  records: readonly OutboundRequest[],
  { serviceOrder, state }: ItemReport,
  via: ReportFulfillment['via'],
  pointer: string,
): Refusal | undefined {
  const domainOrder = draft.domainOrders.find(serviceOrder);
  if (domainOrder === undefined) return refusal('domainOrderUnknown', {}, `${pointer}/id`);
  const record = records.find((each) => each.serviceOrder === serviceOrder);
  if (record === undefined) return refusal('domainOrderNotOfRequest', {}, `${pointer}/id`);
  const possible = nextState(outboundRequestTable, record.state, eventOf[state]) !== undefined;
  // What was canceled has ended by then; whatever is said of it again says nothing new.
  const isCanceled = domainOrder.state === 'canceled' || isUnwanted(domainOrder);
  return possible || isCanceled || via !== 'outboundresponse'
    ? undefined
    : refusal('fulfillmentStateInvalid', {}, `${pointer}/state`);
}

/** Applies reports on service orders of the request. What says nothing new changes nothing and writes nothing. */
export function applyReports(draft: Draft, requestId: string, reports: readonly ItemReport[]): void {
  const records = new Map(recordsOf(draft, requestId).map((record) => [record.serviceOrder, record.number]));
  for (const report of reports) {
    const number = records.get(report.serviceOrder);
    if (number !== undefined) applyReport(draft, draft.outboundRequests.get(number), report);
  }
}

function applyReport(draft: Draft, record: OutboundRequest, { serviceOrder, state, message }: ItemReport): void {
  const before = record.state;
  if (state === 'pending' && hasAgreed(draft, record)) return;
  const moved = draft.moveOutboundRequest(record, eventOf[state]);
  const after = draft.outboundRequests.get(record.number).state;
  if (!moved || after === before) return;
  const said = message === undefined ? '' : `: ${message}`;
  draft.note(`Outbound request ${record.number} reported ${state} by ${record.target}${said}`, serviceOrder);
  if (state === 'error' && !isUnwantedRecord(draft, record) && !isKnown(draft, serviceOrder)) {
    const description = message ?? `${record.target} reported an error`;
    const { falloutType: type } = record.terms;
    openFallout(draft, { domainOrder: serviceOrder, holds: [serviceOrder], type, cause: 'business', description });
  }
  if (state === 'fulfilled') {
    resolveFallouts(draft, (fallout) => fallout.requestId === undefined && fallout.domainOrder === serviceOrder);
    releaseIfClear(draft, serviceOrder);
  }
}

/** It has ended there, as it was asked to; what says otherwise has been overtaken. */
function hasAgreed(draft: Draft, record: OutboundRequest): boolean {
  const { cancellation } = draft.dispatches.get(record.requestId);
  return record.state === 'error' && cancellation?.state === 'done' && isUnwantedRecord(draft, record);
}

/** A failure that was told, taken back by a report that came late, and told again is one failure. */
function isKnown(draft: Draft, serviceOrder: string): boolean {
  const isAbout = ({ cause, domainOrder }: Fallout) => cause === 'business' && domainOrder === serviceOrder;
  return draft.fallouts.all.some((fallout) => isOpen(fallout) && fallout.requestId === undefined && isAbout(fallout));
}

/**
 * A request with something outstanding has a deadline; one with nothing outstanding any more has none, and what was
 * raised about it as a whole is resolved.
 * @param before the records of the request as they were before the step.
 */
export function watchDeadline(draft: Draft, requestId: string, before: readonly OutboundRequest[]): void {
  const waited = before.some(({ state }) => state === 'pending');
  const records = recordsOf(draft, requestId);
  const waits = records.some(({ state }) => state === 'pending');
  if (waits && !waited) grantMoreTime(draft, requestId);
  if (waited && !waits) {
    draft.effect({ type: 'CancelTimer', name: overdueTimer(requestId) });
    if (draft.dispatches.get(requestId).pollMs !== undefined) {
      draft.effect({ type: 'CancelTimer', name: pollTimer(requestId) });
    }
    const over = draft.fallouts.all.filter((fallout) => fallout.requestId === requestId && isOpen(fallout));
    settleRequest(draft, requestId);
    for (const { holds } of over) for (const held of holds) releaseIfClear(draft, held);
  }
}

/**
 * What was raised about a request that has come to its end is resolved; not for those that it never took along: they are
 * as far from being there as before.
 */
export function settleRequest(draft: Draft, requestId: string): void {
  const taken = new Set(liveRecordsOf(draft, requestId).map(({ serviceOrder }) => serviceOrder));
  const isLeft = ({ id, state }: DomainOrder) => state === 'on_hold' && !taken.has(id);
  const seenTo = draft.domainOrders.all.filter((each) => !isLeft(each)).map(({ id }) => id);
  settleFallouts(draft, new Set(seenTo), (fallout) => fallout.requestId === requestId);
}

/** What is pending has, from now on, the time that the policy grants. */
export function grantMoreTime(draft: Draft, requestId: string): void {
  const pending = recordsOf(draft, requestId).find(({ state }) => state === 'pending');
  if (pending === undefined) return;
  const due = draft.at + pending.terms.fulfillmentTimeoutMs;
  const timer = { kind: 'fulfillmentOverdue', requestId } as const;
  draft.effect({ type: 'SetTimer', name: overdueTimer(requestId), due, timer });
}

function overdueTimer(requestId: string): string {
  return `overdue/${requestId}`;
}

/** The time the policy grants for fulfilment has passed. */
export function fulfillmentOverdue(draft: Draft, requestId: string): void {
  const overdue = recordsOf(draft, requestId).filter(
    (record) => record.state === 'pending' && !isUnwantedRecord(draft, record),
  );
  const [first] = overdue;
  const isTold = draft.fallouts.all.some(
    (fallout) => fallout.requestId === requestId && fallout.cause === 'overdue' && isOpen(fallout),
  );
  if (first === undefined || isTold) return;
  const allowedMs = first.terms.fulfillmentTimeoutMs;
  openFallout(draft, {
    domainOrder: first.root,
    requestId,
    holds: overdue.map(({ serviceOrder }) => serviceOrder),
    type: first.terms.falloutType,
    cause: 'overdue',
    description: `${first.target} accepted the order and did not report it fulfilled within ${allowedMs / 1000} s`,
  });
}

/** The external system reports how far it is; or it does not, and the time for it has passed. */
import type { ItemReport, ReportFulfillment } from '../model/inputs.ts';
import type { OutboundRequest } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { nextState } from '../model/state-table.ts';
import { type OutboundRequestEvent, outboundRequestTable } from '../model/state-tables.ts';
import type { Draft } from './draft.ts';
import { hold, openFallout, release, resolveFallouts } from './fallout.ts';
import { recordsOf } from './outbound.ts';

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
  const concerned = input.reports.some((report) =>
    records.some((record) => record.serviceOrder === report.serviceOrder),
  );
  if (concerned) noteArrival(draft, records);
  applyReports(draft, input.requestId, input.reports);
  watchDeadline(draft, records);
  return undefined;
}

/** Whoever reports on a part of a request has received the whole of it, whatever became of the answer. */
function noteArrival(draft: Draft, records: readonly OutboundRequest[]): void {
  for (const record of records) {
    if (record.state === 'not_applicable') draft.moveOutboundRequest(record, 'accepted', { respondedAt: draft.at });
  }
}

function reportRefusal(
  draft: Draft,
  records: readonly OutboundRequest[],
  { serviceOrder, state }: ItemReport,
  via: ReportFulfillment['via'],
  pointer: string,
): Refusal | undefined {
  if (draft.domainOrders.find(serviceOrder) === undefined) return refusal('domainOrderUnknown', {}, `${pointer}/id`);
  const record = records.find((each) => each.serviceOrder === serviceOrder);
  if (record === undefined) return refusal('domainOrderNotOfRequest', {}, `${pointer}/id`);
  const possible = nextState(outboundRequestTable, record.state, eventOf[state]) !== undefined;
  return possible || via === 'event' ? undefined : refusal('fulfillmentStateInvalid', {}, `${pointer}/state`);
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
  const moved = draft.moveOutboundRequest(record, eventOf[state]);
  const after = draft.outboundRequests.get(record.number).state;
  if (!moved || after === before) return;
  const said = message === undefined ? '' : `: ${message}`;
  draft.note(`Outbound request ${record.number} reported ${state} by ${record.target}${said}`, serviceOrder);
  if (state === 'error') {
    hold(draft, serviceOrder);
    const description = message ?? `${record.target} reported an error`;
    openFallout(draft, { domainOrder: serviceOrder, type: record.terms.falloutType, description });
  }
  if (state === 'fulfilled') {
    resolveFallouts(draft, (fallout) => fallout.requestId === undefined && fallout.domainOrder === serviceOrder);
    release(draft, serviceOrder);
  }
}

/**
 * A request with something outstanding has a deadline; one with nothing outstanding any more has none, and what was
 * raised about it as a whole is resolved.
 * @param before the records of the request as they were before the step.
 */
export function watchDeadline(draft: Draft, before: readonly OutboundRequest[]): void {
  const [first] = before;
  if (first === undefined) return;
  const name = `overdue/${first.requestId}`;
  const waited = before.some(({ state }) => state === 'pending');
  const waits = recordsOf(draft, first.requestId).some(({ state }) => state === 'pending');
  if (waits && !waited) {
    const due = draft.at + first.terms.fulfillmentTimeoutMs;
    draft.effect({ type: 'SetTimer', name, due, timer: { kind: 'fulfillmentOverdue', requestId: first.requestId } });
  }
  if (waited && !waits) {
    draft.effect({ type: 'CancelTimer', name });
    resolveFallouts(draft, (fallout) => fallout.requestId === first.requestId);
  }
}

/** The time the policy grants for fulfilment has passed. */
export function fulfillmentOverdue(draft: Draft, requestId: string): void {
  const overdue = recordsOf(draft, requestId).filter(({ state }) => state === 'pending');
  const [first] = overdue;
  if (first === undefined) return;
  for (const { serviceOrder } of overdue) hold(draft, serviceOrder);
  const allowedMs = first.terms.fulfillmentTimeoutMs;
  openFallout(draft, {
    domainOrder: first.root,
    requestId,
    type: first.terms.falloutType,
    description: `${first.target} accepted the order and did not report it fulfilled within ${allowedMs / 1000} s`,
  });
}

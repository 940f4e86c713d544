/** Orders that are being canceled, for tests of the core: what is asked for, decided, and answered by the outside. */
import type { CancellationOutcome } from '../../engine/model/cancellation/inputs.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import { refusalText } from '../../engine/model/refusals.ts';
import { accepted, type Happening, type Life, orderId, start } from './orders.ts';

export function refusedText(life: Life, happening: Happening): string {
  const outcome = life.try({ ...happening, at: start, orderId } as Parameters<Life['try']>[0]); // what `Happening` leaves out
  return outcome.ok ? 'not refused' : refusalText(outcome.refusal);
}

export const cancel: Happening = { type: 'CancelOrder', note: 'moved away' };
export const approve: Happening = { type: 'DecideCancellation', decision: 'approve' };
export const decline: Happening = { type: 'DecideCancellation', decision: 'decline' };

/** All that was sent is accepted. */
export function accept(life: Life): void {
  for (const { requestId, underWay } of life.order?.dispatches ?? []) {
    if (underWay?.operation === 'create') life.then(accepted(requestId, underWay.attempt));
  }
}

export function requestIdOf(life: Life, place = 0): string {
  return life.order?.dispatches[place]?.requestId ?? 'none';
}

/** What the system outside answers to the latest attempt to cancel. */
export function answered(life: Life, outcome: CancellationOutcome): CustomerOrder {
  const { requestId, cancellation } = life.order?.dispatches.find((each) => each.cancellation?.state === 'sent') ?? {};
  if (requestId === undefined || cancellation === undefined) throw new Error('nothing outside was asked to stop');
  return life.then({
    type: 'ReportCancellation',
    requestId,
    attempt: cancellation.attempt,
    effectId: 'e',
    outcome,
  });
}

/** Each service order of a request is reported to be so. */
export function reported(life: Life, state: 'pending' | 'fulfilled' | 'error', requestId = requestIdOf(life)): void {
  const records = life.order?.outboundRequests.filter((each) => each.requestId === requestId) ?? [];
  const reports = records.map(({ serviceOrder }) => ({ serviceOrder, state }));
  life.then({ type: 'ReportFulfillment', requestId, reports, via: 'event' });
}

/** What is left to compare when what a request and its refusal leave behind is taken away. */
export function besidesCancellation(order: CustomerOrder | undefined): object {
  const { version: _v, entries: _e, workNotes: _n, cancellations: _c, ...rest } = order ?? ({} as CustomerOrder); // never missing where it matters
  return rest;
}

export function linesOf(life: Life): string[] {
  return life.order?.lines.map(({ state }) => state) ?? [];
}

export function domainStatesOf(life: Life): string[] {
  return [...new Set(life.order?.domainOrders.map(({ state }) => state) ?? [])].sort();
}

export function notesOf(life: Life): string[] {
  return life.order?.workNotes.map(({ text }) => text) ?? [];
}

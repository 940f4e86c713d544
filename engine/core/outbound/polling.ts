/** Asking a system that does not report by itself how far it is, until nothing of the request is outstanding. */
import type { Draft } from '../draft.ts';
import { liveRecordsOf, recordsOf } from './request.ts';

/** @param everyMs how long until it is asked, each time. */
export function startPolling(draft: Draft, requestId: string, everyMs: number): void {
  draft.dispatches.put({ ...draft.dispatches.get(requestId), pollMs: everyMs });
  if (outstanding(draft, requestId)) pollLater(draft, requestId, everyMs);
}

/** The moment to ask has come. */
export function poll(draft: Draft, requestId: string): void {
  const everyMs = draft.dispatches.find(requestId)?.pollMs;
  const record = recordsOf(draft, requestId).find(({ externalOrderId }) => externalOrderId !== undefined);
  if (everyMs === undefined || record?.externalOrderId === undefined || !outstanding(draft, requestId)) return;
  const { target, externalOrderId, terms } = record;
  draft.effect({
    type: 'PollOutboundRequest',
    requestId,
    target,
    externalOrderId,
    serviceOrders: liveRecordsOf(draft, requestId).map(({ serviceOrder }) => serviceOrder),
    ...(terms.requestTimeoutMs === undefined ? {} : { timeoutMs: terms.requestTimeoutMs }),
  });
  pollLater(draft, requestId, everyMs);
}

export function pollTimer(requestId: string): string {
  return `poll/${requestId}`;
}

function pollLater(draft: Draft, requestId: string, everyMs: number): void {
  const timer = { kind: 'poll', requestId } as const;
  draft.effect({ type: 'SetTimer', name: pollTimer(requestId), due: draft.at + everyMs, timer });
}

/** An item in error may yet be put right outside, but nobody waits for it. */
function outstanding(draft: Draft, requestId: string): boolean {
  return recordsOf(draft, requestId).some(({ state }) => state === 'pending');
}

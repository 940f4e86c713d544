/** Asking a system that does not report by itself what it has found, until it has found everything. */
import type { Draft } from '../draft.ts';
import { pollTimer } from './request.ts';

/** @param everyMs how long until it is asked, each time. */
export function startQualificationPolling(draft: Draft, requestId: string, everyMs: number): void {
  draft.qualificationRequests.put({ ...draft.qualificationRequests.get(requestId), pollMs: everyMs });
  pollLater(draft, requestId, everyMs);
}

/** The moment to ask has come. */
export function pollQualification(draft: Draft, requestId: string): void {
  const request = draft.qualificationRequests.find(requestId);
  if (request?.state !== 'waiting' || request.pollMs === undefined || request.externalId === undefined) return;
  const { target, externalId, pollMs } = request;
  const { requestTimeoutMs } = draft.facts.policies.qualification;
  const limit = requestTimeoutMs === undefined ? {} : { timeoutMs: requestTimeoutMs };
  draft.effect({ type: 'PollQualificationRequest', requestId, target, externalId, ...limit });
  pollLater(draft, requestId, pollMs);
}

function pollLater(draft: Draft, requestId: string, everyMs: number): void {
  const timer = { kind: 'pollQualification', requestId } as const;
  draft.effect({ type: 'SetTimer', name: pollTimer(requestId), due: draft.at + everyMs, timer });
}

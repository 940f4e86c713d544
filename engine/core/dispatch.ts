/** What became of an attempt to send: accepted, refused or unanswered; tried again, or given up with a fallout. */
import type { DispatchOutcome, ReportDispatch } from '../model/inputs.ts';
import type { OutboundRequest } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import type { Draft } from './draft.ts';
import { hold, openFallout } from './fallout.ts';
import { applyReports, watchDeadline } from './fulfillment.ts';
import { recordsOf, sendAgain } from './outbound.ts';

/** Applies the outcome of one attempt. An outcome of an earlier attempt than the current one changes nothing. */
export function reportDispatch(draft: Draft, input: ReportDispatch): Refusal | undefined {
  const records = recordsOf(draft, input.requestId);
  const [first] = records;
  if (first === undefined) return refusal('requestIdUnknown', {}, '/externalId');
  if (input.attempt !== first.attempts) return undefined;
  if (input.outcome.kind === 'accepted') accepted(draft, records, input.outcome);
  else if (records.every(({ state }) => state === 'not_applicable')) notAccepted(draft, records, input.outcome);
  else overtaken(draft, records, input.outcome);
  return undefined;
}

type Accepted = Extract<DispatchOutcome, { kind: 'accepted' }>;
type NotAccepted = Exclude<DispatchOutcome, Accepted>;

function accepted(draft: Draft, records: readonly OutboundRequest[], outcome: Accepted): void {
  const { externalOrderId, httpStatus, warning } = outcome;
  for (const record of records) {
    draft.moveOutboundRequest(record, 'accepted', {
      httpStatus,
      respondedAt: draft.at,
      ...(externalOrderId === undefined ? {} : { externalOrderId }),
    });
    const known = externalOrderId === undefined ? '' : ` as order ${externalOrderId}`;
    const lacking = warning === undefined ? '' : `; ${warning}`;
    draft.note(`Outbound request ${record.number} accepted by ${record.target}${known}${lacking}`, record.serviceOrder);
  }
  const [first] = records;
  if (first === undefined) return;
  const ours = new Set(records.map(({ serviceOrder }) => serviceOrder));
  applyReports(
    draft,
    first.requestId,
    outcome.reports.filter(({ serviceOrder }) => ours.has(serviceOrder)),
  );
  watchDeadline(draft, records);
}

/** The answer was lost, and yet somebody reports on the request: it has arrived. */
function overtaken(draft: Draft, records: readonly OutboundRequest[], outcome: NotAccepted): void {
  const text = `${failureText(outcome)}, but the request had been reported on: taken as accepted`;
  for (const { serviceOrder } of records) draft.note(text, serviceOrder);
}

function notAccepted(draft: Draft, records: readonly OutboundRequest[], outcome: NotAccepted): void {
  const [first] = records;
  if (first === undefined) return;
  const text = failureText(outcome);
  const mayRetry = outcome.kind === 'unanswered' || outcome.retryable;
  for (const record of records) {
    draft.outboundRequests.put({
      ...record,
      lastError: text,
      ...(outcome.kind === 'refused' && outcome.httpStatus !== undefined ? { httpStatus: outcome.httpStatus } : {}),
    });
  }
  if (mayRetry && first.attempts <= first.terms.maxRetries) retryLater(draft, first, outcome, text);
  else giveUp(draft, recordsOf(draft, first.requestId), text);
}

function retryLater(draft: Draft, record: OutboundRequest, outcome: NotAccepted, text: string): void {
  const backOffMs = record.terms.retryDelayMs * 2 ** (record.attempts - 1);
  const delayMs = Math.max(backOffMs, outcome.kind === 'refused' ? (outcome.retryAfterMs ?? 0) : 0);
  draft.effect({
    type: 'SetTimer',
    name: `retry/${record.requestId}`,
    due: draft.at + delayMs,
    timer: { kind: 'retryDispatch', requestId: record.requestId },
  });
  const attempt = `attempt ${record.attempts} of ${record.terms.maxRetries + 1}`;
  draft.note(`${text} (${attempt}); tried again in ${delayMs / 1000} s`, record.root);
}

function giveUp(draft: Draft, records: readonly OutboundRequest[], text: string): void {
  const [first] = records;
  if (first === undefined) return;
  for (const record of records) {
    draft.moveOutboundRequest(record, 'dispatchFailed');
    draft.note(`Outbound request ${record.number} failed: ${text}`, record.serviceOrder);
    hold(draft, record.serviceOrder);
  }
  const attempts = first.attempts === 1 ? '1 attempt' : `${first.attempts} attempts`;
  openFallout(draft, {
    domainOrder: first.root,
    requestId: first.requestId,
    type: first.terms.falloutType,
    description: `${first.target} did not accept the order after ${attempts}: ${text}`,
  });
}

/** The moment for another attempt has come. Nothing is sent when the request has been reported on meanwhile. */
export function retryDispatch(draft: Draft, requestId: string): void {
  const records = recordsOf(draft, requestId);
  if (records.length === 0 || !records.every(({ state }) => state === 'not_applicable')) return;
  sendAgain(draft, requestId);
}

/** For the work notes and the fallout: what the other side did, in a few words. */
function failureText(outcome: NotAccepted): string {
  if (outcome.kind === 'refused') {
    return outcome.httpStatus === undefined ? outcome.reason : `HTTP ${outcome.httpStatus}: ${outcome.reason}`;
  }
  return { refused: 'Unable to reach', reset: 'Connection reset', timeout: 'Timeout' }[outcome.cause];
}

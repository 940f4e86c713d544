/**
 * Process Qualification Response: the one place where results enter, whether they came in the answer to a request or later
 * by themselves.
 */
import type { Instant, OrderLine } from '../../model/order.ts';
import type {
  QualificationExchange,
  ReportQualification,
  ReportQualificationExchange,
} from '../../model/qualification/inputs.ts';
import type { QualificationReport, QualificationRequest } from '../../model/qualification/result.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import { undecidedAbout } from '../cancellation/standing.ts';
import type { Draft } from '../draft.ts';
import { applyReport, type Via } from './apply-report.ts';
import { topLineOf } from './hierarchy.ts';
import { moveQualificationRequest } from './moved.ts';
import { startQualificationPolling } from './polling.ts';
import { expiryTimer, overdueTimer, pollTimer, setQualification, tellWithdrawn, watchAnswer } from './request.ts';
import { rollUpResults } from './roll-up.ts';

/** What became of sending a request. */
export function reportExchange(
  draft: Draft,
  { requestId, outcome }: Pick<ReportQualificationExchange, 'requestId' | 'outcome'>,
): undefined {
  const request = draft.qualificationRequests.find(requestId);
  if (request === undefined) throw new Error(`order ${draft.header.number} has asked nothing as ${requestId}`);
  const known = recognized(draft, request, outcome.externalId);
  // Decided on what was told before the answer came: only its name for the question is of use still.
  if (known === undefined || hasEnded(draft, known.line)) return;
  if (outcome.kind === 'failed') failed(draft, known, outcome);
  else answered(draft, known, outcome);
  rollUpResults(draft);
}

/**
 * What the inventory system calls the question is known from then on. `undefined`: it is nothing to go by, and the
 * inventory system is told that it is over. Either it was asked anew, or the inventory system has it twice: an order
 * management that died before the answer was in has asked again, and both would be kept for us.
 */
function recognized(
  draft: Draft,
  request: QualificationRequest,
  externalId: string | undefined,
): QualificationRequest | undefined {
  const isNew = externalId !== undefined && externalId !== request.externalId;
  if (isNew && (request.state === 'withdrawn' || request.externalId !== undefined)) {
    tellWithdrawn(draft, request, externalId);
  }
  if (isNew && request.externalId !== undefined) {
    draft.note(`${request.target} has the question twice; ${externalId} is taken back`, request.line);
    return undefined;
  }
  const known = externalId === undefined ? request : { ...request, externalId };
  if (isNew) draft.qualificationRequests.put(known);
  return known.state === 'withdrawn' ? undefined : known;
}

function failed(
  draft: Draft,
  request: QualificationRequest,
  outcome: Extract<QualificationExchange, { kind: 'failed' }>,
): void {
  const { kind: _kind, reason, ...known } = outcome;
  // A report that came before its answer has said what there is to say.
  if (!moveQualificationRequest(draft, request, 'failed', { ...known, lastError: reason })) return;
  giveUp(draft, request, reason);
}

function answered(
  draft: Draft,
  request: QualificationRequest,
  outcome: Extract<QualificationExchange, { kind: 'answered' }>,
): void {
  const { httpStatus, externalId, reports, isFinal, failure, pollEveryMs } = outcome;
  moveQualificationRequest(draft, request, 'accepted', {
    httpStatus,
    ...(externalId === undefined ? {} : { externalId }),
  });
  const accepted = draft.qualificationRequests.get(request.id);
  if (reports.length > 0 || isFinal) {
    const why = failure === undefined ? {} : { failure };
    processResponse(draft, { request: accepted, reports, isFinal, ...why, via: 'answer' });
  }
  if (draft.qualificationRequests.get(request.id).state !== 'waiting') return;
  watchAnswer(draft, request.id);
  if (pollEveryMs !== undefined) startQualificationPolling(draft, request.id, pollEveryMs);
}

/** Results that come by themselves. All or nothing: every item is checked before any is applied. */
export function reportQualification(draft: Draft, input: ReportQualification): Refusal | undefined {
  const { requestId, externalId, reports, isFinal, failure, via } = input;
  const why = failure === undefined ? {} : { failure };
  if (requestId !== undefined) {
    const request = draft.qualificationRequests.find(requestId);
    if (request === undefined) return refusal('requestIdUnknown', {}, '/externalId');
    const known = recognized(draft, request, externalId);
    if (request.state === 'withdrawn')
      draft.note(`What ${request.target} says counts no more: it was asked anew`, request.line);
    else if (hasEnded(draft, request.line)) draft.note(`What ${request.target} says comes too late`, request.line);
    else if (known !== undefined) processResponse(draft, { request: known, reports, isFinal, ...why, via });
  } else {
    const refused = refusalOf(draft, reports);
    if (refused !== undefined) return refused;
    const line = topLineOf(draft, lineOf(draft, reports[0]?.serviceOrder ?? ''));
    const request = draft.qualificationRequests.all.findLast(
      (each) => each.line === line.id && each.state !== 'withdrawn',
    );
    processResponse(draft, { ...(request === undefined ? {} : { request }), reports, isFinal, via });
  }
  rollUpResults(draft);
  return undefined;
}

function refusalOf(draft: Draft, reports: readonly QualificationReport[]): Refusal | undefined {
  const at = (index: number) => `/serviceQualificationItem/${index}/id`;
  for (const [index, { serviceOrder }] of reports.entries()) {
    if (draft.domainOrders.find(serviceOrder)?.kind === 'service') continue;
    return refusal('qualificationItemUnknown', { item: serviceOrder }, at(index));
  }
  const tops = reports.map(({ serviceOrder }) => topLineOf(draft, lineOf(draft, serviceOrder)));
  const other = tops.findIndex(({ id }) => id !== tops[0]?.id);
  if (other !== -1) return refusal('qualificationItemsOfSeveralLines', {}, at(other));
  const [line] = tops;
  if (line === undefined) return refusal('qualificationItemsMissing', {}, '/serviceQualificationItem');
  // What is found while a cancellation is being assessed is written down: it may come to nothing.
  return undecidedAbout(draft, line.id) !== undefined ? undefined : resultRefusal(draft, line);
}

/** Results are of use while the order asks, and nobody has decided. */
export function resultRefusal(draft: Draft, line: OrderLine): Refusal | undefined {
  const { fulfillmentType, number: order, state } = draft.header;
  if (fulfillmentType !== 'Qualify') return refusal('orderAsksNothing', { order });
  if (state === 'in_progress' && line.state === 'in_progress') return undefined;
  const where = state === 'in_progress' ? `line ${line.number} is ${line.state}` : `it is ${state}`;
  return refusal('qualificationOver', { order, where });
}

interface Response {
  /** Which question is answered; absent when nobody asked. */
  readonly request?: QualificationRequest;
  readonly reports: readonly QualificationReport[];
  /** False: more is to come. */
  readonly isFinal: boolean;
  readonly failure?: string;
  readonly via: Via;
}

/** What is said of service orders that were not asked about is noted and passed over. */
function processResponse(draft: Draft, { request, reports, isFinal, failure, via }: Response): void {
  const asked = request === undefined ? undefined : new Set(request.serviceOrders);
  for (const report of reports) {
    if (asked === undefined || asked.has(report.serviceOrder)) applyReport(draft, report, { request, via });
    else passOver(draft, report, request);
  }
  if (request === undefined) return;
  const current = draft.qualificationRequests.get(request.id);
  const open = current.serviceOrders.filter((id) => draft.domainOrders.find(id)?.qualification?.result === 'pending');
  if (open.length > 0 && !isFinal) return;
  for (const id of open) {
    setQualification(draft, id, { result: 'none' });
    draft.note(`${current.target} says nothing of it${failure === undefined ? '' : `: ${failure}`}`, id);
  }
  const error = failure === undefined ? {} : { lastError: failure };
  moveQualificationRequest(draft, current, 'answered', { answeredAt: draft.at, ...error });
  if (current.pollMs !== undefined) draft.effect({ type: 'CancelTimer', name: pollTimer(current.id) });
  draft.effect({ type: 'CancelTimer', name: overdueTimer(current.id) });
  watchExpiry(draft, current);
}

function passOver(
  draft: Draft,
  { serviceOrder, result }: QualificationReport,
  request: QualificationRequest | undefined,
): void {
  const known = draft.domainOrders.find(serviceOrder)?.number ?? serviceOrder;
  draft.note(`${request?.target} says ${result} of ${known}, which it was not asked about; passed over`, request?.line);
}

/** Nothing is known any more of what was still to come. */
export function giveUp(draft: Draft, request: QualificationRequest, reason: string): void {
  for (const id of request.serviceOrders) {
    if (draft.domainOrders.find(id)?.qualification?.result === 'pending')
      setQualification(draft, id, { result: 'none' });
  }
  draft.note(`${request.target} was asked in vain: ${reason}`, request.line);
}

/** The moment until which an answer was waited for. */
export function qualificationOverdue(draft: Draft, requestId: string): void {
  const request = draft.qualificationRequests.find(requestId);
  if (request === undefined || (request.state !== 'waiting' && request.state !== 'sent')) return;
  const event = request.state === 'waiting' ? 'overdue' : 'failed';
  moveQualificationRequest(draft, request, event, { lastError: 'no answer in time' });
  giveUp(draft, request, 'no answer in time');
  rollUpResults(draft);
}

/** The moment at which the first result of an answer holds no longer. */
export function qualificationExpired(draft: Draft, requestId: string): void {
  const request = draft.qualificationRequests.find(requestId);
  if (request?.state !== 'answered' || hasEnded(draft, request.line)) return;
  for (const id of request.serviceOrders) {
    const qualification = draft.domainOrders.find(id)?.qualification;
    if (qualification?.expiresAt === undefined || qualification.expiresAt > draft.at) continue;
    setQualification(draft, id, { result: 'none' });
    draft.note(`Qualification result ${qualification.result} has expired`, id);
  }
  if (expiryOf(draft, request) === undefined) moveQualificationRequest(draft, request, 'expired');
  else watchExpiry(draft, request);
  rollUpResults(draft);
}

function watchExpiry(draft: Draft, request: QualificationRequest): void {
  const due = expiryOf(draft, request);
  if (due === undefined) return;
  const timer = { kind: 'qualificationExpired', requestId: request.id } as const;
  draft.effect({ type: 'SetTimer', name: expiryTimer(request.id), due, timer });
}

/** The first moment at which one of its results expires. */
function expiryOf(draft: Draft, { serviceOrders }: QualificationRequest): Instant | undefined {
  const moments = serviceOrders.flatMap((id) => draft.domainOrders.find(id)?.qualification?.expiresAt ?? []);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function hasEnded(draft: Draft, line: string): boolean {
  return isTerminal(orderLineTable, draft.lines.get(line).state);
}

function lineOf(draft: Draft, serviceOrder: string): string {
  return draft.domainOrders.get(serviceOrder).line;
}

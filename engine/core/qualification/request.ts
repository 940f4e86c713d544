/** Asking: the spoke selector says who, the service orders say what, and what was asked before is over. */
import type { DomainOrder, OrderLine } from '../../model/order.ts';
import type { MockResponse } from '../../model/policies.ts';
import type { QualificationPayload } from '../../model/qualification/effects.ts';
import { qualificationRequestTable } from '../../model/qualification/request-table.ts';
import { qualificationInputs, qualificationRequestType } from '../../model/qualification/request-type.ts';
import type { Qualification, QualificationRequest } from '../../model/qualification/result.ts';
import { type Refusal, refusalText } from '../../model/refusals.ts';
import { isTerminal } from '../../model/state-table.ts';
import { orderLineTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { requestColumnsOf } from '../outbound/columns.ts';
import { itemsOf } from '../outbound/payload.ts';
import { type Selected, selectTarget } from '../outbound/spoke-selector.ts';
import { hierarchyOf, topLines } from './hierarchy.ts';
import { moveQualificationRequest } from './moved.ts';
import { rollUpResults } from './roll-up.ts';

/** Asks about each line at the top that has not ended. */
export function qualifyAll(draft: Draft): void {
  for (const line of topLines(draft)) {
    if (!isTerminal(orderLineTable, line.state)) qualifyLine(draft, line);
  }
}

/** Asks about one line at the top and all below it. Who cannot be asked leaves the result unknown, and a note. */
export function qualifyLine(draft: Draft, line: OrderLine): void {
  withdrawRequests(draft, line.id);
  const asked = hierarchyOf(draft, line.id);
  const [root] = asked;
  if (root === undefined) return;
  for (const serviceOrder of asked) takeUp(draft, serviceOrder);
  const selection = selectTarget(draft.facts.policies, destination(line), requestColumnsOf(draft, root));
  if (selection.ok) ask(draft, line, asked, selection.selected);
  else notAsked(draft, line, asked, selection.refusal);
  rollUpResults(draft);
}

function destination({ number, externalId }: OrderLine): { requestType: string; inputs: { [name: string]: string } } {
  const { line, payload } = qualificationInputs;
  return { requestType: qualificationRequestType, inputs: { [line]: number, [payload]: externalId } };
}

/** What is asked about is in progress. */
function takeUp(draft: Draft, { id, state }: DomainOrder): void {
  if (state === 'draft') draft.moveDomainOrder(draft.domainOrders.get(id), ['qualify', 'start']);
}

function notAsked(draft: Draft, line: OrderLine, asked: readonly DomainOrder[], why: Refusal): void {
  for (const { id } of asked) setQualification(draft, id, { result: 'none' });
  draft.note(`Nobody was asked whether it can be had: ${refusalText(why)}`, line.id);
}

function ask(draft: Draft, line: OrderLine, asked: readonly DomainOrder[], selected: Selected): void {
  const { target, definition = '', mockResponse } = selected;
  const request: QualificationRequest = {
    id: draft.id(),
    state: 'sent',
    line: line.id,
    serviceOrders: asked.map(({ id }) => id),
    requestType: qualificationRequestType,
    definition,
    target,
    sentAt: draft.at,
  };
  draft.qualificationRequests.put(request);
  draft.born('qualificationRequest', request.id, request.id, request.state);
  for (const { id } of asked) setQualification(draft, id, { result: 'pending' });
  draft.note(`${target} is asked whether it can be had, by "${definition}", Request ID ${request.id}`, line.id);
  if (mockResponse === undefined) send(draft, request);
  else answerItself(draft, request, mockResponse);
}

function send(draft: Draft, { id: requestId, target, serviceOrders }: QualificationRequest): void {
  const { description, parties } = draft.header;
  const { requestTimeoutMs, reserves } = draft.facts.policies.qualification;
  const payload: QualificationPayload = {
    requestId,
    ...(description === undefined ? {} : { description }),
    parties,
    items: itemsOf(draft, serviceOrders),
    reserves,
  };
  draft.effect({
    type: 'SendQualificationRequest',
    requestId,
    target,
    ...(requestTimeoutMs === undefined ? {} : { timeoutMs: requestTimeoutMs }),
    payload,
  });
}

function answerItself(draft: Draft, { id: requestId }: QualificationRequest, { answersAfterMs }: MockResponse): void {
  if (answersAfterMs === 'never') {
    watchAnswer(draft, requestId);
    return;
  }
  const timer = { kind: 'mockQualificationAnswer', requestId } as const;
  draft.effect({ type: 'SetTimer', name: mockAnswerTimer(requestId), due: draft.at + answersAfterMs, timer });
}

/** An answer that was promised for later is not waited for for ever. */
export function watchAnswer(draft: Draft, requestId: string): void {
  const { answerTimeoutMs } = draft.facts.policies.qualification;
  const timer = { kind: 'qualificationOverdue', requestId } as const;
  draft.effect({ type: 'SetTimer', name: overdueTimer(requestId), due: draft.at + answerTimeoutMs, timer });
}

export function mockAnswerTimer(requestId: string): string {
  return `mockAnswer/${requestId}`;
}

export function pollTimer(requestId: string): string {
  return `pollQualification/${requestId}`;
}

export function overdueTimer(requestId: string): string {
  return `qualificationOverdue/${requestId}`;
}

export function expiryTimer(requestId: string): string {
  return `qualificationExpired/${requestId}`;
}

/** Whatever was asked about the line before counts no more, and nothing is to be kept for it. */
export function withdrawRequests(draft: Draft, line: string): void {
  for (const request of draft.qualificationRequests.all) {
    if (request.line !== line || isTerminal(qualificationRequestTable, request.state)) continue;
    moveQualificationRequest(draft, request, 'withdrawn');
    stopWatching(draft, request.id);
    if (request.externalId !== undefined) tellWithdrawn(draft, request, request.externalId);
  }
}

/** Nothing more is to be waited for, or to expire. */
export function stopWatching(draft: Draft, requestId: string): void {
  const timers = [mockAnswerTimer, overdueTimer, pollTimer, expiryTimer];
  for (const nameOf of timers) draft.effect({ type: 'CancelTimer', name: nameOf(requestId) });
}

export function tellWithdrawn(draft: Draft, { id: requestId, target }: QualificationRequest, externalId: string): void {
  const { requestTimeoutMs } = draft.facts.policies.qualification;
  const limit = requestTimeoutMs === undefined ? {} : { timeoutMs: requestTimeoutMs };
  draft.effect({ type: 'WithdrawQualificationRequest', requestId, target, externalId, ...limit });
}

/** Proposals stay until an answer replaces them. */
export function setQualification(draft: Draft, id: string, { result }: Pick<Qualification, 'result'>): void {
  const serviceOrder = draft.domainOrders.get(id);
  const proposals = serviceOrder.qualification?.proposals ?? [];
  draft.domainOrders.put({ ...serviceOrder, qualification: { result, reasons: [], proposals } });
}

/** By these keys the order is found that an answer is about. */
export function newQualificationKeys(
  before: readonly QualificationRequest[],
  after: readonly QualificationRequest[],
): string[] {
  // Requests are only ever added.
  return after
    .slice(before.length)
    .flatMap(({ id, serviceOrders }) => [qualificationKey(id), ...serviceOrders.map(serviceOrderKey)]);
}

export function qualificationKey(requestId: string): string {
  return `qualification/${requestId}`;
}

export function serviceOrderKey(serviceOrder: string): string {
  return `serviceOrder/${serviceOrder}`;
}

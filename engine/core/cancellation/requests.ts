/** The requests to cancel that an order keeps: made, taken up, decided about, and over when what they were about is. */
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import {
  type CancellationRequestEvent,
  type CancellationRequestState,
  cancellationRequestTable,
} from '../../model/cancellation/cancellation-table.ts';
import type { Instant } from '../../model/order.ts';
import { type Refusal, refusalText } from '../../model/refusals.ts';
import { isTerminal, nextState } from '../../model/state-table.ts';
import { customerOrderTable, orderLineTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { linesOf } from '../qualification/hierarchy.ts';

export function addRequest(
  draft: Draft,
  state: CancellationRequestState,
  said: Pick<CancellationRequest, 'line' | 'part' | 'note' | 'dueAt'>,
): CancellationRequest {
  const { id: order, cancellations = [] } = draft.header;
  const id = `${order}-${cancellations.length + 1}`;
  const request: CancellationRequest = { id, state, ...said, requestedAt: draft.at };
  draft.setHeader({ cancellations: [...cancellations, request] });
  draft.born('cancellation', id, id, state);
  announce(draft, request, 'Create');
  // Whoever listens sees a task begin that is not scheduled.
  if (state !== 'scheduled') announce(draft, request, 'StateChange');
  return request;
}

/** @returns the request as it is then. */
export function moveRequest(
  draft: Draft,
  request: CancellationRequest,
  event: CancellationRequestEvent,
  changes: Partial<CancellationRequest> = {},
): CancellationRequest {
  const { id, state: from } = request;
  const to = nextState(cancellationRequestTable, from, event);
  if (to === undefined) throw new Error(`cancellation ${id} is ${from}, and its table has no move on "${event}"`);
  const { cancellations = [] } = draft.header;
  const moved = { ...request, ...changes, state: to };
  draft.setHeader({ cancellations: cancellations.map((each) => (each.id === id ? moved : each)) });
  draft.told({ thing: 'cancellation', id, number: id, event, from, to });
  // Being assessed and being carried out look alike from outside.
  if (event !== 'approve') announce(draft, moved, 'StateChange');
  return moved;
}

/** It is taken up on its day. */
export function waitFor(draft: Draft, id: string, due: Instant): void {
  const timer = { kind: 'cancellationDue', cancellation: id } as const;
  draft.effect({ type: 'SetTimer', name: `cancellationDue/${id}`, due, timer });
}

/** On its day, it is possible no longer. */
export function overtake(draft: Draft, due: CancellationRequest, why: Refusal): void {
  const answer = refusalText(why);
  moveRequest(draft, due, 'overtaken', { decidedAt: draft.at, answer });
  draft.note(`Cancellation ${due.id} comes too late: ${answer}`, due.line ?? due.part?.id);
}

/** Of lines, nobody outside knows that they can be canceled alone; nor of questions. */
function announce(draft: Draft, { id, line, part, state }: CancellationRequest, kind: 'Create' | 'StateChange'): void {
  if (line !== undefined) return;
  // A part is canceled in one step, through all states.
  const passed = part === undefined || kind === 'Create' ? {} : { state };
  draft.effect({ type: 'NotifyCancellation', cancellation: id, kind, ...passed });
}

/** At most one is being assessed. */
export function assessedRequest({ header: { cancellations = [] } }: Draft): CancellationRequest | undefined {
  return cancellations.find(({ state }) => state === 'assessing');
}

/** A request is done when all that it was about has ended. */
export function endRequests(draft: Draft): void {
  for (const request of draft.header.cancellations ?? []) {
    if (request.state !== 'in_progress') continue;
    const { line } = request;
    const hasEnded =
      line === undefined
        ? isTerminal(customerOrderTable, draft.header.state)
        : linesOf(draft, line).every(({ state }) => isTerminal(orderLineTable, state));
    if (hasEnded) moveRequest(draft, request, 'ended', { endedAt: draft.at });
  }
}

/** One domain order is canceled by hand, with those below it: at once, or on a day; and where that is wanted, the request is kept. */
import type { CanceledPart, CancellationRequest } from '../../model/cancellation/cancellation.ts';
import { externalFulfillmentStates } from '../../model/external-state.ts';
import type { ServiceOrderCommandKind } from '../../model/inputs.ts';
import type { DomainOrder } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { nextState } from '../../model/state-table.ts';
import { domainOrderTable } from '../../model/state-tables.ts';
import type { Draft } from '../draft.ts';
import { settleFallouts } from '../fallout.ts';
import { discardRecords } from '../outbound/discard.ts';
import { ended, familyBelow, onlyAsked, possibleNot, withoutNote } from '../possible.ts';
import { endByHand, isDoneAgain } from '../revision/end-by-hand.ts';
import { cancelTasks } from '../tasks/progress.ts';
import { addRequest, moveRequest, overtake, waitFor } from './requests.ts';

type Cancel = Extract<ServiceOrderCommandKind, { type: 'CancelServiceOrder' }>;

/** Only what nobody outside is at work on, so that nothing is delivered that nobody knows of. */
export function cancelByHand(draft: Draft, serviceOrder: DomainOrder, { note, asTask }: Cancel): Refusal | undefined {
  const refused = withoutNote('Cancel', note) ?? obstacleTo(draft, serviceOrder);
  if (refused !== undefined) return refused;
  if (asTask === undefined) {
    end(draft, serviceOrder, note);
    return undefined;
  }
  const { id, number, kind } = serviceOrder;
  const said = { note, part: { id, number, kind } };
  const { dueAt } = asTask;
  if (dueAt === undefined || dueAt <= draft.at) {
    carryOut(draft, addRequest(draft, 'assessing', said), serviceOrder);
    return undefined;
  }
  const request = addRequest(draft, 'scheduled', { ...said, dueAt });
  waitFor(draft, request.id, dueAt);
  draft.note(`Cancellation ${request.id} requested for later: ${note}`, id);
  return undefined;
}

/** The moment that somebody wanted has come; the part may have ended, gone outside, or be no more in the meantime. */
export function partDue(draft: Draft, due: CancellationRequest, { id, number }: CanceledPart): void {
  const domainOrder = draft.domainOrders.find(id);
  const refused =
    domainOrder === undefined
      ? refusal('serviceOrderUnknown', { order: draft.header.number, serviceOrder: number })
      : obstacleTo(draft, domainOrder);
  if (domainOrder === undefined || refused !== undefined) {
    if (refused !== undefined) overtake(draft, due, refused);
    return;
  }
  carryOut(draft, moveRequest(draft, due, 'due'), domainOrder);
}

function carryOut(draft: Draft, request: CancellationRequest, domainOrder: DomainOrder): void {
  const approved = moveRequest(draft, request, 'approve', { decidedAt: draft.at });
  end(draft, domainOrder, request.note);
  moveRequest(draft, approved, 'ended', { endedAt: draft.at });
}

function obstacleTo(draft: Draft, serviceOrder: DomainOrder): Refusal | undefined {
  const refused =
    onlyAsked(draft, serviceOrder, 'Cancel') ?? ended(draft, serviceOrder, 'Cancel') ?? rootRefusal(serviceOrder);
  if (refused !== undefined) return refused;
  const outside = externalFulfillmentStates(draft.outboundRequests.all);
  const family = [serviceOrder.id, ...familyBelow(draft, serviceOrder.id)];
  const live = family.filter((id) => ['none', 'pending', 'fulfilled'].includes(outside.get(id) ?? 'error'));
  if (live.length === 0) return undefined;
  const numbers = live.map((id) => draft.domainOrders.get(id).number).join(', ');
  return possibleNot('Cancel', serviceOrder, `${numbers} has been ordered outside`);
}

function rootRefusal(serviceOrder: DomainOrder): Refusal | undefined {
  if (isDoneAgain(serviceOrder)) {
    const why = 'it was closed, and is only done again; completing it by hand ends that';
    return possibleNot('Cancel', serviceOrder, why);
  }
  if (serviceOrder.parent !== undefined) return undefined;
  return possibleNot('Cancel', serviceOrder, 'it is all of its line; that is canceled with the order');
}

function end(draft: Draft, serviceOrder: DomainOrder, note: string): void {
  const family = [serviceOrder.id, ...familyBelow(draft, serviceOrder.id)];
  for (const id of family) {
    const domainOrder = draft.domainOrders.get(id);
    if (isDoneAgain(domainOrder)) {
      cancelTasks(draft, id);
      endByHand(draft, id);
    }
    if (nextState(domainOrderTable, domainOrder.state, 'cancel') === undefined) continue;
    cancelTasks(draft, id);
    draft.moveDomainOrder(domainOrder, ['cancel', 'cancellationDone']);
    discardRecords(draft, id, 'ended by hand');
  }
  settleFallouts(draft, new Set(family));
  draft.note(`Canceled by hand: ${note}`, serviceOrder.id);
}

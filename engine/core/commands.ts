/** What an operator does with one service or resource order, by hand: sends, revises, updates, completes or cancels it. */
import { type OutboundAction, outboundActionOf } from '../model/external-state.ts';
import type { ResolveFallout, ServiceOrderCommand } from '../model/inputs.ts';
import type { Characteristic, DomainOrder, Fallout } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import { cancelByHand } from './cancellation/by-hand.ts';
import { askAgain, forceCancel } from './cancellation/outside-answers.ts';
import { undecidedAbout } from './cancellation/standing.ts';
import { setCharacteristics } from './characteristics.ts';
import type { Draft } from './draft.ts';
import { isOpen, releaseIfClear, settleFallouts } from './fallout.ts';
import { isStillToBegin } from './life/later.ts';
import { discardRecords } from './outbound/discard.ts';
import { grantMoreTime } from './outbound/fulfillment.ts';
import {
  createOutboundRequest,
  membersOf,
  type Routing,
  reviseOutboundRequest,
  routeOutbound,
} from './outbound/request.ts';
import { ended, familyBelow, onlyAsked, possibleNot, withoutNote } from './possible.ts';
import { endByHand } from './revision/end-by-hand.ts';
import { cancelTasks } from './tasks/progress.ts';

/** A refusal, or nothing, and the draft has changed. */
export function commandServiceOrder(draft: Draft, command: ServiceOrderCommand): Refusal | undefined {
  if (!mayDo(command.type, command.roles)) {
    return refusal('roleMissing', { command: command.type, roles: rolesFor[command.type].join(', ') });
  }
  const serviceOrder = draft.domainOrders.find(command.serviceOrder);
  if (serviceOrder === undefined || serviceOrder.kind === 'product') {
    return refusal('serviceOrderUnknown', { order: draft.header.number, serviceOrder: command.serviceOrder });
  }
  switch (command.type) {
    case 'CreateOutboundRequest':
      return create(draft, serviceOrder);
    case 'ReviseOutboundRequest':
      return revise(draft, serviceOrder);
    case 'UpdateServiceOrder':
      return update(draft, serviceOrder, command.characteristics);
    case 'ForceCompleteServiceOrder':
      return forceComplete(draft, serviceOrder, command.note);
    case 'CancelServiceOrder':
      return cancelByHand(draft, serviceOrder, command);
    case 'ForceCancelServiceOrder':
      return withoutNote('Force-cancel', command.note) ?? forceCancel(draft, serviceOrder, command.note);
  }
}

function create(draft: Draft, serviceOrder: DomainOrder): Refusal | undefined {
  if (isStillToBegin(draft)) return refusal('orderStartsLater', { order: draft.header.number });
  const refused = unlessShown(draft, serviceOrder, 'create');
  if (refused !== undefined) return refused;
  const asked = routeOutbound(draft, serviceOrder);
  const routing = asked.kind === 'undecided' ? (asBefore(draft, serviceOrder) ?? asked) : asked;
  if (routing.kind === 'undecided') return routing.refusal;
  if (routing.kind === 'inside') {
    return refusal('outboundDisabled', { serviceOrder: serviceOrder.number, row: routing.row });
  }
  if (membersOf(draft, serviceOrder, routing).some((id) => isAssessed(draft, id))) {
    const why = 'the cancellation of a line that goes with it is being assessed';
    return possibleNot(labels.create, serviceOrder, why);
  }
  for (const member of createOutboundRequest(draft, serviceOrder, routing)) takeUp(draft, member);
  return undefined;
}

function isAssessed(draft: Draft, id: string): boolean {
  return undecidedAbout(draft, draft.domainOrders.get(id).line) === 'cancellation';
}

/** What went out with a service order above it goes out again on the terms it had, where no row speaks of it alone. */
function asBefore(draft: Draft, { id }: DomainOrder): Extract<Routing, { kind: 'outside' }> | undefined {
  const before = draft.outboundRequests.all.findLast((record) => record.serviceOrder === id);
  if (before === undefined || before.root === id) return undefined;
  const { target, terms, requestType, definition } = before;
  const decision = { outboundEnabled: true, hierarchical: true, to: { target }, terms } as const;
  const chosen = requestType === undefined || definition === undefined ? {} : { requestType, definition };
  return { kind: 'outside', decision, selected: { target, ...chosen } };
}

/** What goes outside is in progress, unless it waits for something to be resolved. */
function takeUp(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  const work = domainOrder.work?.by === 'plan' ? domainOrder.work : ({ by: 'external' } as const);
  if (domainOrder.state === 'draft') draft.moveDomainOrder(domainOrder, ['qualify', 'start'], { work });
  else if (domainOrder.state === 'scheduled') draft.moveDomainOrder(domainOrder, ['start'], { work });
  else draft.domainOrders.put({ ...domainOrder, work });
}

function revise(draft: Draft, serviceOrder: DomainOrder): Refusal | undefined {
  const refused = unlessShown(draft, serviceOrder, 'revise');
  if (refused !== undefined) return refused;
  const latest = draft.outboundRequests.all.findLast(
    (record) => record.serviceOrder === serviceOrder.id && record.state !== 'failed',
  );
  const dispatch = latest === undefined ? undefined : draft.dispatches.find(latest.requestId);
  if (dispatch === undefined) throw new Error(`${serviceOrder.number} can be revised, and has no dispatch`);
  reviseOutboundRequest(draft, dispatch);
  return undefined;
}

const labels: { readonly [action in OutboundAction]: string } = {
  create: 'Create Outbound Fulfillment Request',
  revise: 'Revise Outbound Request',
  none: 'nothing',
};

function unlessShown(draft: Draft, serviceOrder: DomainOrder, wanted: OutboundAction): Refusal | undefined {
  const order = {
    ...draft.header,
    lines: draft.lines.all,
    domainOrders: draft.domainOrders.all,
    outboundRequests: draft.outboundRequests.all,
    dispatches: draft.dispatches.all,
  };
  const { action, why } = outboundActionOf(order, serviceOrder);
  if (action === wanted) return undefined;
  const values = { action: labels[wanted], serviceOrder: serviceOrder.number, why, possible: labels[action] };
  return refusal('actionNotPossible', values);
}

function update(
  draft: Draft,
  serviceOrder: DomainOrder,
  characteristics: readonly Characteristic[],
): Refusal | undefined {
  return ended(draft, serviceOrder, 'An update') ?? setCharacteristics(draft, serviceOrder, characteristics);
}

/** Somebody has seen to it that the service is there; what the outside says of it no longer matters. */
function forceComplete(draft: Draft, serviceOrder: DomainOrder, note: string): Refusal | undefined {
  const refused =
    withoutNote('Force-complete', note) ??
    onlyAsked(draft, serviceOrder, 'Force-complete') ??
    ended(draft, serviceOrder, 'Force-complete');
  if (refused !== undefined) return refused;
  const below = openBelow(draft, serviceOrder.id);
  if (below.length > 0) return possibleNot('Force-complete', serviceOrder, `${below.join(', ')} below it is open`);
  cancelTasks(draft, serviceOrder.id);
  endByHand(draft, serviceOrder.id);
  draft.note(`Completed by hand: ${note}`, serviceOrder.id);
  discardRecords(draft, serviceOrder.id, 'ended by hand');
  const overdue = draft.fallouts.all.filter((fallout) => isOpen(fallout) && fallout.cause === 'overdue');
  settleFallouts(draft, new Set([serviceOrder.id]));
  // What has come to be waited for since then has the time again, as nobody sees to it any more.
  for (const { id, requestId } of overdue)
    if (requestId !== undefined && !isOpen(draft.fallouts.get(id))) grantMoreTime(draft, requestId);
  return undefined;
}

function openBelow(draft: Draft, id: string): string[] {
  return familyBelow(draft, id)
    .map((below) => draft.domainOrders.get(below))
    .filter(({ state, redone }) => (state !== 'closed_complete' || redone === false) && state !== 'canceled')
    .map(({ number }) => number);
}

/** Closed with a note that says what was done; what it held goes on. Sending it again is a decision of its own. */
export function resolveByHand(draft: Draft, { fallout: id, note, roles }: ResolveFallout): Refusal | undefined {
  if (!mayDo('ResolveFallout', roles)) {
    return refusal('roleMissing', { command: 'ResolveFallout', roles: rolesFor.ResolveFallout.join(', ') });
  }
  const fallout = draft.fallouts.find(id);
  if (fallout === undefined) return refusal('falloutUnknown', { order: draft.header.number, fallout: id });
  if (note.trim() === '') return refusal('noteMissing', { command: 'Resolving a fallout' }, '/note');
  if (!isOpen(fallout)) return undefined;
  draft.moveFallout(fallout, 'resolvedByHand');
  draft.note(`Fallout ${fallout.number} closed: ${note}`, fallout.domainOrder);
  goOnAfter(draft, fallout);
  return undefined;
}

/** What it held goes on; what was overdue has the time again, and a cancellation that was not taken is asked for again. */
export function goOnAfter(draft: Draft, fallout: Fallout): void {
  for (const held of fallout.holds) releaseIfClear(draft, held);
  if (askAgain(draft, fallout)) return;
  if (fallout.cause === 'overdue' && fallout.requestId !== undefined) grantMoreTime(draft, fallout.requestId);
}

/** What an operator does with one service or resource order, by hand: sends, revises, updates, completes or cancels it. */
import { externalFulfillmentStates, type OutboundAction, outboundActionOf } from '../model/external-state.ts';
import type { ResolveFallout, ServiceOrderCommand } from '../model/inputs.ts';
import type { Characteristic, DomainOrder, Fallout } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { mayDo, rolesFor } from '../model/roles.ts';
import { nextState } from '../model/state-table.ts';
import { domainOrderTable } from '../model/state-tables.ts';
import { askAgain, forceCancel } from './cancellation/outside-answers.ts';
import { undecidedAbout } from './cancellation/standing.ts';
import { setCharacteristics } from './characteristics.ts';
import type { Draft } from './draft.ts';
import { isOpen, releaseIfClear, settleFallouts } from './fallout.ts';
import { isStillToBegin } from './life/later.ts';
import { discardRecords } from './outbound/discard.ts';
import { grantMoreTime } from './outbound/fulfillment.ts';
import { createOutboundRequest, type Routing, reviseOutboundRequest, routeOutbound } from './outbound/request.ts';
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
      return cancel(draft, serviceOrder, command.note);
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
  for (const member of createOutboundRequest(draft, serviceOrder, routing)) takeUp(draft, member);
  return undefined;
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
  discardRecords(draft, serviceOrder.id, endedByHand);
  const overdue = draft.fallouts.all.filter((fallout) => isOpen(fallout) && fallout.cause === 'overdue');
  settleFallouts(draft, new Set([serviceOrder.id]));
  // What has come to be waited for since then has the time again, as nobody sees to it any more.
  for (const { id, requestId } of overdue)
    if (requestId !== undefined && !isOpen(draft.fallouts.get(id))) grantMoreTime(draft, requestId);
  return undefined;
}

/** Closed it was, and stays so, whoever gives up doing it again. */
function isDoneAgain({ state, redone }: DomainOrder): boolean {
  return state === 'closed_complete' && redone === false;
}

/** Of what was closed before, and was to be done again, nothing is left to be done. */
function endByHand(draft: Draft, id: string): void {
  const { updatesAvailable: _told, ...domainOrder } = draft.domainOrders.get(id);
  const { number, state, redone } = domainOrder;
  const changes = { work: { by: 'manual' }, ...(redone === false ? { redone: true } : {}) } as const;
  if (state !== 'closed_complete') {
    draft.moveDomainOrder(draft.domainOrders.get(id), ['closeByHand'], changes);
    return;
  }
  draft.domainOrders.put({ ...domainOrder, ...changes });
  draft.told({ thing: 'domainOrder', id, number, event: 'redone', from: state, to: state });
}

/** Only what nobody outside is at work on, so that nothing is delivered that nobody knows of. */
function cancel(draft: Draft, serviceOrder: DomainOrder, note: string): Refusal | undefined {
  const refused =
    withoutNote('Cancel', note) ??
    onlyAsked(draft, serviceOrder, 'Cancel') ??
    ended(draft, serviceOrder, 'Cancel') ??
    rootRefusal(serviceOrder);
  if (refused !== undefined) return refused;
  const family = [serviceOrder.id, ...familyBelow(draft, serviceOrder.id)];
  const outside = externalFulfillmentStates(draft.outboundRequests.all);
  const live = family.filter((id) => ['none', 'pending', 'fulfilled'].includes(outside.get(id) ?? 'error'));
  if (live.length > 0) {
    const numbers = live.map((id) => draft.domainOrders.get(id).number).join(', ');
    return possibleNot('Cancel', serviceOrder, `${numbers} has been ordered outside`);
  }
  for (const id of family) {
    const domainOrder = draft.domainOrders.get(id);
    if (isDoneAgain(domainOrder)) {
      cancelTasks(draft, id);
      endByHand(draft, id);
    }
    if (nextState(domainOrderTable, domainOrder.state, 'cancel') === undefined) continue;
    cancelTasks(draft, id);
    draft.moveDomainOrder(domainOrder, ['cancel', 'cancellationDone']);
    discardRecords(draft, id, endedByHand);
  }
  settleFallouts(draft, new Set(family));
  draft.note(`Canceled by hand: ${note}`, serviceOrder.id);
  return undefined;
}

const endedByHand = 'ended by hand';

function rootRefusal(serviceOrder: DomainOrder): Refusal | undefined {
  if (isDoneAgain(serviceOrder))
    return possibleNot(
      'Cancel',
      serviceOrder,
      'it was closed, and is only done again; completing it by hand ends that',
    );
  if (serviceOrder.parent !== undefined) return undefined;
  return possibleNot('Cancel', serviceOrder, 'it is all of its line; that is canceled with the order');
}

/** What is only asked about ends with the question: by a decision, or by a cancellation. */
function onlyAsked({ header }: Draft, serviceOrder: DomainOrder, action: string): Refusal | undefined {
  if (header.fulfillmentType !== 'Qualify') return undefined;
  return possibleNot(action, serviceOrder, 'the order only asks whether it can be had');
}

function ended(draft: Draft, serviceOrder: DomainOrder, action: string): Refusal | undefined {
  const undecided = undecidedAbout(draft, serviceOrder.line);
  if (undecided === 'cancellation')
    return possibleNot(action, serviceOrder, 'the cancellation of its line is being assessed');
  if (undecided === 'revision') return possibleNot(action, serviceOrder, 'nobody has decided about a revision of it');
  const { state, redone } = serviceOrder;
  const open = ['draft', 'qualified', 'scheduled', 'in_progress', 'on_hold'].includes(state) || redone === false;
  return open ? undefined : possibleNot(action, serviceOrder, `it is ${serviceOrder.state}`);
}

function possibleNot(action: string, { number }: DomainOrder, why: string): Refusal {
  return refusal('actionNotPossible', { action, serviceOrder: number, why, possible: labels.none });
}

function withoutNote(command: string, note: string): Refusal | undefined {
  return note.trim() === '' ? refusal('noteMissing', { command }, '/note') : undefined;
}

function openBelow(draft: Draft, id: string): string[] {
  return familyBelow(draft, id)
    .map((below) => draft.domainOrders.get(below))
    .filter(({ state, redone }) => (state !== 'closed_complete' || redone === false) && state !== 'canceled')
    .map(({ number }) => number);
}

/** Every domain order below, parents before children. */
function familyBelow(draft: Draft, root: string): string[] {
  const family = new Set([root]);
  for (const { id, parent } of draft.domainOrders.all) {
    if (parent !== undefined && family.has(parent)) family.add(id);
  }
  family.delete(root);
  return [...family];
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

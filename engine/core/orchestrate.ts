/** Moves everything as far as it can go: starts what may start, closes what is done, and rolls up. */

import type { DomainOrder } from '../model/order.ts';
import { type Refusal, refusalText } from '../model/refusals.ts';
import type { DomainOrderState, OrderState } from '../model/state-tables.ts';
import type { FulfillmentPlan } from '../model/tasks/plan.ts';
import { compensate } from './cancellation/compensate.ts';
import { endRequests } from './cancellation/requests.ts';
import { specificationOf } from './decompose.ts';
import type { Draft } from './draft.ts';
import { openFallout } from './fallout.ts';
import { setOperationTimers } from './inventory/timers.ts';
import { settleEnrichment } from './life/enrichment.ts';
import { beginIfDue, isStillToBegin } from './life/later.ts';
import { fulfilledOutside, isOrdered } from './outbound/fulfilled.ts';
import { createOutboundRequest, joinsRequest, routeOutbound } from './outbound/request.ts';
import { isAtWork, sendRevisions } from './outbound/send-revisions.ts';
import { passPointsOfNoReturn } from './revision/point-of-no-return.ts';
import { lineEventOf, orderEventOf } from './roll-up.ts';
import { layOut, planOf, tasksOf } from './tasks/plan.ts';
import { cancelTask, isPlanDone, progressTasks } from './tasks/progress.ts';
import { openStageTasks, raiseStageTasks } from './tasks/stages.ts';
import { followWorkOrders } from './work-orders/follow.ts';
import { raiseForDomainOrder, raiseForTask } from './work-orders/raise.ts';

/** Of a fallout that no policy row has named a type for. */
const configurationFallout = 'Provisioning Failure';

/** Every round moves a domain order forward at least once, and each has few moves in it, so this ends. */
export function orchestrate(draft: Draft): void {
  settleEnrichment(draft);
  compensate(draft);
  passPointsOfNoReturn(draft);
  if (isHeld(draft)) return;
  beginIfDue(draft);
  // An order that only asks delivers nothing: its service orders start and close with the questions about them.
  if (draft.header.fulfillmentType === 'Qualify') {
    rollUp(draft);
    return;
  }
  const fulfilled = fulfilledOutside(draft);
  const waiting = aboveAssessed(draft);
  let before: number;
  do {
    before = draft.changes;
    for (const { id } of draft.domainOrders.all) {
      if (waiting.has(id)) continue;
      startIfPossible(draft, id);
      followPlan(draft, id, fulfilled);
    }
    closeWhatIsDone(draft, fulfilled);
    followWorkOrders(draft);
  } while (draft.changes > before);
  sendRevisions(draft);
  rollUp(draft);
}

/** What goes out as a whole waits until it is decided whether a part of it is to end. */
function aboveAssessed(draft: Draft): ReadonlySet<string> {
  const assessed = new Set(
    draft.lines.all.flatMap(({ id, state }) => (state === 'assessing_cancellation' ? [id] : [])),
  );
  const above = new Set<string>();
  if (assessed.size === 0) return above;
  for (const { id, line, parent } of draft.domainOrders.all.toReversed()) {
    if (parent !== undefined && (assessed.has(line) || above.has(id))) above.add(parent);
  }
  return above;
}

/** Closes every domain order whose own work and whose children are done; children stand behind their parents. */
function closeWhatIsDone(draft: Draft, fulfilled: ReadonlySet<string>): void {
  const withOpenChild = new Set<string>();
  for (let place = draft.domainOrders.all.length - 1; place >= 0; place -= 1) {
    const domainOrder = draft.domainOrders.all[place];
    if (domainOrder === undefined || hasEnded(domainOrder)) continue;
    const { id, parent } = domainOrder;
    const isDone = isAtWork(domainOrder) && isOwnWorkDone(draft, domainOrder, fulfilled) && !withOpenChild.has(id);
    if (isDone && domainOrder.state === 'closed_complete') closeAgain(draft, domainOrder);
    else if (isDone)
      draft.moveDomainOrder(domainOrder, ['close'], domainOrder.redone === false ? { redone: true } : {});
    else if (parent !== undefined) withOpenChild.add(parent);
  }
}

/** It was closed already, and what it does for others has been done since. */
function closeAgain(draft: Draft, domainOrder: DomainOrder): void {
  const { id, number, state } = domainOrder;
  draft.domainOrders.put({ ...domainOrder, redone: true });
  draft.told({ thing: 'domainOrder', id, number, event: 'redone', from: state, to: state });
}

/** Starts a domain order whose parent has started and whose predecessors are closed. */
function startIfPossible(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state !== 'draft' && domainOrder.state !== 'scheduled') return;
  if (isStillToBegin(draft)) return;
  const parent = domainOrder.parent === undefined ? undefined : draft.domainOrders.get(domainOrder.parent);
  if (parent !== undefined && !isAtWork(parent)) return;
  if (!domainOrder.after.every((before) => hasEnded(draft.domainOrders.get(before)))) return;
  const planning = planOf(draft, domainOrder);
  if (domainOrder.work?.by === 'external') start(draft, domainOrder, {});
  else if (goesWithOthers(draft, domainOrder)) start(draft, domainOrder, { work: { by: 'external' } });
  else if (domainOrder.kind === 'work') startRouted(draft, domainOrder);
  else if (planning.kind === 'planned') startPlan(draft, domainOrder, planning.plan);
  else if (planning.kind === 'misplanned') startByHand(draft, domainOrder, planning.refusal);
  else if (domainOrder.kind === 'service') startRouted(draft, domainOrder);
  else if (domainOrder.kind === 'resource' && domainOrder.action !== 'no-change') startRouted(draft, domainOrder);
  else start(draft, domainOrder, { work: { by: 'none' } });
}

/** Service orders, and resource orders where a policy row speaks of them, go outside or are done inside; so does work. */
function startRouted(draft: Draft, domainOrder: DomainOrder): void {
  const routing = routeOutbound(draft, domainOrder);
  if (domainOrder.action === 'no-change' && !(routing.kind === 'outside' && routing.decision.hierarchical)) {
    // Nothing is to be done about it; it goes out only as the top of what is.
    start(draft, domainOrder, { work: { by: 'none' } });
  } else if (routing.kind === 'outside') {
    const members = createOutboundRequest(draft, domainOrder, routing);
    for (const member of members) startMember(draft, member);
  } else if (routing.kind === 'inside') {
    startAutomatic(draft, domainOrder);
  } else {
    startByHand(draft, domainOrder, routing.refusal);
  }
}

/** It goes out with what is above it. What a fallout holds already begins once that is over. */
function startMember(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  const work = { by: 'external' } as const;
  if (domainOrder.state === 'on_hold') draft.domainOrders.put({ ...domainOrder, work });
  else start(draft, domainOrder, { work });
}

/** A revision has taken it along, or will: whoever has what is above it has it as well, so that nobody follows its plan. */
function goesWithOthers(draft: Draft, domainOrder: DomainOrder): boolean {
  const { id, kind, action } = domainOrder;
  if (kind === 'product' || (kind === 'resource' && action === 'no-change')) return false;
  const isOutside = draft.outboundRequests.all.some(
    ({ serviceOrder, state }) => serviceOrder === id && state !== 'failed',
  );
  return isOutside || joinsRequest(draft, domainOrder);
}

function startByHand(draft: Draft, domainOrder: DomainOrder, why: Refusal): void {
  start(draft, domainOrder, { work: { by: 'manual' } });
  notSent(draft, domainOrder, why);
}

function startPlan(draft: Draft, domainOrder: DomainOrder, plan: FulfillmentPlan): void {
  start(draft, domainOrder, { work: { by: 'plan' } });
  if (tasksOf(draft, domainOrder.id).length === 0) layOut(draft, domainOrder, plan);
}

function followPlan(draft: Draft, id: string, fulfilled: ReadonlySet<string>): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.work?.by !== 'plan') return;
  const waiting = tasksOf(draft, id).filter(({ state }) => state === 'draft' || state === 'closed_complete');
  progressTasks(draft, domainOrder, () => sendPlanned(draft, id), fulfilled.has(id));
  for (const { id: task } of waiting) {
    const { state, by } = draft.tasks.get(task);
    if (state === 'open' || (state === 'in_progress' && by === 'manual')) raiseForTask(draft, task);
  }
}

/** An outbound task sends its service order, and what goes out with it. False: the policy keeps it inside. */
function sendPlanned(draft: Draft, id: string): boolean {
  const serviceOrder = draft.domainOrders.get(id);
  // Somebody has sent it by hand before its turn, and it is not sent twice.
  if (isOrdered(draft, id)) return true;
  const routing = routeOutbound(draft, serviceOrder);
  if (routing.kind === 'inside') return false;
  if (routing.kind === 'undecided') {
    notSent(draft, serviceOrder, routing.refusal);
    return true;
  }
  for (const member of createOutboundRequest(draft, serviceOrder, routing)) {
    if (member !== id) startMember(draft, member);
  }
  return true;
}

/** What the configuration lacks is for somebody to put right; then the service order can be sent by hand. */
function notSent(draft: Draft, { id }: DomainOrder, why: Refusal): void {
  const text = refusalText(why);
  draft.note(why.code === 'policyMatchesNot' ? text : `${text}; nothing was sent`, id);
  if (why.code === 'policyMatchesNot') return;
  openFallout(draft, {
    domainOrder: id,
    holds: [id],
    type: configurationFallout,
    cause: 'configuration',
    description: text,
  });
}

/** What was canceled holds nobody back any more. */
function hasEnded({ state, redone }: DomainOrder): boolean {
  return (state === 'closed_complete' && redone !== false) || state === 'canceled';
}

function startAutomatic(draft: Draft, domainOrder: DomainOrder): void {
  const { automaticMs } = specificationOf(draft.facts.catalogue, domainOrder.specification);
  start(draft, domainOrder, { work: { by: 'automatic', done: automaticMs === 0 } });
  if (automaticMs === 0) return;
  draft.effect({
    type: 'SetTimer',
    name: `automatic/${domainOrder.id}`,
    due: draft.at + automaticMs,
    timer: { kind: 'automaticFulfillment', domainOrder: domainOrder.id },
  });
}

function start(draft: Draft, domainOrder: DomainOrder, changes: Partial<DomainOrder>): void {
  draft.moveDomainOrder(domainOrder, domainOrder.state === 'draft' ? ['qualify', 'start'] : ['start'], changes);
  if (domainOrder.state === 'draft') raiseForDomainOrder(draft, domainOrder.id);
}

function isOwnWorkDone(draft: Draft, { id, work }: DomainOrder, fulfilled: ReadonlySet<string>): boolean {
  switch (work?.by) {
    case 'none':
      return true;
    case 'automatic':
      return work.done;
    case 'external':
      return fulfilled.has(id);
    case 'plan':
      return isPlanDone(draft, id);
    default:
      return false;
  }
}

function rollUp(draft: Draft): void {
  const statesOfLine = Map.groupBy(draft.domainOrders.all, ({ line }) => line);
  for (const { id } of draft.lines.all) {
    const states = (statesOfLine.get(id) ?? []).map(standingOf);
    for (let event = lineEventOf(draft.lines.get(id).state, states); event !== undefined; ) {
      draft.moveLine(draft.lines.get(id), event);
      event = lineEventOf(draft.lines.get(id).state, states);
    }
  }
  rollUpOrder(draft);
  endRequests(draft);
}

/** What was closed and is being undone, or done again, has not ended yet. */
function standingOf({ state, undone, redone }: DomainOrder): DomainOrderState {
  if (undone === false) return 'cancellation_in_progress';
  return redone === false ? 'in_progress' : state;
}

function rollUpOrder(draft: Draft): void {
  const lineStates = draft.lines.all.map(({ state }) => state);
  for (let event = orderEventOf(draft.header.state, lineStates); event !== undefined; ) {
    if (event === 'complete' && !mayComplete(draft)) return;
    draft.moveOrder(event);
    if (event === 'cancellationDone') cancelAllTasks(draft);
    if (event === 'complete') {
      draft.setHeader({ completedAt: draft.at });
      setOperationTimers(draft);
    }
    event = orderEventOf(draft.header.state, lineStates);
  }
}

/** Nobody has to do anything any more for an order that is canceled. */
function cancelAllTasks(draft: Draft): void {
  for (const task of draft.tasks.all) cancelTask(draft, task);
}

/** What was raised when all was delivered, and whatever else is open about the order itself, comes before its completion. */
function mayComplete(draft: Draft): boolean {
  raiseStageTasks(draft, 'postFulfillment');
  return openStageTasks(draft).length === 0;
}

const waiting: readonly OrderState[] = ['awaiting_information', 'assessing_cancellation', 'revision_in_progress'];

/** Held by somebody, waiting for information, or being assessed: what is reported is written down, and nothing else goes on. */
function isHeld({ header: { state, heldByHand } }: Draft): boolean {
  return heldByHand === true || waiting.includes(state);
}

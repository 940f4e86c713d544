/** Moves everything as far as it can go: starts what may start, closes what is done, and rolls up. */

import { externalFulfillmentStates } from '../model/external-state.ts';
import type { DomainOrder } from '../model/order.ts';
import { specificationOf } from './decompose.ts';
import type { Draft } from './draft.ts';
import { createOutboundRequest, decideOutbound } from './outbound.ts';
import { lineEventOf, orderEventOf } from './roll-up.ts';

/** Every round moves a domain order forward at least once, and each has few moves in it, so this ends. */
export function orchestrate(draft: Draft): void {
  const ids = draft.domainOrders.all.map(({ id }) => id);
  const childrenOf = Map.groupBy(draft.domainOrders.all, ({ parent }) => parent);
  let before: number;
  do {
    before = draft.changes;
    const fulfilled = fulfilledOutside(draft);
    for (const id of ids) startIfPossible(draft, id);
    for (const id of ids.toReversed()) {
      const children = childrenOf.get(id) ?? [];
      if (children.every((child) => draft.domainOrders.get(child.id).state === 'closed_complete')) {
        closeIfDone(draft, id, fulfilled);
      }
    }
  } while (draft.changes > before);
  rollUp(draft);
}

/** The service orders whose latest live record says fulfilled. */
function fulfilledOutside(draft: Draft): ReadonlySet<string> {
  const fulfilled = new Set<string>();
  for (const [serviceOrder, state] of externalFulfillmentStates(draft.outboundRequests.all)) {
    if (state === 'fulfilled') fulfilled.add(serviceOrder);
  }
  return fulfilled;
}

/** Starts a domain order whose parent has started and whose predecessors are closed. */
function startIfPossible(draft: Draft, id: string): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state !== 'draft') return;
  const parent = domainOrder.parent === undefined ? undefined : draft.domainOrders.get(domainOrder.parent);
  if (parent !== undefined && parent.state !== 'in_progress') return;
  if (!domainOrder.after.every((before) => draft.domainOrders.get(before).state === 'closed_complete')) return;
  if (domainOrder.kind === 'service') startService(draft, domainOrder);
  else if (domainOrder.kind === 'resource') startAutomatic(draft, domainOrder);
  else start(draft, domainOrder, { work: { by: 'none' } });
}

function startService(draft: Draft, serviceOrder: DomainOrder): void {
  const decision = decideOutbound(draft, serviceOrder);
  if (decision === undefined) {
    start(draft, serviceOrder, { work: { by: 'manual' } });
    draft.note('No row of the Service Order Outbound Policy matches; nothing was sent', serviceOrder.id);
  } else if (!decision.outboundEnabled) {
    startAutomatic(draft, serviceOrder);
  } else {
    const members = createOutboundRequest(draft, serviceOrder, decision);
    for (const member of members) start(draft, draft.domainOrders.get(member), { work: { by: 'external' } });
  }
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
  draft.moveDomainOrder(domainOrder, 'qualify');
  draft.moveDomainOrder(draft.domainOrders.get(domainOrder.id), 'start', changes);
}

/** Closes a domain order whose own work is done; its children are. */
function closeIfDone(draft: Draft, id: string, fulfilled: ReadonlySet<string>): void {
  const domainOrder = draft.domainOrders.get(id);
  if (domainOrder.state === 'in_progress' && isOwnWorkDone(domainOrder, fulfilled)) {
    draft.moveDomainOrder(domainOrder, 'close');
  }
}

function isOwnWorkDone({ id, work }: DomainOrder, fulfilled: ReadonlySet<string>): boolean {
  switch (work?.by) {
    case 'none':
      return true;
    case 'automatic':
      return work.done;
    case 'external':
      return fulfilled.has(id);
    default:
      return false;
  }
}

function rollUp(draft: Draft): void {
  const statesOfLine = Map.groupBy(draft.domainOrders.all, ({ line }) => line);
  for (const { id } of draft.lines.all) {
    const states = (statesOfLine.get(id) ?? []).map(({ state }) => state);
    for (let event = lineEventOf(draft.lines.get(id).state, states); event !== undefined; ) {
      draft.moveLine(draft.lines.get(id), event);
      event = lineEventOf(draft.lines.get(id).state, states);
    }
  }
  const lineStates = draft.lines.all.map(({ state }) => state);
  for (let event = orderEventOf(draft.header.state, lineStates); event !== undefined; ) {
    draft.moveOrder(event);
    if (event === 'complete') draft.setHeader({ completedAt: draft.at });
    event = orderEventOf(draft.header.state, lineStates);
  }
}

/** Laws of orders: what depends on others waits, what is complete is so from below, and the journal tells it all. */
import type { CustomerOrder, DomainOrder, ReplayedStep } from '../../engine/index.ts';
import { hasEnded } from './ended.ts';
import type { Check, Evidence } from './evidence.ts';
import { isOpenFallout, numberOf, stepsOf } from './requests.ts';

export const orderLaws: { readonly [law: string]: Check } = {
  'nothing starts before what it depends on has ended': startedEarly,
  'nothing is complete before all below it has ended': completedEarly,
  'what is on hold has an open fallout that holds it': heldForNothing,
  'the journal gives the order again': replayedOtherwise,
};

/** What goes out with a service order above it starts with that; the other side sees to the rest. */
function startedEarly(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, before, order }) => {
    // Whether it can be had is asked of everything together.
    if (order.fulfillmentType === 'Qualify') return [];
    const was = new Map(before?.domainOrders.map(({ id, state }) => [id, state]));
    const sentBelow = new Set(
      order.outboundRequests
        .filter(({ root, serviceOrder }) => root !== serviceOrder)
        .map(({ serviceOrder }) => serviceOrder),
    );
    const byId = new Map(order.domainOrders.map((each) => [each.id, each]));
    const isOpen = (id: string) => !hasEnded(byId.get(id) ?? { state: 'none' });
    return order.domainOrders.flatMap(({ id, number, state, previousState, after }) => {
      // What was put aside before it began has not begun.
      const isBegun =
        state === 'in_progress' || (state === 'on_hold' && previousState !== 'draft' && previousState !== 'scheduled');
      const starts = isToBegin(was.get(id)) && isBegun && !sentBelow.has(id);
      const first = starts ? after.find(isOpen) : undefined;
      if (first === undefined) return [];
      return [`${number} starts at entry ${entry.entry}, and ${numberOf(order, first)} has not ended`];
    });
  });
}

function completedEarly(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, order }) => [
    ...openBelow(order).map((what) => `${what} at entry ${entry.entry}`),
    ...rolledUp(order).map((what) => `${what} at entry ${entry.entry}`),
  ]);
}

function openBelow({ domainOrders }: CustomerOrder): string[] {
  const byId = new Map(domainOrders.map((each) => [each.id, each]));
  return domainOrders.flatMap((child: DomainOrder) => {
    const parent = child.parent === undefined ? undefined : byId.get(child.parent);
    if (parent?.state !== 'closed_complete' || !hasEnded(parent) || hasEnded(child)) return [];
    return [`${parent.number} is closed, and ${child.number} below it is ${child.state}`];
  });
}

function rolledUp({ lines, domainOrders }: CustomerOrder): string[] {
  const open = new Set(domainOrders.filter((each) => !hasEnded(each)).map(({ line }) => line));
  return lines
    .filter((line) => line.state === 'completed' && open.has(line.id))
    .map((line) => `${line.number} is completed, and work on it is open`);
}

function heldForNothing(evidence: Evidence): string[] {
  return stepsOf(evidence).flatMap(({ entry, order }) => {
    const holding = new Set(order.fallouts.filter(isOpenFallout).flatMap(({ holds }) => holds));
    return order.domainOrders
      .filter(({ id, state, heldFor }) => state === 'on_hold' && heldFor === undefined && !holding.has(id))
      .map(({ number }) => `${number} is on hold after ${entry.input.type}, entry ${entry.entry}`);
  });
}

function replayedOtherwise({ orders }: Evidence): string[] {
  return orders.flatMap(({ order, history, broken }) => {
    if (broken !== undefined) return [broken];
    const last: ReplayedStep | undefined = history.at(-1);
    return JSON.stringify(last?.order) === JSON.stringify(order) ? [] : [`${order.number} comes out otherwise`];
  });
}

function isToBegin(state = 'draft'): boolean {
  return state === 'draft' || state === 'scheduled';
}

/** Waits in real time until nothing more is to be expected of a world, or until patience ends. */
import type { RunFinding } from '../../contracts/records/run.ts';
import { textOfDurationMs } from '../../contracts/schemas/text.ts';
import type { CustomerOrder, PendingEffect } from '../../engine/index.ts';
import { becomesTrue } from './news.ts';
import type { RealWorld } from './world.ts';

/** Orders of a scenario are few; its steps name each of them. */
type Names = ReadonlyMap<string, string>;

/** @returns false when patience ended before everything was at rest. */
export function comeToRest(world: RealWorld, names: Names, patienceMs: number): Promise<boolean> {
  const { kernel, news } = world;
  return becomesTrue(() => isAtRest(world, names), { kernel, news, patienceMs });
}

/**
 * When patience has ended: each order that is neither ended nor held with an open fallout. An order that is held may
 * still be reported on, so that is waited for as well; but nobody has to.
 */
export async function findUnfinished(world: RealWorld, names: Names, patienceMs: number): Promise<RunFinding[]> {
  const orders = await ordersOf(world, names);
  return orders.flatMap(([name, order]) => {
    if (hasEnded(order) || isHeld(order) || isAnswered(order)) return [];
    const message = `${name} is ${order.state} after ${textOfDurationMs(patienceMs)}: ${whatIsMissing(order)}`;
    return [{ check: 'unfinished' as const, message }];
  });
}

/** What is to be done once an answer is too old is nothing to wait for: that may be days away. */
export function isUnderWay({ effect }: PendingEffect): boolean {
  return effect.type !== 'SetTimer' || effect.timer.kind !== 'qualificationExpired';
}

/** Nothing is under way: no effect, no request of a real system, and no order that somebody is to report on. */
async function isAtRest(world: RealWorld, names: Names): Promise<boolean> {
  if (world.witness.open > 0 || (await world.store.pendingEffects()).some(isUnderWay)) return false;
  const orders = await ordersOf(world, names);
  return orders.every(([, order]) => hasEnded(order) || (awaited(order).length === 0 && asked(order).length === 0));
}

async function ordersOf({ engine }: RealWorld, names: Names): Promise<[string, CustomerOrder][]> {
  const found: [string, CustomerOrder][] = [];
  for (const [name, id] of names) {
    const order = await engine.order(id);
    if (order !== undefined) found.push([name, order]);
  }
  return found;
}

const ended: readonly string[] = ['completed', 'canceled', 'rejected'];

function hasEnded({ state }: CustomerOrder): boolean {
  return ended.includes(state);
}

function isHeld({ state, fallouts }: CustomerOrder): boolean {
  return state === 'on_hold' && fallouts.some((fallout) => fallout.state === 'open');
}

function awaited({ outboundRequests }: CustomerOrder): CustomerOrder['outboundRequests'] {
  return outboundRequests.filter(({ state }) => state === 'pending' || state === 'not_applicable');
}

function asked({ qualificationRequests }: CustomerOrder): CustomerOrder['qualificationRequests'] {
  return qualificationRequests.filter(({ state }) => state === 'sent' || state === 'waiting');
}

/** Nothing more is to come: somebody decides. */
function isAnswered(order: CustomerOrder): boolean {
  return order.fulfillmentType === 'Qualify' && order.state === 'in_progress' && asked(order).length === 0;
}

function whatIsMissing(order: CustomerOrder): string {
  const [question] = asked(order);
  if (question !== undefined) {
    return `${question.target} has not answered question ${question.id}. If it takes longer, give it more --patience`;
  }
  const waiting = awaited(order);
  if (waiting.length === 0) return 'what the order management has to do itself takes longer';
  const [first] = waiting;
  return `${first?.target} has not reported ${waiting.map(({ number }) => number).join(', ')} fulfilled. If it takes longer, give it more --patience`;
}

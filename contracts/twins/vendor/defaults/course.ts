/**
 * The life of an order when nobody interferes: acknowledged, then one item after another in progress and done, with the
 * pauses and bad ends that some service specifications lead to.
 */
import type { Pace, Vendor } from '../habits.ts';
import type { Move, Order } from '../words.ts';
import { allTo, isOf, type Leaf, leavesOf, neededBy } from './items.ts';
import { hasEnded } from './states.ts';

/** Service specifications that lead elsewhere than to completion. */
export const specifications = {
  held: 'held-for-a-while',
  pending: 'needs-information',
  failed: 'will-fail',
  rejected: 'will-be-rejected',
  denied: 'not-cancellable',
} as const;

export function nextMove(order: Order, { habits }: Vendor): Move | undefined {
  const leaves = leavesOf(order.document.serviceOrderItem);
  const { pace } = habits;
  switch (order.document.state) {
    case 'acknowledged':
      return firstMove(leaves, pace);
    case 'inProgress':
      return workOn(order, leaves, pace);
    case 'held':
      return { ...backToWork(leaves, 'held'), afterMs: pace.held };
    case 'pending':
      return order.informed === true
        ? { ...backToWork(leaves, 'pending'), afterMs: pace.resume }
        : {
            ...allCancelled(leaves),
            afterMs: pace.information,
            reason: 'The information that was required did not come',
          };
    default:
      return undefined;
  }
}

/** When an order made of these items would be done, in milliseconds from its creation. */
export function forecastMs(leaves: readonly Leaf[], pace: Pace): number {
  const pauses = leaves.filter((leaf) => isOf(leaf, specifications.held)).length;
  return pace.start + leaves.length * pace.item + pauses * (pace.held + pace.item);
}

/** Every item that has not ended is cancelled, and the order with them. */
export function allCancelled(leaves: readonly Leaf[]): Pick<Move, 'leaves' | 'order'> {
  return {
    leaves: allTo(
      'cancelled',
      leaves.filter(({ item }) => !hasEnded(item.state)),
    ),
    order: 'cancelled',
  };
}

function firstMove(leaves: readonly Leaf[], pace: Pace): Move {
  if (leaves.some((leaf) => isOf(leaf, specifications.rejected))) {
    const reason = `The service specification ${specifications.rejected} cannot be ordered`;
    return { afterMs: pace.start, leaves: allTo('rejected', leaves), reason };
  }
  return { afterMs: pace.start, leaves: allTo('inProgress', inTurn(leaves, {}).slice(0, 1)) };
}

function workOn({ resumed }: Order, leaves: readonly Leaf[], pace: Pace): Move | undefined {
  const working = leaves.find(({ item }) => item.state === 'inProgress');
  if (working === undefined) return undefined;
  const pause = resumed.has(working.place) ? undefined : pauseOf(working);
  if (pause !== undefined) return { afterMs: pace.item, leaves: { [working.place]: pause }, order: pause };
  const fails = isOf(working, specifications.failed);
  const done = { [working.place]: fails ? 'failed' : 'completed' } as const;
  const reason = fails ? { reason: `The service specification ${specifications.failed} could not be delivered` } : {};
  const lost = lostWith(leaves, done);
  const next = allTo('inProgress', inTurn(leaves, { ...done, ...lost }).slice(0, 1));
  return { afterMs: pace.item, leaves: { ...done, ...lost, ...next }, ...reason };
}

function pauseOf(leaf: Leaf): 'held' | 'pending' | undefined {
  if (isOf(leaf, specifications.held)) return 'held';
  return isOf(leaf, specifications.pending) ? 'pending' : undefined;
}

function backToWork(leaves: readonly Leaf[], from: 'held' | 'pending'): Pick<Move, 'leaves' | 'order' | 'resumes'> {
  const paused = leaves.filter(({ item }) => item.state === from).slice(0, 1);
  const [place] = paused.map((leaf) => leaf.place);
  return {
    leaves: allTo('inProgress', paused),
    order: 'inProgress',
    ...(place === undefined ? {} : { resumes: place }),
  };
}

/** Items that depend on one that did not succeed are not begun. */
function lostWith(leaves: readonly Leaf[], changed: Move['leaves']): Move['leaves'] {
  const lost: { [place: string]: 'cancelled' } = {};
  const stateOf = ({ place, item }: Leaf) => lost[place] ?? changed[place] ?? item.state;
  for (const _round of leaves) {
    const further = leaves.filter(
      (leaf) =>
        stateOf(leaf) === 'acknowledged' &&
        neededBy(leaf, leaves).some((other) => ['failed', 'cancelled', 'rejected'].includes(stateOf(other))),
    );
    if (further.length === 0) break;
    for (const { place } of further) lost[place] = 'cancelled';
  }
  return lost;
}

/** What is still to be begun, in the order in which it will be: what others need first, pauses as late as possible. */
function inTurn(leaves: readonly Leaf[], changed: Move['leaves']): Leaf[] {
  const stateOf = ({ place, item }: Leaf) => changed[place] ?? item.state;
  const waiting = leaves.filter((leaf) => stateOf(leaf) === 'acknowledged');
  const lateness = (leaf: Leaf) => {
    const isBlocked = neededBy(leaf, leaves).some((other) => stateOf(other) !== 'completed');
    return (isBlocked ? 2 : 0) + (pauseOf(leaf) === undefined ? 0 : 1);
  };
  return waiting.toSorted((one, other) => lateness(one) - lateness(other));
}

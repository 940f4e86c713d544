/** An order of a legal vendor: its items, the moves that they may make, and what they add up to. */
import type { Chance } from '../../../../kernel/chance.ts';

export interface Item {
  readonly id: string;
  readonly asked: object;
  readonly inner: readonly Item[];
  /** Of a leaf; what an outer item is, its inner ones say. */
  state: string;
}

export interface Order {
  readonly id: string;
  readonly asked: { readonly [attribute: string]: unknown };
  readonly items: readonly Item[];
  state: string;
  /** What was patched, and the facts that came with states. */
  readonly facts: { [attribute: string]: unknown };
  /** The cancel task under way, and what the order was before it. */
  cancelling?: { readonly was: string };
}

const ends = new Set(['rejected', 'completed', 'failed', 'partial', 'cancelled']);

export function hasEnded(state: string): boolean {
  return ends.has(state);
}

/** The diagram, without the cancelling of tasks. */
const moves: { readonly [state: string]: readonly string[] } = {
  acknowledged: ['rejected', 'inProgress', 'cancelled'],
  inProgress: ['completed', 'failed', 'partial', 'pending', 'held', 'cancelled'],
  pending: ['inProgress', 'cancelled'],
  held: ['inProgress', 'cancelled'],
};

/** What a leaf does next, the likelier the more often it is named. */
const leafMoves: { readonly [state: string]: readonly string[] } = {
  acknowledged: ['inProgress', 'inProgress', 'inProgress', 'inProgress', 'cancelled'],
  inProgress: ['completed', 'completed', 'completed', 'completed', 'failed', 'held', 'pending', 'cancelled'],
  pending: ['inProgress', 'inProgress', 'inProgress', 'cancelled'],
  held: ['inProgress', 'inProgress', 'inProgress', 'cancelled'],
};

export function leavesOf(items: readonly Item[]): Item[] {
  return items.flatMap((item) => (item.inner.length === 0 ? [item] : leavesOf(item.inner)));
}

export function stateOf(item: Item): string {
  return item.inner.length === 0 ? item.state : (sums(leavesOf([item]).map(({ state }) => state))[0] ?? item.state);
}

/** What leaves add up to: where TMF leaves it open, every reading. */
function sums(states: readonly string[]): string[] {
  const all = (...wanted: readonly string[]) => states.every((state) => wanted.includes(state));
  const open = states.filter((state) => !hasEnded(state));
  if (all('rejected')) return ['rejected'];
  if (all('completed')) return ['completed'];
  if (all('failed', 'rejected')) return ['failed'];
  if (all('cancelled')) return ['cancelled'];
  if (all('completed', 'cancelled')) return ['cancelled', 'partial'];
  if (open.length === 0) return states.includes('completed') ? ['partial'] : ['failed', 'cancelled'];
  if (all('acknowledged')) return ['acknowledged'];
  if (open.every((state) => state === 'pending')) return ['pending'];
  return open.every((state) => state === 'held') ? ['held'] : ['inProgress'];
}

/** The moves of the order from one state to another; through inProgress where there is no other way. */
function wayTo(from: string, to: string): string[] | undefined {
  if (from === to) return [];
  if (moves[from]?.includes(to)) return [to];
  return moves[from]?.includes('inProgress') && moves.inProgress?.includes(to) ? ['inProgress', to] : undefined;
}

/** Something that can happen to an order: how its leaves change, and the states that the order goes through. */
export interface Step {
  readonly leaves: readonly (readonly [leaf: Item, state: string])[];
  readonly states: readonly string[];
}

/** The next thing to happen; nothing when the order has ended or is being cancelled. */
export function nextStep(order: Order, chance: Chance): Step | undefined {
  const leaves = leavesOf(order.items);
  const open = leaves.filter(({ state }) => !hasEnded(state));
  if (open.length === 0 || hasEnded(order.state) || order.cancelling !== undefined) return undefined;
  if (leaves.every(({ state }) => state === 'acknowledged') && chance.fraction() < 0.08) {
    return { leaves: leaves.map((leaf) => [leaf, 'rejected']), states: ['rejected'] };
  }
  if (chance.fraction() < 0.03) return { leaves: open.map((leaf) => [leaf, 'cancelled']), states: ['cancelled'] };
  const leaf = chance.pick(open);
  const to = chance.pick(leafMoves[leaf.state] ?? ['inProgress']);
  const ways = sums(leaves.map((each) => (each === leaf ? to : each.state)))
    .map((sum) => wayTo(order.state, sum))
    .filter((way) => way !== undefined);
  return ways.length === 0 ? { leaves: [], states: [] } : { leaves: [[leaf, to]], states: chance.pick(ways) };
}

/** Takes over a state, with the facts that come with it. */
export function enter(order: Order, state: string, at: string): void {
  order.state = state;
  const { facts } = order;
  if (state === 'inProgress') facts.startDate ??= at;
  if (state === 'completed') facts.completionDate = at;
  if (state === 'cancelled') facts.cancellationDate = at;
  if (state === 'failed' || state === 'rejected') {
    facts.errorMessage = [{ code: '17', reason: `the order was ${state}`, timestamp: at }];
  }
}

export function documentOf(order: Order, href: string): { [attribute: string]: unknown } {
  return {
    ...order.asked,
    id: order.id,
    href,
    state: order.state,
    ...order.facts,
    serviceOrderItem: order.items.map(itemDocument),
  };
}

function itemDocument(item: Item): object {
  const inner = item.inner.length === 0 ? {} : { serviceOrderItem: item.inner.map(itemDocument) };
  return { ...item.asked, state: stateOf(item), ...inner };
}

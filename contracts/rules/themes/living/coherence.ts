/** What the states of its items say about the state of an order, as far as TMF641 says it. */
import { itemsOf } from '../../view/items.ts';
import { type JsonObject, objectsOf, textOf } from '../../view/json.ts';
import { orderDiagram } from '../../view/moves.ts';

export interface CoherenceProblem {
  readonly path: string;
  readonly valueClass: string;
  readonly message: string;
}

const begun = new Set(['inProgress', 'completed', 'failed', 'partial']);
const underWay = new Set(['inProgress', 'pending', 'held', 'assessingCancellation', 'pendingCancellation']);

/**
 * @param isLast nothing was seen of the order later: what lags behind for a moment has had its time.
 * @returns undefined when order and items agree, or when one of them says nothing.
 */
export function coherenceProblem(order: JsonObject, isLast: boolean): CoherenceProblem | undefined {
  const state = textOf(order.state);
  const all = itemsOf(order);
  const leaves = all.filter(({ isParent }) => !isParent).map((item) => item.state);
  if (state === undefined || leaves.length === 0 || leaves.some((leaf) => leaf === undefined)) return undefined;
  const known = leaves.flatMap((leaf) => leaf ?? []);
  const wrong = oddItem(state, known) ?? oddEnd(state, known, isLast);
  if (wrong !== undefined) {
    const message = `an order is ${state} while its items are ${countsOf(known)}`;
    return { path: 'ServiceOrder /state', valueClass: `${state} with ${wrong}`, message };
  }
  return oddParent(all.map(({ item }) => item));
}

function oddItem(state: string, leaves: readonly string[]): string | undefined {
  const find = (test: (leaf: string) => boolean) => leaves.find(test);
  const none = (wanted: string) => (leaves.includes(wanted) ? undefined : `no ${wanted} item`);
  const all = (wanted: string) => (leaves.every((leaf) => leaf === wanted) ? `only ${wanted} items` : undefined);
  const running = find((leaf) => underWay.has(leaf));
  switch (state) {
    case 'acknowledged':
      return item(find((leaf) => begun.has(leaf)));
    case 'completed':
      return item(find((leaf) => leaf !== 'completed'));
    case 'failed':
      return item(running ?? find((leaf) => leaf === 'completed'));
    case 'partial':
      return item(running) ?? none('completed') ?? all('completed');
    case 'rejected':
      return item(running ?? find((leaf) => leaf === 'completed'));
    case 'cancelled':
      return item(running) ?? all('completed');
    default:
      return undefined;
  }
}

function item(state: string | undefined): string | undefined {
  return state === undefined ? undefined : `a ${state} item`;
}

/** Nothing is left to do, and the order does not end. */
function oddEnd(state: string, leaves: readonly string[], isLast: boolean): string | undefined {
  const isOver = leaves.every((leaf) => orderDiagram.isTerminal(leaf));
  return isLast && isOver && !orderDiagram.isTerminal(state) ? 'items that have all ended' : undefined;
}

function oddParent(items: readonly JsonObject[]): CoherenceProblem | undefined {
  for (const parent of items) {
    const inner = objectsOf(parent.serviceOrderItem).flatMap(({ state }) => textOf(state) ?? []);
    const odd = inner.find((state) => state !== 'completed');
    if (parent.state !== 'completed' || odd === undefined) continue;
    const message = `item ${parent.id} is completed while an item in it is ${odd}`;
    return { path: 'ServiceOrder /serviceOrderItem/*/state', valueClass: `completed with a ${odd} item`, message };
  }
  return undefined;
}

function countsOf(states: readonly string[]): string {
  return [...Map.groupBy(states, (state) => state)].map(([state, those]) => `${those.length} ${state}`).join(', ');
}

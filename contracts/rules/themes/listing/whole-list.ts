/** The list of all orders as it was when nothing changed any more, which pages and filters are held against. */
import { type JsonObject, objectsOf, textOf } from '../../view/json.ts';
import { answerHeader, isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

export interface WholeList {
  readonly seen: Seen;
  readonly orders: readonly JsonObject[];
  /** The answer shows every order there is, rather than the first page. */
  readonly isComplete: boolean;
  /** The same orders were there at the end of the queries. */
  readonly isStable: boolean;
  /** That order did not change during the queries. */
  isCalm(id: string): boolean;
}

export function wholeList(view: View): WholeList | undefined {
  const [seen] = view.step('queries', 'whole').filter(isSuccess);
  const [again] = view.step('queries', 'whole-again').filter(isSuccess);
  if (seen === undefined || again === undefined || !Array.isArray(seen.got)) return undefined;
  const [orders, later] = [objectsOf(seen.got), objectsOf(again.got)];
  const laterStates = new Map(later.map(({ id, state }) => [textOf(id), state]));
  const ids = (list: readonly JsonObject[]) =>
    list
      .map(({ id }) => textOf(id))
      .toSorted()
      .join('\n');
  const total = Number(answerHeader(seen, 'x-total-count') ?? orders.length);
  const states = new Map(orders.map(({ id, state }) => [textOf(id), state]));
  return {
    seen,
    orders,
    isComplete: seen.status === 200 ? !(total > orders.length) : false,
    isStable: ids(orders) === ids(later),
    isCalm: (id) => states.get(id) === laterStates.get(id),
  };
}

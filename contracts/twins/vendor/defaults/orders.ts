/** What a vendor does about repeated, refused and deleted orders. */
import { type ErrorAnswer, errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { Order, OrderDocument } from '../words.ts';
import { isObject } from './checks.ts';
import { hasEnded } from './states.ts';

/** The same order again is the first one; another order of the same externalId is refused. */
export function again(first: Order, asked: string): 'first' | 'conflict' {
  return first.asked === asked ? 'first' : 'conflict';
}

/** One that is being worked on cannot be deleted; one that has ended, or was not begun, can. */
export function refusalOfDelete({ id, state }: OrderDocument): ErrorAnswer | undefined {
  if (hasEnded(state) || state === 'acknowledged') return undefined;
  return errorAnswer(409, '62', 'Conflict', `Service order ${id} is ${state}; cancel it first`);
}

/** Its externalId is free again. */
export function remove({ id }: Order, { orders, asked }: Vendor): void {
  orders.delete(id);
  for (const [externalId, orderId] of asked) if (orderId === id) asked.delete(externalId);
}

/** The same text for the same value, in whatever order its attributes are. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join()}}`;
}

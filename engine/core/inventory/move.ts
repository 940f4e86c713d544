/** A move: a change of something to another place. */
import type { InventoryItem } from '../../model/inventory/item.ts';
import { type Json, sameJson } from '../../model/json.ts';
import type { OrderLine, Place } from '../../model/order.ts';

export function isMove(
  { action, place, inventory }: Pick<OrderLine, 'action' | 'place' | 'inventory'>,
  item: InventoryItem | undefined,
): boolean {
  if (action !== 'change' || item === undefined || place === undefined || inventory !== item.id) return false;
  return !isSamePlace(place, item.place);
}

/** Places are told apart by their ids; those without one by all that is said of them. */
export function isSamePlace(one: Place | undefined, other: Place | undefined): boolean {
  if (one?.id !== undefined || other?.id !== undefined) return one?.id === other?.id;
  const { name, country } = one ?? {};
  return sameJson([name ?? null, country ?? null] as Json, [other?.name ?? null, other?.country ?? null]); // both plain
}

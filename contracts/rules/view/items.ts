/** The items of an order, nested ones included. */
import { isObject, type JsonObject, objectsOf, textOf } from './json.ts';

export interface ItemSeen {
  readonly id: string;
  readonly state: string | undefined;
  readonly item: JsonObject;
  /** True when it has items of its own. */
  readonly isParent: boolean;
}

/** Outer before inner. Items without an id are known by their place. */
export function itemsOf(order: unknown): ItemSeen[] {
  const found: ItemSeen[] = [];
  const add = (holder: unknown, prefix: string): void => {
    if (!isObject(holder)) return;
    objectsOf(holder.serviceOrderItem).forEach((item, place) => {
      const inner = objectsOf(item.serviceOrderItem);
      const id = `${prefix}${textOf(item.id) ?? `#${place}`}`;
      found.push({ id, state: textOf(item.state), item, isParent: inner.length > 0 });
      add(item, `${id}/`);
    });
  };
  add(order, '');
  return found;
}

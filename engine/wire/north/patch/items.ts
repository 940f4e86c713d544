/** The items of an order document, wherever they are nested. */
import type { JsonObject } from '../../../model/json.ts';

export interface ItemPlace {
  readonly id: string;
  readonly item: JsonObject;
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** The id of the item that it is nested in. */
  readonly parent?: string;
}

/** Each item of the document that is an object, before those that are nested in it. @param list the attribute that holds them. */
export function itemPlaces(document: JsonObject, list: string, pointer = '', parent?: string): ItemPlace[] {
  return listIn(document, list).flatMap((item, index) => {
    const at = `${pointer}/${list}/${index}`;
    const id = String(item.id);
    return [{ id, item, pointer: at, ...(parent === undefined ? {} : { parent }) }, ...itemPlaces(item, list, at, id)];
  });
}

export function listIn(holder: JsonObject, list: string): JsonObject[] {
  const items = holder[list];
  return Array.isArray(items) ? items.filter(isObject) : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A merge patch of an order: RFC 7396, but for lists of things that have names. Items are merged by their id, and
 * characteristics by their name, so that nobody has to repeat what stays. Any other list is replaced.
 */
import { pointerTo } from '../../../../contracts/schemas/finding.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { type ItemPlace, isObject, itemPlaces, listIn } from './items.ts';
import type { Patched } from './patched.ts';

/** @param list the attribute that holds the items, of the order and of an item. */
export function mergePatchedOrder(document: JsonObject, patch: Json, list: string): Patched {
  if (!isObject(patch)) return refused('', 'an object with the attributes that are to change');
  const items = patch[list];
  const wrong = items === undefined ? undefined : wrongItems(items, list, `/${list}`);
  if (wrong !== undefined) return wrong;
  const { [list]: _items, ...others } = patch;
  const merged = merge(document, others);
  const named = Object.keys(patch).map((attribute) => ({ attribute, pointer: pointerTo('', attribute) }));
  if (items === undefined) return { ok: true, document: merged, named, places: [] };
  const places = itemPlaces(patch, list);
  const known = new Set(itemPlaces(document, list).map(({ id }) => id));
  return { ok: true, document: { ...merged, [list]: withItems(document, places, known, list) }, named, places };
}

function refused(pointer: string, expected: string): Patched {
  return { ok: false, pointer, expected };
}

/** Items have no order of their own; without its id, nobody knows which one is meant. */
function wrongItems(items: Json, list: string, pointer: string): Patched | undefined {
  if (!Array.isArray(items)) return refused(pointer, 'a list of items');
  for (const [index, item] of items.entries()) {
    const at = `${pointer}/${index}`;
    if (!isObject(item)) return refused(at, 'an item');
    if (typeof item.id !== 'string') return refused(`${at}/id`, 'the id of the item');
    const below = item[list];
    const wrong = below === undefined ? undefined : wrongItems(below, list, `${at}/${list}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Those that are there, each with what is said of it, wherever that stands; and behind them the new ones. */
function withItems(
  document: JsonObject,
  places: readonly ItemPlace[],
  known: ReadonlySet<string>,
  list: string,
): JsonObject[] {
  const said = Map.groupBy(places, ({ id }) => id);
  const added = Map.groupBy(
    places.filter(({ id }) => !known.has(id)),
    ({ parent }) => parent,
  );
  const itemsOf = (holder: JsonObject, id: string | undefined): JsonObject[] => [
    ...listIn(holder, list).flatMap((item) => changed(item)),
    ...(added.get(id) ?? []).map(({ item }) => whole(item)),
  ];
  const changed = (item: JsonObject): JsonObject[] => {
    const patches = (said.get(String(item.id)) ?? []).map((place) => place.item);
    if (item.action === 'add' && patches.some(({ action }) => action === 'delete')) return [];
    return [
      withBelow(
        patches.reduce((before, patch) => merge(before, without(patch, list)), item),
        item,
      ),
    ];
  };
  const whole = (item: JsonObject): JsonObject => withBelow(merge({}, without(item, list)), { id: item.id ?? '' });
  const withBelow = (item: JsonObject, was: JsonObject): JsonObject => {
    const below = itemsOf(was, String(item.id));
    const { [list]: _before, ...others } = item;
    return below.length === 0 && was[list] === undefined ? others : { ...others, [list]: below };
  };
  return itemsOf(document, undefined);
}

function without(item: JsonObject, list: string): JsonObject {
  const { [list]: _items, ...others } = item;
  return others;
}

/** Lists whose elements are known by their name, in what an item is about. */
const listsByName = new Set([
  'productCharacteristic',
  'serviceCharacteristic',
  'resourceCharacteristic',
  'workCharacteristic',
]);

function merge(target: Json | undefined, patch: JsonObject): JsonObject {
  const result = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else if (isObject(value)) result.set(name, merge(result.get(name), value));
    else if (listsByName.has(name) && Array.isArray(value)) result.set(name, mergedByName(result.get(name), value));
    else result.set(name, value);
  }
  return Object.fromEntries(result);
}

/** One whose value is null is taken away. Where names are not of their own, nobody knows which is meant: the list is replaced. */
function mergedByName(before: Json | undefined, said: readonly Json[]): readonly Json[] {
  const known: readonly Json[] = Array.isArray(before) ? before : [];
  if (!areNamed(known) || !areNamed(said)) return said;
  const result = new Map(known.map((each) => [nameOf(each), each]));
  for (const each of said) {
    const name = nameOf(each);
    if (isObject(each) && each.value === null) result.delete(name);
    else result.set(name, isObject(each) ? merge(result.get(name), each) : each);
  }
  return [...result.values()];
}

function areNamed(all: readonly Json[]): boolean {
  return all.every((each) => nameOf(each) !== undefined) && new Set(all.map(nameOf)).size === all.length;
}

function nameOf(value: Json): string | undefined {
  return isObject(value) && typeof value.name === 'string' ? value.name : undefined;
}

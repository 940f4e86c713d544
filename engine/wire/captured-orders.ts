/** What orders of TMF622, TMF641 and TMF652 have in common when they become customer orders with lines. */
import { instantOfText } from '../../contracts/schemas/text.ts';
import type { CapturedLine, CaptureOrder } from '../model/inputs.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Characteristic, Party, Place } from '../model/order.ts';
import { type PriorityLevel, priorityLevels } from '../model/priority/level.ts';

/** An item with its place in the tree, before its product or service is looked at. */
export interface ItemInTree<Item> {
  readonly item: Item;
  readonly pointer: string;
  readonly parent?: string;
  readonly after: readonly string[];
  readonly nested: boolean;
}

interface AnyItem {
  readonly id: string;
}

/** How one kind of item names the items in it and the items it is related to. */
export interface ItemShape<Item> {
  readonly listName: string;
  nestedIn(item: Item): readonly Item[];
  relationsOf(item: Item): readonly { readonly type: string; readonly id: string }[];
}

/** Relationship types in lower case. `bundles` is how TMF622 samples say that the other item is a part of this one. */
const childTypes = new Set(['haschild', 'bundles']);
const parentTypes = new Set(['hasparent', 'isbundledby']);
const dependencyTypes = new Set(['dependency', 'dependson']);

/** Every item, parents before what is nested in them, with parents and dependencies found from both sides. */
export function itemsInTree<Item extends AnyItem>(items: readonly Item[], shape: ItemShape<Item>): ItemInTree<Item>[] {
  const found = flattened(items, shape, `/${shape.listName}`, undefined);
  const parentOf = new Map<string, string>();
  for (const { item, parent } of found) if (parent !== undefined) parentOf.set(item.id, parent);
  for (const { item } of found) {
    for (const { type, id } of shape.relationsOf(item)) {
      if (childTypes.has(type.toLowerCase()) && !parentOf.has(id)) parentOf.set(id, item.id);
      if (parentTypes.has(type.toLowerCase()) && !parentOf.has(item.id)) parentOf.set(item.id, id);
    }
  }
  return found.map((entry) => {
    const { item, pointer, nested } = entry;
    const parent = parentOf.get(item.id);
    const after = shape
      .relationsOf(item)
      .flatMap(({ type, id }) => (dependencyTypes.has(type.toLowerCase()) ? [id] : []));
    return { item, pointer, nested, after, ...(parent === undefined ? {} : { parent }) };
  });
}

function flattened<Item extends AnyItem>(
  items: readonly Item[],
  shape: ItemShape<Item>,
  pointer: string,
  parent: string | undefined,
): ItemInTree<Item>[] {
  return items.flatMap((item, index) => {
    const at = `${pointer}/${index}`;
    const own = {
      item,
      pointer: at,
      after: [],
      nested: parent !== undefined,
      ...(parent === undefined ? {} : { parent }),
    };
    return [own, ...flattened(shape.nestedIn(item), shape, `${at}/${shape.listName}`, item.id)];
  });
}

/** The parts of a line that do not depend on the kind of item. */
export function linePlace<Item extends AnyItem>(
  entry: ItemInTree<Item>,
): Pick<CapturedLine, 'externalId' | 'parent' | 'after' | 'nested' | 'pointer' | 'priority'> {
  const priority = priorityIn(entry.item);
  return {
    externalId: entry.item.id,
    after: entry.after,
    pointer: entry.pointer,
    ...(entry.parent === undefined ? {} : { parent: entry.parent }),
    ...(entry.nested ? { nested: true } : {}),
    ...(priority === undefined ? {} : { priority }),
  };
}

/** TMF knows no priority of an item; requesters that say one in the words of order management are heard. */
function priorityIn(item: object): PriorityLevel | undefined {
  const priority = 'priority' in item ? item.priority : undefined;
  // Nobody has checked it: whatever else it is, it cannot always be made into a text.
  const said = typeof priority === 'string' || typeof priority === 'number' ? String(priority).toLowerCase() : '';
  return priorityLevels.find(
    (level, index) => said === level || said === String(index + 1) || said === `${index + 1}-${level}`,
  );
}

/**
 * What an item says of its characteristics, in any API.
 * @param given anything at all, in a thing of a type that nobody knows: what is none is kept, and not read.
 */
export function characteristicsOf(
  given: readonly { readonly name: string; readonly valueType?: string; readonly value: unknown }[] = [],
): Characteristic[] {
  const readable = Array.isArray(given) ? given.filter((each) => typeof each?.name === 'string') : [];
  return readable.map(({ name, valueType, value }) => ({
    name,
    ...(valueType === undefined ? {} : { valueType }),
    value: value as Json, // part of a parsed JSON body
  }));
}

interface WirePlace {
  readonly id?: string;
  readonly name?: string;
  readonly role: string;
  readonly '@referredType'?: string;
  /** Not in the published type, and legal: unknown attributes are. */
  readonly country?: unknown;
}

/**
 * The engine knows one place for each line: the first.
 * @param places anything at all, in a thing of a type that nobody knows: what is none is kept, and not read.
 */
export function placeOf(places: readonly WirePlace[] = []): { place?: Place } {
  const [first] = Array.isArray(places) ? places : [];
  if (typeof first !== 'object' || first === null) return {};
  const { id, name, role, '@referredType': referredType, country } = first;
  return {
    place: {
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      role,
      ...(referredType === undefined ? {} : { referredType }),
      ...(typeof country === 'string' ? { country } : {}),
    },
  };
}

interface WireParty {
  readonly id: string;
  readonly name?: string;
  readonly role?: string;
  readonly '@referredType': string;
}

export function partiesOf(parties: readonly WireParty[] = []): Party[] {
  return parties.map(({ id, name, role, '@referredType': referredType }) => ({
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    referredType,
  }));
}

/** Everything but the attributes named: what the engine keeps and returns as it came. */
export function keptOf(source: object, without: readonly string[]): JsonObject {
  const kept = Object.entries(source).filter(([name]) => !without.includes(name));
  return Object.fromEntries(kept) as JsonObject; // part of a parsed JSON body
}

/** What the requester wishes for; a date that cannot be read is kept and not acted on. */
export function datesOf(body: {
  requestedStartDate?: string;
  requestedCompletionDate?: string;
}): Pick<CaptureOrder, 'requestedStartAt' | 'requestedCompletionAt'> {
  const requestedStartAt = instantOfText(body.requestedStartDate ?? '');
  const requestedCompletionAt = instantOfText(body.requestedCompletionDate ?? '');
  return {
    ...(requestedStartAt === undefined ? {} : { requestedStartAt }),
    ...(requestedCompletionAt === undefined ? {} : { requestedCompletionAt }),
  };
}

interface WireHeader {
  readonly externalId?: string;
  readonly description?: string;
  /** A number in TMF652. */
  readonly priority?: string | number;
  readonly requestedStartDate?: string;
  readonly requestedCompletionDate?: string;
  readonly relatedParty?: readonly WireParty[];
}

/** What is said of an order as a whole, and read. */
export function headerOf(
  body: WireHeader,
): Pick<
  CaptureOrder,
  'externalId' | 'description' | 'priority' | 'requestedStartAt' | 'requestedCompletionAt' | 'parties'
> {
  const { externalId, description, priority, relatedParty } = body;
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...(description === undefined ? {} : { description }),
    ...(priority === undefined ? {} : { priority: String(priority) }),
    ...datesOf(body),
    parties: partiesOf(relatedParty),
  };
}

/** The `@type` that a message said it has, or else the usual one. */
export function typeOf(kept: { readonly [name: string]: unknown }, usual: string): string {
  const given = kept['@type'];
  return typeof given === 'string' ? given : usual;
}

/** Rebuilds nesting: lines captured inside their parent go back into it, under the name the API gives the list. */
export function nestedAgain<
  Line extends { readonly id: string; readonly parent?: string; readonly nested?: true },
  Item,
>(lines: readonly Line[], listName: string, render: (line: Line) => Item): Item[] {
  const inside = Map.groupBy(lines, ({ parent, nested }) => (nested === true ? parent : undefined));
  const rendered = (line: Line): Item => {
    const children = inside.get(line.id);
    return children === undefined ? render(line) : { ...render(line), [listName]: children.map(rendered) };
  };
  return (inside.get(undefined) ?? []).map(rendered);
}

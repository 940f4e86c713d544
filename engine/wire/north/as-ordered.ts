/**
 * What is kept of an order as it came, with what is ordered by now: a revision changes what the engine reads, and what it keeps
 * beside that stays as it was said. In the words that TMF622 v4.0, TMF641 v4.1 and TMF652 v4.0 share.
 */
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import { type Json, type JsonObject, sameJson } from '../../model/json.ts';
import type { Characteristic, CustomerOrder, Instant, OrderLine, Party, Place } from '../../model/order.ts';
import { characteristicsOf, datesOf, partiesOf, placeOf } from '../captured-orders.ts';
import type { ItemWords } from './item-actions.ts';
import { isObject } from './patch/items.ts';

/** The same object where nothing was revised. */
export function headerAsOrdered(kept: JsonObject, order: CustomerOrder): JsonObject {
  if (order.revisions === undefined) return kept;
  const dates = datesOf(kept as { [name: string]: string }); // what is no text is no date
  return changed(kept, {
    ...differing('description', kept.description, order.description),
    ...prioritized(kept.priority, order),
    ...dated('requestedStartDate', dates.requestedStartAt, order.requestedStartAt),
    ...dated('requestedCompletionDate', dates.requestedCompletionAt, order.requestedCompletionAt),
    ...(isSame(partiesOf((kept.relatedParty ?? []) as never), order.parties) // as it was captured with it
      ? {}
      : { relatedParty: order.parties.map(shownParty) }),
  });
}

/** The same object where nothing of the line was revised. */
export function itemAsOrdered(
  item: JsonObject,
  line: OrderLine,
  { revisions }: Pick<CustomerOrder, 'revisions'>,
  words: ItemWords,
): JsonObject {
  if (revisions === undefined) return item;
  const about = isObject(item[words.thing]) ? (item[words.thing] as JsonObject) : {}; // as just checked
  const name = `${words.thing}Characteristic`;
  const listed = Array.isArray(about[name]) ? about[name] : [];
  const said = characteristicsOf(listed as never); // as it was captured with it
  const { place } = placeOf(placesIn(about.place) as never); // as it was captured with it
  const thing = changed(about, {
    ...(isSame(said, line.characteristics) ? {} : { [name]: line.characteristics.map((each) => shown(each, listed)) }),
    ...(isSame(place, line.place) || line.place === undefined
      ? {}
      : { place: placesWith(about.place, line.place, words) }),
    ...specified(about, line, words),
  });
  // TMF652 says the specification at the item, or in what it is about.
  const atItem = words.thing === 'resource' ? specified(item, line, words) : {};
  return changed(item, {
    ...(line.quantity === (item.quantity ?? 1) ? {} : { quantity: line.quantity }),
    ...offered(item, line),
    ...atItem,
    ...(thing === about ? {} : { [words.thing]: thing }),
  });
}

function offered({ productOffering: said }: JsonObject, { offering }: OrderLine): { [name: string]: Json } {
  if (offering === undefined || (isObject(said) && said.id === offering)) return {};
  return { productOffering: { id: offering } };
}

/** What is ordered by an offering says no specification, or one that follows from it. */
function specified(about: JsonObject, { specification, offering }: OrderLine, { thing }: ItemWords): JsonObject {
  const name = `${thing}Specification`;
  const said = about[name];
  if (offering !== undefined || !isObject(said) || said.id === specification) return {};
  return { [name]: { id: specification } };
}

function changed(whole: JsonObject, changes: JsonObject): JsonObject {
  return Object.keys(changes).length === 0 ? whole : { ...whole, ...changes };
}

function differing(name: string, said: Json | undefined, is: string | undefined): JsonObject {
  return is === undefined || said === is ? {} : { [name]: is };
}

function dated(name: string, said: Instant | undefined, is: Instant | undefined): JsonObject {
  return is === undefined || said === is ? {} : { [name]: textOfInstant(is) };
}

/** With what is said of it beside its value. */
function shown({ name, value, valueType }: Characteristic, listed: readonly Json[]): Json {
  const known = listed.find((each) => isObject(each) && each.name === name);
  if (isObject(known)) return sameJson(known.value, value) ? known : { ...known, value };
  return { name, ...(valueType === undefined ? {} : { valueType }), value };
}

/** The engine knows one place for each line: the first. */
function placesWith(
  said: Json | undefined,
  { id, name, role, referredType, country }: Place,
  { thing }: ItemWords,
): Json {
  const [, ...others] = placesIn(said);
  const place = {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    role,
    ...(referredType === undefined ? {} : { '@referredType': referredType }),
    ...(country === undefined ? {} : { country }),
  };
  return thing === 'resource' ? place : [place, ...others];
}

/** A resource is in one place, and says no list of them. */
function placesIn(said: Json | undefined): readonly Json[] {
  if (Array.isArray(said)) return said;
  return isObject(said) ? [said] : [];
}

/** A text, but for resources: there it is a number. */
function prioritized(said: Json | undefined, { category, priority }: CustomerOrder): JsonObject {
  if (category !== 'Resource') return differing('priority', said, priority);
  return priority === undefined || String(said) === priority ? {} : { priority: Number(priority) };
}

function shownParty({ id, name, role, referredType }: Party): JsonObject {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    '@referredType': referredType,
    '@type': 'RelatedParty',
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return sameJson(one as Json | undefined, other as Json | undefined); // read from plain JSON
}

/**
 * Product orders in the words of TMF622 v4.0 and of v5.0: what the one calls otherwise than the other. An order is kept as it
 * came, and shown in the words of whoever asks.
 */
import type { Json, JsonObject } from '../../../model/json.ts';
import { isObject, listIn } from '../patch/items.ts';
import { withTypes } from './types.ts';

const list = 'productOrderItem';

/** The order, or what is kept of it, with its items where it has any. */
export function orderInV5(order: JsonObject): JsonObject {
  const { externalId, relatedParty, channel, orderDate, [list]: _items, ...others } = order;
  const said = defined({
    ...others,
    externalId: typeof externalId === 'string' ? [{ id: externalId }] : externalId,
    relatedParty: each(relatedParty, partyInV5),
    channel: each(channel, (one) => wrapped(one, 'channel')),
    creationDate: orderDate,
  });
  const typed = withTypes(said, 'ProductOrder');
  return order[list] === undefined ? typed : { ...typed, [list]: listIn(order, list).map(itemInV5) };
}

/** The other way round. Of several external ids, v4 knows the first. */
export function orderInV4(order: JsonObject): JsonObject {
  const { externalId, relatedParty, channel, creationDate, [list]: _items, ...others } = order;
  const [first] = Array.isArray(externalId) ? externalId : [];
  const said = defined({
    ...others,
    externalId: isObject(first) ? first.id : externalId,
    relatedParty: each(relatedParty, partyInV4),
    channel: each(channel, (one) => unwrapped(one, 'channel')),
    orderDate: creationDate,
  });
  return order[list] === undefined ? said : { ...said, [list]: listIn(order, list).map(itemInV4) };
}

/** The item, or what is kept of it, with those that are in it where there are any. */
export function itemInV5(item: JsonObject): JsonObject {
  const { product, quoteItem, productOfferingQualificationItem: qualified, [list]: _items, ...others } = item;
  const said = defined({
    ...others,
    product: isObject(product) ? productInV5(product) : product,
    quoteItem: isObject(quoteItem) ? renamed(quoteItem, 'id', 'quoteItemId') : quoteItem,
    productOfferingQualificationItem: isObject(qualified) ? renamed(qualified, 'id', 'itemId') : qualified,
  });
  const typed = withTypes(said, 'ProductOrderItem');
  return item[list] === undefined ? typed : { ...typed, [list]: listIn(item, list).map(itemInV5) };
}

export function itemInV4(item: JsonObject): JsonObject {
  const { product, quoteItem, productOfferingQualificationItem: qualified, [list]: _items, ...others } = item;
  const said = defined({
    ...others,
    product: isObject(product) ? productInV4(product) : product,
    quoteItem: isObject(quoteItem) ? renamed(quoteItem, 'quoteItemId', 'id') : quoteItem,
    productOfferingQualificationItem: isObject(qualified) ? renamed(qualified, 'itemId', 'id') : qualified,
  });
  return item[list] === undefined ? said : { ...said, [list]: listIn(item, list).map(itemInV4) };
}

function productInV5({ place, relatedParty, ...others }: JsonObject): JsonObject {
  const places = each(place, (one) => wrapped(one, 'place'));
  return defined({ ...others, place: places, relatedParty: each(relatedParty, partyInV5) });
}

function productInV4({ place, relatedParty, ...others }: JsonObject): JsonObject {
  const places = each(place, (one) => unwrapped(one, 'place'));
  return defined({ ...others, place: places, relatedParty: each(relatedParty, partyInV4) });
}

/** In v4 the type of a party says what it is; in v5 it is that of the reference. */
function partyInV5({ '@type': _type, ...party }: JsonObject): JsonObject {
  return wrapped(party, 'partyOrPartyRole');
}

function partyInV4(party: JsonObject): JsonObject {
  return unwrapped(party, 'partyOrPartyRole');
}

/** v5 says the role of a thing beside it, where v4 says it within. */
function wrapped({ role, ...thing }: JsonObject, name: string): JsonObject {
  return isObject(thing[name]) ? defined({ role, ...thing }) : defined({ role, [name]: thing });
}

function unwrapped(holder: JsonObject, name: string): JsonObject {
  const { role, [name]: thing, '@type': _type, ...others } = holder;
  if (!isObject(thing)) return holder;
  const { '@type': _typeOfReference, ...said } = thing;
  return defined({ ...others, ...said, role });
}

function renamed(thing: JsonObject, from: string, to: string): JsonObject {
  const { [from]: value, ...others } = thing;
  return defined({ ...others, [to]: others[to] ?? value });
}

function each(value: Json | undefined, change: (one: JsonObject) => JsonObject): Json | undefined {
  return Array.isArray(value) ? value.map((one: Json) => (isObject(one) ? change(one) : one)) : value;
}

function defined(object: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** What becomes of a good JSON body: a value, a name or the text of it is made into something else. */
import type { Chance } from '../../../kernel/chance.ts';
import { depths, hostileLiteral, longText, names, texts } from './values.ts';

/** A place in a body: where it hangs, and under which name or number. */
interface Place {
  readonly holder: object;
  readonly key: string;
}

type Change = (body: unknown, chance: Chance) => string;

/** By name; each gives the text of the body, which may be no JSON any more. */
const changes: { readonly [name: string]: Change } = {
  'a value is another': valueReplaced,
  'two values are others': (body, chance) => valueReplaced(JSON.parse(valueReplaced(body, chance, shallow)), chance),
  'an attribute is missing': (body, chance) => {
    const place = chance.pick(placesIn(body));
    Reflect.deleteProperty(place.holder, place.key);
    return JSON.stringify(body);
  },
  'an attribute is added': (body, chance) => {
    const objects = [body, ...placesIn(body).map(valueAt)].filter(isObject);
    const name = chance.pick(names);
    Object.defineProperty(chance.pick(objects), name, plain(mark));
    return JSON.stringify(body).replace(`"${mark}"`, () => hostileLiteral(chance));
  },
  'an attribute is there twice': (body, chance) => {
    const place = chance.pick(placesIn(body).filter(({ holder }) => !Array.isArray(holder)));
    const twice = `${JSON.stringify(place.key)}:${hostileLiteral(chance)},${JSON.stringify(place.key)}:`;
    const text = JSON.stringify(body);
    return text.replace(`${JSON.stringify(place.key)}:`, () => twice);
  },
  'an attribute has another name': (body, chance) => {
    const place = chance.pick(placesIn(body).filter(({ holder }) => !Array.isArray(holder)));
    const value = valueAt(place);
    Reflect.deleteProperty(place.holder, place.key);
    const other = chance.pick([...names, place.key.toUpperCase(), ` ${place.key}`, `${place.key}\u0000`]);
    Object.defineProperty(place.holder, other, plain(value));
    return JSON.stringify(body);
  },
  'an element is there many times': (body, chance) => {
    const lists = placesIn(body)
      .map(valueAt)
      .filter((value) => Array.isArray(value) && value.length > 0);
    if (lists.length === 0) return `[${JSON.stringify(body)}]`;
    const list = chance.pick(lists) as unknown[]; // only lists are left
    // Very many are as much as fits into a request, and take their time: now and then.
    const copies = chance.fraction() < 0.02 ? 30_000 : chance.pick([2, 3, 20, 200, 1_000]);
    for (let count = 1; count < copies; count += 1) list.push(list[0]);
    return JSON.stringify(body);
  },
  'values have changed places': (body, chance) => {
    const [one, other] = [chance.pick(placesIn(body)), chance.pick(placesIn(body))];
    const [first, second] = [JSON.stringify(valueAt(one)), JSON.stringify(valueAt(other))];
    Object.defineProperty(one.holder, one.key, plain(JSON.parse(second)));
    Object.defineProperty(other.holder, other.key, plain(JSON.parse(first)));
    return JSON.stringify(body);
  },
  'an object stands in itself': (body, chance) => {
    const inner = placesIn(body).filter((place) => typeof valueAt(place) === 'object' && valueAt(place) !== null);
    if (inner.length === 0) return JSON.stringify([body]);
    const place = chance.pick(inner);
    const around = JSON.stringify(valueAt(place));
    const depth = chance.pick(depths.filter((each) => each <= 500));
    const head = around.startsWith('[') ? '[' : `{${JSON.stringify(place.key)}:`;
    Object.defineProperty(place.holder, place.key, plain(mark));
    const text = `${head.repeat(depth)}${around}${(head === '[' ? ']' : '}').repeat(depth)}`;
    return JSON.stringify(body).replace(`"${mark}"`, () => text);
  },
  'items contain items': itemsInItems,
  'the text is cut off': (body, chance) => {
    const text = JSON.stringify(body);
    return text.slice(0, chance.between(0, text.length - 1));
  },
  'the text has something in it': (body, chance) => {
    const text = JSON.stringify(body);
    const at = chance.between(0, text.length);
    const inside = chance.pick(['\u0000', '\uFEFF', '/*', '//', "'", ',', '}', ']', '\\', '\uD83D', 'NaN', '\n', '"']);
    return text.slice(0, at) + inside + text.slice(at);
  },
  'the body is something else': (_body, chance) => hostileLiteral(chance),
  'the body is no JSON': (_body, chance) =>
    chance.pick([
      '',
      '<a/>',
      'a=b&c=d',
      'undefined',
      "{'a':1}",
      '{a:1}',
      '{"a":1}{"a":1}',
      '\uFEFF{}',
      '01',
      longText(chance),
    ]),
};

const changeNames = Object.keys(changes);
/** Where a text is put in once the body is one. */
const mark = '@@here@@';

/** @returns the text, and what was done. A body that there is not is one all the same. */
export function changedBody(body: unknown, chance: Chance): { readonly text: string; readonly how: string } {
  const isPlain = body === undefined || placesIn(body).length === 0;
  const how = isPlain ? 'the body is something else' : chance.pick(changeNames);
  try {
    return { text: changes[how]?.(structuredClone(body), chance) ?? '', how };
  } catch {
    // Nothing in it can be changed that way.
    return { text: chance.pick(texts), how: 'the body is no JSON' };
  }
}

function valueReplaced(body: unknown, chance: Chance, literal = hostileLiteral): string {
  const place = chance.pick(placesIn(body));
  Object.defineProperty(place.holder, place.key, plain(mark));
  return JSON.stringify(body).replace(JSON.stringify(mark), () => literal(chance));
}

/** Nothing deeper than can be parsed and changed again. */
function shallow(chance: Chance): string {
  return JSON.stringify(chance.pick(texts));
}

/** The first list of items, below itself: what order items do in TMF. */
function itemsInItems(body: unknown, chance: Chance): string {
  const lists = placesIn(body).filter(
    ({ key, holder }) => /item$/i.test(key) && Array.isArray(valueAt({ key, holder })),
  );
  const place = chance.pick(lists);
  const [item] = valueAt(place) as unknown[]; // a list, as just looked for
  const depth = chance.pick([2, 10, 50, 95, 99, 120]);
  const text = JSON.stringify(item);
  const rest = text === '{}' ? '}' : `,${text.slice(1)}`;
  const open = `{${JSON.stringify(place.key)}:[`;
  Object.defineProperty(place.holder, place.key, plain([mark]));
  const whole = `${open.repeat(depth)}${text}${`]${rest}`.repeat(depth)}`;
  return JSON.stringify(body).replace(JSON.stringify(mark), () => whole);
}

/** Every value below the body. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [{ holder: value, key }, ...placesIn(below)]);
}

function valueAt({ holder, key }: Place): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Defined, not assigned: a name may be `__proto__`. */
function plain(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

/** What becomes of a good address and of good headers: ids, queries, methods and media types that nobody means well with. */
import type { Chance } from '../../../kernel/chance.ts';
import { depths, longText, names, texts } from './values.ts';

type Query = readonly (readonly [name: string, value: string])[];

/** Percent escapes as they should not be, and what should have been one. */
const badEscapes = [
  '%',
  '%zz',
  '%2',
  '%ff',
  '%c0%af',
  '%ed%a0%80',
  '%00',
  '%2f',
  '%2e%2e%2f',
  '%u0041',
  '%25',
  '+',
  ';',
];

/** One segment of a path, as it goes over the wire. */
export function hostileSegment(chance: Chance): string {
  const kind = chance.fraction();
  if (kind < 0.25) return chance.pick(badEscapes);
  if (kind < 0.4) return encoded(chance.pick(names));
  if (kind < 0.5) return chance.pick(['.', '..', '...', '*', '{id}', ':id', '(a+)+', '~', '$', 'null', '0', '-1']);
  if (kind < 0.55)
    return encoded(longText(chance))
      .slice(0, 9_000)
      .replace(/%[0-9A-F]?$/, '');
  return encoded(chance.pick(texts));
}

/** Lone surrogates have no encoding, and stand as the sign for that. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

const listWords = ['fields', 'sort', 'offset', 'limit', 'filter', 'state', 'id', 'externalId', 'orderDate'];

/** A query in place of another, or beside it. */
export function hostileQuery(query: Query, chance: Chance): string {
  const kind = chance.fraction();
  if (kind < 0.15) return chance.pick(['&', '=', '==', '?', '&&=&', '#', 'a', ...badEscapes]);
  if (kind < 0.2) {
    const many = chance.pick([50, 500, 2_000]);
    return Array.from({ length: many }, (_each, index) => `${chance.pick(listWords)}=${index}`).join('&');
  }
  const added = Array.from({ length: chance.between(1, 3) }, () => parameter(chance));
  const kept = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return [...kept, ...added].join('&');
}

function parameter(chance: Chance): string {
  const kind = chance.fraction();
  if (kind < 0.25) return `${chance.pick(['offset', 'limit'])}=${encoded(chance.pick(pagings))}`;
  if (kind < 0.4) return `${chance.pick(['fields', 'sort'])}=${encoded(attributes(chance))}`;
  if (kind < 0.55) return `filter=${encoded(jsonPath(chance))}`;
  const operator = chance.pick(['=', '=', '.eq=', '.gt=', '>', '>=', '<', '<=', '.regex=', '*=', '=~', '==', '.lte=']);
  const value = chance.fraction() < 0.3 ? chance.pick(patterns) : chance.pick(texts);
  return `${encoded(attributes(chance))}${operator}${encoded(value)}`;
}

const pagings = [
  '-1',
  '1e9',
  '99999999999999999999',
  'NaN',
  '0x10',
  '1.5',
  '',
  ' ',
  '1,2',
  '٣',
  '999999999',
  '0',
  '+1',
  '１',
];

/** What makes an expression slow, or no expression. */
const patterns = [
  '(a+)+$',
  '^(a|a)*$',
  '(.*)*x',
  '.*.*.*x',
  '((a{1,1000}){1,1000}){1,1000}',
  'a{1000000}',
  '(?=a)*',
  '[\\s\\S]*?[\\s\\S]*?$',
  '(',
  '[z-a]',
  '\\',
  '\\1',
  '(?<n>a)\\k<n>',
  '\u{1F600}*',
];

function attributes(chance: Chance): string {
  const kind = chance.fraction();
  if (kind < 0.3) return `${chance.pick(['-', '+', ''])}${chance.pick([...listWords, ...names])}`;
  if (kind < 0.5)
    return chance.pick(['constructor.prototype.polluted', '__proto__.polluted', 'state.length', '..', '.', ',,,']);
  if (kind < 0.6) return 'a.'.repeat(chance.pick(depths.filter((depth) => depth <= 3_000)));
  if (kind < 0.7) return 'productOrderItem.'.repeat(200);
  if (kind < 0.8) return Array.from({ length: 500 }, (_each, index) => `-a${index}.b`).join(',');
  return chance.pick(texts);
}

function jsonPath(chance: Chance): string {
  const depth = chance.pick(depths);
  return chance.pick([
    `$${'[?(@'.repeat(Math.min(depth, 500))}`,
    `$[?(${'('.repeat(Math.min(depth, 2_000))}@.a${')'.repeat(Math.min(depth, 2_000))})]`,
    '$..[?(@.a==1)]',
    '$[?(@.__proto__)]',
    "$[?(@['constructor']['prototype'])]",
    '$[?(@.id =~ /(a+)+$/)]',
    `$${'.a'.repeat(Math.min(depth, 3_000))}`,
    '$[0:999999999:0]',
    '$[-1]',
    '$[?(process.exit())]',
    '',
    '$',
  ]);
}

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'get',
  'QUERY',
  'FOO',
  '__proto__',
  '',
];

/** Another method than the good one. */
export function otherMethod(method: string, chance: Chance): string {
  return chance.pick(methods.filter((each) => each !== method));
}

/** Headers in place of the good ones, each as it would stand on the wire. */
export function hostileHeader(chance: Chance): readonly [name: string, value: string] {
  return chance.pick<readonly [string, string]>([
    ['content-type', chance.pick(mediaTypes)],
    ['content-type', chance.pick(mediaTypes)],
    ['content-encoding', chance.pick(['gzip', 'br', 'deflate', 'identity', 'x', 'gzip, gzip'])],
    ['accept', chance.pick(['text/html', '*/*;q=0', ',,,', '/', 'application/xml', ';'.repeat(1_000)])],
    ['accept-charset', 'utf-16'],
    ['x-southbound-roles', chance.pick(['', ',', '__proto__', 'admin,,', 'a,'.repeat(1_000), 'manager', '*'])],
    [
      'authorization',
      chance.pick(['Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', `Bearer ${'a'.repeat(5_000)}`, 'bearer =', '']),
    ],
    ['if-none-match', chance.pick(['*', '"', ',,,,', 'W/', '"'.repeat(1_000)])],
    ['if-match', '*'],
    ['range', 'bytes=0-0'],
    ['host', chance.pick(['', 'a b', 'evil.test:99999', '[::1', '__proto__'])],
    ['x-http-method-override', 'DELETE'],
    ['x-forwarded-host', 'evil.test'],
    ['cookie', 'a=b; __proto__=x'],
    ['prefer', 'respond-async, wait=-1'],
    [chance.pick(['__proto__', 'constructor', 'prefer']), 'x'],
  ]);
}

const mediaTypes = [
  '',
  ' ',
  'text/plain',
  'text/xml',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json; charset=shift_jis',
  'application/json;;;',
  'application/json, text/plain',
  'APPLICATION/JSON',
  'application/jsonp',
  'application/vnd.x+json',
  'application/merge-patch+json',
  'application/json-patch+json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json\t',
  '/',
  '////',
  'a'.repeat(3_000),
  '__proto__',
];

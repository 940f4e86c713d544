/** Values that nobody means well with: what stands in for a value of a good request. */
import { publishedApis } from '../../../contracts/schemas/documents.ts';
import type { Chance } from '../../../kernel/chance.ts';

/** Texts that are names, numbers, dates, paths, patterns or markup to somebody who does not look. */
export const texts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u202Eright to left\u202C',
  '\u2028\u2029\uFEFF',
  '\uD800',
  'x\uDFFF\uDBFF',
  'é\u0301'.repeat(50),
  '👩‍👩‍👧‍👦',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  'toJSON',
  'constructor.prototype',
  '-1',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '9'.repeat(400),
  '-0',
  '2026-02-30T00:00:00Z',
  '2026-13-01',
  '0000-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:60Z',
  '2026-01-05T08:00:00+99:99',
  '2026-01-05T24:00:00Z',
  '2026-01-05T08:00:00.123456789012345678Z',
  '1',
  'true',
  'null',
  'undefined',
  '[object Object]',
  '../../../../etc/passwd',
  '..\\..\\x',
  'file:///etc/passwd',
  'http://[::1',
  'http://127.0.0.1:1/%',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  '\'; DROP TABLE "order"; --',
  '{{constructor}}',
  '$' + '{7*7}',
  '%s%n%x',
  '$[?(@.x==1)]',
  '$..*',
  '(a+)+$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '[',
  '\\',
  '*',
  '/',
  '//',
  '#',
  '/0/~2',
  'a,b;c=d&e',
  'ORD0000001',
  'completed',
  'inProgress',
];

/** What attributes are called in any API: there are places for them that good requests leave empty. */
const published = [
  ...new Set(
    Object.values(publishedApis)
      .flatMap(({ document }) => Object.values(document.definitions))
      .flatMap(({ properties }) => Object.keys(properties ?? {})),
  ),
];

/** Names of attributes that objects have without being given them, or that mean something to a language. */
export const names: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  'toJSON',
  'length',
  '',
  ' ',
  '@type',
  '@baseType',
  '@schemaLocation',
  '$ref',
  '$schema',
  'id',
  'href',
  'state',
  'a.b',
  'a/b~c',
  '0',
  '-1',
  '\u0000',
  'fields',
  ...published,
];

/** JSON texts, since some of them no value of JavaScript can be written as. */
export const literals: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '0.1',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  `1${'0'.repeat(400)}`,
  '1e-400',
  '2147483648',
  '4294967296',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  '{"":{}}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"__proto__":null}',
  '{"__proto__":[],"length":1}',
  '{"then":1}',
  '{"toJSON":"x","toString":1,"valueOf":null}',
  '{"length":4294967295}',
  '{"@type":"__proto__"}',
  '{"@type":["Place"],"@schemaLocation":5}',
  '{"id":"a","id":"b"}',
  '{"value":{"value":{"value":[]}}}',
  '["__proto__","constructor"]',
];

/** Long enough to hurt, though not every time. */
export function longText(chance: Chance): string {
  const [piece, length] = [
    chance.pick(['a', '\u0000', 'é', '"', '\\', '👩', '%', '<', ' ', '1', 'ab,', '(']),
    chance.pick([300, 1_000, 5_000, 70_000]),
  ];
  return piece.repeat(chance.fraction() < 0.05 ? 300_000 : length);
}

/** Levels, around the limits of those who count and far beyond them. */
export const depths: readonly number[] = [5, 50, 190, 199, 200, 201, 500, 3_000, 20_000];

/** The JSON text of something that is not what was asked for. */
export function hostileLiteral(chance: Chance): string {
  const kind = chance.fraction();
  if (kind < 0.45) return chance.pick(literals);
  if (kind < 0.85) return JSON.stringify(chance.pick(texts));
  if (kind < 0.9) return JSON.stringify(longText(chance));
  if (kind < 0.95) return nested(chance);
  const element = chance.pick(literals);
  return `[${`${element},`.repeat(chance.pick([10, 100, 1_000, 5_000]))}${element}]`;
}

function nested(chance: Chance): string {
  const depth = chance.pick(depths);
  const [open, close] = chance.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"__proto__":', '}'],
    ['[{"value":', '}]'],
  ] as const);
  return `${open.repeat(depth)}null${close.repeat(depth)}`;
}

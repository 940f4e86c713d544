/**
 * TMF630 filters, sorting, attribute selection and paging, as far as lists and hub queries need them: `a.b=x,y` means that
 * some value at a.b is x or y; `a.gt=5`, or `a>5`, that some value at a is more than 5; several criteria must all hold.
 * `sort=a,-b.c` sorts by a, and then by b.c downwards.
 */
import { instantOfText } from '../schemas/text.ts';
import { safePattern } from './query/safe-pattern.ts';

/** Equal; greater, or greater or equal; less, or less or equal; a regular expression that is found in the value. */
export type Operator = 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'regex';

export interface Criterion {
  readonly path: readonly string[];
  readonly operator: Operator;
  /** One of them must hold. */
  readonly values: readonly string[];
}

/** Parameters of a list request that are not criteria. */
const notCriteria = new Set(['fields', 'offset', 'limit', 'sort']);

export function criteriaOf(query: { readonly [name: string]: readonly string[] }): Criterion[] {
  return Object.entries(query)
    .filter(([name]) => !notCriteria.has(name))
    .map(([name, values]) => criterionOf(name, values));
}

const operatorOfSign: { readonly [sign: string]: Operator } = {
  '=': 'eq',
  '==': 'eq',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '*=': 'regex',
  '=~': 'regex',
};

const criterion = /^([^<>=*]+?)(?:\.(eq|gt|gte|lt|lte|regex))?(>=|<=|==|\*=|=~|=|>|<)(.*)$/s;

/** Signs other than `=` land in the name of the parameter: `a>=1` is a parameter `a>` of value 1, `a>1` one without value. */
function criterionOf(name: string, values: readonly string[]): Criterion {
  const said = values.map((value) => criterion.exec(value === '' && /[<>=]/.test(name) ? name : `${name}=${value}`));
  const [, attribute = name, word, sign = '='] = said[0] ?? [];
  const operator = (word as Operator | undefined) ?? operatorOfSign[sign] ?? 'eq'; // the expression lets no other word pass
  const texts = said.map((parts) => parts?.[4] ?? '');
  // `a=x;a=y` is one parameter with both values in it.
  const each =
    operator === 'eq' ? texts.flatMap((text) => text.replaceAll(`;${attribute}=`, ',').split(/[,;]/)) : texts;
  return { path: attribute.split('.'), operator, values: each };
}

export function matchesAll(document: unknown, criteria: readonly Criterion[]): boolean {
  return criteria.every(({ path, operator, values }) => {
    const found = leavesAt(document, path);
    return values.some((wanted) => found.some((value) => holds(value, operator, wanted)));
  });
}

/** As JSON writes it: many numbers are texts in TMF, such as a priority. */
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function holds(value: unknown, operator: Operator, wanted: string): boolean {
  if (operator === 'eq') return String(value) === wanted;
  if (operator === 'regex') return safePattern(wanted)?.isIn(String(value)) ?? false;
  const areNumbers = number.test(String(value)) && number.test(wanted);
  const [one, other] = areNumbers ? [Number(value), Number(wanted)] : [value, wanted];
  const difference = compared(rankOf(one), rankOf(other));
  if (Number.isNaN(difference)) return false;
  if (operator === 'gt' || operator === 'gte') return difference > 0 || (difference === 0 && operator === 'gte');
  return difference < 0 || (difference === 0 && operator === 'lte');
}

/** Every value found by going down the path, through arrays as well. */
function leavesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => leavesAt(element, path));
  const [next, ...rest] = path;
  if (next === undefined) return value === undefined || (typeof value === 'object' && value !== null) ? [] : [value];
  return isObject(value) && Object.hasOwn(value, next) ? leavesAt(value[next], rest) : [];
}

export interface SortKey {
  readonly path: readonly string[];
  readonly isDown: boolean;
}

/** What a list is to be sorted by, the first key first; none when nothing is said. */
export function sortKeysOf(query: { readonly [name: string]: readonly string[] }): SortKey[] {
  // A plus that is not escaped arrives as a blank.
  const named = (query.sort ?? []).flatMap((list) => list.split(',')).map((name) => name.trim());
  return named
    .map((name) => ({ path: name.replace(/^[-+]/, '').split('.'), isDown: name.startsWith('-') }))
    .filter(({ path }) => path.join('') !== '');
}

/** Those that are equal by every key stay as they are to each other; those without a value come last, up and down. */
export function sortedBy<Document>(documents: readonly Document[], keys: readonly SortKey[]): readonly Document[] {
  if (keys.length === 0) return documents;
  const ranked = documents.map((document) => ({ document, ranks: keys.map(({ path }) => rankAt(document, path)) }));
  return ranked.toSorted((one, other) => order(one.ranks, other.ranks, keys)).map(({ document }) => document);
}

/** A value as it is compared: numbers come before instants, instants before texts, and all of them before nothing. */
type Rank = readonly [kind: 0 | 1, value: number] | readonly [kind: 2, value: string] | undefined;

/** As TMF writes an instant: with a zone, so that it is the same instant everywhere; or a day. */
const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/i;

/** Of several values at the path, the first counts. */
function rankAt(document: unknown, path: readonly string[]): Rank {
  return rankOf(leavesAt(document, path).find((leaf) => leaf !== null));
}

function rankOf(value: unknown): Rank {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return [0, value];
  const compared = comparedAs(String(value));
  return typeof compared === 'string' ? [2, compared] : [1, compared];
}

/** What a text is compared as, when it is neither the same nor a number: the instant that it says, in epoch ms, or itself. */
export function comparedAs(text: string): number | string {
  return (instant.test(text) ? instantOfText(text) : undefined) ?? text;
}

function order(ranks: readonly Rank[], others: readonly Rank[], keys: readonly SortKey[]): number {
  for (const [place, { isDown }] of keys.entries()) {
    const [one, other] = [ranks[place], others[place]];
    if (one === undefined && other === undefined) continue;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    const up = one[0] - other[0] || compared(one, other);
    if (up !== 0) return isDown ? -up : up;
  }
  return 0;
}

/** Below zero, zero, above zero; not a number for what cannot be compared. */
function compared(one: Rank, other: Rank): number {
  if (one === undefined || other === undefined || one[0] !== other[0]) return Number.NaN;
  if (one[1] === other[1]) return 0;
  return one[1] < other[1] ? -1 : one[1] > other[1] ? 1 : Number.NaN;
}

/** The attributes named by `fields=a,b.c`, and always `id`; with `none`, `href` as well. Everything when nothing is named. */
export function selectFields(document: object, fields: readonly string[] | undefined): object {
  const paths = (fields ?? []).flatMap((list) => list.split(',')).map((path) => path.trim());
  const wanted = paths.filter((path) => path !== '');
  if (wanted.length === 0) return document;
  const always = wanted.includes('none') ? ['id', 'href'] : ['id'];
  const firsts = new Set([...always, ...wanted.map((path) => path.split('.')[0])]);
  return Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => firsts.has(name))
      .map(([name, value]) => {
        const below = wanted.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
        return [name, wanted.includes(name) || below.length === 0 ? value : selectBelow(value, below)];
      }),
  );
}

function selectBelow(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((element) => selectBelow(element, fields));
  return isObject(value) ? selectFields(value, fields) : value;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Pages without a `limit` hold this many; larger makes one answer slow, smaller makes everyone page. */
const usualPage = 100;

/** What `offset` and `limit` ask for; `undefined` when one of them is not a whole number of 0 or more. */
export function pageOf(query: {
  readonly [name: string]: readonly string[];
}): { readonly offset: number; readonly limit: number } | undefined {
  const offset = wholeNumber(query.offset?.[0], 0);
  const limit = wholeNumber(query.limit?.[0], usualPage);
  return offset === undefined || limit === undefined ? undefined : { offset, limit };
}

function wholeNumber(text: string | undefined, usual: number): number | undefined {
  if (text === undefined) return usual;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * The page of a list that a query asks for: filtered, sorted, and cut to the attributes asked for; 206 when it is not
 * everything.
 * @returns undefined when `offset` or `limit` is not a whole number of 0 or more.
 */
export function pageOfList(
  documents: readonly object[],
  query: { readonly [name: string]: readonly string[] },
): { readonly status: 200 | 206; readonly body: object[]; readonly headers: { [name: string]: string } } | undefined {
  const page = pageOf(query);
  if (page === undefined) return undefined;
  const criteria = criteriaOf(query);
  const matching = criteria.length === 0 ? documents : documents.filter((document) => matchesAll(document, criteria));
  const shown = sortedBy(matching, sortKeysOf(query)).slice(page.offset, page.offset + page.limit);
  return pageShown(shown, matching.length, query);
}

/** The answer that shows one page of so many documents in all. */
export function pageShown(
  shown: readonly object[],
  total: number,
  query: { readonly [name: string]: readonly string[] },
): { readonly status: 200 | 206; readonly body: object[]; readonly headers: { [name: string]: string } } {
  return {
    status: shown.length < total ? 206 : 200,
    body: shown.map((document) => selectFields(document, query.fields)),
    headers: { 'x-total-count': String(total), 'x-result-count': String(shown.length) },
  };
}

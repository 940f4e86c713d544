/** TMF630 criteria: equality and comparison of nested attributes, alternatives by comma or repetition, all of them together. */

import type { Query } from '../words.ts';
import { isObject } from './checks.ts';

type Operator = '=' | '>' | '>=' | '<' | '<=' | '*=';

interface Criterion {
  readonly path: readonly string[];
  readonly operator: Operator;
  /** One of them has to do. */
  readonly values: readonly string[];
}

/** Parameters that are no criteria. */
const notCriteria = new Set(['fields', 'offset', 'limit', 'sort']);

const byWord: { readonly [word: string]: Operator } = {
  eq: '=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  regex: '*=',
};
const bySign: { readonly [sign: string]: Operator } = { '==': '=', '=~': '*=' };

const expression = /^([^<>=*]+?)(?:\.(eq|gt|gte|lt|lte|regex))?(>=|<=|==|\*=|=~|=|>|<)(.*)$/s;

const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** An attribute that no document has matches nothing, so an unknown parameter does too. */
export function matches(document: object, query: Query): boolean {
  return criteriaOf(query).every(({ path, operator, values }) => {
    const found = valuesAt(document, path);
    return values.some((wanted) => found.some((actual) => holds(actual, operator, wanted)));
  });
}

/** Every value at the path; a list stands for each of its elements. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  return isObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
}

/** Below zero, zero, above zero; by instant where both are dates, by size where both are numbers. */
export function compared(one: unknown, other: unknown): number {
  const [a, b] = [textOf(one), textOf(other)];
  if (instant.test(a) && instant.test(b)) return Date.parse(a) - Date.parse(b);
  if (a !== '' && b !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b))) return Number(a) - Number(b);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function criteriaOf(query: Query): Criterion[] {
  return Object.entries(query).flatMap(([name, values]) => (notCriteria.has(name) ? [] : [criterionOf(name, values)]));
}

/** A sign other than `=` lands in the parameter's name: `a>=1` is a parameter `a>` of value `1`, `a>1` one without value. */
function criterionOf(name: string, values: readonly string[]): Criterion {
  const texts = values.map((value) => (value === '' && /[<>=]/.test(name) ? name : `${name}=${value}`));
  const parsed = texts.map((text) => expression.exec(text));
  const [, attribute = name, word = '', sign = '='] = parsed[0] ?? [];
  const operator = byWord[word] ?? bySign[sign] ?? (sign as Operator); // the signs that are left are operators
  return {
    path: attribute.split('.'),
    operator,
    values: parsed.flatMap((parts) => (parts?.[4] ?? '').replaceAll(`;${attribute}=`, ',').split(',')),
  };
}

function holds(actual: unknown, operator: Operator, wanted: string): boolean {
  const text = textOf(actual);
  if (operator === '*=') return isMatch(text, wanted);
  if (operator === '=') return text === wanted || isSameInstant(text, wanted);
  const difference = compared(actual, wanted);
  if (operator === '>') return difference > 0;
  if (operator === '>=') return difference >= 0;
  return operator === '<' ? difference < 0 : difference <= 0;
}

function isSameInstant(one: string, other: string): boolean {
  return one.includes('T') && instant.test(one) && instant.test(other) && Date.parse(one) === Date.parse(other);
}

/** The expression comes from outside: a broken one matches nothing. */
function isMatch(text: string, wanted: string): boolean {
  try {
    return new RegExp(wanted).test(text);
  } catch {
    return false;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

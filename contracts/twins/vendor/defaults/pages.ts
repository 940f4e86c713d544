/** What a list request asks for beside criteria: order, a page of the whole, and the attributes to be shown. */
import type { Page, Query } from '../words.ts';
import { isObject } from './checks.ts';
import { compared, valuesAt } from './filters.ts';

/** `sort=a,-b`: by a, and within the same a by b from the largest down. What lacks the attribute comes last. */
export function sorted(documents: readonly object[], query: Query): readonly object[] {
  const keys = (query.sort ?? [])
    .flatMap((text) => text.split(','))
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key) => ({ path: key.replace(/^[+-]/, '').split('.'), sign: key.startsWith('-') ? -1 : 1 }));
  return documents.toSorted((one, other) => {
    for (const { path, sign } of keys) {
      const [[a], [b]] = [valuesAt(one, path), valuesAt(other, path)];
      if (a === undefined && b === undefined) continue;
      if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
      const difference = compared(a, b) * sign;
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** 206 for a part of what there is (TMF630), also for the empty part past its end. */
export function page(documents: readonly object[], query: Query): Page<object> | undefined {
  const [offset, limit] = [numberOf(query.offset, 0), numberOf(query.limit, documents.length)];
  if (offset === undefined || limit === undefined) return undefined;
  return pageOf(documents, offset, limit);
}

export function pageOf(documents: readonly object[], offset: number, limit: number): Page<object> {
  const part = documents.slice(offset, offset + limit);
  return {
    status: part.length < documents.length ? 206 : 200,
    documents: part,
    headers: { 'x-total-count': String(documents.length), 'x-result-count': String(part.length) },
  };
}

/** Nothing when it is no whole number. */
export function numberOf(texts: readonly string[] | undefined, usual: number): number | undefined {
  const [text] = texts ?? [];
  if (text === undefined) return usual;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `fields=a,b.c`: those attributes and id; `none`: id and href; nothing: everything. */
export function selected(document: object, query: Query): object {
  const names = (query.fields ?? [])
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return document;
  if (names.includes('none')) return part(document, [['id'], ['href']]);
  return part(document, [['id'], ...names.map((name) => name.split('.'))]);
}

function part(value: unknown, paths: readonly (readonly string[])[]): object {
  if (Array.isArray(value)) return value.map((element) => (isObject(element) ? part(element, paths) : element));
  const names = new Set(paths.map(([name]) => name));
  const entries = Object.entries(isObject(value) ? value : {}).filter(([name]) => names.has(name));
  return Object.fromEntries(
    entries.map(([name, own]) => {
      const below = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
      const isWhole = below.some((rest) => rest.length === 0) || typeof own !== 'object' || own === null;
      return [name, isWhole ? own : part(own, below)];
    }),
  );
}

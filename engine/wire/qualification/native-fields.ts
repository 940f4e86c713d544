/** Fields of a body that nobody has checked yet: whether they are there, one after another. */
import { pointerTo } from '../../../contracts/schemas/finding.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';

export type Fields = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Not there, or there and empty. */
export function isMissing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}

/** The first thing that is wrong in a list. */
export function firstIn(
  list: unknown,
  pointer: string,
  wrong: (element: Fields, pointer: string) => Refusal | undefined,
): Refusal | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const [index, element] of list.entries()) {
    const found = isObject(element) ? wrong(element, pointerTo(pointer, index)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of these fields that is not there. */
export function without(object: Fields, fields: readonly string[], name: string, pointer: string): Refusal | undefined {
  const field = fields.find((each) => isMissing(object[each]));
  return field === undefined
    ? undefined
    : refusal('nativeFieldMissing', { field: `${name}.${field}` }, `${pointer}/${field}`);
}

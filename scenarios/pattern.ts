/**
 * Patterns of what must be so: an object says what some of its attributes must be, a text between slashes is a regular
 * expression, and a list may also be described by `count`, `every` and `some`.
 */
import type { RunFinding } from '../contracts/records/run.ts';
import { pointerTo, shown } from '../contracts/schemas/finding.ts';

/** Every place where the value is not as the pattern says. @param at the pointer of the value in what is looked at. */
export function unlike(pattern: unknown, value: unknown, at = ''): Omit<RunFinding, 'check'>[] {
  if (Array.isArray(pattern)) return unlikeList(pattern, value, at);
  if (isObject(pattern))
    return Array.isArray(value) ? unlikeDescription(pattern, value, at) : unlikeObject(pattern, value, at);
  if (isExpression(pattern)) {
    const matches = typeof value === 'string' && new RegExp(pattern.slice(1, -1)).test(value);
    return matches ? [] : [difference(at, pattern, value)];
  }
  return pattern === value ? [] : [difference(at, shown(pattern), value)];
}

function unlikeList(pattern: readonly unknown[], value: unknown, at: string): Omit<RunFinding, 'check'>[] {
  if (!Array.isArray(value)) return [difference(at, `a list of ${pattern.length}`, value)];
  if (value.length !== pattern.length) return [otherCount(at, String(pattern.length), value)];
  return pattern.flatMap((part, index) => unlike(part, value[index], pointerTo(at, index)));
}

function unlikeDescription(
  pattern: { readonly [key: string]: unknown },
  value: readonly unknown[],
  at: string,
): Omit<RunFinding, 'check'>[] {
  return Object.entries(pattern).flatMap(([key, part]) => {
    if (key === 'count') return value.length === part ? [] : [otherCount(at, shown(part), value)];
    if (key === 'every') return value.flatMap((element, index) => unlike(part, element, pointerTo(at, index)));
    if (key === 'some') {
      const found = value.some((element) => unlike(part, element).length === 0);
      return found ? [] : [difference(at, `some element like ${shown(part)}`, value)];
    }
    return [difference(at, 'count, every or some in the pattern of a list', key)];
  });
}

function unlikeObject(
  pattern: { readonly [key: string]: unknown },
  value: unknown,
  at: string,
): Omit<RunFinding, 'check'>[] {
  if (!isObject(value)) return [difference(at, `an object like ${shown(pattern)}`, value)];
  return Object.entries(pattern).flatMap(([key, part]) =>
    unlike(part, Object.hasOwn(value, key) ? value[key] : undefined, pointerTo(at, key)),
  );
}

function otherCount(pointer: string, expected: string, list: readonly unknown[]): Omit<RunFinding, 'check'> {
  return { message: `expected ${expected} elements, got ${list.length} elements`, pointer };
}

function difference(pointer: string, expected: string, got: unknown): Omit<RunFinding, 'check'> {
  return { message: `expected ${expected}, got ${shown(got)}`, pointer };
}

function isExpression(pattern: unknown): pattern is string {
  return typeof pattern === 'string' && pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/');
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

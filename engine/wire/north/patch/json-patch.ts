/** A JSON patch (RFC 6902) of an order: all of its operations, or none. */
import { applyPatch, type Operation, Pointer } from 'rfc6902';
import type { Json, JsonObject } from '../../../model/json.ts';
import { isObject } from './items.ts';
import type { Patched } from './patched.ts';

/** More operations than any order has attributes to say something about; each of them walks the order. */
const mostOperations = 10_000;

/** Characters that may be copied within the order: copies of copies would double it with every operation. */
const mostCopied = 1_000_000;

/** Names that lead from a value to what it is made of. */
const forbidden = new Set(['__proto__', 'prototype', 'constructor']);

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

export function jsonPatchedOrder(document: JsonObject, patch: Json): Patched {
  if (!Array.isArray(patch)) return { ok: false, pointer: '', expected: 'a list of operations' };
  if (patch.length > mostOperations)
    return { ok: false, pointer: '', expected: `no more than ${mostOperations} operations` };
  // The library changes what it is given; below a name, so that the whole can be replaced, too.
  const holder: { order: Json } = { order: structuredClone(document) };
  const named: { attribute: string; pointer: string }[] = [];
  let copied = 0;
  for (const [index, operation] of patch.entries()) {
    const wrong = wrongIn(operation, index);
    if (wrong !== undefined) return wrong;
    const written = operation as Written; // as just checked
    const { op, path, from } = written;
    const places = op === 'move' || op === 'copy' ? [from ?? '', path] : [path];
    const unusable = places.map((place) => unusablePlace(holder, place)).find((why) => why !== undefined);
    if (unusable !== undefined) return { ok: false, operation: index, why: unusable };
    if (op === 'copy') copied += JSON.stringify(valueAt(holder, from ?? '') ?? null).length;
    if (copied > mostCopied)
      return { ok: false, operation: index, why: `it copies more than ${mostCopied} characters` };
    const [failure] = applyPatch(holder, [below(written)]);
    if (failure instanceof Error) return { ok: false, operation: index, why: whyOf(failure, written) };
    if (op !== 'test') named.push(...attributesOf(op === 'copy' ? [path] : places, index));
  }
  if (!isObject(holder.order)) return { ok: false, pointer: '', expected: 'operations that leave an order' };
  return { ok: true, document: holder.order, named, places: [] };
}

/** As it came. */
interface Written {
  readonly op: Operation['op'];
  readonly path: string;
  readonly from?: string;
  readonly value?: Json;
}

function wrongIn(operation: Json, index: number): Patched | undefined {
  const wrong = (name: string, expected: string): Patched => ({ ok: false, pointer: `/${index}${name}`, expected });
  if (!isObject(operation)) return wrong('', 'an operation');
  const { op, path, from } = operation;
  if (typeof op !== 'string' || !operations.has(op)) return wrong('/op', `one of ${[...operations].join(', ')}`);
  if (!isPointer(path)) return wrong('/path', 'a JSON pointer into the order, such as /description');
  if ((op === 'move' || op === 'copy') && !isPointer(from)) return wrong('/from', 'a JSON pointer into the order');
  const wantsValue = op === 'add' || op === 'replace' || op === 'test';
  return wantsValue && !Object.hasOwn(operation, 'value') ? wrong('/value', 'a value') : undefined;
}

function isPointer(path: Json | undefined): path is string {
  return typeof path === 'string' && /^(?:\/(?:[^~/]|~[01])*)*$/.test(path);
}

/** The library takes any name for the property of a list, and goes on into texts. */
function unusablePlace(holder: object, path: string): string | undefined {
  const { tokens } = Pointer.fromJSON(path);
  if (tokens.some((token) => forbidden.has(token))) return `${path} is no place in an order`;
  const { parent, key } = Pointer.fromJSON(`/order${path}`).evaluate(holder);
  if (typeof parent !== 'object' || parent === null) return `there is nothing at ${path}`;
  const isPlace = !Array.isArray(parent) || /^(?:0|[1-9]\d*|-)$/.test(key);
  return isPlace ? undefined : `${path} is no place in a list`;
}

function valueAt(holder: object, path: string): unknown {
  return Pointer.fromJSON(`/order${path}`).get(holder);
}

function below(operation: Written): Operation {
  const from = operation.from === undefined ? {} : { from: `/order${operation.from}` };
  return { ...operation, path: `/order${operation.path}`, ...from } as Operation; // its parts were checked, one by one
}

function whyOf(failure: Error, { op, path, from }: Written): string {
  if (failure.name === 'TestError') return `${path} is not what the patch expects`;
  return `there is nothing at ${op === 'move' || op === 'copy' ? `${from}, or no room at ${path}` : path}`;
}

function attributesOf(places: readonly string[], index: number): { attribute: string; pointer: string }[] {
  return places.map((place) => ({ attribute: Pointer.fromJSON(place).tokens[1] ?? '', pointer: `/${index}/path` }));
}

/** What was said in the words of another version, as far as this one has a place for it. */
import type { Finding } from '../../../../contracts/schemas/finding.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { isObject } from '../patch/items.ts';

/** Each round takes away what is wrong, and what holds it where that is left without something that it needs. */
const mostRounds = 20;

/** @param check the findings on an order of the version that is asked for. */
export function fitting(order: JsonObject, check: (value: unknown) => readonly Finding[]): JsonObject {
  let result = order;
  for (let round = 0; round < mostRounds; round += 1) {
    const [finding] = check(result);
    if (finding === undefined) return result;
    // Of what is missing, the pointer names the place where it would be.
    const at = finding.rule === 'required' ? finding.pointer.replace(/\/[^/]*$/, '') : finding.pointer;
    const names = at
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (names.length === 0) return result;
    result = lessened(result, names) as JsonObject; // an object stays one: what is taken away is in it
  }
  return result;
}

function lessened(value: Json, [name = '', ...below]: readonly string[]): Json {
  if (Array.isArray(value)) {
    const place = Number(name);
    return below.length === 0 ? value.toSpliced(place, 1) : value.with(place, lessened(value[place] ?? null, below));
  }
  if (!isObject(value)) return value;
  const { [name]: part = null, ...others } = value;
  return below.length === 0 ? others : { ...others, [name]: lessened(part, below) };
}

/** A patch as rules look at it: what it wanted, and what the order was before and after. */
import { instantIn, type JsonObject, objectOf, sameJson, textOf } from '../../view/json.ts';
import { isSuccess, type Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

/** A patch, and what the order was before and after it. */
export interface Patching {
  readonly name: string;
  readonly before: Seen | undefined;
  readonly patch: Seen;
  readonly after: Seen | undefined;
  readonly wanted: JsonObject;
}

export function patchingsOf(view: View, experiment: string): Patching[] {
  const steps = view.steps(experiment);
  return steps.flatMap((patch) => {
    const name = /^patch-(.+)$/.exec(patch.exchange.aim?.step ?? '')?.[1];
    if (name === undefined) return [];
    const at = (step: string) => steps.find((each) => each.exchange.aim?.step === `${step}-${name}` && isSuccess(each));
    return [{ name, before: at('before'), patch, after: at('after'), wanted: objectOf(patch.sent) }];
  });
}

export function stateOf(seen: Seen | undefined): string | undefined {
  return textOf(objectOf(seen?.got).state);
}

export function same(one: unknown, other: unknown): boolean {
  const [first, second] = [instantIn(one), instantIn(other)];
  return (
    sameJson(one, other) || (typeof one === 'string' && /^\d{4}-/.test(one) && first !== undefined && first === second)
  );
}

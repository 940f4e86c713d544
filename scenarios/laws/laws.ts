/**
 * What holds of every order in every world, whatever the weather: the invariants, and what else must be so here. Each law
 * is a pure check over what is left of a run.
 */
import type { RunFinding } from '../../contracts/records/run.ts';
import { dateLaws } from './dates.ts';
import { endLaws } from './ends.ts';
import type { Check, Evidence } from './evidence.ts';
import { invariants } from './invariants/invariants.ts';
import { inventoryLaws } from './inventory.ts';
import { onceLaws } from './once.ts';
import { orderLaws } from './order.ts';
import { questionLaws } from './questions.ts';
import { requestLaws } from './requests.ts';
import { stockLaws } from './stock.ts';

/** By name, which is also what it says. */
export const laws: { readonly [law: string]: Check } = {
  ...Object.fromEntries(invariants.map(({ name, check }) => [name, check])),
  ...requestLaws,
  ...onceLaws,
  ...orderLaws,
  ...dateLaws,
  ...inventoryLaws,
  ...questionLaws,
  ...stockLaws,
  ...endLaws,
};

/** One finding for each law that is broken, with the first complaint: the others often come of it. */
export function checkLaws(evidence: Evidence): RunFinding[] {
  return Object.entries(laws).flatMap(([law, check]): RunFinding[] => {
    const [first, ...others] = check(evidence);
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return [{ check: 'law', message: `${law}: ${first}${more}` }];
  });
}

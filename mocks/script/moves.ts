/** The lifecycle that the steps of a script have to keep to, unless they say that they do not. */
import { tmf641Overlay } from '../../contracts/profile/tmf641-v4.1.ts';
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { pathTo, type State } from './lifecycle.ts';
import type { Step } from './step.ts';

/**
 * Follows each set of items that the steps speak of through the lifecycle of TMF641. A move that the lifecycle does not
 * draw, and that does not lead through inProgress either, is a mistake in the script, unless made `regardless`.
 * @param at JSON pointer of the steps.
 */
export function illegalMoves(start: State, steps: readonly Step[], at: string): Finding[] {
  const everything = JSON.stringify({});
  const stateOf = new Map<string, State>([[everything, start]]);
  return steps.flatMap(({ deed }, stepIndex) => {
    if (deed.kind !== 'change') return [];
    const { items, state, regardless } = deed;
    const key = JSON.stringify(items);
    const concerned = key === everything ? [...stateOf.keys()] : [key];
    const from = concerned.map((each) => [each, stateOf.get(each) ?? stateOf.get(everything) ?? start] as const);
    const movable = from.filter(([, before]) => regardless || pathTo(before, state) !== undefined);
    for (const [each] of movable) stateOf.set(each, state);
    const [[, before] = ['', start]] = from;
    if (movable.length > 0) return [];
    const possible = tmf641Overlay.transitions.ServiceOrderItem?.moves[before] ?? [];
    const expected = `a state that can follow ${before}: ${possible.join(', ') || 'none, it is terminal'}`;
    return [{ pointer: `${at}/${stepIndex}/state`, rule: 'legal-move', expected, got: shown(state) }];
  });
}

/** The walk as it was gone once: every request as it was sent, and every answer as it came. */
import recorded from './answers.json' with { type: 'json' };
import { type Example, filledIn, type Kept, keptOf } from './example.ts';
import { walk } from './walk.ts';

export interface ToldExample extends Example {
  /** Its place in the walk, from 1. */
  readonly step: number;
  /** `undefined` where there is no body, or where it is not shown. */
  readonly answer: unknown;
}

/** Recorded by the test that sends the walk to an engine: `test/engine/http/openapi/examples.test.ts`. */
const answers: { readonly [example: string]: unknown } = recorded;

export const toldWalk: readonly ToldExample[] = told();

function told(): readonly ToldExample[] {
  let kept: Kept = {};
  return walk.map((example, index) => {
    const answer = answers[example.name] ?? undefined;
    const filled = filledIn(example, kept);
    kept = { ...kept, ...keptOf(example, answer) };
    return { ...filled, step: index + 1, answer };
  });
}

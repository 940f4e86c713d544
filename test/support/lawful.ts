/** Holds whatever a test has done with orders against the invariants. */
import { expect } from 'vitest';
import { step } from '../../engine/core/step.ts';
import type { ReplayedStep } from '../../engine/index.ts';
import type { Facts } from '../../engine/model/facts.ts';
import type { Input } from '../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import type { Outcome } from '../../engine/model/outcome.ts';
import type { Evidence } from '../../scenarios/laws/evidence.ts';
import { invariants } from '../../scenarios/laws/invariants/invariants.ts';

export type TakenSteps = ReplayedStep[];

/** What is broken, by its number, with the first that is wrong. */
export function brokenInvariants(evidence: Evidence): string[] {
  return invariants.flatMap(({ number, name, check }) => {
    const [first] = check(evidence);
    return first === undefined ? [] : [`invariant ${number}, ${name}: ${first}`];
  });
}

export function expectLawful(evidence: Evidence): void {
  expect(brokenInvariants(evidence)).toEqual([]);
}

/** What a test leaves behind; all that it does not speak of is empty. */
export function evidenceWith(left: Partial<Evidence>): Evidence {
  return {
    orders: [],
    inventory: [],
    trees: [],
    stocks: [],
    policies: new Map(),
    catalogues: new Map(),
    undone: [],
    atRest: false,
    ...left,
  };
}

/** A step as a journal gives it again. What the same report once more would do is only tried when somebody asks. */
export function takenStep(
  before: CustomerOrder | undefined,
  input: Input,
  facts: Facts,
  { order, effects, story }: Extract<Outcome, { ok: true }>,
): ReplayedStep {
  const { versions, numbers } = facts;
  const entry = { orderId: order.id, entry: order.entries, at: input.at, input, versions, numbers };
  const taken = { entry, before, order, effects, story };
  if (input.type !== 'ReportFulfillment') return taken;
  return {
    ...taken,
    get repeated() {
      return step(order, input, facts);
    },
  };
}

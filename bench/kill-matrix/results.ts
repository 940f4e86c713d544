/** What is kept of a verified twin: enough for the page and the gate, little enough to cross between threads. */
import type { Judgement } from '../../contracts/rules/judge.ts';
import type { Twin } from '../../contracts/twins/twin.ts';
import type { Verification } from '../../contracts/verify/verify.ts';

export interface TwinResult {
  readonly twin: Pick<Twin, 'name' | 'kind' | 'deviation' | 'clause' | 'breaks' | 'differs'>;
  readonly withStatement: Outcome;
  /** Absent when only the first was asked for. */
  readonly bare?: Outcome;
}

/** What one verification said. */
export interface Outcome {
  readonly verdict: Judgement['verdict'];
  /** The likeliest root cause first. */
  readonly findings: readonly FoundThing[];
  readonly rules: { readonly [id: string]: { readonly verdict: string; readonly reason?: string } };
  readonly requests: number;
  readonly orders: number;
  readonly lastedMs: number;
  /** Experiments that were not carried out. */
  readonly leftOut: readonly string[];
}

export interface FoundThing {
  readonly id: string;
  readonly rule: string;
  readonly level: string;
  readonly path: string;
  readonly valueClass: string;
  readonly message: string;
  readonly count: number;
  /** Another finding is likely to be its cause. */
  readonly isConsequence: boolean;
}

export function outcomeOf(verification: Verification, judgement: Judgement): Outcome {
  const { used, startedAt, endedAt, leftOut } = verification;
  const findings = judgement.findings.map(({ explainedBy, ...finding }) => {
    const { id, rule, level, path, valueClass, message, count } = finding;
    return { id, rule, level, path, valueClass, message, count, isConsequence: explainedBy !== undefined };
  });
  const rules = judgement.rules.map(
    ({ id, verdict, reason }) => [id, { verdict, ...(reason === undefined ? {} : { reason }) }] as const,
  );
  return {
    verdict: judgement.verdict,
    findings,
    rules: Object.fromEntries(rules),
    ...used,
    lastedMs: endedAt - startedAt,
    leftOut,
  };
}

export function aboutTwin({ name, kind, deviation, clause, breaks, differs }: Twin): TwinResult['twin'] {
  return { name, kind, deviation, clause, ...(breaks && { breaks }), ...(differs && { differs }) };
}

/** One change to what a legal vendor has said, and the rule that it belongs to finds it, wherever it is made. */
import { describe, expect, it } from 'vitest';
import { legalTrace } from './legal/traces.ts';
import { mutations } from './mutations.ts';
import { judged } from './plain-trace.ts';

/** Each is made in so many different traces; the rare ones need many to choose from. */
const wanted = 8;
const fewest = 5;
const most = 400;

const traces = Array.from({ length: most }, (_, place) => legalTrace(place + 1));

describe('a legal trace in which', () => {
  it.each(mutations)('$what breaks $rule', ({ rule, mutate }) => {
    const mutants = [];
    for (const [place, trace] of traces.entries()) {
      if (mutants.length === wanted) break;
      const mutant = mutate(trace);
      if (mutant !== undefined) mutants.push({ place, findings: judged(mutant, { only: [rule] }).findings });
    }
    expect(mutants.filter(({ findings }) => findings.length === 0)).toEqual([]);
    expect(mutants.length).toBeGreaterThanOrEqual(fewest);
  });
});

describe('the table', () => {
  it('has a mutation for every rule that legal traffic can break by itself', () => {
    const rules = new Set(mutations.map(({ rule }) => rule));
    const passed = new Set(
      traces
        .slice(0, 100)
        .flatMap((trace) =>
          judged(trace).rules.flatMap(({ id, level, verdict }) => (verdict === 'pass' && level !== 'MAY' ? [id] : [])),
        ),
    );
    expect([...passed].filter((id) => !rules.has(id))).toEqual([]);
  });
});

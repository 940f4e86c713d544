/** The storms can fail: an engine that is wrong in one way is found out, and how soon is written down. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { invariants } from '../../scenarios/laws/invariants/invariants.ts';
import { laws } from '../../scenarios/laws/laws.ts';
import { questionLaws } from '../../scenarios/laws/questions.ts';
import { stockLaws } from '../../scenarios/laws/stock.ts';
import { runStorm } from '../../scenarios/storm/run-storm.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const document = 'docs/decisions/0015-planted-bugs.md';

/** A bug that is not found in so many storms is not found. */
const mostSeeds = 1_000;

/**
 * Invariants about what no storm draws: questions, cancellations, priorities, invalid values, suspensions, external ids.
 * Each of them is broken in test/scenarios/laws/.
 */
const notInStorms = invariants
  .filter(({ number }) => [4, 10, 12, 13, 14, 15, 18, 19, 20].includes(number))
  .map(({ name }) => name);

/** How many storms say how hard a bug is to find. */
const sample = 20;

/** Every law that some bug has broken. */
const broken = new Set<string>();

/** A row of the table: what was planted, the seed that finds it first, how many of the sample do, and the law it breaks. */
async function rowOf(bug: string): Promise<string> {
  const plant = plantedBugs[bug];
  let first: string | undefined;
  let law = 'none';
  let found = 0;
  for (let seed = 1; seed <= mostSeeds && (seed <= sample || first === undefined); seed += 1) {
    const { record } = await runStorm(String(seed), plant?.(String(seed)));
    const [finding] = record.findings;
    for (const { message } of record.findings) broken.add(message.split(': ')[0] ?? '');
    if (finding === undefined) continue;
    if (seed <= sample) found += 1;
    if (first !== undefined) continue;
    first = String(seed);
    law = finding.check === 'law' ? (finding.message.split(':')[0] ?? '') : finding.check;
  }
  return `| ${bug} | ${first ?? 'not found'} | ${found} | ${law} |`;
}

describe('an engine with a planted bug', () => {
  const rows: string[] = [];
  const written = readFileSync(document, 'utf8');

  it.each(Object.keys(plantedBugs))(
    'is found out: %s',
    async (bug) => {
      const row = await rowOf(bug);
      rows.push(row);
      expect(row).not.toContain('not found');
      if (process.env.UPDATE === undefined) {
        expect(written, `${document} says otherwise; UPDATE=1 npx vitest run test/simulation writes it anew`).toContain(
          row,
        );
      }
    },
    60_000,
  );

  it('breaks every law, one bug this and another that: no law is idle', () => {
    // Storms ask no questions: planted-question-bugs.test.ts has bugs for the laws about those.
    const others = new Set([...Object.keys({ ...questionLaws, ...stockLaws }), ...notInStorms]);
    expect(Object.keys(laws).filter((law) => !broken.has(law) && !others.has(law))).toEqual([]);
  });

  it('is one of those that the table names', () => {
    const [head = '', rest = ''] = written.split(/(?<=\|---\|---\|---\|---\|\n)/);
    const after = rest.slice(rest.indexOf('\n\n') === -1 ? rest.length : rest.indexOf('\n\n'));
    const next = `${head}${rows.join('\n')}${after === '' ? '\n' : after}`;
    if (process.env.UPDATE !== undefined) writeFileSync(document, next);
    else expect(written).toBe(next);
  });
});

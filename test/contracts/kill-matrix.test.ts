/** Every twin, verified in virtual time with its own capability statement: what has to hold of the kill matrix. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, faultyOnes, isolatedBy, standingOf } from '../../bench/kill-matrix/gate.ts';
import { verifiedTwins } from '../../bench/kill-matrix/pool.ts';
import { readPublished } from '../../bench/kill-matrix/published.ts';
import { decidedMisses } from '../../bench/kill-matrix/reasons.ts';
import type { TwinResult } from '../../bench/kill-matrix/results.ts';
import { tcpSample } from '../../bench/kill-matrix/sample.ts';
import { rules } from '../../contracts/rules/catalogue.ts';

const readable = 'Otherwise run "npm run kill-matrix" and "npm run generate", and commit the results';

/** Hundreds of vendors take a minute of all cores: a fifth of the time of all tests. */
const isWanted = process.env.KILL_MATRIX !== undefined;
if (!isWanted)
  console.log(
    'The kill matrix is not verified: KILL_MATRIX=1 npm test -- test/contracts/kill-matrix does it, as .ci/run does',
  );

let results: readonly TwinResult[] = [];
beforeAll(async () => {
  if (!isWanted) return;
  results = (await verifiedTwins({ withBare: false, withPairs: false })).map(({ result }) => result);
  for (const { twin, withStatement } of faultyOnes(results)) {
    const [first] = withStatement.findings;
    if (first?.rule !== twin.breaks)
      console.log(`${twin.name} breaks ${twin.breaks}; found: ${first?.id ?? 'nothing'}`);
  }
}, 120_000);

describe.skipIf(!isWanted)('the kill matrix', () => {
  it('holds', () => {
    expect(conditionsOf(results, rules).filter(({ holds }) => !holds)).toEqual([]);
  });

  it('has no MUST or SHOULD against a sound vendor', () => {
    const accused = results
      .filter(({ twin }) => twin.kind !== 'faulty')
      .flatMap(({ twin, withStatement }) =>
        withStatement.findings.filter(({ level }) => level !== 'MAY').map(({ id }) => `${twin.name}: ${id}`),
      );
    expect(accused).toEqual([]);
  });

  it(`is published. ${readable}`, () => {
    expect(readPublished().isolatedBy).toEqual(Object.fromEntries(isolatedBy(results)));
    const page = readFileSync('docs/kill-matrix.md', 'utf8');
    expect(results.filter(({ twin }) => !page.includes(`\`${twin.name}\` | ${twin.deviation}`)).map(nameOf)).toEqual(
      [],
    );
  });

  it('speaks of twins that there are, and excuses only those that are missed', () => {
    const names = new Set(results.map(nameOf));
    expect(tcpSample.filter((name) => !names.has(name))).toEqual([]);
    const missed = faultyOnes(results).filter((result) => standingOf(result, result.withStatement) === 'missed');
    expect(Object.keys(decidedMisses).filter((name) => !missed.map(nameOf).includes(name))).toEqual([]);
  });

  it('would notice a verifier that finds nothing', () => {
    const blind = results.map((result) => ({ ...result, withStatement: { ...result.withStatement, findings: [] } }));
    expect(conditionsOf(blind, rules).map(({ holds }) => holds)).toEqual([false, true, true, false]);
  });

  it('would notice a verifier that accuses a sound vendor', () => {
    const must = faultyOnes(results).flatMap(({ withStatement }) => withStatement.findings.slice(0, 1));
    const accused = results.map((result) =>
      result.twin.kind === 'conformant'
        ? {
            ...result,
            withStatement: { ...result.withStatement, findings: must.filter(({ level }) => level === 'MUST') },
          }
        : result,
    );
    expect(conditionsOf(accused, rules).filter(({ holds }) => !holds)).toMatchObject([{ failing: ['conformant'] }]);
  });
});

function nameOf({ twin }: TwinResult): string {
  return twin.name;
}

/** The same seed gives the same bytes: in one process, in two, on an older runtime, and however messages travel. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../contracts/records/run.ts';
import { suiteDigest } from '../../scenarios/journal.ts';
import type { Transport } from '../../scenarios/network.ts';
import { runScenario } from '../../scenarios/run.ts';
import { findScenarios, readScenario } from '../../scenarios/scenario.ts';

const scenarios = findScenarios('scenarios').map(readScenario);

async function runAll(seed: string, transport: Transport): Promise<RunRecord[]> {
  const runs: RunRecord[] = [];
  for (const scenario of scenarios) runs.push(await runScenario(scenario, { seed, transport }));
  return runs;
}

function digestOf(runtime: string, seed: string): string {
  const said = execFileSync(runtime, ['bin/southbound.js', 'run', 'scenarios', '--seed', seed], { encoding: 'utf8' });
  return /^digest ([0-9a-f]{64})$/m.exec(said)?.[1] ?? `no digest in: ${said}`;
}

describe('a seed', () => {
  let first: RunRecord[];
  beforeAll(async () => {
    first = await runAll('7', 'direct');
  });

  it('gives the same record twice in one process', async () => {
    expect(await runAll('7', 'direct')).toEqual(first);
  });

  it('gives the same journal whether parties are called directly or through msw', async () => {
    const msw = await runAll('7', 'msw');
    expect(msw.map(({ journal }) => journal)).toEqual(first.map(({ journal }) => journal));
    expect(suiteDigest(msw)).toBe(suiteDigest(first));
  });

  it('gives the same digest in another process', () => {
    expect(digestOf(process.execPath, '7')).toBe(suiteDigest(first));
  });

  it('of another value gives another digest for every scenario', async () => {
    const other = await runAll('8', 'direct');
    const alike = first.filter(({ digest }, index) => digest === other[index]?.digest);
    expect(alike.map(({ file }) => file)).toEqual([]);
  });

  const olderRuntime = process.env.OLDER_NODE;
  if (olderRuntime === undefined)
    console.warn('not compared with an older runtime: OLDER_NODE names none (a path of a Node 22.18 binary)');
  it.skipIf(olderRuntime === undefined)('gives the same digest on the oldest runtime supported', () => {
    expect(digestOf(olderRuntime ?? '', '7')).toBe(suiteDigest(first));
  });
});

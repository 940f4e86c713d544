/** The shipped scenarios are acceptance tests: each passes in virtual time and over sockets, and ends alike in both. */
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../contracts/records/run.ts';
import { runScenario } from '../../scenarios/run.ts';
import { findScenarios, readScenario, shortName } from '../../scenarios/scenario.ts';

const files = findScenarios('scenarios');

describe.each(files.map((file) => [shortName(file), file]))('%s', (_name, file) => {
  const scenario = readScenario(file);

  it('passes in virtual time and over sockets, and ends in the same states', async () => {
    const direct = await runScenario(scenario, { seed: '1', transport: 'direct' });
    const sockets = await runScenario(scenario, { seed: '1', transport: 'sockets' });
    expect(direct.findings).toEqual([]);
    expect(sockets.findings).toEqual([]);
    expect(endOf(sockets)).toEqual(endOf(direct));
  });

  it('passes from other seeds', async () => {
    for (const seed of ['another seed', '']) {
      expect((await runScenario(scenario, { seed, transport: 'direct' })).findings, `seed ${seed}`).toEqual([]);
    }
  });
});

/** All that a reader of the end looks at, but for the addresses in work notes. */
function endOf({ orders, endedAt }: RunRecord): unknown {
  return { endedAt, orders: orders.map(({ workNotes, ...order }) => ({ ...order, notes: workNotes.length })) };
}

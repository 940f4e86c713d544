/** Every law holds in every storm, and the storms are such that it matters: each fault hits each phase of a request's life. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fault, faults } from '../../contracts/records/weather.ts';
import { hitTable } from '../../scenarios/storm/hit-table.ts';
import { type HitCounts, noHits, type Phase, phases, sumOfHits } from '../../scenarios/storm/phases.ts';
import { runStorm } from '../../scenarios/storm/run-storm.ts';
import { seeds } from './seeds.ts';

/** Faults that cannot hit a request in some phase, each with the reason. There is none: messages travel in every phase. */
const impossible: readonly { readonly fault: Fault; readonly phase: Phase; readonly because: string }[] = [];

interface Explored {
  readonly failures: readonly string[];
  readonly hits: HitCounts;
  readonly ends: { readonly [state: string]: number };
}

async function explored(): Promise<Explored> {
  const failures: string[] = [];
  const ends: { [state: string]: number } = {};
  let hits = noHits();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const run = await runStorm(String(seed));
    hits = sumOfHits(hits, run.hits);
    for (const { state } of run.record.orders) ends[state] = (ends[state] ?? 0) + 1;
    for (const { check, message } of run.record.findings) {
      failures.push(`npx southbound explore --seed ${seed}  # ${check}: ${message}`);
    }
  }
  return { failures, hits, ends };
}

describe(`${seeds} storms`, () => {
  let storms: Explored;
  // Ten times what a storm takes on a machine that has nothing else to do.
  beforeAll(
    async () => {
      storms = await explored();
    },
    60_000 + 80 * seeds,
  );

  it('break no law', () => {
    expect(storms.failures).toEqual([]);
  });

  it.skipIf(seeds < 1_000)('bring every fault to requests in every phase of their lives', () => {
    const { hits } = storms;
    console.log(hitTable(hits).join('\n'));
    const cells = faults.flatMap((fault) => phases.map((phase) => ({ fault, phase, count: hits[fault][phase] })));
    const isImpossible = ({ fault, phase }: { fault: Fault; phase: Phase }) =>
      impossible.some((cell) => cell.fault === fault && cell.phase === phase);
    expect(cells.filter((cell) => cell.count === 0 && !isImpossible(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.count > 0 && isImpossible(cell))).toEqual([]);
  });

  it('are not so heavy that nothing comes through, nor so light that nothing fails', () => {
    const { ends } = storms;
    const all = Object.values(ends).reduce((sum, count) => sum + count, 0);
    expect(ends.completed).toBeGreaterThan(all / 4);
    expect(ends.on_hold).toBeGreaterThan(all / 4);
  });
});

describe('a storm that has broken a law once', () => {
  // A revision on its way that is to take something along, after its root was put back to what had been accepted.
  it.each(['5224', '7445'])('breaks none: seed %s', async (seed) => {
    const { record } = await runStorm(seed);
    expect(record.findings).toEqual([]);
  });
});

describe('a seed', () => {
  it('gives the same storm, byte for byte', async () => {
    for (const seed of ['7', '38', 'any text']) {
      expect(JSON.stringify(await runStorm(seed))).toBe(JSON.stringify(await runStorm(seed)));
    }
  });
});

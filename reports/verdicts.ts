/** What came of many runs, in a few words. */
import type { RunRecord } from '../contracts/records/run.ts';

type Judged = Pick<RunRecord, 'verdict'>;

/** `3 passed, 0 failed`, and how many were not applicable if any were not. */
export function verdictsText(runs: readonly Judged[]): string {
  const counts = (['passed', 'failed', 'not applicable'] as const).map((verdict) => [countOf(runs, verdict), verdict]);
  return counts
    .filter(([count, verdict]) => verdict !== 'not applicable' || count !== 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(', ');
}

export function countOf(runs: readonly Judged[], wanted: RunRecord['verdict']): number {
  return runs.filter(({ verdict }) => verdict === wanted).length;
}

/** The systems that were real, and where each was; nothing when all were simulated. */
export function realSystemsText({ realSystems = {} }: Pick<RunRecord, 'realSystems'>): string {
  return Object.entries(realSystems)
    .map(([name, url]) => `${name} at ${url}`)
    .join(', ');
}

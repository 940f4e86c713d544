/** How often the weather hit requests in each phase of their lives, as a table of text. */
import { faults } from '../../contracts/records/weather.ts';
import { type HitCounts, phases } from './phases.ts';

/** A line for each fault, a column for each phase. */
export function hitTable(counts: HitCounts): string[] {
  const head = ['', ...phases];
  const rows = faults.map((fault) => [fault, ...phases.map((phase) => String(counts[fault][phase]))]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

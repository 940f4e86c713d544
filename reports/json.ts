/** Runs as JSON: the whole record, from which every other report can be made again. */
import type { RunRecord } from '../contracts/records/run.ts';

export function jsonReport(runs: readonly RunRecord[]): string {
  return `${JSON.stringify({ tool: 'southbound', runs }, undefined, 2)}\n`;
}

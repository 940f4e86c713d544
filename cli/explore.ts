/** `southbound explore`: storms from many seeds, each held against every law; what fails is told with how to see it again. */
import type { RunRecord } from '../contracts/records/run.ts';
import { weatherText } from '../reports/story.ts';
import { hitTable } from '../scenarios/storm/hit-table.ts';
import { noHits, sumOfHits } from '../scenarios/storm/phases.ts';
import { runStorm, type StormRun } from '../scenarios/storm/run-storm.ts';
import { sayStory, sayVerdict, writeReports } from './run.ts';
import { colour, say, WrongUse } from './terminal.ts';

export interface ExploreOptions {
  /** How many storms. */
  readonly seeds?: number;
  /** The first of them. */
  readonly from?: number;
  /** One storm alone, with its story. */
  readonly seed?: string;
  readonly out?: string;
}

/** As many as take about a second. */
const usualSeeds = 100;

/** @param run makes and runs the storm of a seed; tests put in one with an engine that is wrong. */
export async function explore({ seeds, from, seed, out }: ExploreOptions, run = stormOf): Promise<number> {
  if (seed === undefined) return exploreMany({ seeds: seeds ?? usualSeeds, from: from ?? 1, out }, run);
  if (seeds !== undefined || from !== undefined) {
    throw new WrongUse('--seed is one storm with its story; --seeds and --from are many. Give one or the other.');
  }
  return exploreOne(seed, out, run);
}

function stormOf(seed: string): Promise<StormRun> {
  return runStorm(seed);
}

async function exploreOne(seed: string, out: string | undefined, run: typeof stormOf): Promise<number> {
  const { record } = await run(seed);
  say(`seed ${seed}, ${weatherOf(record)}`);
  sayStory(record);
  sayVerdict(record);
  say(`digest ${record.digest}`);
  if (out !== undefined) writeReports(out, [record]);
  return record.verdict === 'passed' ? 0 : 1;
}

function weatherOf({ weather }: RunRecord): string {
  return weather === undefined ? 'no weather' : weatherText(weather);
}

async function exploreMany(
  { seeds, from, out }: { seeds: number; from: number; out: string | undefined },
  run: typeof stormOf,
): Promise<number> {
  say(`seeds ${from} to ${from + seeds - 1}, in virtual time`);
  const failed: RunRecord[] = [];
  let hits = noHits();
  for (let index = 0; index < seeds; index += 1) {
    showProgress(`${index} of ${seeds}, ${failed.length} failed`);
    const storm = await run(String(from + index));
    hits = sumOfHits(hits, storm.hits);
    if (storm.record.verdict === 'passed') continue;
    failed.push(storm.record);
    showProgress('');
    sayFailure(storm.record);
  }
  showProgress('');
  say('How often the weather hit a request in each phase of its life:');
  for (const line of hitTable(hits)) say(line);
  say(`${seeds - failed.length} passed, ${failed.length} failed`);
  // The others are thousands of messages each that nobody looks at; any of them comes again from its seed.
  if (out !== undefined && failed.length > 0) writeReports(out, failed);
  return failed.length === 0 ? 0 : 1;
}

function sayFailure({ seed, findings }: RunRecord): void {
  say(`${colour('red', 'FAILED')}  seed ${seed}`);
  for (const { check, message } of findings) say(colour('red', `        ${check}: ${message.split('\n')[0]}`));
  say(`        npx southbound explore --seed ${seed}`);
}

/** One line that is written over, on a terminal only. */
function showProgress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
}

/** `southbound run`: scenarios, or one order of the user's own; verdicts on the terminal, reports in a folder. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../contracts/records/run.ts';
import { readCatalogue, readPolicies } from '../engine/index.ts';
import { usualScript } from '../mocks/som-script.ts';
import { htmlReport } from '../reports/html.ts';
import { jsonReport } from '../reports/json.ts';
import { junitReport } from '../reports/junit.ts';
import { markdownReport } from '../reports/markdown.ts';
import { sinceStart, storyOf } from '../reports/story.ts';
import { verdictsText } from '../reports/verdicts.ts';
import { FileProblem, readContent, readDocument, referredContent } from '../scenarios/files.ts';
import { suiteDigest } from '../scenarios/journal.ts';
import { findScenarios, readScenario, readScript, type Scenario, usualPolicies } from '../scenarios/scenario.ts';
import { assertKnown, type RealOptions, realSystemsOf } from './real-systems.ts';
import { type Runner, realRunner, simulatingRunner } from './runner.ts';
import { colour, say, toned, WrongUse } from './terminal.ts';
import { shippedFolder } from './version.ts';

export interface RunOptions extends RealOptions {
  readonly seed?: string;
  readonly out?: string;
  readonly live?: boolean;
  readonly order?: string;
  readonly catalog?: string;
  readonly policies?: string;
  readonly som?: string;
}

export async function run(paths: readonly string[], options: RunOptions): Promise<number> {
  const own = ownOrder(paths, options);
  const scenarios = own === undefined ? scenariosAt(paths) : [own];
  const runner = await runnerFor(scenarios, options);
  const runs: RunRecord[] = [];
  try {
    say(runner.introduction);
    for (const scenario of scenarios) {
      const record = await runner.run(scenario);
      if (own !== undefined) assertTaken(record);
      runs.push(record);
      sayVerdict(record);
      if (own !== undefined) sayStory(record);
    }
  } finally {
    await runner.close();
  }
  say(verdictsText(runs));
  if (runner.isRepeatable) say(`digest ${suiteDigest(runs)}`);
  if (options.out !== undefined) writeReports(options.out, runs);
  return runs.some(({ verdict }) => verdict === 'failed') ? 1 : 0;
}

async function runnerFor(scenarios: readonly Scenario[], options: RunOptions): Promise<Runner> {
  const systems = realSystemsOf(options, scenarios, process.env);
  if (systems === undefined) return simulatingRunner(options);
  if (options.live === true) throw new WrongUse('--live simulates every system; leave it out with --target.');
  if (options.som !== undefined)
    throw new WrongUse('--som simulates the SOM, and --target makes systems real: give one.');
  assertKnown(systems, scenarios);
  return realRunner(options, systems);
}

function scenariosAt(paths: readonly string[]): Scenario[] {
  const from = paths.length > 0 ? paths.map(orShipped) : [shippedPath('scenarios')];
  return from.flatMap(findScenarios).map(readScenario);
}

/** A path as it was given; `scenarios` and what is below it, where there is no such thing, is the shipped one. */
function orShipped(path: string): string {
  const place = normalize(path);
  if (existsSync(path) || place.split(sep)[0] !== 'scenarios') return path;
  const shipped = shippedPath(place);
  if (!existsSync(shipped)) return path;
  say(`${path} is not in this folder; the shipped one runs, at ${shipped}`);
  return shipped;
}

function shippedPath(path: string): string {
  return relative(process.cwd(), fileURLToPath(new URL(path, shippedFolder)));
}

/** The journey of a user's own order, as a scenario: it is expected to be taken, and to be completed. */
function ownOrder(paths: readonly string[], options: RunOptions): Scenario | undefined {
  const { order, catalog, policies, som } = options;
  if (order === undefined && catalog === undefined) {
    if (policies === undefined && som === undefined) return undefined;
    throw new WrongUse('--policies and --som go with --order and --catalog; a scenario names its own.');
  }
  if (order === undefined || catalog === undefined)
    throw new WrongUse('--order and --catalog go together: what is ordered, and from what.');
  if (paths.length > 0) throw new WrongUse('Give either scenarios or --order, not both.');
  return {
    name: `The order in ${order} is completed`,
    file: order,
    catalogue: readContent(catalog, readCatalogue),
    policies: referredContent('', '', policies ?? usualPolicies, readPolicies),
    systems: { som: { script: referredContent('', '', som ?? usualScript, readScript) } },
    inventories: {},
    environment: {},
    steps: [{ kind: 'order', name: 'order', body: readDocument(order), through: 'TMF622', pointer: order }],
    then: { orders: { order: { state: 'completed' } } },
  };
}

/** Throws a `FileProblem` that says what the order management refused in the user's order, and where in the file. */
function assertTaken({ file, journal }: RunRecord): void {
  for (const record of journal) {
    if (record.kind !== 'exchange' || record.from !== 'crm' || !record.request.path.endsWith('/productOrder')) continue;
    if ('status' in record.outcome && record.outcome.status >= 400) {
      throw new FileProblem(file, refusedPlaces(JSON.parse(record.outcome.body?.text ?? '{}')));
    }
  }
}

/** @param error a TMF630 error body, as the engine writes it. */
function refusedPlaces({ message = '', details = [] }: { message?: string; details?: ErrorDetail[] }): string[] {
  if (details.length === 0) return [message];
  // A single detail says the same as the message, which also says what to do.
  const alone = details.length === 1 && message.startsWith(details[0]?.message ?? '');
  return details.map(({ datapath, message: detail }) => `${datapath || '(whole order)'}: ${alone ? message : detail}`);
}

interface ErrorDetail {
  readonly message: string;
  readonly datapath: string;
}

export function sayVerdict({ verdict, scenario, reasons = [], findings, digest }: RunRecord): void {
  if (verdict === 'not applicable') {
    say(`not applicable  ${scenario}`);
    for (const reason of reasons) say(colour('dim', `        ${reason}`));
    return;
  }
  const mark = verdict === 'passed' ? colour('green', 'passed') : colour('red', 'FAILED');
  say(`${mark}  ${scenario}  ${colour('dim', digest.slice(0, 12))}`);
  for (const { check, message, pointer } of findings) {
    say(colour('red', `        ${check}${pointer === undefined ? '' : ` at ${pointer}`}: ${message}`));
  }
}

export function sayStory(record: RunRecord): void {
  const start = Date.parse(record.startedAt);
  for (const line of storyOf(record)) say(`${colour('dim', sinceStart(line.at, start).padStart(12))}  ${toned(line)}`);
}

export function writeReports(folder: string, runs: readonly RunRecord[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.html'), htmlReport(runs));
  writeFileSync(join(folder, 'report.md'), markdownReport(runs));
  writeFileSync(join(folder, 'junit.xml'), junitReport(runs));
  writeFileSync(join(folder, 'run.json'), jsonReport(runs));
  say(`reports in ${folder}: report.html, report.md, junit.xml, run.json`);
}

/**
 * `npm run kill-matrix`: verifies every twin, and writes docs/kill-matrix.md. With `--check`, writes nothing and fails when
 * the page is not what would be written. Fails, too, when what has to hold does not. `--skip-tcp` and `--skip-prism` leave
 * out what takes sockets; the published column of Prism is kept then.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rules, themes } from '../../contracts/rules/catalogue.ts';
import { conditionsOf, isolatedBy } from './gate.ts';
import { verifiedOverTcp } from './over-tcp.ts';
import type { FullResult, Matrix } from './page/matrix.ts';
import { pageText } from './page/page.ts';
import { type Told, verifiedTwins } from './pool.ts';
import { openPrism } from './prism.ts';
import { openProgress } from './progress.ts';
import { type PrismColumn, publishedFile, publishedText, readPublished } from './published.ts';

const page = 'docs/kill-matrix.md';
/** For the conformant twin, over sockets. */
const longestConformantMs = 60_000;

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    'skip-tcp': { type: 'boolean', default: false },
    'skip-prism': { type: 'boolean', default: false },
  },
});
const progress = openProgress(process.stderr);
const failures: string[] = [];

// On a quiet machine first: it keeps real time.
if (!values['skip-tcp']) await overTcp();
const told = await verifiedTwins({ withBare: true, withPairs: !values['skip-prism'], onProgress: progress.show });
const prism = await prismColumn(told);
progress.end();
const matrix: Matrix = { results: told.map(({ result }) => full(result)), themes, prism };
judge(matrix);
publish(publishedFile, publishedText({ prism, isolatedBy: Object.fromEntries(isolatedBy(matrix.results)) }));
publish(page, pageText(matrix));
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

async function overTcp(): Promise<void> {
  const results = await verifiedOverTcp(progress.show);
  progress.end();
  for (const { name, lastedMs, differences } of results) {
    if (differences.length > 0)
      failures.push(`${name} is judged otherwise over sockets:`, ...differences.map(indented));
    if (name !== 'conformant') continue;
    console.log(
      `the conformant twin over sockets: ${(lastedMs / 1000).toFixed(1)} s, ${results.length} at the same time`,
    );
    if (lastedMs >= longestConformantMs) failures.push(`the conformant twin takes ${lastedMs / 1000} s over sockets`);
  }
}

function full(result: Told['result']): FullResult {
  const { bare } = result;
  if (bare === undefined) throw new Error(`${result.twin.name} was to be verified without a statement too`);
  return { ...result, bare };
}

/** What Prism cannot be asked for now is kept as it was published. */
async function prismColumn(told: readonly Told[]): Promise<PrismColumn> {
  const published = readPublished().prism;
  if (values['skip-prism']) return published;
  try {
    return await askedPrism(told);
  } catch (failure) {
    progress.end();
    console.log(`Prism was not asked, and the column of ${published.version} is kept: ${failure}`);
    return published;
  }
}

async function askedPrism(told: readonly Told[]): Promise<PrismColumn> {
  const prism = await openPrism();
  try {
    const pairs = [...new Map(told.flatMap((each) => each.pairs.map((pair) => [pair.key, pair]))).values()];
    const violations = await prism.violations(pairs, (done) => progress.show(done, pairs.length, 'through Prism'));
    const of = (each: Told): readonly string[] => each.pairs.flatMap(({ key }) => violations.get(key) ?? []);
    const usual = new Set(told.filter(({ result }) => result.twin.kind === 'conformant').flatMap(of));
    const [found, passed]: [string[], string[]] = [[], []];
    for (const each of told) {
      const isFound = of(each).some((violation) => !usual.has(violation));
      (isFound ? found : passed).push(each.result.twin.name);
    }
    return { version: prism.version, found, passed };
  } finally {
    prism.stop();
  }
}

function judge({ results }: Matrix): void {
  for (const { what, is, holds, failing } of conditionsOf(results, rules)) {
    console.log(`${holds ? 'holds' : 'FAILS'}  ${what}: ${is}`);
    if (!holds) failures.push(`Does not hold: ${what}`, ...failing.map(indented));
  }
}

function publish(file: string, text: string): void {
  if (!values.check) writeFileSync(file, text);
  else if (readFileSync(file, { encoding: 'utf8', flag: 'a+' }) !== text)
    failures.push(`${file} is not what the twins give: run "npm run kill-matrix" and commit the result`);
}

function indented(text: string): string {
  return `  ${text}`;
}

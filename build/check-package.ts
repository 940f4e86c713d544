/**
 * `npm run check-package`: the packed tarball, used as a user uses it: installed in an empty folder, on the oldest
 * Node.js supported and on the newest. One line for each check; exits with 1 when one failed.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { olderNode } from './older-node.ts';

const execute = promisify(execFile);

/** What a user's project has besides: at our own versions, so that npm hands over what it already holds. */
const companions = ['vitest', 'typescript', 'msw', '@types/node'];

/** A check that hangs should fail with what it said so far, long before anybody wonders. */
const patienceMs = 120_000;

/** What a package of ours is made of. TypeScript sources, tests and benchmarks are not. */
const packable = /^package\/(?:package\.json|README\.md|LICENSE|bin\/.+\.js|dist\/.+\.(?:js|d\.ts|json|yaml))$/;

const folder = mkdtempSync(join(tmpdir(), 'southbound-package-'));
let failed = 0;
try {
  await checkAll();
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;

async function checkAll(): Promise<void> {
  const tarball = await check('the package is packed', pack);
  if (tarball === undefined) return;
  await check('it holds what is needed, and nothing else', async () => {
    const { stdout } = await execute('tar', ['-tzf', tarball]);
    const strays = stdout
      .trim()
      .split('\n')
      .filter((file) => !packable.test(file));
    if (strays.length > 0) throw new Error(`Not needed: ${strays.join(', ')}\nSee "files" in package.json.`);
  });
  const older = await check('the oldest Node.js supported is at hand', async () => olderNode());
  const runtimes = [process.execPath, ...(older === undefined ? [] : [older])];
  const digests = await Promise.all(runtimes.map((node) => checkOn(node, tarball)));
  await check('the suites give the same digest everywhere', async () => assertAlike(digests));
}

async function pack(): Promise<string> {
  await execute('npm', ['pack', '--pack-destination', folder], { timeout: patienceMs });
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? 'no tarball');
}

/** Goes through everything on one runtime. Gives the digest of the shipped suites. */
async function checkOn(node: string, tarball: string): Promise<string | undefined> {
  const version = (await execute(node, ['--version'])).stdout.trim();
  const project = join(folder, version);
  mkdirSync(project);
  const env = { ...process.env, NO_COLOR: '1', PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const says = async (program: string, ...args: string[]): Promise<string> =>
    (await execute(program, args, { cwd: project, env, timeout: patienceMs })).stdout;
  const has = (tool: string) => join('node_modules', '.bin', tool);

  await check(`${version}: installs`, () => says('npm', 'install', tarball, ...companions.map(atOurVersion)));
  cpSync('test/package/consumer', project, { recursive: true });
  await check(`${version}: runs on it`, async () => assertSays(await says('node', '--version'), version));
  await check(`${version}: the demo ends well`, () =>
    says(has('southbound'), 'demo', '--exit', '--port', '0', '--speed', '36000'),
  );
  const digest = await check(`${version}: the shipped suites pass`, async () => {
    const said = await says(has('southbound'), 'run', 'scenarios', '--seed', '7', '--out', 'report');
    return /^digest ([0-9a-f]{64})$/m.exec(said)?.[1];
  });
  await check(`${version}: a scenario of one's own passes over sockets`, () =>
    says(has('southbound'), 'run', 'my.scenario.yaml', '--live'),
  );
  await check(`${version}: a user's tests pass, southbound and southbound/msw`, () => says(has('vitest'), 'run'));
  await check(`${version}: their types are right`, () => says(has('tsc'), '-p', '.'));
  await check(`${version}: every schema is there`, () => says('node', 'schemas.ts', ...schemas()));
  await check(`${version}: what our own endpoints offer is there`, async () => {
    for (const statement of readdirSync('scenarios/capabilities')) {
      const shipped = `node_modules/southbound/dist/scenarios/capabilities/${statement}`;
      await says(has('southbound'), 'verify', 'http://127.0.0.1:8621', '--plan', '--capabilities', shipped);
    }
  });
  return digest;
}

/** `vitest@^5.1.1`, as in our own package.json. */
function atOurVersion(name: string): string {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  return `${name}@${{ ...devDependencies, ...dependencies }[name]}`;
}

function schemas(): string[] {
  const files = ['contracts/schemas', 'contracts/records'].flatMap((place) => readdirSync(place));
  return files.filter((file) => file.endsWith('.json') && !file.endsWith('.operations.json'));
}

function assertSays(said: string, expected: string): void {
  if (said.trim() !== expected) throw new Error(`Expected ${expected}, got ${said.trim()}.`);
}

function assertAlike(digests: readonly (string | undefined)[]): void {
  if (digests.includes(undefined) || new Set(digests).size !== 1) {
    throw new Error(`They gave ${digests.map((digest) => digest ?? 'none').join(' and ')}.`);
  }
}

/** Does something, says whether it went well and how long it took, and gives what came of it. */
async function check<Result>(what: string, body: () => Promise<Result>): Promise<Result | undefined> {
  const startedAt = performance.now();
  const told = (mark: string) =>
    console.log(`${mark}  ${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  try {
    const result = await body();
    told('ok    ');
    return result;
  } catch (failure) {
    failed += 1;
    told('not ok');
    console.log(indented(textOf(failure)));
    return undefined;
  }
}

/** What a failed program said, or what is wrong. */
function textOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { stdout, stderr } = { stdout: '', stderr: '', ...failure };
  return stdout + stderr === '' ? failure.message : `${stdout}${stderr}`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '        ');
}

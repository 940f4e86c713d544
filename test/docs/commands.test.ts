/** Every command in README and docs is run as it stands there, in a copy of what a reader has before them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Running } from '../support/command.ts';
import { blocksOf, documents } from './fenced-blocks.ts';

const blocks = documents.flatMap(blocksOf).filter(({ language }) => language === 'sh');

/** What a command that stands says when it is ready to be used. */
const ready = /Ctrl-C ends it\./;

let folder: string;
beforeAll(() => {
  // The blocks of one document follow each other: what one starts or writes, those below it use.
  folder = mkdtempSync(join(tmpdir(), 'southbound-docs-'));
  cpSync('scenarios', join(folder, 'scenarios'), { recursive: true });
  for (const { text } of documents.flatMap(blocksOf)) {
    const name = /^# ([\w.-]+\.yaml)\n/.exec(text)?.[1];
    if (name !== undefined) writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The ports that the documents speak of, and whoever reads them may be using. */
const taken = (await Promise.all([8620, 8621, 8622, 8625, 8626, 8627, 8630, 8631].map(takenPort))).filter(
  (port) => port !== undefined,
);
if (taken.length > 0) console.log(`Commands of the documents are not run: port ${taken.join(', ')} is taken.`);

/** Whatever stands, stands until the end of its document. */
let standing: Running[] = [];
let current = '';

/** Variables that a document has set, for whatever it runs below. */
const exported = new Set<string>();

async function endStanding(): Promise<void> {
  await Promise.all(standing.map((running) => running.end()));
  standing = [];
  for (const name of exported) delete process.env[name];
  exported.clear();
}

describe.skipIf(taken.length > 0)('the commands of the documents', () => {
  afterAll(endStanding);

  it.each(blocks.map((block) => [`${block.document}:${block.line}`, block] as const))('%s', async (_place, block) => {
    if (block.document !== current || block.document === 'README.md') await endStanding();
    current = block.document;
    for (const line of block.text.split('\n').filter((each) => each.trim() !== '')) await runLine(line);
  });
});

describe('the documents', () => {
  it('have commands', () => {
    expect(blocks.map(({ document }) => document)).toEqual(expect.arrayContaining(['README.md', 'docs/flow.md']));
  });

  it.each(documents)('%s: name files that are there', (document) => {
    const named = [...readFileSync(document, 'utf8').matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)].map(
      (match) => match[1] ?? '',
    );
    const missing = named.filter((file) => !existsSync(file));
    expect(missing).toEqual([]);
  });
});

async function runLine(line: string): Promise<void> {
  const [, variable, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
  if (variable !== undefined) return exportVariable(variable, value ?? '');
  const npm = /^(?:npm ci && )?npm (?:run )?(start|test|[\w-]+)(?: -- (.*))?$/.exec(line);
  if (npm !== null) return runScript(npm[1] ?? '', npm[2]);
  const stands = /^npx southbound ((?:serve|mock|demo|record)\b.*)$/.exec(line);
  if (stands !== null) return runSouthbound(stands[1]?.split(' ') ?? []);
  const command = line
    .replace(/^curl /, 'curl --fail-with-body ')
    .replace(/^npx southbound /, `"${process.execPath}" "${resolve('bin/southbound.js')}" `);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  expect({ line, status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ line, status: 0, said: '' });
}

function exportVariable(name: string, value: string): void {
  const { status, stdout } = spawnSync('sh', ['-c', `printf %s ${value}`], { encoding: 'utf8' });
  expect({ name, status, isEmpty: stdout === '' }).toEqual({ name, status: 0, isEmpty: false });
  process.env[name] = stdout;
  exported.add(name);
}

/** `npm ci` and `npm test` are how this test came to run; the other scripts are run by name. */
async function runScript(name: string, args: string | undefined): Promise<void> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts).toHaveProperty(name);
  if (name === 'test') return;
  const south = /^node bin\/southbound\.js (.*)$/.exec(scripts[name] ?? '');
  const more = args === undefined ? [] : args.split(' ');
  if (south !== null) return runSouthbound([...(south[1]?.split(' ') ?? []), ...more]);
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name, '--', ...more], { encoding: 'utf8' });
  expect({ name, status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ name, status: 0, said: '' });
}

/** A command that stands is left standing for the lines below it. */
async function runSouthbound(args: string[]): Promise<void> {
  const running = new Running(args, { folder });
  if (['demo', 'serve', 'mock', 'record'].includes(args[0] ?? '') && !args.includes('--exit')) {
    standing.push(running);
    await running.said(ready);
    return;
  }
  const { code, out, error } = await running.ended();
  expect({ args, code, said: code === 0 ? '' : `${out}${error}` }).toEqual({ args, code: 0, said: '' });
}

function takenPort(port: number): Promise<number | undefined> {
  return new Promise((resolveTaken) => {
    const server = createServer();
    server.once('error', () => resolveTaken(port));
    server.listen(port, '127.0.0.1', () => server.close(() => resolveTaken(undefined)));
  });
}

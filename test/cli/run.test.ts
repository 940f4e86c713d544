/** `southbound run` as a process: verdicts, reports, exit codes, and what bad input is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { southbound } from '../support/command.ts';

const hierarchy = 'scenarios/suites/spine/hierarchical-async.scenario.yaml';
const catalogue = 'scenarios/catalogues/broadband.yaml';
const order = 'scenarios/orders/broadband-100.json';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | object): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('run', () => {
  it('prints seed, verdicts and digest, and writes four reports', async () => {
    const out = join(folder, 'reports', 'deep');
    const { code, out: said } = await southbound(['run', hierarchy, '--seed', '7', '--out', out]);
    expect(code).toBe(0);
    expect(said).toMatch(/^seed 7, in virtual time$/m);
    expect(said).toMatch(/^passed {2}A broadband order goes out as one hierarchy/m);
    expect(said).toMatch(/^1 passed, 0 failed$/m);
    const digest = /^digest ([0-9a-f]{64})$/m.exec(said)?.[1];
    expect(digest).toBeDefined();
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect(record.runs[0]).toMatchObject({ seed: '7', verdict: 'passed', file: hierarchy });
    for (const report of ['report.html', 'report.md', 'junit.xml']) {
      expect(readFileSync(join(out, report), 'utf8')).toContain(record.runs[0].digest.slice(0, 12));
    }
  });

  it('runs the shipped suites from anywhere when no path is given', async () => {
    const { code, out } = await southbound(['run'], { folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^\d\d+ passed, 0 failed$/m);
  });

  it('runs the shipped ones, and says so, where there is no folder of that name', async () => {
    const { code, out } = await southbound(['run', hierarchy], { folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^scenarios\S+ is not in this folder; the shipped one runs, at \S+$/m);
    expect(out).toMatch(/^1 passed, 0 failed$/m);
  });

  it('runs over sockets with --live', async () => {
    const { code, out } = await southbound(['run', hierarchy, '--live']);
    expect(code).toBe(0);
    expect(out).toMatch(/^seed 1, over sockets$/m);
  });

  it('ends with 1 when something is found, and says what and where', async () => {
    const failing = written('failing.scenario.yaml', {
      scenario: 'Never so',
      given: { catalogue: join(process.cwd(), catalogue) },
      when: [{ order: join(process.cwd(), order), as: 'one' }],
      then: { orders: { one: { state: 'canceled' } } },
    });
    const { code, out } = await southbound(['run', failing]);
    expect(code).toBe(1);
    expect(out).toMatch(/^FAILED {2}Never so/m);
    expect(out).toContain('expectation at /then/orders/one/state: expected "canceled", got "completed"');
  });

  it('takes an order and a catalogue of the user', async () => {
    const { code, out } = await southbound(['run', '--order', order, '--catalog', catalogue]);
    expect(code).toBe(0);
    expect(out).toMatch(/ORD0000001 captured[\s\S]*ORD0000001 completed/);
  });
});

describe('wrong use ends with 2 and says what to do', () => {
  const voice = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'voice' } }] };
  it.each<[string, () => string[], RegExp]>([
    ['a path that is not there', () => ['run', join(folder, 'gone')], /gone: there is no such file or folder/],
    [
      'a folder without scenarios',
      () => ['run', 'docs-of-nothing'],
      /docs-of-nothing: there is no such file or folder/,
    ],
    [
      'a suite that is not shipped',
      () => ['run', 'scenarios/gone'],
      /scenarios\/gone: there is no such file or folder/,
    ],
    [
      'a broken scenario',
      () => ['run', written('broken.scenario.yaml', 'scenario: x')],
      /broken.scenario.yaml: \/given: expected a value, got nothing/,
    ],
    ['an order without a catalogue', () => ['run', '--order', order], /--order and --catalog go together/],
    ['policies without an order', () => ['run', '--policies', 'x.yaml'], /--policies and --som go with --order/],
    ['an order and a scenario', () => ['run', hierarchy, '--order', order, '--catalog', catalogue], /not both/],
    [
      'an order file that is no JSON',
      () => ['run', '--order', written('o.json', '{"a":'), '--catalog', catalogue],
      /o\.json: is neither YAML nor JSON/,
    ],
    [
      'a broken catalogue',
      () => ['run', '--order', order, '--catalog', written('c.yaml', 'catalogue: x\nofferings: 7')],
      /c\.yaml: \/offerings: expected .*, got number 7/,
    ],
    [
      'an order of something that is not in the catalogue',
      () => ['run', '--order', written('v.json', voice), '--catalog', catalogue],
      /v\.json: \/productOrderItem\/0\/productOffering\/id: Product offering does not exist: voice\. .*broadband-100/,
    ],
    [
      'an order that breaks its schema',
      () => ['run', '--order', written('w.json', { productOrderItem: [{ id: 1 }] }), '--catalog', catalogue],
      /w\.json: \/productOrderItem\/0\/action: expected a value, got nothing.*\n.*w\.json: \/productOrderItem\/0\/id: expected string, got number 1/,
    ],
    ['an unknown command', () => ['fly'], /unknown command/],
    ['an unknown option', () => ['run', '--fast'], /unknown option[\s\S]*--help/],
    ['no port', () => ['demo', '--port', 'x'], /Expected a port from 0 to 65533/],
    ['no speed', () => ['demo', '--speed', '0'], /Expected a number above 0/],
  ])('%s', async (_what, args, expected) => {
    const { code, error } = await southbound(args());
    expect(error).toMatch(expected);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it.each([[[]], [['run']], [['demo']], [['serve']], [['mock']], [['mock', 'som']]])('teaches: %j', async (command) => {
    const { code, out } = await southbound([...command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: southbound/);
  });

  it('says which version it is', async () => {
    expect((await southbound(['--version'])).out.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });
});

/** `southbound run --target`: against our own mock in a second process, as anybody's system would be. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findScenarios } from '../../scenarios/scenario.ts';
import { Running, southbound } from '../support/command.ts';

const anySystem = 'scenarios/suites/any-system';
const standing: Running[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-real-'));
});
afterEach(async () => {
  await Promise.all(standing.splice(0).map((running) => running.end()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Where the orders of a mock in a second process are placed. @param behaviour of its script. */
async function mock(behaviour: object, personality = 'som'): Promise<string> {
  const script = written(`${standing.length}.json`, { [personality]: 'quick', behaviours: [behaviour] });
  const running = new Running(['mock', personality, '--port', '0', '--script', script, '--quiet']);
  standing.push(running);
  const [, url = ''] = await running.said(/service orders {2}(http\S+)\/service[oO]rder$/m);
  return url;
}

const prompt = {
  answer: 'accept',
  then: [
    { after: 'PT0.02S', state: 'inProgress' },
    { after: 'PT0.02S', state: 'completed' },
  ],
};

describe('run --target', () => {
  it('runs what is applicable of shipped suites, says why of the rest, and passes', async () => {
    const url = await mock(prompt);
    const out = join(folder, 'report');
    const suites = [anySystem, 'scenarios/suites/spine'];
    const { code, out: said } = await southbound(['run', ...suites, '--target', `som=${url}`, '--out', out]);
    expect(said).not.toMatch(/^FAILED/m);
    expect(code).toBe(0);
    expect(said).toMatch(/^seed [0-9a-f]+, in real time, with a patience of PT2M$/m);
    expect(said).toContain(`  som is real, at ${url}\n`);
    expect(said).toMatch(
      /^passed {2}Whoever fulfils them, a broadband order goes out as one hierarchy and is completed/m,
    );
    expect(said).toMatch(/^passed {2}A policy that is edited while orders are on their way/m);
    expect(said).toMatch(/^not applicable {2}A SOM that never answers.*\n {8}only a script does .* it is silent$/m);
    const [, passed, skipped] = /^(\d+) passed, 0 failed, (\d+) not applicable$/m.exec(said) ?? [];
    expect(Number(passed)).toBe(6);
    expect(Number(passed) + Number(skipped)).toBe(suites.flatMap(findScenarios).length);
    expect(said).not.toMatch(/^digest/m);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain(`with som at ${url}`);
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain(`skipped="${skipped}"`);
  }, 120_000);

  it('takes dialect, credentials and URL from the configuration of serve', async () => {
    const url = await mock(prompt);
    const auth = { basic: { user: 'southbound', password: { env: 'SOUTHBOUND_TEST_REAL' } } };
    process.env.SOUTHBOUND_TEST_REAL = 'hunter2-hunter2';
    const config = written('config.json', { targets: { som: { url, auth } } });
    const out = join(folder, 'configured');
    const {
      code,
      out: said,
      error,
    } = await southbound(['run', anySystem, '--target', 'som', '--config', config, '--out', out]);
    expect(`${said}${error}`).toMatch(/^3 passed, 0 failed$/m);
    expect(code).toBe(0);
    const record = readFileSync(join(out, 'run.json'), 'utf8');
    expect(record).toContain('"authorization": "[redacted]"');
    expect(`${said}${error}${record}`).not.toContain('hunter2');
  });

  it('makes a FlowOne real where one is simulated', async () => {
    const url = await mock(prompt, 'flowone');
    const scenario = written('flowone.scenario.yaml', {
      scenario: 'An order goes to FlowOne',
      given: {
        catalogue: join(process.cwd(), 'scenarios/catalogues/broadband.yaml'),
        policies: {
          policies: 'x',
          outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'flowone' } }] },
        },
        systems: { flowone: { script: { flowone: 'usual' } } },
      },
      when: [
        {
          order: {
            serviceOrderItem: [
              { id: '1', action: 'add', service: { serviceSpecification: { id: 'ip-connectivity' } } },
            ],
          },
          through: 'TMF641',
          as: 'one',
        },
      ],
      then: { orders: { one: { state: 'completed' } } },
    });
    const { code, out } = await southbound(['run', scenario, '--target', `flowone=${url}`]);
    expect(out).toMatch(/^1 passed, 0 failed$/m);
    expect(code).toBe(0);
  });

  it('makes an inventory system real where one is simulated', async () => {
    const stock = join(process.cwd(), 'scenarios/inventories/north-fibre.yaml');
    const running = new Running(['mock', 'inventory', '--port', '0', '--stock', stock]);
    standing.push(running);
    const [, url = ''] = await running.said(/what can be had (http\S+)\/checkServiceQualification$/m);
    const scenario = written('question.scenario.yaml', {
      scenario: 'North is asked',
      given: {
        catalogue: join(process.cwd(), 'scenarios/catalogues/broadband.yaml'),
        policies: { policies: 'Asks', qualification: { start: 'automatic' }, outbound: { rows: [] } },
        inventories: { north: { stock, target: { qualifies: {} } } },
      },
      when: [{ question: join(process.cwd(), 'scenarios/questions/harbour-street.json'), as: 'access' }],
      then: { orders: { access: { qualificationResult: 'qualified', qualificationRequests: [{ target: 'north' }] } } },
    });
    const { code, out } = await southbound(['run', scenario, '--target', `north=${url}`]);
    expect(out).toMatch(/^1 passed, 0 failed$/m);
    expect(code).toBe(0);
    const unknown = await southbound(['run', scenario, '--target', `south=${url}`]);
    expect(unknown.error).toContain('no scenario has a system of that name; there are som, north');
  });

  it('finds a system that is not there, and one that breaks the contract', async () => {
    const gone = await mock(prompt);
    await standing.shift()?.end();
    const nobody = await southbound(['run', anySystem, '--target', `som=${gone}`]);
    expect(nobody.out).toMatch(
      /^FAILED[^\n]*\n {8}system: som at \S+ cannot be reached\. Is it running, and is this its URL\?$/m,
    );
    expect(nobody.code).toBe(1);
    const url = await mock({ ...prompt, answer: { accept: 'acknowledged', set: { state: 'splendid' } } });
    const broken = await southbound(['run', `${anySystem}/one-hierarchy.scenario.yaml`, '--target', `som=${url}`]);
    expect(broken.out).toMatch(/contract at \/state: som -> om 201 to POST \S+: .*"splendid"/);
    expect(broken.code).toBe(1);
  });

  it.each<[string, string[], RegExp]>([
    ['a target without a URL', ['--target', 'som'], /--target expects NAME=URL/],
    ['a URL that is none', ['--target', 'som=here'], /--target: \/som\/url: expected http or https/],
    [
      'a system that no scenario has',
      ['--target', 'smo=http://x.test/y'],
      /no scenario has a system of that name; there are .*som/,
    ],
    ['a configuration without a target', ['--config', 'x.yaml'], /--config goes with --target NAME=URL/],
    ['simulation over sockets', ['--live', '--target', 'som=http://x.test/y'], /--live simulates every system/],
    [
      'patience that is no duration',
      ['--patience', '5', '--target', 'som=http://x.test/y'],
      /--patience expects a duration, for example PT5M/,
    ],
    ['an address that is none', ['--listen', 'here', '--target', 'som=http://x.test/y'], /--listen expects HOST:PORT/],
    [
      'every address, and none to call',
      ['--listen', '0.0.0.0:8620', '--target', 'som=http://x.test/y'],
      /say with --callback-url/,
    ],
    [
      'a callback to nowhere',
      ['--callback-url', 'http://x.test', '--target', 'som=http://x.test/y'],
      /goes with --listen HOST:PORT/,
    ],
  ])('says what is wrong with %s', async (_what, options, message) => {
    const { code, error } = await southbound(['run', anySystem, ...options]);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

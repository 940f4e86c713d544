/** What scenarios say of questions and inventory systems: read and refused with its place, driven, and held against the end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { RunFinding } from '../../contracts/records/run.ts';
import { FileProblem } from '../../scenarios/files.ts';
import { runScenario } from '../../scenarios/run.ts';
import { readScenario } from '../../scenarios/scenario.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-questions-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stock = {
  inventory: 'East Cable',
  specifications: { 'internet-access': { limited: false }, 'access-line': {}, 'ip-connectivity': { limited: false } },
  sites: [{ id: 'hill-1', capacity: { 'access-line': 1 } }],
};
const question = {
  relatedParty: [{ id: 'cust-1' }],
  serviceQualificationItem: [
    { id: 'site', service: { place: [{ id: 'hill-1' }], serviceSpecification: { id: 'internet-access' } } },
  ],
};
const given = {
  catalogue: resolve('scenarios/catalogues/broadband.yaml'),
  policies: { policies: 'Asks by hand', approval: 'manual', outbound: { rows: [] } },
  inventories: { east: { stock, target: { qualifies: {} } } },
};
const asked = [{ question, as: 'hill' }, { approve: 'hill' }, { command: 'qualify', of: 'hill' }, { wait: 'PT1S' }];

function written({ when = asked, then = {}, ...more }: { given?: object; when?: object[]; then?: object }): string {
  const file = join(folder, 'x.scenario.yaml');
  writeFileSync(file, stringify({ scenario: 'Questions', given: { ...given, ...more.given }, when, then }));
  return file;
}

function problemsOf(content: Parameters<typeof written>[0]): string {
  try {
    readScenario(written(content));
  } catch (failure) {
    if (failure instanceof FileProblem) return failure.problems.join('\n');
    throw failure;
  }
  return '';
}

async function findingsOf(content: Parameters<typeof written>[0]): Promise<(string | undefined)[][]> {
  const { findings } = await runScenario(readScenario(written(content)), { seed: '1', transport: 'direct' });
  return findings.map(({ check, pointer, message }: RunFinding) => [check, pointer, message]);
}

describe('a scenario with inventory systems', () => {
  it.each<[string, object, string]>([
    ['no stock', { east: {} }, '/given/inventories/east/stock: expected a value'],
    ['broken stock', { east: { stock: { ...stock, sites: 1 } } }, '/given/inventories/east/stock/sites'],
    ['a stock that is not there', { east: { stock: 'gone.yaml' } }, 'there is no such file'],
    ['the name of a system', { som: { stock } }, '/given/inventories/som: expected a name that no system has'],
    ['the name of a party', { om: { stock } }, '/given/inventories'],
    ['a name that is none', { 'Vendor East': { stock } }, '/given/inventories'],
    [
      'a target that is none',
      { east: { stock, target: { qualifies: { order: -1 } } } },
      '/given/inventories/east/target/qualifies/order',
    ],
    [
      'a target with the words of orders',
      { east: { stock, target: { states: {} } } },
      '/given/inventories/east/target/states',
    ],
    [
      'a secret that nobody has given',
      { east: { stock, target: { auth: { bearer: { env: 'EAST_TOKEN' } } } } },
      '/given/inventories/east/target/auth/bearer/env',
    ],
  ])('with %s is refused', (_what, inventories, expected) => {
    expect(problemsOf({ given: { inventories } })).toContain(expected);
  });

  it('is refused as well for a target of a system that is none', () => {
    const systems = { other: { target: { reporting: { poll: 'soon' } } } };
    expect(problemsOf({ given: { systems } })).toContain('/given/systems/other/target/reporting');
  });
});

describe('a step', () => {
  it.each<[string, object, string]>([
    [
      'a question through an API of orders',
      { question, through: 'TMF641' },
      '/when/0/through: expected TMF645, or nothing; got TMF641',
    ],
    [
      'an order through the API of questions',
      { order: {}, through: 'TMF645' },
      '/when/0/through: expected TMF622, TMF641 or TMF652; got TMF645',
    ],
    [
      'a command that does not say about what',
      { command: 'accept-proposal', of: 'x' },
      '/when/0: accept-proposal needs about',
    ],
    [
      'a result that is set and not named',
      { command: 'set-result', of: 'x' },
      '/when/0: set-result needs about and result',
    ],
    ['a decision that is none', { command: 'decide', of: 'x' }, '/when/0: decide needs decision'],
    ['a proposal before the first', { command: 'accept-proposal', about: 'x', proposal: 0 }, '/when/0/proposal'],
    ['a moment with a time limit', { now: { within: 'PT1S' } }, '/when/0/now'],
    [
      'two steps in one',
      { question, approve: 'x' },
      '/when/0: expected one of order, question, approve, command, now, restart, listener, wait, policies, send; got 2',
    ],
  ])('with %s is refused', (_what, step, expected) => {
    expect(problemsOf({ when: [step] })).toContain(expected);
  });
});

describe('a run with questions', () => {
  it('shows what the inventory systems have, and what became of the question, at any moment', async () => {
    const views = {
      orders: { hill: { fulfillmentType: 'Qualify', qualificationResult: 'qualified' } },
      inventories: {
        east: {
          stock: { 'hill-1': { 'access-line': { capacity: 1, used: 0, reserved: 1 } } },
          reservations: { held: 3 },
        },
      },
      products: [],
    };
    expect(await findingsOf({ when: [...asked, { now: views }] })).toEqual([]);
  });

  it('says what is not so, and where the scenario says it', async () => {
    const now = {
      orders: { hill: { qualificationResult: 'unqualified' } },
      inventories: { east: { reservations: { held: 0 } }, west: {} },
      products: { count: 1 },
      events: ['x'],
      exchanges: [{ from: 'om', to: 'east', method: 'POST', path: '/checkServiceQualification', count: 2 }],
    };
    expect(await findingsOf({ when: [...asked, { now }] })).toEqual([
      ['expectation', '/when/4/now/orders/hill/qualificationResult', 'expected "unqualified", got "qualified"'],
      ['expectation', '/when/4/now/inventories/east/reservations/held', 'expected 0, got 3'],
      ['expectation', '/when/4/now/inventories/west', 'expected an object like {}, got nothing'],
      ['expectation', '/when/4/now/products', expect.stringContaining('expected 1 elements')],
      ['expectation', '/when/4/now/events', expect.stringContaining('expected the events')],
      ['expectation', '/when/4/now/exchanges/0', expect.stringMatching(/^expected 2 exchanges like .*, got 1$/)],
    ]);
  });

  it('holds the end against the stock and the products as well', async () => {
    const then = { inventories: { east: { reservations: { expired: 0 } } }, products: { count: 2 } };
    expect(await findingsOf({ then })).toEqual([
      ['expectation', '/then/inventories/east/reservations/expired', 'expected 0, got 3'],
      ['expectation', '/then/products', expect.stringContaining('expected 2 elements')],
    ]);
  });

  it('says which line, service order or order a command cannot find', async () => {
    const when = [
      ...asked,
      { command: 'qualify', of: 'hill', about: 'garden' },
      { command: 'set-result', of: 'hill', about: 'garden', result: 'qualified' },
      { command: 'accept-proposal', of: 'hill', about: 'garden' },
      { command: 'decide', of: 'nobody', decision: 'accept' },
      { command: 'accept-proposal', of: 'hill', about: 'access-line' },
    ];
    expect(await findingsOf({ when })).toEqual([
      ['expectation', '/when/4', 'there is no line "garden" in an order named hill'],
      ['expectation', '/when/5', 'there is neither a service order nor a line "garden" in an order named hill'],
      ['expectation', '/when/6', 'there is no service order "garden" in an order named hill'],
      ['expectation', '/when/7', 'there is no order named nobody'],
      [
        'expectation',
        '/when/8/expect/status',
        expect.stringMatching(/^expected 200, got 404; it says: .*has no proposal/),
      ],
    ]);
  });

  it('sends messages of inventory systems, and holds them against their contract', async () => {
    const path = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult';
    const body = { serviceQualificationItem: [{ id: '{{hill.domainOrders.0.id}}', qualificationResult: 'none' }] };
    const send = { from: 'east', method: 'POST', path, body };
    expect(await findingsOf({ when: [...asked, { send, expect: { status: 400 } }] })).toEqual([
      ['contract', expect.stringContaining('qualificationResult'), expect.stringMatching(/^east -> om POST /)],
    ]);
    expect(
      await findingsOf({ when: [...asked, { send, invalid: 'none is no answer', expect: { status: 400 } }] }),
    ).toEqual([]);
  });

  it('names a question through TMF645 by its id, and no order comes of it', async () => {
    const serviceQualificationItem = question.serviceQualificationItem.map(({ id, service }) => {
      return { id, service: { ...service, place: [{ id: 'hill-1', role: 'installation' }] } };
    });
    const collection = '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification';
    const when = [
      { question: { serviceQualificationItem }, through: 'TMF645', as: 'task' },
      { wait: 'PT1S' },
      { send: { method: 'GET', path: `${collection}/{{task.id}}` }, expect: { body: { state: 'done' } } },
      { approve: 'task', expect: { status: 404 } },
    ];
    expect(await findingsOf({ when, then: { orders: { task: { state: 'completed' } } } })).toEqual([
      ['expectation', '/then/orders/task/state', 'expected "completed", got nothing'],
    ]);
  });
});

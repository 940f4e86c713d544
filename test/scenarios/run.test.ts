/** A run finds what is not as the scenario says, and says where. */
import { describe, expect, it } from 'vitest';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import type { System } from '../../scenarios/counterparties.ts';
import { readDocument } from '../../scenarios/files.ts';
import { runScenario } from '../../scenarios/run.ts';
import { readScenario, type Scenario } from '../../scenarios/scenario.ts';
import { openWorld } from '../../scenarios/world.ts';
import { policiesOf } from '../support/orders.ts';

const usual = readScenario('scenarios/suites/spine/hierarchical-async.scenario.yaml');
const usualSom = scriptOfSom(usual);
const body = readDocument('scenarios/orders/broadband-100.json');
const step = (kind: object) => ({ pointer: '/when/0', ...kind }) as Scenario['steps'][number]; // of that kind
const orderStep = step({ kind: 'order', name: 'broadband', body, through: 'TMF622' });

async function findingsOf(changes: Partial<Scenario>): Promise<(string | undefined)[][]> {
  const { findings, verdict } = await runScenario({ ...usual, ...changes }, { seed: '1', transport: 'direct' });
  expect(verdict).toBe(findings.length === 0 ? 'passed' : 'failed');
  return findings.map(({ check, pointer, message }) => [check, pointer, message]);
}

describe('a run', () => {
  it('finds an order that ends in another way', async () => {
    const then = { orders: { broadband: { state: 'canceled', lines: [{ state: 'completed' }] } } };
    expect(await findingsOf({ then })).toEqual([
      ['expectation', '/then/orders/broadband/state', 'expected "canceled", got "completed"'],
    ]);
  });

  it('finds an order that is not there', async () => {
    expect(await findingsOf({ then: { orders: { other: { state: 'completed' } } } })).toEqual([
      ['expectation', '/then/orders/other', expect.stringContaining('got nothing')],
    ]);
  });

  it('finds other exchanges, other events and a longer time', async () => {
    const exchanges = [
      { from: 'om', to: 'som', method: 'POST', path: '/serviceOrder', outcome: 201, count: 2 },
    ] as const;
    expect(await findingsOf({ then: { exchanges, events: [], within: 1000 } })).toEqual([
      ['expectation', '/then/events', expect.stringContaining('ProductOrderCreateEvent acknowledged')],
      ['expectation', '/then/exchanges/0', expect.stringMatching(/^expected 2 exchanges like .*, got 1$/)],
      [
        'expectation',
        '/then/within',
        expect.stringMatching(/^expected everything to be over within PT1S, it took PT\d/),
      ],
    ]);
  });

  it('finds an answer that was not expected, by default and in detail', async () => {
    const nothing = step({ kind: 'order', name: 'broadband', body: {}, through: 'TMF622', invalid: 'no items' });
    const then = {};
    expect(await findingsOf({ steps: [nothing], then })).toEqual([]);
    expect(await findingsOf({ steps: [{ ...nothing, expect: { status: 201 } }], then })).toEqual([
      [
        'expectation',
        '/when/0/expect/status',
        expect.stringMatching(/^expected 201, got 400; it says: Missing body field: /),
      ],
    ]);
    expect(await findingsOf({ steps: [step({ kind: 'approve', order: 'nobody' })], then })).toEqual([
      ['expectation', '/when/0/approve', 'there is no order named nobody'],
    ]);
  });

  it('finds a message that breaks its contract, and one that was declared to and does not', async () => {
    const then = {};
    const broken = step({ kind: 'send', from: 'crm', to: 'om', method: 'POST', path: '/southbound/v2/order' });
    expect(await findingsOf({ steps: [broken], then })).toEqual([
      ['contract', '', expect.stringContaining('expected an operation of some contract')],
    ]);
    expect(await findingsOf({ steps: [{ ...orderStep, invalid: 'not at all' } as typeof orderStep], then })).toEqual([
      ['contract', undefined, expect.stringContaining('declared invalid (not at all), and nothing is wrong with it')],
      ['expectation', '/when/0/expect/status', 'expected 400, got 201'],
    ]);
  });

  it('finds a request that the script has no behaviour for', async () => {
    const [behaviour] = usualSom.behaviours;
    if (behaviour === undefined) throw new Error('the usual script has a behaviour');
    const never = { ...behaviour, name: 'voice', when: { ...behaviour.when, specification: ['voice'] } };
    const som = { ...usualSom, behaviours: [never] };
    expect(await findingsOf({ systems: { som: { script: som } }, then: {} })).toContainEqual([
      'unmatched-call',
      undefined,
      expect.stringMatching(/nearest is "voice" \(specification: wanted voice, got internet-access/),
    ]);
  });

  it('finds that something is still to happen when patience is over', async () => {
    const policies = policiesOf({
      policies: 'waits for ages',
      outbound: {
        rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som', fulfillmentTimeout: 'P500D' } }],
      },
    });
    const [behaviour] = usualSom.behaviours;
    if (behaviour === undefined) throw new Error('the usual script has a behaviour');
    const [course] = behaviour.courses;
    const courses: typeof behaviour.courses = [{ ...course, steps: [] }];
    const som = { ...usualSom, behaviours: [{ ...behaviour, courses }] };
    const findings = await findingsOf({ systems: { som: { script: som } }, policies, then: {} });
    expect(findings).toEqual([['unfinished', undefined, expect.stringMatching(/things? still waits? .*P400D/)]]);
  });

  it('tells a bug with its seed, its instant and what was being done', async () => {
    const kernel = virtualKernel({ seed: 'bug' });
    const world = await openWorld({ ...usual, kernel, transport: 'direct' });
    kernel.handle('broken', () => {
      throw new Error('planted');
    });
    kernel.schedule({ id: 'planted', to: 'broken', due: kernel.now() + 1000, data: {} });
    await expect(kernel.run()).rejects.toThrow(/planted[\s\S]*bug/);
    await world.close();
  });
});

function scriptOfSom({ systems }: Scenario): System['script'] {
  if (systems.som === undefined) throw new Error('every scenario has a som');
  return systems.som.script;
}

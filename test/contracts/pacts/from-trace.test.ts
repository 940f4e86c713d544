/** A pact from recorded traffic: small, the same bytes each time, and kept by whoever was recorded. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pactOf } from '../../../contracts/pacts/from-trace.ts';
import { largestInteraction } from '../../../contracts/pacts/merge.ts';
import { item, order } from '../../mocks/simulated.ts';
import { type Asking, recordedTraffic } from '../../support/recorded.ts';

const minute = 60_000;
const parties = { consumer: 'Some client', provider: 'Some SOM' };

const script = {
  som: 'recorded',
  behaviours: [
    { when: { specification: 'nowhere' }, answer: { refuse: 422, code: 'E17', reason: 'No port is free' } },
    { when: { specification: 'later' }, answer: { refuse: 503, reason: 'Busy', retryAfter: 'PT2M' } },
    { when: { specification: 'software' }, answer: { accept: 'completed' } },
    {
      answer: 'accept',
      then: [
        { after: 'PT1M', state: 'inProgress' },
        { after: 'PT1M', milestone: { name: 'designed' } },
        { after: 'PT10M', items: { specification: 'router' }, state: 'completed' },
        { after: 'PT30M', state: 'completed' },
      ],
    },
  ],
};

const ask = (at: number, method: string, path: string, body?: unknown): Asking => ({
  at: at * minute,
  method,
  path,
  body,
});
const place = (at: number, externalId: string, ...items: object[]) =>
  ask(at, 'POST', '/serviceOrder', order(externalId, ...items));

const traffic: readonly Asking[] = [
  ask(0, 'POST', '/hub', { callback: 'http://om.test/x' }),
  ask(0, 'POST', '/hub', { callback: 'http://om.test/x' }),
  place(1, 'one'),
  place(2, 'two', item('a'), item('b', 'router'), item('c')),
  place(3, 'three', item('a', 'line', 'delete')),
  place(4, 'four', item('a', 'nowhere')),
  place(5, 'five', item('a', 'later')),
  place(6, 'six', item('a', 'software')),
  ask(7, 'GET', '/serviceOrder/{0}'),
  ask(20, 'GET', '/serviceOrder/{1}'),
  ask(90, 'GET', '/serviceOrder/{0}'),
  ask(91, 'GET', '/serviceOrder/nobody'),
  ask(92, 'GET', '/serviceOrder'),
  ask(93, 'GET', '/serviceOrder?externalId=one'),
  ask(94, 'DELETE', '/serviceOrder/{0}'),
  ask(95, 'GET', '/elsewhere'),
  ask(96, 'POST', '/serviceOrder', { externalId: 'none' }),
];

describe('a pact from recorded traffic', () => {
  it('has one interaction for each decision, small and of the same bytes each time', async () => {
    const { trace } = await recordedTraffic(script, traffic);
    const { text = '', interactions, leftOut } = pactOf(trace, parties);
    expect(pactOf((await recordedTraffic(script, traffic)).trace, parties).text).toBe(text);
    const pact = JSON.parse(text);
    const descriptions = pact.interactions.map(({ description }: { description: string }) => description);
    expect(descriptions).toEqual([
      'an event at /listener/serviceOrderAttributeValueChangeEvent, inProgress',
      'an event at /listener/serviceOrderCreateEvent, acknowledged',
      'an event at /listener/serviceOrderCreateEvent, completed',
      'an event at /listener/serviceOrderMilestoneEvent, inProgress',
      'an event at /listener/serviceOrderStateChangeEvent, completed',
      'an event at /listener/serviceOrderStateChangeEvent, inProgress',
      'createServiceOrder with add, answered 201 acknowledged',
      'createServiceOrder with add, answered 201 completed',
      'createServiceOrder with add, answered 422',
      'createServiceOrder with add, answered 503',
      'createServiceOrder with delete, answered 201 acknowledged',
      'createServiceOrder, answered 400',
      'deleteServiceOrder, answered 405',
      'listServiceOrder by externalId, answered 200 with some',
      'listServiceOrder, answered 200 with some',
      'registerListener, answered 201',
      'registerListener, answered 409',
      'retrieveServiceOrder, answered 200',
      'retrieveServiceOrder, answered 404',
    ]);
    expect(interactions).toBe(descriptions.length);
    expect(leftOut).toEqual(['GET /elsewhere: no operation of TMF641']);
    expect(Math.max(...pact.interactions.map((each: object) => JSON.stringify(each).length))).toBeLessThan(
      largestInteraction,
    );
    expect(pact.interactions[4]).toMatchObject({
      metadata: { method: 'POST', path: '/listener/serviceOrderStateChangeEvent' },
      providerStates: [{ name: 'it has an order that is completed' }],
    });
    const read = pact.interactions.find(({ description }: { description: string }) =>
      description.startsWith('retrieveServiceOrder, answered 200'),
    );
    expect(read.response.matchingRules.body).toMatchObject({
      '$.state': { matchers: [{ match: 'regex', regex: '^(completed|inProgress)$' }] },
      '$.serviceOrderItem': { matchers: [{ match: 'type', min: 1 }] },
      '$.serviceOrderItem[*].state': { matchers: [{ match: 'regex', regex: '^(completed|inProgress)$' }] },
    });
  });

  it('is kept by the mock that was recorded, and by none that behaves otherwise', { timeout: 90_000 }, async () => {
    const { trace } = await recordedTraffic(script, traffic);
    const { text = '', interactions } = pactOf(trace, parties);
    const verdict = await verified(text, script);
    expect(Object.values(verdict).filter((each) => each !== 'OK')).toEqual([]);
    expect(Object.keys(verdict)).toHaveLength(interactions);
    const other = {
      som: 'other',
      behaviours: [{ answer: { accept: 'inProgress' }, then: [{ after: 'PT1H', state: 'failed' }] }],
    };
    const broken = Object.entries(await verified(text, other)).filter(([, each]) => each !== 'OK');
    expect(broken.map(([description]) => description)).toEqual(
      expect.arrayContaining([
        'createServiceOrder with add, answered 201 acknowledged',
        'createServiceOrder with add, answered 422',
      ]),
    );
  });

  it('leaves out what is too large, broken or secret, and says so', async () => {
    const large = Array.from({ length: 200 }, (_, index) => item(`item-${index}`));
    const { trace } = await recordedTraffic(
      {
        som: 'broken',
        behaviours: [
          { when: { specification: 'text' }, answer: { text: '{"id":' } },
          { answer: { refuse: 401 }, when: { specification: 'key' } },
          { answer: 'accept' },
        ],
      },
      [
        place(0, 'large', ...large),
        place(1, 'text', item('a', 'text')),
        place(2, 'key', item('a', 'key')),
        {
          ...ask(3, 'POST', '/serviceOrder', { ...order('secret'), description: 'use Hunter-2-Hunter' }),
          headers: { 'x-api-key': 'Hunter-2-Hunter' },
        },
      ],
    );
    const { text, leftOut } = pactOf(trace, parties);
    expect(text).toBeUndefined();
    expect(leftOut).toEqual([
      'POST /serviceOrder: answered by broken JSON',
      'POST /serviceOrder: about credentials, which are not written down',
      'POST /serviceOrder: has a secret in it',
      expect.stringMatching(
        /^createServiceOrder with add, answered 201 acknowledged: \d+ bytes are more than anybody reads$/,
      ),
    ]);
  });
});

/** What became of each interaction. */
function verified(text: string, provider: object): Promise<{ [description: string]: unknown }> {
  const folder = mkdtempSync(join(tmpdir(), 'southbound-recorded-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { pact: join(folder, 'pact.json'), script: join(folder, 'script.json') };
  writeFileSync(files.pact, text);
  writeFileSync(files.script, JSON.stringify(provider));
  const child = fork(resolve(import.meta.dirname, 'recorded-process.ts'), [JSON.stringify(files)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  return new Promise((settle, fail) => {
    let verdict: { [description: string]: unknown } | undefined;
    child.on('message', (message) => {
      verdict = Object(message);
    });
    child.on('close', () => (verdict === undefined ? fail(new Error(said)) : settle(verdict)));
  });
}

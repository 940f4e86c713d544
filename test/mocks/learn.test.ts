/** A mock that learned from recorded traffic behaves as what was recorded did: same requests, same trace. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scriptOf, scriptText } from '../../mocks/learn.ts';
import { readSomScript } from '../../mocks/som-script.ts';
import { type Asking, recordedTraffic, shapeOf } from '../support/recorded.ts';
import { item, order } from './simulated.ts';

const minute = 60_000;
const hour = 60 * minute;
const subscribe: Asking = { at: 0, method: 'POST', path: '/hub', body: { callback: 'http://om.test/x' } };
const accepts = (...then: object[]) => ({ answer: 'accept', then });

function place(at: number, externalId: string, ...items: object[]): Asking {
  return { at, method: 'POST', path: '/serviceOrder', body: order(externalId, ...items) };
}

function look(at: number, nth: number): Asking {
  return { at, method: 'GET', path: `/serviceOrder/{${nth}}` };
}

/** Everything that a script says of one order, each with the items of that order. */
const courses: readonly (readonly [string, object, object?, object?])[] = [
  ['an order that is completed in the answer', { answer: { accept: 'completed' } }],
  ['a usual life', accepts({ after: 'PT1M', state: 'inProgress' }, { after: 'PT30M', state: 'completed' })],
  ['a failure with its reason', accepts({ after: 'PT5M', state: 'failed', message: 'No free port' })],
  [
    'items one after another',
    accepts(
      { after: 'PT1M', state: 'inProgress' },
      { after: 'PT10M', items: { specification: 'router' }, state: 'completed' },
      { after: 'PT20M', state: 'completed' },
    ),
    item('a'),
    item('b', 'router'),
  ],
  [
    'items that end differently',
    accepts(
      { after: 'PT1M', items: { id: 'a' }, state: 'completed' },
      { after: 'PT1M', items: { id: 'b' }, state: 'failed' },
    ),
    item('a'),
    item('b'),
  ],
  [
    'held and released',
    accepts(
      { after: 'PT1M', state: 'inProgress' },
      { after: 'PT1H', state: 'held' },
      { after: 'P1D', state: 'inProgress' },
      { after: 'PT1H', state: 'completed' },
    ),
  ],
  [
    'milestone and jeopardy',
    accepts(
      { after: 'PT1M', state: 'inProgress' },
      { after: 'PT1M', milestone: { name: 'designed', description: 'on paper' } },
      { after: 'PT1M', jeopardy: { name: 'late', jeopardyType: 'Hazard' } },
      { after: 'PT1H', state: 'completed' },
    ),
  ],
  [
    'missing information',
    accepts(
      { after: 'PT1M', state: 'inProgress' },
      { after: 'PT1M', state: 'pending' },
      { after: 'PT0S', informationRequired: 'serviceOrderItem.place' },
      { after: 'PT1H', state: 'inProgress' },
      { after: 'PT1H', state: 'completed' },
    ),
  ],
  [
    'an attribute',
    accepts(
      { after: 'PT1M', state: 'inProgress' },
      { after: 'PT1M', attributes: { expectedCompletionDate: '+P3D', priority: '2' } },
      { after: 'PT1H', state: 'completed' },
    ),
  ],
  ['an event twice', accepts({ after: 'PT1H', state: 'completed', times: 2 })],
  [
    'an event before the answer',
    {
      latency: 'PT5S',
      ...accepts({ after: 'PT1S', since: 'request', state: 'inProgress' }, { after: 'PT1H', state: 'completed' }),
    },
  ],
  [
    'events out of order',
    accepts({ after: 'PT1M', state: 'inProgress', delay: 'PT2H' }, { after: 'PT1H', state: 'completed' }),
  ],
  [
    'against the lifecycle',
    accepts(
      { after: 'PT1H', state: 'failed', message: 'card missing' },
      { after: 'PT4H', state: 'completed', regardless: true },
    ),
  ],
  ['told after the end', accepts({ after: 'PT1H', state: 'completed' }, { after: 'P1D', say: 'completed' })],
  [
    'a part of it told',
    accepts({ after: 'PT1H', state: 'completed', only: { specification: 'router' } }),
    item('a'),
    item('b', 'router'),
  ],
  [
    'told, but not that it was made',
    { tell: 'nothing', ...accepts({ after: 'PT1H', state: 'completed', tell: 'event' }) },
  ],
  ['not told at all', accepts({ after: 'PT1H', state: 'completed', tell: 'nothing' })],
  ['refused', { answer: { refuse: 422, code: 'E17', reason: 'No port is free', message: 'Ask again tomorrow' } }],
  ['busy', { answer: { refuse: 503, reason: 'Busy', retryAfter: 'PT2M' } }],
  ['the page of a proxy', { answer: { text: '<h1>Bad gateway</h1>', status: 502, mediaType: 'text/html' } }],
  ['JSON that breaks off', { answer: { text: '{"id":', status: 201 } }],
  ['silence', { answer: 'silence' }],
  ['a connection that breaks', { answer: 'reset' }],
  ['202 without a body', { answer: { accept: 'acknowledged', status: 202, body: 'none' } }],
  ['an answer without a state', { answer: { accept: 'acknowledged', without: ['state'] } }],
  ['a foreign state', { answer: { accept: 'acknowledged', set: { state: 'Done' } } }],
];

describe('what is learned of one order replays it', () => {
  it.each(courses)('%s', async (_what, behaviour, ...some) => {
    const items = some.filter((each) => typeof each === 'object');
    const askings = [subscribe, place(minute, 'one', ...items), look(45 * minute, 0), look(72 * hour, 0)];
    await expectReplay({ som: 'recorded', behaviours: [behaviour] }, askings);
  });

  it('asked for only, where nobody listens', async () => {
    const script = {
      som: 'recorded',
      behaviours: [accepts({ after: 'PT10M', state: 'inProgress' }, { after: 'PT1H', state: 'completed' })],
    };
    const askings = [place(0, 'one'), ...[5, 12, 30, 65, 75].map((minutes) => look(minutes * minute, 0))];
    await expectReplay(script, askings);
  });
});

describe('what is learned of many orders', () => {
  it('replays the kinds of orders apart, and what comes again', async () => {
    const script = {
      som: 'recorded',
      latency: 'PT0.4S',
      behaviours: [
        { when: { specification: 'fibre', attempt: 1 }, answer: { refuse: 429, retryAfter: 'PT1M' } },
        { when: { specification: 'fibre' }, ...accepts({ after: 'PT2H', state: 'completed' }) },
        { when: { specification: 'router', action: 'delete' }, answer: { refuse: 400, reason: 'Never' } },
        {
          when: { specification: 'router' },
          ...accepts({ after: 'PT1M', state: 'inProgress' }, { after: 'PT3H', state: 'failed', message: 'None left' }),
        },
        accepts({ after: 'PT1M', state: 'inProgress' }, { after: 'PT1H', state: 'completed' }),
      ],
    };
    const askings = [
      subscribe,
      place(minute, 'line', item('a')),
      place(2 * minute, 'router', item('a', 'router')),
      place(3 * minute, 'both', item('a'), item('b', 'router')),
      place(4 * minute, 'gone', item('a', 'router', 'delete')),
      place(5 * minute, 'fibre', item('a', 'fibre')),
      place(7 * minute, 'fibre', item('a', 'fibre')),
      place(8 * minute, 'line', item('a')),
      { at: 9 * minute, method: 'GET', path: '/serviceOrder' },
      { at: 10 * minute, method: 'GET', path: '/serviceOrder/unknown-1' },
      { at: 11 * minute, method: 'POST', path: '/serviceOrder', body: { externalId: 'nothing' } },
      { at: 48 * hour, method: 'GET', path: '/serviceOrder' },
    ];
    const learned = await expectReplay(script, askings.toSpliced(10, 1));
    const again = JSON.stringify(learned.script?.behaviours);
    expect(again).toContain('"attempt":[2,1000]');
    expect(learned.unlearned).toEqual([]);
  });

  it.each(['conflict', 'new'] as const)('replays duplicates that are a %s', async (duplicates) => {
    const script = { som: 'recorded', duplicates, behaviours: [accepts({ after: 'PT1H', state: 'completed' })] };
    const learned = await expectReplay(script, [subscribe, place(0, 'one'), place(minute, 'one')]);
    expect(learned.script).toMatchObject({ duplicates });
  });

  it('replays an answer that was lost, and the order that was taken all the same', async () => {
    const behaviours = [
      {
        when: { attempt: 1 },
        answer: { accept: 'acknowledged', lose: 'reset' },
        then: [
          { after: 'PT1S', state: 'inProgress' },
          { after: 'PT1H', state: 'completed' },
        ],
      },
      { answer: { refuse: 500 } },
    ];
    await expectReplay({ som: 'recorded', behaviours }, [subscribe, place(minute, 'one'), place(2 * minute, 'one')]);
  });

  it('replays every fault of the shipped catalogue that is an answer or an event', async () => {
    const script = { ...parse(readFileSync('scenarios/scripts/faults.som.yaml', 'utf8')), tell: 'event' };
    const unseen = ['fault-external-id', 'fault-item', 'fault-word', 'fault-text'];
    const faults: string[] = [
      ...readFileSync('scenarios/scripts/faults.som.yaml', 'utf8').matchAll(/specification: (fault-[\w-]+) ?[,}]/g),
    ]
      .map(([, name = '']) => name)
      .filter((name) => !unseen.includes(name));
    expect(new Set(faults).size).toBeGreaterThan(15);
    const askings = [...new Set(faults)].flatMap((fault, index) => [
      place((2 * index + 1) * minute, fault, item('a', fault)),
      place((2 * index + 2) * minute, fault, item('a', fault)),
    ]);
    await expectReplay(script, [subscribe, ...askings]);
  });

  it('gives each way that orders of one kind went its weight, and each time its range', async () => {
    const script = parse(readFileSync('scenarios/scripts/moody.som.yaml', 'utf8'));
    const askings = Array.from({ length: 200 }, (_, index) => place((index + 1) * hour, `order-${index}`, item('a')));
    const { trace } = await recordedTraffic(script, [subscribe, ...askings]);
    const { script: learned } = scriptOf(trace);
    const [behaviour] = learned?.behaviours ?? [];
    const weights = (behaviour?.outcomes ?? []).map(({ weight, answer, then = [] }) => ({
      weight,
      answer,
      steps: then.length,
    }));
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBe(200);
    expect(weights[0]?.weight).toBeGreaterThan(20);
    expect(behaviour?.outcomes?.[0]?.latency).toEqual({
      uniform: [expect.stringMatching(/^PT/), expect.stringMatching(/^PT/)],
    });
    expect(weights).toContainEqual({
      weight: expect.any(Number),
      answer: { refuse: 503, code: '2', reason: 'Refused by the script', retryAfter: 'PT30S' },
      steps: 0,
    });
    expect(readSomScript(learned)).toMatchObject({ ok: true });
  });

  it('says what it has no words for', async () => {
    const script = { som: 'recorded', behaviours: [accepts({ after: 'PT1H', state: 'completed' })] };
    const { trace } = await recordedTraffic(script, [
      subscribe,
      place(0, 'one'),
      { at: minute, method: 'PATCH', path: '/serviceOrder/{0}', body: { description: 'amended' } },
    ]);
    const learned = scriptOf(trace);
    expect(learned.unlearned).toEqual(['what became of an order after PATCH serviceOrder/{id} (1)']);
    expect(scriptText(learned)).toContain('# Seen, but not in here:\n#   what became of an order after PATCH');
  });

  it('is nothing where nothing was ordered', async () => {
    const { trace } = await recordedTraffic({ som: 'recorded' }, [{ at: 0, method: 'GET', path: '/serviceOrder' }]);
    expect(scriptOf(trace)).toEqual({ unlearned: [] });
  });
});

/** Records, learns, lets the same client ask a mock that learned, and compares. */
async function expectReplay(script: unknown, askings: readonly Asking[]): Promise<ReturnType<typeof scriptOf>> {
  const { trace } = await recordedTraffic(script, askings);
  const learned = scriptOf(trace);
  const text = scriptText(learned);
  const replayed = await recordedTraffic(parse(text), askings, { seed: 'replayed' });
  expect(shapeOf(replayed.trace), text).toEqual(shapeOf(trace));
  return learned;
}

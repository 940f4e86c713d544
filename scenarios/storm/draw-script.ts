/** Draws how a simulated system behaves: mostly well, in every way that scripts can say badly. */
import type { Chance } from '../../kernel/chance.ts';

/** How a system tells of its orders: by events, by outboundresponse, or only when it is asked. */
export type Reporting = 'events' | 'callback' | 'poll';

export function drawScript(chance: Chance, reporting: Reporting, services: readonly string[]): unknown {
  const count = chance.between(2, 5);
  const courses = Array.from({ length: count }, () => drawCourse(chance, reporting, services));
  const one = { items: { specification: chance.pick(services) } };
  const well = {
    weight: 7,
    answer: 'accept',
    then: [step(chance, 'inProgress'), step(chance, 'completed', one), step(chance, 'completed')],
  };
  const talkative = {
    ...well,
    weight: 4,
    then: [...well.then, { after: 'PT15M', say: 'completed' }, { after: 'PT15M', say: 'inProgress', times: 2 }],
  };
  const latency = chance.pick(['PT0S', 'PT0.5S', 'PT5S']);
  return {
    som: 'Drawn',
    tell: reporting === 'callback' ? 'outboundresponse' : 'event',
    latency: chance.fraction() < 0.5 ? latency : { uniform: ['PT0S', 'PT40S'] },
    duplicates: chance.pick(['same', 'same', 'conflict']),
    behaviours: [
      ...(chance.fraction() < 0.2 ? [{ name: 'at first', when: { attempt: 1 }, ...drawRefusal(chance) }] : []),
      { name: 'then', outcomes: [well, talkative, ...courses] },
    ],
  };
}

function step(chance: Chance, state: string, more: object = {}): object {
  return { after: chance.pick(['PT0S', 'PT20S', 'PT3M', 'PT20M', 'PT2H']), state, ...more };
}

function drawRefusal(chance: Chance): object {
  return {
    answer: chance.pick([
      'silence',
      'reset',
      { refuse: 503, retryAfter: 'PT1M' },
      { refuse: 500 },
      { refuse: 422, reason: 'no port is free' },
      { refuse: 409, reason: 'known' },
    ]),
  };
}

/** Each is a story of a system that is slow, wrong, forgetful or talkative. */
function drawCourse(chance: Chance, reporting: Reporting, services: readonly string[]): object {
  const begun = step(chance, 'inProgress');
  const done = step(chance, 'completed');
  const failed = step(chance, 'failed', { message: 'card missing' });
  const one = { items: { specification: chance.pick(services) } };
  const stories: object[] = [
    { answer: { accept: 'completed' } },
    { answer: 'accept', then: [step(chance, 'completed', one), step(chance, 'completed', one), done] },
    { answer: 'accept', then: [step(chance, 'failed', one), step(chance, 'completed', { regardless: true })] },
    {
      answer: 'accept',
      then: [
        begun,
        failed,
        { after: 'PT5M', say: 'failed', times: 2 },
        { after: 'PT20M', say: 'failed', times: 2 },
        { after: 'PT2H', say: 'failed', times: 2 },
      ],
    },
    {
      answer: 'accept',
      then: [
        failed,
        { after: 'PT5M', say: 'failed', times: 2 },
        { after: 'PT20M', say: 'failed', times: 2 },
        step(chance, 'completed', { regardless: true }),
      ],
    },
    { answer: 'accept', then: [begun, done, { after: 'P1D', say: 'failed' }] },
    { answer: 'accept', then: [begun, step(chance, 'completed', { times: 2 }), { after: 'PT1H', say: 'inProgress' }] },
    {
      answer: 'accept',
      then: [begun, step(chance, 'completed', { delay: 'PT2H' }), { after: 'PT1S', say: 'pending' }],
    },
    { answer: 'accept', then: [{ after: 'PT0S', since: 'request', state: 'completed' }], latency: 'PT8S' },
    { answer: 'accept', then: [begun, step(chance, 'cancelled', { message: 'the building is gone' })] },
    {
      answer: { accept: 'acknowledged', lose: chance.pick(['reset', 'silence', 'halfway', 'truncated']) },
      then: [done],
    },
    { answer: { accept: 'acknowledged', without: ['id'] }, then: [done] },
    { answer: { accept: 'acknowledged', status: 202, body: 'none' }, then: [done] },
    {
      answer: 'accept',
      then: [step(chance, 'completed', { wrong: { externalId: 'nobody' } }), { after: 'PT1H', say: 'completed' }],
    },
    // Who is asked again and again must come to an end some time.
    ...(reporting === 'poll' ? [] : [{ answer: 'accept' }, { answer: 'accept', then: [begun] }]),
    drawRefusal(chance),
  ];
  return { weight: chance.between(1, 4), ...chance.pick(stories) };
}

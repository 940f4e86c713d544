import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findingText } from '../../contracts/schemas/finding.ts';
import { readSomScript } from '../../mocks/som-script.ts';
import { order, simulated } from './simulated.ts';

const complaints = (file: unknown) => {
  const read = readSomScript(file);
  return read.ok ? [] : read.findings.map(findingText);
};

const behaving = (behaviour: object) => ({ som: 'x', behaviours: [behaviour] });
const stepping = (step: object) => behaving({ answer: 'accept', then: [step] });

describe('a script', () => {
  it.each([
    [stepping({ after: 'PT1S' }), '/behaviours/0/then/0/state: expected a value, got nothing (required)'],
    [
      stepping({ after: 'PT1S', state: 'inProgress', jeopardy: { name: 'x' } }),
      '/behaviours/0/then/0: expected one thing that happens; write two steps, the second with after: PT0S, got state, jeopardy (one-deed)',
    ],
    [
      stepping({ after: { uniform: ['PT1S', 'soon'] }, state: 'inProgress' }),
      '/behaviours/0/then/0/after/uniform/1: expected a duration, got "soon" (format)',
    ],
    [
      stepping({ after: { lognormal: { median: 'PT1S' } }, state: 'inProgress' }),
      '/behaviours/0/then/0/after/lognormal/sigma: expected a value, got nothing (required)',
    ],
    [
      stepping({ after: 'PT1S', fallout: 'x' }),
      expect.stringMatching(/then\/0\/fallout: .*fallout is a word of FlowOne/),
    ],
    [
      { flowone: 'x', behaviours: [{ answer: 'accept', then: [{ after: 'PT1S', milestone: { name: 'x' } }] }] },
      expect.stringMatching(/then\/0\/milestone: expected something that FlowOne has an event for/),
    ],
    [behaving({ then: [] }), '/behaviours/0/answer: expected a value, got nothing (required)'],
    [
      behaving({
        outcomes: [
          { weight: 1, answer: 'accept' },
          {
            weight: 1,
            answer: 'accept',
            then: [
              { after: 'PT1S', state: 'completed' },
              { after: 'PT1S', state: 'held' },
            ],
          },
        ],
      }),
      expect.stringMatching(/^\/behaviours\/0\/outcomes\/1\/then\/1\/state: .*none, it is terminal/),
    ],
    [
      behaving({
        outcomes: [
          { weight: 0, answer: 'accept' },
          { weight: 1, answer: 'accept' },
        ],
      }),
      expect.stringMatching(/outcomes\/0\/weight/),
    ],
  ])('is refused: %j', (file, expected) => {
    expect(complaints(file)).toEqual([expected]);
  });

  it('has outcomes or an answer, not both', () => {
    const outcomes = [
      { weight: 1, answer: 'accept' },
      { weight: 1, answer: 'reset' },
    ];
    expect(complaints(behaving({ answer: 'accept', outcomes }))).toHaveLength(1);
  });

  it('may lead where the lifecycle has no way, when it says so', () => {
    const then = [
      { after: 'PT1H', state: 'failed' },
      { after: 'PT1H', state: 'completed', regardless: true },
    ];
    expect(complaints(behaving({ answer: 'accept', then }))).toEqual([]);
  });

  it('says for which party it is', () => {
    const partyOf = (file: object) => {
      const read = readSomScript(file);
      return read.ok ? read.script.personality : undefined;
    };
    expect([partyOf({ som: 'x' }), partyOf({ tom: 'x' }), partyOf({ flowone: 'x' })]).toEqual([
      'som',
      'tom',
      'flowone',
    ]);
  });

  const examples = readdirSync('scenarios/scripts').filter((name) => name.endsWith('.yaml'));

  it.each(examples)('%s is an example that is sound', (name) => {
    expect(complaints(parse(readFileSync(`scenarios/scripts/${name}`, 'utf8')))).toEqual([]);
  });

  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(2);
  });
});

describe('an order that is held', () => {
  const held = {
    behaviours: [
      {
        answer: 'accept',
        then: [
          { after: 'PT1M', state: 'inProgress' },
          { after: 'PT0S', hold: true },
          { after: 'PT1H', state: 'completed' },
        ],
      },
    ],
  };

  it('waits until it is released, and goes on from there', async () => {
    const { kernel, place, som } = simulated(held);
    await place(order('r-1'));
    await kernel.run();
    const [id = ''] = som.orders.keys();
    expect([som.orders.get(id)?.state, som.life.isHeld(id)]).toEqual(['inProgress', true]);
    expect([som.life.release(id), som.life.release(id)]).toEqual([true, false]);
    await kernel.run();
    expect(som.orders.get(id)?.state).toBe('completed');
  });

  it('can be taken a step further, held or not', async () => {
    const { kernel, place, som } = simulated(held);
    await place(order('r-1'));
    const [id = ''] = som.orders.keys();
    expect([som.life.advance(id), som.life.advance(id), som.life.isHeld(id)]).toEqual([true, true, true]);
    expect([som.life.advance(id), som.orders.get(id)?.state]).toEqual([true, 'completed']);
    await kernel.run();
    expect(som.life.advance(id)).toBe(false);
  });
});

/** The rule on the moves of items, held against the same oracle: an item goes its way as an order does, nested or not. */
import { describe, expect, it } from 'vitest';
import { themes } from '../../../contracts/rules/catalogue.ts';
import { judge } from '../../../contracts/rules/judge.ts';
import { hasLegalHistory, type Look, type Scene } from './oracle.ts';
import { created, fewStates, scenesOfLooks, tolerated } from './scenes.ts';
import { sceneText, traceOfScene } from './short-trace.ts';

/** The order goes on all the time: only its item moves. */
function itemRules(scene: Scene, itemsOf: (look: Look) => readonly object[]): string[] {
  const shown = { ...scene, looks: scene.looks.map((look) => ({ ...look, state: 'inProgress' })) };
  const states = new Map([created, ...scene.looks].map((look) => [look.from, look]));
  const trace = traceOfScene(shown, (look) => itemsOf(states.get(look.from) ?? look));
  const options = { themes, statement: {}, origin: 'http://vendor.test', on: '2026-01-01', only: ['item-transitions'] };
  return judge(trace, options).findings.map(({ rule }) => rule);
}

const single = ({ state }: Look) => [{ id: '1', state }];
const nested = ({ state }: Look) => [{ id: '1', state: 'inProgress', serviceOrderItem: [{ id: '1', state }] }];
const second = ({ state }: Look) => [
  { id: '1', state: 'acknowledged' },
  { id: '2', state },
];

describe.each([
  ['an item', single],
  ['an item in an item', nested],
  ['the second of two items', second],
] as const)('%s', (_what, itemsOf) => {
  it('is judged as the oracle does in every scene of up to three looks', () => {
    const falseAlarms: string[] = [];
    const missed: string[] = [];
    let found = 0;
    for (const scene of [1, 2, 3].flatMap((count) => [...scenesOfLooks(count, fewStates)])) {
      const isLegal = hasLegalHistory(scene, { unheard: 'late' });
      const isFound = itemRules(scene, itemsOf).length > 0;
      if (isFound) found += 1;
      if (isLegal && isFound) falseAlarms.push(sceneText(scene));
      const isTolerated = Object.values(tolerated).some((isIt) => isIt(scene));
      if (!isLegal && !isFound && !isTolerated) missed.push(sceneText(scene));
    }
    expect(falseAlarms).toEqual([]);
    expect(missed).toEqual([]);
    expect(found).toBeGreaterThan(100);
  });
});

describe('what the oracle has found', () => {
  it('an item goes back to acknowledged though nobody cancels', () => {
    const looks = [
      { from: 3, to: 4, state: 'inProgress' },
      { from: 5, to: 6, state: 'acknowledged' },
    ];
    expect(itemRules({ created, looks, cancels: [] }, single)).toEqual(['item-transitions']);
  });

  it('an item that has ended goes on, and a look in between hides it', () => {
    const looks = [
      { from: 3, to: 5, state: 'completed' },
      { from: 4, to: 6, state: 'inProgress' },
      { from: 7, to: 8, state: 'inProgress' },
    ];
    expect(itemRules({ created, looks, cancels: [] }, single)).toEqual(['item-transitions']);
  });
});

/**
 * The rules on the life of an order, held against an oracle that tries every hidden history: what a legal vendor can have
 * shown is never blamed, and what none can have shown is found, but for what is tolerated under a name.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themes } from '../../../contracts/rules/catalogue.ts';
import { judge } from '../../../contracts/rules/judge.ts';
import { defects } from './mended-defects.ts';
import { allStates, hasLegalHistory, type Scene } from './oracle.ts';
import {
  anyScene,
  clocks,
  created,
  fewStates,
  hasContradiction,
  legalScene,
  scenesOfBoth,
  scenesOfEvents,
  scenesOfLooks,
  tolerated,
} from './scenes.ts';
import { sceneText, traceOfScene } from './short-trace.ts';

/** What says that no legal vendor can have shown this. */
const lifeRules = [
  'order-transitions',
  'terminal-is-final',
  'event-after-terminal',
  'initial-state',
  'item-transitions',
];
/** What may say so in their place: that something was not announced, or announced otherwise than it was. */
const eventRules = ['change-announced', 'event-agrees', 'event-order', 'event-once'];

function found(scene: Scene, only: readonly string[]): string[] {
  const judged = judge(traceOfScene(scene), {
    themes,
    statement: {},
    origin: 'http://vendor.test',
    on: '2026-01-01',
    only,
  });
  return [...new Set(judged.findings.map(({ rule }) => rule))];
}

function isLegal(scene: Scene): boolean {
  return hasLegalHistory(scene, { unheard: 'late' });
}

interface Compared {
  readonly falseAlarms: string[];
  readonly missed: string[];
  legal: number;
  illegal: number;
  readonly toleratedBy: { [name: string]: number };
}

function compared(scenes: Iterable<Scene>): Compared {
  const result: Compared = { falseAlarms: [], missed: [], legal: 0, illegal: 0, toleratedBy: {} };
  for (const scene of scenes) compare(scene, result);
  return result;
}

function compare(scene: Scene, result: Compared): void {
  if (isLegal(scene)) {
    result.legal += 1;
    const rules = found(scene, lifeRules);
    if (rules.length > 0) result.falseAlarms.push(`${sceneText(scene)}: ${rules}`);
    return;
  }
  result.illegal += 1;
  if (found(scene, [...lifeRules, ...eventRules]).length > 0) return;
  const [name] = Object.entries(tolerated).find(([, isIt]) => isIt(scene)) ?? [];
  if (name !== undefined) result.toleratedBy[name] = (result.toleratedBy[name] ?? 0) + 1;
  else result.missed.push(sceneText(scene));
}

describe('the oracle', () => {
  const looks = (...shown: readonly (readonly [from: number, to: number, state: string])[]): Scene => ({
    created,
    looks: shown.map(([from, to, state]) => ({ from, to, state })),
    cancels: [],
  });
  const told = (...events: readonly (readonly [state: string, time?: number])[]): Scene => ({
    ...looks(),
    told: events.map(([state, time], place) => ({ at: 3 + place, state, ...(time === undefined ? {} : { time }) })),
  });

  it.each<[string, Scene, boolean]>([
    ['goes through states that nobody saw', looks([3, 4, 'completed']), true],
    ['does not go back', looks([3, 4, 'inProgress'], [5, 6, 'acknowledged']), false],
    ['puts looks that overlap into either order', looks([3, 6, 'inProgress'], [4, 5, 'acknowledged']), true],
    ['knows of no way between two ends', looks([3, 6, 'completed'], [4, 5, 'failed']), false],
    ['comes back from a hold', looks([3, 4, 'held'], [5, 6, 'inProgress'], [7, 8, 'held']), true],
    ['is assessed only when it is cancelled', looks([3, 4, 'assessingCancellation']), false],
    ['leaves out no event that is followed by another', told(['completed']), false],
    ['takes events in any order', told(['completed'], ['inProgress']), true],
    ['believes the clock of the vendor', told(['completed', 1], ['inProgress', 2]), false],
    ['believes a coarse clock as well', told(['completed', 1], ['inProgress', 1]), true],
    [
      'has no event before its move',
      { ...looks([4, 5, 'acknowledged']), told: [{ at: 3, state: 'inProgress' }] },
      false,
    ],
  ])('%s', (_what, scene, legal) => {
    expect(isLegal(scene)).toBe(legal);
  });

  it('lets an order be assessed once it is cancelled, and not before', () => {
    const scene = looks([5, 6, 'assessingCancellation']);
    expect(isLegal({ ...scene, cancels: [{ from: 3, to: 4 }] })).toBe(true);
    expect(isLegal({ ...scene, cancels: [{ from: 7, to: 8 }] })).toBe(false);
  });

  it('tells apart events that are late from events that are lost', () => {
    const scene = told(['completed']);
    expect(hasLegalHistory(scene, { unheard: 'some' })).toBe(true);
    expect(hasLegalHistory({ ...looks([3, 4, 'held']), told: [] }, { unheard: 'late' })).toBe(true);
    expect(hasLegalHistory({ ...looks([3, 4, 'held']), told: [] }, { unheard: 'none' })).toBe(false);
  });
});

const withoutCancelling = allStates.filter((state) => !['rejected', 'failed', 'partial'].includes(state));

describe('every short scene', () => {
  it.each<[string, () => Iterable<Scene>, number]>([
    ['of one look', () => scenesOfLooks(1, allStates), 11],
    ['of two looks', () => scenesOfLooks(2, allStates), 363],
    ['of three looks', () => scenesOfLooks(3, fewStates), 1_875],
    ...clocks.flatMap((clock): [string, () => Iterable<Scene>, number][] => [
      [`of one event, eventTime ${clock}`, () => scenesOfEvents(1, allStates, clock), 11],
      [`of two events, eventTime ${clock}`, () => scenesOfEvents(2, allStates, clock), 121],
      [`of three events, eventTime ${clock}`, () => scenesOfEvents(3, withoutCancelling, clock), 512],
      [`of four events, eventTime ${clock}`, () => scenesOfEvents(4, fewStates, clock), 625],
    ]),
    ['of a look and an event', () => scenesOfBoth(1, allStates), 363],
    ['of two looks and an event', () => scenesOfBoth(2, fewStates), 1_875],
  ])('%s is judged as the oracle does', (_what, scenes, count) => {
    const { falseAlarms, missed, legal, illegal } = compared(scenes());
    expect(falseAlarms).toEqual([]);
    expect(missed).toEqual([]);
    expect(legal + illegal).toBe(count);
  });
});

describe('random scenes of up to six exchanges', () => {
  const runs = Number(process.env.SCENES ?? 3_000);

  it('that a legal vendor has shown are legal by the oracle, and blamed by no rule', () => {
    fc.assert(
      fc.property(legalScene, (scene) => {
        expect(isLegal(scene)).toBe(true);
        const { falseAlarms } = compared([scene]);
        expect(falseAlarms).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('are judged as the oracle does', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { falseAlarms, missed } = compared([scene]);
        expect(falseAlarms).toEqual([]);
        expect(missed).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('come in every kind: legal, illegal, and tolerated', () => {
    const { legal, illegal, toleratedBy } = compared(fc.sample(anyScene, { numRuns: 1_000, seed: 641 }));
    expect(Math.min(legal, illegal)).toBeGreaterThan(200);
    expect(Object.keys(toleratedBy).length).toBeGreaterThan(1);
  });
});

describe('what is tolerated', () => {
  const plain = (scene: Partial<Scene>): Scene => ({ created, looks: [], cancels: [], ...scene });

  it.each<[string, Scene]>([
    [
      'an event between has been lost, which change-announced is about',
      plain({
        looks: [{ from: 5, to: 6, state: 'inProgress' }],
        told: [
          { at: 3, state: 'held', time: 0 },
          { at: 4, state: 'inProgress', time: 1 },
        ],
      }),
    ],
    [
      'the order was cancelled at one time, and it is as if it had been at another',
      plain({
        looks: [{ from: 3, to: 4, state: 'assessingCancellation' }],
        cancels: [{ from: 5, to: 6 }],
      }),
    ],
    [
      'looks contradict each other only where they overlap',
      plain({
        looks: [
          { from: 3, to: 5, state: 'completed' },
          { from: 4, to: 6, state: 'failed' },
        ],
      }),
    ],
    ['an event announces the state that the order is in', plain({ told: [{ at: 3, state: 'acknowledged' }] })],
    [
      'a state is announced twice in a row, and eventTimes go back',
      plain({
        told: [
          { at: 3, state: 'inProgress', time: 0 },
          { at: 4, state: 'inProgress', time: 1 },
          { at: 5, state: 'completed', time: 0 },
        ],
      }),
    ],
    [
      'some events have no eventTime, which event-schema is about',
      plain({
        told: [
          { at: 3, state: 'completed', time: 0 },
          { at: 4, state: 'cancelled' },
        ],
      }),
    ],
  ])('%s', (name, scene) => {
    expect(isLegal(scene)).toBe(false);
    expect(tolerated[name]?.(scene)).toBe(true);
    expect(found(scene, [...lifeRules, ...eventRules])).toEqual([]);
  });

  it('is never two things that contradict each other, one over before the other began', () => {
    const scenes = [...scenesOfLooks(3, fewStates), ...scenesOfBoth(2, fewStates)].filter(hasContradiction);
    const isTolerated = (scene: Scene) => Object.values(tolerated).some((isIt) => isIt(scene));
    const missed = scenes.filter(
      (scene) => found(scene, [...lifeRules, ...eventRules]).length === 0 && !isTolerated(scene),
    );
    expect(scenes.length).toBeGreaterThan(500);
    expect(missed.map(sceneText)).toEqual([]);
  });
});

describe('what the oracle has found', () => {
  const all = defects.flatMap(({ about, smallest }) =>
    smallest.map((scene) => [about, sceneText(scene), scene] as const),
  );

  it.each(all)('%s: %s', (_about, _text, scene) => {
    const rules = found(scene, [...lifeRules, ...eventRules]);
    expect(rules.some((rule) => lifeRules.includes(rule) || rule === 'event-agrees')).toBe(!isLegal(scene));
  });
});

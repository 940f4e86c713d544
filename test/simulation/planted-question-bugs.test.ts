/** The laws of orders that ask, and of inventory systems, can fail: an engine that is wrong in one way is found out by each. */
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../scenarios/laws/evidence.ts';
import { checkLaws } from '../../scenarios/laws/laws.ts';
import { questionLaws } from '../../scenarios/laws/questions.ts';
import { runScenario } from '../../scenarios/run.ts';
import { readScenario } from '../../scenarios/scenario.ts';
import { plantedQuestionBugs } from '../support/planted-question-bugs.ts';

const storyNamed = (name: string) => readScenario(`scenarios/suites/qualification/${name}.scenario.yaml`);

describe('an engine with a planted bug about orders that ask', () => {
  it.each(Object.entries(plantedQuestionBugs))('is found out: %s', async (_bug, { story, law, parts }) => {
    const { findings } = await runScenario(storyNamed(story), { seed: '1', transport: 'direct', parts });
    const broken = findings.filter(({ check }) => check === 'law').map(({ message }) => message.split(': ')[0]);
    expect(broken).toContain(law);
  });

  it('breaks every law about them, one bug this and another that', () => {
    const broken = new Set(Object.values(plantedQuestionBugs).map(({ law }) => law));
    expect(Object.keys(questionLaws).filter((law) => !broken.has(law))).toEqual([]);
  });
});

const place = { site: 'hill-1', specification: 'access-line' };
const held = { check: 'c-1', item: '1', place, state: 'held', madeAt: 0, expiresAt: 1 } as const;
const stock = { name: 'east', pools: [{ ...place, capacity: 2, used: 1, reserved: 1 }], reservations: [held] };
const lawful: Evidence = {
  orders: [],
  inventory: [],
  trees: [],
  stocks: [stock],
  policies: new Map(),
  catalogues: new Map(),
  undone: [],
  atRest: false,
};

/** What the laws say of a world with that inventory system. */
function saidOf(changes: Partial<(typeof lawful.stocks)[number]>, atRest = false): string[] {
  return checkLaws({ ...lawful, stocks: [{ ...stock, ...changes }], atRest }).map(({ message }) => message);
}

describe('an inventory system', () => {
  it('may have all in use or reserved that there is', () => {
    expect(saidOf({})).toEqual([]);
  });

  it('that promises more than there is, is found out', () => {
    const pools = [{ ...place, capacity: 1, used: 1, reserved: 1 }];
    expect(saidOf({ pools })).toEqual([
      'an inventory system never has more in use and reserved than there is: east has 1 of access-line at hill-1, 1 in use and 1 reserved',
    ]);
    expect(saidOf({ pools: [{ ...place, capacity: 1, used: -1, reserved: 1 }] })).toHaveLength(1);
  });

  it('that counts otherwise than it holds, is found out', () => {
    expect(saidOf({ reservations: [] })).toEqual([
      'what an inventory system has reserved is what its reservations hold: east has 1 of access-line reserved at hill-1, and holds 0',
    ]);
  });

  it('that keeps something for nobody, is found out in the end', () => {
    expect(saidOf({}, true)).toEqual([
      'what was reserved is used, released or expired in the end: east holds item 1 of check c-1 for ever',
    ]);
    expect(
      saidOf(
        { pools: [{ ...place, capacity: 2, used: 1, reserved: 0 }], reservations: [{ ...held, state: 'used' }] },
        true,
      ),
    ).toEqual([]);
  });
});

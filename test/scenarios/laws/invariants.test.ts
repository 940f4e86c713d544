/** Every invariant can fire, and only where it is broken: one thing is changed in what is left of a lawful run. */
import { describe, expect, it } from 'vitest';
import { invariants } from '../../../scenarios/laws/invariants/invariants.ts';
import { laws } from '../../../scenarios/laws/laws.ts';
import { brokenInvariants } from '../../support/lawful.ts';
import * as runs from './lawful-runs.ts';
import { plantedViolations } from './planted-violations.ts';

const { inLastStep: _last, stepMore: _more, oneOf: _one, domainOrder: _order, suspended, ...lives } = runs;

describe('the invariants', () => {
  it('have the numbers from 1 to 20, and each a name of its own', () => {
    expect(invariants.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
    expect(new Set(invariants.map(({ name }) => name)).size).toBe(20);
  });

  it('are laws, and so are held against every scenario and every storm', () => {
    for (const { name, check } of invariants) expect(laws[name]).toBe(check);
  });

  it.each(Object.keys(lives))('are kept in a lawful run: %s', (name) => {
    expect(brokenInvariants(lives[name as keyof typeof lives]().evidence)).toEqual([]); // one of its own names
  });

  it('are kept when services are suspended and resumed', () => {
    for (const evidence of [suspended(1), suspended(4), suspended(1, 2)])
      expect(brokenInvariants(evidence)).toEqual([]);
  });

  it.each(plantedViolations)('$invariant alone is broken when $what', ({ invariant, plant }) => {
    const broken = brokenInvariants(plant());
    expect(broken.map((text) => text.split(',')[0])).toEqual([`invariant ${invariant}`]);
  });

  it('are broken by something, each of them', () => {
    const broken = new Set(plantedViolations.map(({ invariant }) => invariant));
    expect(invariants.filter(({ number }) => !broken.has(number))).toEqual([]);
  });
});

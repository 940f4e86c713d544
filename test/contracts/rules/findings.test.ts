/** Breaches become findings: one for each root cause, in one order, each with the least that shows it. */
import { describe, expect, it } from 'vitest';
import type { Level } from '../../../contracts/records/verification.ts';
import { findingsOf, type RuleBreaches, type Waiver } from '../../../contracts/rules/findings.ts';
import type { Breach, Rule } from '../../../contracts/rules/rule.ts';
import { type Seen, seenOf } from '../../../contracts/rules/view/seen.ts';
import { look, placed, plainTrace, told } from './plain-trace.ts';

const trace = plainTrace([
  placed,
  look('inProgress'),
  look('completed'),
  told('StateChange', 'completed'),
  look('failed'),
]);
const [created, first, second, callback, third] = trace.exchanges.map((each) => seenOf(each, trace)) as [
  Seen,
  Seen,
  Seen,
  Seen,
  Seen,
]; // five, as written above

function rule(id: string, more: Partial<Rule> = {}): Rule {
  const texts = { title: id, clause: id, remedy: id };
  return { id, level: 'MUST', ...texts, check: () => [], ...more };
}

function breach(more: Partial<Breach> = {}): Breach {
  return {
    path: 'ServiceOrder /state',
    valueClass: 'wrong',
    message: 'it is wrong',
    evidence: [first],
    order: 'o1',
    ...more,
  };
}

function findings(found: readonly RuleBreaches[], waivers: readonly Waiver[] = [], on = '2026-01-05') {
  return findingsOf(found, { origin: 'https://vendor.example', waivers, on });
}

describe('breaches', () => {
  it('at one place, of one class, are one finding, which counts them and the orders they are about', () => {
    const breaches = [breach(), breach({ order: 'o2' }), breach({ order: 'o2', message: 'another' })];
    const [finding, ...others] = findings([{ rule: rule('a'), breaches }]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'a', count: 3, orders: 2, message: 'it is wrong' });
  });

  it('at another place, of another class, or of another rule, are findings of their own', () => {
    const breaches = [breach(), breach({ path: 'ServiceOrder /id' }), breach({ valueClass: 'missing' })];
    const all = findings([
      { rule: rule('a'), breaches },
      { rule: rule('b'), breaches: [breach()] },
    ]);
    expect(all.map(({ id }) => id).length).toBe(4);
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  });

  it('show the smallest evidence, in the order of the trace, each exchange once', () => {
    const breaches = [breach({ evidence: [second, first, created] }), breach({ evidence: [third, created, created] })];
    expect(
      findings([{ rule: rule('a'), breaches: [...breaches, breach({ evidence: [second, created] })] }])[0],
    ).toMatchObject({
      evidence: ['x1', 'x3'],
    });
  });

  it('can be repeated by the requests of the verifier, and not by what the vendor sent', () => {
    const [finding] = findings([{ rule: rule('a'), breaches: [breach({ evidence: [callback, created] })] }]);
    expect(finding?.evidence).toEqual(['x1', 'x4']);
    expect(finding?.curl).toEqual([expect.stringMatching(/^curl -i -X POST .*serviceOrder'$/)]);
  });

  it('have the same id in every run: it depends on rule, place and class alone', () => {
    const [one] = findings([{ rule: rule('a'), breaches: [breach()] }]);
    const [other] = findings([
      { rule: rule('b'), breaches: [] },
      { rule: rule('a'), breaches: [breach({ message: 'other words', order: 'o7', evidence: [third] })] },
    ]);
    expect(one?.id).toMatch(/^a-[0-9a-f]{8}$/);
    expect(other?.id).toBe(one?.id);
  });
});

describe('findings', () => {
  const levels: readonly Level[] = ['MAY', 'SHOULD', 'MUST'];

  it('come by level, then by the order of the rules, then the frequent before the rare', () => {
    const found = [
      ...levels.map((level) => ({ rule: rule(`late-${level.toLowerCase()}`, { level }), breaches: [breach()] })),
      {
        rule: rule('last'),
        breaches: [breach({ path: 'rare' }), breach({ path: 'often' }), breach({ path: 'often' })],
      },
    ];
    expect(findings(found).map(({ rule: id, path }) => `${id} ${path}`)).toEqual([
      'late-must ServiceOrder /state',
      'last often',
      'last rare',
      'late-should ServiceOrder /state',
      'late-may ServiceOrder /state',
    ]);
  });

  it('come in the same order whatever the order of the breaches', () => {
    const breaches = ['a', 'b', 'c', 'd'].map((path) => breach({ path }));
    const forwards = findings([{ rule: rule('a'), breaches }]);
    const backwards = findings([{ rule: rule('a'), breaches: breaches.toReversed() }]);
    expect(backwards).toEqual(forwards);
  });

  it('that another explains come after all others, and name it', () => {
    const all = findings([
      { rule: rule('effect', { after: ['cause'] }), breaches: [breach()] },
      { rule: rule('cause'), breaches: [breach()] },
      { rule: rule('other', { level: 'MAY' }), breaches: [breach({ order: 'o2', evidence: [second] })] },
    ]);
    expect(all.map(({ rule: id }) => id)).toEqual(['cause', 'other', 'effect']);
    expect(all[2]?.explainedBy).toBe(all[0]?.id);
    expect(all[0]?.explainedBy).toBeUndefined();
  });

  it('are explained only where they are about the same order or exchange', () => {
    const explained = (effect: Partial<Breach>) =>
      findings([
        { rule: rule('cause'), breaches: [breach()] },
        {
          rule: rule('effect', { after: ['cause'] }),
          breaches: [breach({ order: 'o2', evidence: [second], ...effect })],
        },
      ]).some(({ explainedBy }) => explainedBy !== undefined);
    expect(explained({})).toBe(false);
    expect(explained({ order: 'o1' })).toBe(true);
    expect(explained({ evidence: [second, first] })).toBe(true);
  });

  it('on an order that was disturbed are explained by what disturbed it, whichever rule finds them', () => {
    const all = findings([
      { rule: rule('anything'), breaches: [breach()] },
      { rule: rule('disturbance', { disturbs: true }), breaches: [breach()] },
      { rule: rule('disturbance-too', { disturbs: true }), breaches: [breach({ path: 'elsewhere' })] },
    ]);
    expect(all.map(({ rule: id, explainedBy }) => [id, explainedBy?.replace(/-[0-9a-f]{8}$/, '')])).toEqual([
      ['disturbance', undefined],
      ['disturbance-too', undefined],
      ['anything', 'disturbance'],
    ]);
  });
});

describe('a waiver', () => {
  const found = [{ rule: rule('a'), breaches: [breach(), breach({ path: 'elsewhere' })] }];
  const waiver = (finding: string): Waiver => ({ finding, reason: 'known', until: '2026-01-05' });
  const [one] = findings(found);

  it('for a finding holds for that one, and for no other of its rule', () => {
    const waived = findings(found, [waiver(one?.id ?? '')]);
    expect(waived.map(({ waiver: held }) => held?.reason)).toEqual(['known', undefined]);
  });

  it('for a rule holds for all of its findings', () => {
    expect(findings(found, [waiver('a')]).every(({ waiver: held }) => held !== undefined)).toBe(true);
  });

  it('for something else holds for nothing', () => {
    expect(findings(found, [waiver('b')]).every(({ waiver: held }) => held === undefined)).toBe(true);
  });

  it.each([
    ['2026-01-04', true],
    ['2026-01-05', true],
    ['2026-01-06', false],
  ])('until 2026-01-05 on %s: %s', (on, holds) => {
    expect(findings(found, [waiver('a')], on).every(({ waiver: held }) => (held !== undefined) === holds)).toBe(true);
  });
});

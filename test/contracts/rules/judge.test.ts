/** What becomes of rules, and of the verification as a whole: pass, fail, inconclusive, not applicable. */
import { describe, expect, it } from 'vitest';
import type { CapabilityStatement } from '../../../contracts/records/capabilities.ts';
import type { Level } from '../../../contracts/records/verification.ts';
import { rules, themes } from '../../../contracts/rules/catalogue.ts';
import type { Waiver } from '../../../contracts/rules/findings.ts';
import { judge } from '../../../contracts/rules/judge.ts';
import { breach, inapplicable, kept, type Observation, type Rule, undecided } from '../../../contracts/rules/rule.ts';
import { judged, look, placed, plainTrace, refusal, type Said } from './plain-trace.ts';

const broken = breach({ path: 'somewhere', valueClass: 'wrong', message: 'it is wrong', evidence: [] });

function rule(id: string, seen: readonly Observation[], more: Partial<Rule> = {}): Rule {
  return { id, level: 'MUST', title: id, clause: id, remedy: id, check: () => seen, ...more };
}

function judgedBy(
  own: readonly Rule[],
  options: {
    said?: readonly Said[];
    statement?: CapabilityStatement;
    waivers?: readonly Waiver[];
    only?: string[];
  } = {},
) {
  const { said = [], statement = {}, waivers = [], only } = options;
  const theme = { name: 'own', rules: own };
  return judge(plainTrace(said), { themes: [theme], statement, origin: 'https://v', on: '2026-01-05', waivers, only });
}

describe('a rule', () => {
  it.each<[string, readonly Observation[], string, number]>([
    ['that was kept passes', [kept, kept], 'pass', 2],
    ['that was broken once fails, however often it was kept', [kept, broken, kept], 'fail', 2],
    ['that was broken fails, whatever else is not decided', [undecided('why'), broken, inapplicable('why')], 'fail', 0],
    [
      'that could not be decided is inconclusive, though it was kept elsewhere',
      [kept, undecided('why')],
      'inconclusive',
      1,
    ],
    ['that does not bind is not applicable, though it was kept', [kept, inapplicable('why')], 'not applicable', 1],
    ['of which nothing was seen is inconclusive', [], 'inconclusive', 0],
  ])('%s', (_what, seen, verdict, count) => {
    const [record] = judgedBy([rule('a', seen)]).rules;
    expect(record).toMatchObject({ id: 'a', theme: 'own', verdict, kept: count });
  });

  it('says why it is not decided', () => {
    const reason = (seen: readonly Observation[]) => judgedBy([rule('a', seen)]).rules[0]?.reason;
    expect(reason([undecided('the first reason'), undecided('the second')])).toBe('the first reason');
    expect(reason([inapplicable('it is not declared')])).toBe('it is not declared');
    expect(reason([])).toMatch(/nothing was seen/);
    expect(reason([kept])).toBeUndefined();
    expect(reason([broken])).toBeUndefined();
  });

  it('that needs what is not offered is not applicable, and is not even asked', () => {
    const asked: string[] = [];
    const needy = rule('a', [], {
      needs: 'patch',
      check: () => {
        asked.push('a');
        return [broken];
      },
    });
    const { rules: records, verdict } = judgedBy([needy], { statement: { offers: { patch: false } } });
    expect(records[0]).toMatchObject({
      verdict: 'not applicable',
      reason: expect.stringMatching(/patch is not offered/),
    });
    expect([asked, verdict]).toEqual([[], 'pass']);
  });

  it('that needs what is denied is not applicable, and is when it is declared', () => {
    const said: readonly Said[] = [{ method: 'PATCH', path: '/serviceOrder/o1', sent: {}, ...refusal(405) }];
    const needy = rule('a', [broken], { needs: 'patch' });
    expect(judgedBy([needy], { said }).rules[0]?.verdict).toBe('not applicable');
    expect(judgedBy([needy], { said, statement: { offers: { patch: true } } }).rules[0]?.verdict).toBe('fail');
  });

  it('names its findings', () => {
    const { rules: records, findings } = judgedBy([rule('a', [broken]), rule('b', [kept])]);
    expect(records.map((each) => each.findings)).toEqual([findings.map(({ id }) => id), []]);
  });
});

describe('the verification', () => {
  const levels: readonly [Level, string][] = [
    ['MUST', 'fail'],
    ['SHOULD', 'fail'],
    ['MAY', 'pass'],
  ];

  it.each(levels)('with a %s broken: %s', (level, verdict) => {
    expect(judgedBy([rule('a', [broken], { level })]).verdict).toBe(verdict);
  });

  it('passes when all that is broken is waived, and shows it all the same', () => {
    const waivers = [{ finding: 'a', reason: 'known', until: '2026-12-31' }];
    const waived = judgedBy([rule('a', [broken])], { waivers });
    expect(waived.verdict).toBe('pass');
    expect(waived.rules[0]?.verdict).toBe('fail');
    expect(waived.findings[0]?.waiver?.reason).toBe('known');
    expect(judgedBy([rule('a', [broken]), rule('b', [broken])], { waivers }).verdict).toBe('fail');
  });

  it('fails again when the waiver has expired', () => {
    const waivers = [{ finding: 'a', reason: 'known', until: '2026-01-04' }];
    expect(judgedBy([rule('a', [broken])], { waivers }).verdict).toBe('fail');
  });

  it.each<[string, Partial<Rule>, CapabilityStatement, string]>([
    ['a MUST of what is declared', { needs: 'cancel' }, { offers: { cancel: true } }, 'inconclusive'],
    ['a MUST of filters that are listed', { needs: 'filters' }, { offers: { filters: ['state'] } }, 'inconclusive'],
    ['a SHOULD of what is declared', { needs: 'cancel', level: 'SHOULD' }, { offers: { cancel: true } }, 'pass'],
    ['a MUST of what nobody has declared', { needs: 'cancel' }, {}, 'pass'],
    ['a MUST that needs nothing', {}, {}, 'pass'],
  ])('of which %s could not be decided', (_what, more, statement, verdict) => {
    expect(judgedBy([rule('a', [undecided('why')], more)], { statement }).verdict).toBe(verdict);
  });

  it('fails rather than being inconclusive', () => {
    const own = [rule('a', [undecided('why')], { needs: 'cancel' }), rule('b', [broken])];
    expect(judgedBy(own, { statement: { offers: { cancel: true } } }).verdict).toBe('fail');
  });

  it('looks only at the rules that are named', () => {
    const only = judgedBy([rule('a', [broken]), rule('b', [kept])], { only: ['b'] });
    expect([only.verdict, only.rules.map(({ id }) => id), only.findings]).toEqual(['pass', ['b'], []]);
  });
});

describe('the catalogue', () => {
  it('gives every rule a record, in its order, whatever the trace', () => {
    expect(judged(plainTrace([])).rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it('finds nothing in an empty trace, and passes it', () => {
    expect(judged(plainTrace([]))).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('names in `after` only rules that there are', () => {
    const known = new Set(rules.map(({ id }) => id));
    expect(
      rules.flatMap(({ id, after = [] }) =>
        after.filter((other) => !known.has(other)).map((other) => `${id}: ${other}`),
      ),
    ).toEqual([]);
  });

  it('has each rule once, in kebab case', () => {
    const ids = themes.flatMap((theme) => theme.rules.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it('judges the same trace the same, however often, and without changing it', () => {
    const trace = plainTrace([placed, look('completed'), look('failed')]);
    const before = JSON.stringify(trace);
    expect(JSON.stringify(judged(trace))).toBe(JSON.stringify(judged(trace)));
    expect(JSON.stringify(trace)).toBe(before);
  });

  it('survives whatever a vendor says', () => {
    const bodies = [
      '',
      'null',
      '[]',
      '42',
      '"text"',
      '{',
      '[null]',
      '{"id":null}',
      '{"id":1,"state":{},"serviceOrderItem":[null,1,{"serviceOrderItem":{}}]}',
      '{"__proto__":{"state":"completed"}}',
    ];
    const said = bodies.flatMap((got): Said[] => [
      { ...placed, got },
      { ...look('completed'), got },
      { method: 'GET', path: '/serviceOrder', got, aim: 'queries whole' },
      { method: 'GET', path: '/serviceOrder', got, aim: 'queries whole-again' },
      { method: 'POST', path: '/cancelServiceOrder', sent: got, status: 201, got },
      {
        method: 'POST',
        path: '/hub',
        sent: { callback: 'https://v.example/events/watch' },
        status: 201,
        got,
        aim: 'watch register',
      },
      { from: 'vendor', method: 'POST', path: '/watch', sent: got, status: 201 },
      { from: 'vendor', method: 'POST', path: '/%E0%A4%A', sent: got, status: 201 },
      { method: 'GET', path: '/serviceOrder/%E0%A4%A?a=%E0%A4%A', got },
    ]);
    expect(() => judged(plainTrace(said))).not.toThrow();
  });
});

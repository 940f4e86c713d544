/** The evidence bundle: what is read is what was written, whatever is changed is noticed, and judging again gives the same. */
import { describe, expect, it } from 'vitest';
import type { VerificationRecord } from '../../../contracts/records/verification.ts';
import { bundleText, openBundle, recheck } from '../../../contracts/rules/bundle.ts';
import { themes } from '../../../contracts/rules/catalogue.ts';
import type { Waiver } from '../../../contracts/rules/findings.ts';
import { judge } from '../../../contracts/rules/judge.ts';
import { verificationRecordOf } from '../../../contracts/rules/record-of.ts';
import { legalTrace } from './legal/traces.ts';
import { look, placed, plainTrace, start, subscribed, told } from './plain-trace.ts';

const broken = plainTrace([subscribed, placed, told('Create', 'acknowledged'), look('completed'), look('inProgress')]);

function record(
  options: { trace?: VerificationRecord['trace']; waivers?: readonly Waiver[]; only?: readonly string[] } = {},
): VerificationRecord {
  const { trace = broken, waivers = [], only } = options;
  const statement = { vendor: 'Söuthbound ✓', offers: { hub: true } };
  const judgement = judge(trace, {
    themes,
    statement,
    origin: 'https://vendor.example',
    on: '2026-01-01',
    waivers,
    only,
  });
  return verificationRecordOf({
    version: '0.1.0',
    target: 'https://vendor.example/tmf-api/serviceOrdering/v4',
    seed: '7',
    startedAt: start,
    endedAt: start + 60_000,
    statement,
    used: { orders: 1, requests: 4 },
    leftOut: [],
    trace,
    judgement,
  });
}

function reopened(text: string): VerificationRecord {
  const opened = openBundle(text);
  if (!opened.ok) throw new Error(opened.problem);
  return opened.record;
}

describe('a record', () => {
  it('says what was judged, by whom, when, and what came of it', () => {
    const made = record();
    expect(made).toMatchObject({
      tool: 'southbound',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:01:00.000Z',
      verdict: 'fail',
      used: { orders: 1, requests: 4 },
    });
    expect(made.findings.map(({ rule }) => rule)).toContain('terminal-is-final');
    expect(made.trace).toBe(broken);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(record()))).toEqual(record());
  });
});

describe('a bundle', () => {
  const text = bundleText(record());

  it('is opened as it was written', () => {
    expect(reopened(text)).toEqual(record());
  });

  it('is the same for the same record', () => {
    expect(bundleText(reopened(text))).toBe(text);
  });

  it('that lost its end is noticed', () => {
    for (const length of [0, 1, 40, text.indexOf('\n'), text.indexOf('\n') + 1, text.length - 1]) {
      expect(openBundle(text.slice(0, length)).ok).toBe(false);
    }
  });

  it('that something was put after is noticed', () => {
    expect(openBundle(`${text}\n`).ok).toBe(false);
    expect(openBundle(`${text} `).ok).toBe(false);
  });

  it('in which any one byte is another is noticed', () => {
    const small = Buffer.from(bundleText(record({ trace: plainTrace([placed]), only: ['initial-state'] })));
    const unnoticed: number[] = [];
    for (let place = 0; place < small.length; place += 1) {
      for (const flip of [0x01, 0x20, 0x80]) {
        const changed = Buffer.from(small);
        changed[place] = (changed[place] ?? 0) ^ flip;
        if (openBundle(changed.toString('utf8')).ok) unnoticed.push(place);
      }
    }
    expect(small.length).toBeGreaterThan(1_000);
    expect(unnoticed).toEqual([]);
  });

  it('in which two bytes have changed places is noticed', () => {
    const at = text.indexOf('fail');
    expect(openBundle(text.replace('fail', 'afil')).ok).toBe(false);
    expect(at).toBeGreaterThan(0);
  });

  it.each([
    ['', /no evidence bundle/],
    ['{}', /no evidence bundle/],
    ['southbound-evidence 2 sha256:00\n{}', /no evidence bundle/],
    [`southbound-evidence 1 sha256:${'0'.repeat(64)}\n{}\n`, /it was changed/],
  ])('%j says what is wrong with it', (other, problem) => {
    const opened = openBundle(other);
    expect(opened.ok ? '' : opened.problem).toMatch(problem);
  });

  it('with the right digest of something else holds no verification', () => {
    const other = bundleText({ tool: 'southbound' } as VerificationRecord); // as somebody might write one
    expect(openBundle(other)).toMatchObject({ ok: false, problem: expect.stringMatching(/no verification/) });
  });
});

describe('judging again', () => {
  it('gives what the record says', () => {
    expect(recheck(reopened(bundleText(record())))).toEqual([]);
  });

  it('gives it for any traffic', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      expect(recheck(reopened(bundleText(record({ trace: legalTrace(seed) }))))).toEqual([]);
    }
  });

  it('gives it for a part of the rules', () => {
    expect(recheck(record({ only: ['terminal-is-final', 'order-transitions'] }))).toEqual([]);
  });

  it('holds waivers as they held then', () => {
    const waivers = [{ finding: 'terminal-is-final', reason: 'known', until: '2026-01-02' }];
    const waived = record({ waivers });
    expect(waived.findings.some(({ waiver }) => waiver !== undefined)).toBe(true);
    expect(recheck(waived)).toEqual([]);
  });

  const terminal = record();
  it.each<[string, VerificationRecord, RegExp]>([
    ['the verdict', { ...terminal, verdict: 'pass' }, /the verdict is fail, and was pass/],
    [
      'a rule',
      { ...terminal, rules: terminal.rules.map((rule) => ({ ...rule, kept: rule.kept + 1 })) },
      /^status-documented: pass, and was pass$/,
    ],
    ['a finding', { ...terminal, findings: terminal.findings.slice(1) }, /the findings are not the same/],
    ['the trace', { ...terminal, trace: plainTrace([placed]) }, /terminal-is-final/],
    [
      'the name of a rule',
      {
        ...terminal,
        rules: terminal.rules.map((rule) => (rule.id === 'initial-state' ? { ...rule, id: 'first-state' } : rule)),
      },
      /first-state: there is no such rule in this version/,
    ],
  ])('says so when %s is another', (_what, changed, said) => {
    expect(recheck(changed).some((line) => said.test(line))).toBe(true);
  });
});

/** Trace + what the vendor says of itself -> the verdict of every rule, and the findings. Pure: same trace, same verdicts. */
import type { CapabilityStatement } from '../records/capabilities.ts';
import { capabilities } from '../records/capabilities.ts';
import type { Trace } from '../records/trace.ts';
import type { OfferRecord, RuleRecord, VerificationFinding, VerificationRecord } from '../records/verification.ts';
import { findingsOf, type RuleBreaches, type Waiver } from './findings.ts';
import type { Breach, Observation, Rule, Theme } from './rule.ts';
import { isOffered } from './view/offers.ts';
import { type View, viewOf } from './view/view.ts';

export type Judgement = Pick<VerificationRecord, 'verdict' | 'offers' | 'rules' | 'findings'>;

export interface JudgingOptions {
  readonly themes: readonly Theme[];
  readonly statement: CapabilityStatement;
  /** Scheme and host of the vendor. */
  readonly origin: string;
  readonly waivers?: readonly Waiver[];
  /** The day on which waivers are looked at, such as `2026-11-20`. */
  readonly on: string;
  /** Only these rules; every one by default. */
  readonly only?: readonly string[] | undefined;
}

interface Checked {
  readonly rule: Rule;
  readonly theme: string;
  readonly kept: number;
  readonly breaches: readonly Breach[];
  readonly undecided: readonly string[];
  readonly inapplicable: readonly string[];
}

export function judge(trace: Trace, options: JudgingOptions): Judgement {
  const { themes, statement, origin, waivers = [], on, only } = options;
  const view = viewOf(trace, statement);
  const checked = themes.flatMap(({ name, rules }) =>
    rules.filter(({ id }) => only === undefined || only.includes(id)).map((rule) => checkedRule(rule, name, view)),
  );
  const found: RuleBreaches[] = checked.map(({ rule, breaches }) => ({ rule, breaches }));
  const findings = findingsOf(found, { origin, waivers, on });
  const rules = checked.map((each) => recordOf(each, findings));
  const offers: OfferRecord[] = capabilities.map((capability) => {
    const { offered, known, because } = view.offers[capability];
    return { capability, offered, known, because };
  });
  return { verdict: verdictOf(rules, findings, themes, statement), offers, rules, findings };
}

function checkedRule(rule: Rule, theme: string, view: View): Checked {
  const offer = rule.needs === undefined ? undefined : view.offers[rule.needs];
  if (offer !== undefined && !isOffered(offer)) {
    const why = `${rule.needs} is not offered: ${offer.because}`;
    return { rule, theme, kept: 0, breaches: [], undecided: [], inapplicable: [why] };
  }
  const seen = [...rule.check(view)];
  return {
    rule,
    theme,
    kept: seen.filter(({ kind }) => kind === 'kept').length,
    breaches: seen.filter((each): each is Extract<Observation, { kind: 'breach' }> => each.kind === 'breach'),
    undecided: seen.flatMap((each) => (each.kind === 'undecided' ? [each.why] : [])),
    inapplicable: seen.flatMap((each) => (each.kind === 'inapplicable' ? [each.why] : [])),
  };
}

function recordOf(checked: Checked, findings: readonly VerificationFinding[]): RuleRecord {
  const { rule, theme, kept, undecided, inapplicable, breaches } = checked;
  const { id, level, title, clause, remedy } = rule;
  const own = findings.filter((finding) => finding.rule === id).map((finding) => finding.id);
  const of = { id, level, title, theme, clause, remedy, kept, findings: own };
  if (breaches.length > 0) return { ...of, verdict: 'fail' };
  if (inapplicable[0] !== undefined) return { ...of, verdict: 'not applicable', reason: inapplicable[0] };
  if (undecided[0] !== undefined) return { ...of, verdict: 'inconclusive', reason: undecided[0] };
  if (kept > 0) return { ...of, verdict: 'pass' };
  return { ...of, verdict: 'inconclusive', reason: 'nothing was seen that it could be told by' };
}

/** Inconclusive only when a MUST of something that the vendor declares stayed undecided, and nothing failed. */
function verdictOf(
  rules: readonly RuleRecord[],
  findings: readonly VerificationFinding[],
  themes: readonly Theme[],
  { offers = {} }: CapabilityStatement,
): VerificationRecord['verdict'] {
  if (findings.some(({ level, waiver }) => level !== 'MAY' && waiver === undefined)) return 'fail';
  const declared = new Set(
    themes
      .flatMap((theme) => theme.rules)
      .flatMap(({ id, needs }) => (needs && offers[needs] !== undefined && offers[needs] !== false ? [id] : [])),
  );
  const isUndecided = rules.some(
    ({ id, level, verdict }) => level === 'MUST' && verdict === 'inconclusive' && declared.has(id),
  );
  return isUndecided ? 'inconclusive' : 'pass';
}

/** What became of each rule, by theme and all together: the numbers that every report of a verification begins with. */
import type {
  Level,
  RuleRecord,
  VerificationFinding,
  VerificationRecord,
} from '../../contracts/records/verification.ts';

/** A verdict, and of a `fail` what it is worth: all of it waived, or of a MAY and so only worth a note. */
export type Standing = 'broken' | 'noted' | 'waived' | 'kept' | 'inconclusive' | 'not applicable';

/** The worst first. */
export const standings = ['broken', 'noted', 'waived', 'kept', 'inconclusive', 'not applicable'] as const;

export interface JudgedRule {
  readonly rule: RuleRecord;
  readonly standing: Standing;
  readonly findings: readonly VerificationFinding[];
}

export interface JudgedTheme {
  readonly theme: string;
  readonly rules: readonly JudgedRule[];
}

/** The rules in the order of the catalogue, by theme. */
export function themesOf(record: VerificationRecord): JudgedTheme[] {
  const byId = new Map(record.findings.map((finding) => [finding.id, finding]));
  const judged = record.rules.map((rule): JudgedRule => {
    const findings = rule.findings.flatMap((id) => byId.get(id) ?? []);
    return { rule, findings, standing: standingOf(rule, findings) };
  });
  return [...Map.groupBy(judged, ({ rule }) => rule.theme)].map(([theme, rules]) => ({ theme, rules }));
}

export function judgedRules(record: VerificationRecord): JudgedRule[] {
  return themesOf(record).flatMap(({ rules }) => rules);
}

function standingOf({ verdict, level }: RuleRecord, findings: readonly VerificationFinding[]): Standing {
  if (verdict === 'pass') return 'kept';
  if (verdict !== 'fail') return verdict;
  if (findings.length > 0 && findings.every(({ waiver }) => waiver !== undefined)) return 'waived';
  return level === 'MAY' ? 'noted' : 'broken';
}

export function countOf(rules: readonly JudgedRule[], wanted: Standing, level?: Level): number {
  return rules.filter(({ rule, standing }) => standing === wanted && (level ?? rule.level) === rule.level).length;
}

/** `4 of 18 rules are broken: 3 MUST, 1 SHOULD`, of those that could be judged. */
export function headline(record: VerificationRecord): string {
  const rules = judgedRules(record);
  const broken = countOf(rules, 'broken');
  const judged = rules.length - countOf(rules, 'not applicable') - countOf(rules, 'inconclusive');
  if (broken === 0) return `None of ${judged} judged rules is broken`;
  const levels = (['MUST', 'SHOULD'] as const)
    .map((level) => [countOf(rules, 'broken', level), level] as const)
    .filter(([count]) => count > 0);
  return `${broken} of ${judged} judged rules ${broken === 1 ? 'is' : 'are'} broken: ${levels.map((each) => each.join(' ')).join(', ')}`;
}

/** `12 kept, 1 waived`: whatever there is besides the broken ones. */
export function restText(record: VerificationRecord): string {
  const rules = judgedRules(record);
  return (['kept', 'waived', 'noted', 'inconclusive', 'not applicable'] as const)
    .map((standing) => [countOf(rules, standing), standing] as const)
    .filter(([count]) => count > 0)
    .map((each) => each.join(' '))
    .join(', ');
}

/** The rules of one standing by the reason that they give, the reason of most rules first. */
export function reasonsOf(record: VerificationRecord, wanted: Standing): { reason: string; rules: string[] }[] {
  const some = judgedRules(record).filter(({ standing }) => standing === wanted);
  return [...Map.groupBy(some, ({ rule }) => rule.reason ?? 'no reason is given')]
    .map(([reason, rules]) => ({ reason, rules: rules.map(({ rule }) => rule.id) }))
    .toSorted((one, other) => other.rules.length - one.rules.length);
}

/** What was not tried, by the reason: `patch, cancel-twice: the budget of 20 orders is spent`. */
export function leftOutTexts(leftOut: readonly string[]): string[] {
  const parts = leftOut.map((text) => [text.replace(/: .*$/s, ''), text.replace(/^.*?: /s, '')] as const);
  return [...Map.groupBy(parts, ([, reason]) => reason)].map(
    ([reason, members]) => `${members.map(([name]) => name).join(', ')}: ${reason}`,
  );
}

/** `12 times, in 3 orders`. */
export function frequencyText({ count, orders }: VerificationFinding): string {
  const times = count === 1 ? 'once' : `${count} times`;
  return orders === 0 ? times : `${times}, in ${orders === 1 ? 'one order' : `${orders} orders`}`;
}

/** How long it took: `340 ms`, `12.3 s`, `2 min 5 s`, `1 h 2 min`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${Math.round(milliseconds / 100) / 10} s`;
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours === 0 ? `${minutes} min ${seconds % 60} s` : `${hours} h ${minutes} min`;
}

/** `43 orders, 612 requests, 1 min 12 s`. */
export function effortText({ used, startedAt, endedAt }: VerificationRecord): string {
  const took = durationText(Date.parse(endedAt) - Date.parse(startedAt));
  return `${used.orders} order${used.orders === 1 ? '' : 's'}, ${used.requests} request${used.requests === 1 ? '' : 's'}, ${took}`;
}

/** The place of a finding in the record, from 1 on: by it, one report can be read beside another. */
export function numberOf(record: VerificationRecord, id: string): number {
  return record.findings.findIndex((finding) => finding.id === id) + 1;
}

export function ruleOf(record: VerificationRecord, { rule }: VerificationFinding): RuleRecord | undefined {
  return record.rules.find(({ id }) => id === rule);
}

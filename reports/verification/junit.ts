/** A verification as JUnit XML, for CI systems: a suite for each theme, a case for each rule. */
import type { VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import { escaped } from '../markup.ts';
import { evidenceOf, since, told } from './evidence.ts';
import { countOf, frequencyText, type JudgedRule, type JudgedTheme, judgedRules, themesOf } from './standing.ts';

export function verificationJunit(record: VerificationRecord): string {
  const seconds = (Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="southbound verify ${escaped(record.target)}" ${counts(judgedRules(record))} time="${seconds}">
${themesOf(record)
  .map((theme) => suite(record, theme))
  .join('\n')}
</testsuites>
`;
}

/** An inconclusive rule has not passed, and a CI system that calls it failed would cry wolf. */
function counts(rules: readonly JudgedRule[]): string {
  const skipped = countOf(rules, 'waived') + countOf(rules, 'inconclusive') + countOf(rules, 'not applicable');
  return `tests="${rules.length}" failures="${countOf(rules, 'broken')}" errors="0" skipped="${skipped}"`;
}

function suite(record: VerificationRecord, { theme, rules }: JudgedTheme): string {
  const properties = [
    ['verdict', record.verdict],
    ['target', record.target],
    ['seed', record.seed],
    ['version', record.version],
  ].map(([name, value = '']) => `<property name="${name}" value="${escaped(value)}"/>`);
  return `  <testsuite name="${escaped(theme)}" ${counts(rules)} timestamp="${escaped(record.startedAt)}">
    <properties>${properties.join('')}</properties>
${rules.map((each) => testCase(record, each)).join('\n')}
  </testsuite>`;
}

function testCase(record: VerificationRecord, judged: JudgedRule): string {
  const { rule, standing, findings } = judged;
  const about = [
    ['level', rule.level],
    ['law', rule.title],
    ['clause', rule.clause],
    ['kept', String(rule.kept)],
  ].map(([name, value = '']) => `<property name="${name}" value="${escaped(value)}"/>`);
  const notes = findings.filter(
    ({ waiver }) => standing === 'noted' || (standing === 'broken' && waiver !== undefined),
  );
  const lines = [
    `    <testcase name="${escaped(rule.id)}" classname="verify.${escaped(rule.theme)}">`,
    `      <properties>${about.join('')}</properties>`,
    ...result(record, judged),
    ...(notes.length === 0
      ? []
      : [`      <system-out>${escaped(findingsText(record, notes, rule.remedy))}</system-out>`]),
    '    </testcase>',
  ];
  return lines.join('\n');
}

/** One element at most, since many a reader of this format looks at the first alone. */
function result(record: VerificationRecord, { rule, standing, findings }: JudgedRule): string[] {
  if (standing === 'inconclusive' || standing === 'not applicable')
    return [`      <skipped message="${escaped(`${standing}: ${rule.reason ?? 'no reason is given'}`)}"/>`];
  if (standing === 'waived') {
    const reasons = findings.flatMap(({ waiver }) =>
      waiver === undefined ? [] : [`${waiver.reason} (until ${waiver.until})`],
    );
    return [`      <skipped message="${escaped(`waived: ${[...new Set(reasons)].join('; ')}`)}"/>`];
  }
  if (standing !== 'broken') return [];
  const open = findings.filter(({ waiver }) => waiver === undefined);
  const message = `${open[0]?.message ?? rule.title}${open.length > 1 ? ` (and ${open.length - 1} more)` : ''}`;
  return [
    `      <failure type="${rule.level}" message="${escaped(message)}">${escaped(findingsText(record, open, rule.remedy))}</failure>`,
  ];
}

function findingsText(record: VerificationRecord, findings: readonly VerificationFinding[], remedy: string): string {
  return findings.map((finding) => findingLines(record, finding, remedy).join('\n')).join('\n\n');
}

function findingLines(record: VerificationRecord, finding: VerificationFinding, remedy: string): string[] {
  const evidence = evidenceOf(record, finding).map((exchange) => {
    const { asked, answered } = told(exchange, record.trace);
    return `  ${exchange.id} ${since(record.startedAt, exchange.sentAt)} ${exchange.from} -> ${exchange.to} ${asked}: ${answered}`;
  });
  return [
    `${finding.message} [${finding.id}]`,
    `Where: ${finding.path} (${finding.valueClass}), ${frequencyText(finding)}`,
    `What to do: ${remedy}`,
    ...(finding.explainedBy === undefined ? [] : [`Likely cause: ${finding.explainedBy}`]),
    ...(finding.waiver === undefined ? [] : [`Waived until ${finding.waiver.until}: ${finding.waiver.reason}`]),
    ...(evidence.length === 0 ? [] : ['What shows it:', ...evidence]),
    ...finding.curl,
  ];
}

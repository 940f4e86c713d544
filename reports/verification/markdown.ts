/** A verification as Markdown, for a pull request or a ticket to the vendor: the verdict, each finding, all rules. */
import type { TracedExchange } from '../../contracts/records/trace.ts';
import type { VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import { harmless } from './columns.ts';
import { evidenceOf, since, told } from './evidence.ts';
import { jsonLines } from './json-lines.ts';
import {
  effortText,
  frequencyText,
  headline,
  judgedRules,
  leftOutTexts,
  numberOf,
  restText,
  ruleOf,
} from './standing.ts';

/** A ticket with more of a body is not read. */
const mostCharacters = 3000;

export function verificationMarkdown(record: VerificationRecord): string {
  const { verdict, target, seed, version, startedAt, findings } = record;
  return [
    `# ${verdict.toUpperCase()}: ${headline(record)}`,
    '',
    `TMF641 Service Ordering at ${code(target)}: ${restText(record)}.`,
    `Southbound ${words(version)}, seed ${code(seed)}, ${words(startedAt)}, ${effortText(record)}.`,
    '',
    ...leftOutTexts(record.leftOut).flatMap((text) => [`Not tried: ${words(text)}.`, '']),
    ...(findings.length === 0 ? [] : findingTable(record)),
    ...findings.flatMap((finding) => findingSection(record, finding)),
    ...ruleTable(record),
    ...offerTable(record),
  ].join('\n');
}

function findingTable(record: VerificationRecord): string[] {
  return [
    '## Findings',
    '',
    '| # | Level | Rule | What is wrong | How often |',
    '|---|---|---|---|---|',
    ...record.findings.map((finding) => {
      const level = finding.waiver === undefined ? finding.level : `${finding.level}, waived`;
      return `| ${numberOf(record, finding.id)} | ${level} | ${codeCell(finding.rule)} | ${words(finding.message)} | ${frequencyText(finding)} |`;
    }),
    '',
  ];
}

function findingSection(record: VerificationRecord, finding: VerificationFinding): string[] {
  const rule = ruleOf(record, finding);
  const { waiver, explainedBy } = finding;
  return [
    `### ${numberOf(record, finding.id)}. ${words(finding.message)}`,
    '',
    `- **${finding.level}** ${code(finding.rule)}: ${words(rule?.title ?? '')}`,
    `- Where: ${code(finding.path)}, ${words(finding.valueClass)}; ${frequencyText(finding)}`,
    `- What to do: ${words(rule?.remedy ?? '')}`,
    `- Clause: ${words(rule?.clause ?? '')}`,
    ...(explainedBy === undefined
      ? []
      : [`- Likely cause: finding ${numberOf(record, explainedBy)}, ${code(explainedBy)}`]),
    ...(waiver === undefined ? [] : [`- Waived until ${words(waiver.until)}: ${words(waiver.reason)}`]),
    `- Id: ${code(finding.id)}`,
    '',
    ...evidence(record, finding),
    ...(finding.curl.length === 0 ? [] : fenced('sh', finding.curl.join('\n'))),
  ];
}

function evidence(record: VerificationRecord, finding: VerificationFinding): string[] {
  return evidenceOf(record, finding).flatMap((exchange) => {
    const { asked, answered } = told(exchange, record.trace);
    const title = `${exchange.id}, ${since(record.startedAt, exchange.sentAt)}, ${exchange.from} → ${exchange.to}`;
    return [`${words(title)}: ${code(asked)} → ${code(answered)}`, '', ...fenced('http', wholeText(exchange))];
  });
}

function wholeText({ request, outcome }: TracedExchange): string {
  const answer =
    'status' in outcome
      ? [`HTTP ${outcome.status}`, ...said(outcome.headers, outcome.body?.text)]
      : [`(${outcome.kind})`];
  return [`${request.method} ${request.path}`, ...said(request.headers, request.body?.text), '', ...answer].join('\n');
}

function said(headers: { readonly [name: string]: string }, body: string | undefined): string[] {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return body === undefined ? lines : [...lines, '', shownBody(body)];
}

function shownBody(text: string): string {
  if (text.length > mostCharacters)
    return `${text.slice(0, mostCharacters)}… and ${text.length - mostCharacters} characters more`;
  return (
    jsonLines(text)
      ?.map((line) => line.text)
      .join('\n') ?? text
  );
}

function ruleTable(record: VerificationRecord): string[] {
  return [
    '## Rules',
    '',
    '| Theme | Rule | Level | Standing | Seen kept | Why |',
    '|---|---|---|---|---|---|',
    ...judgedRules(record).map(({ rule, standing, findings }) => {
      const numbers = findings.map(({ id }) => `finding ${numberOf(record, id)}`).join(', ');
      const name = standing === 'broken' ? `**${standing}**` : standing;
      return `| ${words(rule.theme)} | ${codeCell(rule.id)} | ${rule.level} | ${name} | ${rule.kept} | ${words(rule.reason ?? numbers)} |`;
    }),
    '',
  ];
}

function offerTable(record: VerificationRecord): string[] {
  return [
    '## What the vendor offers',
    '',
    '| Capability | Offered | Known | Because |',
    '|---|---|---|---|',
    ...record.offers.map(
      ({ capability, offered, known, because }) =>
        `| ${words(capability)} | ${offered} | ${known} | ${words(because)} |`,
    ),
    '',
  ];
}

/** Text in which nothing means anything to Markdown or HTML, on one line. */
function words(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]#|~>]/g, (character) => `\\${character}`);
}

/** A code span in a table, of which a bar would end the cell even within code. */
function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

function code(text: string): string {
  const line = harmless(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const edge = '`'.repeat(longest + 1);
  return longest > 0 ? `${edge} ${line} ${edge}` : `${edge}${line}${edge}`;
}

/** A fence that is longer than any in the text, so that nothing in it ends it. */
function fenced(language: string, text: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text.split('\n').map(withoutControls), fence, ''];
}

/** What would turn a line around or vanish; the record has the text as it came. */
function withoutControls(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?');
}

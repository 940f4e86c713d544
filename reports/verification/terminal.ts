/** A verification in lines for a terminal: the verdict, each theme, each finding, and what was not judged and why. */
import type { VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import type { StoryLine } from '../story.ts';
import { columnsOf, fitted, padded, wrapped } from './columns.ts';
import { evidenceOf, since, told } from './evidence.ts';
import { shellLines } from './shell-lines.ts';
import {
  countOf,
  effortText,
  frequencyText,
  headline,
  leftOutTexts,
  numberOf,
  reasonsOf,
  restText,
  ruleOf,
  standings,
  themesOf,
} from './standing.ts';

export type SummaryLine = Pick<StoryLine, 'tone' | 'text'>;

const width = 100;

/** More of a command is not typed off a terminal; it is whole in the other reports. */
const mostCommandLines = 12;

/** No line is longer than 100 columns. */
export function summary(record: VerificationRecord): SummaryLine[] {
  return [
    ...verdictLines(record),
    blank,
    ...themeLines(record),
    ...record.findings.flatMap((finding) => [blank, ...findingLines(record, finding)]),
    ...inconclusiveLines(record),
    ...leftOutLines(record),
    ...notApplicableLines(record),
    ...offerLines(record),
  ];
}

const blank: SummaryLine = { tone: 'plain', text: '' };

function verdictLines(record: VerificationRecord): SummaryLine[] {
  const { verdict, target, seed, version } = record;
  const tone = ({ pass: 'good', fail: 'bad', inconclusive: 'plain' } as const)[verdict];
  return [
    ...wrapped(`${verdict.toUpperCase()}: ${headline(record)}`, width).map((text) => ({ tone, text })),
    ...plain(wrapped(`${restText(record)}`, width)),
    ...plain(wrapped(`${target}, seed ${seed}, ${effortText(record)}, Southbound ${version}`, width)),
  ];
}

/** A table with a row for each theme; a dash where there is nothing to count. */
function themeLines(record: VerificationRecord): SummaryLine[] {
  const themes = themesOf(record);
  const first = Math.min(30, Math.max(5, ...themes.map(({ theme }) => columnsOf(theme))));
  const row = (name: string, cells: readonly string[]) =>
    `${padded(fitted(name, first), first)}  ${cells.map((cell, index) => cell.padStart((standings[index] ?? '').length)).join('  ')}`;
  return [
    { tone: 'plain', text: row('Theme', standings) },
    ...themes.map(({ theme, rules }): SummaryLine => {
      const counts = standings.map((standing) => countOf(rules, standing));
      const [broken] = counts;
      const tone = broken !== 0 ? 'bad' : countOf(rules, 'kept') === rules.length ? 'good' : 'plain';
      return {
        tone,
        text: row(
          theme,
          counts.map((count) => (count === 0 ? '-' : String(count))),
        ),
      };
    }),
  ];
}

function findingLines(record: VerificationRecord, finding: VerificationFinding): SummaryLine[] {
  const rule = ruleOf(record, finding);
  const { level, waiver, explainedBy } = finding;
  const tone: SummaryLine['tone'] = level === 'MAY' || waiver !== undefined ? 'plain' : 'bad';
  const title = `${numberOf(record, finding.id)}. ${level} ${finding.rule}${waiver === undefined ? '' : ' (waived)'}`;
  return [
    { tone, text: fitted(title, width) },
    ...indented(finding.message).map((text) => ({ tone, text })),
    ...fact('Where', `${finding.path} (${finding.valueClass})`),
    ...fact('How often', frequencyText(finding)),
    ...evidenceLines(record, finding),
    ...fact('What to do', rule?.remedy ?? ''),
    ...fact('Clause', rule?.clause ?? ''),
    ...(explainedBy === undefined
      ? []
      : fact('Likely cause', `finding ${numberOf(record, explainedBy)}, ${explainedBy}`)),
    ...(waiver === undefined ? [] : fact('Waived', `until ${waiver.until}: ${waiver.reason}`)),
    ...fact('Id', finding.id),
    ...commandLines(finding),
  ];
}

function evidenceLines(record: VerificationRecord, finding: VerificationFinding): SummaryLine[] {
  const lines = evidenceOf(record, finding).map((exchange) => {
    const { asked, answered } = told(exchange, record.trace);
    const way = exchange.from === 'vendor' ? 'vendor says ' : '';
    return fitted(
      `${exchange.id} ${since(record.startedAt, exchange.sentAt)} ${way}${asked}: ${answered}`,
      width - nameWidth,
    );
  });
  return lines.map((line, index) => named(index === 0 ? 'Seen in' : '', line));
}

function commandLines({ curl }: VerificationFinding): SummaryLine[] {
  const [first] = curl;
  if (first === undefined) return [];
  const lines = shellLines(first, width);
  if (lines.length > mostCommandLines)
    return [named('Try', `curl, with ${first.length} characters: see another report`)];
  const more = curl.length === 1 ? [] : [named('', `and ${curl.length - 1} more in the other reports`)];
  return [named('Try', ''), ...plain(lines), ...more];
}

function inconclusiveLines(record: VerificationRecord): SummaryLine[] {
  const reasons = reasonsOf(record, 'inconclusive');
  if (reasons.length === 0) return [];
  return [
    blank,
    { tone: 'plain', text: 'Inconclusive, because' },
    ...reasons.flatMap(({ reason, rules }) => [
      ...plain(indented(`${reason.replace(/\.$/, '')}:`)),
      ...plain(indented(rules.join(', '), 4)),
    ]),
  ];
}

function leftOutLines({ leftOut }: VerificationRecord): SummaryLine[] {
  if (leftOut.length === 0) return [];
  return [blank, ...plain(wrapped(`Not tried (${leftOut.length}): ${leftOutTexts(leftOut).join('; ')}`, width))];
}

function notApplicableLines(record: VerificationRecord): SummaryLine[] {
  const rules = reasonsOf(record, 'not applicable').flatMap((reason) => reason.rules);
  return rules.length === 0
    ? []
    : [blank, ...plain(wrapped(`Not applicable (${rules.length}): ${rules.join(', ')}`, width))];
}

function offerLines({ offers }: VerificationRecord): SummaryLine[] {
  if (offers.length === 0) return [];
  const words = { yes: 'yes', no: 'no', unknown: 'unknown' } as const;
  return [
    blank,
    { tone: 'plain', text: 'What the vendor offers' },
    ...offers.flatMap(({ capability, offered, known, because }) =>
      fact(capability, `${words[offered].padEnd(8)}${known.padEnd(9)}${because}`),
    ),
  ];
}

const nameWidth = 15;

/** `  Where        GET /serviceOrder ...`, and what does not fit below it. */
function fact(name: string, text: string): SummaryLine[] {
  return wrapped(text, width - nameWidth).map((line, index) => named(index === 0 ? name : '', line));
}

function named(name: string, text: string): SummaryLine {
  return { tone: 'plain', text: `  ${padded(fitted(name, nameWidth - 3), nameWidth - 3)} ${text}`.trimEnd() };
}

function indented(text: string, by = 2): string[] {
  return wrapped(text, width - by).map((line) => `${' '.repeat(by)}${line}`);
}

function plain(texts: readonly string[]): SummaryLine[] {
  return texts.map((text) => ({ tone: 'plain', text }));
}

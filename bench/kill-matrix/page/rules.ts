/** The matrix itself, a section for each rule: the twins that break it, and what is found of each. */
import type { Rule } from '../../../contracts/rules/rule.ts';
import { faultyOnes, isolatedBy, standingOf } from '../gate.ts';
import type { Outcome } from '../results.ts';
import { code, table } from './markdown.ts';
import { type FullResult, type Matrix, prismOn } from './matrix.ts';

/** More of what was found besides only makes the table wider. */
const mostBesides = 3;

export function ruleByRule(matrix: Matrix): string {
  const isolated = isolatedBy(matrix.results);
  const columns =
    'In the tables: what the twin does wrong, where the first finding is and what is there, other rules that found something';
  const sections = matrix.themes.map(({ name, rules }) =>
    [
      `### ${capitalised(name)}`,
      ...rules.map((rule) => section(matrix, rule, isolated.get(rule.id)?.length ?? 0)),
    ].join('\n\n'),
  );
  return [
    `${columns}\n(in brackets: taken for consequences), how it fares without a statement (*same*, *otherwise*: another rule comes first, *missed*), and\nwhether Prism finds it.`,
    ...sections,
  ].join('\n\n');
}

function section(matrix: Matrix, { id, level, title }: Rule, isolating: number): string {
  const members = faultyOnes(matrix.results).filter(({ twin }) => twin.breaks === id);
  const heading = `#### ${code(id)} (${level})\n\n${title}`;
  if (members.length === 0) return `${heading} No twin breaks it${level === 'MAY' ? ': it is no fault' : ''}.`;
  const rows = members.map((result) => [
    code(result.twin.name),
    result.twin.deviation,
    firstOf(id, result.withStatement),
    besides(result.withStatement),
    fares(result),
    prismOn(matrix, result) === 'no' ? '' : prismOn(matrix, result),
  ]);
  const columns = ['twin', 'what it does wrong', 'first finding', 'besides', 'without', 'Prism'];
  return `${heading} First finding of ${isolating} of ${members.length} twins.\n\n${table(columns, rows)}`;
}

/** The rule is named where it is another one. */
function firstOf(rule: string, { findings: [first] }: Outcome): string {
  if (first === undefined) return '**nothing**';
  const where = `${first.path}: ${first.valueClass}`;
  return first.rule === rule ? where : `**${code(first.rule)}** ${where}`;
}

function besides({ findings: [first, ...others] }: Outcome): string {
  const rules = new Map<string, boolean>();
  for (const { rule, isConsequence } of others) rules.set(rule, (rules.get(rule) ?? true) && isConsequence);
  if (first !== undefined) rules.delete(first.rule);
  const shown = [...rules]
    .slice(0, mostBesides)
    .map(([rule, isConsequence]) => (isConsequence ? `(${code(rule)})` : code(rule)));
  return [...shown, ...(rules.size > mostBesides ? [`and ${rules.size - mostBesides} more`] : [])].join(', ');
}

function fares(result: FullResult): string {
  return { first: 'same', otherwise: 'otherwise', missed: 'missed' }[standingOf(result, result.bare)];
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The tables of twins on the page: those that were not found as they should be, and those with which nothing is wrong. */
import { faultyOnes, soundOnes, standingOf } from '../gate.ts';
import { decidedMisses } from '../reasons.ts';
import type { FoundThing, Outcome } from '../results.ts';
import { code, table } from './markdown.ts';
import { type Matrix, prismOn } from './matrix.ts';

export function notFirst(matrix: Matrix): string {
  const faulty = faultyOnes(matrix.results);
  const rows = faulty
    .filter((result) => standingOf(result, result.withStatement) !== 'first')
    .map(({ twin, withStatement }) => [
      code(twin.name),
      twin.deviation,
      code(twin.breaks ?? ''),
      firstOf(withStatement),
      decidedMisses[twin.name] ?? whyNot(twin.breaks, withStatement),
    ]);
  if (rows.length === 0) return 'None.';
  const columns = ['twin', 'what it does wrong', 'the rule', 'first finding', 'why not the rule'];
  return `${table(columns, rows)}`;
}

export function withoutStatement(matrix: Matrix): string {
  const lost = faultyOnes(matrix.results)
    .filter((result) => standingOf(result, result.withStatement) === 'first')
    .map((result) => ({ result, standing: standingOf(result, result.bare) }))
    .filter(({ standing }) => standing !== 'first');
  const rows = lost.map(({ result: { twin, bare } }) => [
    code(twin.name),
    code(twin.breaks ?? ''),
    firstOf(bare),
    whyNot(twin.breaks, bare),
  ]);
  return `A vendor who declares nothing is held to less: what it refuses counts as not offered, it can take its time, and nobody knows what to
order so that something is held, fails or cannot be cancelled. These are found with the right rule first only with a statement.

${table(['twin', 'the rule', 'first finding without', 'why not the rule'], rows)}`;
}

export function soundTable(matrix: Matrix): string {
  const sound = soundOnes(matrix.results);
  const rows = sound.map((result) => [
    code(result.twin.name),
    result.twin.deviation,
    allOf(result.withStatement),
    allOf(result.bare),
    prismOn(matrix, result) === 'found' ? 'complains' : '',
  ]);
  return `An empty cell is silence, which is right here. What is said without a statement is what the vendor has to explain then.

${table(['twin', 'what is unusual', 'held against it', 'without a statement', 'Prism'], rows)}`;
}

/** As far as it can be told: what the verdict of the rule was. */
function whyNot(rule: string | undefined, { rules, findings }: Outcome): string {
  const record = rule === undefined ? undefined : rules[rule];
  if (record === undefined) return 'there is no such rule';
  if (record.verdict === 'fail') {
    const own = findings.find((finding) => finding.rule === rule);
    return own?.isConsequence === true ? 'found, and taken for a consequence' : 'found, and comes later';
  }
  if (record.verdict === 'pass') return 'passed: nothing that was asked shows it';
  return `${record.verdict}: ${record.reason ?? 'no reason given'}`;
}

function firstOf({ findings }: Outcome): string {
  const [first] = findings;
  return first === undefined ? 'nothing' : said(first);
}

function allOf({ findings }: Outcome): string {
  const rules = new Map(findings.map(({ rule, level }) => [rule, level]));
  return [...rules].map(([rule, level]) => `${level} ${code(rule)}`).join(', ');
}

function said({ rule, path, valueClass }: FoundThing): string {
  return `${code(rule)}: ${path}, ${valueClass}`;
}

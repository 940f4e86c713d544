/** What the matrix has to show, or the command fails. */
import type { Rule } from '../../contracts/rules/rule.ts';
import type { Outcome, TwinResult } from './results.ts';

/** How a faulty twin fares: its own rule comes first, it fails for another reason, or it is taken for sound. */
export type Standing = 'first' | 'otherwise' | 'missed';

export interface Condition {
  readonly what: string;
  readonly is: string;
  readonly holds: boolean;
  /** What it fails for. */
  readonly failing: readonly string[];
}

const leastFoundPercent = 95;
const leastFaulty = 80;
const leastLegal = 15;
const leastIsolating = 2;

export function standingOf({ twin }: TwinResult, outcome: Outcome): Standing {
  if (outcome.findings[0]?.rule === twin.breaks) return 'first';
  return outcome.findings.some(({ level }) => level !== 'MAY') ? 'otherwise' : 'missed';
}

export function faultyOnes<R extends TwinResult>(results: readonly R[]): R[] {
  return results.filter(({ twin }) => twin.kind === 'faulty');
}

/** The conformant one among them. */
export function soundOnes<R extends TwinResult>(results: readonly R[]): R[] {
  return results.filter(({ twin }) => twin.kind !== 'faulty');
}

/** By rule: the twins that break it and that it is the first finding of. */
export function isolatedBy(results: readonly TwinResult[]): ReadonlyMap<string, readonly string[]> {
  const first = faultyOnes(results).filter((result) => standingOf(result, result.withStatement) === 'first');
  const byRule = Map.groupBy(first, ({ twin }) => twin.breaks ?? '');
  return new Map([...byRule].map(([rule, members]) => [rule, members.map(({ twin }) => twin.name)]));
}

export function conditionsOf(results: readonly TwinResult[], rules: readonly Rule[]): Condition[] {
  const faulty = faultyOnes(results);
  const sound = soundOnes(results);
  const others = faulty.filter((result) => standingOf(result, result.withStatement) !== 'first');
  const percent = (100 * (faulty.length - others.length)) / faulty.length;
  const accused = sound.filter(({ withStatement }) => withStatement.findings.some(({ level }) => level === 'MUST'));
  const legal = sound.filter(({ twin }) => twin.kind === 'legal');
  const isolated = isolatedBy(results);
  const lonely = rules.filter(({ id, level }) => level !== 'MAY' && (isolated.get(id)?.length ?? 0) < leastIsolating);
  return [
    {
      what: `at least ${leastFoundPercent} % of the faulty twins are found, with the rule that they break as the first finding`,
      is: `${percent.toFixed(1)} %`,
      holds: percent >= leastFoundPercent,
      failing: others.map(({ twin }) => twin.name),
    },
    {
      what: 'no MUST is held against a conformant or legal twin',
      is: `${accused.length} accused`,
      holds: accused.length === 0,
      failing: accused.map(({ twin }) => twin.name),
    },
    {
      what: `at least ${leastFaulty} faulty and ${leastLegal} legal twins`,
      is: `${faulty.length} and ${legal.length}`,
      holds: faulty.length >= leastFaulty && legal.length >= leastLegal,
      failing: [],
    },
    {
      what: `every MUST and SHOULD rule is the first finding of at least ${leastIsolating} twins that break it`,
      is: `${lonely.length} rules are not`,
      holds: lonely.length === 0,
      failing: lonely.map(({ id }) => id),
    },
  ];
}

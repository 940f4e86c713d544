/** What the page is made of: the results, the rules that gave them, and what Prism makes of the same messages. */
import type { Rule, Theme } from '../../../contracts/rules/rule.ts';
import type { PrismColumn } from '../published.ts';
import type { Outcome, TwinResult } from '../results.ts';

export interface Matrix {
  readonly results: readonly FullResult[];
  readonly themes: readonly Theme[];
  readonly prism: PrismColumn;
}

export interface FullResult extends TwinResult {
  readonly bare: Outcome;
}

export function rulesOf({ themes }: Matrix): Rule[] {
  return themes.flatMap(({ rules }) => rules);
}

/** Whether Prism finds it; nothing is known of a twin that came after Prism was asked. */
export function prismOn({ prism }: Matrix, { twin }: TwinResult): 'found' | 'no' | '?' {
  if (prism.found.includes(twin.name)) return 'found';
  return prism.passed.includes(twin.name) ? 'no' : '?';
}

export function countPrism(matrix: Matrix, results: readonly TwinResult[]): number {
  return results.filter((result) => prismOn(matrix, result) === 'found').length;
}

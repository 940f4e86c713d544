/** How results rise: from service orders to lines, and from lines to the order. Pure, total, and tested for every mix. */
import type { QualificationResult } from '../../model/qualification/result.ts';
import type { Draft } from '../draft.ts';
import { hierarchyOf, topLines } from './hierarchy.ts';

/**
 * Of several results one. Nothing at all is `none`: nothing was evaluated.
 * @param unknownOutweighs an answer that is not known hides that another is unqualified, since it may be worse.
 */
export function rolledUpResult(results: readonly QualificationResult[], unknownOutweighs = true): QualificationResult {
  const [worse, lesser] = unknownOutweighs ? (['none', 'unqualified'] as const) : (['unqualified', 'none'] as const);
  const precedence = ['pending', worse, lesser, 'alternate', 'qualified'] as const;
  return precedence.find((result) => results.includes(result)) ?? 'none';
}

/** Brings the results of lines and order in line with those of the service orders. */
export function rollUpResults(draft: Draft): void {
  const { unknownOutweighsUnqualified } = draft.facts.policies.qualification;
  const resultOf = (results: readonly QualificationResult[]) => rolledUpResult(results, unknownOutweighsUnqualified);
  for (const line of draft.lines.all) {
    const below = hierarchyOf(draft, line.id);
    if (below.length === 0) continue;
    const result = resultOf(below.map(({ qualification }) => qualification?.result ?? 'none'));
    if (result === (line.qualificationResult ?? 'none')) continue;
    draft.lines.put({ ...line, qualificationResult: result });
    const known = line.qualificationResult === undefined ? {} : { from: line.qualificationResult };
    draft.told({ thing: 'qualification', id: line.id, number: line.number, event: 'result', ...known, to: result });
  }
  const asked = topLines(draft).filter(({ id }) => hierarchyOf(draft, id).length > 0);
  const { id, number, qualificationResult: before = 'none' } = draft.header;
  const result = resultOf(asked.map(({ qualificationResult }) => qualificationResult ?? 'none'));
  if (result === before) return;
  draft.setHeader({ qualificationResult: result });
  draft.told({ thing: 'qualification', id, number, event: 'result', from: before, to: result });
  draft.effect({ type: 'NotifyQualification', from: before, to: result });
}

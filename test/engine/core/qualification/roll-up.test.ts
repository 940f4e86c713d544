/** The roll-up of results, for every mix of up to four. */
import { describe, expect, it } from 'vitest';
import { rolledUpResult } from '../../../../engine/core/qualification/roll-up.ts';
import { type QualificationResult, qualificationResults } from '../../../../engine/model/qualification/result.ts';

/** Every list of that length: order and repetition included. */
function listsOf(length: number): QualificationResult[][] {
  if (length === 0) return [[]];
  return listsOf(length - 1).flatMap((list) => qualificationResults.map((result) => [...list, result]));
}

const lists = [0, 1, 2, 3, 4].flatMap(listsOf);
const all = (list: readonly string[], result: string) => list.length > 0 && list.every((each) => each === result);

describe('the roll-up of results', () => {
  it('is tried on all 781 lists of up to four results', () => {
    expect(lists).toHaveLength(1 + 5 + 25 + 125 + 625);
  });

  it('is what is documented: all of a kind, at least one alternate and none unqualified, at least one unqualified', () => {
    for (const list of lists) {
      const rolled = rolledUpResult(list);
      const isKnown = list.length > 0 && !list.includes('pending') && !list.includes('none');
      for (const result of qualificationResults) if (all(list, result)) expect(rolled, `${list}`).toBe(result);
      if (isKnown && list.includes('unqualified')) expect(rolled, `${list}`).toBe('unqualified');
      else if (isKnown && list.includes('alternate')) expect(rolled, `${list}`).toBe('alternate');
      else if (isKnown) expect(rolled, `${list}`).toBe('qualified');
    }
  });

  it('is pending while anything is, and not known while nothing is pending and something is not known', () => {
    for (const list of lists) {
      expect(rolledUpResult(list) === 'pending', `${list}`).toBe(list.includes('pending'));
      const unknown = list.length === 0 || (list.includes('none') && !list.includes('pending'));
      expect(rolledUpResult(list) === 'none', `${list}`).toBe(unknown);
    }
  });

  it('depends neither on order nor on repetition, and may be taken in parts', () => {
    for (const list of lists) {
      const rolled = rolledUpResult(list);
      expect(rolledUpResult(list.toReversed()), `${list}`).toBe(rolled);
      expect(rolledUpResult(list.toSorted()), `${list}`).toBe(rolled);
      expect(rolledUpResult([...list, ...list]), `${list}`).toBe(rolled);
      if (list.length < 2) continue;
      const parts = [list.slice(0, 1), list.slice(1)].map((part) => rolledUpResult(part));
      expect(rolledUpResult(parts), `${list}`).toBe(rolled);
    }
  });

  it('lets unqualified outweigh what is not known where the policy says so, and nothing else changes', () => {
    for (const list of lists) {
      const both = list.includes('none') && list.includes('unqualified') && !list.includes('pending');
      expect(rolledUpResult(list, false), `${list}`).toBe(both ? 'unqualified' : rolledUpResult(list));
    }
  });
});

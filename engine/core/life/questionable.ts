/** What is approved although its specification does not know it, or is not: of an order, and of what a revision makes of it. */
import type { OrderLine } from '../../model/order.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { characteristicWarnings } from '../capture.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';

/** Values that no specification knows go through with a note, or stop the approval, as the policies say. @param of those that it is about. */
export function questionable(draft: Draft, of: readonly OrderLine[]): Refusal | undefined {
  const { number: order } = draft.header;
  const lines = of.filter((line) => {
    const specification = specificationOf(draft.facts.catalogue, line.specification);
    return characteristicWarnings(line, specification).length > 0;
  });
  if (draft.facts.policies.invalidCharacteristics === 'refuse' && lines.length > 0) {
    return refusal('characteristicsInvalid', { order, lines: lines.map(({ number }) => number).join(', ') });
  }
  for (const { id, number } of lines) draft.note(`Approved, though characteristics of ${number} are invalid`, id);
  return undefined;
}

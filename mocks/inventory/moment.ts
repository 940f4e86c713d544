/** When something is, in a file: an instant, or a duration from some other instant on. */
import { durationMsOfText, instantOfText, isDuration } from '../../contracts/schemas/text.ts';

/** An instant of its own, or so much later than something else; in milliseconds. */
export type Moment = { readonly at: number } | { readonly afterMs: number };

/** @param text an instant or a duration, as its schema has checked. */
export function momentOf(text: string): Moment {
  return isDuration(text) ? { afterMs: durationMsOfText(text) } : { at: instantOfText(text) ?? 0 };
}

export function instantOf(moment: Moment, since: number): number {
  return 'at' in moment ? moment.at : since + moment.afterMs;
}

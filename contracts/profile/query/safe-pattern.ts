/** Regular expressions that come from outside: only those whose search ends soon, whatever they are held against. */

/**
 * An expression is tried in every way there is before it fails, so each quantifier multiplies the work by the length of the
 * text, and each alternative by two. With these limits the worst takes a fraction of a second; with larger ones a single
 * subscription could bring everything to a halt, and with smaller ones `^a.*b.*c$` could not be said.
 */
const limits = { length: 100, quantifiers: 3, alternatives: 10, text: 200 } as const;

export interface SafePattern {
  /** Whether the expression is found anywhere in the first characters of the text, 200 of them. */
  isIn(text: string): boolean;
}

/** What is allowed, for whoever is told that an expression is not. */
export const safePatterns = `a regular expression of at most ${limits.length} characters, with ${limits.quantifiers} quantifiers and ${limits.alternatives} alternatives at most, none of them after a group, and without references or look-around`;

/** @returns undefined for what is no regular expression, or one that might take too long. */
export function safePattern(source: string): SafePattern | undefined {
  if (source.length > limits.length) return undefined;
  // What is escaped, or stands in a class, is a character and no operator.
  const operators = source.replaceAll(/\\[^1-9k]|\[(?:\\.|[^\]])*\]/g, '.');
  if (/\\|\(\?|\)[*+?{]/.test(operators)) return undefined;
  if ((operators.match(/[*+?{]/g) ?? []).length > limits.quantifiers) return undefined;
  if ((operators.match(/\|/g) ?? []).length > limits.alternatives) return undefined;
  try {
    const pattern = new RegExp(source);
    return { isIn: (text) => pattern.test(text.slice(0, limits.text)) };
  } catch {
    return undefined;
  }
}

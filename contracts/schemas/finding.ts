/** What is wrong with a message, and where. */
export interface Finding {
  /** JSON pointer (RFC 6901) into the body; '' is the whole. For something missing: where it should be. */
  readonly pointer: string;
  /** The rule that is broken: a JSON Schema keyword, or the name of a profile requirement. */
  readonly rule: string;
  readonly expected: string;
  readonly got: string;
}

/** One line for people: `/state: expected one of "acknowledged", ..., got "Completed" (enum)`. */
export function findingText(finding: Finding): string {
  const { pointer, rule, expected, got } = finding;
  return `${pointer === '' ? '(whole body)' : pointer}: expected ${expected}, got ${got} (${rule})`;
}

/** Longer values are cut: a finding is read by people, and the evidence is beside it. */
const longestValue = 80;

/** A value as a finding shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text;
}

/** Appends a property name or an index to a JSON pointer. */
export function pointerTo(parent: string, child: string | number): string {
  return `${parent}/${String(child).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

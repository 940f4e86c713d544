/**
 * The overlay: what the published schemas leave open, and every point in which they are relaxed, as named data.
 *
 * Four profiles, each built on the one before:
 * - `official`: the schema as published.
 * - `official-lenient`: with its known defects patched, and with dates and URIs as tolerant as real systems need.
 * - `conformance`: with what must be there in answers and events, and with who owns which attribute.
 * - `vendor`: with one vendor's own overlay.
 *
 * `own` is for what this product sends itself: everything `conformance` requires, and nothing relaxed.
 */
import type { JsonSchema } from '../schemas/validator.ts';

export type ProfileName = 'official' | 'official-lenient' | 'conformance' | 'vendor' | 'own';

/** A change to the published schema that lets more pass. */
export interface Relaxation {
  readonly name: string;
  /** Why: which defect or habit it makes room for. */
  readonly because: string;
  readonly definition: string;
  /** A JSON merge patch (RFC 7396) for that definition. */
  readonly patch: JsonSchema;
}

/** A format that is read more generously than published. */
export interface FormatRelaxation {
  readonly name: string;
  readonly because: string;
  readonly format: string;
  readonly as: string;
}

/** A status that the published operations leave out and TMF630 or practice allows. */
export interface StatusRelaxation {
  readonly name: string;
  readonly because: string;
  /** `GET list` for collections, otherwise an operation id or `listener`. */
  readonly on: string;
  readonly statuses: readonly number[];
}

/** Something more that a message must satisfy. */
export interface Requirement {
  readonly name: string;
  readonly because: string;
  readonly definition: string;
  readonly schema: JsonSchema;
}

/** Which side gives an attribute its value. */
export interface Ownership {
  readonly owner: 'requester' | 'provider' | 'either';
  readonly attributes: readonly string[];
}

/** Legal moves of a resource or an item. */
export interface Transitions {
  readonly initial: readonly string[];
  readonly terminal: readonly string[];
  readonly moves: { readonly [from: string]: readonly string[] };
}

export interface Overlay {
  readonly api: string;
  readonly source: string;
  readonly ownership: { readonly [resource: string]: readonly Ownership[] };
  readonly transitions: { readonly [resource: string]: Transitions };
  /** Types that only the overlay knows, for its requirements to refer to. */
  readonly definitions: { readonly [name: string]: JsonSchema };
  readonly requirements: readonly Requirement[];
  readonly relaxations: readonly Relaxation[];
  readonly formats: readonly FormatRelaxation[];
  readonly statuses: readonly StatusRelaxation[];
}

/** True if the move is one the table draws. Staying where one is, is no move. */
export function isLegalMove(table: Transitions, from: string, to: string): boolean {
  return table.moves[from]?.includes(to) ?? false;
}

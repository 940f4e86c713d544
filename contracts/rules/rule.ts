/** What a trace rule is: a law of TMF641, and a pure check that goes through a trace and says what it saw of it. */
import type { Capability } from '../records/capabilities.ts';
import type { Level } from '../records/verification.ts';
import type { Seen } from './view/seen.ts';
import type { View } from './view/view.ts';

export interface Rule {
  /** In kebab case; findings and waivers name it, so it stays. */
  readonly id: string;
  readonly level: Level;
  /** The law, in one sentence. */
  readonly title: string;
  readonly clause: string;
  /** What the vendor does about a breach. */
  readonly remedy: string;
  /** Without it the rule does not apply. */
  readonly needs?: Capability;
  /** Rules whose breach, on the same order or exchange, is likely to be the cause of a breach of this one. */
  readonly after?: readonly string[];
  /** A breach leaves an order in a state that it cannot have: whatever else is wrong with that order comes of it. */
  readonly disturbs?: true;
  check(view: View): Iterable<Observation>;
}

/** Rules about one thing, in the order in which causes come before consequences. */
export interface Theme {
  readonly name: string;
  readonly rules: readonly Rule[];
}

export type Observation =
  | { readonly kind: 'kept' }
  | ({ readonly kind: 'breach' } & Breach)
  /** It could not be seen whether the law is kept. */
  | { readonly kind: 'undecided'; readonly why: string }
  /** The law does not bind this vendor. */
  | { readonly kind: 'inapplicable'; readonly why: string };

export interface Breach {
  /** Where: operation, and a JSON pointer with `*` for indexes. Breaches at one path, of one class, are one finding. */
  readonly path: string;
  /** What kind of value is there. Never an id, an instant or a count: these differ from run to run. */
  readonly valueClass: string;
  readonly message: string;
  /** The fewest exchanges that show it. */
  readonly evidence: readonly Seen[];
  readonly order?: string | undefined;
}

export const kept: Observation = { kind: 'kept' };

export function breach(found: Breach): Observation {
  return { kind: 'breach', ...found };
}

export function undecided(why: string): Observation {
  return { kind: 'undecided', why };
}

export function inapplicable(why: string): Observation {
  return { kind: 'inapplicable', why };
}

/** A JSON pointer with `*` for every index, so that it is the same for every element. */
export function wildcards(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

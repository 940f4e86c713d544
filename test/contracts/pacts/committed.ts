/** The pacts that are kept with the sources, as the tests look at them. */
import { readFileSync } from 'node:fs';

export const requestsPact = 'contracts/pacts/om-som-requests.json';
export const callbacksPact = 'contracts/pacts/om-som-callbacks.json';
export const inventoryRequestsPact = 'contracts/pacts/om-inventory-requests.json';
export const inventoryResultsPact = 'contracts/pacts/inventory-om-results.json';

/** By the place that a rule is for; the rules of an `arrayContains` lie deeper. */
export type Rules = { readonly [place: string]: { readonly matchers: readonly Matcher[] } };

export interface Matcher {
  readonly match: string;
  readonly regex?: string;
  readonly variants?: readonly { readonly rules: Rules }[];
}

export interface Interaction {
  readonly type: string;
  readonly description: string;
  readonly providerStates: readonly { readonly name: string }[];
  /** Of an exchange over HTTP. */
  readonly request?: { readonly method: string; readonly path: string; readonly body?: Content };
  readonly response?: {
    readonly status: number;
    readonly body?: Content;
    readonly matchingRules?: { readonly [part: string]: Rules };
  };
  /** Of a message. */
  readonly contents?: Content;
  readonly metadata?: { readonly method: string; readonly path: string };
  readonly matchingRules?: { readonly [part: string]: Rules };
}

interface Content {
  readonly content: unknown;
}

export interface Pact {
  readonly interactions: readonly Interaction[];
}

export function readPact(file: string): Pact {
  return JSON.parse(readFileSync(file, 'utf8'));
}

export interface PlacedMatcher {
  readonly place: string;
  readonly matcher: Matcher;
}

/** Every rule for what comes back, with its place. */
export function rulesOf({ matchingRules, response }: Interaction): PlacedMatcher[] {
  return [matchingRules, response?.matchingRules].flatMap((parts) => Object.values(parts ?? {}).flatMap(matchersIn));
}

function matchersIn(rules: Rules): PlacedMatcher[] {
  return Object.entries(rules).flatMap(([place, { matchers }]) =>
    (matchers ?? []).flatMap((matcher) => [
      { place, matcher },
      ...(matcher.variants ?? []).flatMap((variant) => matchersIn(variant.rules)),
    ]),
  );
}

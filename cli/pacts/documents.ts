/** Pact files, as far as these commands look into them. */
import { fileURLToPath } from 'node:url';
import { FileProblem, readDocument } from '../../scenarios/files.ts';
import { shippedFolder } from '../version.ts';

/** One or more pacts of the same two. */
export interface Pact {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly Interaction[];
  readonly metadata: { readonly pactSpecification: { readonly version: string } };
}

export interface Interaction {
  readonly type: string;
  readonly description: string;
  readonly providerStates?: readonly {
    readonly name: string;
    readonly params?: { readonly [name: string]: unknown };
  }[];
  readonly request?: PactRequest;
  readonly response?: { readonly body?: { readonly content: unknown } };
}

export interface PactRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: { readonly [name: string]: readonly string[] };
  readonly headers?: { readonly [name: string]: readonly string[] };
  readonly body?: { readonly content: unknown };
  readonly generators?: object;
}

/** By kind of system: what our order management asks of it. */
export const requestsFiles = {
  som: shipped('om-som-requests.json'),
  inventory: shipped('om-inventory-requests.json'),
} as const;

/** What it is told by a SOM. */
export const callbacksFile = shipped('om-som-callbacks.json');

function shipped(name: string): string {
  return fileURLToPath(new URL(`contracts/pacts/${name}`, shippedFolder));
}

/** Throws a `FileProblem` when it is no pact. */
export function readPact(file: string): Pact {
  const document = readDocument(file);
  if (!isPact(document)) {
    throw new FileProblem(file, ['is no pact: it has no consumer, provider and interactions. See "southbound record"']);
  }
  return document;
}

export function isPact(document: unknown): document is Pact {
  if (typeof document !== 'object' || document === null) return false;
  if (!('consumer' in document && 'provider' in document && 'interactions' in document)) return false;
  const { consumer, provider, interactions } = document;
  return hasName(consumer) && hasName(provider) && Array.isArray(interactions);
}

function hasName(party: unknown): boolean {
  return typeof party === 'object' && party !== null && 'name' in party && typeof party.name === 'string';
}

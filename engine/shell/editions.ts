/** The catalogue and the policies in force, and every edition of them that a journal refers to. */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../model/catalogue.ts';
import type { Facts, FactVersions } from '../model/facts.ts';
import type { Json } from '../model/json.ts';
import type { Policies } from '../model/policies.ts';
import type { OrderStore } from './store.ts';

/** What a step may know whatever order it is about. */
export type EditionFacts = Pick<Facts, 'catalogue' | 'policies' | 'versions'>;

export interface Editions {
  /** What is in force now. */
  current(): EditionFacts;
  /** Puts other policies in force, from the next step on. Steps in the journal keep the edition they were taken with. */
  usePolicies(policies: Policies): Promise<void>;
}

export async function openEditions(store: OrderStore, catalogue: Catalogue, policies: Policies): Promise<Editions> {
  const catalogueVersion = await keep(store, 'catalogue', catalogue);
  const editionOf = async (inForce: Policies): Promise<EditionFacts> => ({
    catalogue,
    policies: inForce,
    versions: { catalogue: catalogueVersion, policies: await keep(store, 'policies', inForce) },
  });
  let facts = await editionOf(policies);
  return {
    current: () => facts,
    usePolicies: async (next) => {
      facts = await editionOf(next);
    },
  };
}

/** The editions that a journal entry names. Throws when the store does not have them: it is not the journal's store. */
export async function editionsOf(store: OrderStore, versions: FactVersions): Promise<EditionFacts> {
  const catalogue = await store.edition(versions.catalogue);
  const policies = await store.edition(versions.policies);
  if (catalogue === undefined || policies === undefined) {
    throw new Error(`the store has no ${versions.catalogue} or no ${versions.policies}`);
  }
  // Kept by `keep` below, which takes nothing else under these versions.
  return { catalogue: catalogue as unknown as Catalogue, policies: policies as unknown as Policies, versions };
}

/** A version is the digest of the content, so the same content has the same version everywhere. */
async function keep(store: OrderStore, kind: string, content: Catalogue | Policies): Promise<string> {
  const text = JSON.stringify(content);
  const version = `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  await store.keepEdition(version, JSON.parse(text) as Json); // made from JSON text
  return version;
}

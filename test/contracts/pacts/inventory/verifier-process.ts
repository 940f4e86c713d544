/** Verifies one pact with inventory systems, and tells its parent what was found. A process of its own, since it may never end. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Verdict, verdictOf } from '../verdict.ts';
import { type Conduct, serveInventory, knowsState as stateOfInventory } from './inventory-provider.ts';
import { interactionHeader, type OmConduct, serveOm, knowsState as stateOfOm } from './om-provider.ts';
import type { Heard } from './tellings.ts';

export type Assignment =
  | { readonly pact: string; readonly inventory: Conduct }
  | { readonly pact: string; readonly om: OmConduct };

export interface Found {
  readonly verdict: Verdict;
  /** By the description of each interaction: what the order management has made of it. */
  readonly heard?: { readonly [description: string]: Heard };
}

const assignment: Assignment = JSON.parse(process.argv[2] ?? '');
const found = 'om' in assignment ? await foundByOm(assignment.pact, assignment.om) : await foundByInventory(assignment);
process.send?.(found, () => process.exit());

async function foundByInventory({ pact, inventory: conduct }: { pact: string; inventory: Conduct }): Promise<Found> {
  const { url, enter } = await serveInventory(conduct);
  const states = 'inventory-provider.ts';
  return { verdict: await verdictOf(pact, { name: 'Inventory', url, states, knowsState: stateOfInventory, enter }) };
}

/** Each request says which interaction it is for, so that what comes of it can be told. */
async function foundByOm(pact: string, conduct: OmConduct): Promise<Found> {
  const { url, enter, heard } = await serveOm(conduct);
  const folder = mkdtempSync(join(tmpdir(), 'southbound-pact-'));
  try {
    const file = join(folder, 'pact.json');
    const { interactions, ...rest } = JSON.parse(readFileSync(pact, 'utf8'));
    const marked = interactions.map(({ request, ...interaction }: Interaction) => {
      const headers = { ...request.headers, [interactionHeader]: [interaction.description] };
      return { ...interaction, request: { ...request, headers } };
    });
    writeFileSync(file, JSON.stringify({ ...rest, interactions: marked }));
    const provider = { name: 'Southbound order management', url, states: 'om-provider.ts', enter };
    return { verdict: await verdictOf(file, { ...provider, knowsState: stateOfOm }), heard };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Interaction {
  readonly description: string;
  readonly request: { readonly headers?: object };
}

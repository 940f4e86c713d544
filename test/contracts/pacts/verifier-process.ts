/** Verifies one pact against our SOM, and tells its parent what was found. A process of its own, since it may never end. */
import { readFileSync } from 'node:fs';
import { Verifier } from '@pact-foundation/pact';
import { type Conduct, knowsState, latestCallback, type ProviderState, serveSom } from './som-provider.ts';

export interface Assignment {
  /** Path of the pact. */
  readonly pact: string;
  readonly conduct: Conduct;
}

/** By the description of each interaction: what does not match, nothing when it is kept. */
export interface Verdict {
  readonly [description: string]: readonly string[];
}

interface Interaction {
  readonly description: string;
  readonly providerStates: readonly ProviderState[];
}

/** What Pact's verifier gives, as text, whether it is content or throws. */
interface Report {
  readonly interactionResults: readonly {
    readonly description: string;
    readonly result: string;
    readonly mismatch?: { readonly mismatches?: readonly { readonly path?: string; readonly mismatch: string }[] };
  }[];
}

const assignment: Assignment = JSON.parse(process.argv[2] ?? '');
const verdict = await verdictOf(assignment);
process.send?.(verdict, () => process.exit());

async function verdictOf({ pact, conduct }: Assignment): Promise<Verdict> {
  const { interactions }: { interactions: readonly Interaction[] } = JSON.parse(readFileSync(pact, 'utf8'));
  const states = interactions.flatMap(({ providerStates }) => providerStates.map(({ name }) => name));
  // Pact goes on without a state that nobody brings about.
  const unknown = states.find((name) => !knowsState(name));
  if (unknown !== undefined) throw new Error(`the pact has a state "${unknown}"; give it a script in som-provider.ts`);
  const som = await serveSom(conduct);
  // Pact also goes on after a state that could not be brought about, in whatever state there is.
  const failures: unknown[] = [];
  const enter = (state: ProviderState) => som.enter(state).catch((failure: unknown) => void failures.push(failure));
  const verifier = new Verifier({
    provider: 'SOM',
    providerBaseUrl: som.url,
    pactUrls: [pact],
    logLevel: 'error',
    stateHandlers: Object.fromEntries(
      states.map((name) => [name, async (params) => enter({ name, params: params as object })]), // as in the pact
    ),
    messageProviders: Object.fromEntries(
      interactions.map(({ description, providerStates: [state] }) => [description, () => told(state, conduct)]),
    ),
  });
  const text = await verifier.verifyProvider().catch((failure: unknown) => (failure as Error).message); // its only kind
  if (failures.length > 0) throw failures[0];
  const { interactionResults }: Report = JSON.parse(text);
  return Object.fromEntries(
    interactionResults.map(({ description, result, mismatch }) => {
      const mismatches = mismatch?.mismatches?.map((each) => `${each.path ?? ''} ${each.mismatch}`.trim());
      return [description, result === 'OK' ? [] : (mismatches ?? [result])];
    }),
  );
}

async function told(state: ProviderState | undefined, conduct: Conduct): Promise<object> {
  if (state === undefined) throw new Error('a message without a provider state: give it one');
  const { method, path, headers, body } = await latestCallback(state, conduct);
  return {
    __pactMessageMetadata: { method, path, contentType: headers['content-type'] },
    message: body?.json,
  };
}

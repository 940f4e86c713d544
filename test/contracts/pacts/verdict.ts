/** Has Pact's verifier hold a provider of ours to one pact: what does not match, interaction by interaction. */
import { readFileSync } from 'node:fs';
import { Verifier } from '@pact-foundation/pact';

/** By the description of each interaction: what does not match, nothing when it is kept. */
export interface Verdict {
  readonly [description: string]: readonly string[];
}

/** A state of the provider, as a pact names it. */
export interface ProviderState {
  readonly name: string;
  readonly params?: object | undefined;
}

export interface Provider {
  /** As the pact calls it. */
  readonly name: string;
  readonly url: string;
  knowsState(name: string): boolean;
  /** Where a state without a script gets one. */
  readonly states: string;
  /** From now on it is in that state. Gives the ids that come with it, if any. */
  enter(state: ProviderState): Promise<{ readonly [id: string]: string } | undefined>;
  /** The message that it tells in that state. */
  told?(state: ProviderState | undefined): Promise<object>;
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

/** To be called in a process of its own, since it may never end. @param file path of the pact. */
export async function verdictOf(file: string, provider: Provider): Promise<Verdict> {
  const { interactions }: { interactions: readonly Interaction[] } = JSON.parse(readFileSync(file, 'utf8'));
  const states = interactions.flatMap(({ providerStates }) => providerStates.map(({ name }) => name));
  // Pact goes on without a state that nobody brings about.
  const unknown = states.find((name) => !provider.knowsState(name));
  if (unknown !== undefined)
    throw new Error(`the pact has a state "${unknown}"; give it a script in ${provider.states}`);
  // Pact also goes on after a state that could not be brought about, in whatever state there is.
  const failures: unknown[] = [];
  const enter = (state: ProviderState) =>
    provider.enter(state).catch((failure: unknown) => {
      failures.push(failure);
      return undefined;
    });
  const verifier = new Verifier({
    provider: provider.name,
    providerBaseUrl: provider.url,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: Object.fromEntries(
      states.map((name) => [name, async (params) => enter({ name, params: params as object })]), // as in the pact
    ),
    messageProviders: Object.fromEntries(
      interactions.map(({ description, providerStates: [state] }) => [description, async () => provider.told?.(state)]),
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

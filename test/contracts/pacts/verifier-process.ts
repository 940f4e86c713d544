/** Verifies one pact against our SOM, and tells its parent what was found. A process of its own, since it may never end. */
import { type Conduct, knowsState, latestCallback, serveSom } from './som-provider.ts';
import { type ProviderState, verdictOf } from './verdict.ts';

export interface Assignment {
  /** Path of the pact. */
  readonly pact: string;
  readonly conduct: Conduct;
}

const { pact, conduct }: Assignment = JSON.parse(process.argv[2] ?? '');
const som = await serveSom(conduct);
const verdict = await verdictOf(pact, {
  name: 'SOM',
  url: som.url,
  states: 'som-provider.ts',
  knowsState,
  enter: async (state) => {
    await som.enter(state);
    return undefined;
  },
  told: (state) => told(state, conduct),
});
process.send?.(verdict, () => process.exit());

async function told(state: ProviderState | undefined, asConducted: Conduct): Promise<object> {
  if (state === undefined) throw new Error('a message without a provider state: give it one');
  const { method, path, headers, body } = await latestCallback(state, asConducted);
  return {
    __pactMessageMetadata: { method, path, contentType: headers['content-type'] },
    message: body?.json,
  };
}

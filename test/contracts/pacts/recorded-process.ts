/** Verifies a recorded pact against the mock it was recorded from. A process of its own, since it may never end. */
import { readFileSync } from 'node:fs';
import { Verifier } from '@pact-foundation/pact';
import { serveRecorded } from './recorded-provider.ts';

const { pact, script }: { pact: string; script: string } = JSON.parse(process.argv[2] ?? '');
process.send?.(await verdict(), () => process.exit());

async function verdict(): Promise<object> {
  const { interactions } = JSON.parse(readFileSync(pact, 'utf8'));
  const states: { name: string; params?: object }[] = interactions.flatMap(
    (each: { providerStates: object[] }) => each.providerStates,
  );
  const provider = await serveRecorded(JSON.parse(readFileSync(script, 'utf8')));
  const failures: unknown[] = [];
  const verifier = new Verifier({
    provider: 'recorded',
    providerBaseUrl: provider.url,
    pactUrls: [pact],
    logLevel: 'error',
    stateHandlers: Object.fromEntries(
      states.map(({ name }) => [
        name,
        (params) =>
          provider.enter({ name, params: Object(params) }).catch((failure: unknown) => {
            failures.push(failure);
          }),
      ]),
    ),
    messageProviders: Object.fromEntries(
      interactions.map(({ description, providerStates: [state] }: Message) => [description, () => told(state)]),
    ),
  });
  const text = await verifier.verifyProvider().catch((failure: Error) => failure.message);
  if (failures.length > 0) throw failures[0];
  const { interactionResults } = JSON.parse(text);
  return Object.fromEntries(
    interactionResults.map(({ description, result, mismatch }: Result) => [
      description,
      result === 'OK' ? 'OK' : mismatch,
    ]),
  );

  async function told(state: Message['providerStates'][0]): Promise<object> {
    const { method, path, headers, body } = await provider.told(state);
    return { __pactMessageMetadata: { method, path, contentType: headers['content-type'] }, message: body?.json };
  }
}

interface Message {
  readonly description: string;
  readonly providerStates: readonly [{ readonly name: string; readonly params?: { readonly [name: string]: unknown } }];
}

interface Result {
  readonly description: string;
  readonly result: string;
  readonly mismatch?: unknown;
}

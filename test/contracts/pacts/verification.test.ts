/** Our simulated SOM keeps the committed pacts; and one that does not is found. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callbacksPact, readPact, requestsPact } from './committed.ts';
import { verify } from './verifier.ts';

/** Longer than the limit of the process that verifies, so that its result is what a test reports. */
const testLimitMs = 150_000;

describe.each([
  [
    requestsPact,
    'an order with every action',
    "$.state Expected 'Done' to match '^(acknowledged|inProgress|pending|held)$'",
  ],
  [
    callbacksPact,
    'an event: an order is completed',
    "$.event.serviceOrder.state Expected 'failed' to match '^(completed)$'",
  ],
])('the SOM and %s', (pact, example, mismatch) => {
  const descriptions = readPact(pact).interactions.map(({ description }) => description);

  it('agree in every interaction', { timeout: testLimitMs }, async () => {
    const verdict = Object.fromEntries(descriptions.map((description) => [description, []]));
    expect(await verify({ pact, conduct: 'sound' })).toEqual({ kind: 'verified', verdict });
  });

  it('disagree in every interaction when the SOM is a wrong one', { timeout: testLimitMs }, async () => {
    const anything = expect.arrayContaining([expect.any(String)]);
    const verdict = Object.fromEntries(descriptions.map((description) => [description, anything]));
    const found = await verify({ pact, conduct: 'wrong' });
    expect(found).toEqual({ kind: 'verified', verdict });
    expect(found).toMatchObject({ verdict: { [example]: expect.arrayContaining([mismatch]) } });
  });
});

describe('a verification', () => {
  it('that does not end is stopped', { timeout: testLimitMs }, async () => {
    const limitMs = 1_500;
    expect(await verify({ pact: requestsPact, conduct: 'silent' }, limitMs)).toEqual({ kind: 'stopped', limitMs });
  });

  it('of a state that the SOM has no script for says so', { timeout: testLimitMs }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'southbound-pact-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const pact = resolve(folder, 'unknown-state.json');
    const { interactions, ...rest } = readPact(requestsPact);
    const [first] = interactions;
    const changed = { ...rest, interactions: [{ ...first, providerStates: [{ name: 'it is asleep' }] }] };
    writeFileSync(pact, JSON.stringify(changed));
    expect(await verify({ pact, conduct: 'sound' })).toMatchObject({
      kind: 'ended',
      said: expect.stringContaining('the pact has a state "it is asleep"; give it a script in som-provider.ts'),
    });
  });
});

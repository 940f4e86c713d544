/** Our simulated inventory system and our order management keep the pacts between them; and those that do not are found. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Verification, verifiedBy } from '../../../../cli/pacts/verifier.ts';
import { inventoryRequestsPact, inventoryResultsPact, readPact } from '../committed.ts';
import { tellings } from './tellings.ts';
import type { Assignment, Found } from './verifier-process.ts';

/** Longer than the limit of the process that verifies, so that its result is what a test reports. */
const testLimitMs = 150_000;
const limitMs = 120_000;

function verify(assignment: Assignment): Promise<Verification<Found>> {
  return verifiedBy<Found>(resolve(import.meta.dirname, 'verifier-process.ts'), assignment, limitMs);
}

const anything = expect.arrayContaining([expect.any(String)]);

function verdictOf(descriptions: readonly string[], each: unknown): object {
  return Object.fromEntries(descriptions.map((description) => [description, each]));
}

describe('the inventory system and what it is asked', () => {
  const pact = inventoryRequestsPact;
  const { interactions } = readPact(pact);
  const descriptions = interactions.map(({ description }) => description);

  it('agree in every interaction', { timeout: testLimitMs }, async () => {
    const found = await verify({ pact, inventory: 'sound' });
    expect(found).toEqual({ kind: 'verified', verdict: { verdict: verdictOf(descriptions, []) } });
  });

  it('disagree in every interaction when it has other words', { timeout: testLimitMs }, async () => {
    const found = await verify({ pact, inventory: 'other words' });
    expect(found).toEqual({ kind: 'verified', verdict: { verdict: verdictOf(descriptions, anything) } });
    expect(found).toMatchObject({
      verdict: {
        verdict: {
          'a question that is answered by proposals': expect.arrayContaining([
            "$.serviceQualificationItem[0].qualificationResult Expected 'Available' to match '^(alternate)$'",
          ]),
        },
      },
    });
  });

  it('disagree wherever something is read, when it has other names', { timeout: testLimitMs }, async () => {
    const [read, unread] = [true, false].map((isRead) =>
      interactions.flatMap(({ description, response }) =>
        (response?.body !== undefined) === isRead ? [description] : [],
      ),
    );
    expect(await verify({ pact, inventory: 'other names' })).toEqual({
      kind: 'verified',
      verdict: { verdict: { ...verdictOf(read ?? [], anything), ...verdictOf(unread ?? [], []) } },
    });
  });
});

describe('the order management and what it is told', () => {
  const pact = inventoryResultsPact;
  const descriptions = tellings.map(({ description }) => description);

  it('agree in every interaction, and what is told arrives', { timeout: testLimitMs }, async () => {
    const heard = Object.fromEntries(tellings.map((telling) => [telling.description, telling.heard]));
    const verdict = { verdict: verdictOf(descriptions, []), heard };
    expect(await verify({ pact, om: 'sound' })).toEqual({ kind: 'verified', verdict });
  });

  it('disagree in every interaction when it has other words', { timeout: testLimitMs }, async () => {
    const found = await verify({ pact, om: 'other words' });
    expect(found).toMatchObject({ kind: 'verified', verdict: { verdict: verdictOf(descriptions, anything) } });
  });

  it('disagree on every result when it looks for them under another name', { timeout: testLimitMs }, async () => {
    const found = await verify({ pact, om: 'reads other names' });
    const { verdict = {}, heard = {} } = found.kind === 'verified' ? found.verdict : {};
    const results = tellings.filter(
      ({ status, heard: { order } }) => status === 201 && /qualified|alternate/.test(order),
    );
    expect(results).toHaveLength(6);
    for (const { description, path, heard: sound } of results) {
      expect(heard[description], description).not.toEqual(sound);
      // An event is taken, whatever is in it: only what comes of it shows that it was not understood.
      expect(verdict[description], description).toEqual(path.endsWith('Event') ? [] : anything);
    }
  });
});

/** The pacts with inventory systems say nothing that the contracts do not: every example is held against schema and profile, and so are the words. */
import { describe, expect, it } from 'vitest';
import { largestInteraction } from '../../../../contracts/pacts/merge.ts';
import { checkOf, checkRequest, checkResponse, contractOf } from '../../../../contracts/profile/contract.ts';
import { findingText } from '../../../../contracts/schemas/finding.ts';
import { type Interaction, inventoryRequestsPact, inventoryResultsPact, readPact, rulesOf } from '../committed.ts';

const requests = readPact(inventoryRequestsPact).interactions;
const results = readPact(inventoryResultsPact).interactions;
const all = [...requests, ...results];

function contractFor({ request }: Interaction) {
  const contract = contractOf(request?.method ?? '', request?.path ?? '');
  if (contract === undefined) throw new Error(`no contract knows ${request?.method} ${request?.path}`);
  return contract;
}

/** What is wrong with the request of an interaction. */
function wrongIn(interaction: Interaction): string[] {
  const { request } = interaction;
  return checkRequest(contractFor(interaction), 'own', request?.body?.content).map(findingText);
}

describe('the pact of what inventory systems are asked', () => {
  it.each(requests)('sends what TMF645 takes: $description', (interaction) => {
    expect(contractFor(interaction)).toMatchObject({ api: 'TMF645', side: 'operation' });
    expect(wrongIn(interaction)).toEqual([]);
  });
});

describe('the pact of what they tell', () => {
  it.each(results)('is said where it belongs: $description', (interaction) => {
    const { api, side } = contractFor(interaction);
    expect([
      { api: 'TMF645', side: 'listener' },
      { api: 'ServiceNowQualification', side: 'operation' },
    ]).toContainEqual({ api, side });
  });

  const taken = results.filter(({ response }) => response?.status !== 400);
  it.each(taken)('sends what its contract takes: $description', (interaction) => {
    expect(wrongIn(interaction)).toEqual([]);
  });

  it('sends what no contract takes, wherever that is why it is refused', () => {
    const refused = results.filter((each) => !taken.includes(each));
    const unseen = refused.filter((interaction) => wrongIn(interaction).length === 0);
    // These are refused because of what was asked before, which no contract can see.
    expect(unseen.map(({ description }) => description)).toEqual([
      'processResult: a result of something that was not asked',
      'processResult: results of two lines',
    ]);
    expect(refused).toHaveLength(12);
  });
});

describe('what comes back', () => {
  // A pact holds only what is read of an answer, so it is held to the profile under which answers are read.
  it.each(all)('is what its contract answers: $description', (interaction) => {
    const { status = 0, body } = interaction.response ?? {};
    const findings = checkResponse(contractFor(interaction), 'official-lenient', { status, body: body?.content });
    const ofWhatIsThere = findings.filter(({ rule }) => body !== undefined || rule === 'status-declared');
    expect(ofWhatIsThere.map(findingText)).toEqual([]);
  });
});

describe('the rules of the pacts', () => {
  const rules = all.flatMap(rulesOf);

  it('are anchored, so that no longer word passes', () => {
    const patterns = rules.flatMap(({ matcher: { regex } }) => (regex === undefined ? [] : [regex]));
    expect(patterns.length).toBeGreaterThan(30);
    expect(patterns.filter((regex) => !/^\^.*\$$/.test(regex))).toEqual([]);
  });

  it.each([
    [
      'state',
      requests,
      checkOf('TMF645', 'official-lenient', 'TaskStateType'),
      ['accepted', 'acknowledged', 'done', 'inProgress', 'terminatedWithError'],
    ],
    [
      'qualificationResult',
      requests,
      (word: string) => checkOf('TMF645', 'own', 'CheckServiceQualificationItem')(itemWith(word)),
      ['alternate', 'qualified', 'unqualified'],
    ],
    [
      'qualificationResult',
      results,
      checkOf('ServiceNowQualification', 'own', 'QualificationResult'),
      ['alternate', 'pending', 'qualified', 'unqualified'],
    ],
  ] as const)('know no other %s than the contract', (attribute, interactions, check, expected) => {
    const words = interactions
      .flatMap(rulesOf)
      .filter(({ place }) => place.endsWith(`.${attribute}`))
      .flatMap(({ matcher: { regex = '' } }) => regex.replace(/^\^\(|\)\$$/g, '').split('|'));
    expect([...new Set(words)].toSorted()).toEqual(expected);
    expect([...new Set(words)].flatMap((word) => check(word).map(findingText))).toEqual([]);
  });

  it('leave every interaction small enough to read', () => {
    const sizes = all.map((each) => Buffer.byteLength(JSON.stringify(each)));
    expect(Math.max(...sizes)).toBeLessThan(largestInteraction);
  });
});

/** An alternate one has to propose something. */
function itemWith(qualificationResult: string): object {
  const alternateServiceProposal = [{ alternateServiceAvailabilityDate: '2026-02-01T00:00:00.000Z' }];
  return { id: 'so-1', qualificationResult, alternateServiceProposal };
}

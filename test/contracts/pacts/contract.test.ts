/** The pacts say nothing that the contracts do not: every example is held against schema and profile, and so are the rules. */
import { describe, expect, it } from 'vitest';
import { largestInteraction } from '../../../contracts/pacts/merge.ts';
import { checkOf, checkRequest, checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { type Finding, findingText } from '../../../contracts/schemas/finding.ts';
import { callbacksPact, readPact, requestsPact, rulesOf } from './committed.ts';

const requests = readPact(requestsPact).interactions;
const callbacks = readPact(callbacksPact).interactions;

describe('the pact of requests', () => {
  it.each(requests)('sends what TMF641 takes: $description', ({ request }) => {
    const contract = contractOf(request?.method ?? '', request?.path ?? '');
    expect(contract).toMatchObject({ api: 'TMF641', side: 'operation' });
    expect(contract && checkRequest(contract, 'own', request?.body?.content).map(findingText)).toEqual([]);
  });

  // A pact holds only what is read of an answer, so it is held to the profile under which answers are read.
  it.each(requests)('reads what TMF641 answers: $description', ({ request, response }) => {
    const contract = contractOf(request?.method ?? '', request?.path ?? '');
    const { status = 0, body } = response ?? {};
    const findings = contract && checkResponse(contract, 'official-lenient', { status, body: body?.content });
    const ofWhatIsThere = findings?.filter(({ rule }) => body !== undefined || rule === 'status-declared');
    expect(ofWhatIsThere?.map(findingText)).toEqual([]);
  });
});

describe('the pact of callbacks', () => {
  it.each(callbacks)('reads what its contract tells: $description', ({ metadata, contents }) => {
    const contract = contractOf(metadata?.method ?? '', metadata?.path ?? '');
    const callback = { api: contract?.api, side: contract?.side };
    expect([
      { api: 'TMF641', side: 'listener' },
      { api: 'OutboundResponse', side: 'operation' },
    ]).toContainEqual(callback);
    expect(contract && checkRequest(contract, 'official-lenient', contents?.content).map(findingText)).toEqual([]);
  });
});

describe('the rules of the pacts', () => {
  const rules = [...requests, ...callbacks].flatMap(rulesOf);

  it('are there', () => {
    expect(rules.length).toBeGreaterThan(30);
  });

  it('are anchored, so that no longer word passes', () => {
    const patterns = rules.flatMap(({ matcher: { regex } }) => (regex === undefined ? [] : [regex]));
    expect(patterns.filter((regex) => !/^\^.*\$$/.test(regex))).toEqual([]);
  });

  const ofOutboundResponse = callbacks.filter(({ metadata }) => metadata?.path.endsWith('/outboundresponse'));
  const ofTmf641 = [...requests, ...callbacks].filter((each) => !ofOutboundResponse.includes(each));
  it.each([
    ['state', 'TMF641', ofTmf641, checkOf('TMF641', 'own', 'ServiceOrderStateType')],
    ['action', 'TMF641', ofTmf641, checkOf('TMF641', 'own', 'OrderItemActionType')],
    ['state', 'outboundresponse', ofOutboundResponse, checkOfOutboundResponse],
  ] as const)('know no other %s than %s', (attribute, _api, interactions, check) => {
    const words = interactions
      .flatMap(rulesOf)
      .filter(({ place }) => place.endsWith(`.${attribute}`))
      .flatMap(({ matcher: { regex = '' } }) => regex.replace(/^\^\(|\)\$$/g, '').split('|'));
    expect([...new Set(words)].flatMap((word) => check(word).map(findingText))).toEqual([]);
    expect(words.length).toBeGreaterThan(0);
  });

  it('leave every interaction small enough to read', () => {
    const sizes = [...requests, ...callbacks].map((each) => Buffer.byteLength(JSON.stringify(each)));
    expect(Math.max(...sizes)).toBeLessThan(largestInteraction);
  });
});

/** Its states have no definition of their own. */
function checkOfOutboundResponse(state: string): readonly Finding[] {
  return checkOf('OutboundResponse', 'own', 'OutboundResponseItem')({ id: 'so-1', state });
}

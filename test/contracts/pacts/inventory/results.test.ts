/** What an inventory system tells our engine of its own accord: recorded from our simulated one, and held against the committed pact. */
import { MatchersV3 } from '@pact-foundation/pact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QualificationPayload } from '../../../../engine/model/qualification/effects.ts';
import { renderQuestion, serviceQualificationBase } from '../../../../engine/wire/qualification/tmf645-v4-south.ts';
import type { Outcome } from '../../../../exchange/client.ts';
import { fetchClient } from '../../../../exchange/fetch.ts';
import { jsonMediaType, type ReceivedRequest, receivedBody } from '../../../../exchange/message.ts';
import { json, settledResult, standingKernel } from '../asking.ts';
import { Recorder, recordingLimitMs } from '../recorder.ts';
import { oneService, site } from './examples.ts';
import { openInventory, post } from './inventory-provider.ts';
import { processResult, states, type Telling, tellings } from './tellings.ts';

const recorder = new Recorder({ consumer: 'Inventory', provider: 'Southbound order management' });
const results = new Map<string, PromiseSettledResult<Outcome | undefined>>();

beforeAll(async () => {
  for (const telling of tellings) results.set(telling.description, await settledResult(record(telling)));
}, recordingLimitMs);
afterAll(() => recorder.remove());

describe('the inventory system tells the engine', () => {
  it.each(tellings)('$description', ({ description, status }) => {
    const outcome = { kind: 'answered', response: { status } };
    expect(results.get(description)).toMatchObject({ status: 'fulfilled', value: outcome });
  });

  it('exactly what the committed pact says', async () => {
    const merged = recorder.merged(tellings.map(({ description }) => description));
    expect(merged).toEqual({ ok: true, text: expect.any(String) });
    const remedy =
      'the inventory system says something else; if that is meant: npm test -- test/contracts/pacts/inventory/results.test.ts -u';
    await expect(merged.ok && merged.text, remedy).toMatchFileSnapshot(
      '../../../../contracts/pacts/inventory-om-results.json',
    );
  });
});

/** The ids of what was asked come with the state: the order management has drawn them. */
async function record(telling: Telling): Promise<Outcome | undefined> {
  const { description, state, path, status, body } = telling;
  const message = await said(telling);
  const content = message.body === undefined ? undefined : withIdsOfState(message.body.json);
  return recorder
    .one()
    .addInteraction()
    .given(state)
    .uponReceiving(description)
    .withRequest('POST', path, (request) => {
      request.headers({ 'Content-Type': json });
      if (content !== undefined) request.jsonBody(content);
    })
    .willRespondWith(status, (response) => {
      if (body !== undefined) response.headers({ 'Content-Type': json }).jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const client = fetchClient(standingKernel());
      const headers = { 'content-type': jsonMediaType };
      return client.send({ method: 'POST', url: `${url}${path}`, headers, body: message.body }, { timeoutMs: 30_000 });
    });
}

/** What our simulated inventory system says, once it has been asked. */
async function said({ state, behaviour, path }: Telling): Promise<ReceivedRequest> {
  const report = path === processResult ? 'processResult' : 'event';
  const { inventory, kernel, told } = openInventory({
    specifications: {
      internet: { limited: false },
      line: { limited: false },
      'radio-internet': {},
      voice: { limited: false },
    },
    sites: [{ id: site.id }],
    answers: [{ latency: 'PT0S', after: 'PT1H', report, ...behaviour }],
  });
  await inventory.endpoint(post('/hub', { callback: `http://om.example${serviceQualificationBase}` }));
  for (const question of questionsIn(state)) {
    await inventory.endpoint(post('/checkServiceQualification', renderQuestion(question)));
  }
  await kernel.run();
  const message = told.findLast((request) => request.path === path);
  if (message === undefined) throw new Error(`the inventory system tells nothing at ${path}; look at its behaviour`);
  // The ids that it draws say nothing to whoever reads the pact.
  const text = message.body?.text.replaceAll(/inventory-[0-9a-f]{12}/g, 'check-1') ?? '';
  return { ...message, body: receivedBody(text) };
}

/** As many as the order management has asked then; where it has asked nothing, somebody else has. */
function questionsIn(state: string): QualificationPayload[] {
  if (state === states.nothing) return [questionAbout('request-0', ['so-0', 'internet'])];
  if (state === states.askedTwice) {
    return [questionAbout('request-2', ['so-2', 'voice']), questionAbout('request-1', ['so-1', 'radio-internet'])];
  }
  return [questionAbout('request-1', ['so-1', 'internet'], ['so-2', 'line'])];
}

/** The first is made of the others. */
function questionAbout(requestId: string, ...asked: (readonly [id: string, specification: string])[]) {
  const [example] = oneService.items;
  if (example === undefined) throw new Error('the example is about one service');
  const items = asked.map(([id, specification], index) => ({
    ...example,
    serviceOrder: id,
    specification: { ...example.specification, id: specification, name: specification },
    characteristics: [],
    children: index === 0 ? asked.slice(1).map(([child]) => child) : [],
  }));
  return { ...oneService, requestId, items };
}

const idsOfState: { readonly [example: string]: string } = {
  'check-1': 'checkId',
  'request-1': 'requestId',
  'so-1': 'firstServiceOrder',
  'so-2': 'secondServiceOrder',
};

function withIdsOfState(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIdsOfState);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withIdsOfState(each)]));
  }
  const name = typeof value === 'string' ? idsOfState[value] : undefined;
  return name === undefined ? value : MatchersV3.fromProviderState(`\${${name}}`, value as string); // which has a name
}

/** What our engine asks of an inventory system, and what it makes of each kind of answer: recorded, and held against the committed pact. */
import { MatchersV3 } from '@pact-foundation/pact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askingPorts } from '../../../../engine/http/qualification/asking.ts';
import { reachableTarget } from '../../../../engine/http/target-client.ts';
import type { QualificationExchange } from '../../../../engine/model/qualification/inputs.ts';
import type { Found } from '../../../../engine/shell/effects.ts';
import { renderQuestion, serviceQualificationBase } from '../../../../engine/wire/qualification/tmf645-v4-south.ts';
import { fetchClient } from '../../../../exchange/fetch.ts';
import { json, recordSubscription, settledResult, standingKernel, subscriptions } from '../asking.ts';
import { Recorder, recordingLimitMs } from '../recorder.ts';
import { type Asking, askings, type Returning, returnings } from './askings.ts';
import { oneService } from './examples.ts';

const collection = `${serviceQualificationBase}/checkServiceQualification`;

const recorder = new Recorder({ consumer: 'Southbound order management', provider: 'Inventory' });
const asked = new Map<string, PromiseSettledResult<QualificationExchange | undefined>>();
const returned = new Map<string, PromiseSettledResult<Found | undefined>>();
const subscribed = new Map<string, PromiseSettledResult<number | undefined>>();

beforeAll(async () => {
  for (const asking of askings) asked.set(asking.description, await settledResult(recordAsking(asking)));
  for (const each of returnings) returned.set(each.description, await settledResult(recordReturning(each)));
  const inventory = { name: 'inventory', dialect: 'tmf645-v4.0', base: serviceQualificationBase } as const;
  for (const each of subscriptions)
    subscribed.set(each.description, await settledResult(recordSubscription(recorder, each, inventory)));
}, recordingLimitMs);
afterAll(() => recorder.remove());

describe('the engine sends an inventory system', () => {
  it.each(askings)('$description', ({ description, outcome }) => {
    expect(asked.get(description)).toEqual({ status: 'fulfilled', value: outcome });
  });

  it.each(returnings)('$description', ({ description, outcome }) => {
    expect(returned.get(description)).toEqual({ status: 'fulfilled', value: outcome });
  });

  it.each(subscriptions)('$description, and asks no more', ({ description }) => {
    expect(subscribed.get(description)).toEqual({ status: 'fulfilled', value: 1 });
  });

  it('exactly what the committed pact says', async () => {
    const merged = recorder.merged([...askings, ...returnings, ...subscriptions].map(({ description }) => description));
    expect(merged).toEqual({ ok: true, text: expect.any(String) });
    const remedy =
      'the engine sends or reads something else; if that is meant: npm test -- test/contracts/pacts/inventory/requests.test.ts -u';
    await expect(merged.ok && merged.text, remedy).toMatchFileSnapshot(
      '../../../../contracts/pacts/om-inventory-requests.json',
    );
  });
});

/** The request is whatever the engine renders, every value of it: what that has to be, the committed pact says. */
async function recordAsking(asking: Asking): Promise<QualificationExchange | undefined> {
  const { description, state, payload, status, body } = asking;
  return recorder
    .one()
    .addInteraction()
    .given(state)
    .uponReceiving(description)
    .withRequest('POST', collection, (request) => {
      request.headers({ 'Content-Type': json, Accept: 'application/json' }).jsonBody(renderQuestion(payload));
    })
    .willRespondWith(status, (response) => {
      response.headers({ 'Content-Type': json }).jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const { requestId } = payload;
      return portsTo(url).sendQualificationRequest({
        type: 'SendQualificationRequest',
        requestId,
        target: 'inventory',
        timeoutMs: 30_000,
        payload,
      });
    });
}

/** The id of a question that there is comes with the state. */
async function recordReturning({ description, state, method, status, body }: Returning): Promise<Found | undefined> {
  const isThere = status < 300;
  const path = `${collection}/check-1`;
  return recorder
    .one()
    .addInteraction()
    .given(state, isThere ? { question: JSON.parse(JSON.stringify(renderQuestion(oneService))) } : undefined)
    .uponReceiving(description)
    .withRequest(
      method,
      isThere ? MatchersV3.fromProviderState(`${collection}/\${checkId}`, path) : path,
      (request) => {
        if (method === 'GET') request.headers({ Accept: 'application/json' });
      },
    )
    .willRespondWith(status, (response) => {
      if (body !== undefined) response.headers({ 'Content-Type': json }).jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const about = { requestId: 'request-1', target: 'inventory', externalId: 'check-1', timeoutMs: 30_000 };
      const ports = portsTo(url);
      if (method === 'GET') return ports.pollQualificationRequest({ type: 'PollQualificationRequest', ...about });
      await ports.withdrawQualificationRequest({ type: 'WithdrawQualificationRequest', ...about });
      return undefined;
    });
}

function portsTo(url: string): ReturnType<typeof askingPorts> {
  const kernel = standingKernel();
  const target = { name: 'inventory', dialect: 'tmf645-v4.0', baseUrl: `${url}${serviceQualificationBase}` } as const;
  return askingPorts({ targets: [reachableTarget(target, { kernel, client: fetchClient(kernel) })] });
}

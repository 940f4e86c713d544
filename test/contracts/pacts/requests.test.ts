/** What our engine asks of a SOM, and what it makes of each kind of answer: recorded, and held against the committed pact. */
import { MatchersV3 } from '@pact-foundation/pact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventSubscriptions } from '../../../engine/http/event-subscriptions.ts';
import { southboundPort } from '../../../engine/http/southbound.ts';
import { type ReachableTarget, reachableTarget } from '../../../engine/http/target-client.ts';
import type { DispatchOutcome } from '../../../engine/model/inputs.ts';
import type { OutboundPayload } from '../../../engine/model/payload.ts';
import { renderOutboundRequest } from '../../../engine/wire/south/tmf641-v4.ts';
import type { Client } from '../../../exchange/client.ts';
import { fetchClient } from '../../../exchange/fetch.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { everyAction, hierarchy, oneService } from './examples.ts';
import { eachLike, oneOf, Recorder, recordingLimitMs } from './recorder.ts';

const base = '/tmf-api/serviceOrdering/v4';
const json = 'application/json;charset=utf-8';

interface Dispatch {
  readonly description: string;
  /** Of the SOM; `som-provider.ts` brings it about. */
  readonly state: string;
  readonly payload: OutboundPayload;
  readonly answer: { readonly status: number; readonly headers?: { [name: string]: MatchersV3.Matcher<string> } };
  /** What the engine reads of the answer, and no more. */
  readonly body: object;
  readonly outcome: DispatchOutcome;
}

/** One for each decision of the adapter: what it renders, and what it makes of an answer. */
const dispatches: readonly Dispatch[] = [
  {
    description: 'an order that adds a service made of others',
    state: 'it takes orders and works on them later',
    payload: hierarchy,
    answer: { status: 201 },
    body: orderOf(['acknowledged', 'inProgress', 'pending', 'held'], ['so-1', 'so-2', 'so-3']),
    outcome: accepted('pending', ['so-1', 'so-2', 'so-3']),
  },
  {
    description: 'an order with every action',
    state: 'it takes orders and works on them later',
    payload: everyAction,
    answer: { status: 201 },
    body: orderOf(['acknowledged', 'inProgress', 'pending', 'held'], ['so-1', 'so-2', 'so-3', 'so-4', 'so-5', 'so-6']),
    outcome: accepted('pending', ['so-1', 'so-2', 'so-3', 'so-4', 'so-5', 'so-6']),
  },
  {
    description: 'an order that is completed in the answer',
    state: 'it completes orders at once',
    payload: oneService,
    answer: { status: 201 },
    body: orderOf(['completed'], ['so-1']),
    outcome: accepted('fulfilled', ['so-1']),
  },
  {
    description: 'an order that is rejected in the answer',
    state: 'it rejects orders once it has them',
    payload: oneService,
    answer: { status: 201 },
    body: orderOf(['rejected', 'failed', 'partial', 'cancelled'], ['so-1']),
    outcome: accepted('error', ['so-1']),
  },
  {
    description: 'an order that is refused',
    state: 'it refuses orders',
    payload: oneService,
    answer: { status: 400 },
    body: errorOf('Invalid order', 'There is no access line at this place'),
    outcome: {
      kind: 'refused',
      httpStatus: 400,
      retryable: false,
      reason: 'Invalid order: There is no access line at this place',
    },
  },
  {
    description: 'an order that comes while it is busy',
    state: 'it is busy for two minutes',
    payload: oneService,
    answer: { status: 503, headers: { 'Retry-After': MatchersV3.regex('^[0-9]{1,9}$', '120') } },
    body: errorOf('Busy', 'Come back later'),
    outcome: {
      kind: 'refused',
      httpStatus: 503,
      retryable: true,
      retryAfterMs: 120_000,
      lot: expect.any(Number) as number, // drawn by the kernel's chance
      reason: 'Busy: Come back later',
    },
  },
];

const publicUrl = 'http://om.example';
const callback = `${publicUrl}${base}`;

/** One for each decision about a subscription: both end the asking. */
const subscriptions = [
  { description: 'a subscription to its events', state: 'nobody has subscribed', status: 201 },
  { description: 'a subscription that is there already', state: 'the order management has subscribed', status: 409 },
] as const;

const recorder = new Recorder();
const dispatched = new Map<string, PromiseSettledResult<DispatchOutcome | undefined>>();
const subscribed = new Map<string, PromiseSettledResult<number | undefined>>();

beforeAll(async () => {
  for (const dispatch of dispatches)
    dispatched.set(dispatch.description, await settledResult(recordDispatch(dispatch)));
  for (const subscription of subscriptions)
    subscribed.set(subscription.description, await settledResult(recordSubscription(subscription)));
}, recordingLimitMs);
afterAll(() => recorder.remove());

describe('the engine sends a SOM', () => {
  it.each(dispatches)('$description', ({ description, outcome }) => {
    expect(dispatched.get(description)).toEqual({ status: 'fulfilled', value: outcome });
  });

  it.each(subscriptions)('$description, and asks no more', ({ description }) => {
    expect(subscribed.get(description)).toEqual({ status: 'fulfilled', value: 1 });
  });

  it('exactly what the committed pact says', async () => {
    const merged = recorder.merged([...dispatches, ...subscriptions].map(({ description }) => description));
    expect(merged).toEqual({ ok: true, text: expect.any(String) });
    const remedy =
      'the engine sends or reads something else; if that is meant: npm test -- test/contracts/pacts/requests.test.ts -u';
    await expect(merged.ok && merged.text, remedy).toMatchFileSnapshot('../../../contracts/pacts/om-som-requests.json');
  });
});

/** Promises become results one after another, so that one failure leaves the other recordings alone. */
async function settledResult<Value>(promise: Promise<Value>): Promise<PromiseSettledResult<Value>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

/** The request is whatever the engine renders, every value of it: what that has to be, the committed pact says. */
async function recordDispatch(dispatch: Dispatch): Promise<DispatchOutcome | undefined> {
  const { description, state, payload, answer, body } = dispatch;
  return recorder
    .one()
    .addInteraction()
    .given(state)
    .uponReceiving(description)
    .withRequest('POST', `${base}/serviceOrder`, (request) => {
      request.headers({ 'Content-Type': json, Accept: 'application/json' }).jsonBody(renderOutboundRequest(payload));
    })
    .willRespondWith(answer.status, (response) => {
      response.headers({ 'Content-Type': json, ...answer.headers }).jsonBody(body);
    })
    .executeTest(async ({ url }) => {
      const kernel = systemKernel(new FakeHost());
      const port = southboundPort({ kernel, targets: [targetAt(url, kernel, fetchClient(kernel))] });
      return port({
        type: 'SendOutboundRequest',
        requestId: payload.requestId,
        operation: 'create',
        revision: 1,
        attempt: 1,
        target: 'som',
        timeoutMs: 30_000,
        payload,
      });
    });
}

/** Gives how many requests were made until two minutes after the answer. */
async function recordSubscription(subscription: (typeof subscriptions)[number]): Promise<number | undefined> {
  const { description, state, status } = subscription;
  return recorder
    .one()
    .addInteraction()
    .given(state, { callback })
    .uponReceiving(description)
    .withRequest('POST', `${base}/hub`, (request) => {
      request.headers({ 'Content-Type': json }).jsonBody({ callback });
    })
    .willRespondWith(status)
    .executeTest(async ({ url }) => {
      const host = new FakeHost();
      const kernel = systemKernel(host);
      const counted = countingClient(fetchClient(kernel));
      openEventSubscriptions({ kernel, targets: [targetAt(url, kernel, counted.client)], publicUrl }).start();
      await host.pass(0);
      await counted.answered;
      await host.pass(120_000);
      return counted.count();
    });
}

function countingClient(client: Client): { client: Client; count(): number; answered: Promise<void> } {
  let count = 0;
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const send: Client['send'] = async (request, options) => {
    count += 1;
    const outcome = await client.send(request, options);
    resolve();
    return outcome;
  };
  return { client: { send }, count: () => count, answered };
}

/** Real sockets on a clock that stands: what takes how long decides nothing. */
function systemKernel(host: FakeHost): SystemKernel {
  return new SystemKernel({
    seed: 'pact',
    host,
    onFault: (fault) => {
      throw fault;
    },
  });
}

function targetAt(url: string, kernel: Kernel, client: Client): ReachableTarget {
  return reachableTarget({ name: 'som', baseUrl: `${url}${base}` }, { kernel, client });
}

function orderOf(states: readonly [string, ...string[]], ids: readonly [string, ...string[]]): object {
  const items = ids.map((id) => ({
    // Its reader takes an item for one only with these two, though it makes nothing of them.
    action: oneOf('add', 'modify', 'delete', 'noChange'),
    service: MatchersV3.like({}),
    id: MatchersV3.regex(`^(${ids.join('|')})$`, id),
    state: oneOf(...states),
  }));
  const [first, ...others] = items;
  return {
    id: MatchersV3.string('order-1'),
    state: oneOf(...states),
    serviceOrderItem: eachLike(first ?? {}, ...others),
  };
}

function errorOf(reason: string, message: string): object {
  // `code` is not read, and an error without it would break TMF641.
  return { code: MatchersV3.string('24'), reason: MatchersV3.string(reason), message: MatchersV3.string(message) };
}

function accepted(state: 'pending' | 'fulfilled' | 'error', ids: readonly string[]): DispatchOutcome {
  const reports = ids.map((serviceOrder) => ({ serviceOrder, state }));
  return { kind: 'accepted', httpStatus: 201, externalOrderId: 'order-1', reports };
}

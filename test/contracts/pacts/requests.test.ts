/** What our engine asks of a SOM, and what it makes of each kind of answer: recorded, and held against the committed pact. */
import { MatchersV3 } from '@pact-foundation/pact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { southboundPort } from '../../../engine/http/southbound.ts';
import { type ReachableTarget, reachableTarget } from '../../../engine/http/target-client.ts';
import type { DispatchOutcome } from '../../../engine/model/inputs.ts';
import type { OutboundPayload } from '../../../engine/model/payload.ts';
import { renderOutboundRequest } from '../../../engine/wire/south/tmf641-v4.ts';
import type { Client } from '../../../exchange/client.ts';
import { fetchClient } from '../../../exchange/fetch.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { json, recordSubscription, settledResult, standingKernel, subscriptions } from './asking.ts';
import { everyAction, hierarchy, oneService } from './examples.ts';
import { eachLike, oneOf, Recorder, recordingLimitMs } from './recorder.ts';

const base = '/tmf-api/serviceOrdering/v4';

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

const recorder = new Recorder();
const dispatched = new Map<string, PromiseSettledResult<DispatchOutcome | undefined>>();
const subscribed = new Map<string, PromiseSettledResult<number | undefined>>();

beforeAll(async () => {
  for (const dispatch of dispatches)
    dispatched.set(dispatch.description, await settledResult(recordDispatch(dispatch)));
  for (const subscription of subscriptions)
    subscribed.set(
      subscription.description,
      await settledResult(recordSubscription(recorder, subscription, { name: 'som', base })),
    );
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
      const kernel = standingKernel();
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

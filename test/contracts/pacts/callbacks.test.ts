/** What our engine reads of what a SOM tells it: recorded, told to its API, and held against the committed pact. */
import { MatchersV3 } from '@pact-foundation/pact';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine, outboundResponsePath, productOrderingBase, serviceOrderingBase } from '../../../engine/index.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse, receivedBody } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { catalogueOf, policiesOf } from '../../support/orders.ts';
import { eachLike, oneOf, Recorder, recordingLimitMs } from './recorder.ts';

/** What has become of the engine's order when it has heard. */
interface Heard {
  readonly status: number | undefined;
  readonly order: string | undefined;
  readonly requests: readonly string[] | undefined;
  readonly fallouts: readonly string[] | undefined;
}

interface Telling {
  readonly description: string;
  /** Of the SOM; `som-provider.ts` brings it about. */
  readonly state: string;
  /** The items that something has happened to. */
  readonly concerned: readonly string[];
  readonly path: string;
  /** What the engine reads of the message, and no more. */
  readonly content: object;
  readonly heard: Heard;
}

const items = ['so-1', 'so-2'] as const;
const listener = `${serviceOrderingBase}/listener`;

/** One for each thing that an item can be reported to be, and each way of reporting it. */
const tellings: readonly Telling[] = [
  {
    description: 'an event: an order is completed',
    state: 'it has completed an order',
    concerned: items,
    path: `${listener}/serviceOrderStateChangeEvent`,
    content: eventOf({
      state: oneOf('completed'),
      serviceOrderItem: eachLike(...items.map((id) => itemOf(id, 'completed'))),
    }),
    heard: { status: 201, order: 'completed', requests: ['fulfilled', 'fulfilled'], fallouts: [] },
  },
  {
    description: 'an event: a part of an order is completed',
    state: 'it has completed a part of an order',
    concerned: ['so-2'],
    path: `${listener}/serviceOrderAttributeValueChangeEvent`,
    content: eventOf({
      state: oneOf('inProgress'),
      serviceOrderItem: MatchersV3.arrayContaining(
        { ...itemOf('so-1', 'inProgress'), id: 'so-1' },
        { ...itemOf('so-2', 'completed'), id: 'so-2' },
      ),
    }),
    heard: { status: 201, order: 'in_progress', requests: ['pending', 'fulfilled'], fallouts: [] },
  },
  {
    description: 'an event: an order has failed',
    state: 'it has failed to fulfil an order',
    concerned: items,
    path: `${listener}/serviceOrderStateChangeEvent`,
    content: eventOf({
      state: oneOf('failed'),
      serviceOrderItem: eachLike(
        ...items.map((id) => ({
          ...itemOf(id, 'failed'),
          errorMessage: eachLike({ message: MatchersV3.string('No free port') }),
        })),
      ),
    }),
    heard: { status: 201, order: 'on_hold', requests: ['error', 'error'], fallouts: ['No free port', 'No free port'] },
  },
  {
    description: 'an outboundresponse: a part of an order is fulfilled',
    state: 'it has completed a part of an order, and reports by outboundresponse',
    concerned: ['so-2'],
    path: outboundResponsePath,
    content: responseOf('so-2', 'fulfilled'),
    heard: { status: 201, order: 'in_progress', requests: ['pending', 'fulfilled'], fallouts: [] },
  },
  {
    description: 'an outboundresponse: a part of an order is in error',
    state: 'it has failed to fulfil a part of an order, and reports by outboundresponse',
    concerned: ['so-2'],
    path: outboundResponsePath,
    content: responseOf('so-2', 'error'),
    heard: {
      status: 201,
      order: 'on_hold',
      requests: ['pending', 'error'],
      fallouts: ['som reported an error'],
    },
  },
];

const recorder = new Recorder();
const results = new Map<string, PromiseSettledResult<Heard | undefined>>();

beforeAll(async () => {
  for (const telling of tellings) {
    const [result] = await Promise.allSettled([record(telling)]);
    results.set(telling.description, result);
  }
}, recordingLimitMs);
afterAll(() => recorder.remove());

describe('the engine hears from a SOM', () => {
  it.each(tellings)('$description', ({ description, heard }) => {
    expect(results.get(description)).toEqual({ status: 'fulfilled', value: heard });
  });

  it('exactly what the committed pact says', async () => {
    const merged = recorder.merged(tellings.map(({ description }) => description));
    expect(merged).toEqual({ ok: true, text: expect.any(String) });
    const remedy =
      'the engine reads something else of what it is told; if that is meant: npm test -- test/contracts/pacts/callbacks.test.ts -u';
    await expect(merged.ok && merged.text, remedy).toMatchFileSnapshot(
      '../../../contracts/pacts/om-som-callbacks.json',
    );
  });
});

async function record({ description, state, concerned, path, content }: Telling): Promise<Heard | undefined> {
  return recorder
    .one()
    .addAsynchronousInteraction()
    .given(state, { externalId: 'request-1', items: [...items], concerned: [...concerned] })
    .expectsToReceive(description, (message) => {
      message.withMetadata({ method: 'POST', path, contentType: jsonMediaType }).withJSONContent(content);
    })
    .executeTest(async ({ contents, metadata }) =>
      tell(metadata.method, metadata.path, JSON.stringify(contents.content)),
    );
}

const catalogue = catalogueOf({
  catalogue: 'One service made of another',
  offerings: [{ id: 'internet', name: 'Internet', specification: 'internet' }],
  products: [{ id: 'internet', name: 'Internet', relationships: [{ type: 'Realized as', target: 'access' }] }],
  services: [
    { id: 'access', name: 'Access', type: 'CFS', relationships: [{ type: 'Requires', target: 'line' }] },
    { id: 'line', name: 'Line', type: 'RFS' },
  ],
});

const toSom = { outboundEnabled: true, hierarchical: true, targetSystem: 'som' };
const policies = policiesOf({
  policies: 'everything goes to the SOM, in one order',
  outbound: { rows: [{ name: 'all', when: { specificationType: 'CFS' }, then: toSom }] },
});

/** Opens an engine, has it send an order of two service orders, and tells it the message about that order. */
async function tell(method: unknown, path: unknown, message: string): Promise<Heard> {
  const kernel = virtualKernel({ seed: 'pact' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const engine = await openEngine({
    kernel,
    client,
    catalogue,
    policies,
    targets: [{ name: 'som', baseUrl: `http://som.example${serviceOrderingBase}`, reporting: 'callback' }],
    publicUrl: 'http://om.example',
  });
  network.set('http://om.example', engine.endpoint);
  network.set('http://som.example', () => {
    const response = jsonResponse(201, { id: 'order-1', state: 'acknowledged', serviceOrderItem: [] });
    return { kind: 'reply', response, afterMs: 0 };
  });
  const send = async (toMethod: string, toPath: string, text: string) => {
    const request = { method: toMethod, url: `http://om.example${toPath}`, headers: { 'content-type': jsonMediaType } };
    let status: number | undefined;
    kernel.call('tell', async () => {
      const outcome = await client.send({ ...request, body: receivedBody(text) }, { timeoutMs: 30_000 });
      if (outcome.kind === 'answered') status = outcome.response.status;
    });
    await kernel.run(kernel.now());
    return status;
  };
  const ordered = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet' } }] };
  await send('POST', `${productOrderingBase}/productOrder`, jsonBody(ordered).text);
  const [orderId = ''] = (await engine.store.list({ category: 'Product', offset: 0, limit: 1 })).orders.map(
    ({ id }) => id,
  );
  const sent = (await engine.order(orderId))?.outboundRequests ?? [];
  const status = await send(String(method), String(path), withIds(message, sent));
  const order = await engine.order(orderId);
  return {
    status,
    order: order?.state,
    requests: order?.outboundRequests.map(({ state }) => state),
    fallouts: order?.fallouts.map(({ description }) => description),
  };
}

/** The ids of the example are fixed; the order that is open has its own. */
function withIds(text: string, sent: readonly { readonly requestId: string; readonly serviceOrder: string }[]): string {
  return sent.reduce(
    (changed, { requestId, serviceOrder }, index) =>
      changed.replaceAll('"request-1"', `"${requestId}"`).replaceAll(`"${items[index]}"`, `"${serviceOrder}"`),
    text,
  );
}

function eventOf(order: object): object {
  return { event: { serviceOrder: { externalId: 'request-1', ...order } } };
}

/** An outboundresponse has words of its own for the states, and names only the items that have changed. */
function responseOf(id: string, state: string): object {
  return { externalId: 'request-1', serviceOrderItem: eachLike({ id, state: oneOf(state) }) };
}

function itemOf(id: string, state: string): object {
  return {
    // Its reader takes an item for one only with these two, though it makes nothing of them.
    action: oneOf('add', 'modify', 'delete', 'noChange'),
    service: MatchersV3.like({}),
    id: MatchersV3.regex(`^(${items.join('|')})$`, id),
    state: oneOf(state),
  };
}

/** Asking how far an order is, in every dialect: what an answer says, and that anything else says nothing. */
import { describe, expect, it } from 'vitest';
import { pollingPort } from '../../../engine/http/polling.ts';
import { southboundPort } from '../../../engine/http/southbound.ts';
import { reachableTarget } from '../../../engine/http/target-client.ts';
import type { DispatchOutcome, ItemReport } from '../../../engine/model/inputs.ts';
import type { PollOutboundRequest } from '../../../engine/model/outcome.ts';
import { Secret, type Target } from '../../../engine/model/target.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import { jsonResponse, type ReceivedRequest, receivedBody } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { oneService } from '../../contracts/pacts/examples.ts';

const target: Target = {
  name: 'som',
  baseUrl: 'http://som.test/base',
  reporting: { pollEveryMs: 30_000 },
  auth: { kind: 'bearer', token: new Secret('tok-1') },
};

const effect: PollOutboundRequest & { serviceOrders: string[] } = {
  type: 'PollOutboundRequest',
  requestId: 'r',
  target: 'som',
  externalOrderId: '47/11',
  timeoutMs: 5_000,
  serviceOrders: ['a', 'b'],
};

async function inCall<Value>(answer: Answer, changes: Partial<Target>, use: (reach: Reach) => Promise<Value>) {
  const kernel = virtualKernel({ seed: '1' });
  const seen: ReceivedRequest[] = [];
  const endpoint = (request: ReceivedRequest) => {
    seen.push(request);
    return answer;
  };
  const client = directClient(kernel, new Map([['http://som.test', endpoint]]));
  const reach = { kernel, targets: [reachableTarget({ ...target, ...changes }, { kernel, client })] };
  let value: Value | undefined;
  kernel.call('test', async () => {
    value = await use(reach);
  });
  await kernel.run();
  return { value, seen };
}

type Reach = Parameters<typeof southboundPort>[0];

function polled(answer: Answer, changes: Partial<Target> = {}, asked: Partial<typeof effect> = {}) {
  return inCall<readonly ItemReport[]>(answer, changes, (reach) => pollingPort(reach)({ ...effect, ...asked }));
}

const reply = (status: number, body: unknown): Answer => ({
  kind: 'reply',
  response: jsonResponse(status, body),
  afterMs: 0,
});
const tmfOrder = {
  id: '4711',
  externalId: 'r',
  state: 'inProgress',
  serviceOrderItem: [
    { id: 'a', action: 'add', service: {}, state: 'completed' },
    { id: 'b', action: 'add', service: {}, state: 'failed', errorMessage: [{ message: 'tok-1 is no port' }] },
  ],
};

describe('a poll', () => {
  it('asks for the order by its id, with the credentials of the target', async () => {
    const { seen } = await polled(reply(200, tmfOrder));
    expect(seen).toMatchObject([
      {
        method: 'GET',
        path: '/base/serviceOrder/47/11',
        headers: { accept: 'application/json', authorization: 'Bearer tok-1' },
      },
    ]);
  });

  it.each<[Target['dialect'], object, ItemReport[]]>([
    [
      'tmf641-v4.1',
      tmfOrder,
      [
        { serviceOrder: 'a', state: 'fulfilled' },
        { serviceOrder: 'b', state: 'error', message: '[redacted] is no port' },
      ],
    ],
    [
      'servicenow',
      {
        id: 's',
        externalId: 'r',
        state: 'in_progress',
        serviceOrderItem: [{ id: 'a', state: 'completed' }, { id: 'b' }],
      },
      [
        { serviceOrder: 'a', state: 'fulfilled' },
        { serviceOrder: 'b', state: 'pending' },
      ],
    ],
    [
      'flowone',
      { id: 7, externalId: 'r', state: 'completed' },
      [
        { serviceOrder: 'a', state: 'fulfilled' },
        { serviceOrder: 'b', state: 'fulfilled' },
      ],
    ],
  ])('reads an answer in the dialect %s', async (dialect, body, expected) => {
    expect((await polled(reply(200, body), dialect === undefined ? {} : { dialect })).value).toEqual(expected);
  });

  it.each<[string, Answer]>([
    ['nobody answers', { kind: 'silence' }],
    ['the connection breaks', { kind: 'reset', afterMs: 0 }],
    ['the order is not known there', reply(404, { code: '60', reason: 'Resource not found' })],
    ['the answer breaks the contract', reply(200, { ...tmfOrder, state: 'Done' })],
    ['the answer is about another order', reply(200, { ...tmfOrder, externalId: 'other' })],
    [
      'the answer is no JSON',
      { kind: 'reply', response: { status: 200, headers: {}, body: receivedBody('<html>') }, afterMs: 0 },
    ],
  ])('says nothing when %s', async (_what, answer) => {
    expect((await polled(answer)).value).toEqual([]);
  });

  it('says nothing when there is no such target', async () => {
    expect(await polled(reply(200, tmfOrder), {}, { target: 'tom' })).toEqual({ value: [], seen: [] });
  });
});

describe('a dispatch to a target that is polled', () => {
  const send = {
    ...effect,
    type: 'SendOutboundRequest',
    operation: 'create',
    revision: 1,
    attempt: 1,
    payload: oneService,
  } as const;
  const dispatched = (changes: Partial<Target>) =>
    inCall<DispatchOutcome>(reply(201, { id: '4711' }), changes, (reach) => southboundPort(reach)(send));

  it('says how often it is to be asked', async () => {
    expect((await dispatched({})).value).toMatchObject({
      kind: 'accepted',
      externalOrderId: '4711',
      pollEveryMs: 30_000,
    });
    expect((await dispatched({ reporting: 'callback' })).value).not.toHaveProperty('pollEveryMs');
  });
});

describe('a dispatch in another dialect', () => {
  const send = {
    ...effect,
    type: 'SendOutboundRequest',
    operation: 'create',
    revision: 1,
    attempt: 1,
    payload: oneService,
  } as const;
  const { externalOrderId: _notYet, ...create } = send;

  it.each<[NonNullable<Target['dialect']>, Answer, string, object]>([
    ['servicenow', reply(202, { orderId: 'q-1' }), '/base/serviceOrder', { httpStatus: 202, externalOrderId: 'q-1' }],
    [
      'servicenow',
      reply(200, { id: 's', serviceOrderItem: [{ id: 'so-1', state: 'completed' }] }),
      '/base/serviceOrder',
      {
        reports: [{ serviceOrder: 'so-1', state: 'fulfilled' }],
      },
    ],
    ['flowone', reply(200, { id: 4711 }), '/base/serviceorder', { externalOrderId: '4711', reports: [] }],
    [
      'flowone',
      reply(201, {}),
      '/base/serviceorder',
      { incomplete: true, warning: expect.stringContaining('its answer breaks FlowOne: /id') },
    ],
  ])('%s is accepted by %j', async (dialect, answer, path, expected) => {
    const { value, seen } = await inCall<DispatchOutcome>(answer, { dialect, reporting: 'callback' }, (reach) =>
      southboundPort(reach)(create),
    );
    expect(value).toMatchObject({ kind: 'accepted', ...expected });
    expect(seen).toMatchObject([{ method: 'POST', path }]);
  });

  it.each<[NonNullable<Target['dialect']>, string]>([
    ['tmf641-v4.1', '/base/serviceOrder/4711'],
    ['servicenow', '/base/serviceOrder/4711'],
    ['flowone', '/base/serviceorder/4711'],
  ])('%s is told of a revision by PATCH %s', async (dialect, path) => {
    const revise = { ...send, operation: 'revise', revision: 2, externalOrderId: '4711' } as const;
    const payload = { ...oneService, revision: 2 };
    const { value, seen } = await inCall<DispatchOutcome>(reply(200, { id: '4711' }), { dialect }, (reach) =>
      southboundPort(reach)({ ...revise, payload }),
    );
    expect(value).toMatchObject({ kind: 'accepted', externalOrderId: '4711' });
    expect(seen).toMatchObject([{ method: 'PATCH', path }]);
  });

  it('cannot be told of a revision of an order without an id', async () => {
    const { value, seen } = await inCall<DispatchOutcome>(reply(200, {}), {}, (reach) =>
      southboundPort(reach)({ ...create, operation: 'revise' }),
    );
    expect(value).toMatchObject({
      kind: 'refused',
      retryable: false,
      reason: expect.stringContaining('gave the order no id'),
    });
    expect(seen).toEqual([]);
  });
});

/** Credentials and headers as a target gets them over HTTP, and what becomes of an order when there are none. */
import { afterEach, describe, expect, it } from 'vitest';
import { southboundPort } from '../../../engine/http/southbound.ts';
import { reachableTarget } from '../../../engine/http/target-client.ts';
import type { DispatchOutcome } from '../../../engine/model/inputs.ts';
import type { SendOutboundRequest } from '../../../engine/model/outcome.ts';
import type { Target } from '../../../engine/model/target.ts';
import { readTargets } from '../../../engine/wire/targets-file.ts';
import { type Served, serveEndpoint } from '../../../exchange/fastify.ts';
import { fetchClient } from '../../../exchange/fetch.ts';
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../../exchange/message.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { oneService } from '../../contracts/pacts/examples.ts';

const open: { kernel: SystemKernel; served: Served[] }[] = [];
afterEach(async () => {
  for (const { kernel, served } of open.splice(0)) {
    kernel.close();
    await Promise.all(served.map((each) => each.close()));
  }
});

const environment = { SECRET: 'hunter2 & co', TOKEN: 'tok-1', USER: 'südbound' };

interface Run {
  readonly outcomes: readonly DispatchOutcome[];
  readonly atSom: readonly ReceivedRequest[];
  readonly atTokens: readonly ReceivedRequest[];
}

/** Sends so many orders at once to a target that is configured like this, over real sockets. */
async function dispatched(
  configured: object,
  options: { som?: (count: number) => HttpResponse; tokens?: (count: number) => HttpResponse; orders?: number } = {},
): Promise<Run> {
  const kernel = new SystemKernel({
    seed: 'test',
    onFault: (fault) => {
      throw fault;
    },
  });
  const { som = () => jsonResponse(201, { id: 'som-1' }), tokens = () => granted('t1'), orders = 1 } = options;
  const [atSom, atTokens]: ReceivedRequest[][] = [[], []];
  const served = await Promise.all([serve(kernel, atSom, som), serve(kernel, atTokens, tokens)]);
  open.push({ kernel, served });
  const [somUrl, tokensUrl] = served.map(({ url }) => url);
  const text = JSON.stringify({ som: { url: `${somUrl}/tmf-api/serviceOrdering/v4`, ...configured } });
  const read = readTargets(JSON.parse(text.replaceAll('TOKENS', tokensUrl ?? '')), environment);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const port = southboundPort({
    kernel,
    targets: read.content.map((target: Target) => reachableTarget(target, { kernel, client: fetchClient(kernel) })),
  });
  const outcomes = await Promise.all(Array.from({ length: orders }, () => port(effect)));
  return { outcomes, atSom: atSom ?? [], atTokens: atTokens ?? [] };
}

const effect: SendOutboundRequest = {
  type: 'SendOutboundRequest',
  requestId: 'request-1',
  operation: 'create',
  revision: 1,
  attempt: 1,
  target: 'som',
  timeoutMs: 5_000,
  payload: oneService,
};

function serve(
  kernel: SystemKernel,
  seen: ReceivedRequest[] = [],
  answer: (count: number) => HttpResponse,
): Promise<Served> {
  const refuse = (status: number) => jsonResponse(status, {});
  const endpoint = (request: ReceivedRequest) => {
    seen.push(request);
    return { kind: 'reply', response: answer(seen.length), afterMs: 0 } as const;
  };
  return serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
}

function granted(token: string, more: object = { expires_in: 3600 }): HttpResponse {
  const body = JSON.stringify({ access_token: token, token_type: 'Bearer', ...more });
  return { status: 200, headers: { 'content-type': 'application/json' }, body: { text: body, json: undefined } };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const oauth2 = { tokenUrl: 'TOKENS/oauth2/token', clientId: 'southbound', clientSecret: { env: 'SECRET' } };

describe('a target', () => {
  it.each<[string, object, object]>([
    ['nothing', {}, {}],
    [
      'a user and a password',
      { auth: { basic: { user: 'southbound', password: { env: 'SECRET' } } } },
      { authorization: basic('southbound', 'hunter2 & co') },
    ],
    ['a bearer token', { auth: { bearer: { env: 'TOKEN' } } }, { authorization: 'Bearer tok-1' }],
    [
      'an API key',
      { auth: { apiKey: { header: 'X-Vendor-Key', key: { env: 'SECRET' } } } },
      { 'x-vendor-key': 'hunter2 & co' },
    ],
    [
      'headers of its own',
      { headers: { 'X-Tenant': 'north', 'X-Token': { env: 'TOKEN' } } },
      { 'x-tenant': 'north', 'x-token': 'tok-1' },
    ],
  ])('gets %s with every request', async (_what, configured, expected) => {
    const { outcomes, atSom } = await dispatched(configured);
    expect(outcomes).toEqual([{ kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] }]);
    const [request] = atSom;
    expect(request?.headers).toMatchObject({ ...expected, 'content-type': 'application/json;charset=utf-8' });
    if (!('authorization' in expected)) expect(request?.headers).not.toHaveProperty('authorization');
  });

  it('is told nothing twice: what it says in a refusal does not carry our credentials on', async () => {
    const som = () => jsonResponse(400, { code: '1', reason: 'bad key hunter2 & co', message: 'x' });
    const { outcomes } = await dispatched({ auth: { apiKey: { header: 'x-key', key: { env: 'SECRET' } } } }, { som });
    expect(outcomes).toMatchObject([{ kind: 'refused', httpStatus: 400, reason: 'bad key [redacted]: x' }]);
  });
});

describe('OAuth 2 client credentials', () => {
  it('are exchanged for a token, once for all who ask', async () => {
    const { outcomes, atSom, atTokens } = await dispatched(
      { auth: { oauth2: { ...oauth2, scope: 'orders' } } },
      { orders: 5 },
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('accepted'));
    expect(new Set(atSom.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer t1']));
    expect(atTokens).toHaveLength(1);
    expect(atTokens[0]).toMatchObject({ method: 'POST', path: '/oauth2/token' });
    expect(atTokens[0]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      // Form-encoded before they are joined (RFC 6749, 2.3.1).
      authorization: basic('southbound', 'hunter2+%26+co'),
    });
    expect(atTokens[0]?.body?.text).toBe('scope=orders&grant_type=client_credentials');
  });

  it('go in the body where the target wants them there', async () => {
    const { atTokens } = await dispatched({ auth: { oauth2: { ...oauth2, clientAuthentication: 'post' } } });
    const sent = new URLSearchParams(atTokens[0]?.body?.text);
    expect(Object.fromEntries(sent)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'southbound',
      client_secret: 'hunter2 & co',
    });
    expect(atTokens[0]?.headers).not.toHaveProperty('authorization');
  });

  it('are exchanged again, once, when a token is refused', async () => {
    const som = (count: number) => (count === 1 ? jsonResponse(401, {}) : jsonResponse(201, { id: 'som-1' }));
    const { outcomes, atSom, atTokens } = await dispatched(
      { auth: { oauth2 } },
      { som, tokens: (count) => granted(`t${count}`) },
    );
    expect(outcomes).toMatchObject([{ kind: 'accepted' }]);
    expect(atSom.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
    expect(atTokens).toHaveLength(2);
  });

  it('are not exchanged without end when every token is refused', async () => {
    const som = () => jsonResponse(401, { code: '40', reason: 'Who are you' });
    const { outcomes, atSom, atTokens } = await dispatched({ auth: { oauth2 } }, { som });
    expect(outcomes).toEqual([{ kind: 'refused', httpStatus: 401, retryable: false, reason: 'Who are you' }]);
    expect([atSom.length, atTokens.length]).toEqual([2, 2]);
  });

  it.each<[string, HttpResponse, boolean, string]>([
    [
      'are refused',
      jsonResponse(401, { error: 'invalid_client', error_description: 'hunter2 & co is wrong' }),
      false,
      'it answered 401 invalid_client [redacted] is wrong',
    ],
    ['find the door shut', jsonResponse(503, {}), true, 'it answered 503'],
    [
      'bring something else',
      jsonResponse(200, { token: 'x' }),
      false,
      'its answer is not that of a token endpoint (RFC 6749, 5.1)',
    ],
    [
      'bring no JSON',
      { status: 200, headers: { 'content-type': 'text/html' }, body: { text: '<html>', json: undefined } },
      false,
      'its answer is not that of a token endpoint (RFC 6749, 5.1)',
    ],
  ])('that %s send nothing', async (_what, answer, retryable, reason) => {
    const { outcomes, atSom } = await dispatched({ auth: { oauth2 } }, { tokens: () => answer });
    expect(atSom).toEqual([]);
    expect(outcomes).toMatchObject([
      { kind: 'refused', retryable, reason: expect.stringMatching(/^no access token from http:\S+\/oauth2\/token: /) },
    ]);
    expect(outcomes[0]?.kind === 'refused' && outcomes[0].reason).toContain(reason);
  });

  it('say so when nobody is there to exchange them', async () => {
    const kernel = new SystemKernel({ seed: 'test', onFault: () => {} });
    const gone = await serve(kernel, [], () => granted('t1'));
    await gone.close();
    const auth = { oauth2: { ...oauth2, tokenUrl: `${gone.url}/token` } };
    const reason = `no access token from ${gone.url}/token: unable to reach it`;
    expect((await dispatched({ auth })).outcomes).toMatchObject([
      { kind: 'refused', retryable: true, lot: expect.any(Number), reason },
    ]);
  });
});

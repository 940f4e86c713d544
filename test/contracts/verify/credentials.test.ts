/** Credentials by each scheme: the right ones, those that let nobody in, and those that have expired. */
import { describe, expect, it } from 'vitest';
import type { CapabilityStatement } from '../../../contracts/records/capabilities.ts';
import { type Credentials, credentialsOf, type Known, NoToken } from '../../../contracts/verify/credentials.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { type Headers, jsonResponse } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

const tokenUrl = 'http://identity.test/token';
const oauth2: CapabilityStatement = { auth: { scheme: 'oauth2', tokenUrl, scope: 'orders' } };

function opened(known: Known, options: { statement?: CapabilityStatement; answer?: Endpoint } = {}) {
  const { statement = {}, answer } = options;
  const kernel = virtualKernel({ seed: '1' });
  const asked: { body: string; authorization: string | undefined }[] = [];
  const tokens: Endpoint = (request) => {
    asked.push({ body: request.body?.text ?? '', authorization: request.headers.authorization });
    if (answer !== undefined) return answer(request);
    const body = { access_token: `token-${asked.length}`, token_type: 'bearer', expires_in: 60 };
    return { kind: 'reply', response: jsonResponse(200, body), afterMs: 10 };
  };
  const client = directClient(kernel, new Map([['http://identity.test', tokens]]));
  const credentials = credentialsOf(known, { kernel, client, statement });
  return { kernel, asked, credentials };
}

/** Inside a call, as it is used. */
async function inCall<Given>(kernel: ReturnType<typeof virtualKernel>, body: () => Promise<Given>): Promise<Given> {
  let given: { value: Given } | { failure: unknown } | undefined;
  kernel.call('credentials', async () => {
    try {
      given = { value: await body() };
    } catch (failure) {
      given = { failure };
    }
  });
  await kernel.run(undefined, () => given !== undefined);
  if (given === undefined) throw new Error('nothing was given');
  if ('failure' in given) throw given.failure;
  return given.value;
}

const fixed: readonly (readonly [string, Known, Headers])[] = [
  ['a bearer token', { scheme: 'bearer', token: 'abc' }, { authorization: 'Bearer abc' }],
  [
    'user and password',
    { scheme: 'basic', user: 'Ünser', password: 'p:w' },
    { authorization: `Basic ${Buffer.from('Ünser:p:w').toString('base64')}` },
  ],
  ['an API key', { scheme: 'apiKey', header: 'X-Api-Key', key: 'abc' }, { 'x-api-key': 'abc' }],
];

describe.each(fixed)('%s', (_what, known, headers) => {
  it('goes with each request', async () => {
    const { credentials } = opened(known);
    expect(await credentials.headers()).toEqual(headers);
    expect(await credentials.headers()).toEqual(headers);
  });

  it('has a wrong one beside it, in the same place', () => {
    const { wrong, expired }: Credentials = opened(known).credentials;
    expect(Object.keys(wrong)).toEqual(Object.keys(headers));
    expect(wrong).not.toEqual(headers);
    expect(expired).toBeUndefined();
  });

  it('has headers in lower case', () => {
    const { wrong } = opened(known).credentials;
    expect(Object.keys(wrong).every((name) => name === name.toLowerCase())).toBe(true);
  });
});

describe('OAuth 2', () => {
  const known: Known = { scheme: 'oauth2', clientId: 'verifier', clientSecret: 'secret' };

  it('asks for a token with the scope that is declared, and keeps it', async () => {
    const { kernel, asked, credentials } = opened(known, { statement: oauth2 });
    const headers = await inCall(kernel, () => credentials.headers());
    expect(headers).toEqual({ authorization: 'Bearer token-1' });
    expect(await inCall(kernel, () => credentials.headers())).toEqual(headers);
    expect(asked.length).toBe(1);
    expect(asked[0]?.body).toContain('scope=orders');
    expect(`${asked[0]?.body} ${asked[0]?.authorization}`).toMatch(/secret|Basic /);
  });

  it('renews it in time, and still has the first as the one that has expired', async () => {
    const { kernel, credentials } = opened(known, { statement: oauth2 });
    const renewed = await inCall(kernel, async () => {
      await credentials.headers();
      await kernel.rest(kernel.now() + 120_000);
      return credentials.headers();
    });
    expect(renewed).toEqual({ authorization: 'Bearer token-2' });
    expect(await credentials.expired?.()).toEqual({ authorization: 'Bearer token-1' });
    expect(credentials.wrong).not.toEqual(renewed);
  });

  it('says why there is no token', async () => {
    const answer: Endpoint = () => ({
      kind: 'reply',
      response: jsonResponse(401, { error: 'invalid_client' }),
      afterMs: 0,
    });
    const { kernel, credentials } = opened(known, { statement: oauth2, answer });
    const failed = inCall(kernel, () => credentials.headers());
    await expect(failed).rejects.toThrow(NoToken);
    await expect(failed).rejects.not.toThrow(/secret/);
  });

  it('needs to know where tokens are given', () => {
    expect(() => opened(known)).toThrow(/auth\.tokenUrl/);
  });
});

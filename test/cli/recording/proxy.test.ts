/** The recording proxy in virtual time: nothing is changed on the way but callbacks, and no secret is written down. */
import { describe, expect, it } from 'vitest';
import { RecordingProxy } from '../../../cli/recording/proxy.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../../exchange/endpoint.ts';
import {
  jsonBody,
  jsonMediaType,
  jsonResponse,
  type ReceivedRequest,
  receivedBody,
} from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

const base = '/tmf-api/serviceOrdering/v4';

function opened(vendor: Endpoint, options: { listener?: Endpoint } = {}) {
  const kernel = virtualKernel({ seed: 'proxy' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const seen: ReceivedRequest[] = [];
  const told: ReceivedRequest[] = [];
  network.set('http://vendor.test', (request) => {
    seen.push(request);
    return vendor(request);
  });
  network.set('http://om.test', (request) => {
    told.push(request);
    return options.listener?.(request) ?? { kind: 'reply', response: { status: 204, headers: {} }, afterMs: 0 };
  });
  const target = `http://vendor.test${base}`;
  const proxy = new RecordingProxy({ kernel, client, target, callbackUrl: 'http://back.test:8631' });
  async function through(endpoint: Endpoint, request: Partial<ReceivedRequest> & { target: string }): Promise<Answer> {
    let answer: Answer | undefined;
    const [path = ''] = request.target.split('?');
    kernel.call('ask', async () => {
      answer = await endpoint({ method: 'GET', query: {}, headers: {}, ...request, path: decodeURIComponent(path) });
    });
    await kernel.run(Number.POSITIVE_INFINITY, () => answer !== undefined);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }
  return {
    proxy,
    seen,
    told,
    ask: (request: Partial<ReceivedRequest> & { target: string }) => through(proxy.forClient, request),
    tell: (request: Partial<ReceivedRequest> & { target: string }) => through(proxy.forVendor, request),
  };
}

const json = { 'content-type': jsonMediaType };
const ok: Endpoint = () => ({ kind: 'reply', response: jsonResponse(200, { id: '1' }), afterMs: 0 });

/** Gives each registration an id, and shows what it was given. */
function hub(): Endpoint {
  let count = 0;
  return ({ method, body }) => {
    if (method === 'DELETE') return { kind: 'reply', response: { status: 204, headers: {} }, afterMs: 0 };
    count += 1;
    return { kind: 'reply', response: jsonResponse(201, { ...Object(body?.json), id: `h${count}` }), afterMs: 0 };
  };
}

describe('a request', () => {
  it('goes on as it came, but for what is about the connection', async () => {
    const { ask, seen, proxy } = opened(ok);
    const text = '{ "a" : 1.0,\n "b": "ä" }';
    const headers = {
      ...json,
      host: 'proxy.test',
      connection: 'keep-alive',
      'x-tenant': 'blue',
      'content-length': '25',
    };
    await ask({
      method: 'PATCH',
      target: `${base}/serviceOrder/a%2Fb?x=%20&y=1&y=2`,
      headers,
      body: receivedBody(text),
    });
    expect(seen).toMatchObject([
      {
        method: 'PATCH',
        target: `${base}/serviceOrder/a%2Fb?x=%20&y=1&y=2`,
        headers: { ...json, 'x-tenant': 'blue' },
        body: { text },
      },
    ]);
    expect(Object.keys(seen[0]?.headers ?? {})).toEqual(['content-type', 'x-tenant']);
    expect(proxy.trace()).toMatchObject({
      basePath: base,
      listenerPath: '/callbacks',
      exchanges: [
        {
          from: 'verifier',
          to: 'vendor',
          request: { path: `${base}/serviceOrder/a%2Fb?x=%20&y=1&y=2`, body: { text } },
          outcome: { kind: 'answered', status: 200 },
        },
      ],
    });
    expect(proxy.trace().exchanges[0]).not.toHaveProperty('aim');
  });

  it('comes back through the proxy when it follows where the vendor says something is', async () => {
    const { ask } = opened(() => ({
      kind: 'reply',
      response: jsonResponse(201, {}, { location: `http://vendor.test${base}/serviceOrder/1` }),
      afterMs: 0,
    }));
    const answer = await ask({ target: `${base}/serviceOrder`, headers: { host: '127.0.0.1:8630' } });
    expect(answer).toMatchObject({
      response: { headers: { location: `http://127.0.0.1:8630${base}/serviceOrder/1` } },
    });
  });

  it.each([
    ['breaks where the vendor breaks it', { kind: 'reset', afterMs: 0 }, { kind: 'reset' }, 'reset'],
    ['stays without an answer where the vendor gives none', { kind: 'silence' }, { kind: 'silence' }, 'timeout'],
    [
      'gets broken JSON as it is',
      { kind: 'reply', response: { status: 200, headers: json, body: { text: '{"a', json: undefined } }, afterMs: 0 },
      { kind: 'reply', response: { body: { text: '{"a' } } },
      'malformed',
    ],
  ] as const)('%s', async (_what, answered, expected, recorded) => {
    const { ask, proxy } = opened(() => answered);
    expect(await ask({ target: `${base}/serviceOrder` })).toMatchObject(expected);
    expect(proxy.trace().exchanges).toMatchObject([{ outcome: { kind: recorded } }]);
  });

  it('beside the API is passed on, and not written down', async () => {
    const { ask, proxy, seen } = opened(ok);
    await ask({ target: '/login?user=me' });
    await ask({ target: `${base}2/serviceOrder` });
    expect([seen.length, proxy.unrecorded, proxy.trace().exchanges.length]).toEqual([2, 2, 0]);
  });

  it('with a compressed body is refused', async () => {
    const { ask, seen } = opened(ok);
    const answer = await ask({
      method: 'POST',
      target: `${base}/serviceOrder`,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer).toMatchObject({ response: { status: 415 } });
    expect(seen).toEqual([]);
  });

  it('to a vendor that is not there is answered 502, and written down as refused', async () => {
    const kernel = virtualKernel({ seed: 'proxy' });
    const client = directClient(kernel, new Map());
    const proxy = new RecordingProxy({
      kernel,
      client,
      target: `http://vendor.test${base}`,
      callbackUrl: 'http://back.test',
    });
    const answer = await proxy.forClient({ method: 'GET', path: base, query: {}, headers: {} });
    expect(answer).toMatchObject({
      response: { status: 502, body: { json: { message: 'Nobody answers at http://vendor.test' } } },
    });
    expect(proxy.trace().exchanges).toMatchObject([{ outcome: { kind: 'refused' } }]);
  });
});

describe('a callback', () => {
  const register = (callback: string, query?: string) => ({
    method: 'POST',
    target: `${base}/hub`,
    headers: json,
    body: jsonBody(query === undefined ? { callback } : { callback, query }),
  });

  it('is one of the proxy to the vendor, and its own to the client', async () => {
    const { ask, seen, proxy } = opened(hub());
    const answer = await ask(register('http://om.test/x?key=1', 'eventType=A'));
    expect(seen[0]?.body?.json).toEqual({ callback: 'http://back.test:8631/callbacks/s1', query: 'eventType=A' });
    expect(answer).toMatchObject({
      response: {
        status: 201,
        body: { text: '{"callback":"http://om.test/x?key=1","query":"eventType=A","id":"h1"}' },
      },
    });
    expect(JSON.stringify(proxy.trace())).not.toContain('om.test');
  });

  it('passes through to where it was registered, with its path, and is written down as the vendor sent it', async () => {
    const { ask, tell, told, proxy } = opened(hub());
    await ask(register('http://om.test/deep/x/'));
    const body = jsonBody({ eventId: '1', event: {} });
    const answer = await tell({
      method: 'POST',
      target: '/callbacks/s1/listener/some%20Event?n=1',
      headers: { ...json, authorization: 'Bearer of-the-vendor' },
      body,
    });
    expect(answer).toMatchObject({ response: { status: 204 } });
    expect(told).toMatchObject([
      {
        target: '/deep/x/listener/some%20Event?n=1',
        headers: { authorization: 'Bearer of-the-vendor' },
        body: { text: body.text },
      },
    ]);
    expect(proxy.trace().exchanges.at(-1)).toMatchObject({
      from: 'vendor',
      to: 'verifier',
      request: { path: '/callbacks/s1/listener/some%20Event?n=1', headers: { authorization: '[redacted]' } },
      outcome: { status: 204 },
    });
  });

  it('gets an address for each registration, the same for the same one, and another once that has ended', async () => {
    const { ask, seen } = opened(hub());
    await ask(register('http://om.test/x'));
    await ask(register('http://om.test/x'));
    await ask(register('http://om.test/x', 'eventType=A'));
    await ask({ method: 'DELETE', target: `${base}/hub/h1` });
    await ask(register('http://om.test/x'));
    const own = seen.flatMap(({ body }) => Object(body?.json).callback ?? []);
    expect(own.map((url: string) => url.split('/').at(-1))).toEqual(['s1', 's1', 's2', 's3']);
  });

  it('to nobody is answered 404', async () => {
    const { tell, proxy } = opened(hub());
    expect(await tell({ method: 'POST', target: '/callbacks/s7/x' })).toMatchObject({ response: { status: 404 } });
    expect(await tell({ method: 'POST', target: '/other' })).toMatchObject({ response: { status: 404 } });
    expect(proxy.trace().exchanges).toEqual([]);
  });

  it('that the client refuses is refused to the vendor', async () => {
    const busy: Endpoint = () => ({ kind: 'reply', response: jsonResponse(503, { reason: 'busy' }), afterMs: 0 });
    const { ask, tell, proxy } = opened(hub(), { listener: busy });
    await ask(register('http://om.test/x'));
    expect(await tell({ method: 'POST', target: '/callbacks/s1/e', headers: json, body: jsonBody({}) })).toMatchObject({
      response: { status: 503, body: { json: { reason: 'busy' } } },
    });
    expect(proxy.trace().exchanges.at(-1)).toMatchObject({ from: 'vendor', outcome: { status: 503 } });
  });
});

describe('a secret', () => {
  it.each([
    ['in a header', { headers: { authorization: 'Bearer Hunter-2-Hunter' } }],
    [
      'in basic credentials',
      { headers: { authorization: `Basic ${Buffer.from('me:Hunter-2-Hunter').toString('base64')}` } },
    ],
    ['in a cookie', { headers: { cookie: 'session=Hunter-2-Hunter; lang=en' } }],
    ['in a header for keys', { headers: { 'x-api-key': 'Hunter-2-Hunter' } }],
    ['in the query', { target: `${base}/serviceOrder?access_token=Hunter-2-Hunter` }],
    ['in an attribute', { method: 'POST', headers: json, body: jsonBody({ client_secret: 'Hunter-2-Hunter' }) }],
    [
      'in a characteristic',
      { method: 'POST', headers: json, body: jsonBody({ c: [{ name: 'wifiPassword', value: 'Hunter-2-Hunter' }] }) },
    ],
  ] as const)('%s is passed on and never written down, wherever else it stands', async (_where, given) => {
    const { ask, seen, proxy } = opened(() => ({
      kind: 'reply',
      response: jsonResponse(200, { echo: 'Hunter-2-Hunter' }),
      afterMs: 0,
    }));
    await ask({ target: `${base}/serviceOrder/Hunter-2-Hunter` });
    await ask({ target: `${base}/serviceOrder`, ...given });
    await ask({
      method: 'POST',
      target: `${base}/serviceOrder`,
      headers: json,
      body: jsonBody({ note: 'is Hunter-2-Hunter' }),
    });
    expect(seen[1]).toMatchObject(given);
    const written = JSON.stringify(proxy.trace());
    expect(written).not.toContain('Hunter-2-Hunter');
    expect(written).toContain('[redacted]');
  });

  it('that the vendor gives is not written down either', async () => {
    const { ask, proxy } = opened(() => ({
      kind: 'reply',
      response: jsonResponse(200, { accessToken: 'Hunter-2-Hunter' }, { 'set-cookie': 'id=Other-Secret-1' }),
      afterMs: 0,
    }));
    await ask({ target: `${base}/serviceOrder` });
    expect(JSON.stringify(proxy.trace())).not.toMatch(/Hunter|Other-Secret/);
  });

  it('that is short does not blot out everything', async () => {
    const { ask, proxy } = opened(ok);
    await ask({
      method: 'POST',
      target: `${base}/serviceOrder`,
      headers: json,
      body: jsonBody({ token: 'on', state: 'on hold' }),
    });
    expect(JSON.stringify(proxy.trace())).toContain('on hold');
  });
});

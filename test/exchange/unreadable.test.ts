/** What comes over a connection and is no HTTP: whoever sends it is told so in the words of whoever is asked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { replyAtOnce } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { wrongRefusal } from '../support/hostile/judge.ts';
import { spoken } from '../support/hostile/sockets.ts';

let served: Served;
let kernel: SystemKernel;
beforeAll(async () => {
  kernel = new SystemKernel({
    seed: 'unreadable',
    onFault: (fault) => {
      throw fault;
    },
  });
  served = await serveEndpoint({
    kernel,
    endpoint: async ({ method, path, body }) => {
      await kernel.rest(kernel.now() + 20);
      return replyAtOnce(jsonResponse(200, { method, path, body: body?.json }));
    },
    host: '127.0.0.1',
    port: 0,
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  });
});
afterAll(async () => {
  kernel.close();
  await served.close();
});

function say(text: string, leaves = false) {
  return spoken(Number(new URL(served.url).port), Buffer.from(text, 'latin1'), leaves);
}

describe('a server', () => {
  it.each([
    ['rubbish', 400, '\u0016\u0003\u0001\u0002'],
    ['a method that is none', 400, 'FOO / HTTP/1.1\r\nhost: a\r\n\r\n'],
    ['a length that is none', 400, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n'],
    ['a body that ends too early', 400, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{}'],
    ['headers without end', 431, `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['an expectation', 417, 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: tea\r\n\r\n'],
    ['no host', 400, 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
    [
      'a text that is no UTF-8',
      400,
      'POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 3\r\n\r\n"\u00ff"',
    ],
    ['escapes that are none', 400, 'GET /%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'],
  ])('that is sent %s says so with %i and a TMF Error', async (_what, status, text) => {
    const heard = await say(text, true);
    if (heard.kind !== 'answered') throw new Error(`the connection is ${heard.kind}`);
    expect([heard.status, wrongRefusal(heard.response)]).toEqual([status, []]);
  });

  it('hands on methods that are seldom used', async () => {
    const heard = await say('PROPFIND /a HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    expect(heard).toMatchObject({ status: 200, response: { body: { json: { method: 'PROPFIND', path: '/a' } } } });
  });

  it('answers a whole request before it says anything about the rubbish behind it', async () => {
    const heard = await say(
      'POST /a HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}rubbish\r\n\r\n',
    );
    expect(heard).toMatchObject({ status: 200, response: { body: { json: { path: '/a', body: {} } } } });
  });
});

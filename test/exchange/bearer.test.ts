/** A client with a token: shown at one place, and written down nowhere. */
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import { clientWithToken } from '../../exchange/bearer.ts';
import type { Client } from '../../exchange/client.ts';
import { type HttpRequest, jsonBody, jsonResponse } from '../../exchange/message.ts';
import { recordingClient, runCounter } from '../../exchange/recording.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';

const token = 'a-token-that-is-shown';
const to = 'http://om.test:8620/base';

function collecting(): { client: Client; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const send: Client['send'] = async (request) => {
    sent.push(request);
    return { kind: 'answered', response: jsonResponse(200, { said: request.headers.authorization }) };
  };
  return { client: { send }, sent };
}

describe('a client with a token', () => {
  it.each([
    ['http://om.test:8620/base/x', true],
    ['http://om.test:8620/elsewhere', true],
    ['http://om.test:8620.evil.test/base', false],
    ['http://om.test:86201/base', false],
    ['http://om.test/base', false],
    ['https://om.test:8620/base', false],
    ['http://crm.test/base', false],
  ])('asks %s with it: %s', async (url, expected) => {
    const { client, sent } = collecting();
    await clientWithToken(client, { token, to }).send({ method: 'POST', url, headers: {} }, { timeoutMs: 1 });
    expect(sent.map(({ headers, secrets }) => ({ headers, secrets }))).toEqual(
      expected ? [{ headers: { authorization: `Bearer ${token}` }, secrets: [token] }] : [{ headers: {} }],
    );
  });

  it('keeps it out of what is written down, also when the answer repeats it', async () => {
    const records: ExchangeRecord[] = [];
    const recording = { counter: runCounter(), from: 'som', partyOf: () => 'om' };
    const sink = (record: ExchangeRecord) => records.push(record);
    const recorded = recordingClient(collecting().client, { kernel: virtualKernel({ seed: '1' }), sink, ...recording });
    const request = { method: 'POST', url: to, headers: {}, body: jsonBody({ a: 1 }), secrets: ['another'] };
    const outcome = await clientWithToken(recorded, { token, to }).send(request, { timeoutMs: 1 });
    expect(outcome).toMatchObject({ response: { body: { json: { said: `Bearer ${token}` } } } });
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain(token);
  });
});

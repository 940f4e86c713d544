/** Every message is held against its contract; one that is declared invalid must be caught. */
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import { type Outcome, outcomeOf } from '../../exchange/client.ts';
import { type HttpRequest, jsonBody, jsonMediaType, receivedBody } from '../../exchange/message.ts';
import { judgeExchange } from '../../scenarios/judge.ts';

const url = 'http://som.test/tmf-api/serviceOrdering/v4/serviceOrder';
const order = {
  externalId: 'r-1',
  serviceOrderItem: [{ id: 'a', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }],
};
const accepted = {
  ...order,
  id: 'som-1',
  href: `${url}/som-1`,
  state: 'acknowledged',
  orderDate: '2026-01-05T08:00:00.000Z',
  serviceOrderItem: order.serviceOrderItem.map((item) => ({ ...item, state: 'acknowledged' })),
};
const json = { 'content-type': jsonMediaType };
const declared = { ...json, 'x-southbound-fault': 'on purpose' };

function judged(request: Partial<HttpRequest>, outcome: Outcome): string[] {
  const whole: HttpRequest = { method: 'POST', url, headers: json, body: jsonBody(order), ...request };
  const record: ExchangeRecord = {
    id: 'x1',
    from: 'om',
    to: 'som',
    sentAt: 0,
    endedAt: 0,
    sentOrder: 1,
    endedOrder: 2,
    request: { method: whole.method, path: new URL(whole.url).pathname, headers: {} },
    outcome: { kind: 'reset' },
  };
  return judgeExchange(record, { request: whole, outcome }).map(({ message }) => message);
}

const answered = (body: unknown, headers = json): Outcome => outcomeOf({ status: 201, headers, body: jsonBody(body) });

describe('an exchange', () => {
  it('that keeps its contract has no findings', () => {
    expect(judged({}, answered(accepted))).toEqual([]);
    expect(judged({}, { kind: 'timeout', afterMs: 1 })).toEqual([]);
  });

  it('has findings on the request and on the answer, with the place', () => {
    const { externalId: _, ...without } = order;
    const broken = { ...without, serviceOrderItem: [{ id: 'a', action: 'create' }] };
    expect(judged({ body: jsonBody(broken) }, { kind: 'reset' })).toEqual([
      expect.stringContaining('om -> som POST /tmf-api/serviceOrdering/v4/serviceOrder: /serviceOrderItem/0'),
      expect.stringContaining('/serviceOrderItem/0/action'),
    ]);
    expect(judged({}, answered({ ...accepted, state: 'Acknowledged' }))).toEqual([
      expect.stringMatching(/^som -> om to POST .*: \/state: expected one of/),
    ]);
  });

  it('that no contract knows is a finding', () => {
    expect(judged({ url: 'http://som.test/elsewhere' }, { kind: 'reset' })).toEqual([
      expect.stringContaining('expected an operation of some contract'),
    ]);
  });

  it('that is not JSON is a finding', () => {
    expect(judged({ body: receivedBody('{') }, { kind: 'reset' })).toEqual([expect.stringContaining('expected JSON')]);
    const malformed = outcomeOf({ status: 201, headers: json, body: receivedBody('{"id":') });
    expect(judged({}, malformed)).toEqual([expect.stringContaining('expected JSON')]);
  });

  it('that is declared invalid has to be', () => {
    const bad = jsonBody({ ...order, serviceOrderItem: [] });
    expect(judged({ headers: declared, body: bad }, { kind: 'reset' })).toEqual([]);
    expect(judged({ headers: declared }, { kind: 'reset' })).toEqual([
      expect.stringContaining('declared invalid (on purpose), and nothing is wrong with it'),
    ]);
    expect(judged({}, answered({}, declared))).toEqual([]);
    expect(judged({}, answered(accepted, declared))).toEqual([expect.stringContaining('nothing is wrong with it')]);
  });
});

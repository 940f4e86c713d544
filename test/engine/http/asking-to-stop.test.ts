/** A cancellation on its way to a target, in each dialect, and what each kind of answer is taken for. */
import { describe, expect, it } from 'vitest';
import { contractOf } from '../../../contracts/profile/contract.ts';
import { cancellationPort } from '../../../engine/http/cancellation/asking-to-stop.ts';
import { reachableTarget } from '../../../engine/http/target-client.ts';
import type { CancellationOutcome } from '../../../engine/model/cancellation/inputs.ts';
import type { DialectName } from '../../../engine/model/target.ts';
import type { Outcome } from '../../../exchange/client.ts';
import { type HttpRequest, jsonResponse, pathAndQuery } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

const base: { readonly [dialect in DialectName]: string } = {
  'tmf641-v4.1': 'http://som.test/tmf-api/serviceOrdering/v4',
  servicenow: 'http://som.test/api/sn_tmf_api/order',
  flowone: 'http://som.test/flowone/v1',
  'tmf652-v4.0': 'http://som.test/tmf-api/resourceOrderingManagement/v4',
  'tmf697-v4.0': 'http://som.test/tmf-api/workOrderManagement/v4',
  'tmf645-v4.0': 'http://som.test/tmf-api/serviceQualificationManagement/v4',
};

const effect = {
  type: 'SendCancellation',
  requestId: 'r',
  attempt: 1,
  target: 'som',
  externalOrderId: '4711',
  reason: 'moved',
} as const;

/** What is told of an answer, and the requests that went out. */
async function told(outcome: Outcome, dialect: DialectName = 'tmf641-v4.1', target = 'som') {
  const requests: HttpRequest[] = [];
  const client = {
    send: async (request: HttpRequest) => {
      requests.push(request);
      return outcome;
    },
  };
  const kernel = virtualKernel({ seed: '1' });
  const reached = reachableTarget({ name: 'som', baseUrl: base[dialect], dialect }, { kernel, client });
  const result: CancellationOutcome = await cancellationPort({ kernel, targets: [reached] })({ ...effect, target });
  return { result, requests };
}

const answered = (status: number, body: object): Outcome => ({
  kind: 'answered',
  response: jsonResponse(status, body),
});
const task = { id: '1', serviceOrder: { id: '4711' } };

describe('a cancellation', () => {
  it.each([
    ['tmf641-v4.1', 'CancelServiceOrder_Create'],
    ['servicenow', 'CancelServiceOrder_Create'],
    ['flowone', 'CancelServiceOrder_Create'],
    ['tmf652-v4.0', 'CancelResourceOrder_Create'],
    ['tmf697-v4.0', 'CancelWorkOrder_Create'],
  ] as const)('goes to %s by its contract', async (dialect, type) => {
    const { requests } = await told(answered(200, { ...task, state: 'inProgress' }), dialect);
    const [request] = requests;
    expect(request?.method).toBe('POST');
    expect(contractOf('POST', pathAndQuery(request?.url ?? '').path)?.operation.request).toBe(type);
    expect(request?.body?.text).toContain('4711');
    expect(request?.body?.text).toContain('moved');
  });

  it.each([
    ['a task at work', answered(201, { ...task, state: 'inProgress' }), { kind: 'accepted', httpStatus: 201 }],
    ['a task that is done', answered(201, { ...task, state: 'done' }), { kind: 'done', httpStatus: 201 }],
    [
      'a task that failed',
      answered(201, { ...task, state: 'terminatedWithError' }),
      { kind: 'refused', retryable: false, cause: 'business' },
    ],
    [
      'an order that has ended',
      answered(409, { message: 'over' }),
      { kind: 'refused', httpStatus: 409, reason: 'over' },
    ],
    ['a busy system', answered(503, {}), { kind: 'refused', retryable: true, lot: expect.any(Number) }],
    ['silence', { kind: 'timeout', afterMs: 1 }, { kind: 'unanswered', cause: 'timeout', lot: expect.any(Number) }],
    [
      'a success that breaks its contract',
      answered(201, { state: 7 }),
      { kind: 'accepted', warning: expect.stringContaining('breaks TMF641') },
    ],
  ] as const)('that meets %s is told as such', async (_name, outcome, expected) => {
    expect((await told(outcome as Outcome)).result).toMatchObject(expected);
  });

  it('goes nowhere where there is no such target, or one that takes no orders', async () => {
    const unknown = await told(answered(201, {}), 'tmf641-v4.1', 'nobody');
    expect(unknown.result).toMatchObject({ kind: 'refused', cause: 'configuration' });
    const inventory = await told(answered(201, {}), 'tmf645-v4.0');
    expect(inventory.result).toMatchObject({ kind: 'refused', cause: 'configuration' });
    expect([...unknown.requests, ...inventory.requests]).toEqual([]);
  });
});

/** The processResult callback: results by the native interface, and every text that it says no with. */
import { describe, expect, it } from 'vitest';
import { nativeQualificationBase } from '../../../../engine/index.ts';
import {
  answering,
  askingPolicies,
  brokenReply,
  idsIn,
  openAskingEngine,
  promising,
} from '../../../support/asking-engine.ts';

const collection = `${nativeQualificationBase}/checkServiceQualification`;
const path = `${collection}/processResult`;

const item = (id: string, specification: string) => ({
  id,
  service: { place: [{ id: 'site-1' }], serviceSpecification: { id: specification } },
});

/** An order that asks for the services, each in an item of its own; the ids of its service orders, item by item. */
async function waitingOrder(specifications: readonly string[] = ['internet']) {
  const opened = await openAskingEngine({ inventory: promising });
  const { body } = await opened.send('POST', collection, {
    relatedParty: [{ id: 'cust-1' }],
    serviceQualificationItem: specifications.map((each, index) => item(String(index + 1), each)),
  });
  const ids = opened.atInventory.map(idsIn);
  const tell = async (items: unknown) => opened.send('POST', path, { serviceQualificationItem: items });
  return { ...opened, id: String(body.id), ids, tell };
}

describe('processResult', () => {
  it('takes the results of a line, and answers with the whole question', async () => {
    const { tell, ids } = await waitingOrder();
    const { internet = '', line = '' } = ids[0] ?? {};
    const reply = await tell([
      {
        id: internet,
        qualificationResult: 'alternate',
        eligibilityUnavailabilityReason: [{ code: 'CAP-01', label: 'No free port' }],
        alternateServiceProposal: [
          {
            id: '1',
            alternateServiceAvailabilityDate: '2026-06-01T00:00:00.000Z',
            alternateService: {
              serviceSpecification: { id: 'radio-internet' },
              serviceCharacteristic: [{ name: 'speed', valueType: 'string', value: '50' }],
            },
          },
        ],
      },
      { id: line, qualificationResult: 'qualified' },
    ]);
    expect(brokenReply('POST', path, reply)).toEqual([]);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      qualificationResult: 'alternate',
      state: 'in_progress',
      serviceQualificationItem: [
        {
          id: '1',
          state: 'in_progress',
          qualificationResult: 'alternate',
          quantity: '1',
          service: { place: { id: 'site-1' } },
          eligibilityUnavailabilityReason: [{ code: 'CAP-01', label: 'No free port' }],
          alternateServiceProposal: [
            {
              id: 'AP0000001',
              alternateServiceAvailabilityDate: '2026-06-01T00:00:00.000Z',
              alternateService: {
                serviceSpecification: { id: 'radio-internet' },
                serviceCharacteristic: [{ name: 'speed', valueType: 'string', value: '50' }],
              },
            },
          ],
        },
      ],
    });
  });

  it('leaves as they are the service orders of which it says nothing', async () => {
    const { tell, ids } = await waitingOrder();
    const { internet = '', line = '' } = ids[0] ?? {};
    expect((await tell([{ id: internet, qualificationResult: 'qualified' }])).body.qualificationResult).toBe('pending');
    expect((await tell([{ id: line, qualificationResult: 'qualified' }])).body.qualificationResult).toBe('qualified');
  });

  it.each<[string, unknown, number, string, string]>([
    [
      'nothing found',
      { qualificationResult: 'none' },
      24,
      'Qualification Result should be one of [alternate, pending, qualified, unqualified]',
      '/serviceQualificationItem/0/qualificationResult',
    ],
    [
      'a result in another spelling',
      { qualificationResult: 'Qualified' },
      24,
      'Qualification Result should be one of [alternate, pending, qualified, unqualified]',
      '/serviceQualificationItem/0/qualificationResult',
    ],
    [
      'no result',
      {},
      23,
      'serviceQualificationItem qualificationResult is missing',
      '/serviceQualificationItem/0/qualificationResult',
    ],
    [
      'an unknown id',
      { id: 'nobody', qualificationResult: 'qualified' },
      24,
      'Qualification Item id does not exist',
      '/serviceQualificationItem/0/id',
    ],
    [
      'no id',
      { id: '', qualificationResult: 'qualified' },
      23,
      'serviceQualificationItem id is missing',
      '/serviceQualificationItem/0/id',
    ],
    [
      'a reason without a label',
      { qualificationResult: 'unqualified', eligibilityUnavailabilityReason: [{ code: 'x' }] },
      23,
      'Invalid payload: Mandatory field missing: eligibilityUnavailabilityReason.label',
      '/serviceQualificationItem/0/eligibilityUnavailabilityReason/0/label',
    ],
    [
      'a proposal of no specification',
      {
        qualificationResult: 'alternate',
        alternateServiceProposal: [{ alternateService: { serviceSpecification: { name: 'x' } } }],
      },
      23,
      'Invalid payload: Mandatory field missing: serviceSpecification.id',
      '/serviceQualificationItem/0/alternateServiceProposal/0/alternateService/serviceSpecification/id',
    ],
  ])(
    'is refused with %s, in the published words, and nothing is taken',
    async (_what, said, code, message, datapath) => {
      const { tell, ids, engine, id } = await waitingOrder();
      const { internet: first = '', line: second = '' } = ids[0] ?? {};
      const right = { id: second, qualificationResult: 'qualified' };
      const reply = await tell([{ id: first, ...(said as object) }, right]);
      expect(brokenReply('POST', path, reply)).toEqual([]);
      expect([reply.status, reply.body.code, reply.body.message, reply.body.details[0].datapath]).toEqual([
        400,
        code,
        message,
        datapath,
      ]);
      expect(await engine.order(id)).toMatchObject({ qualificationResult: 'pending' });
    },
  );

  it.each([
    ['nothing', undefined, 21, 'Invalid payload: Request body missing'],
    ['an empty object', {}, 22, 'Invalid payload: Empty payload'],
    ['no item', { serviceQualificationItem: [] }, 23, 'serviceQualificationItem is missing'],
    ['a text', 'qualified', 24, 'The request does not match its schema at the body; details says what was expected'],
  ])('is refused with %s', async (_what, body, code, message) => {
    const { send } = await openAskingEngine();
    const reply = await send('POST', path, body);
    expect(brokenReply('POST', path, reply)).toEqual([]);
    expect([reply.status, reply.body.code, reply.body.message]).toEqual([400, code, message]);
  });

  it.each([
    ['lines of one order', ['voice', 'internet']],
    ['orders', ['voice']],
  ])('is about one line at the top: not about several %s', async (_what, specifications) => {
    const { tell, ids, send, atInventory } = await waitingOrder(specifications);
    const first = ids[0]?.voice ?? '';
    await send('POST', collection, {
      relatedParty: [{ id: 'cust-2' }],
      serviceQualificationItem: [item('1', 'internet')],
    });
    const others = atInventory.map(idsIn);
    const second = (specifications.length > 1 ? others[1] : others.at(-1))?.internet ?? '';
    const said = { qualificationResult: 'qualified' };
    const reply = await tell([
      { id: first, ...said },
      { id: second, ...said },
    ]);
    expect([reply.status, reply.body.message, reply.body.details[0].datapath]).toEqual([
      400,
      'All Qualification Items must belong to same Top Order Line Item.',
      '/serviceQualificationItem/1/id',
    ]);
  });

  it('comes too late, once it was decided', async () => {
    const { tell, ids, send, id } = await waitingOrder(['voice']);
    const said = [{ id: ids[0]?.voice, qualificationResult: 'qualified' }];
    await tell(said);
    await send('POST', `/southbound/v1/order/${id}/decideQualification`, { decision: 'accept' });
    const reply = await tell(said);
    expect(brokenReply('POST', path, reply)).toEqual([]);
    expect([reply.status, reply.body.code]).toEqual([409, 62]);
  });

  it('is not for orders that are to be delivered', async () => {
    const { send, engine } = await openAskingEngine({ policies: askingPolicies, inventory: answering(() => ({})) });
    const { body } = await send('POST', '/tmf-api/serviceOrdering/v4/serviceOrder', {
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'voice' } } }],
    });
    const [serviceOrder] = (await engine.order(body.id))?.domainOrders ?? [];
    const reply = await send('POST', path, {
      serviceQualificationItem: [{ id: serviceOrder?.id, qualificationResult: 'qualified' }],
    });
    expect([reply.status, reply.body.message]).toEqual([400, 'Qualification Item id does not exist']);
  });
});

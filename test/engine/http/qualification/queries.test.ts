/** TMF645 queries: which services can be had at a place, asked without an order. */
import { describe, expect, it } from 'vitest';
import { jsonResponse } from '../../../../exchange/message.ts';
import {
  type AskingEngine,
  answering,
  brokenIn,
  brokenReply,
  idsIn,
  openAskingEngine,
  promising,
  questionIn,
  type Reply,
} from '../../../support/asking-engine.ts';

const base = '/tmf-api/serviceQualificationManagement/v4';
const collection = `${base}/queryServiceQualification`;
const place = [{ id: 'site-1', role: 'installation' }];

async function ask({ send }: Pick<AskingEngine, 'send'>, said: object): Promise<Reply> {
  const reply = await send('POST', collection, said);
  expect(brokenReply('POST', collection, reply)).toEqual([]);
  return reply;
}

async function look({ send }: Pick<AskingEngine, 'send'>, id: string): Promise<Reply> {
  const reply = await send('GET', `${collection}/${id}`);
  expect(brokenReply('GET', `${collection}/${id}`, reply)).toEqual([]);
  return reply;
}

interface Item {
  readonly id: string;
  readonly service: { readonly serviceSpecification: { readonly id: string } };
}

const servicesIn = ({ body }: Reply) =>
  body.serviceQualificationItem.map(({ service }: Item) => service.serviceSpecification.id);

describe('a query', () => {
  it.each<[string, object, string[]]>([
    ['nothing but a place', { service: { place } }, ['internet', 'radio-internet', 'voice']],
    ['a category', { category: { id: 'access' }, service: { place } }, ['internet', 'radio-internet']],
    ['a category of the service', { service: { place, category: 'telephony' } }, ['voice']],
    ['a service', { service: { place, serviceSpecification: { id: 'internet' } } }, ['internet']],
    ['something that faces resources', { service: { place, serviceSpecification: { id: 'line' } } }, []],
    ['a category that nobody knows', { category: { id: 'water' } }, []],
  ])('by %s finds what can be had of it', async (_what, searchCriteria, expected) => {
    const opened = await openAskingEngine();
    const { body, status, headers } = await ask(opened, { searchCriteria, externalId: 'CRM-1' });
    expect([status, headers.location]).toEqual([201, `http://om.test${collection}/${body.id}`]);
    expect(body).toMatchObject({
      href: `http://om.test${collection}/${body.id}`,
      state: 'acknowledged',
      externalId: 'CRM-1',
      queryServiceQualificationDate: '2026-01-05T08:00:00.000Z',
      searchCriteria,
    });
    expect(body).not.toHaveProperty('serviceQualificationItem');
    const done = await look(opened, body.id);
    expect(done.body.state).toBe('done');
    expect(servicesIn(done)).toEqual(expected);
    expect(opened.atInventory.map((request) => Object.keys(idsIn(request))[0])).toEqual(expected);
    expect(opened.atInventory.flatMap(brokenIn)).toEqual([]);
  });

  it('finds what could be had instead, and leaves out what cannot', async () => {
    const proposing = (specification: string, more: object = {}) => ({
      qualificationResult: 'alternate',
      alternateServiceProposal: [
        { alternateService: { serviceSpecification: { id: specification } } },
        { alternateServiceAvailabilityDate: '2026-03-01T00:00:00Z' },
      ],
      ...more,
    });
    const opened = await openAskingEngine({
      inventory: answering((specification) => {
        if (specification === 'internet') return proposing('radio-internet');
        if (specification === 'voice') return { qualificationResult: 'unqualified' };
        return { expectedServiceAvailabilityDate: '2026-02-01T00:00:00Z', expirationDate: '2026-01-06T00:00:00Z' };
      }),
    });
    const characteristics = [{ name: 'speed', value: 100 }];
    const { body } = await ask(opened, {
      searchCriteria: { service: { place, serviceCharacteristic: characteristics } },
    });
    const done = await look(opened, body.id);
    expect(done.body.expirationDate).toBe('2026-01-06T00:00:00.000Z');
    expect(done.body.serviceQualificationItem).toEqual([
      {
        id: 'radio-internet',
        expectedServiceAvailabilityDate: '2026-02-01T00:00:00.000Z',
        expirationDate: '2026-01-06T00:00:00.000Z',
        service: {
          place,
          serviceSpecification: { id: 'radio-internet' },
          serviceCharacteristic: characteristics,
          '@type': 'Service',
        },
        '@type': 'ServiceQualificationItem',
      },
      {
        id: 'AP0000002',
        expectedServiceAvailabilityDate: '2026-03-01T00:00:00.000Z',
        service: { place, serviceSpecification: { id: 'internet' }, '@type': 'Service' },
        '@type': 'ServiceQualificationItem',
      },
    ]);
    expect(questionIn(opened.atInventory[0] ?? ({} as never)).serviceQualificationItem[0]?.service).toMatchObject({
      serviceCharacteristic: [{ name: 'speed', value: 100 }],
    });
  });

  it('is answered at once to whoever wants that, be it with nothing', async () => {
    const opened = await openAskingEngine();
    const all = await ask(opened, { searchCriteria: {}, instantSyncQualification: true });
    expect([all.status, all.body.state, servicesIn(all)]).toEqual([
      200,
      'done',
      ['internet', 'radio-internet', 'voice'],
    ]);
    const none = await ask(opened, { searchCriteria: { category: { id: 'water' } }, instantSyncQualification: true });
    expect([none.status, none.body.state, servicesIn(none)]).toEqual([200, 'done', []]);
    expect((await opened.send('GET', collection)).body).toEqual([]);
  });

  it('ends in an error where the answer about one of them is not known, and lists the others', async () => {
    const opened = await openAskingEngine({
      inventory: (request, count) => (count === 1 ? jsonResponse(500, {}) : answering(() => ({}))(request, count)),
    });
    const { body } = await ask(opened, { searchCriteria: { category: { id: 'access' } } });
    const ended = await look(opened, body.id);
    expect([ended.body.state, servicesIn(ended)]).toEqual(['terminatedWithError', ['radio-internet']]);
  });

  it('is told of from its creation to its deletion', async () => {
    const opened = await openAskingEngine({ inventory: promising });
    await opened.send('POST', `${base}/hub`, { callback: 'http://listener.test/me' });
    const searchCriteria = { service: { serviceSpecification: { id: 'voice' } } };
    const { body } = await ask(opened, { searchCriteria });
    const path = `${collection}/${body.id}`;
    const patched = await opened.send('PATCH', path, { description: 'new' });
    expect(brokenReply('PATCH', path, patched)).toEqual([]);
    expect(patched.body.description).toBe('new');
    expect((await opened.send('PATCH', path, { searchCriteria: {} })).body.message).toMatch(/is what was asked/);
    expect((await opened.send('DELETE', path)).status).toBe(204);
    await ask(opened, { searchCriteria: { category: { id: 'water' } } });
    expect(opened.atListener.flatMap(brokenIn)).toEqual([]);
    expect(
      opened.atListener.map(({ body: told }) => {
        // biome-ignore lint/suspicious/noExplicitAny: as its contract says, which was just checked
        const event = told?.json as any;
        return [event.eventType, event.event.queryServiceQualification.state];
      }),
    ).toEqual([
      ['QueryServiceQualificationCreateEvent', 'acknowledged'],
      ['QueryServiceQualificationStateChangeEvent', 'inProgress'],
      ['QueryServiceQualificationDeleteEvent', 'inProgress'],
      ['QueryServiceQualificationCreateEvent', 'acknowledged'],
      ['QueryServiceQualificationStateChangeEvent', 'inProgress'],
      ['QueryServiceQualificationStateChangeEvent', 'done'],
    ]);
  });

  it('is listed among queries alone', async () => {
    const opened = await openAskingEngine();
    await ask(opened, { searchCriteria: {}, externalId: 'a' });
    await opened.send('POST', `${base}/checkServiceQualification`, {
      serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id: 'voice' } } }],
    });
    const listed = await opened.send('GET', `${collection}?fields=externalId`);
    expect(listed.body).toEqual([{ id: expect.any(String), externalId: 'a' }]);
    expect((await opened.send('GET', `${base}/checkServiceQualification`)).headers['x-total-count']).toBe('1');
  });

  it.each([
    ['no criteria', {}],
    ['criteria of another type', { searchCriteria: 'all' }],
  ])('is refused with %s', async (_what, said) => {
    const opened = await openAskingEngine();
    expect((await ask(opened, said)).status).toBe(400);
  });
});

/** The native interface of order qualification: asking, with every text it says no with; listing and reading. */
import { describe, expect, it } from 'vitest';
import { nativeQualificationBase } from '../../../../engine/index.ts';
import {
  answering,
  askingPolicies,
  brokenReply,
  openAskingEngine,
  type Reply,
} from '../../../support/asking-engine.ts';

const collection = `${nativeQualificationBase}/checkServiceQualification`;

const service = { place: [{ id: 'site-1', name: 'Site 1' }], serviceSpecification: { id: 'internet' } };
const question = {
  externalId: 'CRM-1',
  description: 'internet at site 1',
  relatedParty: [{ id: 'cust-1', '@referredType': 'Customer' }],
  serviceQualificationItem: [{ id: '1', quantity: 1, service }],
};

const waiting = { ...askingPolicies, approval: 'manual' } as const;

function with1(item: object): object {
  return { ...question, serviceQualificationItem: [{ id: '1', service, ...item }] };
}

function errorIn({ status, body }: Reply): unknown[] {
  return [status, body.code, body.message, body.details?.[0]?.datapath];
}

describe('a question by the native interface', () => {
  it('is an order that asks, as it was said, with words and types of that interface', async () => {
    const { send, engine } = await openAskingEngine({ policies: waiting });
    const reply = await send('POST', collection, question);
    expect(brokenReply('POST', collection, reply)).toEqual([]);
    expect(reply.status).toBe(201);
    expect(reply.headers.location).toBe(`http://om.test${collection}/${reply.body.id}`);
    expect(reply.body).toMatchObject({
      href: `http://om.test${collection}/${reply.body.id}`,
      externalId: 'CRM-1',
      description: 'internet at site 1',
      qualificationResult: 'none',
      state: 'new',
      checkServiceQualificationDate: '2026-01-05T08:00:00.000Z',
      relatedParty: [{ id: 'cust-1', '@referredType': 'Customer' }],
      serviceQualificationItem: [
        {
          id: '1',
          quantity: '1',
          qualificationResult: 'none',
          state: 'new',
          service: {
            place: { id: 'site-1', name: 'Site 1', '@referredType': 'GeographicSite' },
            serviceSpecification: { id: 'internet' },
          },
        },
      ],
    });
    const order = await engine.order(reply.body.id);
    expect(order).toMatchObject({ category: 'Service', fulfillmentType: 'Qualify', state: 'new' });
  });

  it('is approved, asked and answered, and shows what was found', async () => {
    const { send } = await openAskingEngine({
      inventory: answering((specification) =>
        specification === 'line'
          ? {}
          : {
              qualificationResult: 'alternate',
              eligibilityUnavailabilityReason: [{ code: 'CAP', label: 'no port' }],
              alternateServiceProposal: [
                {
                  alternateService: {
                    serviceSpecification: { id: 'radio-internet' },
                    serviceCharacteristic: [{ name: 'speed', value: 50 }],
                  },
                },
                { alternateServiceAvailabilityDate: '2026-03-01T00:00:00.000Z' },
              ],
            },
      ),
    });
    const created = await send('POST', collection, question);
    const reply = await send('GET', `${collection}/${created.body.id}`);
    expect(brokenReply('GET', `${collection}/${created.body.id}`, reply)).toEqual([]);
    expect(reply.body).toMatchObject({
      qualificationResult: 'alternate',
      state: 'in_progress',
      serviceQualificationItem: [
        {
          qualificationResult: 'alternate',
          eligibilityUnavailabilityReason: [{ code: 'CAP', label: 'no port' }],
          alternateServiceProposal: [
            {
              id: 'AP0000001',
              alternateService: {
                serviceSpecification: { id: 'radio-internet' },
                serviceCharacteristic: [{ name: 'speed', value: 50 }],
              },
            },
            {
              alternateServiceAvailabilityDate: '2026-03-01T00:00:00.000Z',
              alternateService: { serviceSpecification: { id: 'internet' } },
            },
          ],
        },
      ],
    });
  });

  it('has parents and children, told from either side', async () => {
    const { send, engine } = await openAskingEngine({ policies: waiting });
    const { body } = await send('POST', collection, {
      ...question,
      serviceQualificationItem: [
        { id: 'a', service, qualificationItemRelationship: [{ id: 'b', relationshipType: 'HasChild' }] },
        { id: 'b', service },
        { id: 'c', service, qualificationItemRelationship: [{ id: 'b', relationshipType: 'HasParent' }] },
      ],
    });
    const lines = (await engine.order(body.id))?.lines ?? [];
    const nameOf = (id: string | undefined) => lines.find((line) => line.id === id)?.externalId;
    expect(lines.map(({ externalId, parent }) => [externalId, nameOf(parent)])).toEqual([
      ['a', undefined],
      ['b', 'a'],
      ['c', 'b'],
    ]);
  });

  it.each([
    ['nothing', undefined, 21, 'Invalid payload: Request body missing', undefined],
    ['an empty object', {}, 22, 'Invalid payload: Empty payload', undefined],
    ['no party', { ...question, relatedParty: [] }, 23, 'Invalid payload: relatedParty is missing', '/relatedParty'],
    [
      'a party without an id',
      { ...question, relatedParty: [{ name: 'x' }] },
      23,
      'Invalid payload: Mandatory field missing: relatedParty.id',
      '/relatedParty/0/id',
    ],
    [
      'no item',
      { ...question, serviceQualificationItem: [] },
      23,
      'Invalid payload: serviceQualificationItem is missing',
      '/serviceQualificationItem',
    ],
    [
      'an item without an id',
      { ...question, serviceQualificationItem: [{ service }] },
      23,
      'Invalid payload: serviceQualificationItem id is missing',
      '/serviceQualificationItem/0/id',
    ],
    [
      'an item without a service',
      { ...question, serviceQualificationItem: [{ id: '1' }] },
      23,
      'Invalid payload: serviceQualificationItem service is missing',
      '/serviceQualificationItem/0/service',
    ],
    [
      'nowhere',
      with1({ service: { serviceSpecification: { id: 'internet' } } }),
      23,
      'Invalid payload: location information is missing (provide place, serviceInventory or referenceServiceInventory)',
      '/serviceQualificationItem/0/service',
    ],
    [
      'an empty place',
      with1({ service: { ...service, place: [] } }),
      23,
      'Invalid payload: location information is missing (provide place, serviceInventory or referenceServiceInventory)',
      '/serviceQualificationItem/0/service',
    ],
    [
      'no specification',
      with1({ service: { place: service.place } }),
      23,
      'Invalid payload: specification information is missing',
      '/serviceQualificationItem/0/service/serviceSpecification',
    ],
    [
      'a place without an id',
      with1({ service: { ...service, place: [{ name: 'x' }] } }),
      23,
      'Invalid payload: Mandatory field missing: place.id',
      '/serviceQualificationItem/0/service/place/0/id',
    ],
    [
      'a specification without an id',
      with1({ service: { ...service, serviceSpecification: { name: 'x' } } }),
      23,
      'Invalid payload: Mandatory field missing: serviceSpecification.id',
      '/serviceQualificationItem/0/service/serviceSpecification/id',
    ],
    [
      'a relationship to nothing',
      with1({ qualificationItemRelationship: [{ relationshipType: 'HasChild' }] }),
      23,
      'Invalid payload: Mandatory field missing: qualificationItemRelationship.id',
      '/serviceQualificationItem/0/qualificationItemRelationship/0/id',
    ],
    [
      'an unknown specification',
      with1({ service: { ...service, serviceSpecification: { id: 'nothing' } } }),
      24,
      'Invalid payload: Service Specification does not exist',
      '/serviceQualificationItem/0/service/serviceSpecification/id',
    ],
  ])('is refused with %s, in the published words', async (_what, body, code, message, datapath) => {
    const { send } = await openAskingEngine();
    const reply = await send('POST', collection, body);
    expect(brokenReply('POST', collection, reply)).toEqual([]);
    expect(errorIn(reply)).toEqual([400, code, message, datapath]);
  });

  it.each([
    [
      'two places',
      with1({ service: { ...service, place: [{ id: 'a' }, { id: 'b' }] } }),
      /place has 2 elements\. .*exactly one/,
      '/serviceQualificationItem/0/service/place',
    ],
    [
      'a place and an inventory',
      with1({ service: { ...service, serviceInventory: { id: 'x' } } }),
      /more than once: place, serviceInventory\. .*keep one/,
      '/serviceQualificationItem/0/service',
    ],
    [
      'a description of 101 characters',
      { ...question, description: 'x'.repeat(101) },
      /101 characters\. At most 100/,
      '/description',
    ],
    [
      'a service that faces resources',
      with1({ service: { ...service, serviceSpecification: { id: 'line' } } }),
      /faces resources\. Ask for a service that faces the customer/,
      '/serviceQualificationItem/0/service/serviceSpecification/id',
    ],
    [
      'an inventory that is not there',
      with1({ service: { serviceInventory: { id: 'x' } } }),
      /Inventory does not exist/,
      '/serviceQualificationItem/0/service/serviceInventory/id',
    ],
    [
      'a reference to an inventory that is not there',
      with1({ service: { referenceServiceInventory: { id: 'x' }, serviceSpecification: { id: 'internet' } } }),
      /Inventory does not exist/,
      '/serviceQualificationItem/0/service/referenceServiceInventory/id',
    ],
    [
      'an unknown kind of relationship',
      with1({ qualificationItemRelationship: [{ id: '1', relationshipType: 'Likes' }] }),
      /does not match its schema/,
      '/serviceQualificationItem/0/qualificationItemRelationship/0/relationshipType',
    ],
    ['half a unit', with1({ quantity: 0.5 }), /quantity 0.5/, '/serviceQualificationItem/0/quantity'],
  ])('is refused with %s, and told what to do', async (_what, body, message, datapath) => {
    const { send } = await openAskingEngine();
    const reply = await send('POST', collection, body);
    expect(brokenReply('POST', collection, reply)).toEqual([]);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
    expect(reply.body.details[0].datapath).toBe(datapath);
  });

  it('is unknown under the id of an order that is to be delivered', async () => {
    const { send } = await openAskingEngine();
    const path = '/tmf-api/serviceOrdering/v4/serviceOrder';
    const { body } = await send('POST', path, {
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'voice' } } }],
    });
    expect((await send('GET', `${path}/${body.id}`)).status).toBe(200);
    const reply = await send('GET', `${collection}/${body.id}`);
    expect([reply.status, reply.body.code]).toEqual([404, 60]);
  });
});

describe('the list of questions', () => {
  async function threeQuestions() {
    const opened = await openAskingEngine({ policies: waiting });
    for (const description of ['one', 'two', 'two']) {
      await opened.send('POST', collection, { ...question, description });
    }
    return opened;
  }

  it('is filtered, and cut into pages', async () => {
    const { send } = await threeQuestions();
    const seen = async (query: string) => {
      const reply = await send('GET', `${collection}${query}`);
      expect(brokenReply('GET', collection, reply)).toEqual([]);
      const { status, body, headers } = reply;
      const shown = Array.isArray(body) ? body.map(({ description }) => description) : body.message;
      return [status, shown, headers['x-total-count'], headers['content-range']];
    };
    expect(await seen('')).toEqual([200, ['one', 'two', 'two'], '3', 'items 0-2']);
    expect(await seen('?description=two')).toEqual([200, ['two', 'two'], '2', 'items 0-1']);
    expect(await seen('?state=new&qualificationResult=none&description=one')).toEqual([200, ['one'], '1', 'items 0-0']);
    expect(await seen('?limit=2')).toEqual([206, ['one', 'two'], '3', 'items 0-1']);
    expect(await seen('?limit=2&offset=2')).toEqual([206, ['two'], '3', 'items 2-2']);
  });

  it('shows the attributes that are asked for, and links to the other pages', async () => {
    const { send } = await threeQuestions();
    const reply = await send('GET', `${collection}?fields=state&limit=1&offset=1`);
    expect(Object.keys(reply.body[0]).toSorted()).toEqual(['id', 'state']);
    expect(reply.headers.link?.split(', ').map((link) => link.replace(/.*offset=(\d+).*rel="(\w+)"/, '$2 $1'))).toEqual(
      ['first 0', 'last 2', 'next 2', 'previous 0'],
    );
  });

  it.each([
    ['?state=completed', 404, 60],
    ['?limit=101', 400, 28],
    ['?limit=0', 400, 28],
    ['?offset=x', 400, 28],
    ['?qualificationResult=maybe', 400, 28],
    ['?stat=new', 400, 28],
  ])('says no to %s', async (query, status, code) => {
    const { send } = await threeQuestions();
    const reply = await send('GET', `${collection}${query}`);
    expect(brokenReply('GET', collection, reply)).toEqual([]);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  it('is that of the orders that ask, and these are in no other', async () => {
    const { send } = await threeQuestions();
    const path = '/tmf-api/serviceOrdering/v4/serviceOrder';
    expect((await send('GET', path)).body).toEqual([]);
    const [first] = (await send('GET', collection)).body;
    expect((await send('GET', `${path}/${first.id}`)).status).toBe(404);
    expect((await send('GET', `/southbound/v1/order/${first.id}`)).body).toMatchObject({ fulfillmentType: 'Qualify' });
  });
});

/** Inventory systems as they are asked, what they answer at once or later, and what becomes of it when they do not. */
import { describe, expect, it } from 'vitest';
import { nativeQualificationBase } from '../../../../engine/index.ts';
import { jsonResponse } from '../../../../exchange/message.ts';
import {
  type AskingEngine,
  answering,
  asked,
  askingPolicies,
  brokenIn,
  checkOf,
  type Inventory,
  openAskingEngine,
  promising,
  questionIn,
  specificationIn,
} from '../../../support/asking-engine.ts';
import { policiesOf } from '../../../support/orders.ts';

const collection = `${nativeQualificationBase}/checkServiceQualification`;
const listener = '/tmf-api/serviceQualificationManagement/v4/listener';

const question = {
  description: 'internet at site 1',
  relatedParty: [{ id: 'cust-1', '@referredType': 'Customer' }],
  serviceQualificationItem: [
    {
      id: '1',
      service: {
        place: [{ id: 'site-1', name: 'Site 1', role: 'installation' }],
        serviceSpecification: { id: 'internet' },
        serviceCharacteristic: [{ name: 'speed', value: 100 }],
      },
    },
  ],
};

/** An order that asks, a moment after it was taken. */
async function askedOf(options: Parameters<typeof openAskingEngine>[0] = {}) {
  const opened = await openAskingEngine(options);
  const { body } = await opened.send('POST', collection, question);
  return { ...opened, id: String(body.id) };
}

async function resultOf({ engine }: Pick<AskingEngine, 'engine'>, id: string): Promise<unknown> {
  return (await engine.order(id))?.qualificationResult;
}

async function requestOf({ engine }: Pick<AskingEngine, 'engine'>, id: string) {
  return (await engine.order(id))?.qualificationRequests.at(-1);
}

describe('an inventory system', () => {
  it('is asked by TMF645: about each service order, with place, characteristics and what rests on what', async () => {
    const { atInventory, engine, id } = await askedOf();
    const [request] = atInventory;
    if (request === undefined) throw new Error('nothing was asked');
    expect(brokenIn(request)).toEqual([]);
    const order = await engine.order(id);
    const [cfs, rfs] = order?.domainOrders ?? [];
    expect(request).toMatchObject({
      method: 'POST',
      path: '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification',
      headers: { 'content-type': 'application/json;charset=utf-8' },
    });
    expect(questionIn(request)).toEqual({
      externalId: order?.qualificationRequests[0]?.id,
      description: 'internet at site 1',
      instantSyncQualification: false,
      provideAlternative: true,
      provideUnavailabilityReason: true,
      relatedParty: [{ id: 'cust-1', '@type': 'RelatedParty', '@referredType': 'Customer' }],
      serviceQualificationItem: [
        {
          id: cfs?.id,
          qualificationItemRelationship: [{ id: rfs?.id, relationshipType: 'HasChild' }],
          service: {
            name: 'internet',
            serviceType: 'CFS',
            state: 'reserved',
            place: [{ id: 'site-1', name: 'Site 1', role: 'installation' }],
            serviceSpecification: {
              id: 'internet',
              name: 'internet',
              version: '1',
              '@type': 'ServiceSpecificationRef',
            },
            serviceCharacteristic: [{ name: 'speed', valueType: 'Single Line Text', value: 100 }],
            '@type': 'Service',
          },
          '@type': 'CheckServiceQualificationItem',
        },
        {
          id: rfs?.id,
          service: {
            name: 'line',
            serviceType: 'RFS',
            state: 'reserved',
            place: [{ id: 'site-1', name: 'Site 1', role: 'installation' }],
            serviceSpecification: { id: 'line', name: 'line', version: '1', '@type': 'ServiceSpecificationRef' },
            serviceCharacteristic: [],
            '@type': 'Service',
          },
          '@type': 'CheckServiceQualificationItem',
        },
      ],
      '@type': 'CheckServiceQualification',
    });
  });

  it('is asked to look only, where nothing is to be kept', async () => {
    const policies = { ...askingPolicies, qualification: { ...askingPolicies.qualification, reserves: false } };
    const { atInventory } = await askedOf({ policies });
    const states = atInventory.flatMap((each) =>
      questionIn(each).serviceQualificationItem.map(({ service }) => service?.state),
    );
    expect(states).toEqual(['feasibilityChecked', 'feasibilityChecked']);
  });

  it('answers at once', async () => {
    const opened = await askedOf({
      inventory: answering((specification) =>
        specification === 'line'
          ? { qualificationResult: 'unqualified', eligibilityUnavailabilityReason: [{ code: 'CAP', label: 'no port' }] }
          : { expectedServiceAvailabilityDate: '2026-02-01T00:00:00Z', expirationDate: '2026-01-06T08:00:00Z' },
      ),
    });
    const order = await opened.engine.order(opened.id);
    expect(order?.qualificationResult).toBe('unqualified');
    expect(order?.qualificationRequests).toMatchObject([
      { state: 'answered', target: 'inventory', definition: 'inventory', externalId: 'check-1', httpStatus: 201 },
    ]);
    expect(order?.domainOrders.map(({ qualification }) => qualification)).toEqual([
      {
        result: 'qualified',
        reasons: [],
        proposals: [],
        availableAt: Date.parse('2026-02-01T00:00:00Z'),
        expiresAt: Date.parse('2026-01-06T08:00:00Z'),
      },
      { result: 'unqualified', reasons: [{ code: 'CAP', label: 'no port' }], proposals: [] },
    ]);
  });

  it.each([
    ['what can be had', 'done', 'available', 'qualified'],
    ['what takes longer', 'inProgress', 'queued', 'pending'],
  ])('answers in words of its own for %s, as its configuration says', async (_what, state, word, expected) => {
    const opened = await askedOf({
      targets: { inventory: { ...asked, results: { available: 'qualified', queued: 'pending' } } },
      inventory: (request) => {
        const check = checkOf(request, 'check-1', () => ({ qualificationResult: word }));
        return jsonResponse(201, { ...check, state });
      },
    });
    expect(await resultOf(opened, opened.id)).toBe(expected);
  });

  it('answers later, by an event to its subscriber', async () => {
    const opened = await askedOf({
      targets: { inventory: { ...asked, reporting: 'events' } },
      inventory: promising,
    });
    expect(await resultOf(opened, opened.id)).toBe('pending');
    const [request] = opened.atInventory;
    if (request === undefined) throw new Error('nothing was asked');
    const event = (check: object) => ({
      eventId: 'e1',
      eventTime: '2026-01-05T08:00:00Z',
      eventType: 'CheckServiceQualificationStateChangeEvent',
      event: { checkServiceQualification: check },
    });
    const path = `${listener}/checkServiceQualificationStateChangeEvent`;
    const tell = (check: object, where = path) => opened.send('POST', where, event(check));
    const check = checkOf(request, 'check-1', () => ({}));
    expect((await tell({ ...check, externalId: 'somebody-elses' })).status).toBe(201);
    expect((await tell({ ...check, state: 'inProgress', serviceQualificationItem: [] })).status).toBe(201);
    expect(await resultOf(opened, opened.id)).toBe('pending');
    const strange = await tell(checkOf(request, 'check-1', () => ({ qualificationResult: 'perhaps' })));
    expect([strange.status, strange.body.details[0].datapath]).toEqual([
      400,
      '/event/checkServiceQualification/serviceQualificationItem/0/qualificationResult',
    ]);
    expect(strange.body.message).toMatch(/"perhaps" is not known; known are qualified, alternate, unqualified/);
    expect((await tell(check, listener)).status).toBe(201);
    expect(await resultOf(opened, opened.id)).toBe('qualified');
  });

  it.each([
    ['without a question in it', { eventType: 'CheckServiceQualificationCreateEvent', event: {} }, 400],
    ['of another shape', { eventType: 'CheckServiceQualificationCreateEvent', event: 7 }, 400],
    ['that tells of nothing found', { eventType: 'CheckServiceQualificationDeleteEvent' }, 201],
    ['of another kind', { eventType: 'SomethingElse' }, 201],
  ])('that sends an event %s is answered', async (_what, event, status) => {
    const { send } = await openAskingEngine();
    expect((await send('POST', listener, event)).status).toBe(status);
  });

  it.each([
    ['events', 1],
    ['callback', 0],
  ])('that reports by %s is subscribed to so many times: %i', async (reporting, times) => {
    const { subscriptions } = await openAskingEngine({ targets: { inventory: { ...asked, reporting } } });
    expect(subscriptions.flatMap(brokenIn)).toEqual([]);
    expect(subscriptions.map(({ path, body }) => [path, body?.json])).toEqual(
      Array(times).fill([
        '/tmf-api/serviceQualificationManagement/v4/hub',
        { callback: 'http://om.test/tmf-api/serviceQualificationManagement/v4' },
      ]),
    );
  });

  it('is asked again and again where it does not report', async () => {
    let state = 'inProgress';
    const opened = await askedOf({
      targets: { inventory: { ...asked, reporting: { poll: 'PT1M' } } },
      inventory: (request, count) => {
        if (request.method === 'POST') return promising(request, count);
        const [first] = opened.atInventory;
        if (first === undefined) throw new Error('nothing was asked');
        const check = checkOf(first, 'check-1', () => ({}));
        return jsonResponse(200, state === 'done' ? check : { ...check, state, serviceQualificationItem: [] });
      },
    });
    await opened.later(150_000);
    expect(await resultOf(opened, opened.id)).toBe('pending');
    state = 'done';
    await opened.later(600_000);
    expect(opened.atInventory.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'POST checkServiceQualification',
      'GET check-1',
      'GET check-1',
      'GET check-1',
    ]);
    expect(await resultOf(opened, opened.id)).toBe('qualified');
  });

  it('that ends in an error leaves the result unknown, and says why', async () => {
    const opened = await askedOf({
      inventory: (request) => {
        const { externalId, serviceQualificationItem } = questionIn(request);
        const items = serviceQualificationItem.map(({ id }) => ({
          id,
          terminationError: [{ value: 'no data for it' }],
        }));
        return jsonResponse(200, {
          id: 'check-1',
          externalId,
          state: 'terminatedWithError',
          serviceQualificationItem: items,
        });
      },
    });
    expect(await resultOf(opened, opened.id)).toBe('none');
    expect(await requestOf(opened, opened.id)).toMatchObject({ lastError: 'no data for it' });
  });

  const failures: readonly (readonly [string, Inventory, RegExp])[] = [
    ['silence', () => ({ kind: 'silence' }), /^it did not answer within 30000 ms$/],
    ['a broken connection', () => ({ kind: 'reset', afterMs: 5 }), /^the connection broke before its answer was in$/],
    ['a refusal', () => jsonResponse(422, { code: '24', reason: 'no such site' }), /^it answered 422: no such site$/],
    ['a refusal without a word', () => ({ status: 503, headers: {} }), /^it answered 503: no reason given$/],
    [
      'something else than JSON',
      () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: { text: '<p>', json: undefined } }),
      /^its answer is not JSON$/,
    ],
    ['nothing', () => ({ status: 200, headers: {} }), /cannot be used: it breaks TMF645/],
    [
      'something else than a question',
      () => jsonResponse(201, { id: 'check-1', serviceQualificationItem: 'none' }),
      /^its answer at \/serviceQualificationItem cannot be used: it breaks TMF645/,
    ],
    [
      'a result that is no word of its',
      answering(() => ({ qualificationResult: 'perhaps' })),
      /^its answer at \/serviceQualificationItem\/0\/qualificationResult cannot be used: the result "perhaps" is not known; known are qualified, alternate, unqualified, and others are named in results of the target$/,
    ],
    [
      'a result of nobody knows what',
      answering(() => ({ id: undefined })),
      /^its answer at \/serviceQualificationItem\/0\/id cannot be used: an item with a result has no id/,
    ],
  ];
  it.each(failures)('that answers with %s leaves the result unknown, and says why', async (_what, inventory, why) => {
    const opened = await askedOf({ inventory });
    await opened.later(60_000);
    expect(await resultOf(opened, opened.id)).toBe('none');
    const request = await requestOf(opened, opened.id);
    expect(request?.state).toBe('failed');
    expect(request?.lastError).toMatch(why);
  });

  it('that nobody finds leaves the result unknown', async () => {
    const opened = await askedOf({ targets: { inventory: { ...asked, url: 'http://nobody.test/base' } } });
    expect(await requestOf(opened, opened.id)).toMatchObject({
      state: 'failed',
      lastError: 'nobody answers at its address',
    });
  });

  it('that gives no id cannot be asked again, and is not waited for', async () => {
    const opened = await askedOf({
      targets: { inventory: { ...asked, reporting: { poll: 'PT1M' } } },
      inventory: () => jsonResponse(201, { state: 'inProgress' }),
    });
    expect(await requestOf(opened, opened.id)).toMatchObject({
      lastError: 'its answer has no id, by which it could be asked again',
    });
  });

  it('is told when nothing is to be kept for the question any more', async () => {
    const opened = await askedOf();
    await opened.send('POST', `/southbound/v1/order/${opened.id}/decideQualification`, { decision: 'decline' });
    expect(opened.atInventory.map(({ method, path }) => `${method} ${path}`).at(-1)).toBe(
      'DELETE /tmf-api/serviceQualificationManagement/v4/checkServiceQualification/check-1',
    );
    expect(await opened.engine.order(opened.id)).toMatchObject({ state: 'canceled' });
  });

  it('gets credentials, and what it says does not carry them on', async () => {
    const opened = await askedOf({
      targets: { inventory: { ...asked, auth: { bearer: { env: 'TOKEN' } } } },
      inventory: answering(() => ({
        qualificationResult: 'unqualified',
        eligibilityUnavailabilityReason: [{ code: 'hunter2', label: 'hunter2 may not ask' }],
      })),
    });
    expect(opened.atInventory[0]?.headers.authorization).toBe('Bearer hunter2');
    expect(JSON.stringify(await opened.engine.order(opened.id))).not.toContain('hunter2');
    const refusing = await askedOf({
      targets: { inventory: { ...asked, auth: { bearer: { env: 'TOKEN' } } } },
      inventory: () => jsonResponse(403, { code: '41', reason: 'hunter2 may not ask' }),
    });
    expect(await requestOf(refusing, refusing.id)).toMatchObject({
      lastError: 'it answered 403: [redacted] may not ask',
    });
  });
});

describe('who is asked', () => {
  const somUrl = 'http://inventory.test/tmf-api/serviceOrdering/v4';

  it('is one of several, by what each says of itself', async () => {
    const north = { ...asked, qualifies: { order: 20, when: { location: ['site-1', 'site-2'] } } };
    const south = { ...asked, qualifies: { order: 10, when: { location: 'site-9' } } };
    const opened = await askedOf({ targets: { north, south } });
    expect(await requestOf(opened, opened.id)).toMatchObject({ target: 'north', definition: 'north' });
  });

  it('is who the policies say, where they say something under that name', async () => {
    const policies = policiesOf({
      policies: 'named',
      outbound: { rows: [], default: { outboundEnabled: false } },
      requestTypes: [
        {
          name: 'Order Qualification Request',
          definitions: [{ name: 'inventory', order: 5, when: { location: 'elsewhere' }, adapter: 'theirs' }],
        },
      ],
      adapters: [{ name: 'theirs', targetSystem: 'inventory' }],
      qualification: { start: 'automatic' },
    });
    const opened = await askedOf({ policies });
    expect(opened.atInventory).toEqual([]);
    expect(await requestOf(opened, opened.id)).toMatchObject({ definition: 'Demo Order Qualification Implementation' });
  });

  it('is shown among the policies, stays when others come, and the same again changes nothing', async () => {
    const { send, engine } = await openAskingEngine();
    const path = '/southbound/v1/policies';
    const before = (await send('GET', path)).body;
    const [type] = before.policies.requestTypes;
    expect(type.definitions.map(({ name, order }: { name: string; order: number }) => [name, order])).toEqual([
      ['Demo Order Qualification Implementation', 10_000],
      ['inventory', 100],
    ]);
    expect(before.policies.adapters).toContainEqual({ name: 'inventory', active: true, targetSystem: 'inventory' });
    expect((await send('PUT', path, before.policies)).body).toEqual(before);
    await engine.usePolicies(askingPolicies);
    expect((await send('GET', path)).body).toEqual(before);
  });

  it('takes orders only: then the result is unknown, and it is said why', async () => {
    const policies = policiesOf({
      policies: 'wrong',
      outbound: { rows: [], default: { outboundEnabled: false } },
      requestTypes: [{ name: 'Order Qualification Request', definitions: [{ name: 'som', order: 5, adapter: 'som' }] }],
      adapters: [{ name: 'som', targetSystem: 'som' }],
      qualification: { start: 'automatic' },
    });
    const opened = await askedOf({ policies, targets: { som: { url: somUrl, reporting: 'callback' } } });
    expect(opened.atInventory).toEqual([]);
    expect(await requestOf(opened, opened.id)).toMatchObject({
      state: 'failed',
      lastError: '"som" speaks tmf641-v4.1: it takes service orders, and cannot be asked whether services can be had',
    });
  });

  it('is asked only: then a service order that is sent there is a fallout of the configuration', async () => {
    const policies = policiesOf({
      policies: 'wrong',
      outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'inventory' } }] },
    });
    const { send, engine, atInventory } = await openAskingEngine({ policies });
    const { body } = await send('POST', '/tmf-api/serviceOrdering/v4/serviceOrder', {
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'voice' } } }],
    });
    const order = await engine.order(body.id);
    expect(atInventory).toEqual([]);
    expect(order?.fallouts).toMatchObject([{ cause: 'configuration' }]);
    expect(order?.outboundRequests).toMatchObject([
      {
        lastError:
          '"inventory" speaks tmf645-v4.0: it is asked whether services can be had, and takes no service orders',
      },
    ]);
  });
});

describe('what an event or an answer is about', () => {
  it('is found by the ids that were sent, whatever else is in it', async () => {
    const opened = await askedOf({
      inventory: (request) => {
        const question = questionIn(request);
        return jsonResponse(200, {
          id: 'check-1',
          externalId: question.externalId,
          state: 'done',
          serviceQualificationItem: [
            { id: 'of somebody else', qualificationResult: 'unqualified' },
            ...question.serviceQualificationItem.map((item) => ({
              id: item.id,
              qualificationResult: 'qualified',
              note: specificationIn(item),
            })),
          ],
        });
      },
    });
    expect(await resultOf(opened, opened.id)).toBe('qualified');
  });
});

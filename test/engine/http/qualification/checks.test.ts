/** TMF645 checks without an order: asked, answered at once or later, listed, amended, taken back, and told to listeners. */
import { describe, expect, it } from 'vitest';
import { jsonResponse } from '../../../../exchange/message.ts';
import {
  type AskingEngine,
  answering,
  asked,
  askingPolicies,
  brokenIn,
  brokenReply,
  checkOf,
  type Inventory,
  idsIn,
  openAskingEngine,
  promising,
  questionIn,
  type Reply,
} from '../../../support/asking-engine.ts';

const base = '/tmf-api/serviceQualificationManagement/v4';
const collection = `${base}/checkServiceQualification`;

const place = [{ id: 'site-1', role: 'installation' }];
const service = { place, serviceSpecification: { id: 'internet' } };
const question = { externalId: 'CRM-1', serviceQualificationItem: [{ id: '1', service }] };

async function ask({ send }: Pick<AskingEngine, 'send'>, said: object = {}, withinMs = 0): Promise<Reply> {
  const reply = await send('POST', collection, { ...question, ...said }, { withinMs });
  expect(brokenReply('POST', collection, reply)).toEqual([]);
  return reply;
}

async function look({ send }: Pick<AskingEngine, 'send'>, id: string): Promise<Reply> {
  const reply = await send('GET', `${collection}/${id}`);
  expect(brokenReply('GET', `${collection}/${id}`, reply)).toEqual([]);
  return reply;
}

async function subscribe({ send }: Pick<AskingEngine, 'send'>, query?: string): Promise<void> {
  const { status } = await send('POST', `${base}/hub`, {
    callback: 'http://listener.test/me',
    ...(query === undefined ? {} : { query }),
  });
  expect(status).toBe(201);
}

/** What listeners were told: kind of event, and the state of the check in it. */
function told({ atListener }: Pick<AskingEngine, 'atListener'>): unknown[] {
  expect(atListener.flatMap(brokenIn)).toEqual([]);
  return atListener.map(({ path, body }) => {
    // biome-ignore lint/suspicious/noExplicitAny: as its contract says, which was just checked
    const event = body?.json as any;
    expect(path).toBe(`/me/listener/${event.eventType.charAt(0).toLowerCase()}${event.eventType.slice(1)}`);
    return [
      event.eventType.replace(/^CheckServiceQualification|Event$/g, ''),
      event.event.checkServiceQualification.state,
    ];
  });
}

const finding = {
  qualificationResult: 'alternate',
  eligibilityUnavailabilityReason: [{ code: 'CAP', label: 'no port' }],
  alternateServiceProposal: [
    {
      alternateService: {
        serviceSpecification: { id: 'radio-internet' },
        serviceCharacteristic: [{ name: 'speed', value: 50 }],
      },
    },
  ],
};
const alternate = answering((specification) => (specification === 'internet' ? finding : {}));

describe('a check', () => {
  it('is taken, asked, and done as soon as it is answered', async () => {
    const opened = await openAskingEngine();
    const created = await ask(opened, { '@type': 'MyCheck', note: 'mine' });
    const { id } = created.body;
    expect(created).toMatchObject({
      status: 201,
      headers: { location: `http://om.test${collection}/${id}` },
      body: {
        href: `http://om.test${collection}/${id}`,
        externalId: 'CRM-1',
        checkServiceQualificationDate: '2026-01-05T08:00:00.000Z',
        state: 'acknowledged',
        serviceQualificationItem: [{ id: '1', state: 'acknowledged', service }],
        '@type': 'MyCheck',
        note: 'mine',
      },
    });
    expect(created.body).not.toHaveProperty('qualificationResult');
    expect((await look(opened, id)).body).toMatchObject({
      state: 'done',
      qualificationResult: 'qualified',
      serviceQualificationItem: [{ id: '1', state: 'done', qualificationResult: 'qualified', service }],
      note: 'mine',
    });
    const [request] = opened.atInventory;
    if (request === undefined) throw new Error('nothing was asked');
    expect(brokenIn(request)).toEqual([]);
    expect(questionIn(request).serviceQualificationItem.map((item) => item.service?.state)).toEqual([
      'feasibilityChecked',
      'feasibilityChecked',
    ]);
  });

  it('shows reasons and proposals to whoever wants them', async () => {
    const opened = await openAskingEngine({ inventory: alternate });
    const answer = async (said: object) => {
      const { body } = await ask(opened, said);
      const { qualificationResult, serviceQualificationItem: items } = (await look(opened, body.id)).body;
      return [qualificationResult, items[0]];
    };
    const [plainResult, plain] = await answer({});
    expect([plainResult, plain.qualificationResult]).toEqual(['unqualified', 'unqualified']);
    expect(plain).not.toHaveProperty('alternateServiceProposal');
    expect(plain).not.toHaveProperty('eligibilityUnavailabilityReason');
    const [result, item] = await answer({ provideAlternative: true, provideUnavailabilityReason: true });
    expect([result, item]).toMatchObject([
      'alternate',
      {
        qualificationResult: 'alternate',
        eligibilityUnavailabilityReason: [{ code: 'CAP', label: 'no port' }],
        alternateServiceProposal: [
          {
            id: 'AP0000002',
            alternateService: {
              place,
              serviceSpecification: { id: 'radio-internet' },
              serviceCharacteristic: [{ name: 'speed', value: 50 }],
            },
          },
        ],
      },
    ]);
  });

  it('is alternate only where there is a proposal', async () => {
    const opened = await openAskingEngine({ inventory: answering(() => ({ qualificationResult: 'alternate' })) });
    const { body } = await ask(opened, { provideAlternative: true });
    expect((await look(opened, body.id)).body).toMatchObject({ qualificationResult: 'unqualified' });
  });

  it('shows what was proposed for what a service rests on', async () => {
    const opened = await openAskingEngine({
      inventory: answering((specification) => (specification === 'line' ? finding : {})),
    });
    const { body } = await ask(opened, { provideAlternative: true });
    const [item] = (await look(opened, body.id)).body.serviceQualificationItem;
    expect(item).toMatchObject({ qualificationResult: 'alternate', alternateServiceProposal: [{ id: 'AP0000001' }] });
  });

  it('tells from when and until when', async () => {
    const opened = await openAskingEngine({
      inventory: answering((specification) => ({
        expectedServiceAvailabilityDate: '2026-02-01T00:00:00Z',
        expirationDate: specification === 'line' ? '2026-01-06T00:00:00Z' : '2026-01-07T00:00:00Z',
      })),
    });
    const { body } = await ask(opened);
    const shown = await look(opened, body.id);
    expect(shown.body).toMatchObject({
      expirationDate: '2026-01-06T00:00:00.000Z',
      serviceQualificationItem: [
        { expectedServiceAvailabilityDate: '2026-02-01T00:00:00.000Z', expirationDate: '2026-01-06T00:00:00.000Z' },
      ],
    });
    await opened.later(5 * 24 * 3_600_000);
    expect((await look(opened, body.id)).body).toEqual(shown.body);
  });

  it('is in progress as long as an item is, and stays as it was once it is done', async () => {
    const opened = await openAskingEngine({ inventory: promising });
    await subscribe(opened);
    const { body } = await ask(opened, { serviceQualificationItem: [{ id: 'a', service }, { service }] });
    expect((await look(opened, body.id)).body).toMatchObject({
      state: 'inProgress',
      serviceQualificationItem: [
        { id: 'a', state: 'inProgress' },
        { id: '2', state: 'inProgress' },
      ],
    });
    const [first, second] = opened.atInventory;
    if (first === undefined || second === undefined) throw new Error('two questions, since there are two items');
    const event = (check: object) => ({ event: { checkServiceQualification: check } });
    const path = `${base}/listener/checkServiceQualificationAttributeValueChangeEvent`;
    await opened.send('POST', path, event(checkOf(first, 'check-1', () => ({}))));
    expect((await look(opened, body.id)).body.state).toBe('inProgress');
    await opened.send('POST', path, event(checkOf(second, 'check-2', () => ({ qualificationResult: 'unqualified' }))));
    const done = (await look(opened, body.id)).body;
    expect(done).toMatchObject({
      state: 'done',
      qualificationResult: 'unqualified',
      serviceQualificationItem: [{ qualificationResult: 'qualified' }, { qualificationResult: 'unqualified' }],
    });
    await opened.send('POST', path, event(checkOf(second, 'check-2', () => ({}))));
    expect((await look(opened, body.id)).body).toEqual(done);
    expect(told(opened)).toEqual([
      ['Create', 'acknowledged'],
      ['StateChange', 'inProgress'],
      ['StateChange', 'done'],
    ]);
  });

  it('is answered by processResult, too', async () => {
    const opened = await openAskingEngine({ inventory: promising });
    const { body } = await ask(opened);
    const ids = Object.values(idsIn(opened.atInventory[0] ?? ({} as never)));
    const path = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult';
    const reply = await opened.send('POST', path, {
      serviceQualificationItem: ids.map((id) => ({ id, qualificationResult: 'qualified' })),
    });
    expect(brokenReply('POST', path, reply)).toEqual([]);
    expect(reply).toMatchObject({ status: 201, body: { id: body.id, serviceQualificationItem: [{ id: '1' }] } });
    expect((await look(opened, body.id)).body.state).toBe('done');
  });

  it('is answered when it is asked for, too', async () => {
    const opened = await openAskingEngine({
      targets: { inventory: { ...asked, reporting: { poll: 'PT1M' } } },
      inventory: (request, count) => {
        if (request.method === 'POST') return promising(request, count);
        return jsonResponse(
          200,
          checkOf(opened.atInventory[0] ?? request, 'check-1', () => ({})),
        );
      },
    });
    const { body } = await ask(opened);
    await opened.later(59_000);
    expect((await look(opened, body.id)).body.state).toBe('inProgress');
    await opened.later(1_000);
    expect((await look(opened, body.id)).body.state).toBe('done');
  });

  it.each<[string, Inventory, RegExp]>([
    [
      'the answer cannot be used',
      () => jsonResponse(500, { reason: 'out of order' }),
      /^it answered 500: out of order$/,
    ],
    [
      'the inventory system says so',
      (request) => {
        if (request.method === 'DELETE') return { status: 204, headers: {} };
        const { externalId, serviceQualificationItem: items } = questionIn(request);
        const failed = items.map(({ id }) => ({ id, terminationError: [{ value: 'no data' }] }));
        return jsonResponse(200, {
          id: '1',
          externalId,
          state: 'terminatedWithError',
          serviceQualificationItem: failed,
        });
      },
      /^no data$/,
    ],
    ['there is no answer in time', promising, /^no answer in time$/],
  ])('ends in an error where %s, and says why', async (_what, inventory, why) => {
    const opened = await openAskingEngine({ inventory });
    await subscribe(opened);
    const { body } = await ask(opened);
    await opened.later(2 * 24 * 3_600_000);
    const shown = (await look(opened, body.id)).body;
    expect(shown).toMatchObject({ state: 'terminatedWithError', serviceQualificationItem: [{ id: '1' }] });
    expect(shown).not.toHaveProperty('qualificationResult');
    expect(shown.serviceQualificationItem[0].state).toBe('terminatedWithError');
    expect(shown.serviceQualificationItem[0].terminationError).toEqual([{ value: expect.stringMatching(why) }]);
    expect(told(opened)).toEqual([
      ['Create', 'acknowledged'],
      ['StateChange', 'inProgress'],
      ['StateChange', 'terminatedWithError'],
    ]);
  });

  it('ends in an error where there is nobody to ask', async () => {
    const policies = {
      ...askingPolicies,
      requestTypes: askingPolicies.requestTypes.map((type) => ({ ...type, definitions: [] })),
    };
    const opened = await openAskingEngine({ policies, targets: {} });
    await subscribe(opened);
    const { body } = await ask(opened);
    const shown = (await look(opened, body.id)).body;
    expect(shown.serviceQualificationItem[0].terminationError[0].value).toMatch(/^Nobody was asked.*it has none/);
    expect(told(opened)).toEqual([
      ['Create', 'acknowledged'],
      ['StateChange', 'inProgress'],
      ['StateChange', 'terminatedWithError'],
    ]);
  });

  it('shows what was found beside what was not', async () => {
    const opened = await openAskingEngine({
      inventory: (request, count) => (count === 1 ? jsonResponse(500, {}) : answering(() => ({}))(request, count)),
    });
    const { body } = await ask(opened, {
      serviceQualificationItem: [
        { id: 'a', service },
        { id: 'b', service },
      ],
    });
    expect((await look(opened, body.id)).body).toMatchObject({
      state: 'terminatedWithError',
      serviceQualificationItem: [
        { id: 'a', state: 'terminatedWithError' },
        { id: 'b', state: 'done', qualificationResult: 'qualified' },
      ],
    });
  });

  it('has items below items, whose results are in theirs', async () => {
    const opened = await openAskingEngine({
      inventory: answering((specification) =>
        specification === 'voice' ? { qualificationResult: 'unqualified' } : {},
      ),
    });
    const { body } = await ask(opened, {
      serviceQualificationItem: [
        { id: 'a', service, qualificationItemRelationship: [{ id: 'b', relationshipType: 'HasChild' }] },
        { id: 'b', service: { place, serviceSpecification: { id: 'voice' } } },
      ],
    });
    expect(opened.atInventory).toHaveLength(1);
    expect((await look(opened, body.id)).body.serviceQualificationItem).toMatchObject([
      { id: 'a', qualificationResult: 'unqualified' },
      { id: 'b', qualificationResult: 'unqualified' },
    ]);
  });

  it('may name a category with one service in it', async () => {
    const opened = await openAskingEngine();
    await ask(opened, { serviceQualificationItem: [{ id: '1', category: { id: 'telephony' }, service: { place } }] });
    expect(opened.atInventory.flatMap((request) => Object.keys(idsIn(request)))).toEqual(['voice']);
  });
});

describe('whoever wants the answer at once', () => {
  it('gets it, and no task is kept', async () => {
    const opened = await openAskingEngine();
    await subscribe(opened);
    const reply = await ask(opened, { instantSyncQualification: true });
    expect(reply).toMatchObject({ status: 200, body: { state: 'done', qualificationResult: 'qualified' } });
    expect(reply.headers).not.toHaveProperty('location');
    expect((await look(opened, reply.body.id)).status).toBe(404);
    expect((await opened.send('GET', collection)).body).toEqual([]);
    expect(told(opened)).toEqual([]);
    expect(opened.kernel.waiting).toBe(0);
  });

  it('waits while an inventory system thinks, and nobody else does', async () => {
    const slow: Inventory = (request, count) => {
      const answer = answering(() => ({}))(request, count);
      return 'kind' in answer ? answer : { kind: 'reply', response: answer, afterMs: 5_000 };
    };
    const opened = await openAskingEngine({ inventory: slow });
    const before = opened.kernel.now();
    const waiting = ask(opened, { instantSyncQualification: true }, 20_000);
    const other = opened.send('GET', collection);
    expect(await waiting).toMatchObject({ status: 200, body: { state: 'done' } });
    expect((await other).status).toBe(200);
    expect(opened.kernel.now() - before).toBe(20_000);
  });

  it('gets a task where the answer takes longer than anybody waits, and is told when it is there', async () => {
    const opened = await openAskingEngine({ inventory: promising });
    await subscribe(opened);
    const reply = await ask(opened, { instantSyncQualification: true }, 10_000);
    expect(reply).toMatchObject({ status: 201, body: { state: 'inProgress' } });
    expect(reply.headers.location).toBe(`http://om.test${collection}/${reply.body.id}`);
    const [request] = opened.atInventory;
    if (request === undefined) throw new Error('nothing was asked');
    const event = { event: { checkServiceQualification: checkOf(request, 'check-1', () => ({})) } };
    await opened.send('POST', `${base}/listener/checkServiceQualificationStateChangeEvent`, event);
    expect((await look(opened, reply.body.id)).body.state).toBe('done');
    expect(told(opened)).toEqual([
      ['Create', 'inProgress'],
      ['StateChange', 'done'],
    ]);
  });

  it('is told at once what is wrong with the question', async () => {
    const opened = await openAskingEngine();
    const reply = await ask(opened, {
      instantSyncQualification: true,
      serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id: 'nothing' } } }],
    });
    expect(reply.status).toBe(400);
    expect(opened.kernel.waiting).toBe(0);
  });

  it('gets an error at once, too', async () => {
    const opened = await openAskingEngine({ inventory: () => jsonResponse(500, {}) });
    const reply = await ask(opened, { instantSyncQualification: true });
    expect(reply).toMatchObject({ status: 200, body: { state: 'terminatedWithError' } });
  });
});

describe('checks', () => {
  async function three() {
    const opened = await openAskingEngine({
      inventory: answering((specification) =>
        specification === 'voice' ? { qualificationResult: 'unqualified' } : {},
      ),
    });
    for (const [externalId, id] of [
      ['c', 'voice'],
      ['a', 'internet'],
      ['b', 'internet'],
    ]) {
      await ask(opened, {
        externalId,
        serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id } } }],
      });
    }
    return opened;
  }

  it.each([
    ['', 200, ['c', 'a', 'b'], '3'],
    ['?qualificationResult=qualified', 200, ['a', 'b'], '2'],
    ['?serviceQualificationItem.service.serviceSpecification.id=voice&state=done', 200, ['c'], '1'],
    ['?sort=externalId&limit=2', 206, ['a', 'b'], '3'],
    ['?offset=2', 206, ['b'], '3'],
    ['?state=inProgress', 200, [], '0'],
  ])('are listed: %s', async (query, status, expected, total) => {
    const { send } = await three();
    const reply = await send('GET', `${collection}${query}`);
    expect(brokenReply('GET', collection, reply)).toEqual([]);
    expect(reply.status).toBe(status);
    expect(reply.body.map(({ externalId }: { externalId: string }) => externalId)).toEqual(expected);
    expect(reply.headers).toMatchObject({ 'x-total-count': total, 'x-result-count': String(expected.length) });
  });

  it('show the attributes that are asked for', async () => {
    const { send } = await three();
    const [first] = (await send('GET', `${collection}?fields=state,externalId`)).body;
    expect(Object.keys(first).toSorted()).toEqual(['externalId', 'id', 'state']);
    const one = await send('GET', `${collection}/${first.id}?fields=qualificationResult`);
    expect(one.body).toEqual({ id: first.id, qualificationResult: 'unqualified' });
    const created = await send('POST', `${collection}?fields=state`, question);
    expect(created.body).toEqual({ id: expect.any(String), state: 'acknowledged' });
  });

  it.each([
    ['GET', `${collection}?limit=x`, undefined, 400, '28'],
    ['GET', `${collection}/nobody`, undefined, 404, '60'],
    ['PATCH', `${collection}/nobody`, {}, 404, '60'],
    ['DELETE', `${collection}/nobody`, undefined, 404, '60'],
    ['PUT', `${collection}/nobody`, {}, 405, '61'],
    ['DELETE', collection, undefined, 405, '61'],
    ['POST', collection, undefined, 400, '21'],
  ])('answer %s %s with an error', async (method, path, body, status, code) => {
    const { send } = await openAskingEngine();
    const reply = await send(method, path, body);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    if (status === 405) expect(reply.headers.allow).toMatch(/GET/);
  });

  it('answer 415 to what is not JSON', async () => {
    const { send } = await openAskingEngine();
    const headers = { 'content-type': 'text/plain' };
    expect((await send('POST', collection, question, { headers })).status).toBe(415);
  });

  it.each([
    ['no item', { serviceQualificationItem: [] }, '/serviceQualificationItem', /schema/],
    [
      'an item that names nothing',
      { serviceQualificationItem: [{ id: '1' }] },
      '/serviceQualificationItem/0/service',
      /Item 1 names no service\. Say which/,
    ],
    [
      'a category of several services',
      { serviceQualificationItem: [{ id: '1', category: { id: 'access' } }] },
      '/serviceQualificationItem/0/category',
      /Of that category: internet, radio-internet\. Name one/,
    ],
    [
      'a category of none',
      { serviceQualificationItem: [{ id: '1', service: { category: 'water' } }] },
      '/serviceQualificationItem/0/service/category',
      /Of that category: none/,
    ],
    [
      'an unknown service',
      { serviceQualificationItem: [{ id: '1', service: { serviceSpecification: { id: 'water' } } }] },
      '/serviceQualificationItem/0/service/serviceSpecification/id',
      /does not exist: water/,
    ],
    [
      'one that is not there',
      { serviceQualificationItem: [{ id: '1', service: { id: 'service-7' } }] },
      '/serviceQualificationItem/0/service/id',
      /Inventory does not exist: service-7/,
    ],
    [
      'the same id twice',
      {
        serviceQualificationItem: [
          { id: '1', service },
          { id: '1', service },
        ],
      },
      '/serviceQualificationItem/1/id',
      /given twice/,
    ],
  ])('are refused with %s', async (_what, said, datapath, message) => {
    const opened = await openAskingEngine();
    const reply = await ask(opened, said);
    expect([reply.status, reply.body.details[0].datapath]).toEqual([400, datapath]);
    expect(reply.body.message).toMatch(message);
    expect((await opened.send('GET', collection)).body).toEqual([]);
  });
});

describe('what is said beside a check', () => {
  it('is amended by a merge patch, and listeners are told', async () => {
    const opened = await openAskingEngine({ inventory: alternate });
    await subscribe(opened);
    const { body } = await ask(opened, { description: 'first' });
    const path = `${collection}/${body.id}`;
    const relatedParty = [{ id: 'cust-1', '@referredType': 'Customer' }];
    const headers = { 'content-type': 'application/merge-patch+json' };
    const patch = { description: null, externalId: 'CRM-2', relatedParty, provideAlternative: true, mood: 'good' };
    const reply = await opened.send('PATCH', path, patch, { headers });
    expect(brokenReply('PATCH', path, reply)).toEqual([]);
    expect(reply).toMatchObject({
      status: 200,
      body: { externalId: 'CRM-2', relatedParty, qualificationResult: 'alternate', mood: 'good', state: 'done' },
    });
    expect(reply.body).not.toHaveProperty('description');
    expect((await look(opened, body.id)).body).toEqual(reply.body);
    expect(told(opened).at(-1)).toEqual(['AttributeValueChange', 'done']);
    expect(opened.atListener.at(-1)?.body?.json).toMatchObject({
      fieldPath: 'description,externalId,relatedParty,provideAlternative,mood',
    });
  });

  it('is the same after a patch that changes nothing, and nobody is told', async () => {
    const opened = await openAskingEngine();
    const { body } = await ask(opened);
    await subscribe(opened);
    expect((await opened.send('PATCH', `${collection}/${body.id}`, { externalId: 'CRM-1' })).status).toBe(200);
    expect(told(opened)).toEqual([]);
  });

  it.each([
    [
      'state',
      'done',
      /state is set by whoever answers the question, and cannot be patched\. What can be patched: desc/,
    ],
    ['qualificationResult', 'qualified', /is set by whoever answers/],
    ['id', 'other', /is set by whoever answers/],
    [
      'serviceQualificationItem',
      [],
      /is what was asked, and the answer is to that\. Delete this question and ask another/,
    ],
    ['description', 7, /schema/],
  ])('cannot be its %s', async (attribute, value, message) => {
    const opened = await openAskingEngine();
    const { body } = await ask(opened);
    const reply = await opened.send('PATCH', `${collection}/${body.id}`, { [attribute]: value });
    expect([reply.status, reply.body.details[0].datapath]).toEqual([400, `/${attribute}`]);
    expect(reply.body.message).toMatch(message);
  });

  it('is not amended by a JSON patch', async () => {
    const opened = await openAskingEngine();
    const { body } = await ask(opened);
    const headers = { 'content-type': 'application/json-patch+json' };
    const reply = await opened.send('PATCH', `${collection}/${body.id}`, [], { headers });
    expect([reply.status, reply.body.message]).toEqual([415, expect.stringMatching(/merge patch/)]);
  });
});

describe('a check that is taken back', () => {
  it('is gone, whoever was asked is told, and what comes later is passed over', async () => {
    const opened = await openAskingEngine({ inventory: promising });
    await subscribe(opened);
    const { body } = await ask(opened);
    const reply = await opened.send('DELETE', `${collection}/${body.id}`);
    expect([reply.status, reply.body]).toEqual([204, undefined]);
    expect((await look(opened, body.id)).status).toBe(404);
    expect(opened.atInventory.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    expect(opened.kernel.waiting).toBe(0);
    const [request] = opened.atInventory;
    if (request === undefined) throw new Error('nothing was asked');
    const event = { event: { checkServiceQualification: checkOf(request, 'check-1', () => ({})) } };
    const late = await opened.send('POST', `${base}/listener/checkServiceQualificationStateChangeEvent`, event);
    expect(late.status).toBe(201);
    expect(told(opened)).toEqual([
      ['Create', 'acknowledged'],
      ['StateChange', 'inProgress'],
      ['Delete', 'inProgress'],
    ]);
  });

  it('may be on its way still', async () => {
    const slow: Inventory = (request) => ({
      kind: 'reply',
      response: jsonResponse(201, { id: 'check-1', externalId: questionIn(request).externalId, state: 'inProgress' }),
      afterMs: 5_000,
    });
    const opened = await openAskingEngine({ inventory: slow });
    const { body } = await ask(opened);
    expect((await opened.send('DELETE', `${collection}/${body.id}`)).status).toBe(204);
    await opened.later(10_000);
    expect((await look(opened, body.id)).status).toBe(404);
  });

  it('may be done', async () => {
    const opened = await openAskingEngine();
    const { body } = await ask(opened);
    expect((await opened.send('DELETE', `${collection}/${body.id}`)).status).toBe(204);
    expect(opened.atInventory.map(({ method }) => method)).toEqual(['POST']);
  });
});

describe('listeners', () => {
  it('are told what their query lets through, until they leave', async () => {
    const opened = await openAskingEngine();
    await subscribe(opened, 'event.checkServiceQualification.state=done');
    await ask(opened);
    expect(told(opened)).toEqual([['StateChange', 'done']]);
    const other = await opened.send('POST', `${base}/hub`, { callback: 'http://listener.test/other' });
    expect((await opened.send('DELETE', `${base}/hub/${other.body.id}`)).status).toBe(204);
    await ask(opened);
    expect(told(opened)).toHaveLength(2);
  });

  it('of service orders hear nothing of questions', async () => {
    const opened = await openAskingEngine();
    await opened.send('POST', '/tmf-api/serviceOrdering/v4/hub', { callback: 'http://listener.test/me' });
    await ask(opened);
    expect(opened.atListener).toEqual([]);
  });
});

describe('after any number of questions', () => {
  it('there is no order, no product, and nothing was sent to be delivered', async () => {
    const opened = await openAskingEngine({ inventory: alternate });
    await ask(opened);
    await ask(opened, { instantSyncQualification: true });
    const { body } = await ask(opened);
    await opened.send('DELETE', `${collection}/${body.id}`);
    await opened.send('POST', `${base}/queryServiceQualification`, { searchCriteria: { service: { place } } });
    await opened.later(30 * 24 * 3_600_000);
    for (const category of ['Product', 'Service'] as const) {
      expect(await opened.engine.store.list({ category, offset: 0, limit: 10 })).toEqual({ orders: [], total: 0 });
    }
    expect(await opened.engine.products({ offset: 0, limit: 10 })).toEqual({ items: [], total: 0 });
    expect(await opened.engine.store.pendingEffects()).toEqual([]);
    expect(new Set(opened.atInventory.map(({ path }) => path))).toEqual(new Set([collection]));
  });

  it('the same seed has given the same bytes', async () => {
    const run = async () => {
      const opened = await openAskingEngine({ inventory: alternate });
      await subscribe(opened);
      const replies = [await ask(opened), await ask(opened, { instantSyncQualification: true })];
      return JSON.stringify([replies, opened.atInventory, opened.atListener]);
    };
    expect(await run()).toBe(await run());
  });
});

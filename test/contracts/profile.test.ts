import { describe, expect, it } from 'vitest';
import { checkOf, checkRequest, checkResponse, contractOf, overlays } from '../../contracts/profile/contract.ts';
import { isLegalMove, type ProfileName } from '../../contracts/profile/profile.ts';
import {
  criteriaOf,
  matchesAll,
  pageOf,
  pageOfList,
  selectFields,
  sortedBy,
  sortKeysOf,
} from '../../contracts/profile/tmf630.ts';
import { type ApiName, type Operation, publishedApis } from '../../contracts/schemas/documents.ts';
import { pathAndQuery } from '../../exchange/message.ts';

const profiles: ProfileName[] = ['official', 'official-lenient', 'conformance', 'vendor', 'own'];
const apis = Object.keys(publishedApis) as ApiName[]; // the keys are the names by its type

const item = { id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' } } };
const order = {
  id: 'so-1',
  href: 'http://som.test/serviceOrder/so-1',
  state: 'acknowledged',
  orderDate: '2026-01-05T08:00:00.000Z',
  serviceOrderItem: [{ ...item, state: 'acknowledged' }],
};

const rules = (api: ApiName, profile: ProfileName, definition: string, value: unknown) =>
  checkOf(api, profile, definition)(value).map(({ pointer, rule }) => `${pointer} ${rule}`);

const found = ({ method }: Operation, path: string) => {
  const contract = contractOf(method, path.replaceAll(/\{\w+\}/g, 'abc'));
  return `${contract?.api} ${contract?.operation.id}`;
};

describe.each(apis)('the overlay of %s', (api) => {
  it.each(profiles)('compiles under %s', (profile) => {
    for (const definition of Object.keys(publishedApis[api].document.definitions)) {
      expect(() => checkOf(api, profile, definition), definition).not.toThrow();
    }
  });

  it('speaks only of types and states that are published', () => {
    const { definitions } = publishedApis[api].document;
    const { requirements, relaxations, ownership } = overlays[api];
    for (const { definition } of [...requirements, ...relaxations])
      expect(Object.keys(definitions)).toContain(definition);
    for (const [resource, owners] of Object.entries(ownership)) {
      const properties = Object.keys((definitions[resource]?.properties ?? {}) as object);
      for (const attribute of owners.flatMap(({ attributes }) => attributes))
        expect(properties, resource).toContain(attribute);
    }
  });

  it('names every attribute of a resource under one owner', () => {
    const { definitions } = publishedApis[api].document;
    for (const [resource, owners] of Object.entries(overlays[api].ownership)) {
      if (resource.endsWith('Item')) continue;
      const named = owners.flatMap(({ attributes }) => attributes);
      const properties = Object.keys((definitions[resource]?.properties ?? {}) as object).filter(
        (name) => !name.startsWith('@'),
      );
      expect(named.toSorted(), resource).toEqual(properties.toSorted());
    }
  });

  it('gives each of its entries a name of its own and a reason', () => {
    const { requirements, relaxations, formats, statuses } = overlays[api];
    const entries = [...relaxations, ...formats, ...statuses];
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    for (const { because } of [...entries, ...requirements]) expect(because.length).toBeGreaterThan(10);
  });

  it('draws lifecycles in which every state that is not terminal leads to a terminal one', () => {
    for (const [resource, { initial, terminal, moves }] of Object.entries(overlays[api].transitions)) {
      const reached = new Set(initial);
      for (const state of reached) for (const next of moves[state] ?? []) reached.add(next);
      expect(
        [...reached].filter((state) => !terminal.includes(state) && moves[state] === undefined),
        resource,
      ).toEqual([]);
      for (const state of terminal) expect(moves[state], resource).toBeUndefined();
    }
  });

  it('is found by the path of each operation and each listener, below whatever prefix', () => {
    const { basePath, operations, listeners } = publishedApis[api];
    const paths = [...operations, ...listeners].map((operation) => ({
      operation,
      full: `/prefix${basePath}${operation.path}`,
    }));
    expect(paths.map(({ operation, full }) => found(operation, full))).toEqual(
      paths.map(({ operation }) => `${api} ${operation.id}`),
    );
    expect(paths.filter(({ full }) => full.includes('//'))).toEqual([]);
  });

  it('is found by the path of each listener wherever it stands, unless an older version has one of that name', () => {
    const older = api === 'TMF622v5' ? publishedApis.TMF622.listeners : [];
    const sameName = ({ path }: Operation) => older.find((operation) => operation.path === path);
    const { listeners } = publishedApis[api];
    expect(listeners.map((operation) => found(operation, `/southbound/v1${operation.path}`))).toEqual(
      listeners.map((operation) => {
        const first = sameName(operation);
        return first === undefined ? `${api} ${operation.id}` : `TMF622 ${first.id}`;
      }),
    );
  });
});

describe('TMF641 under its profiles', () => {
  it('asks of an answer what the published type does not', () => {
    expect(rules('TMF641', 'official', 'ServiceOrder', {})).toEqual([]);
    expect(rules('TMF641', 'conformance', 'ServiceOrder', order)).toEqual([]);
    const { id: _id, ...withoutId } = order;
    expect(rules('TMF641', 'conformance', 'ServiceOrder', withoutId)).toEqual([
      '/id mandatory-in-response ServiceOrder',
    ]);
    const withoutItemState = { ...order, serviceOrderItem: [item] };
    expect(rules('TMF641', 'conformance', 'ServiceOrder', withoutItemState)).toEqual([
      '/serviceOrderItem/0/state mandatory-in-response item',
    ]);
  });

  it('asks the same of items in items', () => {
    const nested = { ...order, serviceOrderItem: [{ ...item, state: 'acknowledged', serviceOrderItem: [item] }] };
    expect(rules('TMF641', 'conformance', 'ServiceOrder', nested)).toEqual([
      '/serviceOrderItem/0/serviceOrderItem/0/state mandatory-in-response item',
    ]);
  });

  it('leaves to the provider what is the provider’s', () => {
    const request = { state: 'acknowledged', serviceOrderItem: [{ ...item, state: 'held' }] };
    expect(rules('TMF641', 'conformance', 'ServiceOrder_Create', request)).toEqual([
      ' provider-owned state',
      '/serviceOrderItem/0 provider-owned item state',
    ]);
    expect(rules('TMF641', 'official-lenient', 'ServiceOrder_Create', request)).toEqual([]);
  });

  it('wants an existing service named and a new one specified', () => {
    const request = {
      serviceOrderItem: [
        { id: '1', action: 'modify', service: {} },
        { id: '2', action: 'add', service: {} },
      ],
    };
    expect(rules('TMF641', 'conformance', 'ServiceOrder_Create', request)).toEqual([
      '/serviceOrderItem/0/service/id existing-service-is-named',
      '/serviceOrderItem/0/service/href existing-service-is-named',
      '/serviceOrderItem/1/service/serviceSpecification new-service-is-specified',
    ]);
    const named = { serviceOrderItem: [{ id: '1', action: 'delete', service: { href: 'http://inventory.test/1' } }] };
    expect(rules('TMF641', 'conformance', 'ServiceOrder_Create', named)).toEqual([]);
  });

  it('asks of an event what happened, when, and to what', () => {
    expect(rules('TMF641', 'official', 'ServiceOrderStateChangeEvent', {})).toEqual([]);
    expect(
      rules('TMF641', 'conformance', 'ServiceOrderStateChangeEvent', { eventType: 'serviceOrderStateChange' }),
    ).toEqual([
      '/eventId mandatory-in-event ServiceOrderStateChangeEvent',
      '/eventTime mandatory-in-event ServiceOrderStateChangeEvent',
      '/event mandatory-in-event ServiceOrderStateChangeEvent',
      '/eventType mandatory-in-event ServiceOrderStateChangeEvent',
    ]);
  });

  it.each([
    ['item-reference-by-either-name', 'ServiceOrderItemRef', { itemId: '1' }],
    ['first-state-of-a-task', 'CancelServiceOrder', { state: 'acknowledged' }],
    ['party-without-type', 'RelatedParty', { id: '1', '@referredType': 'Individual' }],
    ['numeric-error-code', 'Error', { code: 23, reason: 'Missing body field' }],
    ['deletion-by-merge-patch', 'ServiceOrder_Update', { description: null }],
    ['items-in-part-by-patch', 'ServiceOrder_Update', { serviceOrderItem: [{ id: '1' }] }],
    ['dates-as-systems-write-them', 'ServiceOrder', { orderDate: '2026-01-05T08:00:00' }],
    ['dates-as-systems-write-them', 'ServiceOrder', { orderDate: '' }],
    [
      'relative-references',
      'RelatedParty',
      { id: '1', '@type': 'RelatedParty', '@referredType': 'x', href: '/party/1' },
    ],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF641', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF641', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF641', 'own', definition, value)).not.toEqual([]);
  });

  it('still refuses what nobody could read', () => {
    expect(rules('TMF641', 'official-lenient', 'ServiceOrder', { orderDate: 'tomorrow' })).toEqual([
      '/orderDate format',
    ]);
    expect(rules('TMF641', 'official-lenient', 'ServiceOrderItemRef', {})).toEqual([
      '/id required',
      '/itemId required',
    ]);
  });

  it('draws the lifecycle of the service order', () => {
    const lifecycle = overlays.TMF641.transitions.ServiceOrder;
    if (lifecycle === undefined) throw new Error('there is none');
    expect(isLegalMove(lifecycle, 'acknowledged', 'inProgress')).toBe(true);
    expect(isLegalMove(lifecycle, 'acknowledged', 'completed')).toBe(false);
    expect(isLegalMove(lifecycle, 'completed', 'inProgress')).toBe(false);
    expect(isLegalMove(lifecycle, 'held', 'cancelled')).toBe(true);
  });
});

describe('ServiceNow under its profiles', () => {
  const service = { serviceSpecification: { id: 'access-line', name: 'Access line' } };
  const request = (...items: object[]) => ({ externalId: 'r', serviceOrderItem: items });

  it('wants an existing service named and every service specified', () => {
    const wrong = request({ id: '1', action: 'suspend', service }, { id: '2', action: 'add', service: {} });
    expect(rules('ServiceNow', 'official', 'ServiceOrder_Create', wrong)).toEqual([]);
    expect(rules('ServiceNow', 'own', 'ServiceOrder_Create', wrong)).toEqual([
      '/serviceOrderItem/0/service/id existing-service-is-named',
      '/serviceOrderItem/1/service/serviceSpecification service-is-specified',
    ]);
  });

  it('knows the native words, and lets later releases have others', () => {
    const item = { id: '1', action: 'modify', service };
    expect(rules('ServiceNow', 'official-lenient', 'ServiceOrder_Create', request(item))).toEqual([
      '/serviceOrderItem/0/action enum',
    ]);
    const answer = { id: 's', state: 'new_word', ponr: false };
    expect(rules('ServiceNow', 'official', 'ServiceOrder', answer)).toEqual([
      '/state enum',
      '/ponr type',
      '/ponr enum',
    ]);
    expect(rules('ServiceNow', 'official-lenient', 'ServiceOrder', answer)).toEqual([]);
    expect(rules('ServiceNow', 'conformance', 'ServiceOrder', answer)).toEqual([
      '/externalId mandatory-in-response ServiceOrder',
      '/serviceOrderItem mandatory-in-response ServiceOrder',
    ]);
  });
});

describe('TMF622 under its profiles', () => {
  it('lets a patch leave the items out', () => {
    expect(rules('TMF622', 'official-lenient', 'ProductOrder_Update', { description: 'x' })).toEqual([]);
  });

  it('takes aborted without its trailing blank', () => {
    expect(rules('TMF622', 'official-lenient', 'ProductRefOrValue', { status: 'aborted' })).toEqual([]);
    expect(rules('TMF622', 'official-lenient', 'ProductRefOrValue', { status: 'aborted ' })).toEqual([]);
  });
});

describe('the contract of a message', () => {
  it.each([
    ['POST', '/tmf-api/serviceOrdering/v4/serviceOrder', 'createServiceOrder'],
    ['GET', '/tmf-api/serviceOrdering/v4/serviceOrder/abc', 'retrieveServiceOrder'],
    ['GET', '/vendor/x/tmf-api/serviceOrdering/v4/serviceOrder', 'listServiceOrder'],
    ['POST', '/tmf-api/productOrderingManagement/v4/productOrder/', 'createProductOrder'],
    ['POST', '/anywhere/listener/serviceOrderStateChangeEvent', 'listenToServiceOrderStateChangeEvent'],
    ['POST', '/listener/productOrderCreateEvent', 'listenToProductOrderCreateEvent'],
    ['POST', '/api/sn_tmf_api/order/serviceOrder/outboundresponse', 'reportOutboundResponse'],
    ['POST', '/southbound/v1/order/abc/approve', 'approveOrder'],
    ['POST', '/api/sn_tmf_api/order/serviceOrder', 'createServiceOrder'],
    ['PATCH', '/api/sn_tmf_api/order/serviceOrder/abc', 'reviseServiceOrder'],
    ['POST', '/api/sn_tmf_api/order/serviceOrder/cancelserviceorder', 'cancelServiceOrder'],
    ['POST', '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification', 'createCheckServiceQualification'],
    [
      'DELETE',
      '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification/1',
      'deleteCheckServiceQualification',
    ],
    ['POST', '/tmf-api/serviceInventory/v4/service', 'createService'],
    ['GET', '/inventory/tmf-api/resourceInventoryManagement/v4/resource', 'listResource'],
    ['POST', '/tmf-api/x/v4/listener/serviceStateChangeEvent', 'listenToServiceStateChangeEvent'],
    [
      'POST',
      '/hub/listener/checkServiceQualificationStateChangeEvent',
      'listenToCheckServiceQualificationStateChangeEvent',
    ],
    ['GET', '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/1', 'retrieveCheckServiceQualification'],
    [
      'POST',
      '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification/processResult',
      'processQualificationResult',
    ],
    ['GET', '/api/sn_prd_invt/product', 'listProduct'],
  ])('%s %s is %s', (method, path, id) => {
    expect(contractOf(method, path)?.operation.id).toBe(id);
    expect(contractOf(method, path)?.operation.id).toBe(id);
  });

  it('is unknown for any other method or path', () => {
    expect(contractOf('PUT', '/tmf-api/serviceOrdering/v4/serviceOrder')).toBeUndefined();
    expect(contractOf('GET', '/tmf-api/serviceOrdering/v4/serviceOrder/a/b')).toBeUndefined();
  });

  const contract = (method: string, path: string) => {
    const found = contractOf(method, path);
    if (found === undefined) throw new Error('no contract');
    return found;
  };

  it('covers a list element by element', () => {
    const list = contract('GET', '/tmf-api/serviceOrdering/v4/serviceOrder');
    expect(checkResponse(list, 'conformance', { status: 200, body: [order, { ...order, state: 'x' }] })).toMatchObject([
      { pointer: '/1/state', rule: 'enum' },
    ]);
    expect(checkResponse(list, 'conformance', { status: 200, body: order })).toMatchObject([
      { rule: 'type', expected: 'an array' },
    ]);
    expect(checkResponse(list, 'conformance', { status: 206, body: [order] })).toEqual([]);
    expect(checkResponse(list, 'official', { status: 206, body: [order] })).toMatchObject([
      { rule: 'status-declared' },
    ]);
  });

  it('covers refusals, also with statuses that v4 forgot', () => {
    const create = contract('POST', '/tmf-api/serviceOrdering/v4/serviceOrder');
    const refused = { code: '24', reason: 'Invalid body field' };
    expect(checkResponse(create, 'conformance', { status: 422, body: refused })).toEqual([]);
    expect(checkResponse(create, 'conformance', { status: 422, body: {} })).toMatchObject([
      { pointer: '/code' },
      { pointer: '/reason' },
    ]);
    expect(checkResponse(create, 'conformance', { status: 302, body: undefined })).toMatchObject([
      { rule: 'status-declared', got: '302' },
    ]);
  });

  it('wants no body of a listener that took the event', () => {
    const listener = contract('POST', '/listener/serviceOrderStateChangeEvent');
    for (const status of [200, 201, 202, 204]) {
      expect(checkResponse(listener, 'conformance', { status, body: undefined })).toEqual([]);
    }
  });

  it('covers the request of an operation that has one, and no other', () => {
    expect(checkRequest(contract('DELETE', '/tmf-api/serviceOrdering/v4/hub/1'), 'own', undefined)).toEqual([]);
    expect(
      checkRequest(contract('POST', '/tmf-api/serviceOrdering/v4/hub'), 'own', { callback: 'nowhere' }),
    ).toMatchObject([{ pointer: '/callback', rule: 'callback-is-absolute' }]);
  });
});

describe('TMF630', () => {
  const document = {
    id: '1',
    state: 'held',
    relatedParty: [{ id: 'a' }, { id: 'b' }],
    note: { text: 'x', author: 'y' },
  };
  const matches = (query: string) => matchesAll(document, criteriaOf(pathAndQuery(`?${query}`).query));

  it.each([
    ['state=held', true],
    ['state=held&id=1', true],
    ['state=held&id=2', false],
    ['state=completed,held', true],
    ['state=completed;held', true],
    ['state=completed&state=held', true],
    ['relatedParty.id=b', true],
    ['relatedParty.id=c', false],
    ['nothing.at.all=x', false],
    ['fields=id&offset=3&limit=1&sort=-id', true],
    ['note=x', false],
    ['note.text.gte=x', true],
    ['id>1', false],
    ['id>=1', true],
    ['relatedParty.id*=^[bc]$', true],
    ['state=completed;state=held', true],
  ])('filters by %s', (query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it.each([
    [undefined, document],
    [[''], document],
    [['state'], { id: '1', state: 'held' }],
    [['none'], { id: '1' }],
    [['id, note.text'], { id: '1', note: { text: 'x' } }],
    [['relatedParty.id'], { id: '1', relatedParty: [{ id: 'a' }, { id: 'b' }] }],
  ])('selects %j', (fields, expected) => {
    expect(selectFields(document, fields)).toEqual(expected);
  });

  it('selects id and href, and nothing else, when none is asked for', () => {
    expect(selectFields({ ...document, href: '/1' }, ['none'])).toEqual({ id: '1', href: '/1' });
    expect(selectFields({ ...document, href: '/1' }, ['state'])).toEqual({ id: '1', state: 'held' });
  });

  const unsorted = [
    { id: 'a', priority: '10', amount: 10, at: '2026-01-05T09:00:00+02:00', place: { city: 'Turku' } },
    { id: 'b', priority: '9', amount: 9, at: '2026-01-05T08:00:00.000Z', place: { city: 'Oulu' } },
    { id: 'c', amount: 9, at: '2026-01-04', relatedParty: [{ name: 'z' }, { name: 'a' }] },
    { id: 'd', priority: '9', at: 'soon', place: { city: null }, relatedParty: [{}, { name: 'b' }] },
  ];

  it.each([
    ['', 'abcd'],
    ['sort=', 'abcd'],
    ['sort=-,,', 'abcd'],
    ['sort=id', 'abcd'],
    ['sort=-id', 'dcba'],
    ['sort=+id', 'abcd'],
    ['sort=%2Bid', 'abcd'],
    ['sort=amount', 'bcad'],
    ['sort=-amount', 'abcd'],
    ['sort=priority', 'abdc'],
    ['sort=-priority', 'bdac'],
    ['sort=at', 'cabd'],
    ['sort=-at', 'dbac'],
    ['sort=place.city', 'bacd'],
    ['sort=-place.city', 'abcd'],
    ['sort=relatedParty.name', 'dcab'],
    ['sort=amount,-id', 'cbad'],
    ['sort=amount&sort=-id', 'cbad'],
    ['sort=priority, -amount', 'abdc'],
    ['sort=nothing.at.all', 'abcd'],
    ['sort=-nothing,-id', 'dcba'],
  ])('sorts by %j', (query, expected) => {
    const sorted = sortedBy(unsorted, sortKeysOf(pathAndQuery(`?${query}`).query));
    expect(sorted.map(({ id }) => id).join('')).toBe(expected);
  });

  it('filters and sorts before it cuts into pages, and leaves the list as it is', () => {
    const { query } = pathAndQuery('?amount=9,10&sort=amount,-id&offset=1&limit=1&fields=amount');
    expect(pageOfList(unsorted, query)).toEqual({
      status: 206,
      body: [{ id: 'b', amount: 9 }],
      headers: { 'x-total-count': '3', 'x-result-count': '1' },
    });
    expect(unsorted.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('reads offset and limit', () => {
    expect(pageOf({})).toEqual({ offset: 0, limit: 100 });
    expect(pageOf({ offset: ['20'], limit: ['10'] })).toEqual({ offset: 20, limit: 10 });
    for (const bad of ['-1', 'x', '1.5', '']) expect(pageOf({ limit: [bad] })).toBeUndefined();
  });
});

/** The overlays of qualification and of the inventories behind it. */
import { describe, expect, it } from 'vitest';
import { checkOf, checkRequest, checkResponse, contractOf, overlays } from '../../contracts/profile/contract.ts';
import { isLegalMove, type ProfileName, type Transitions } from '../../contracts/profile/profile.ts';
import type { ApiName } from '../../contracts/schemas/documents.ts';

const rules = (api: ApiName, profile: ProfileName, definition: string, value: unknown) =>
  checkOf(api, profile, definition)(value).map(({ pointer, rule }) => `${pointer} ${rule}`);

const contract = (method: string, path: string) => {
  const found = contractOf(method, path);
  if (found === undefined) throw new Error('no contract');
  return found;
};

const lifecycle = (api: ApiName, resource: string): Transitions => {
  const found = overlays[api].transitions[resource];
  if (found === undefined) throw new Error('there is none');
  return found;
};

/** What our engine asks: two domain orders of one line. */
const asked = {
  externalId: 'QR-1',
  provideAlternative: true,
  provideUnavailabilityReason: true,
  relatedParty: [{ id: 'c-1', role: 'customer', '@referredType': 'Customer' }],
  serviceQualificationItem: [
    {
      id: 'do-1',
      qualificationItemRelationship: [{ id: 'do-2', relationshipType: 'HasChild' }],
      service: {
        place: [{ id: 'site-1', role: 'installation', '@referredType': 'GeographicSite' }],
        serviceCharacteristic: [{ name: 'speed', value: '100' }],
        serviceSpecification: { id: 'broadband' },
        state: 'reserved',
      },
    },
    { id: 'do-2', service: { serviceSpecification: { id: 'access-line' }, state: 'reserved' } },
  ],
};

const proposal = {
  id: '1',
  alternateServiceAvailabilityDate: '2026-02-01T00:00:00.000Z',
  alternateService: { serviceSpecification: { id: 'broadband-50' } },
};

const answered = {
  id: 'csq-1',
  href: 'http://inventory.test/checkServiceQualification/csq-1',
  externalId: 'QR-1',
  state: 'done',
  qualificationResult: 'alternate',
  serviceQualificationItem: [
    { id: 'do-1', state: 'done', qualificationResult: 'alternate', alternateServiceProposal: [proposal] },
    {
      id: 'do-2',
      state: 'done',
      qualificationResult: 'unqualified',
      eligibilityUnavailabilityReason: [{ code: 'CAP-01', label: 'no free port' }],
    },
  ],
};

const [first, second] = answered.serviceQualificationItem;
const withItems = (...serviceQualificationItem: unknown[]) => ({ ...answered, serviceQualificationItem });

describe('TMF645 under its profiles', () => {
  const checks = contract('POST', '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification');

  it('takes an honest question and an honest answer, also of ourselves', () => {
    for (const profile of ['official', 'conformance', 'own'] as const) {
      expect(checkRequest(checks, profile, asked), profile).toEqual([]);
      for (const status of [200, 201]) expect(checkResponse(checks, profile, { status, body: answered })).toEqual([]);
      const pending = {
        ...answered,
        state: 'inProgress',
        qualificationResult: undefined,
        serviceQualificationItem: asked.serviceQualificationItem,
      };
      expect(checkResponse(checks, profile, { status: 201, body: JSON.parse(JSON.stringify(pending)) })).toEqual([]);
    }
  });

  it.each([
    [
      'an empty object',
      {},
      ['/id', '/href', '/state', '/serviceQualificationItem'].map(
        (at) => `${at} mandatory-in-response CheckServiceQualification`,
      ),
    ],
    [
      'an item without id',
      withItems({ qualificationResult: 'qualified' }),
      ['/serviceQualificationItem/0/id mandatory-in-response item'],
    ],
    [
      'a done item without a result',
      withItems(first, { id: 'do-2', state: 'done' }),
      ['/serviceQualificationItem/1/qualificationResult done-with-a-result'],
    ],
    [
      'an item of a done check that says nothing',
      withItems({ id: 'do-1' }),
      ['/serviceQualificationItem/0/qualificationResult done-with-a-result'],
    ],
    [
      'an item that ended in an error',
      withItems({ id: 'do-1', state: 'terminatedWithError', terminationError: [{ id: '1', value: 'x' }] }),
      [],
    ],
    [
      'a result nobody knows',
      withItems({ ...second, qualificationResult: 'Qualified' }),
      ['/serviceQualificationItem/0/qualificationResult known-result'],
    ],
    [
      'such a result of the whole',
      { ...answered, qualificationResult: 'green' },
      ['/qualificationResult known-result'],
    ],
    [
      'alternate without a proposal',
      withItems({ id: 'do-1', qualificationResult: 'alternate' }),
      ['/serviceQualificationItem/0/alternateServiceProposal alternate-with-a-proposal'],
    ],
    [
      'alternate with an empty list',
      withItems({ ...first, alternateServiceProposal: [] }),
      ['/serviceQualificationItem/0/alternateServiceProposal alternate-with-a-proposal'],
    ],
    [
      'a proposal of another date alone',
      withItems({
        ...first,
        alternateServiceProposal: [{ alternateServiceAvailabilityDate: '2026-02-01T00:00:00.000Z' }],
      }),
      [],
    ],
    [
      'a proposal of nothing',
      withItems({ ...first, alternateServiceProposal: [{ id: '1' }] }),
      [
        '/serviceQualificationItem/0/alternateServiceProposal/0/alternateService proposal-proposes',
        '/serviceQualificationItem/0/alternateServiceProposal/0/alternateServiceAvailabilityDate proposal-proposes',
      ],
    ],
  ])('judges %s in an answer', (_what, body, expected) => {
    expect(rules('TMF645', 'conformance', 'CheckServiceQualification', body)).toEqual(expected);
    expect(rules('TMF645', 'official', 'CheckServiceQualification', body)).toEqual([]);
  });

  it.each([
    ['a state', { ...asked, state: 'accepted' }, [' provider-owned state']],
    ['an id', { ...asked, id: '1' }, [' provider-owned id']],
    [
      'a result of an item',
      { serviceQualificationItem: [{ ...asked.serviceQualificationItem[1], qualificationResult: 'qualified' }] },
      ['/serviceQualificationItem/0 provider-owned item qualificationResult'],
    ],
    [
      'an item without id',
      { serviceQualificationItem: [{ category: { id: 'access' } }] },
      ['/serviceQualificationItem/0/id asked-item-has-an-id'],
    ],
    ['a category instead of a service', { serviceQualificationItem: [{ id: '1', category: { id: 'access' } }] }, []],
    [
      'an item that asks nothing',
      { serviceQualificationItem: [{ id: '1' }] },
      [
        '/serviceQualificationItem/0/category asked-service-is-named',
        '/serviceQualificationItem/0/service asked-service-is-named',
      ],
    ],
  ])('judges %s in a question', (_what, body, expected) => {
    expect(rules('TMF645', 'conformance', 'CheckServiceQualification_Create', body)).toEqual(expected);
    expect(rules('TMF645', 'official', 'CheckServiceQualification_Create', body)).toEqual([]);
  });

  it('lets a patch change what is no identity', () => {
    const patch = { externalId: 'QR-2', state: 'done', serviceQualificationItem: [second] };
    expect(rules('TMF645', 'own', 'CheckServiceQualification_Update', patch)).toEqual([]);
    expect(rules('TMF645', 'conformance', 'CheckServiceQualification_Update', { id: '2' })).toEqual([
      ' not-patchable id',
    ]);
  });

  it('asks of a query that is done for its list', () => {
    const query = { id: 'q', href: 'http://inventory.test/q', state: 'inProgress' };
    expect(rules('TMF645', 'conformance', 'QueryServiceQualification', query)).toEqual([]);
    expect(rules('TMF645', 'conformance', 'QueryServiceQualification', { ...query, state: 'done' })).toEqual([
      '/serviceQualificationItem done-with-an-answer',
    ]);
  });

  it('holds the resource in an event to the same', () => {
    const eventType = 'CheckServiceQualificationStateChangeEvent';
    const event = (checkServiceQualification: object) => ({
      eventId: 'e-1',
      eventTime: '2026-01-05T08:00:00.000Z',
      eventType,
      event: { checkServiceQualification },
    });
    const listener = contract('POST', '/listener/checkServiceQualificationStateChangeEvent');
    expect(checkRequest(listener, 'own', event(answered))).toEqual([]);
    expect(checkRequest(listener, 'conformance', event(withItems({ id: 'do-1' })))).toMatchObject([
      { pointer: '/event/checkServiceQualification/serviceQualificationItem/0/qualificationResult' },
    ]);
  });

  it.each([
    ['first-state-of-a-task', 'CheckServiceQualification', { state: 'acknowledged' }],
    ['numeric-error-code', 'Error', { code: 60, reason: 'Resource not found', status: 404 }],
    ['deletion-by-merge-patch', 'CheckServiceQualification_Update', { description: null }],
    ['feature-without-characteristic', 'Feature', { name: 'x' }],
    ['relative-references', 'RelatedParty', { id: '1', '@referredType': 'Individual', href: '/party/1' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF645', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF645', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF645', 'own', definition, value)).not.toEqual([]);
  });

  it.each([
    [204, undefined, []],
    [202, undefined, []],
    [404, { code: '60', reason: 'Resource not found' }, []],
    [409, { code: '409', reason: 'the reservation is used' }, []],
    [200, undefined, ['status-declared']],
  ])('lets a deletion be answered %i or not', (status, body, expected) => {
    const deletion = contract('DELETE', '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification/1');
    expect(checkResponse(deletion, 'conformance', { status, body }).map(({ rule }) => rule)).toEqual(expected);
  });

  it('draws the lifecycle of the task', () => {
    const task = lifecycle('TMF645', 'CheckServiceQualification');
    expect(task.initial).toContain('done');
    expect(isLegalMove(task, 'inProgress', 'done')).toBe(true);
    expect(isLegalMove(task, 'done', 'inProgress')).toBe(false);
    expect(isLegalMove(task, 'accepted', 'done')).toBe(false);
  });
});

describe('TMF638 under its profiles', () => {
  const reservation = { id: 'csq-1', role: 'reservation', '@referredType': 'CheckServiceQualification' };
  const created = { state: 'active', serviceSpecification: { id: 'broadband' }, relatedEntity: [reservation] };
  const service = { id: 's-1', href: 'http://inventory.test/service/s-1', ...created };

  it('takes a service that uses a reservation, also of ourselves', () => {
    for (const profile of ['official', 'conformance', 'own'] as const) {
      expect(rules('TMF638', profile, 'Service_Create', created), profile).toEqual([]);
      expect(rules('TMF638', profile, 'Service', service), profile).toEqual([]);
    }
  });

  it.each([
    [
      'Service',
      {},
      ['/id', '/href', '/state', '/serviceSpecification'].map((at) => `${at} mandatory-in-response Service`),
    ],
    ['Service_Create', { ...created, id: 's-1' }, [' provider-owned id']],
    ['Service_Create', { ...created, state: 'terminated' }, ['/state first-state-of-a-service']],
    [
      'Service_Create',
      { ...created, relatedEntity: [{ role: 'reservation' }] },
      ['/relatedEntity/0/id reservation-is-named', '/relatedEntity/0/@referredType reservation-is-named'],
    ],
    ['Service_Create', { ...created, relatedEntity: [{ role: 'anything' }] }, []],
    ['Service_Update', { state: 'terminated' }, []],
    ['Service_Update', { serviceDate: '2026-01-05' }, [' not-patchable serviceDate']],
  ])('%s %j', (definition, value, expected) => {
    expect(rules('TMF638', 'conformance', definition, value)).toEqual(expected);
  });

  it.each([
    ['feature-in-part', 'Feature', { name: 'x' }],
    ['note-as-orders-have-it', 'Note', { text: 'x' }],
    ['service-by-value', 'ServiceRefOrValue', { serviceSpecification: { id: 'access-line' } }],
    ['deletion-by-merge-patch', 'Service_Update', { endDate: null }],
    ['numeric-error-code', 'Error', { code: 60, reason: 'Resource not found' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF638', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF638', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF638', 'own', definition, value)).not.toEqual([]);
  });

  it('draws the lifecycle of the service', () => {
    const drawn = lifecycle('TMF638', 'Service');
    expect(isLegalMove(drawn, 'feasibilityChecked', 'reserved')).toBe(true);
    expect(isLegalMove(drawn, 'reserved', 'active')).toBe(true);
    expect(isLegalMove(drawn, 'active', 'reserved')).toBe(false);
    expect(isLegalMove(drawn, 'inactive', 'terminated')).toBe(false);
    expect(isLegalMove(drawn, 'terminated', 'active')).toBe(true);
  });
});

describe('TMF639 under its profiles', () => {
  const port = { id: 'r-1', href: 'http://inventory.test/resource/r-1', name: 'port 7', resourceStatus: 'reserved' };

  it.each([
    ['Resource', port, []],
    ['Resource', { id: 'r-1', href: '/r-1' }, ['/name mandatory-in-response Resource']],
    ['LogicalResource', { id: 'r-1', href: '/r-1' }, []],
    ['Resource_Create', { name: 'port 7', href: '/r-1' }, [' provider-owned href']],
    ['PhysicalResource_Update', { id: 'r-2' }, [' not-patchable id']],
    ['LogicalResource_Update', { value: '0170', resourceStatus: 'available' }, []],
  ])('%s %j', (definition, value, expected) => {
    for (const profile of ['conformance', 'own'] as const) {
      expect(rules('TMF639', profile, definition, value)).toEqual(expected);
    }
  });

  it.each([
    ['place-in-part', 'Resource', { ...port, place: { id: 'site-1', '@referredType': 'GeographicSite' } }],
    ['party-without-referred-type', 'RelatedParty', { id: 'c-1' }],
    ['deletion-by-merge-patch', 'PhysicalResource_Update', { description: null }],
    ['dates-as-systems-write-them', 'Resource', { ...port, startOperatingDate: '2026-01-05' }],
  ])('relaxes %s', (_name, definition, value) => {
    expect(rules('TMF639', 'official', definition, value)).not.toEqual([]);
    expect(rules('TMF639', 'official-lenient', definition, value)).toEqual([]);
    expect(rules('TMF639', 'own', definition, value)).not.toEqual([]);
  });

  it('takes a page of a list, element by element', () => {
    const list = contract('GET', '/tmf-api/resourceInventoryManagement/v4/resource');
    expect(checkResponse(list, 'conformance', { status: 206, body: [port, { id: 'r-2' }] })).toMatchObject([
      { pointer: '/1/name' },
      { pointer: '/1/href' },
    ]);
  });
});

describe('the native order qualification under its profiles', () => {
  const service = { place: [{ id: 'site-1' }], serviceSpecification: { id: 'broadband' } };
  const request = (...services: object[]) => ({
    relatedParty: [{ id: 'c-1', '@referredType': 'Customer' }],
    serviceQualificationItem: services.map((each, index) => ({ id: `${index + 1}`, quantity: 1, service: each })),
  });
  const shown = {
    id: 'q-1',
    state: 'in_progress',
    qualificationResult: 'pending',
    serviceQualificationItem: [
      {
        id: '1',
        quantity: '1',
        state: 'in_progress',
        qualificationResult: 'pending',
        service: { ...service, place: { id: 'site-1', '@referredType': 'GeographicSite' } },
      },
    ],
  };

  it('takes an honest question, its answer and its results, also of ourselves', () => {
    const existing = { serviceInventory: { id: 's-1' }, serviceCharacteristic: [{ name: 'speed', value: '200' }] };
    const asExisting = { referenceServiceInventory: { id: 's-1' }, serviceSpecification: { id: 'broadband' } };
    const result = { id: 'do-1', qualificationResult: 'alternate', alternateServiceProposal: [proposal] };
    for (const profile of ['official', 'conformance', 'own'] as const) {
      const found = (definition: string, value: unknown) =>
        rules('ServiceNowQualification', profile, definition, value);
      expect(found('CheckServiceQualification_Create', request(service, existing, asExisting))).toEqual([]);
      expect(found('CheckServiceQualification', shown)).toEqual([]);
      expect(found('ProcessResult', { serviceQualificationItem: [result] })).toEqual([]);
    }
  });

  it.each([
    [
      'nowhere',
      { serviceSpecification: { id: 'broadband' } },
      ['place', 'serviceInventory', 'referenceServiceInventory'].map((at) => `/service/${at} location-is-told`),
    ],
    ['in two places', { ...service, serviceInventory: { id: 's-1' } }, ['/service location-is-told-once']],
    ['by a place alone', { place: [{ id: 'site-1' }] }, ['/service/serviceSpecification service-is-specified']],
  ])('judges a service asked for %s', (_what, asked, expected) => {
    expect(rules('ServiceNowQualification', 'conformance', 'CheckServiceQualification_Create', request(asked))).toEqual(
      expected.map((finding) => `/serviceQualificationItem/0${finding}`),
    );
  });

  it('wants the result of every line, and lets later releases have other states', () => {
    const wrong = { ...shown, state: 'new_word', serviceQualificationItem: [{ id: '1', state: 'new', quantity: 1 }] };
    expect(rules('ServiceNowQualification', 'conformance', 'CheckServiceQualification', wrong)).toEqual([
      '/serviceQualificationItem/0/qualificationResult mandatory-in-response item',
    ]);
    expect(rules('ServiceNowQualification', 'official-lenient', 'CheckServiceQualification', wrong)).toEqual([]);
  });
});

describe('the native product inventory under its profiles', () => {
  it('shows what is there, and how far it is', () => {
    const product = { id: 'p-1', href: 'http://southbound.test/product/p-1', name: 'Broadband', status: 'active' };
    expect(rules('ServiceNowInventory', 'own', 'Product', product)).toEqual([]);
    expect(rules('ServiceNowInventory', 'conformance', 'Product', { ...product, status: 'closed' })).toEqual([]);
    expect(rules('ServiceNowInventory', 'own', 'Product', { id: 'p-1', status: 'closed' })).toEqual([
      '/href mandatory-in-response Product',
      '/name mandatory-in-response Product',
      '/status enum',
    ]);
  });

  it('draws what becomes of a product by its orders', () => {
    const drawn = lifecycle('ServiceNowInventory', 'Product');
    expect(isLegalMove(drawn, 'installation_pending', 'active')).toBe(true);
    expect(isLegalMove(drawn, 'inactive', 'active')).toBe(false);
  });
});

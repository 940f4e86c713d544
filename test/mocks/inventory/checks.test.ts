import { describe, expect, it } from 'vitest';
import {
  check,
  checks,
  dayMs,
  item,
  minuteMs,
  openInventory,
  queries,
  reserved,
  reservedBy,
  service,
  services,
} from './open-inventory.ts';

const results = (body: { serviceQualificationItem: { id: string; qualificationResult: string }[] }) =>
  Object.fromEntries(body.serviceQualificationItem.map((each) => [each.id, each.qualificationResult]));

const labels = (body: { serviceQualificationItem: { eligibilityUnavailabilityReason?: object[] }[] }) =>
  body.serviceQualificationItem.map((each) => each.eligibilityUnavailabilityReason ?? []);

describe('a check is answered from the stock', () => {
  it('qualified where there is room, with a date, a result and an address of its own', async () => {
    const { ask } = openInventory();
    const { status, body, headers } = await ask('POST', checks, check(item('1'), item('2', 'a', 'internet-access')));
    expect(status).toBe(201);
    expect(headers.location).toBe(body.href);
    expect(body).toMatchObject({ state: 'done', qualificationResult: 'qualified', externalId: 'r-1' });
    expect(body.serviceQualificationItem[0]).toMatchObject({
      state: 'done',
      qualificationResult: 'qualified',
      service: { state: 'feasibilityChecked', serviceCharacteristic: [{ name: 'speed', value: '1 Gbps' }] },
    });
    expect((await ask('GET', `${checks}/${body.id}`)).body).toEqual(body);
  });

  it('200 when the answer was asked for at once', async () => {
    const { ask } = openInventory();
    const { status, body } = await ask('POST', checks, { ...check(item('1')), instantSyncQualification: true });
    expect([status, body.state]).toEqual([200, 'done']);
    expect((await ask('GET', `${checks}/${body.id}`)).status).toBe(200);
  });

  it('unqualified for what it does not know, and says what', async () => {
    const { ask } = openInventory();
    const { body } = await ask('POST', checks, check(item('1', 'nowhere'), item('2', 'a', 'teleport')));
    expect(results(body)).toEqual({ 1: 'unqualified', 2: 'unqualified' });
    expect(body.qualificationResult).toBe('unqualified');
    expect(labels(body)).toEqual([
      [{ code: 'SITE_UNKNOWN', label: 'Site nowhere is not known' }],
      [{ code: 'SPECIFICATION_UNKNOWN', label: 'Specification teleport is not known' }],
    ]);
  });

  it('alternate where another specification is free, with what was asked for and from now on', async () => {
    const { ask, openedAt } = openInventory();
    const { body } = await ask('POST', checks, check(item('1', 'b')));
    const [first] = body.serviceQualificationItem;
    expect(first.qualificationResult).toBe('alternate');
    expect(first.eligibilityUnavailabilityReason).toEqual([
      { code: 'CAPACITY', label: 'No free capacity for access-line at b' },
    ]);
    expect(first.alternateServiceProposal).toMatchObject([
      {
        alternateServiceAvailabilityDate: new Date(openedAt).toISOString(),
        alternateService: {
          serviceSpecification: { id: 'wireless-line', name: 'Wireless line' },
          serviceCharacteristic: [{ name: 'speed', value: '1 Gbps' }],
          place: [{ id: 'b' }],
        },
      },
    ]);
  });

  it('alternate where capacity is to come, at its date; qualified once it is there', async () => {
    const available = [{ specification: 'access-line', at: 'P14D', quantity: 1 }];
    const { ask, openedAt, pass, pool } = openInventory({ sites: [{ id: 'a', name: 'A', available }] });
    const { body } = await ask('POST', checks, check(item('1'), item('2')));
    expect(results(body)).toEqual({ 1: 'alternate', 2: 'unqualified' });
    expect(body.serviceQualificationItem[0].alternateServiceProposal).toMatchObject([
      {
        alternateServiceAvailabilityDate: new Date(openedAt + 14 * dayMs).toISOString(),
        alternateService: { serviceSpecification: { id: 'access-line' } },
      },
    ]);
    await pass(14 * dayMs);
    expect(await pool('a')).toMatchObject({ capacity: 1, free: 1 });
    expect(results((await ask('POST', checks, check(item('1')))).body)).toEqual({ 1: 'qualified' });
  });

  it('neither proposals nor reasons that nobody asked for', async () => {
    const { ask } = openInventory();
    const { body } = await ask('POST', checks, { serviceQualificationItem: [item('1', 'b')] });
    expect(body.serviceQualificationItem[0]).not.toHaveProperty('alternateServiceProposal');
    expect(body.serviceQualificationItem[0]).not.toHaveProperty('eligibilityUnavailabilityReason');
    expect(body.qualificationResult).toBe('unqualified');
  });

  it('the items of one check counted together, what is asked for before what is only proposed', async () => {
    const { ask } = openInventory();
    const { body } = await ask('POST', checks, check(item('1'), item('2'), item('3')));
    expect(results(body)).toEqual({ 1: 'qualified', 2: 'qualified', 3: 'unqualified' });
    const other = await ask('POST', checks, check(item('1', 'b'), item('2', 'b', 'wireless-line'), item('3', 'b')));
    expect(results(other.body)).toEqual({ 1: 'unqualified', 2: 'qualified', 3: 'unqualified' });
  });

  it('a service that is there already needs no second unit, and says where it is', async () => {
    const { ask } = openInventory({
      services: [{ id: 'x', specification: 'access-line', site: 'c' }],
      sites: [{ id: 'c', capacity: { 'access-line': 1 } }],
    });
    const upgrade = { id: '1', service: { id: 'x', serviceCharacteristic: [{ name: 'speed', value: '2 Gbps' }] } };
    expect(results((await ask('POST', checks, check(upgrade))).body)).toEqual({ 1: 'qualified' });
    const both = await ask('POST', checks, check(upgrade, { ...upgrade, id: '2' }));
    expect(results(both.body)).toEqual({ 1: 'qualified', 2: 'unqualified' });
    expect(results((await ask('POST', checks, check(item('1', 'c')))).body)).toEqual({ 1: 'unqualified' });
  });
});

describe('a check that asks for it holds capacity', () => {
  it('until its date, and tells that it expired', async () => {
    const { ask, subscribe, pool, openedAt, pass, said, undeclared } = openInventory({ reservationValidFor: 'PT1H' });
    await subscribe(checks);
    const { body } = await ask('POST', checks, check(reserved('1'), item('2', 'a', 'internet-access')));
    const expirationDate = new Date(openedAt + 60 * minuteMs).toISOString();
    expect(body).toMatchObject({ expirationDate, qualificationResult: 'qualified' });
    expect(body.serviceQualificationItem).toMatchObject([
      { expirationDate, service: { state: 'reserved' } },
      { service: { state: 'feasibilityChecked' } },
    ]);
    expect(await pool('a')).toEqual({ capacity: 2, used: 0, reserved: 1, free: 1 });
    await pass(60 * minuteMs);
    expect(await pool('a')).toMatchObject({ reserved: 0, free: 2 });
    const later = (await ask('GET', `${checks}/${body.id}`)).body;
    expect(later.expirationDate).toBe(expirationDate);
    expect(later.serviceQualificationItem[0]).toMatchObject({
      expirationDate,
      service: { state: 'feasibilityChecked' },
    });
    expect(said()).toEqual([
      'checkServiceQualificationCreateEvent done 1=qualified 2=qualified',
      'checkServiceQualificationAttributeValueChangeEvent done 1=qualified 2=qualified',
    ]);
    expect(undeclared()).toEqual([]);
  });

  it('for all of its items or for none', async () => {
    const { ask, pool } = openInventory();
    const { body } = await ask('POST', checks, check(reserved('1'), reserved('2', 'b')));
    expect(results(body)).toEqual({ 1: 'qualified', 2: 'alternate' });
    expect(body).not.toHaveProperty('expirationDate');
    expect(await pool('a')).toMatchObject({ reserved: 0 });
  });

  it('that nobody else gets, and gives it back when it is deleted', async () => {
    const { ask, pool } = openInventory();
    const first = (await ask('POST', checks, check(reserved('1'), reserved('2')))).body;
    expect(results((await ask('POST', checks, check(item('1')))).body)).toEqual({ 1: 'unqualified' });
    expect((await ask('DELETE', `${checks}/${first.id}`)).status).toBe(204);
    expect(await pool('a')).toMatchObject({ reserved: 0, free: 2 });
    expect((await ask('GET', `${checks}/${first.id}`)).status).toBe(404);
    expect((await ask('DELETE', `${checks}/${first.id}`)).status).toBe(404);
  });

  it('which a service uses, one unit each; the check names the service then', async () => {
    const { ask, pool, inventory } = openInventory();
    const { body } = await ask('POST', checks, check(reserved('1'), reserved('2')));
    const made = await ask('POST', services, service('a', 'access-line', reservedBy(body.id)));
    expect(made.status).toBe(201);
    expect(await pool('a')).toEqual({ capacity: 2, used: 1, reserved: 1, free: 0 });
    const { serviceQualificationItem } = (await ask('GET', `${checks}/${body.id}`)).body;
    expect(serviceQualificationItem[0].service).toMatchObject({ id: made.body.id, href: made.body.href });
    expect(serviceQualificationItem[1].service.state).toBe('reserved');
    await ask('POST', services, service('a', 'access-line', reservedBy(body.id)));
    const third = await ask('POST', services, service('a', 'access-line', reservedBy(body.id)));
    expect([third.status, third.body.reason]).toEqual([409, 'No free capacity']);
    await ask('DELETE', `${checks}/${body.id}`);
    expect(inventory.reservations.map(({ state }) => state)).toEqual(['used', 'used']);
    expect(await pool('a')).toMatchObject({ used: 2, reserved: 0 });
  });

  it.each([
    ['never', reserved('1'), 0],
    ['always', item('1'), 1],
    ['asked', item('1'), 0],
  ])('as its file says: %s', async (reserve, asked, held) => {
    const { ask, pool } = openInventory({ reserve });
    await ask('POST', checks, check(asked));
    expect(await pool('a')).toMatchObject({ reserved: held });
  });
});

describe('a check', () => {
  it('sent twice is two checks', async () => {
    const { ask } = openInventory();
    const first = await ask('POST', checks, check(item('1')));
    const second = await ask('POST', checks, check(item('1')));
    expect(second.body.id).not.toBe(first.body.id);
    const list = await ask('GET', `${checks}?externalId=r-1&limit=1&fields=id,state`);
    expect(list.status).toBe(206);
    expect(list.headers).toMatchObject({ 'x-total-count': '2', 'x-result-count': '1' });
    expect(list.body).toEqual([{ id: first.body.id, state: 'done' }]);
  });

  it('takes a patch of what is its requester’s, and of nothing else', async () => {
    const { ask, send, subscribe, told, undeclared } = openInventory();
    await subscribe(checks, 'eventType=CheckServiceQualificationAttributeValueChangeEvent');
    const { body } = await ask('POST', checks, check(item('1')));
    const patched = await ask('PATCH', `${checks}/${body.id}`, { description: 'for the Meyers' });
    expect(patched.body).toMatchObject({ description: 'for the Meyers', state: 'done' });
    expect(told.map(({ body: event }) => event?.json)).toMatchObject([{ fieldPath: 'description' }]);
    const refused = await ask('PATCH', `${checks}/${body.id}`, { qualificationResult: 'qualified', state: 'done' });
    expect(refused.status).toBe(400);
    expect(refused.body.details.map((each: { datapath: string }) => each.datapath)).toEqual([
      '/qualificationResult',
      '/state',
    ]);
    const wrongType = await send('PATCH', `${checks}/${body.id}`, '[]', 'application/json-patch+json');
    expect(wrongType).toMatchObject({ response: { status: 415 } });
    expect(undeclared()).toEqual([]);
  });

  it.each([
    ['no body', undefined, 400],
    ['no items', {}, 400],
    ['an item without id', { serviceQualificationItem: [{ service: { serviceSpecification: { id: 'x' } } }] }, 400],
    ['a result of its own', { serviceQualificationItem: [item('1')], qualificationResult: 'qualified' }, 400],
    ['text that is no JSON', '{', 400],
  ])('with %s is refused, and changes nothing', async (_, body, status) => {
    const { send, ask } = openInventory();
    expect(await send('POST', checks, body)).toMatchObject({ response: { status } });
    expect((await ask('GET', checks)).body).toEqual([]);
  });

  it('is not replaced, and nothing else is served', async () => {
    const { send } = openInventory();
    expect(await send('PUT', checks, {})).toMatchObject({ response: { status: 405, headers: { allow: 'POST, GET' } } });
    expect(await send('GET', '/tmf-api/other/v4/thing')).toMatchObject({ response: { status: 404 } });
    expect(await send('POST', checks, '<a/>', 'application/xml')).toMatchObject({ response: { status: 415 } });
  });
});

describe('a query', () => {
  const asked = (site: string, more: object = {}) => ({
    searchCriteria: { service: { place: [{ id: site, role: 'x' }], ...more } },
  });
  const found = (body: { serviceQualificationItem: { service: { serviceSpecification: { id: string } } }[] }) =>
    body.serviceQualificationItem.map((each) => each.service.serviceSpecification.id);

  it('finds what is free at a place, or has no end; and holds nothing', async () => {
    const { ask, pool, subscribe, said, pass, undeclared } = openInventory();
    await subscribe(queries);
    const { status, body } = await ask('POST', queries, asked('a'));
    expect([status, body.state, found(body)]).toEqual([201, 'done', ['access-line', 'internet-access']]);
    expect(found((await ask('POST', queries, asked('b'))).body)).toEqual(['wireless-line', 'internet-access']);
    const only = { serviceSpecification: { id: 'access-line' } };
    const instant = await ask('POST', queries, { ...asked('b', only), instantSyncQualification: true });
    expect([instant.status, found(instant.body)]).toEqual([200, []]);
    expect(found((await ask('POST', queries, asked('nowhere'))).body)).toEqual([]);
    expect(await pool('a')).toMatchObject({ reserved: 0, free: 2 });
    expect((await ask('PATCH', `${queries}/${body.id}`, { description: 'x' })).body.description).toBe('x');
    expect((await ask('DELETE', `${queries}/${body.id}`)).status).toBe(204);
    expect((await ask('GET', `${queries}/${body.id}`)).status).toBe(404);
    expect((await ask('GET', queries)).body).toHaveLength(3);
    await pass(minuteMs);
    expect(said().slice(0, 2)).toEqual([
      'queryServiceQualificationCreateEvent done 1=- 2=-',
      'queryServiceQualificationDeleteEvent done 1=- 2=-',
    ]);
    expect(said()).toHaveLength(5);
    expect(undeclared()).toEqual([]);
  });

  it('needs a place, and says where', async () => {
    const { ask } = openInventory();
    const { status, body } = await ask('POST', queries, { searchCriteria: { service: {} } });
    expect([status, body.details[0].datapath]).toEqual([400, '/searchCriteria/service/place/0/id']);
  });
});

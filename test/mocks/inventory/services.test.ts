import { describe, expect, it } from 'vitest';
import { deletionOf, holdsCapacity, obstacleTo, type ServiceState } from '../../../mocks/inventory/service-life.ts';
import {
  check,
  checks,
  hubOf,
  minuteMs,
  openInventory,
  reserved,
  reservedBy,
  service,
  services,
} from './open-inventory.ts';

const states: readonly ServiceState[] = [
  'feasibilityChecked',
  'designed',
  'reserved',
  'inactive',
  'active',
  'terminated',
];

describe('a service', () => {
  it('is made, read, changed and ended, and its listeners are told each time', async () => {
    const { ask, subscribe, said, pool, pass, undeclared, openedAt } = openInventory();
    const hub = await subscribe(services);
    expect(hub).toMatchObject({ status: 201, body: { callback: 'http://om.test/events' } });
    const made = await ask('POST', services, service());
    expect([made.status, made.headers.location]).toEqual([201, made.body.href]);
    expect(made.body.startDate).toBe(new Date(openedAt).toISOString());
    expect(await pool('a')).toMatchObject({ used: 1 });
    const path = `${services}/${made.body.id}`;
    expect((await ask('PATCH', path, { name: 'Line of the Meyers', state: 'inactive' })).body).toMatchObject({
      name: 'Line of the Meyers',
      state: 'inactive',
    });
    expect((await ask('PATCH', path, { name: null })).body).not.toHaveProperty('name');
    await ask('PATCH', path, { state: 'active' });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).body).toMatchObject({ state: 'terminated', endDate: expect.any(String) });
    expect(await pool('a')).toMatchObject({ used: 0 });
    expect((await ask('PATCH', path, { state: 'active' })).body).not.toHaveProperty('endDate');
    expect(await pool('a')).toMatchObject({ used: 1 });
    await ask('DELETE', path);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
    await pass(minuteMs);
    expect(said()).toEqual([
      'serviceCreateEvent active',
      'serviceStateChangeEvent inactive',
      'serviceAttributeValueChangeEvent inactive',
      'serviceAttributeValueChangeEvent inactive',
      'serviceStateChangeEvent active',
      'serviceStateChangeEvent terminated',
      'serviceStateChangeEvent active',
      'serviceStateChangeEvent terminated',
      'serviceDeleteEvent terminated',
    ]);
    expect(undeclared()).toEqual([]);
    expect((await ask('DELETE', `${hubOf(services)}/${hub.body.id}`)).status).toBe(204);
    await ask('POST', services, service());
    await pass(minuteMs);
    expect(said()).toHaveLength(9);
  });

  it('takes a unit where there is one, and is refused where there is none', async () => {
    const { ask, pool } = openInventory();
    const { status, body } = await ask('POST', services, service('b'));
    expect([status, body.code, body.reason]).toEqual([409, '62', 'No free capacity']);
    expect(body.message).toMatch(
      /^No free capacity for access-line at b: of 0, 0 are used and 0 reserved\. Name a check/,
    );
    expect((await ask('GET', services)).body).toEqual([]);
    expect((await ask('POST', services, service('b', 'internet-access'))).status).toBe(201);
    expect(await pool('b')).toMatchObject({ used: 0 });
  });

  it.each<[string, object, string]>([
    ['of a specification that nobody knows', service('a', 'teleport'), '/serviceSpecification/id'],
    ['at a site that nobody knows', service('nowhere'), '/place/0/id'],
    ['that names no site', { ...service(), place: [] }, '/place/0/id'],
    ['without a state', { ...service(), state: undefined }, '/state'],
    ['that begins with its end', { ...service(), state: 'terminated' }, '/state'],
    ['with an id of its own', { ...service(), id: 'x' }, ''],
    [
      'with a reservation that is not named',
      service('a', 'access-line', { relatedEntity: [{ id: 'x', role: 'reservation' }] }),
      '/relatedEntity/0/@referredType',
    ],
  ])('%s is refused, and the answer says where', async (_, request, pointer) => {
    const { ask } = openInventory();
    const { status, body } = await ask('POST', services, request);
    expect([status, body.details?.[0]?.datapath]).toEqual([400, pointer]);
    expect((await ask('GET', services)).body).toEqual([]);
  });

  it('needs no site when there is no end of it', async () => {
    const { ask } = openInventory();
    expect((await ask('POST', services, { ...service('a', 'internet-access'), place: [] })).status).toBe(201);
  });

  it('that is only planned takes its reservation when it is built', async () => {
    const { ask, pool, inventory } = openInventory();
    const { body } = await ask('POST', checks, check(reserved('1')));
    const planned = await ask('POST', services, {
      ...service('a', 'access-line', reservedBy(body.id)),
      state: 'designed',
    });
    expect(await pool('a')).toMatchObject({ used: 0, reserved: 1 });
    await ask('PATCH', `${services}/${planned.body.id}`, { state: 'reserved' });
    expect(await pool('a')).toMatchObject({ used: 1, reserved: 0 });
    expect(inventory.reservations).toMatchObject([{ state: 'used', service: planned.body.id }]);
    await ask('PATCH', `${services}/${planned.body.id}`, { state: 'designed' });
    expect(await pool('a')).toMatchObject({ used: 0, reserved: 0 });
  });

  it('with a reservation that is no more takes a free unit, if there is one', async () => {
    const { ask, pass, pool } = openInventory({ reservationValidFor: 'PT1H' });
    const old = (await ask('POST', checks, check(reserved('1')))).body;
    await pass(60 * minuteMs);
    await ask('POST', services, service('a', 'access-line', reservedBy(old.id)));
    await ask('POST', services, service('a', 'access-line', reservedBy('nobody')));
    expect(await pool('a')).toMatchObject({ used: 2, free: 0 });
    const late = await ask('POST', services, service('a', 'access-line', reservedBy(old.id)));
    expect(late.status).toBe(409);
  });

  it('takes its unit along when it moves, or stays where it was', async () => {
    const { ask, pool } = openInventory();
    const { body } = await ask('POST', services, service());
    const path = `${services}/${body.id}`;
    const there = { place: [{ id: 'b', role: 'installation' }] };
    expect((await ask('PATCH', path, there)).status).toBe(409);
    expect((await ask('GET', path)).body).toEqual(body);
    expect(await pool('a')).toMatchObject({ used: 1 });
    expect((await ask('PATCH', path, { ...there, serviceSpecification: { id: 'wireless-line' } })).status).toBe(200);
    expect(await pool('a')).toMatchObject({ used: 0 });
    expect(await pool('b', 'wireless-line')).toMatchObject({ used: 1 });
    expect((await ask('GET', `${services}?place.id=a`)).body).toEqual([]);
    expect((await ask('GET', `${services}?place.id=b`)).body).toHaveLength(1);
  });

  it('keeps what it does not know, and its id', async () => {
    const { ask } = openInventory();
    const { body } = await ask('POST', services, { ...service(), 'x-colour': { is: 'green' } });
    expect(body['x-colour']).toEqual({ is: 'green' });
    const refused = await ask('PATCH', `${services}/${body.id}`, { id: 'other' });
    expect(refused.status).toBe(400);
  });
});

describe('the life of a service', () => {
  it('goes from each state to each other as the diagram draws it, and is refused otherwise', () => {
    const possible = states.map((from) => states.filter((to) => from !== to && obstacleTo(from, to) === undefined));
    expect(Object.fromEntries(states.map((from, index) => [from, possible[index]]))).toEqual({
      feasibilityChecked: ['designed', 'reserved', 'inactive', 'active'],
      designed: ['reserved', 'inactive', 'active'],
      reserved: ['designed', 'inactive', 'active'],
      inactive: ['active'],
      active: ['inactive'],
      terminated: ['active'],
    });
    expect(obstacleTo('active', 'terminated')).toMatch(/DELETE/);
    expect(obstacleTo('inactive', 'designed')).toBe(
      'A service that is inactive cannot become designed; possible: active',
    );
  });

  it('holds capacity in between', () => {
    expect(states.filter(holdsCapacity)).toEqual(['reserved', 'inactive', 'active']);
  });

  it.each(states)('%s: a DELETE does what the diagram draws', async (state) => {
    const { ask } = openInventory();
    const { body } = await ask('POST', services, { ...service(), state: state === 'terminated' ? 'active' : state });
    if (state === 'terminated') await ask('DELETE', `${services}/${body.id}`);
    const { status } = await ask('DELETE', `${services}/${body.id}`);
    const left = await ask('GET', `${services}/${body.id}`);
    const seen = status === 409 ? 'refused' : left.status === 404 ? 'gone' : left.body.state;
    expect(seen).toBe(deletionOf[state]);
  });

  it('refuses a state that cannot follow, and says which can', async () => {
    const { ask } = openInventory();
    const { body } = await ask('POST', services, { ...service(), state: 'inactive' });
    const refused = await ask('PATCH', `${services}/${body.id}`, { state: 'designed' });
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'A service that is inactive cannot become designed; possible: active',
    ]);
    expect((await ask('DELETE', `${services}/${body.id}`)).body.message).toMatch(/activate it first/);
  });
});

describe('a list of services', () => {
  async function several() {
    const sites = [
      { id: 'a', capacity: { 'access-line': 9 } },
      { id: 'b', name: 'B', capacity: { 'wireless-line': 9 } },
    ];
    const opened = openInventory({
      sites,
      services: [{ id: 's-0', specification: 'access-line', site: 'a', characteristics: { speed: 1 } }],
    });
    const made = [
      service('a', 'access-line', { name: 'third' }),
      service('b', 'wireless-line', { name: 'second', state: 'designed' }),
      service('b', 'wireless-line', { name: 'first' }),
    ];
    for (const each of made) await opened.ask('POST', services, each);
    return opened;
  }

  it.each([
    ['', 4],
    ['?place.id=b', 2],
    ['?place.id=a,b', 4],
    ['?place.id=a&place.id=nowhere', 2],
    ['?serviceSpecification.id=wireless-line', 2],
    ['?state=active', 3],
    ['?state=active&place.id=b', 1],
    ['?id=s-0', 1],
    ['?id=s-0&place.id=b', 0],
    ['?serviceCharacteristic.name=speed&serviceCharacteristic.value=1', 1],
    ['?colour=green', 0],
  ])('%s has so many', async (query, expected) => {
    const { ask } = await several();
    const { status, body, headers } = await ask('GET', `${services}${query}`);
    expect([status, body.length, headers['x-total-count']]).toEqual([200, expected, String(expected)]);
  });

  it('is sorted, cut to fields and to pages', async () => {
    const { ask } = await several();
    const { status, body, headers } = await ask('GET', `${services}?sort=name&limit=2&offset=1&fields=name`);
    expect(body.map(({ name }: { name: string }) => name)).toEqual(['second', 'third']);
    expect(Object.keys(body[0])).toEqual(['name', 'id']);
    expect([status, headers['x-total-count'], headers['x-result-count']]).toEqual([206, '4', '2']);
    expect((await ask('GET', `${services}?sort=-name&limit=1`)).body[0].name).toBe('third');
    expect((await ask('GET', `${services}?offset=3`)).body).toHaveLength(1);
    expect((await ask('GET', `${services}?offset=9`)).body).toEqual([]);
    expect((await ask('GET', `${services}?limit=some`)).status).toBe(400);
  });
});

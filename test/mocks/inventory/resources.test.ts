import { describe, expect, it } from 'vitest';
import { check, checks, minuteMs, openInventory, reserved, resources, service, services } from './open-inventory.ts';

const pools = `${resources}/logicalResource`;
const poolA = `${pools}/pool:a:access-line`;
const capacity = (value: unknown) => ({ resourceCharacteristic: [{ name: 'capacity', value }] });

describe('a capacity pool', () => {
  it('shows what there is of one specification at one site, and whether it is in use', async () => {
    const { ask, pool } = openInventory();
    const shown = (await ask('GET', poolA)).body;
    expect(shown).toMatchObject({
      name: 'Access line at Site A',
      place: { id: 'a', name: 'Site A', role: 'site' },
      resourceSpecification: { id: 'access-line' },
      usageState: 'idle',
    });
    expect((await ask('GET', shown.href.replace('http://inventory.test', ''))).body).toEqual(shown);
    await ask('POST', checks, check(reserved('1')));
    expect((await ask('GET', poolA)).body.usageState).toBe('active');
    await ask('POST', services, service());
    expect((await ask('GET', poolA)).body.usageState).toBe('busy');
    expect(await pool('a')).toEqual({ capacity: 2, used: 1, reserved: 1, free: 0 });
  });

  it('has its capacity changed, but never to less than is in use', async () => {
    const { ask, pool, subscribe, told, undeclared } = openInventory();
    await subscribe(`${resources}/resource`);
    await ask('POST', checks, check(reserved('1')));
    await ask('POST', services, service());
    const refused = await ask('PATCH', poolA, capacity(1));
    expect([refused.status, refused.body.reason]).toEqual([409, 'Capacity in use']);
    expect(refused.body.message).toMatch(/1 are used and 1 reserved of access-line at a, which is more than 1/);
    expect(await pool('a')).toMatchObject({ capacity: 2 });
    expect((await ask('PATCH', poolA, capacity(5))).status).toBe(200);
    expect((await ask('PUT', `${pools}/pool:b:access-line`, capacity(7))).status).toBe(200);
    expect(await pool('b')).toEqual({ capacity: 7, used: 0, reserved: 0, free: 7 });
    expect(told.map(({ path }) => path.split('/').at(-1))).toEqual([
      'resourceAttributeValueChangeEvent',
      'resourceAttributeValueChangeEvent',
    ]);
    expect(undeclared()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a fraction', capacity(1.5), '/resourceCharacteristic/0/value'],
    ['less than nothing', capacity(-1), '/resourceCharacteristic/0/value'],
    ['a text', capacity('many'), '/resourceCharacteristic/0/value'],
    ['what is computed', { resourceCharacteristic: [{ name: 'free', value: 9 }] }, '/resourceCharacteristic/0'],
    ['another name', { ...capacity(3), name: 'mine' }, '/name'],
    ['nothing', {}, '/resourceCharacteristic'],
  ])('takes no patch with %s', async (_, patch, pointer) => {
    const { ask, pool } = openInventory();
    const { status, body } = await ask('PATCH', poolA, patch);
    expect([status, body.details[0].datapath]).toEqual([400, pointer]);
    expect(await pool('a')).toMatchObject({ capacity: 2 });
  });

  it('cannot be deleted, and there is none of what has no limit', async () => {
    const { ask } = openInventory();
    expect((await ask('DELETE', poolA)).status).toBe(409);
    expect((await ask('GET', `${pools}/pool:a:internet-access`)).status).toBe(404);
    expect((await ask('GET', `${pools}/pool:nowhere:access-line`)).status).toBe(404);
    expect((await ask('GET', `${resources}/physicalResource/pool:a:access-line`)).status).toBe(404);
  });

  it('is found by its address, whatever its site is called', async () => {
    const { ask } = openInventory({ sites: [{ id: 'a/b:c %', capacity: { 'access-line': 3 } }] });
    const [first] = (await ask('GET', `${pools}?resourceSpecification.id=access-line`)).body;
    expect((await ask('GET', first.href.replace('http://inventory.test', ''))).body).toEqual(first);
    expect((await ask('GET', first.place.href.replace('http://inventory.test', ''))).body).toHaveLength(2);
  });

  it.each([
    ['logicalResource', 4],
    ['resource', 4],
    ['physicalResource', 0],
    ['logicalResource?place.id=a', 2],
    ['logicalResource?place.id=a&resourceSpecification.id=wireless-line', 1],
    ['logicalResource?id=pool:b:access-line', 1],
    ['logicalResource?usageState=busy', 1],
    ['logicalResource?sort=-name&limit=9', 4],
  ])('is in the list %s', async (list, expected) => {
    const { ask } = openInventory({ services: [{ id: 's', specification: 'wireless-line', site: 'b' }] });
    expect((await ask('GET', `${resources}/${list}`)).body).toHaveLength(expected);
  });
});

describe('another resource', () => {
  it('is made, read, changed and deleted, and its listeners are told', async () => {
    const { ask, subscribe, told, pass, undeclared } = openInventory();
    await subscribe(`${resources}/resource`);
    for (const collection of ['resource', 'physicalResource', 'logicalResource']) {
      const path = `${resources}/${collection}`;
      const made = await ask('POST', path, { name: 'Box', description: 'grey' });
      expect([made.status, made.headers.location]).toEqual([201, made.body.href]);
      const one = `${path}/${made.body.id}`;
      expect((await ask('PATCH', one, { description: null, usageState: 'busy' })).body).toEqual({
        id: made.body.id,
        href: made.body.href,
        name: 'Box',
        usageState: 'busy',
      });
      expect((await ask('GET', `${one}?fields=name`)).body).toEqual({ id: made.body.id, name: 'Box' });
      expect((await ask('DELETE', one)).status).toBe(204);
      expect((await ask('GET', one)).status).toBe(404);
    }
    await pass(minuteMs);
    const names = told.map(({ path }) => path.split('/').at(-1)?.replace('Event', ''));
    expect(names.slice(0, 3)).toEqual(['resourceCreate', 'resourceAttributeValueChange', 'resourceDelete']);
    expect(names.slice(3, 6)).toEqual([
      'physicalResourceCreate',
      'physicalResourceAttributeValueChange',
      'physicalResourceDelete',
    ]);
    expect(names).toHaveLength(9);
    expect(undeclared()).toEqual([]);
  });

  it('is replaced as a whole, where that is offered', async () => {
    const { ask, send } = openInventory();
    const { body } = await ask('POST', pools, { name: 'Number', value: '555' });
    const put = await ask('PUT', `${pools}/${body.id}`, { name: 'Number', description: 'mine' });
    expect(put.body).toEqual({ id: body.id, href: body.href, name: 'Number', description: 'mine' });
    expect(await send('PUT', `${resources}/resource/${body.id}`, {})).toMatchObject({ response: { status: 405 } });
  });

  it('is where its kind says, and among all of them', async () => {
    const seeded = {
      id: 'box-1',
      name: 'Box',
      kind: 'physical',
      site: 'a',
      characteristics: { ports: 24 },
      attributes: { serialNumber: 'N-1' },
    };
    const { ask } = openInventory({ resources: [seeded] });
    const { body } = await ask('GET', `${resources}/physicalResource/box-1`);
    expect(body).toMatchObject({
      serialNumber: 'N-1',
      place: { id: 'a' },
      resourceCharacteristic: [{ name: 'ports', value: 24 }],
    });
    expect((await ask('GET', `${resources}/resource?id=box-1`)).body).toEqual([body]);
    expect((await ask('GET', `${pools}?id=box-1`)).body).toEqual([]);
    const made = await ask('POST', `${resources}/resource`, { name: 'Port', '@type': 'LogicalResource' });
    expect((await ask('GET', `${pools}/${made.body.id}`)).body.name).toBe('Port');
    const broken = await ask('POST', `${resources}/resource`, { description: 'no name' });
    expect([broken.status, broken.body.details[0].datapath]).toEqual([400, '/name']);
  });
});

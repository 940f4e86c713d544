/** What an order about something that is there becomes: given an inventory and lines, these domain orders. */
import { describe, expect, it } from 'vitest';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import type { House } from '../../../support/house.ts';
import { lineOf } from '../../../support/orders.ts';
import { elsewhere, houseWithFibre, lineAbout, said } from '../../../support/shop.ts';

/** Such as `change access under fibre`, in order. */
function told({ domainOrders }: CustomerOrder): string[] {
  return domainOrders.map(({ action, specification, parent }) => {
    const above = domainOrders.find(({ id }) => id === parent)?.specification;
    return `${action} ${specification}${above === undefined ? '' : ` under ${above}`}`;
  });
}

type Line = ReturnType<typeof lineOf>;

function approved(house: House, ...lines: Line[]): CustomerOrder {
  return house.approve(house.capture(lines));
}

function approvedServices(house: House, ...lines: Line[]): CustomerOrder {
  return house.approve(house.capture(lines, { category: 'Service' }));
}

describe('a disconnection, a suspension, a resumption', () => {
  const all = (action: string) => [
    `${action} fibre`,
    `${action} access under fibre`,
    `${action} line under access`,
    `${action} port under line`,
    `${action} box under access`,
    `${action} phone under fibre`,
    `${action} voice under phone`,
  ];

  it.each(['delete', 'suspend'] as const)('to %s is about all that stands in the inventory', (action) => {
    const house = houseWithFibre();
    const order = approved(house, lineAbout(house, 'fibre', { action }));
    expect(told(order)).toEqual(all(action));
    for (const { inventory, specification, characteristics, place, installs } of order.domainOrders) {
      const item = house.item(specification);
      expect([inventory, characteristics, place, installs]).toEqual([
        item.id,
        item.characteristics,
        item.place,
        undefined,
      ]);
    }
  });

  it('to resume is about what is suspended', () => {
    const house = houseWithFibre();
    house.deliver([lineAbout(house, 'phone', { action: 'suspend' })]);
    house.deliver([lineAbout(house, 'fibre', { action: 'suspend' })]);
    const order = approved(house, lineAbout(house, 'fibre', { action: 'resume' }));
    expect(told(order)).toEqual(all('resume'));
  });

  it('leaves out what is suspended already', () => {
    const house = houseWithFibre();
    house.deliver([lineAbout(house, 'access', { action: 'suspend' })], { category: 'Service' });
    const order = approved(house, lineAbout(house, 'fibre', { action: 'suspend' }));
    expect(told(order)).toEqual(['suspend fibre', 'suspend phone under fibre', 'suspend voice under phone']);
  });

  it('of a service is about what that needs, and about nothing else of its product', () => {
    const house = houseWithFibre({ backup: 'yes' });
    const order = approvedServices(house, lineAbout(house, 'access', { action: 'delete' }));
    expect(told(order)).toEqual([
      'delete access',
      'delete line under access',
      'delete port under line',
      'delete backup-link under access',
      'delete box under access',
    ]);
  });

  it('belongs to the line that names the part, where one does', () => {
    const house = houseWithFibre();
    const part = lineAbout(house, 'phone', { parent: 'fibre', action: 'delete', pointer: '/productOrderItem/1' });
    const order = approved(house, part, lineAbout(house, 'fibre', { action: 'delete' }));
    expect(told(order)).toEqual(all('delete'));
    const lineOfPhone = order.lines.find(({ externalId }) => externalId === 'phone')?.id;
    expect(order.domainOrders.map(({ line }) => line === lineOfPhone)).toEqual([...Array(5).fill(false), true, true]);
  });
});

describe('a change', () => {
  it.each([
    [
      'what a service has',
      { speed: 'fast' },
      ['change fibre', 'no-change access under fibre', 'change line under access'],
    ],
    ['nothing at all', {}, ['change fibre']],
    ['nothing new', { speed: 'slow' }, ['change fibre']],
    [
      'what a rule wants in addition',
      { backup: 'yes' },
      ['change fibre', 'change access under fibre', 'add backup-link under access'],
    ],
    [
      'a quantity, upwards',
      { boxes: 3 },
      ['change fibre', 'change access under fibre', 'add box under access', 'add box under access'],
    ],
  ])('of %s', (_what, values, expected) => {
    const house = houseWithFibre({ speed: 'slow' });
    expect(told(approved(house, lineAbout(house, 'fibre', { characteristics: said(values) })))).toEqual(expected);
  });

  it.each([
    [
      'a rule wants no longer',
      { backup: 'no' },
      ['change fibre', 'change access under fibre', 'delete backup-link under access'],
    ],
    [
      'a characteristic that is taken away asked for',
      { backup: null },
      ['change fibre', 'change access under fibre', 'delete backup-link under access'],
    ],
    [
      'a quantity downwards leaves out',
      { boxes: 1 },
      ['change fibre', 'change access under fibre', 'delete box under access'],
    ],
  ])('disconnects what %s', (_what, values, expected) => {
    const house = houseWithFibre({ backup: 'yes', boxes: 2 });
    expect(told(approved(house, lineAbout(house, 'fibre', { characteristics: said(values) })))).toEqual(expected);
  });

  it('keeps an optional part that nobody speaks of, and what was set otherwise below', () => {
    const house = houseWithFibre();
    house.deliver([lineAbout(house, 'line', { characteristics: said({ speed: 'fast' }) })], { category: 'Service' });
    const order = approved(house, lineAbout(house, 'fibre', { characteristics: said({ backup: 'yes' }) }));
    expect(told(order)).toEqual(['change fibre', 'change access under fibre', 'add backup-link under access']);
    expect(house.item('line').characteristics).toEqual([{ name: 'speed', valueType: 'Choice', value: 'fast' }]);
  });

  it('of a part alone is about the part alone', () => {
    const house = houseWithFibre();
    const order = approved(
      house,
      lineAbout(house, 'fibre', { action: 'no-change' }),
      lineAbout(house, 'phone', { parent: 'fibre', characteristics: said({ number: '18' }) }),
    );
    expect(told(order)).toEqual(['change phone', 'change voice under phone']);
    expect(order.lines.map(({ state }) => state)).toEqual(['completed', 'completed']);
  });

  it('drops an optional part by a line of its own, and adds it again', () => {
    const house = houseWithFibre();
    const whole = lineAbout(house, 'fibre');
    const drop = approved(house, whole, lineAbout(house, 'phone', { parent: 'fibre', action: 'delete' }));
    expect(told(drop)).toEqual(['change fibre', 'delete phone under fibre', 'delete voice under phone']);
    const line = lineOf({ externalId: 'phone', offering: 'phone', parent: 'fibre', pointer: '/productOrderItem/1' });
    const add = approved(house, whole, line);
    expect(told(add)).toEqual(['change fibre', 'add phone under fibre', 'add voice under phone']);
    const phone = house.item('phone');
    expect([phone.parent, phone.tree, phone.status]).toEqual([
      house.item('fibre').id,
      house.item('fibre').id,
      'active',
    ]);
  });

  it('takes a part under something that does not change', () => {
    const house = houseWithFibre();
    const line = lineOf({ externalId: 'second', offering: 'phone', parent: 'fibre', pointer: '/productOrderItem/1' });
    const order = approved(house, lineAbout(house, 'fibre', { action: 'no-change' }), line);
    expect(told(order)).toEqual(['add phone', 'add voice under phone']);
    const added = house.items.findLast(({ specification }) => specification === 'phone');
    expect(added).toMatchObject({
      parent: house.item('fibre').id,
      tree: house.item('fibre').id,
      place: { id: 'here' },
    });
  });

  it('puts each line about a part where that part stands, in whatever order they come', () => {
    const house = houseWithFibre();
    const line = lineAbout(house, 'line', { characteristics: said({ speed: 'fast' }) });
    const box = lineAbout(house, 'box', { action: 'suspend' });
    expect(told(approvedServices(house, line, box, lineAbout(house, 'access')))).toEqual([
      'change access',
      'change line under access',
      'suspend box under access',
    ]);
  });

  it('is of no part that moves by itself', () => {
    const house = houseWithFibre();
    const line = lineAbout(house, 'line', { place: elsewhere });
    expect(told(approvedServices(house, lineAbout(house, 'access'), line))).toEqual([
      'change access',
      'add line',
      'add port under line',
      'delete line',
      'delete port under line',
    ]);
    house.pass(60_000);
    const [old, moved] = house.items.filter(({ specification }) => specification === 'line');
    expect([old?.status, moved?.status, moved?.parent, moved?.tree]).toEqual([
      'inactive',
      'active',
      old?.parent,
      old?.tree,
    ]);
  });

  it('of a service that others know stays one order as it came', () => {
    const house = houseWithFibre();
    const { offering: _offering, ...line } = lineOf({
      action: 'delete',
      specification: 'access',
      inventory: 'far-away',
    });
    const order = house.approve(house.capture([line], { category: 'Service' }));
    expect(told(order)).toEqual(['delete access']);
    expect(order.domainOrders[0]).toMatchObject({ inventory: 'far-away' });
    expect(order.domainOrders[0]).not.toHaveProperty('tree');
  });
});

describe('a move', () => {
  it('provides all that stays at the other place, and then takes down what is here', () => {
    const house = houseWithFibre({ backup: 'yes' });
    const characteristics = said({ backup: 'no', speed: 'fast' });
    const order = approved(house, lineAbout(house, 'fibre', { place: elsewhere, characteristics }));
    const provided = ['fibre', 'access', 'line', 'port', 'box', 'phone', 'voice'];
    const sides = (side: string) => order.domainOrders.filter(({ move }) => move === side);
    expect(sides('provide').map(({ action, specification }) => `${action} ${specification}`)).toEqual(
      provided.map((each) => `add ${each}`),
    );
    expect(sides('cease').map(({ action, specification }) => `${action} ${specification}`)).toEqual(
      ['fibre', 'access', 'line', 'port', 'backup-link', 'box', 'phone', 'voice'].map((each) => `delete ${each}`),
    );
    expect(new Set(sides('provide').map((each) => each.place?.id))).toEqual(new Set(['there']));
    expect(new Set(sides('cease').map((each) => each.place?.id))).toEqual(new Set(['here']));
    expect(sides('cease')[0]?.after).toEqual([sides('provide')[0]?.id]);
    const line = sides('provide').find(({ specification }) => specification === 'line');
    expect(line?.characteristics).toEqual([{ name: 'speed', valueType: 'Choice', value: 'fast' }]);
    const voice = sides('provide').find(({ specification }) => specification === 'voice');
    expect(voice?.characteristics).toEqual([{ name: 'number', valueType: 'Single Line Text', value: '17' }]);
  });
});

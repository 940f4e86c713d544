/** Which status an item has at each moment of an order about it, action by action: approved, closed, completed, canceled. */
import { describe, expect, it } from 'vitest';
import type { Action, CustomerOrder } from '../../../../engine/model/order.ts';
import type { House } from '../../../support/house.ts';
import { lineOf, policiesOf } from '../../../support/orders.ts';
import { elsewhere, houseWithFibre, lineAbout, said } from '../../../support/shop.ts';

const inside = { outboundEnabled: false };

/** What is done with a box that is there, and with a backup link, is left to somebody; all else is done at once. */
const byHand = policiesOf({
  policies: 'boxes by hand',
  approval: 'manual',
  outbound: {
    rows: [
      { name: 'most', when: { specification: ['access', 'line', 'voice'] }, then: inside },
      { name: 'new boxes', when: { specification: ['box'], action: ['add'] }, then: inside },
    ],
  },
});

/** The line is done at once, the box waits for somebody. */
function statuses(house: House): string {
  return house.items
    .filter(({ specification }) => specification === 'line' || specification === 'box')
    .map(({ specification, status }) => `${specification} ${status}`)
    .join(', ');
}

function serviceOrderOf({ domainOrders }: CustomerOrder, specification: string): string {
  return domainOrders.findLast((each) => each.specification === specification)?.id ?? '';
}

interface Moments {
  readonly action: Action;
  readonly what: string;
  readonly before?: Action;
  readonly approved: string;
  readonly completed: string;
  readonly canceled: string;
}

const moments: readonly Moments[] = [
  {
    what: 'a change',
    action: 'change',
    approved: 'line active, box change_pending',
    completed: 'line active, box active',
    canceled: 'line active, box active',
  },
  {
    what: 'a disconnection',
    action: 'delete',
    approved: 'line change_pending, box change_pending',
    completed: 'line inactive, box inactive',
    canceled: 'line inactive, box active',
  },
  {
    what: 'a disconnection of what is suspended',
    before: 'suspend',
    action: 'delete',
    approved: 'line change_pending, box change_pending',
    completed: 'line inactive, box inactive',
    canceled: 'line inactive, box suspended',
  },
  {
    what: 'a suspension',
    action: 'suspend',
    approved: 'line active, box active',
    completed: 'line suspended, box suspended',
    canceled: 'line suspended, box active',
  },
  {
    what: 'a resumption',
    before: 'suspend',
    action: 'resume',
    approved: 'line suspended, box suspended',
    completed: 'line active, box active',
    canceled: 'line active, box suspended',
  },
];

describe('an item that is there', () => {
  it.each(moments)('follows $what', ({ action, before, approved, completed, canceled }) => {
    for (const end of ['complete', 'cancel'] as const) {
      const house = houseWithFibre({}, byHand);
      if (before !== undefined) finish(house, order(house, before), 'complete');
      const id = order(house, action);
      expect(statuses(house)).toBe(approved);
      finish(house, id, end);
      expect(statuses(house)).toBe(end === 'complete' ? completed : canceled);
      expect(house.order(id).state).toBe('completed');
    }
  });

  /** About the access and what is below it; of a change, only the box is another. */
  function order(house: House, action: Action): string {
    const characteristics = action === 'change' ? said({ colour: 'red' }) : [];
    const lines = [lineAbout(house, 'access', { action, characteristics })];
    const id = house.capture(lines, { category: 'Service' });
    house.approve(id);
    house.pass(60_000);
    return id;
  }

  function finish(house: House, id: string, end: 'complete' | 'cancel'): void {
    const serviceOrder = serviceOrderOf(house.order(id), 'box');
    if (end === 'complete') house.then(id, { type: 'ForceCompleteServiceOrder', serviceOrder, note: 'done' });
    else house.then(id, { type: 'CancelServiceOrder', serviceOrder, note: 'not wanted' });
  }
});

describe('an item that is added to what is there', () => {
  it.each([
    ['ForceCompleteServiceOrder', 'active'],
    ['CancelServiceOrder', 'inactive'],
  ] as const)('is pending from the approval on; then %s makes it %s', (type, status) => {
    const house = houseWithFibre({}, byHand);
    const id = house.capture([lineAbout(house, 'fibre', { characteristics: said({ backup: 'yes' }) })]);
    const { domainOrders } = house.approve(id);
    const link = () => house.items.find(({ specification }) => specification === 'backup-link');
    expect(link()).toMatchObject({
      status: 'installation_pending',
      parent: house.item('access').id,
      tree: house.item('fibre').id,
      order: id,
    });
    expect(house.item('access').status).toBe('change_pending');
    const serviceOrder = domainOrders.find(({ specification }) => specification === 'backup-link')?.id ?? '';
    house.then(id, { type, serviceOrder, note: 'seen to' });
    expect(link()?.status).toBe(status);
    expect(house.item('access').status).toBe('active');
  });
});

describe('what moves', () => {
  it('is pending on both sides until the whole order is completed', () => {
    const house = houseWithFibre();
    const id = house.capture([lineAbout(house, 'line', { place: elsewhere })], { category: 'Service' });
    house.approve(id);
    const sides = () =>
      house.items.flatMap(({ specification, status, place }) =>
        specification === 'line' || specification === 'port' ? [`${specification} ${place?.id} ${status}`] : [],
      );
    expect(sides()).toEqual([
      'line here change_pending',
      'port here change_pending',
      'line there activation_pending',
      'port there activation_pending',
    ]);
    house.pass(10_000);
    expect(house.order(id).domainOrders.map(({ state }) => state)).toEqual([
      'closed_complete',
      'closed_complete',
      'in_progress',
      'in_progress',
    ]);
    expect(sides()[2]).toBe('line there activation_pending');
    house.pass(10_000);
    expect(house.order(id).state).toBe('completed');
    expect(sides()).toEqual(['line here inactive', 'port here inactive', 'line there active', 'port there active']);
    expect(house.items.findLast(({ specification }) => specification === 'line')).toMatchObject({
      parent: house.item('access').id,
      place: { id: 'there' },
    });
  });
});

describe('the characteristics of an item', () => {
  it('are the new ones once the order is completed, and no earlier', () => {
    const house = houseWithFibre({ speed: 'slow' });
    const id = house.capture([
      lineAbout(house, 'fibre', { characteristics: said({ speed: 'fast', backup: 'yes' }) }),
      {
        ...lineOf({ externalId: 'second', offering: 'phone', parent: 'fibre', pointer: '/productOrderItem/1' }),
        action: 'add',
      },
      lineAbout(house, 'phone', { parent: 'fibre', action: 'no-change', pointer: '/productOrderItem/2' }),
    ]);
    const speeds = () =>
      house.items.flatMap(({ specification, characteristics }) =>
        characteristics.flatMap(({ name, value }) => (name === 'speed' ? [`${specification} ${String(value)}`] : [])),
      );
    expect(speeds()).toEqual(['fibre slow', 'line slow']);
    house.approve(id);
    expect(house.order(id).state).toBe('completed');
    expect(speeds()).toEqual(['fibre fast', 'line fast', 'backup-link fast']);
  });
});

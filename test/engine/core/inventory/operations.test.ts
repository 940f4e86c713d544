/** Suspensions and resumptions by date: done once, on their day, unless something else has come of the item by then. */
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../../engine/model/order.ts';
import type { House } from '../../../support/house.ts';
import { policiesOf } from '../../../support/orders.ts';
import { houseWithFibre, lineAbout } from '../../../support/shop.ts';

const day = 86_400_000;

const voiceByHand = policiesOf({
  policies: 'changes of voices by hand',
  approval: 'manual',
  outbound: {
    rows: [
      { name: 'others', when: { specification: ['access', 'line', 'box'] }, then: { outboundEnabled: false } },
      { name: 'voices', when: { action: ['add', 'suspend'] }, then: { outboundEnabled: false } },
    ],
  },
});

/** An order about the voice service alone, which is approved at once; days are counted from now. */
function ordered(house: House, action: Action, inDays?: number): string {
  const due = inDays === undefined ? {} : { committedDueAt: house.at + inDays * day };
  const id = house.capture([lineAbout(house, 'voice', { action, ...due })], { category: 'Service' });
  house.approve(id);
  return id;
}

function operations(house: House): string[] {
  return house.operations.map(({ event, state }) => `${event} ${state}`);
}

describe('a suspension', () => {
  it.each([undefined, 0, -3])('promised for %s days from now is done when its order is completed', (inDays) => {
    const house = houseWithFibre();
    ordered(house, 'suspend', inDays);
    expect([house.item('voice').status, ...operations(house)]).toEqual(['suspended', 'suspend completed']);
  });

  it('of a later day is done on that day, once, though its order is long completed', () => {
    const house = houseWithFibre();
    const id = ordered(house, 'suspend', 3);
    expect(house.order(id).state).toBe('completed');
    expect([house.item('voice').status, ...operations(house)]).toEqual(['active', 'suspend scheduled']);
    house.pass(2 * day);
    expect(house.item('voice').status).toBe('active');
    house.pass(day);
    expect([house.item('voice').status, ...operations(house)]).toEqual(['suspended', 'suspend completed']);
    ordered(house, 'resume');
    house.pass(30 * day);
    expect([house.item('voice').status, ...operations(house)]).toEqual([
      'active',
      'suspend completed',
      'resume completed',
    ]);
  });

  it('takes the day that the requester wishes for, where none is promised', () => {
    const house = houseWithFibre();
    const requestedCompletionAt = house.at + 2 * day;
    house.deliver([lineAbout(house, 'voice', { action: 'suspend' })], { category: 'Service', requestedCompletionAt });
    expect(house.item('voice').status).toBe('active');
    house.pass(2 * day);
    expect(house.item('voice').status).toBe('suspended');
  });

  it.each([
    ['at once', undefined, 5, ['suspended', 'suspended']],
    ['later', 5, undefined, ['active', 'active']],
  ])('of something is that of its parts, whatever their own lines say: %s', (_when, top, part, expected) => {
    const house = houseWithFibre();
    const due = (days: number | undefined) => (days === undefined ? {} : { committedDueAt: house.at + days * day });
    house.deliver([
      lineAbout(house, 'fibre', { action: 'suspend', ...due(top) }),
      lineAbout(house, 'phone', { action: 'suspend', parent: 'fibre', ...due(part), pointer: '/productOrderItem/1' }),
    ]);
    expect([house.item('fibre').status, house.item('voice').status]).toEqual(expected);
    house.pass(5 * day);
    expect(new Set(house.items.map(({ status }) => status))).toEqual(new Set(['suspended']));
  });

  it('waits while the item is being changed, and follows right after', () => {
    const house = houseWithFibre({}, voiceByHand);
    ordered(house, 'suspend', 1);
    const change = ordered(house, 'change');
    house.pass(day);
    expect([house.item('voice').status, ...operations(house)]).toEqual(['change_pending', 'suspend scheduled']);
    const serviceOrder = house.order(change).domainOrders[0]?.id ?? '';
    house.then(change, { type: 'ForceCompleteServiceOrder', serviceOrder, note: 'done' });
    expect([house.item('voice').status, ...operations(house)]).toEqual(['suspended', 'suspend completed']);
    expect(house.order(change).state).toBe('completed');
  });

  it('is no more when the item has ceased meanwhile', () => {
    const house = houseWithFibre();
    ordered(house, 'suspend', 1);
    ordered(house, 'delete');
    house.pass(2 * day);
    expect([house.item('voice').status, ...operations(house)]).toEqual(['inactive', 'suspend canceled']);
  });

  it('is done once when two orders want it', () => {
    const house = houseWithFibre();
    ordered(house, 'suspend', 1);
    ordered(house, 'suspend', 2);
    house.pass(3 * day);
    expect([house.item('voice').status, ...operations(house)]).toEqual([
      'suspended',
      'suspend completed',
      'suspend canceled',
    ]);
  });
});

describe('a resumption', () => {
  it.each([
    ['at once', undefined],
    ['later', 2],
  ])('before the day of the suspension cancels both: %s', (_when, inDays) => {
    const house = houseWithFibre();
    ordered(house, 'suspend', 5);
    ordered(house, 'resume', inDays);
    expect(operations(house)).toEqual(['suspend canceled', 'resume canceled']);
    house.pass(10 * day);
    expect(house.item('voice').status).toBe('active');
  });

  it('after it ends it', () => {
    const house = houseWithFibre();
    ordered(house, 'suspend', 5);
    ordered(house, 'resume', 7);
    house.pass(6 * day);
    expect(house.item('voice').status).toBe('suspended');
    house.pass(2 * day);
    expect([house.item('voice').status, ...operations(house)]).toEqual([
      'active',
      'suspend completed',
      'resume completed',
    ]);
  });

  it('of what is suspended already leaves a suspension of a later day alone', () => {
    const house = houseWithFibre();
    ordered(house, 'suspend', 5);
    ordered(house, 'suspend');
    ordered(house, 'resume');
    expect(house.item('voice').status).toBe('active');
    house.pass(6 * day);
    expect(house.item('voice').status).toBe('suspended');
  });

  it('of what was never suspended is nothing', () => {
    const house = houseWithFibre();
    ordered(house, 'resume', 1);
    house.pass(2 * day);
    expect([house.item('voice').status, ...operations(house)]).toEqual(['active', 'resume canceled']);
  });
});

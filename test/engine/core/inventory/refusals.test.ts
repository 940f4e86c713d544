/** Orders about something that is there, and why they are not captured, or not approved. */
import { describe, expect, it } from 'vitest';
import type { CapturedLine } from '../../../../engine/model/inputs.ts';
import type { Action } from '../../../../engine/model/order.ts';
import { refusalText } from '../../../../engine/model/refusals.ts';
import type { House } from '../../../support/house.ts';
import { lineOf, policiesOf } from '../../../support/orders.ts';
import { elsewhere, houseWithFibre, lineAbout, said, shop } from '../../../support/shop.ts';

function refused(house: House, lines: CapturedLine[], category: 'Product' | 'Service' = 'Product'): string {
  const { outcome } = house.captured(lines, { category });
  if (outcome.ok) return 'captured';
  const { pointer } = outcome.refusal;
  return `${refusalText(outcome.refusal)} at ${pointer}`;
}

describe('capturing an order about a product', () => {
  const at = '/productOrderItem/0';

  it.each(['change', 'delete', 'suspend', 'resume', 'no-change'] as const)('to %s wants it to be there', (action) => {
    const house = houseWithFibre();
    const line = lineOf({ action, offering: 'fibre', inventory: 'nowhere' });
    expect(refused(house, [line])).toBe(`Product Inventory does not exist: nowhere at ${at}/product/id`);
  });

  it.each(['change', 'delete', 'suspend', 'resume'] as const)('to %s wants its id', (action) => {
    const house = houseWithFibre();
    expect(refused(house, [lineOf({ action, offering: 'fibre' })])).toBe(
      `Product inventory ID is missing in item 1 at ${at}/product/id`,
    );
  });

  it('wants a product to be a product, and a service to be a service', () => {
    const house = houseWithFibre();
    const { id: service } = house.item('access');
    const { id: product } = house.item('fibre');
    const lines = [lineOf({ action: 'delete', offering: 'fibre', inventory: service })];
    expect(refused(house, lines)).toBe(`Product Inventory does not exist: ${service} at ${at}/product/id`);
    const { offering: _offering, ...line } = lineOf({ action: 'delete', specification: 'access', inventory: product });
    expect(refused(house, [line], 'Service')).toBe(`Service Inventory does not exist: ${product} at ${at}/service/id`);
  });

  it('wants it not to be over', () => {
    const house = houseWithFibre();
    const line = lineAbout(house, 'phone', { action: 'delete' });
    house.deliver([line]);
    expect(refused(house, [line])).toBe(`Sold Product is inactive: PI0000006 at ${at}/product/id`);
  });

  it('wants it to be of the specification that is said', () => {
    const house = houseWithFibre();
    const line = { ...lineAbout(house, 'fibre'), offering: 'phone' };
    expect(refused(house, [line])).toBe(`Product inventory PI0000001 is of specification fibre, not of phone at ${at}`);
  });

  it('names nothing twice', () => {
    const house = houseWithFibre();
    const lines = [lineAbout(house, 'fibre'), lineAbout(house, 'fibre', { externalId: 'again' })];
    expect(refused(house, lines)).toContain('Items again and fibre name the same Product inventory');
  });

  it.each<[Action, Action]>([
    ['delete', 'change'],
    ['suspend', 'delete'],
    ['resume', 'suspend'],
    ['delete', 'no-change'],
  ])('to %s the whole cannot %s a part', (whole, part) => {
    const house = houseWithFibre();
    const lines = [lineAbout(house, 'phone', { action: part }), lineAbout(house, 'fibre', { action: whole })];
    expect(refused(house, lines)).toBe(
      `Item phone (${part}) is about a part of what item fibre (${whole}) is about as a whole at ${at}`,
    );
  });

  it.each([
    ['suspend a part', { action: 'suspend' as const }],
    ['move a part elsewhere', { place: { id: 'third', role: 'installation' } }],
  ])('to move the whole cannot %s', (_what, part) => {
    const house = houseWithFibre();
    const lines = [lineAbout(house, 'fibre', { place: elsewhere }), lineAbout(house, 'phone', part)];
    expect(refused(house, lines)).toContain('is about a part of what item fibre (change) is about');
  });

  it('cannot add to what it disconnects', () => {
    const house = houseWithFibre();
    const added = lineOf({ externalId: 'more', offering: 'phone', parent: 'fibre' });
    expect(refused(house, [lineAbout(house, 'fibre', { action: 'delete' }), added])).toContain('Item more (add)');
  });
});

describe('approving an order about something that is there', () => {
  /** Nothing of it comes to an end by itself. */
  const allByHand = policiesOf({
    policies: 'by hand',
    approval: 'manual',
    outbound: { rows: [{ name: 'new', when: { action: ['add', 'suspend'] }, then: { outboundEnabled: false } }] },
  });

  it.each<[Action, Action | undefined, string]>([
    ['resume', undefined, 'Inventory item PI0000007 is active: resume is not possible'],
    ['suspend', 'suspend', 'Inventory item PI0000007 is suspended: suspend is not possible'],
    ['change', 'suspend', 'Inventory item PI0000007 is suspended: change is not possible'],
  ])('to %s after %s', (action, before, text) => {
    const house = houseWithFibre();
    const about = (each: Action) => [lineAbout(house, 'voice', { action: each })];
    const id = house.capture(about(action), { category: 'Service' });
    if (before !== undefined) house.deliver(about(before), { category: 'Service' });
    expect(house.approvalRefused(id)).toBe(text);
    expect(house.order(id).state).toBe('new');
  });

  it('looks at every part that would change', () => {
    const house = houseWithFibre();
    house.deliver([lineAbout(house, 'line', { action: 'suspend' })], { category: 'Service' });
    const change = (values: object) =>
      house.capture([lineAbout(house, 'fibre', { characteristics: said(values as never) })]);
    expect(house.approvalRefused(change({ speed: 'fast' }))).toBe(
      'Inventory item PI0000003 is suspended: change is not possible',
    );
    expect(house.approvalRefused(change({ backup: 'yes' }))).toBe('');
  });

  it.each<[Action, 'phone' | 'voice']>([
    ['change', 'phone'],
    ['delete', 'phone'],
    ['suspend', 'phone'],
    ['no-change', 'voice'],
  ])('to %s a %s waits for the order that changes a part of it', (action, specification) => {
    const house = houseWithFibre({}, allByHand);
    const category = specification === 'phone' ? 'Product' : 'Service';
    const first = house.capture([lineAbout(house, 'voice')], { category: 'Service' });
    const second = house.capture([lineAbout(house, specification, { action })], { category });
    house.approve(first);
    expect(house.approvalRefused(second)).toBe(
      `Inventory item PI0000007 is change_pending for order ${first}, and no other order may change it meanwhile`,
    );
    const serviceOrder = house.order(first).domainOrders[0]?.id ?? '';
    house.then(first, { type: 'ForceCompleteServiceOrder', serviceOrder, note: 'done' });
    expect(house.approvalRefused(second)).toBe('');
  });
});

describe('an order that is approved by itself and cannot be', () => {
  it('stands as it is, says why, and can be approved later', () => {
    const house = houseWithFibre();
    const id = house.capture([lineAbout(house, 'voice', { action: 'resume' })], { category: 'Service' });
    const order = house.then(id, { type: 'ApproveOrder', effectId: 'e' });
    expect(order.state).toBe('new');
    expect(order.workNotes.at(-1)?.text).toBe(
      'Not approved by itself. Inventory item PI0000007 is active: resume is not possible. It has to be suspended.',
    );
    house.deliver([lineAbout(house, 'voice', { action: 'suspend' })], { category: 'Service' });
    expect(house.approve(id).state).toBe('completed');
  });
});

describe('a specification that the catalogue has no longer', () => {
  it('stands in the way of orders about what is of it', () => {
    const house = houseWithFibre();
    const { box: _box, ...specifications } = shop.specifications;
    const id = house.capture([lineAbout(house, 'fibre', { action: 'delete' })]);
    house.useCatalogue({ ...shop, specifications });
    expect(house.approvalRefused(id)).toBe(
      'Inventory item PI0000005 is of specification box, which the catalogue does not have any more',
    );
  });
});

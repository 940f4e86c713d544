/** The orders that are placed: legal by what this product holds itself to, and of what the vendor says can be ordered. */
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../contracts/profile/contract.ts';
import { itemsOf } from '../../../contracts/rules/view/items.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import {
  actionsOrder,
  addItem,
  dependentOrder,
  maximalOrder,
  minimalOrder,
  mixedOrder,
  nestedOrder,
  type OrderBody,
  specificationLeadingTo,
  usualSpecificationOf,
} from '../../../contracts/verify/orders.ts';

const plain = { id: 'internet', name: 'Internet access' };
const specific = { id: 'line', characteristics: { speed: 100, colour: 'blue', options: ['a', { b: null }] } };
const at = Date.parse('2026-01-05T08:00:00.000Z');

const orders: readonly (readonly [string, OrderBody])[] = [plain, specific, { id: 'bare' }].flatMap((specification) => [
  [`minimal ${specification.id}`, minimalOrder('e1', specification)] as const,
  [`maximal ${specification.id}`, maximalOrder('e1', specification, at)] as const,
  [`dependent ${specification.id}`, dependentOrder('e1', specification)] as const,
  [`nested ${specification.id}`, nestedOrder('e1', specification)] as const,
  [`actions ${specification.id}`, actionsOrder('e1', specification, ['a', 'b', 'c'])] as const,
  [`mixed ${specification.id}`, mixedOrder('e1', [specification, plain])] as const,
]);

describe.each(orders)('the order %s', (_name, order) => {
  it('is legal', () => {
    expect(checkOf('TMF641', 'own', 'ServiceOrder_Create')(order).map(findingText)).toEqual([]);
  });

  it('is of the externalId that was asked for, and its items have ids of their own', () => {
    expect(order.externalId).toBe('e1');
    const ids = itemsOf(order).map(({ item }) => item.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(order))).toEqual(order);
  });
});

describe('what is ordered', () => {
  it('is what is declared to lead nowhere in particular', () => {
    expect(usualSpecificationOf({ specifications: [{ id: 'bad', leadsTo: 'failed' }, { id: 'good' }] }).id).toBe(
      'good',
    );
    expect(usualSpecificationOf({}).id).toBe('southbound-verify');
    expect(usualSpecificationOf({ specifications: [{ id: 'bad', leadsTo: 'failed' }] }).id).toBe('southbound-verify');
  });

  it('is what is declared to lead somewhere, where that is wanted', () => {
    const specifications = [{ id: 'good' }, { id: 'bad', leadsTo: 'failed' }] as const;
    expect(specificationLeadingTo({ specifications }, 'failed')?.id).toBe('bad');
    expect(specificationLeadingTo({ specifications }, 'held')).toBeUndefined();
    expect(specificationLeadingTo({}, 'held')).toBeUndefined();
  });

  it('gives every characteristic that has to be given', () => {
    expect(addItem('1', specific)).toMatchObject({
      service: {
        serviceCharacteristic: [
          { name: 'speed', value: 100 },
          { name: 'colour', value: 'blue' },
          { name: 'options', value: ['a', { b: null }] },
        ],
        serviceSpecification: { id: 'line' },
      },
    });
    expect(JSON.stringify(maximalOrder('e1', specific, at))).toContain('"speed"');
  });

  it('names the first item where the second depends on it, and the service where it is not added', () => {
    const [, second] = itemsOf(dependentOrder('e1', plain));
    expect(second?.item.serviceOrderItemRelationship).toMatchObject([{ orderItem: { id: '1' } }]);
    const existing = itemsOf(actionsOrder('e1', plain, ['service-1', 'service-2', 'service-3']));
    expect(existing.map(({ item }) => (item.service as { id: string }).id)).toEqual([
      'service-1',
      'service-2',
      'service-3',
    ]);
    for (const { item } of existing) expect(item.action).not.toBe('add');
  });

  it('nests three deep', () => {
    expect(itemsOf(nestedOrder('e1', plain)).map(({ id }) => id)).toEqual(['1', '1/1.1', '1/1.1/1.1.1', '1/1.2']);
  });
});

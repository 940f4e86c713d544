/** A catalogue with something of everything that a change can meet: rules, options, quantities, several levels. */
import type { CapturedLine } from '../../engine/model/inputs.ts';
import type { Characteristic } from '../../engine/model/words.ts';
import { House } from './house.ts';
import { catalogueOf, inside, lineOf } from './orders.ts';

const speed = { name: 'speed', valueType: 'Choice', options: ['slow', 'fast'] };
const backup = { name: 'backup', valueType: 'Choice', options: ['yes', 'no'] };
const boxes = { name: 'boxes', valueType: 'Integer' };

/** fibre -> access -> line -> port, backup-link where it is wanted, and as many boxes as are said; phone -> voice by choice. */
export const shop = catalogueOf({
  catalogue: 'Shop',
  offerings: [
    { id: 'fibre', specification: 'fibre' },
    { id: 'phone', specification: 'phone' },
  ],
  products: [
    {
      id: 'fibre',
      characteristics: [
        { ...speed, default: 'slow' },
        { ...backup, default: 'no' },
        { ...boxes, default: 1 },
      ],
      relationships: [
        { type: 'Realized as', target: 'access' },
        { type: 'Bundles', target: 'phone', mandatory: false },
      ],
    },
    { id: 'phone', characteristics: [{ name: 'number' }], relationships: [{ type: 'Realized as', target: 'voice' }] },
  ],
  services: [
    {
      id: 'access',
      type: 'CFS',
      characteristics: [backup, boxes],
      relationships: [
        { type: 'Requires', target: 'line' },
        { type: 'Requires', target: 'backup-link', rules: [{ characteristic: 'backup', value: 'yes' }] },
        { type: 'Requires', target: 'box', after: ['line'], quantity: { characteristic: 'boxes' } },
      ],
    },
    {
      id: 'line',
      type: 'RFS',
      characteristics: [speed],
      relationships: [{ type: 'Requires', target: 'port' }],
    },
    { id: 'backup-link', type: 'RFS', characteristics: [speed] },
    { id: 'box', type: 'RFS', characteristics: [{ name: 'colour' }] },
    { id: 'voice', type: 'CFS', characteristics: [{ name: 'number' }] },
  ],
  resources: [{ id: 'port', type: 'Logical', takes: 'PT10S' }],
});

export const place = { id: 'here', role: 'installation', referredType: 'GeographicSite' };
export const elsewhere = { ...place, id: 'there' };

export function said(values: { readonly [name: string]: Characteristic['value'] }): Characteristic[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** A fibre with a phone, at a place. */
export function fibreLines(values: { readonly [name: string]: Characteristic['value'] } = {}): CapturedLine[] {
  return [
    lineOf({ externalId: 'fibre', offering: 'fibre', characteristics: said(values), place }),
    lineOf({
      externalId: 'phone',
      offering: 'phone',
      parent: 'fibre',
      characteristics: said({ number: '17' }),
      place,
      pointer: '/productOrderItem/1',
    }),
  ];
}

/** A house where that has been delivered. */
export function houseWithFibre(
  values: { readonly [name: string]: Characteristic['value'] } = {},
  policies = inside,
): House {
  const house = new House(policies, shop);
  const { state } = house.deliver(fibreLines(values));
  if (state !== 'completed') throw new Error(`the order is ${state}`);
  return house;
}

/** A line about the item of that specification, which need not say what it is. */
export function lineAbout(house: House, specification: string, changes: Partial<CapturedLine> = {}): CapturedLine {
  const { offering: _offering, ...line } = lineOf({ externalId: specification, action: 'change', ...changes });
  return { ...line, inventory: house.item(specification).id };
}

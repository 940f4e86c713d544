/** What random commands are about: a catalogue with every kind of work in it. */
import { catalogueOf } from '../../support/orders.ts';

/**
 * home -> house -> cellar (by hand), roof (sent in the middle of its plan), wall (with a port that takes a while).
 * mast (by hand) -> antenna (takes a while), cable; what its colour is, the cable has as well.
 */
export const catalogue = catalogueOf({
  catalogue: 'commanded',
  requestDefinitions: [
    {
      id: 'port',
      characteristics: [
        { name: 'port', mandatory: true },
        { name: 'colour', readOnly: true },
      ],
    },
  ],
  plans: [
    {
      plan: 'built',
      tasks: [
        {
          task: 'survey',
          undo: { task: 'look again' },
          inflight: { changes: ['characteristic', 'place', 'quantity'], characteristics: 'any' },
        },
        {
          task: 'wire',
          after: ['survey'],
          requests: 'port',
          undo: { task: 'unwire', by: 'automatic', takes: 'PT1M' },
          inflight: { changes: ['characteristic'] },
        },
        {
          task: 'test',
          by: 'automatic',
          takes: 'PT10M',
          after: ['wire'],
          inflight: { changes: ['characteristic'], characteristics: 'any' },
        },
      ],
    },
    {
      plan: 'sent',
      tasks: [
        { task: 'prepare', undo: { task: 'put away' } },
        { task: 'order', by: 'outbound', after: ['prepare'] },
      ],
    },
  ],
  services: [
    {
      id: 'house',
      type: 'CFS',
      characteristics: [{ name: 'port' }, { name: 'colour', valueType: 'Choice', options: ['red', 'blue'] }],
      relationships: [
        { type: 'Requires', target: 'cellar' },
        { type: 'Requires', target: 'roof', after: ['cellar'] },
        { type: 'Requires', target: 'wall' },
      ],
    },
    { id: 'cellar', type: 'RFS', plan: 'built', characteristics: [{ name: 'port' }, { name: 'colour' }] },
    { id: 'roof', type: 'RFS', plan: 'sent', characteristics: [{ name: 'colour' }] },
    {
      id: 'wall',
      type: 'RFS',
      characteristics: [{ name: 'colour' }],
      relationships: [{ type: 'Requires', target: 'socket' }],
    },
    { id: 'plain', type: 'CFS', characteristics: [{ name: 'colour' }] },
  ],
  resources: [
    { id: 'socket', type: 'Logical', takes: 'PT10S' },
    {
      id: 'mast',
      type: 'Physical',
      plan: 'built',
      characteristics: [{ name: 'port' }, { name: 'colour', valueType: 'Choice', options: ['red', 'blue'] }],
      relationships: [
        { type: 'Bundles', target: 'antenna' },
        { type: 'Bundles', target: 'cable', after: ['antenna'] },
      ],
    },
    { id: 'antenna', type: 'Physical', characteristics: [{ name: 'colour' }], takes: 'PT1H' },
    { id: 'cable', type: 'Physical', characteristics: [{ name: 'colour' }] },
  ],
  offerings: [
    { id: 'homely', name: 'Homely', specification: 'home' },
    { id: 'bare', name: 'Bare', specification: 'shell' },
  ],
  products: [
    {
      id: 'home',
      characteristics: [{ name: 'colour', valueType: 'Choice', options: ['red', 'blue'] }],
      relationships: [{ type: 'Realized as', target: 'house' }],
    },
    {
      id: 'shell',
      characteristics: [{ name: 'colour' }],
      relationships: [{ type: 'Realized as', target: 'plain' }],
    },
  ],
  mappings: [
    { mapping: 'Homes', from: 'home', to: 'house', copy: { colour: 'colour' } },
    { mapping: 'Masts', from: 'mast', to: 'cable', copy: { colour: 'colour' } },
  ],
});

/** What a line is about, by its offering or its specification; nothing that is not there. */
export function specificationOf({
  offering,
  specification = '',
}: {
  readonly offering?: string;
  readonly specification?: string;
}): (typeof catalogue.specifications)[string] | undefined {
  const id = offering === undefined ? specification : (catalogue.offerings[offering]?.specification ?? '');
  return catalogue.specifications[id];
}

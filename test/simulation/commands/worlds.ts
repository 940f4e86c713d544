/** What random commands are given to: a catalogue with every kind of work in it, policies that differ, and orders. */
import type { CaptureOrder } from '../../../engine/model/inputs.ts';
import type { Policies } from '../../../engine/model/policies.ts';
import { captureOf, catalogueOf, policiesOf, serviceLineOf, start } from '../../support/orders.ts';

/** house -> cellar (by hand), roof (sent in the middle of its plan), wall (with a port that takes a while). */
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
  resources: [{ id: 'socket', type: 'Logical', takes: 'PT10S' }],
});

/** How a service order is routed: by the type of its specification. */
export type Route = 'outside' | 'inside' | 'undecided';

export interface World {
  readonly policies: Policies;
  readonly routes: { readonly [type in 'CFS' | 'RFS']: Route };
  readonly capture: Partial<CaptureOrder>;
}

const asks = {
  requestTypes: [
    { name: 'Order Qualification Request', definitions: [{ name: 'North', order: 10, adapter: 'north' }] },
  ],
  adapters: [{ name: 'north', targetSystem: 'north' }],
};
const som = { outboundEnabled: true, targetSystem: 'som', maxRetries: 1 };
const colour = (value: string) => [{ name: 'colour', value }];

const oneByOne = policiesOf({
  policies: 'each alone',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: som }] },
  ...asks,
});

const together = policiesOf({
  policies: 'the whole together, and nothing is known of parts',
  approval: 'manual',
  outbound: {
    rows: [
      {
        name: 'CFS',
        when: { specificationType: 'CFS' },
        then: { ...som, hierarchical: true, dispatchFailure: 'delete' },
      },
    ],
  },
  ...asks,
});

const watched = policiesOf({
  policies: 'parts inside, tasks about everything, and nothing invalid',
  approval: 'manual',
  outbound: {
    rows: [{ name: 'RFS', when: { specificationType: 'RFS' }, then: { outboundEnabled: false } }],
    default: som,
  },
  enrichment: { rows: [{ name: 'houses', when: { specification: 'house' }, then: { tasks: ['check the address'] } }] },
  orderTasks: {
    rows: [
      { name: 'first', when: { stage: 'submitted' }, then: { header: ['call'], topLine: ['confirm'] } },
      { name: 'last', when: { stage: 'postFulfillment' }, then: { header: ['invoice'] } },
    ],
  },
  openTasksBlockApproval: true,
  invalidCharacteristics: 'refuse',
  ...asks,
});

const byItself = policiesOf({
  policies: 'each alone, and nobody is asked about changes',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: som }] },
  revision: { approval: 'automatic', send: 'automatic' },
  invalidCharacteristics: 'refuse',
  ...asks,
});

const onTime = policiesOf({
  policies: 'watched, and told of changes at once',
  approval: 'manual',
  outbound: { rows: [{ name: 'all', then: { ...som, hierarchical: true } }] },
  revision: { send: 'automatic' },
  jeopardy: {},
  ...asks,
});

const house = serviceLineOf('house', { characteristics: colour('red') });
const plain = serviceLineOf('plain', { pointer: '/serviceOrderItem/1' });
const below = { ...plain, parent: 'house' };
const other = { ...plain, externalId: 'other' };
const last = { ...plain, externalId: 'last', after: ['house'] };
const outside = { CFS: 'outside', RFS: 'outside' } as const;

export const worlds: readonly World[] = [
  { policies: oneByOne, routes: { CFS: 'outside', RFS: 'outside' }, capture: { lines: [house, plain] } },
  { policies: together, routes: { CFS: 'outside', RFS: 'undecided' }, capture: { lines: [house, below, other] } },
  { policies: watched, routes: { CFS: 'outside', RFS: 'inside' }, capture: { asDraft: true, lines: [house] } },
  {
    policies: watched,
    routes: { CFS: 'outside', RFS: 'inside' },
    capture: { lines: [{ ...house, characteristics: colour('green') }] },
  },
  { policies: watched, routes: { CFS: 'outside', RFS: 'inside' }, capture: { asDraft: true, lines: [plain, house] } },
  {
    policies: oneByOne,
    routes: { CFS: 'outside', RFS: 'outside' },
    capture: { fulfillmentType: 'Qualify', lines: [house, below, other] },
  },
  { policies: byItself, routes: outside, capture: { lines: [house, below, last] } },
  {
    policies: onTime,
    routes: outside,
    capture: { lines: [house, plain], requestedStartAt: start + 3_600_000 },
  },
];

export function captureIn({ capture }: World): CaptureOrder {
  return captureOf({ category: 'Service', ...capture });
}

/** What random commands are given to: policies that differ, and orders. */
import type { CaptureOrder } from '../../../engine/model/inputs.ts';
import type { Policies } from '../../../engine/model/policies.ts';
import { captureOf, lineOf, policiesOf, serviceLineOf, start } from '../../support/orders.ts';

/** How a service order is routed: by the type of its specification; and resource orders. */
export type Route = 'outside' | 'inside' | 'undecided';

export interface World {
  readonly policies: Policies;
  readonly routes: { readonly [type in 'CFS' | 'RFS' | 'resource']: Route };
  /** A service order goes outside with all below it. */
  readonly hierarchical?: true;
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

const resourcesToo = policiesOf({
  policies: 'each alone, resources as well',
  approval: 'manual',
  outbound: {
    rows: [
      { name: 'resources', when: { kind: 'resource' }, then: { ...som, targetSystem: 'rom' } },
      { name: 'all', then: som },
    ],
  },
  ...asks,
});

const byTop = policiesOf({
  policies: 'the resources of one thing together, told of changes at once',
  approval: 'manual',
  outbound: {
    rows: [
      { name: 'resources', when: { kind: 'resource' }, then: { ...som, targetSystem: 'rom', hierarchical: true } },
      { name: 'CFS', when: { specificationType: 'CFS' }, then: { ...som, hierarchical: true } },
    ],
  },
  revision: { send: 'automatic' },
  jeopardy: {},
  ...asks,
});

const house = serviceLineOf('house', { characteristics: colour('red') });
const plain = serviceLineOf('plain', { pointer: '/serviceOrderItem/1' });
const below = { ...plain, parent: 'house' };
const other = { ...plain, externalId: 'other' };
const last = { ...plain, externalId: 'last', after: ['house'] };
const mast = serviceLineOf('mast', { characteristics: colour('red') });
const antenna = serviceLineOf('antenna', { parent: 'mast' });
const home = lineOf({ externalId: 'home', offering: 'homely', characteristics: colour('red') });
const shell = lineOf({ externalId: 'shell', offering: 'bare', after: ['home'] });
const cellar = serviceLineOf('cellar', { parent: 'house' });
const outside = { CFS: 'outside', RFS: 'outside', resource: 'inside' } as const;

const everywhere = { ...outside, resource: 'outside' } as const;

export const worlds: readonly World[] = [
  {
    policies: oneByOne,
    routes: { CFS: 'outside', RFS: 'outside', resource: 'inside' },
    capture: { lines: [house, plain] },
  },
  {
    policies: together,
    routes: { CFS: 'outside', RFS: 'undecided', resource: 'inside' },
    capture: { lines: [house, below, other] },
  },
  {
    policies: watched,
    routes: { CFS: 'outside', RFS: 'inside', resource: 'inside' },
    capture: { asDraft: true, lines: [house] },
  },
  {
    policies: watched,
    routes: { CFS: 'outside', RFS: 'inside', resource: 'inside' },
    capture: { lines: [{ ...house, characteristics: colour('green') }] },
  },
  {
    policies: watched,
    routes: { CFS: 'outside', RFS: 'inside', resource: 'inside' },
    capture: { asDraft: true, lines: [plain, house] },
  },
  {
    policies: oneByOne,
    routes: { CFS: 'outside', RFS: 'outside', resource: 'inside' },
    capture: { fulfillmentType: 'Qualify', lines: [house, below, other] },
  },
  { policies: byItself, routes: outside, capture: { lines: [house, below, last] } },
  {
    policies: onTime,
    hierarchical: true,
    routes: outside,
    capture: { lines: [house, cellar, plain], requestedStartAt: start + 3_600_000 },
  },
  { policies: resourcesToo, routes: everywhere, capture: { category: 'Resource', lines: [mast, antenna] } },
  {
    policies: byTop,
    routes: { ...everywhere, RFS: 'undecided' },
    capture: { category: 'Resource', lines: [mast, { ...antenna, externalId: 'other' }] },
  },
  { policies: oneByOne, routes: outside, capture: { category: 'Product', lines: [home, shell] } },
  {
    policies: byTop,
    routes: { ...everywhere, RFS: 'undecided' },
    capture: { category: 'Product', lines: [home, { ...shell, parent: 'home', after: [] }] },
  },
];

export function captureIn({ capture }: World): CaptureOrder {
  return captureOf({ category: 'Service', ...capture });
}

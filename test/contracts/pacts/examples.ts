/** Outbound requests with fixed values, small enough to be read in a pact. */
import type { Action } from '../../../engine/model/order.ts';
import type { OutboundItem, OutboundPayload } from '../../../engine/model/payload.ts';

function itemOf(serviceOrder: string, action: Action, changes: Partial<OutboundItem> = {}): OutboundItem {
  return {
    serviceOrder,
    action,
    quantity: 1,
    specification: { id: 'access-line', name: 'Access line', version: '1.0', type: 'RFS' },
    characteristics: [],
    children: [],
    after: [],
    ...(action === 'add' ? {} : { inventory: `service-of-${serviceOrder}` }),
    ...changes,
  };
}

/** As little as can be sent. */
export const oneService: OutboundPayload = {
  requestId: 'request-1',
  revision: 1,
  parties: [],
  items: [itemOf('so-1', 'add')],
};

/** A service made of two others, the second of which waits for the first; and everything that may be left out. */
export const hierarchy: OutboundPayload = {
  requestId: 'request-1',
  revision: 1,
  description: 'Broadband for a new customer',
  priority: '1',
  requestedStartAt: Date.parse('2026-01-05T08:00:00.000Z'),
  requestedCompletionAt: Date.parse('2026-01-12T17:00:00.000Z'),
  parties: [{ id: 'customer-1', name: 'Ada', role: 'customer', referredType: 'Customer' }],
  items: [
    itemOf('so-1', 'add', {
      specification: { id: 'internet-access', name: 'Internet access', version: '1.0', type: 'CFS' },
      characteristics: [{ name: 'downstreamSpeed', valueType: 'Choice', value: '100 Mbps' }],
      place: { id: 'place-1', name: 'Home', role: 'installation', referredType: 'GeographicAddress' },
      children: ['so-2', 'so-3'],
    }),
    itemOf('so-2', 'add', { parent: 'so-1' }),
    itemOf('so-3', 'add', {
      specification: { id: 'home-router', name: 'Home router', version: '1.0', type: 'RFS' },
      characteristics: [{ name: 'router', value: 'rented' }],
      parent: 'so-1',
      after: ['so-2'],
    }),
  ],
};

/** Every action there is: TMF641 has four words for the six. */
export const everyAction: OutboundPayload = {
  requestId: 'request-1',
  revision: 1,
  parties: [],
  items: [
    itemOf('so-1', 'add'),
    itemOf('so-2', 'change', { characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }] }),
    itemOf('so-3', 'suspend'),
    itemOf('so-4', 'resume'),
    itemOf('so-5', 'delete'),
    itemOf('so-6', 'no-change'),
  ],
};

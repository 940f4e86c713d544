/** Questions with fixed values, small enough to be read in a pact. */
import type { OutboundItem } from '../../../../engine/model/payload.ts';
import type { QualificationPayload } from '../../../../engine/model/qualification/effects.ts';

export const site = { id: 'site-1', name: 'Harbour Street 12', role: 'installation', referredType: 'GeographicSite' };

function itemOf(serviceOrder: string, specification: string, changes: Partial<OutboundItem> = {}): OutboundItem {
  const [type, name] = specification === 'internet-access' ? ['CFS', 'Internet access'] : ['RFS', 'Access line'];
  return {
    serviceOrder,
    action: 'add',
    quantity: 1,
    specification: { id: specification, name, version: '1.0', type: type as 'CFS' | 'RFS' }, // one of the two above
    characteristics: [{ name: 'downstreamSpeed', valueType: 'Choice', value: '1 Gbps' }],
    place: site,
    children: [],
    after: [],
    ...changes,
  };
}

/** A service made of two others, and everything that may be left out. What can be had is to be kept. */
export const hierarchy: QualificationPayload = {
  requestId: 'request-1',
  description: 'Broadband for a new customer',
  parties: [{ id: 'customer-1', name: 'Ada', role: 'customer', referredType: 'Customer' }],
  reserves: true,
  items: [
    itemOf('so-1', 'internet-access', { children: ['so-2', 'so-3'] }),
    itemOf('so-2', 'access-line', { parent: 'so-1' }),
    itemOf('so-3', 'access-line', { parent: 'so-1', characteristics: [], after: ['so-2'] }),
  ],
};

/** As little as can be asked: whether it can be had, without keeping it. */
export const oneService: QualificationPayload = {
  requestId: 'request-1',
  parties: [],
  reserves: false,
  items: [itemOf('so-1', 'access-line')],
};

/** What is there is to become something else. */
export const upgrade: QualificationPayload = {
  ...oneService,
  reserves: true,
  items: [itemOf('so-1', 'access-line', { action: 'change', inventory: 'service-1' })],
};

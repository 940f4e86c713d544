/** The walk, the part on orders that are said anew: drafts, changes before anybody has decided, and orders taken back. */
import type { Example } from './example.ts';

const productOrders: readonly Example[] = [
  {
    name: 'draft-captured',
    summary: 'An order that is not finished yet',
    operation: 'TMF622_createProductOrder',
    body: {
      externalId: 'CRM-4712',
      requestedInitialState: 'draft',
      relatedParty: [{ id: 'cust-1', role: 'Customer', '@referredType': 'Customer' }],
      productOrderItem: [{ id: '1', action: 'add', quantity: 1, productOffering: { id: 'broadband-100' } }],
    },
    status: 201,
    keep: { draft: '/id' },
  },
  {
    name: 'draft-changed',
    summary: 'More is known: one item changes, and another is added; what is not said stays',
    operation: 'TMF622_patchProductOrder',
    path: { id: '{{draft}}' },
    body: {
      description: 'Broadband for both houses',
      productOrderItem: [
        { id: '1', product: { productCharacteristic: [{ name: 'router', value: 'own' }] } },
        { id: '2', action: 'add', quantity: 1, productOffering: { id: 'broadband-1000' } },
      ],
    },
    status: 200,
  },
  {
    name: 'date-of-an-order-patched',
    summary: 'What is not for requesters to say',
    operation: 'TMF622_patchProductOrder',
    path: { id: '{{draft}}' },
    body: { orderDate: '2026-01-01T00:00:00.000Z' },
    status: 400,
  },
  {
    name: 'draft-submitted',
    summary: 'It is finished, and handed in',
    operation: 'TMF622_patchProductOrder',
    path: { id: '{{draft}}' },
    body: { requestedInitialState: 'acknowledged' },
    status: 200,
  },
  {
    name: 'product-order-deleted',
    summary: 'It is taken back before anybody has decided about it',
    operation: 'TMF622_deleteProductOrder',
    path: { id: '{{draft}}' },
    status: 204,
  },
];

const serviceOrders: readonly Example[] = [
  {
    name: 'service-ordered-to-be-changed',
    summary: 'An access line',
    operation: 'TMF641_createServiceOrder',
    body: {
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'access-line' } } }],
    },
    status: 201,
    keep: { changedService: '/id' },
  },
  {
    name: 'service-order-changed',
    summary: 'Somebody has asked for it to be quick',
    operation: 'TMF641_patchServiceOrder',
    path: { id: '{{changedService}}' },
    body: { priority: '1', note: [{ text: 'the customer works from home' }] },
    status: 200,
  },
  {
    name: 'service-order-deleted',
    summary: 'Nobody needs it after all',
    operation: 'TMF641_deleteServiceOrder',
    path: { id: '{{changedService}}' },
    status: 204,
  },
];

export const amending: readonly Example[] = [...productOrders, ...serviceOrders];

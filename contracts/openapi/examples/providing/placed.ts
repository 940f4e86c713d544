/** The walk, orders of resources by themselves: placed as a draft, changed, read and taken back. */
import type { Example } from '../example.ts';

const spare = { id: '1', action: 'add', resourceSpecification: { id: 'router-device' }, resource: {} };

export const placedResources: readonly Example[] = [
  {
    name: 'resources-ordered',
    summary: 'A router for the shelf, for no service',
    operation: 'TMF652_createResourceOrder',
    body: { externalId: 'STORE-1', priority: 4, requestedInitialState: 'draft', orderItem: [spare] },
    status: 201,
    keep: { resources: '/id' },
  },
  {
    name: 'resources-changed',
    summary: 'Two of them, and a word to whoever sees to it; and it is no draft any more',
    operation: 'TMF652_patchResourceOrder',
    path: { id: '{{resources}}' },
    body: {
      requestedInitialState: 'acknowledged',
      note: [{ text: 'For the shelf' }],
      orderItem: [{ id: '1', quantity: 2 }],
    },
    status: 200,
  },
  {
    name: 'resources-read',
    summary: 'They are still to be approved',
    operation: 'TMF652_retrieveResourceOrder',
    path: { id: '{{resources}}' },
    query: { fields: 'state,orderItem.quantity' },
    status: 200,
  },
  {
    name: 'resources-deleted',
    summary: 'Nobody wants them after all, and nobody has decided about them',
    operation: 'TMF652_deleteResourceOrder',
    path: { id: '{{resources}}' },
    status: 204,
  },
  {
    name: 'resources-unknown',
    summary: 'Something that is not in the catalogue',
    operation: 'TMF652_createResourceOrder',
    body: { orderItem: [{ ...spare, resourceSpecification: { id: 'moon-rock' } }] },
    status: 400,
  },
];

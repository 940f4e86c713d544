/** The walk, single resource orders and work orders that nobody is at work on: placed where they can be, and canceled. */
import type { Example } from '../example.ts';
import { approved, serviceOrder } from '../operating.ts';

export const canceledParts: readonly Example[] = [
  {
    ...serviceOrder('service-ordered-for-later', 'A service for the next century', 'later', 'home-router'),
    body: {
      requestedStartDate: '2126-01-01T00:00:00Z',
      serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'home-router' } } }],
    },
  },
  approved('service-for-later-approved', 'later'),
  {
    name: 'resource-orders-not-begun',
    summary: 'Nobody has begun with its resource',
    operation: 'TMF652_listResourceOrder',
    query: { state: 'acknowledged' },
    status: 200,
    keep: { laterResource: '/0/id' },
  },
  {
    name: 'resource-order-to-cancel',
    summary: 'The service is to do without it',
    operation: 'TMF652_createCancelResourceOrder',
    body: { cancellationReason: 'he brings his own', resourceOrder: { id: '{{laterResource}}' } },
    status: 201,
    keep: { resourceCancel: '/id' },
  },
  {
    name: 'resource-order-cancellation-read',
    summary: 'It is done',
    operation: 'TMF652_retrieveCancelResourceOrder',
    path: { id: '{{resourceCancel}}' },
    status: 200,
  },
  {
    name: 'resource-order-cancellations-listed',
    summary: 'Every such request',
    operation: 'TMF652_listCancelResourceOrder',
    status: 200,
  },
  {
    name: 'resource-order-canceled-already',
    summary: 'It is over',
    operation: 'TMF652_createCancelResourceOrder',
    body: { resourceOrder: { id: '{{laterResource}}' } },
    status: 409,
  },
  serviceOrder('router-ordered', 'A router that somebody has to mount', 'router', 'home-router'),
  approved('router-approved', 'router'),
  {
    name: 'visit-wanted',
    summary: 'Somebody is to look where it hangs: what work that is, the policies say',
    operation: 'TMF697_createWorkOrder',
    body: {
      externalId: 'CRM-visit',
      description: 'Look where it hangs; the bell is broken',
      order: [{ id: '{{router}}', '@referredType': 'ServiceOrder' }],
      workOrderItem: [
        {
          id: '1',
          action: 'add',
          work: { workType: 'Visit' },
          relatedEntity: [{ id: '{{routerService}}', role: 'fulfills', '@referredType': 'ServiceOrder' }],
        },
      ],
    },
    status: 201,
    keep: { visit: '/id' },
  },
  {
    name: 'work-orders-not-over',
    summary: 'There is a work order for it; nobody can go there, so it waits',
    operation: 'TMF697_listWorkOrder',
    query: { state: 'held' },
    status: 200,
  },
  {
    name: 'work-order-to-cancel',
    summary: 'Nobody has to go any more',
    operation: 'TMF697_createCancelWorkOrder',
    body: { cancellationReason: 'he has sent a picture', workOrder: { id: '{{visit}}' } },
    status: 201,
    keep: { workCancel: '/id' },
  },
  {
    name: 'work-order-cancellation-read',
    summary: 'It is done',
    operation: 'TMF697_retrieveCancelWorkOrder',
    path: { id: '{{workCancel}}' },
    status: 200,
  },
  {
    name: 'work-order-cancellations-listed',
    summary: 'Every such request',
    operation: 'TMF697_listCancelWorkOrder',
    status: 200,
  },
];

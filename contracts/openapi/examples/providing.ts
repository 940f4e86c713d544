/** The walk, part of those who provide resources and of those who send people out: what they tell. */
import type { Example } from './example.ts';
import { canceledParts } from './providing/canceled.ts';
import { placedResources } from './providing/placed.ts';

function event(state: string): object {
  return {
    eventId: `evt-resource-${state}`,
    eventTime: '2026-01-05T10:00:00Z',
    eventType: 'ResourceOrderStateChangeEvent',
    event: {
      resourceOrder: {
        id: 'rom-1',
        externalId: 'of-somebody-else',
        state,
        orderItem: [{ id: '1', action: 'add', state, resourceSpecification: { id: 'access-port' } }],
      },
    },
  };
}

function workEvent(state: string): object {
  return {
    eventId: `evt-work-${state}`,
    eventTime: '2026-01-05T10:00:00Z',
    eventType: 'WorkOrderStateChangeEvent',
    event: {
      workOrder: {
        id: 'wom-1',
        externalId: 'of-somebody-else',
        state,
        workOrderItem: [{ id: '1', action: 'add', state }],
      },
    },
  };
}

export const providing: readonly Example[] = [
  {
    name: 'resources-in-progress',
    summary: 'A system that provides resources tells of an order, of somebody else in this case',
    operation: 'TMF652_hearEvent',
    path: { event: 'resourceOrderStateChangeEvent' },
    body: event('inProgress'),
    status: 201,
  },
  {
    name: 'resources-provided',
    summary: 'It is done, told without naming the event in the path',
    operation: 'TMF652_hearAnyEvent',
    body: event('completed'),
    status: 201,
  },
  {
    name: 'work-in-progress',
    summary: 'Somebody is on the way, for somebody else in this case',
    operation: 'TMF697_hearEvent',
    path: { event: 'workOrderStateChangeEvent' },
    body: workEvent('inProgress'),
    status: 201,
  },
  {
    name: 'work-done',
    summary: 'The work is done, told without naming the event in the path',
    operation: 'TMF697_hearAnyEvent',
    body: workEvent('completed'),
    status: 201,
  },
  {
    name: 'resource-orders-listed',
    summary: 'What resources orders have become, a page with one of them on it',
    operation: 'TMF652_listResourceOrder',
    query: { offset: '0', limit: '1' },
    status: 206,
    keep: { resourceOrder: '/0/id' },
  },
  {
    name: 'resource-order-read',
    summary: 'That one again, as far as it is needed',
    operation: 'TMF652_retrieveResourceOrder',
    path: { id: '{{resourceOrder}}' },
    query: { fields: 'state,orderItem.resourceSpecification' },
    status: 200,
  },
  {
    name: 'work-orders-listed',
    summary: 'Nobody has been sent out so far',
    operation: 'TMF697_listWorkOrder',
    query: { state: 'inProgress', offset: '0', limit: '10' },
    status: 200,
  },
  {
    name: 'work-order-not-there',
    summary: 'Nor is there one to be read',
    operation: 'TMF697_retrieveWorkOrder',
    path: { id: '{{first}}-WO0000001' },
    status: 404,
  },
  {
    name: 'resource-order-not-for-whoever-asks',
    summary: 'How urgent it is, is said with the order that it belongs to',
    operation: 'TMF652_patchResourceOrder',
    path: { id: '{{resourceOrder}}' },
    body: { priority: 1 },
    status: 400,
  },
  {
    name: 'resource-order-not-deleted',
    summary: 'It belongs to an order',
    operation: 'TMF652_deleteResourceOrder',
    path: { id: '{{resourceOrder}}' },
    status: 409,
  },
  {
    name: 'work-order-not-held',
    summary: 'Nobody can be asked to wait who has not been sent out',
    operation: 'TMF697_patchWorkOrder',
    path: { id: '{{first}}-WO0000001' },
    body: { state: 'held', note: { text: 'The street is closed' } },
    status: 404,
  },
  {
    name: 'work-order-not-deleted',
    summary: 'Nor is there anything to be deleted',
    operation: 'TMF697_deleteWorkOrder',
    path: { id: '{{first}}-WO0000001' },
    status: 404,
  },
  {
    name: 'work-order-for-nothing',
    summary: 'It does not say what it is for',
    operation: 'TMF697_createWorkOrder',
    body: { workOrderItem: [{ id: '1', action: 'add', work: { workType: 'Digging' } }] },
    status: 400,
  },
  ...canceledParts,
  ...placedResources,
  ...watched('TMF652', 'resource orders'),
  ...watched('TMF697', 'work orders'),
];

/** Somebody subscribes, and has heard enough. */
function watched(api: 'TMF652' | 'TMF697', things: string): readonly Example[] {
  const name = things.replace(' ', '-');
  return [
    {
      name: `${name}-watched`,
      summary: `Every event of ${things}, of whatever order they are`,
      operation: `${api}_registerListener`,
      body: {
        callback: 'http://crm.example/events',
        query: `event.${api === 'TMF652' ? 'resourceOrder' : 'workOrder'}.state=completed`,
      },
      status: 201,
      keep: { [api]: '/id' },
    },
    {
      name: `${name}-watched-no-more`,
      summary: 'No events any more',
      operation: `${api}_unregisterListener`,
      path: { id: `{{${api}}}` },
      status: 204,
    },
  ];
}

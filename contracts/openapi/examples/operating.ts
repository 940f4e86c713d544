/** The walk, second part: services are ordered, and operators put right what goes wrong with them. */
import type { Example } from './example.ts';

export function serviceOrder(name: string, summary: string, keep: string, specification = 'ip-connectivity'): Example {
  return {
    name,
    summary,
    operation: 'TMF641_createServiceOrder',
    body: {
      externalId: `CRM-${keep}`,
      serviceOrderItem: [
        {
          id: '1',
          action: 'add',
          service: {
            serviceSpecification: { id: specification },
            serviceCharacteristic: [{ name: 'downstreamSpeed', valueType: 'Choice', value: '100 Mbps' }],
          },
        },
      ],
    },
    status: 201,
    keep: { [keep]: '/id' },
  };
}

export function approved(name: string, order: string, service = '0'): Example {
  return {
    name,
    summary: 'It is approved, and sent',
    operation: 'Southbound_approveOrder',
    path: { id: `{{${order}}}` },
    status: 200,
    keep: { [`${order}Request`]: '/outboundRequests/0/requestId', [`${order}Service`]: `/domainOrders/${service}/id` },
  };
}

function command(order: string): Pick<Example, 'path' | 'headers' | 'status'> {
  return {
    path: { id: `{{${order}}}`, serviceOrder: `{{${order}Service}}` },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    status: 200,
  };
}

export function failed(name: string, order: string): Example {
  return {
    name,
    summary: 'It could not be done',
    operation: 'OutboundResponse_reportOutboundResponse',
    body: { externalId: `{{${order}Request}}`, serviceOrderItem: [{ id: `{{${order}Service}}`, state: 'error' }] },
    status: 201,
  };
}

function event(state: string, order: string): object {
  return {
    eventId: `evt-${state}`,
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'ServiceOrderStateChangeEvent',
    event: {
      serviceOrder: {
        id: 'som-2',
        externalId: `{{${order}Request}}`,
        state,
        serviceOrderItem: [{ id: `{{${order}Service}}`, action: 'add', state, service: {} }],
      },
    },
  };
}

export const operating: readonly Example[] = [
  {
    name: 'service-orders-watched',
    summary: 'Every event of service orders',
    operation: 'TMF641_registerListener',
    body: { callback: 'http://crm.example/events' },
    status: 201,
    keep: { serviceSubscription: '/id' },
  },
  serviceOrder('service-ordered', 'A service is ordered', 'first'),
  {
    name: 'service-orders-listed',
    summary: 'A page with one of them on it',
    operation: 'TMF641_listServiceOrder',
    query: { state: 'acknowledged', offset: '0', limit: '1', fields: 'externalId,state' },
    status: 200,
  },
  {
    name: 'service-order-read',
    summary: 'That order again',
    operation: 'TMF641_retrieveServiceOrder',
    path: { id: '{{first}}' },
    status: 200,
  },
  approved('service-order-approved', 'first'),
  {
    name: 'service-in-progress',
    summary: 'The system that has it tells that it has begun',
    operation: 'TMF641_hearEvent',
    path: { event: 'serviceOrderStateChangeEvent' },
    body: event('inProgress', 'first'),
    status: 201,
  },
  {
    name: 'service-faster',
    summary: 'The customer wants it faster',
    operation: 'Southbound_updateServiceOrder',
    ...command('first'),
    body: { characteristics: [{ name: 'downstreamSpeed', value: '1 Gbps' }] },
  },
  {
    name: 'service-revised',
    summary: 'The system that has it is told so',
    operation: 'Southbound_reviseOutboundRequest',
    ...command('first'),
  },
  {
    name: 'service-completed',
    summary: 'It is done, told without naming the event in the path',
    operation: 'TMF641_hearAnyEvent',
    body: event('completed', 'first'),
    status: 201,
  },
  serviceOrder('service-ordered-again', 'Another one', 'second'),
  approved('second-service-order-approved', 'second'),
  failed('service-failed', 'second'),
  {
    name: 'fallout-seen',
    summary: 'A fallout is open',
    operation: 'Southbound_lookIntoOrder',
    path: { id: '{{second}}' },
    status: 200,
    keep: { fallout: '/fallouts/0/id' },
  },
  {
    name: 'report-read',
    summary: 'How it stands with all services of that day',
    operation: 'Southbound_retrieveReport',
    query: { kind: 'service', from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' },
    status: 200,
  },
  {
    name: 'report-misspelt',
    summary: 'A parameter that there is not',
    operation: 'Southbound_retrieveReport',
    query: { kind: 'cable' },
    status: 400,
  },
  {
    name: 'fallout-closed',
    summary: 'Somebody has looked after it',
    operation: 'Southbound_resolveFallout',
    path: { id: '{{second}}', fallout: '{{fallout}}' },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: { note: 'The port was faulty; it has been replaced.' },
    status: 200,
  },
  {
    name: 'service-sent-again',
    summary: 'It is sent again',
    operation: 'Southbound_createOutboundRequest',
    ...command('second'),
  },
  {
    name: 'many-sent',
    summary: 'What is out already is not sent, nor what there is not',
    operation: 'Southbound_createOutboundRequests',
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: {
      rows: [
        { order: '{{second}}', serviceOrder: '{{secondService}}' },
        { order: '{{second}}', serviceOrder: '4711' },
      ],
    },
    status: 200,
  },
  {
    name: 'service-completed-by-hand',
    summary: 'Somebody has done it by hand',
    operation: 'Southbound_forceCompleteServiceOrder',
    ...command('second'),
    body: { note: 'Configured on the device itself.' },
  },
  serviceOrder('service-with-others-ordered', 'One with others below it', 'third', 'internet-access'),
  approved('third-service-order-approved', 'third', 'specification=ip-connectivity'),
  failed('part-failed', 'third'),
  {
    name: 'service-canceled-by-hand',
    summary: 'One below it is not needed',
    operation: 'Southbound_cancelServiceOrder',
    ...command('third'),
    body: { note: 'The customer has it from somebody else.' },
  },
  {
    name: 'event-of-somebody-else',
    summary: 'An order that is not from here is passed over',
    operation: 'FlowOne_listenToEvent',
    body: {
      eventId: 'evt-1',
      eventTime: '2026-01-05T09:00:00Z',
      eventType: 'ServiceOrderStateChangeEvent',
      event: { serviceOrder: { id: '77', externalId: 'of-somebody-else', state: 'completed' } },
    },
    status: 201,
  },
  {
    name: 'service-orders-watched-no-more',
    summary: 'No events any more',
    operation: 'TMF641_unregisterListener',
    path: { id: '{{serviceSubscription}}' },
    status: 204,
  },
];

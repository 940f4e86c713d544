/** The walk, first part: products are ordered, approved and sent; and the system that has them tells how far they are. */
import type { Example } from './example.ts';

export const policies = {
  policies: 'All services go to the SOM, and nothing starts by itself',
  approval: 'manual',
  qualification: { start: 'manual' },
  outbound: {
    rows: [
      {
        name: 'services facing the customer',
        when: { specificationType: 'CFS' },
        then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' },
      },
      { name: 'services of their own', then: { outboundEnabled: true, targetSystem: 'som' } },
    ],
  },
  workOrders: {
    domainOrders: {
      rows: [
        {
          name: 'visits',
          when: { specification: 'home-router' },
          then: { work: 'Visit', description: 'Where it hangs now', raised: 'manual', targetSystem: 'wom' },
        },
      ],
    },
  },
} as const;

export const ordering: readonly Example[] = [
  {
    name: 'policies-replaced',
    summary: 'Orders wait for somebody to approve them',
    operation: 'Southbound_replacePolicies',
    body: policies,
    status: 200,
  },
  { name: 'policies', summary: 'What holds now', operation: 'Southbound_retrievePolicies', status: 200 },
  {
    name: 'product-orders-watched',
    summary: 'Events of product orders that are new or completed',
    operation: 'TMF622_registerListener',
    body: { callback: 'http://crm.example/events', query: 'event.productOrder.state=acknowledged,completed' },
    status: 201,
    keep: { productSubscription: '/id' },
  },
  {
    name: 'broadband-ordered',
    summary: 'A customer orders broadband',
    operation: 'TMF622_createProductOrder',
    body: {
      externalId: 'CRM-4711',
      description: 'Broadband for the Miller family',
      relatedParty: [{ id: 'cust-1', role: 'Customer', '@referredType': 'Customer' }],
      productOrderItem: [
        {
          id: '1',
          action: 'add',
          quantity: 1,
          productOffering: { id: 'broadband-100' },
          product: { productCharacteristic: [{ name: 'router', value: 'own' }] },
        },
      ],
    },
    status: 201,
    keep: { productOrder: '/id' },
  },
  {
    name: 'offering-unknown',
    summary: 'Something that is not in the catalogue',
    operation: 'TMF622_createProductOrder',
    body: { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'teleportation' } }] },
    status: 400,
  },
  {
    name: 'product-orders-listed',
    summary: 'The newest of one customer, and three of their attributes',
    operation: 'TMF622_listProductOrder',
    query: { 'relatedParty.id': 'cust-1', sort: '-orderDate', limit: '10', fields: 'externalId,state,orderDate' },
    status: 200,
  },
  {
    name: 'product-order-read',
    summary: 'That order again',
    operation: 'TMF622_retrieveProductOrder',
    path: { id: '{{productOrder}}' },
    status: 200,
  },
  {
    name: 'product-order-unknown',
    summary: 'An order that there is not',
    operation: 'TMF622_retrieveProductOrder',
    path: { id: '4711' },
    query: { fields: 'state' },
    status: 404,
  },
  {
    name: 'product-order-approved',
    summary: 'It is approved, and sent',
    operation: 'Southbound_approveOrder',
    path: { id: '{{productOrder}}' },
    headers: { 'x-southbound-roles': 'order_approver' },
    status: 200,
    keep: {
      productRequest: '/outboundRequests/0/requestId',
      internetAccess: '/domainOrders/specification=internet-access/id',
      accessLine: '/domainOrders/specification=access-line/id',
      ipConnectivity: '/domainOrders/specification=ip-connectivity/id',
    },
  },
  {
    name: 'approved-twice',
    summary: 'What is approved already cannot be approved',
    operation: 'Southbound_approveOrder',
    path: { id: '{{productOrder}}' },
    headers: { 'x-southbound-roles': 'order_approver' },
    status: 409,
  },
  {
    name: 'access-line-fulfilled',
    summary: 'A part of it is there',
    operation: 'OutboundResponse_reportOutboundResponse',
    body: { externalId: '{{productRequest}}', serviceOrderItem: [{ id: '{{accessLine}}', state: 'fulfilled' }] },
    status: 201,
  },
  {
    name: 'state-unknown',
    summary: 'A state that there is not',
    operation: 'OutboundResponse_reportOutboundResponse',
    body: { externalId: '{{productRequest}}', serviceOrderItem: [{ id: '{{accessLine}}', state: 'ready' }] },
    status: 400,
  },
  {
    name: 'the-rest-fulfilled',
    summary: 'All of it is there',
    operation: 'OutboundResponse_reportOutboundResponseElsewhere',
    body: {
      externalId: '{{productRequest}}',
      serviceOrderItem: [
        { id: '{{ipConnectivity}}', state: 'fulfilled' },
        { id: '{{internetAccess}}', state: 'fulfilled' },
      ],
    },
    status: 201,
  },
  {
    name: 'product-order-looked-into',
    summary: 'All that is known of it',
    operation: 'Southbound_lookIntoOrder',
    path: { id: '{{productOrder}}' },
    status: 200,
  },
  {
    name: 'what-the-customer-has',
    summary: 'Services of the customer',
    operation: 'ServiceNowInventory_listProduct',
    query: { customer: 'cust-1', kind: 'service', limit: '1' },
    status: 206,
    keep: { item: '/0/id' },
  },
  {
    name: 'one-thing-the-customer-has',
    summary: 'One of them',
    operation: 'ServiceNowInventory_retrieveProduct',
    path: { id: '{{item}}' },
    query: { fields: 'status,productSpecification' },
    status: 200,
  },
  {
    name: 'product-orders-watched-no-more',
    summary: 'No events any more',
    operation: 'TMF622_unregisterListener',
    path: { id: '{{productSubscription}}' },
    status: 204,
  },
];

/** The walk, the part on TMF622 v5.0: an order that is drafted, changed, submitted and canceled in the words of the fifth version. */
import type { Example } from './example.ts';
import { approved } from './operating.ts';

const order = {
  '@type': 'ProductOrder',
  requestedInitialState: 'draft',
  externalId: [{ '@type': 'ExternalIdentifier', owner: 'shop', id: 'SHOP-1' }],
  relatedParty: [
    {
      '@type': 'RelatedPartyRefOrPartyRoleRef',
      role: 'Customer',
      partyOrPartyRole: { '@type': 'PartyRef', id: 'cust-1', '@referredType': 'Customer' },
    },
  ],
  productOrderItem: [
    {
      '@type': 'ProductOrderItem',
      id: '1',
      action: 'add',
      quantity: 1,
      productOffering: { '@type': 'ProductOfferingRef', id: 'broadband-100' },
      product: {
        '@type': 'Product',
        productCharacteristic: [{ '@type': 'StringCharacteristic', name: 'router', value: 'own' }],
      },
    },
  ],
};

const orders: readonly Example[] = [
  {
    name: 'drafted-in-v5',
    summary: 'An order that is not finished yet, in the words of v5',
    operation: 'TMF622v5_createProductOrder',
    body: order,
    status: 201,
    keep: { fifth: '/id' },
  },
  {
    name: 'changed-in-v5',
    summary: 'Another router',
    operation: 'TMF622v5_patchProductOrder',
    path: { id: '{{fifth}}' },
    body: {
      '@type': 'ProductOrder',
      productOrderItem: [
        {
          '@type': 'ProductOrderItem',
          id: '1',
          product: {
            '@type': 'Product',
            productCharacteristic: [{ '@type': 'StringCharacteristic', name: 'router', value: 'rented' }],
          },
        },
      ],
    },
    status: 200,
  },
  {
    name: 'submitted-in-v5',
    summary: 'It is finished, and handed in',
    operation: 'TMF622v5_patchProductOrder',
    path: { id: '{{fifth}}' },
    body: { '@type': 'ProductOrder', state: 'acknowledged' },
    status: 200,
  },
  {
    name: 'read-in-v5',
    summary: 'That order again',
    operation: 'TMF622v5_retrieveProductOrder',
    path: { id: '{{fifth}}' },
    status: 200,
  },
  {
    name: 'listed-in-v5',
    summary: 'Orders of whichever version, in the words of v5',
    operation: 'TMF622v5_listProductOrder',
    query: { 'externalId.id': 'SHOP-1', fields: 'externalId,state' },
    status: 200,
  },
  approved('approved-of-v5', 'fifth'),
  {
    name: 'deleted-in-v5-too-late',
    summary: 'What is under way is canceled, and not deleted',
    operation: 'TMF622v5_deleteProductOrder',
    path: { id: '{{fifth}}' },
    status: 409,
  },
];

const tasks: readonly Example[] = [
  {
    name: 'canceled-in-v5',
    summary: 'The customer does not want it any more',
    operation: 'TMF622v5_createCancelProductOrder',
    body: {
      '@type': 'CancelProductOrder',
      cancellationReason: 'found something cheaper',
      productOrder: { '@type': 'ProductOrderRef', id: '{{fifth}}' },
    },
    status: 201,
    keep: { fifthCancel: '/id' },
  },
  {
    name: 'cancellation-read-in-v5',
    summary: 'How far that is',
    operation: 'TMF622v5_retrieveCancelProductOrder',
    path: { id: '{{fifthCancel}}' },
    status: 200,
  },
  {
    name: 'cancellations-listed-in-v5',
    summary: 'The latest such request',
    operation: 'TMF622v5_listCancelProductOrder',
    query: { sort: '-creationDate', limit: '1', fields: 'state,productOrder' },
    status: 206,
  },
];

const listeners: readonly Example[] = [
  {
    name: 'watched-in-v5',
    summary: 'Events in the words of v5',
    operation: 'TMF622v5_createHub',
    body: { '@type': 'Hub', callback: 'http://crm.example/events/productOrderingManagement/v5' },
    status: 201,
    keep: { fifthSubscription: '/id' },
  },
  {
    name: 'watched-in-v5-no-more',
    summary: 'No events any more',
    operation: 'TMF622v5_hubDelete',
    path: { id: '{{fifthSubscription}}' },
    status: 204,
  },
];

export const fifthVersion: readonly Example[] = [...orders, ...tasks, ...listeners];

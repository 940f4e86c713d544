/** The walk, the part on cancellation: by whoever ordered, by operators, and when it is too late. */
import type { Example } from './example.ts';
import { approved, serviceOrder } from './operating.ts';

const agent = { headers: { 'x-southbound-roles': 'service_order_agent' } };
const manager = { headers: { 'x-southbound-roles': 'service_order_manager' } };

const declined: readonly Example[] = [
  {
    name: 'wavering-customer-ordered',
    summary: 'A customer orders something',
    operation: 'TMF622_createProductOrder',
    body: {
      externalId: 'CRM-wavering',
      relatedParty: [{ id: 'cust-1', role: 'Customer', '@referredType': 'Customer' }],
      productOrderItem: [{ id: '1', action: 'add', quantity: 1, productOffering: { id: 'broadband-100' } }],
    },
    status: 201,
    keep: { wavering: '/id' },
  },
  approved('wavering-customer-approved', 'wavering'),
  {
    name: 'product-order-to-cancel',
    summary: 'The customer does not want it any more',
    operation: 'TMF622_createCancelProductOrder',
    body: { cancellationReason: 'found something cheaper', productOrder: { id: '{{wavering}}' } },
    status: 201,
    keep: { productCancel: '/id' },
  },
  {
    name: 'cancellation-declined',
    summary: 'The customer has changed his mind again',
    operation: 'Southbound_decideCancellation',
    path: { id: '{{wavering}}' },
    ...manager,
    body: { decision: 'decline', note: 'he keeps it' },
    status: 200,
  },
  {
    name: 'product-order-cancellation-read',
    summary: 'What has become of the request',
    operation: 'TMF622_retrieveCancelProductOrder',
    path: { id: '{{productCancel}}' },
    status: 200,
  },
  {
    name: 'product-order-cancellations-listed',
    summary: 'Every such request',
    operation: 'TMF622_listCancelProductOrder',
    status: 200,
  },
];

const approvedOnes: readonly Example[] = [
  serviceOrder('service-ordered-in-vain', 'A service that nobody will want', 'vain'),
  approved('service-order-in-vain-approved', 'vain'),
  {
    name: 'service-order-to-cancel',
    summary: 'Nobody wants it any more',
    operation: 'TMF641_createCancelServiceOrder',
    body: { cancellationReason: 'the customer has moved', serviceOrder: { id: '{{vain}}' } },
    status: 201,
    keep: { serviceCancel: '/id' },
  },
  {
    name: 'cancellation-approved',
    summary: 'The system that has the order is asked to cancel it',
    operation: 'Southbound_decideCancellation',
    path: { id: '{{vain}}' },
    ...manager,
    body: { decision: 'approve' },
    status: 200,
  },
  {
    name: 'cancellation-forced',
    summary: 'Nobody waits any longer for what that system says',
    operation: 'Southbound_forceCancelServiceOrder',
    path: { id: '{{vain}}', serviceOrder: '{{vainService}}' },
    ...agent,
    body: { note: 'agreed by telephone' },
    status: 200,
  },
  {
    name: 'service-order-cancellation-read',
    summary: 'It is done',
    operation: 'TMF641_retrieveCancelServiceOrder',
    path: { id: '{{serviceCancel}}' },
    status: 200,
  },
  {
    name: 'service-order-cancellations-listed',
    summary: 'Every such request',
    operation: 'TMF641_listCancelServiceOrder',
    status: 200,
  },
];

const tooLate: readonly Example[] = [
  serviceOrder('service-ordered-for-good', 'A service that cannot be taken back', 'lasting'),
  approved('service-order-for-good-approved', 'lasting'),
  {
    name: 'point-of-no-return-passed',
    summary: 'Something has been done that nobody can undo',
    operation: 'Southbound_passPointOfNoReturn',
    path: { id: '{{lasting}}' },
    ...agent,
    body: {},
    status: 200,
  },
  {
    name: 'cancellation-too-late',
    summary: 'It is too late',
    operation: 'Southbound_cancelOrder',
    path: { id: '{{lasting}}' },
    ...agent,
    body: { note: 'the customer has second thoughts' },
    status: 409,
  },
];

export const ending: readonly Example[] = [...declined, ...approvedOnes, ...tooLate];

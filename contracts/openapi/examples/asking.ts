/** The walk, third part: whether something can be had, asked by an order, and before there is any. */
import type { Example } from './example.ts';

const place = { id: 'site-1', name: 'Site 1' };
const service = { serviceSpecification: { id: 'internet-access' }, place: [place] };

function event(result: string): object {
  return {
    eventId: 'evt-checked',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'CheckServiceQualificationStateChangeEvent',
    event: {
      checkServiceQualification: {
        id: 'check-1',
        externalId: 'of-somebody-else',
        state: 'done',
        serviceQualificationItem: [{ id: '1', state: 'done', qualificationResult: result, service: {} }],
      },
    },
  };
}

export const asking: readonly Example[] = [
  {
    name: 'asked-by-an-order',
    summary: 'Can this customer have internet access, at one site and at another?',
    operation: 'ServiceNowQualification_createCheckServiceQualification',
    body: {
      externalId: 'CRM-asks',
      description: 'Internet access for the Miller family',
      relatedParty: [{ id: 'cust-1', '@referredType': 'Customer' }],
      serviceQualificationItem: [
        { id: '1', service },
        { id: '2', service: { ...service, place: [{ id: 'site-2', name: 'Site 2' }] } },
      ],
    },
    status: 201,
    keep: { asking: '/id' },
  },
  {
    name: 'asking-order-approved',
    summary: 'The order that asks is approved',
    operation: 'Southbound_approveOrder',
    path: { id: '{{asking}}' },
    status: 200,
    keep: {
      askedAbout: '/domainOrders/specification=internet-access/id',
      askedLine: '/lines/item=1/id',
      otherLine: '/lines/item=2/id',
    },
  },
  {
    name: 'order-qualified',
    summary: 'An inventory system is asked about one line',
    operation: 'Southbound_qualifyOrder',
    path: { id: '{{asking}}' },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: { line: '{{askedLine}}' },
    status: 200,
  },
  {
    name: 'something-else-proposed',
    summary: 'It has found something slower',
    operation: 'ServiceNowQualification_processQualificationResult',
    body: {
      serviceQualificationItem: [
        {
          id: '{{askedAbout}}',
          qualificationResult: 'alternate',
          eligibilityUnavailabilityReason: [{ code: 'CAP-01', label: 'No free port for 1 Gbps' }],
          alternateServiceProposal: [
            {
              id: '1',
              alternateService: {
                serviceSpecification: { id: 'internet-access' },
                serviceCharacteristic: [{ name: 'downstreamSpeed', valueType: 'string', value: '100 Mbps' }],
              },
            },
          ],
        },
      ],
    },
    status: 201,
  },
  {
    name: 'proposal-seen',
    summary: 'What was found, with the number of the proposal',
    operation: 'Southbound_lookIntoOrder',
    path: { id: '{{asking}}' },
    status: 200,
    keep: { proposal: '/domainOrders/specification=internet-access/qualification/proposals/0/number' },
  },
  {
    name: 'proposal-accepted',
    summary: 'The customer takes it',
    operation: 'Southbound_acceptProposal',
    path: { id: '{{asking}}', serviceOrder: '{{askedAbout}}' },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: { proposal: '{{proposal}}' },
    status: 200,
  },
  {
    name: 'result-set-by-hand',
    summary: 'Somebody has looked after the other line',
    operation: 'Southbound_setQualificationResult',
    path: { id: '{{asking}}' },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: { about: '{{otherLine}}', result: 'qualified' },
    status: 200,
  },
  {
    name: 'qualification-accepted',
    summary: 'The other line is accepted',
    operation: 'Southbound_decideQualification',
    path: { id: '{{asking}}' },
    headers: { 'x-southbound-roles': 'service_order_agent' },
    body: { line: '{{otherLine}}', decision: 'accept', note: 'The customer agrees.' },
    status: 200,
  },
  {
    name: 'orders-that-ask',
    summary: 'Those with this description',
    operation: 'ServiceNowQualification_listCheckServiceQualification',
    query: { description: 'Internet access for the Miller family', fields: 'description,state,qualificationResult' },
    status: 200,
  },
  {
    name: 'order-that-asks',
    summary: 'One of them',
    operation: 'ServiceNowQualification_retrieveCheckServiceQualification',
    path: { id: '{{asking}}' },
    status: 200,
  },
  {
    name: 'questions-watched',
    summary: 'Every event of questions',
    operation: 'TMF645_registerListener',
    body: { callback: 'http://crm.example/events' },
    status: 201,
    keep: { questionSubscription: '/id' },
  },
  {
    name: 'asked-before-any-order',
    summary: 'Can internet access be had at this site?',
    operation: 'TMF645_createCheckServiceQualification',
    body: {
      externalId: 'WEB-1',
      description: 'From the shop',
      provideAlternative: true,
      serviceQualificationItem: [
        {
          id: '1',
          service: { serviceSpecification: { id: 'internet-access' }, place: [{ ...place, role: 'installation' }] },
        },
      ],
    },
    status: 201,
    keep: { check: '/id' },
  },
  {
    name: 'checks-listed',
    summary: 'Questions that have no answer yet',
    operation: 'TMF645_listCheckServiceQualification',
    query: { state: 'inProgress', fields: 'description,state' },
    status: 200,
  },
  {
    name: 'check-read',
    summary: 'One of them',
    operation: 'TMF645_retrieveCheckServiceQualification',
    path: { id: '{{check}}' },
    status: 200,
  },
  {
    name: 'check-amended',
    summary: 'It has another description',
    operation: 'TMF645_patchCheckServiceQualification',
    path: { id: '{{check}}' },
    body: { description: 'From the shop, for the Miller family' },
    status: 200,
  },
  {
    name: 'check-heard-of',
    summary: 'An event about a question of somebody else is passed over',
    operation: 'TMF645_hearEvent',
    path: { event: 'checkServiceQualificationStateChangeEvent' },
    body: event('qualified'),
    status: 201,
  },
  {
    name: 'check-heard-of-elsewhere',
    summary: 'The same, told without naming the event in the path',
    operation: 'TMF645_hearAnyEvent',
    body: event('unqualified'),
    status: 201,
  },
  {
    name: 'check-taken-back',
    summary: 'Nobody wants to know any more',
    operation: 'TMF645_deleteCheckServiceQualification',
    path: { id: '{{check}}' },
    status: 204,
  },
  {
    name: 'asked-what-there-is',
    summary: 'What can be had at this site?',
    operation: 'TMF645_createQueryServiceQualification',
    body: {
      description: 'From the shop',
      searchCriteria: {
        service: { serviceSpecification: { id: 'internet-access' }, place: [{ ...place, role: 'installation' }] },
      },
    },
    status: 201,
    keep: { query: '/id' },
  },
  {
    name: 'queries-listed',
    summary: 'Every query',
    operation: 'TMF645_listQueryServiceQualification',
    query: { fields: 'description,state' },
    status: 200,
  },
  {
    name: 'query-read',
    summary: 'One of them',
    operation: 'TMF645_retrieveQueryServiceQualification',
    path: { id: '{{query}}' },
    status: 200,
  },
  {
    name: 'query-amended',
    summary: 'It has another description',
    operation: 'TMF645_patchQueryServiceQualification',
    path: { id: '{{query}}' },
    body: { description: 'From the shop, for the Miller family' },
    status: 200,
  },
  {
    name: 'query-taken-back',
    summary: 'Nobody wants to know any more',
    operation: 'TMF645_deleteQueryServiceQualification',
    path: { id: '{{query}}' },
    status: 204,
  },
  {
    name: 'questions-watched-no-more',
    summary: 'No events any more',
    operation: 'TMF645_unregisterListener',
    path: { id: '{{questionSubscription}}' },
    status: 204,
  },
];

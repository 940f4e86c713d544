/** The overlay of the native dialect of ServiceNow order qualification. */
import { commonFormats, commonStatuses } from '../common.ts';
import type { Overlay } from '../profile.ts';

/** Where a service is asked for. */
const locations = ['place', 'serviceInventory', 'referenceServiceInventory'];

export const serviceNowQualificationOverlay: Overlay = {
  api: 'ServiceNowQualification',
  source: 'the published pages of its order qualification REST interface',
  ownership: {},
  transitions: {},
  definitions: {},
  requirements: [
    {
      name: 'mandatory-in-response CheckServiceQualification',
      because: 'how far the question has come is told by state and result, of the whole and line by line',
      definition: 'CheckServiceQualification',
      schema: { required: ['id', 'state', 'qualificationResult', 'serviceQualificationItem'] },
    },
    {
      name: 'mandatory-in-response item',
      because: 'every line is asked for itself, and has a result of its own, be it none',
      definition: 'ServiceQualificationItemShown',
      schema: { required: ['qualificationResult', 'state'] },
    },
    {
      name: 'location-is-told',
      because: 'whether a service can be had depends on where',
      definition: 'Service',
      schema: { anyOf: locations.map((location) => ({ required: [location] })) },
    },
    {
      name: 'location-is-told-once',
      because: 'a place, a service that is there, and a service to go by exclude each other',
      definition: 'Service',
      schema: {
        description: 'one of place, serviceInventory and referenceServiceInventory',
        not: {
          anyOf: [
            { required: ['place', 'serviceInventory'] },
            { required: ['place', 'referenceServiceInventory'] },
            { required: ['serviceInventory', 'referenceServiceInventory'] },
          ],
        },
      },
    },
    {
      name: 'service-is-specified',
      because: 'only a service that is there already has a specification to go by',
      definition: 'Service',
      schema: { if: { not: { required: ['serviceInventory'] } }, then: { required: ['serviceSpecification'] } },
    },
    {
      name: 'proposal-proposes',
      because: 'a proposal is another service, or another date',
      definition: 'AlternateServiceProposal',
      schema: { anyOf: [{ required: ['alternateService'] }, { required: ['alternateServiceAvailabilityDate'] }] },
    },
  ],
  relaxations: [
    {
      name: 'states-of-later-releases',
      because: 'values other than those seen in samples are snake case of labels, which releases change',
      definition: 'State',
      patch: { enum: null },
    },
    {
      name: 'quantity-as-in-requests',
      because: 'a quantity goes in as a number, and the samples show it come out as text',
      definition: 'ServiceQualificationItemShown',
      patch: { properties: { quantity: { type: ['string', 'number'] } } },
    },
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};

/** The overlay of the native dialect of ServiceNow service ordering. */
import { commonFormats, commonStatuses } from '../common.ts';
import type { Overlay } from '../profile.ts';

export const serviceNowOverlay: Overlay = {
  api: 'ServiceNow',
  source: 'the published pages of its order management REST interface, and our reading of them: docs/decisions/0013',
  ownership: {},
  transitions: {},
  definitions: {},
  requirements: [
    {
      name: 'mandatory-in-response ServiceOrder',
      because: 'what became of an order is told by its state, and found again by its Request ID',
      definition: 'ServiceOrder',
      schema: { required: ['id', 'externalId', 'state', 'serviceOrderItem'] },
    },
    {
      name: 'existing-service-is-named',
      because: 'an item that is not an add speaks of a service that exists, by its id',
      definition: 'ServiceOrderItem',
      schema: {
        if: { properties: { action: { not: { const: 'add' } } } },
        then: { properties: { service: { required: ['id'] } } },
      },
    },
    {
      name: 'service-is-specified',
      because: 'the receiver knows what to do by the specification',
      definition: 'ServiceOrderItem',
      schema: { properties: { service: { required: ['serviceSpecification'] } } },
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
      name: 'point-of-no-return-as-documented',
      because: 'ponr is documented as boolean, and text in samples',
      definition: 'ServiceOrder',
      patch: { properties: { ponr: { type: ['string', 'boolean'], enum: null } } },
    },
    {
      name: 'point-of-no-return-of-an-item-as-documented',
      because: 'ponr is documented as boolean, and text in samples',
      definition: 'ServiceOrderItemShown',
      patch: { properties: { ponr: { type: ['string', 'boolean'], enum: null } } },
    },
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};

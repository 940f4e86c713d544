/** The overlay of TMF638 Service Inventory v4.0. */
import {
  commonFormats,
  commonRelaxations,
  commonStatuses,
  deletionByMergePatch,
  eventRequirements,
  hubRequirements,
  laterDeletion,
  notPatchable,
  providerOwned,
} from './common.ts';
import type { Overlay, Transitions } from './profile.ts';

/** Set by the provider, so not part of a create request (TMF638 v4.0, Service_Create). */
const ofTheProvider = ['id', 'href'];

/**
 * Lifecycle diagram of the service. No state on the wire is the last one: what is only planned, or terminated, ends by
 * being deleted, and a terminated service may come back.
 */
const service: Transitions = {
  initial: ['feasibilityChecked', 'designed', 'reserved', 'inactive', 'active'],
  terminal: [],
  moves: {
    feasibilityChecked: ['designed', 'reserved', 'inactive', 'active'],
    designed: ['reserved', 'inactive', 'active'],
    reserved: ['designed', 'inactive', 'active'],
    inactive: ['active'],
    active: ['inactive', 'terminated'],
    terminated: ['active'],
  },
};

export const tmf638Overlay: Overlay = {
  api: 'TMF638',
  source: 'TMF638 Service Inventory v4.0 and TMF630',
  ownership: {
    Service: [
      { owner: 'provider', attributes: ofTheProvider },
      {
        owner: 'either',
        attributes: [
          'category',
          'description',
          'endDate',
          'feature',
          'hasStarted',
          'isBundle',
          'isServiceEnabled',
          'isStateful',
          'name',
          'note',
          'place',
          'relatedEntity',
          'relatedParty',
          'serviceCharacteristic',
          'serviceDate',
          'serviceOrderItem',
          'serviceRelationship',
          'serviceSpecification',
          'serviceType',
          'startDate',
          'startMode',
          'state',
          'supportingResource',
          'supportingService',
        ],
      },
    ],
  },
  transitions: { Service: service },
  definitions: {},
  requirements: [
    {
      name: 'mandatory-in-response Service',
      because: 'nothing is required in a published Service, so an empty object would be one',
      definition: 'Service',
      schema: { required: ['id', 'href', 'state', 'serviceSpecification'] },
    },
    ...providerOwned('Service_Create', ofTheProvider),
    ...notPatchable('Service_Update', [...ofTheProvider, 'serviceDate']),
    {
      name: 'first-state-of-a-service',
      because: 'the diagram draws five first states, and terminated is none of them',
      definition: 'Service_Create',
      schema: { properties: { state: { enum: service.initial } } },
    },
    {
      name: 'reservation-is-named',
      because:
        'an entity in the role of a reservation is used up by the service, so it has to be found: what, and which',
      definition: 'RelatedEntityRefOrValue',
      schema: {
        if: { required: ['role'], properties: { role: { const: 'reservation' } } },
        then: { required: ['id', '@referredType'] },
      },
    },
    ...eventRequirements(
      ['ServiceCreateEvent', 'ServiceAttributeValueChangeEvent', 'ServiceStateChangeEvent', 'ServiceDeleteEvent'],
      'service',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    {
      name: 'feature-in-part',
      because: 'the published sample misspells featureCharacteristic, and an order has features without ids',
      definition: 'Feature',
      patch: { required: ['name'] },
    },
    {
      name: 'note-as-orders-have-it',
      because: 'author and date of a note are mandatory here alone; a service comes from an order with its notes',
      definition: 'Note',
      patch: { required: ['text'] },
    },
    {
      name: 'service-by-value',
      because: 'the id of a supporting service is mandatory here alone; an order has it by value',
      definition: 'ServiceRefOrValue',
      patch: { required: null },
    },
    deletionByMergePatch('Service_Update', [
      'category',
      'description',
      'endDate',
      'name',
      'serviceType',
      'startDate',
      'startMode',
    ]),
  ],
  formats: commonFormats,
  statuses: [...commonStatuses, ...laterDeletion(['deleteService'])],
};

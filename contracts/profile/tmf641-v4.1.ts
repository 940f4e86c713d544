/** The overlay of TMF641 Service Ordering v4.1. */
import {
  commonFormats,
  commonRelaxations,
  commonStatuses,
  deletionByMergePatch,
  eventRequirements,
  firstStateOfATask,
  hubRequirements,
  notPatchable,
  patchOfItems,
  providerOwned,
} from './common.ts';
import type { Overlay, Transitions } from './profile.ts';

/** Set by the provider, so not part of a create request (TMF641 v4.1, ServiceOrder_Create). */
const ofTheProvider = [
  'id',
  'href',
  'orderDate',
  'completionDate',
  'expectedCompletionDate',
  'startDate',
  'state',
  'jeopardyAlert',
  'errorMessage',
  'milestone',
];

/** Of a service order, what a patch cannot change: ServiceOrder has it, and ServiceOrder_Update has not. */
const fixedAtCreation = [
  ...ofTheProvider.filter((name) => !['state', 'expectedCompletionDate'].includes(name)),
  'cancellationDate',
  'cancellationReason',
  'category',
  '@baseType',
  '@schemaLocation',
  '@type',
];

/** Lifecycle diagram of the service order, v4.1. */
export const serviceOrder: Transitions = {
  initial: ['acknowledged'],
  terminal: ['rejected', 'completed', 'failed', 'partial', 'cancelled'],
  moves: {
    acknowledged: ['rejected', 'inProgress', 'cancelled', 'assessingCancellation'],
    inProgress: ['completed', 'failed', 'partial', 'pending', 'held', 'cancelled', 'assessingCancellation'],
    pending: ['inProgress', 'cancelled', 'assessingCancellation'],
    held: ['inProgress', 'cancelled', 'assessingCancellation'],
    assessingCancellation: ['acknowledged', 'inProgress', 'pending', 'held', 'pendingCancellation'],
    pendingCancellation: ['cancelled'],
  },
};

/** Lifecycle diagram of the cancel task. The published enum calls its first state `accepted`. */
export const cancelServiceOrder: Transitions = {
  initial: ['accepted', 'acknowledged'],
  terminal: ['done', 'terminatedWithError'],
  moves: {
    accepted: ['inProgress'],
    acknowledged: ['inProgress'],
    inProgress: ['done', 'terminatedWithError'],
  },
};

/** Items nest: what holds for an item holds for the items in it, by a definition that refers to itself. */
const items = (definition: string) => ({
  properties: { serviceOrderItem: { items: { $ref: `#/definitions/${definition}` } } },
});

export const tmf641Overlay: Overlay = {
  api: 'TMF641',
  source: 'TMF641 Service Ordering v4.1, its conformance profile and TMF630',
  ownership: {
    ServiceOrder: [
      { owner: 'provider', attributes: ofTheProvider },
      {
        owner: 'requester',
        attributes: [
          'category',
          'externalId',
          'notificationContact',
          'priority',
          'requestedCompletionDate',
          'requestedStartDate',
        ],
      },
      {
        owner: 'either',
        attributes: [
          'cancellationDate',
          'cancellationReason',
          'description',
          'externalReference',
          'note',
          'orderRelationship',
          'relatedParty',
          'serviceOrderItem',
        ],
      },
    ],
    ServiceOrderItem: [{ owner: 'provider', attributes: ['state', 'errorMessage'] }],
  },
  transitions: {
    ServiceOrder: serviceOrder,
    // Items follow the diagram of the order; `partial` only where an item has items of its own.
    ServiceOrderItem: serviceOrder,
    CancelServiceOrder: cancelServiceOrder,
  },
  definitions: {
    ItemInResponse: { $comment: 'mandatory-in-response item', required: ['state'], ...items('ItemInResponse') },
    ItemWithoutState: {
      $comment: 'provider-owned item state',
      description: 'no state in an item: the provider sets it',
      not: { required: ['state'] },
      ...items('ItemWithoutState'),
    },
    ItemOfExistingService: {
      if: { required: ['action'], properties: { action: { not: { const: 'add' } } } },
      then: {
        properties: {
          service: {
            anyOf: [
              { $comment: 'existing-service-is-named', required: ['id'] },
              { $comment: 'existing-service-is-named', required: ['href'] },
            ],
          },
        },
      },
      ...items('ItemOfExistingService'),
    },
    ItemOfNewService: {
      if: { required: ['action'], properties: { action: { const: 'add' } } },
      then: {
        properties: { service: { $comment: 'new-service-is-specified', required: ['serviceSpecification'] } },
      },
      ...items('ItemOfNewService'),
    },
  },
  requirements: [
    {
      name: 'mandatory-in-response ServiceOrder',
      because: 'nothing is required in a published ServiceOrder, so an empty object would be one',
      definition: 'ServiceOrder',
      schema: { required: ['id', 'href', 'state', 'orderDate', 'serviceOrderItem'] },
    },
    {
      name: 'mandatory-in-response item',
      because: 'the state of an order is told item by item',
      definition: 'ServiceOrder',
      schema: items('ItemInResponse'),
    },
    {
      name: 'mandatory-in-response CancelServiceOrder',
      because: 'nothing is required in a published CancelServiceOrder',
      definition: 'CancelServiceOrder',
      schema: { required: ['id', 'href', 'state', 'serviceOrder'] },
    },
    ...providerOwned('ServiceOrder_Create', ofTheProvider),
    ...notPatchable('ServiceOrder_Update', fixedAtCreation),
    {
      name: 'provider-owned item state',
      because: 'the state of an item is set by the provider',
      definition: 'ServiceOrder_Create',
      schema: items('ItemWithoutState'),
    },
    {
      name: 'existing-service-is-named',
      because: 'an item that is not an add speaks of a service that exists, by id or href',
      definition: 'ServiceOrder_Create',
      schema: items('ItemOfExistingService'),
    },
    {
      name: 'new-service-is-specified',
      because: 'an added service is given by value, and its specification says what it is',
      definition: 'ServiceOrder_Create',
      schema: items('ItemOfNewService'),
    },
    ...eventRequirements(
      [
        'ServiceOrderCreateEvent',
        'ServiceOrderAttributeValueChangeEvent',
        'ServiceOrderStateChangeEvent',
        'ServiceOrderDeleteEvent',
        'ServiceOrderInformationRequiredEvent',
        'ServiceOrderMilestoneEvent',
        'ServiceOrderJeopardyEvent',
      ],
      'serviceOrder',
    ),
    ...eventRequirements(
      [
        'CancelServiceOrderCreateEvent',
        'CancelServiceOrderStateChangeEvent',
        'CancelServiceOrderInformationRequiredEvent',
      ],
      'cancelServiceOrder',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    {
      name: 'item-reference-by-either-name',
      because: 'ServiceOrderItemRef requires id, and declares itemId instead',
      definition: 'ServiceOrderItemRef',
      patch: { required: null, anyOf: [{ required: ['id'] }, { required: ['itemId'] }] },
    },
    firstStateOfATask,
    {
      name: 'party-without-type',
      because: '@type of a RelatedParty is new in v4.1, and the published sample leaves it out',
      definition: 'RelatedParty',
      patch: { required: ['id', '@referredType'] },
    },
    {
      name: 'feature-without-characteristic',
      because: 'the published sample misspells featureCharacteristic',
      definition: 'Feature',
      patch: { required: ['name'] },
    },
    patchOfItems('ServiceOrder_Update', 'serviceOrderItem'),
    deletionByMergePatch('ServiceOrder_Update', [
      'description',
      'externalId',
      'notificationContact',
      'priority',
      'requestedCompletionDate',
      'requestedStartDate',
    ]),
    {
      name: 'items-in-part-by-patch',
      because: 'an item in a patch would have to repeat action and service',
      definition: 'ServiceOrder_Update',
      patch: {
        properties: { serviceOrderItem: { type: 'array', items: { $ref: null, type: 'object', required: ['id'] } } },
      },
    },
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};

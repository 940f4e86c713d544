/** The overlay of TMF697 Work Order v4.0. */
import {
  commonFormats,
  commonRelaxations,
  commonStatuses,
  deletionByMergePatch,
  eventRequirements,
  firstStateOfATask,
  hubRequirements,
  laterDeletion,
  notPatchable,
  providerOwned,
} from './common.ts';
import type { Overlay, Requirement } from './profile.ts';
import { cancelServiceOrder, serviceOrder } from './tmf641-v4.1.ts';

/** Set by the provider, so not part of a create request (TMF697 v4.0, WorkOrder_Create). */
const ofTheProvider = ['id', 'href', 'completionDate', 'expectedCompletionDate', 'orderDate', 'state'];

/** Items nest: what holds for an item holds for the items in it, by a definition that refers to itself. */
const items = (definition: string) => ({
  properties: { workOrderItem: { items: { $ref: `#/definitions/${definition}` } } },
});

/** What an order asks. */
const ofARequest: readonly Requirement[] = [
  ...providerOwned('WorkOrder_Create', ofTheProvider),
  {
    name: 'provider-owned item state',
    because: 'the state of an item is set by the provider',
    definition: 'WorkOrder_Create',
    schema: items('ItemWithoutState'),
  },
  {
    name: 'new-work-is-told',
    because: 'the work of an item is optional, and an item that adds none asks nothing',
    definition: 'WorkOrder_Create',
    schema: items('ItemOfNewWork'),
  },
  {
    name: 'existing-work-is-named',
    because: 'an item that is not an add speaks of work that exists, by id or href',
    definition: 'WorkOrder_Create',
    schema: items('ItemOfExistingWork'),
  },
  ...notPatchable('WorkOrder_Update', ['id', 'href', 'orderDate']),
];

/** What a provider answers. */
const ofAnAnswer: readonly Requirement[] = [
  {
    name: 'mandatory-in-response WorkOrder',
    because: 'the published WorkOrder requires its items alone',
    definition: 'WorkOrder',
    schema: { required: ['id', 'href', 'state', 'orderDate', 'workOrderItem'] },
  },
  {
    name: 'mandatory-in-response item',
    because: 'the state of an order is told item by item',
    definition: 'WorkOrder',
    schema: items('ItemInResponse'),
  },
  {
    name: 'mandatory-in-response CancelWorkOrder',
    because: 'the published CancelWorkOrder requires the order alone',
    definition: 'CancelWorkOrder',
    schema: { required: ['id', 'href', 'state', 'workOrder'] },
  },
];

export const tmf697Overlay: Overlay = {
  api: 'TMF697',
  source:
    'TMF697 Work Order v4.0 and TMF630; it publishes no lifecycle, and its states are those of TMF641 v4.1, whose lifecycle stands in',
  ownership: {
    WorkOrder: [
      { owner: 'provider', attributes: [...ofTheProvider, 'startDate', 'stateChangeDate'] },
      {
        owner: 'requester',
        attributes: [
          'agreement',
          'billingAccount',
          'category',
          'channel',
          'externalId',
          'notificationContact',
          'order',
          'payment',
          'priority',
          'quote',
          'requestedCompletionDate',
          'requestedStartDate',
        ],
      },
      {
        owner: 'either',
        attributes: [
          'appointment',
          'cancellationDate',
          'cancellationReason',
          'description',
          'note',
          'orderTotalPrice',
          'place',
          'relatedEntity',
          'relatedParty',
          'version',
          'workOrderItem',
          'workOrderRelationship',
        ],
      },
    ],
    WorkOrderItem: [{ owner: 'provider', attributes: ['state'] }],
  },
  transitions: { WorkOrder: serviceOrder, WorkOrderItem: serviceOrder, CancelWorkOrder: cancelServiceOrder },
  definitions: {
    ItemInResponse: { $comment: 'mandatory-in-response item', required: ['state'], ...items('ItemInResponse') },
    ItemWithoutState: {
      $comment: 'provider-owned item state',
      description: 'no state in an item: the provider sets it',
      not: { required: ['state'] },
      ...items('ItemWithoutState'),
    },
    ItemOfNewWork: {
      if: { required: ['action'], properties: { action: { const: 'add' } } },
      // An item that holds items leaves the work to them.
      then: {
        anyOf: [
          { $comment: 'new-work-is-told', required: ['work'] },
          { $comment: 'new-work-is-told', required: ['workOrderItem'] },
        ],
      },
      ...items('ItemOfNewWork'),
    },
    ItemOfExistingWork: {
      if: { required: ['action'], properties: { action: { not: { const: 'add' } } } },
      then: {
        properties: {
          work: {
            anyOf: [
              { $comment: 'existing-work-is-named', required: ['id'] },
              { $comment: 'existing-work-is-named', required: ['href'] },
            ],
          },
        },
      },
      ...items('ItemOfExistingWork'),
    },
  },
  requirements: [
    ...ofARequest,
    ...ofAnAnswer,
    ...eventRequirements(
      [
        'WorkOrderCreateEvent',
        'WorkOrderAttributeValueChangeEvent',
        'WorkOrderDeleteEvent',
        'WorkOrderStateChangeEvent',
        'WorkOrderInformationRequiredEvent',
      ],
      'workOrder',
    ),
    ...eventRequirements(
      ['CancelWorkOrderCreateEvent', 'CancelWorkOrderStateChangeEvent', 'CancelWorkOrderInformationRequiredEvent'],
      'cancelWorkOrder',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    firstStateOfATask,
    {
      name: 'patch-without-items',
      because: 'WorkOrder_Update requires workOrderItem, so that no single attribute could be patched',
      definition: 'WorkOrder_Update',
      patch: { required: null },
    },
    {
      name: 'items-in-part-by-patch',
      because: 'an item in a patch would have to repeat its action',
      definition: 'WorkOrder_Update',
      patch: {
        properties: { workOrderItem: { type: 'array', items: { $ref: null, type: 'object', required: ['id'] } } },
      },
    },
    deletionByMergePatch('WorkOrder_Update', [
      'description',
      'externalId',
      'notificationContact',
      'priority',
      'requestedCompletionDate',
      'requestedStartDate',
    ]),
  ],
  formats: commonFormats,
  statuses: [...commonStatuses, ...laterDeletion(['deleteWorkOrder'])],
};

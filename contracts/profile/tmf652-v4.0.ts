/** The overlay of TMF652 Resource Ordering v4.0. */
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
import type { Overlay, Requirement, Transitions } from './profile.ts';

/**
 * Lifecycle diagram of the resource order, in its newer drawing, which knows cancellation. A new order may be rejected at
 * once: so the drawing of v4.0.
 */
const resourceOrder: Transitions = {
  initial: ['acknowledged', 'rejected'],
  terminal: ['rejected', 'completed', 'failed', 'partial', 'cancelled'],
  moves: {
    acknowledged: ['rejected', 'inProgress', 'assessingCancellation'],
    inProgress: ['pending', 'held', 'assessingCancellation', 'completed', 'failed', 'partial'],
    pending: ['inProgress', 'cancelled', 'assessingCancellation'],
    held: ['inProgress', 'cancelled', 'assessingCancellation'],
    assessingCancellation: ['acknowledged', 'inProgress', 'pending', 'held', 'pendingCancellation'],
    pendingCancellation: ['cancelled'],
  },
};

const cancelResourceOrder: Transitions = {
  initial: ['acknowledged'],
  terminal: ['done', 'terminatedWithError'],
  moves: { acknowledged: ['inProgress'], inProgress: ['done', 'terminatedWithError'] },
};

const states = [...new Set([...Object.keys(resourceOrder.moves), ...resourceOrder.terminal])];

/** The description spells the last one `no_change`; every other API of the family spells it `noChange`. */
const actions = ['add', 'modify', 'delete', 'noChange', 'no_change'];

const items = (schema: object) => ({ properties: { orderItem: { items: schema } } });

/**
 * What an order asks. The published create type leaves out id and href alone, so that a requester may legally name a
 * state and dates.
 */
const ofARequest: readonly Requirement[] = [
  ...providerOwned('ResourceOrder_Create', ['id', 'href']),
  {
    name: 'order-has-items',
    because: 'nothing is required in a published ResourceOrder_Create, and an order without items orders nothing',
    definition: 'ResourceOrder_Create',
    schema: { required: ['orderItem'], properties: { orderItem: { minItems: 1 } } },
  },
  {
    name: 'item-says-what-to-do',
    because:
      'nothing is required in a published item: its state is told by its id, and its action is done to its resource',
    definition: 'ResourceOrder_Create',
    schema: items({ required: ['id', 'action', 'resource'] }),
  },
  {
    name: 'new-resource-is-specified',
    because: 'an added resource is given by value, by its specification or by its characteristics',
    definition: 'ResourceOrder_Create',
    schema: items({
      if: { required: ['action'], properties: { action: { const: 'add' } } },
      then: {
        anyOf: [
          { required: ['resourceSpecification'] },
          {
            properties: {
              resource: { anyOf: [{ required: ['resourceSpecification'] }, { required: ['resourceCharacteristic'] }] },
            },
          },
        ],
      },
    }),
  },
  {
    name: 'existing-resource-is-named',
    because: 'an item that is not an add speaks of a resource that exists, by id or href',
    definition: 'ResourceOrder_Create',
    schema: items({
      if: { required: ['action'], properties: { action: { not: { const: 'add' } } } },
      then: { properties: { resource: { anyOf: [{ required: ['id'] }, { required: ['href'] }] } } },
    }),
  },
  ...notPatchable('ResourceOrder_Update', ['id', 'href', 'completionDate', 'orderDate']),
];

/** What a provider answers. */
const ofAnAnswer: readonly Requirement[] = [
  {
    name: 'mandatory-in-response ResourceOrder',
    because: 'nothing is required in a published ResourceOrder, so an empty object would be one',
    definition: 'ResourceOrder',
    schema: { required: ['id', 'href', 'state', 'orderDate', 'orderItem'] },
  },
  {
    name: 'mandatory-in-response item',
    because: 'the state of an order is told item by item, under the ids that were asked',
    definition: 'ResourceOrder',
    schema: items({ required: ['id', 'action', 'state'] }),
  },
  {
    name: 'mandatory-in-response CancelResourceOrder',
    because: 'the published CancelResourceOrder requires the order alone',
    definition: 'CancelResourceOrder',
    schema: { required: ['id', 'href', 'state', 'resourceOrder'] },
  },
];

/** The words that the published types leave free. */
const ofWords: readonly Requirement[] = [
  ...['ResourceOrder', 'ResourceOrder_Update', 'ResourceOrderItem'].map((definition) => ({
    name: 'known-state',
    because: 'a state is plain text, and the lifecycle knows eleven',
    definition,
    schema: { properties: { state: { enum: states } } },
  })),
  {
    name: 'known-action',
    because: 'an action is plain text, and its description knows four',
    definition: 'ResourceOrderItem',
    schema: { properties: { action: { enum: actions } } },
  },
];

export const tmf652Overlay: Overlay = {
  api: 'TMF652',
  source: 'TMF652 Resource Ordering v4.0, the newer drawing of its lifecycle, and TMF630',
  ownership: {
    ResourceOrder: [
      {
        owner: 'provider',
        attributes: ['id', 'href', 'completionDate', 'expectedCompletionDate', 'orderDate', 'startDate', 'state'],
      },
      {
        owner: 'requester',
        attributes: [
          'category',
          'externalId',
          'orderType',
          'priority',
          'requestedCompletionDate',
          'requestedStartDate',
        ],
      },
      {
        owner: 'either',
        attributes: ['description', 'externalReference', 'name', 'note', 'orderItem', 'relatedParty'],
      },
    ],
    ResourceOrderItem: [{ owner: 'provider', attributes: ['state'] }],
  },
  transitions: {
    ResourceOrder: resourceOrder,
    // No drawing of the item: it follows the order.
    ResourceOrderItem: resourceOrder,
    CancelResourceOrder: cancelResourceOrder,
  },
  definitions: {},
  requirements: [
    ...ofARequest,
    ...ofAnAnswer,
    ...ofWords,
    ...eventRequirements(
      [
        'ResourceOrderCreateEvent',
        'ResourceOrderAttributeValueChangeEvent',
        'ResourceOrderDeleteEvent',
        'ResourceOrderStateChangeEvent',
        'ResourceOrderInformationRequiredEvent',
      ],
      'resourceOrder',
    ),
    ...eventRequirements(
      [
        'CancelResourceOrderCreateEvent',
        'CancelResourceOrderStateChangeEvent',
        'CancelResourceOrderInformationRequiredEvent',
      ],
      'cancelResourceOrder',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    {
      name: 'resource-to-be-without-id',
      because: 'ResourceRefOrValue requires id and href, which a resource that is to be added has not yet',
      definition: 'ResourceRefOrValue',
      patch: { required: null },
    },
    {
      name: 'external-reference-in-part',
      because: 'ExternalId requires id, owner and entityType, and the published sample has none of them',
      definition: 'ExternalId',
      patch: { required: null },
    },
    {
      name: 'cancellation-in-the-state-of-its-order',
      because: 'the published sample of a CancelResourceOrder is assessingCancellation, a state of orders',
      definition: 'TaskStateType',
      patch: { enum: ['acknowledged', 'terminatedWithError', 'inProgress', 'done', 'assessingCancellation'] },
    },
    deletionByMergePatch('ResourceOrder_Update', [
      'category',
      'description',
      'externalId',
      'name',
      'orderType',
      'requestedCompletionDate',
      'requestedStartDate',
    ]),
  ],
  formats: commonFormats,
  statuses: [...commonStatuses, ...laterDeletion(['deleteResourceOrder'])],
};

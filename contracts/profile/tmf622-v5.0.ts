/** The overlay of TMF622 Product Ordering v5.0. */
import {
  absoluteCallback,
  commonFormats,
  commonRelaxations,
  commonStatuses,
  deletionByMergePatch,
  eventRequirements,
  notPatchable,
  providerOwned,
} from './common.ts';
import type { Overlay, Requirement, Transitions } from './profile.ts';
import { abortedWithoutBlank, productOrder as productOrderOfV4 } from './tmf622-v4.0.ts';

/** Set by the provider, so not part of a create request; the id may be (TMF622 v5.0, ProductOrder_FVO). */
const ofTheProvider = ['href', 'completionDate', 'creationDate', 'expectedCompletionDate'];

/** Said later, by either side: an order is drafted, submitted and given up by its state. */
const notAtCreation = ['cancellationDate', 'cancellationReason', 'state'];

/**
 * No lifecycle of v5 is published with the types. That of v4, with the two states that are new: a draft is submitted or
 * given up, and what is inProgress may be said to be accepted, wherever it is said to be inProgress.
 */
const productOrder: Transitions = {
  initial: [...productOrderOfV4.initial, 'draft'],
  terminal: productOrderOfV4.terminal,
  moves: {
    draft: ['acknowledged', 'cancelled'],
    ...Object.fromEntries(Object.entries(productOrderOfV4.moves).map(([from, to]) => [from, withAccepted(to)])),
    inProgress: ['inProgress.accepted', ...(productOrderOfV4.moves.inProgress ?? [])],
    'inProgress.accepted': ['inProgress', ...(productOrderOfV4.moves.inProgress ?? [])],
  },
};

function withAccepted(states: readonly string[]): readonly string[] {
  return states.flatMap((state) => (state === 'inProgress' ? [state, 'inProgress.accepted'] : [state]));
}

/** The task of v4, with the two states that are new: it may be turned down, and be taken back while it lasts. */
const cancelProductOrder: Transitions = {
  initial: ['acknowledged', 'rejected'],
  terminal: ['rejected', 'cancelled', 'done', 'terminatedWithError'],
  moves: {
    acknowledged: ['rejected', 'inProgress', 'cancelled'],
    inProgress: ['cancelled', 'done', 'terminatedWithError'],
  },
};

/** What an order asks. */
const ofARequest: readonly Requirement[] = [
  ...providerOwned('ProductOrder_FVO', ofTheProvider),
  ...notAtCreation.map((attribute) => ({
    name: `not-at-creation ${attribute}`,
    because: `${attribute} is no attribute of ProductOrder_FVO`,
    definition: 'ProductOrder_FVO',
    schema: { description: `no ${attribute}: it is not told at creation`, not: { required: [attribute] } },
  })),
  ...notPatchable('ProductOrder_MVO', ['id', 'href', 'creationDate', 'requestedInitialState']),
];

/** What a provider answers. */
const ofAnAnswer: readonly Requirement[] = [
  {
    name: 'mandatory-in-response ProductOrder',
    because: 'the published ProductOrder requires its @type alone',
    definition: 'ProductOrder',
    schema: { required: ['id', 'href', 'state', 'creationDate', 'productOrderItem'] },
  },
  {
    name: 'mandatory-in-response item',
    because: 'the state of an order is told item by item, under the ids that were asked',
    definition: 'ProductOrder',
    schema: { properties: { productOrderItem: { items: { $ref: '#/definitions/ItemInResponse' } } } },
  },
  {
    name: 'mandatory-in-response CancelProductOrder',
    because: 'the published CancelProductOrder requires its @type alone',
    definition: 'CancelProductOrder',
    schema: { required: ['id', 'href', 'state', 'productOrder'] },
  },
  {
    name: 'mandatory-in-response Hub',
    because: 'a subscription is ended by its id',
    definition: 'Hub',
    schema: { required: ['id'] },
  },
];

const ofEvents: readonly Requirement[] = [
  ...eventRequirements(
    [
      'ProductOrderCreateEvent',
      'ProductOrderAttributeValueChangeEvent',
      'ProductOrderStateChangeEvent',
      'ProductOrderDeleteEvent',
      'ProductOrderInformationRequiredEvent',
      'ProductOrderMilestoneEvent',
      'ProductOrderJeopardyAlertEvent',
      'ProductOrderErrorMessageEvent',
    ],
    'productOrder',
  ),
  ...eventRequirements(
    ['CancelProductOrderCreateEvent', 'CancelProductOrderInformationRequiredEvent'],
    'cancelProductOrder',
  ),
  {
    name: 'mandatory-in-event CancelProductOrderStateChangeEvent',
    because: 'nothing but the @type is required in a published event, and the key of this one is misspelled',
    definition: 'CancelProductOrderStateChangeEvent',
    schema: {
      required: ['eventId', 'eventTime', 'eventType', 'event'],
      properties: {
        eventType: { const: 'CancelProductOrderStateChangeEvent' },
        event: {
          anyOf: [{ required: ['cancelProductOrder'] }, { required: ['canccelProductOrder'] }],
          properties: { cancelProductOrder: { $ref: '#/definitions/CancelProductOrder' } },
        },
      },
    },
  },
];

export const tmf622v5Overlay: Overlay = {
  api: 'TMF622v5',
  source:
    'TMF622 Product Ordering v5.0 and TMF630; derived are the lifecycles, from those of v4 and the states that are new, and the base path, from the published examples',
  ownership: {
    ProductOrder: [
      { owner: 'provider', attributes: ofTheProvider },
      {
        owner: 'requester',
        attributes: [
          'agreement',
          'billingAccount',
          'category',
          'channel',
          'externalId',
          'notificationContact',
          'orderRelationship',
          'payment',
          'priority',
          'productOfferingQualification',
          'quote',
          'requestedCompletionDate',
          'requestedInitialState',
          'requestedStartDate',
        ],
      },
      {
        owner: 'either',
        attributes: [
          ...notAtCreation,
          'description',
          'id',
          'note',
          'orderTotalPrice',
          'productOrderErrorMessage',
          'productOrderItem',
          'productOrderJeopardyAlert',
          'productOrderMilestone',
          'relatedParty',
        ],
      },
    ],
    ProductOrderItem: [{ owner: 'provider', attributes: ['state'] }],
  },
  transitions: {
    ProductOrder: productOrder,
    // v5 has `partial` for items as well, and neither of the states that are new.
    ProductOrderItem: productOrderOfV4,
    CancelProductOrder: cancelProductOrder,
  },
  definitions: {
    ItemInResponse: {
      $comment: 'mandatory-in-response item',
      required: ['id', 'action', 'state'],
      properties: { productOrderItem: { items: { $ref: '#/definitions/ItemInResponse' } } },
    },
  },
  requirements: [...ofARequest, ...ofAnAnswer, ...ofEvents, absoluteCallback('Hub_FVO')],
  relaxations: [
    ...commonRelaxations,
    abortedWithoutBlank,
    {
      name: 'change-of-state-in-part',
      because: 'the published example tells id, href, state and the items that changed, and not the whole order',
      definition: 'ProductOrderStateChangeEventPayload',
      patch: {
        properties: {
          productOrder: {
            $ref: null,
            type: 'object',
            required: ['@type'],
            properties: { state: { $ref: '#/definitions/ProductOrderStateType' } },
          },
        },
      },
    },
    deletionByMergePatch('ProductOrder_MVO', [
      'category',
      'description',
      'notificationContact',
      'priority',
      'requestedCompletionDate',
      'requestedStartDate',
    ]),
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};

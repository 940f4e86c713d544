/** The overlay of TMF622 Product Ordering v4.0. */
import {
  commonFormats,
  commonRelaxations,
  commonStatuses,
  deletionByMergePatch,
  eventRequirements,
  hubRequirements,
  patchOfItems,
  providerOwned,
} from './common.ts';
import type { Overlay, Relaxation, Transitions } from './profile.ts';

/** Set by the provider, so not part of a create request (TMF622 v4.0, ProductOrder_Create). */
const ofTheProvider = ['id', 'href', 'completionDate', 'expectedCompletionDate', 'orderDate', 'state'];

/** Lifecycle diagram of the product order, v4. */
export const productOrder: Transitions = {
  initial: ['acknowledged', 'rejected'],
  terminal: ['rejected', 'completed', 'failed', 'partial', 'cancelled'],
  moves: {
    acknowledged: ['inProgress', 'pending'],
    inProgress: ['pending', 'held', 'assessingCancellation', 'completed', 'failed', 'partial'],
    pending: ['inProgress', 'cancelled', 'assessingCancellation'],
    held: ['inProgress', 'cancelled', 'assessingCancellation'],
    assessingCancellation: ['inProgress', 'pending', 'held', 'pendingCancellation'],
    pendingCancellation: ['cancelled'],
  },
};

const cancelProductOrder: Transitions = {
  initial: ['acknowledged'],
  terminal: ['done', 'terminatedWithError'],
  moves: { acknowledged: ['inProgress'], inProgress: ['done', 'terminatedWithError'] },
};

function withoutPartial(table: Transitions): Transitions {
  const moves = Object.entries(table.moves).map(([from, to]) => [from, to.filter((state) => state !== 'partial')]);
  return {
    ...table,
    terminal: table.terminal.filter((state) => state !== 'partial'),
    moves: Object.fromEntries(moves),
  };
}

/** The published enum of v4 and of v5. */
export const abortedWithoutBlank: Relaxation = {
  name: 'aborted-without-blank',
  because: 'the enum of ProductStatusType holds "aborted " with a trailing blank',
  definition: 'ProductStatusType',
  patch: {
    enum: [
      'created',
      'pendingActive',
      'cancelled',
      'active',
      'pendingTerminate',
      'terminated',
      'suspended',
      'aborted ',
      'aborted',
    ],
  },
};

export const tmf622Overlay: Overlay = {
  api: 'TMF622',
  source: 'TMF622 Product Ordering v4.0 and TMF630',
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
          'payment',
          'priority',
          'productOfferingQualification',
          'quote',
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
          'note',
          'orderTotalPrice',
          'productOrderItem',
          'relatedParty',
        ],
      },
    ],
    ProductOrderItem: [{ owner: 'provider', attributes: ['state'] }],
  },
  transitions: {
    ProductOrder: productOrder,
    ProductOrderItem: withoutPartial(productOrder),
    CancelProductOrder: cancelProductOrder,
  },
  definitions: {
    ItemInResponse: {
      $comment: 'mandatory-in-response item',
      required: ['state'],
      properties: { productOrderItem: { items: { $ref: '#/definitions/ItemInResponse' } } },
    },
  },
  requirements: [
    {
      name: 'mandatory-in-response ProductOrder',
      because: 'the published ProductOrder requires its items alone',
      definition: 'ProductOrder',
      schema: { required: ['id', 'href', 'state', 'orderDate', 'productOrderItem'] },
    },
    {
      name: 'mandatory-in-response item',
      because: 'the state of an order is told item by item',
      definition: 'ProductOrder',
      schema: { properties: { productOrderItem: { items: { $ref: '#/definitions/ItemInResponse' } } } },
    },
    {
      name: 'mandatory-in-response CancelProductOrder',
      because: 'the published CancelProductOrder requires the order alone',
      definition: 'CancelProductOrder',
      schema: { required: ['id', 'href', 'state', 'productOrder'] },
    },
    ...providerOwned('ProductOrder_Create', ofTheProvider),
    ...eventRequirements(
      [
        'ProductOrderCreateEvent',
        'ProductOrderAttributeValueChangeEvent',
        'ProductOrderDeleteEvent',
        'ProductOrderStateChangeEvent',
        'ProductOrderInformationRequiredEvent',
      ],
      'productOrder',
    ),
    ...eventRequirements(
      [
        'CancelProductOrderCreateEvent',
        'CancelProductOrderStateChangeEvent',
        'CancelProductOrderInformationRequiredEvent',
      ],
      'cancelProductOrder',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    {
      name: 'patch-without-items',
      because: 'ProductOrder_Update requires productOrderItem, so that no single attribute could be patched',
      definition: 'ProductOrder_Update',
      patch: { required: null },
    },
    patchOfItems('ProductOrder_Update', 'productOrderItem'),
    deletionByMergePatch('ProductOrder_Update', [
      'category',
      'description',
      'externalId',
      'notificationContact',
      'priority',
      'requestedCompletionDate',
      'requestedStartDate',
    ]),
    abortedWithoutBlank,
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};

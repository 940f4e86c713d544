/** The overlay of TMF645 Service Qualification v4.0. */
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
import type { Overlay, Requirement, Transitions } from './profile.ts';

/** Set by the provider, so not part of a create request (TMF645 v4.0, CheckServiceQualification_Create). */
const checkOfTheProvider = [
  'id',
  'href',
  'checkServiceQualificationDate',
  'effectiveQualificationDate',
  'estimatedResponseDate',
  'expirationDate',
  'qualificationResult',
  'state',
];

/** The same of QueryServiceQualification_Create. */
const queryOfTheProvider = [
  'id',
  'href',
  'effectiveQualificationDate',
  'estimatedResponseDate',
  'expirationDate',
  'queryServiceQualificationDate',
  'serviceQualificationItem',
  'state',
];

/** Of an item, the answer. */
const itemOfTheProvider = [
  'alternateServiceProposal',
  'eligibilityUnavailabilityReason',
  'expectedServiceAvailabilityDate',
  'qualificationResult',
  'state',
  'terminationError',
];

/**
 * Lifecycle diagram of the task, whose first state the published enum calls `accepted`. A question that is answered at
 * once is first seen in its last state.
 */
const task: Transitions = {
  initial: ['accepted', 'acknowledged', 'inProgress', 'done', 'terminatedWithError'],
  terminal: ['done', 'terminatedWithError'],
  moves: {
    accepted: ['inProgress'],
    acknowledged: ['inProgress'],
    inProgress: ['done', 'terminatedWithError'],
  },
};

const results = ['qualified', 'unqualified', 'alternate'];

const items = (schema: object) => ({ properties: { serviceQualificationItem: { items: schema } } });

const isDone = { required: ['state'], properties: { state: { const: 'done' } } };

/** What a check asks. */
const ofARequest: readonly Requirement[] = [
  ...providerOwned('CheckServiceQualification_Create', checkOfTheProvider),
  ...itemOfTheProvider.map((attribute) => ({
    name: `provider-owned item ${attribute}`,
    because: `${attribute} of an item is part of the answer`,
    definition: 'CheckServiceQualification_Create',
    schema: items({
      description: `no ${attribute} in an item: the provider sets it`,
      not: { required: [attribute] },
    }),
  })),
  {
    name: 'asked-item-has-an-id',
    because: 'the answer names the items by their ids; the conformance profile of R18 wants it too',
    definition: 'CheckServiceQualification_Create',
    schema: items({ required: ['id'] }),
  },
  {
    name: 'asked-service-is-named',
    because: 'nothing is required in a published item, and an item that names no service asks nothing',
    definition: 'CheckServiceQualification_Create',
    schema: items({
      anyOf: [
        { required: ['category'] },
        {
          required: ['service'],
          properties: {
            service: {
              anyOf: [{ required: ['serviceSpecification'] }, { required: ['id'] }, { required: ['href'] }],
            },
          },
        },
      ],
    }),
  },
  ...notPatchable('CheckServiceQualification_Update', ['id', 'href', 'checkServiceQualificationDate']),
];

/** What a check answers. */
const ofAnAnswer: readonly Requirement[] = [
  {
    name: 'mandatory-in-response CheckServiceQualification',
    because: 'nothing is required in a published CheckServiceQualification, so an empty object would be one',
    definition: 'CheckServiceQualification',
    schema: { required: ['id', 'href', 'state', 'serviceQualificationItem'] },
  },
  {
    name: 'mandatory-in-response item',
    because: 'the result is told item by item, under the ids that were asked',
    definition: 'CheckServiceQualification',
    schema: items({ required: ['id'] }),
  },
  {
    name: 'done-with-a-result',
    because: 'a check that is done has answered every item, but for those that ended in an error',
    definition: 'CheckServiceQualification',
    schema: {
      if: isDone,
      then: items({
        if: { not: { required: ['state'], properties: { state: { const: 'terminatedWithError' } } } },
        then: { required: ['qualificationResult'] },
      }),
    },
  },
  ...['CheckServiceQualification', 'CheckServiceQualificationItem'].map((definition) => ({
    name: 'known-result',
    because: 'the type of a result is plain text, and its description knows three',
    definition,
    schema: { properties: { qualificationResult: { enum: results } } },
  })),
  {
    name: 'alternate-with-a-proposal',
    because: 'alternate means that there is a proposal; without one it says no more than unqualified',
    definition: 'CheckServiceQualificationItem',
    schema: {
      if: { required: ['qualificationResult'], properties: { qualificationResult: { const: 'alternate' } } },
      then: { required: ['alternateServiceProposal'], properties: { alternateServiceProposal: { minItems: 1 } } },
    },
  },
  {
    name: 'proposal-proposes',
    because: 'a proposal is another service, or another date',
    definition: 'AlternateServiceProposal',
    schema: { anyOf: [{ required: ['alternateService'] }, { required: ['alternateServiceAvailabilityDate'] }] },
  },
];

/** The same of a query: which services there are. */
const ofAQuery: readonly Requirement[] = [
  ...providerOwned('QueryServiceQualification_Create', queryOfTheProvider),
  ...notPatchable('QueryServiceQualification_Update', ['id', 'href', 'queryServiceQualificationDate']),
  {
    name: 'mandatory-in-response QueryServiceQualification',
    because: 'nothing is required in a published QueryServiceQualification',
    definition: 'QueryServiceQualification',
    schema: { required: ['id', 'href', 'state'] },
  },
  {
    name: 'done-with-an-answer',
    because: 'a query that is done has an answer, be it an empty list',
    definition: 'QueryServiceQualification',
    schema: { if: isDone, then: { required: ['serviceQualificationItem'] } },
  },
];

export const tmf645Overlay: Overlay = {
  api: 'TMF645',
  source: 'TMF645 Service Qualification v4.0 and TMF630',
  ownership: {
    CheckServiceQualification: [
      { owner: 'provider', attributes: checkOfTheProvider },
      {
        owner: 'requester',
        attributes: [
          'expectedQualificationDate',
          'externalId',
          'instantSyncQualification',
          'provideAlternative',
          'provideUnavailabilityReason',
        ],
      },
      { owner: 'either', attributes: ['description', 'relatedParty', 'serviceQualificationItem'] },
    ],
    CheckServiceQualificationItem: [{ owner: 'provider', attributes: itemOfTheProvider }],
    QueryServiceQualification: [
      { owner: 'provider', attributes: queryOfTheProvider },
      {
        owner: 'requester',
        attributes: ['expectedQualificationDate', 'externalId', 'instantSyncQualification', 'searchCriteria'],
      },
      { owner: 'either', attributes: ['description', 'relatedParty'] },
    ],
  },
  transitions: {
    CheckServiceQualification: task,
    CheckServiceQualificationItem: task,
    QueryServiceQualification: task,
  },
  definitions: {},
  requirements: [
    ...ofARequest,
    ...ofAnAnswer,
    ...ofAQuery,
    ...eventRequirements(
      [
        'CheckServiceQualificationCreateEvent',
        'CheckServiceQualificationAttributeValueChangeEvent',
        'CheckServiceQualificationStateChangeEvent',
        'CheckServiceQualificationDeleteEvent',
        'CheckServiceQualificationInformationRequiredEvent',
      ],
      'checkServiceQualification',
    ),
    ...eventRequirements(
      [
        'QueryServiceQualificationCreateEvent',
        'QueryServiceQualificationStateChangeEvent',
        'QueryServiceQualificationDeleteEvent',
      ],
      'queryServiceQualification',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    firstStateOfATask,
    ...['CheckServiceQualification_Update', 'QueryServiceQualification_Update'].map((definition) =>
      deletionByMergePatch(definition, ['description', 'expectedQualificationDate', 'externalId']),
    ),
    {
      name: 'feature-without-characteristic',
      because: 'published samples misspell featureCharacteristic',
      definition: 'Feature',
      patch: { required: ['name'] },
    },
  ],
  formats: commonFormats,
  statuses: [
    ...commonStatuses,
    ...laterDeletion(['deleteCheckServiceQualification', 'deleteQueryServiceQualification']),
  ],
};

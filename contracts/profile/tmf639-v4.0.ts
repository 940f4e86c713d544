/** The overlay of TMF639 Resource Inventory v4.0. */
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
import type { Overlay, Ownership } from './profile.ts';

/** One collection for all resources, and one for each of the two kinds. */
const resources = ['Resource', 'PhysicalResource', 'LogicalResource'];

/** Set by the provider, so not part of a create request (TMF639 v4.0, Resource_Create and the others). */
const ofTheProvider = ['id', 'href'];

/** Texts of every resource. */
const texts = ['category', 'description', 'endOperatingDate', 'name', 'resourceVersion', 'startOperatingDate'];

const ofEither = [
  ...texts,
  'administrativeState',
  'attachment',
  'note',
  'operationalState',
  'place',
  'relatedParty',
  'resourceCharacteristic',
  'resourceRelationship',
  'resourceSpecification',
  'resourceStatus',
  'usageState',
];

function owners(more: readonly string[]): Ownership[] {
  return [
    { owner: 'provider', attributes: ofTheProvider },
    { owner: 'either', attributes: [...ofEither, ...more] },
  ];
}

export const tmf639Overlay: Overlay = {
  api: 'TMF639',
  source: 'TMF639 Resource Inventory v4.0 and TMF630',
  ownership: {
    Resource: owners([]),
    PhysicalResource: owners(['manufactureDate', 'powerState', 'serialNumber', 'versionNumber']),
    LogicalResource: owners(['value']),
  },
  // No diagram is published: a resource has five states at once, and each may change as the world does.
  transitions: {},
  definitions: {},
  requirements: [
    ...['Resource', 'PhysicalResource'].map((definition) => ({
      name: `mandatory-in-response ${definition}`,
      because: 'a resource is not created without a name, so it has one; id and href are required as published',
      definition,
      schema: { required: ['name'] },
    })),
    ...resources.flatMap((resource) => [
      ...providerOwned(`${resource}_Create`, ofTheProvider),
      ...notPatchable(`${resource}_Update`, ofTheProvider),
    ]),
    ...eventRequirements(
      ['ResourceCreateEvent', 'ResourceAttributeValueChangeEvent', 'ResourceStateChangeEvent', 'ResourceDeleteEvent'],
      'resource',
    ),
    ...eventRequirements(
      [
        'PhysicalResourceCreateEvent',
        'PhysicalResourceAttributeValueChangeEvent',
        'PhysicalResourceStateChangeEvent',
        'PhysicalResourceDeleteEvent',
      ],
      'physicalResource',
    ),
    ...hubRequirements,
  ],
  relaxations: [
    ...commonRelaxations,
    {
      name: 'place-in-part',
      because: 'a place requires id, href and role, and published samples leave out any of them',
      definition: 'RelatedPlaceRefOrValue',
      patch: { required: null },
    },
    {
      name: 'party-without-referred-type',
      because: 'a published sample leaves @referredType of a RelatedParty out',
      definition: 'RelatedParty',
      patch: { required: ['id'] },
    },
    ...resources.map((resource) => deletionByMergePatch(`${resource}_Update`, texts)),
  ],
  formats: commonFormats,
  statuses: [...commonStatuses, ...laterDeletion(resources.map((resource) => `delete${resource}`))],
};

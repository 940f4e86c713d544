/** What the overlays of every TMF v4 API share: formats, statuses, the error body and the event envelope. */
import type { FormatRelaxation, Relaxation, Requirement, StatusRelaxation } from './profile.ts';

export const tolerantDateTime = 'tolerant-date-time';

/** Offsets without a colon, a blank for the T, no zone, no seconds, a date alone, or nothing at all. */
export function isTolerantDateTime(text: string): boolean {
  return /^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?)?$/i.test(text);
}

export const commonFormats: readonly FormatRelaxation[] = [
  {
    name: 'dates-as-systems-write-them',
    because: 'published samples and deployed systems send dates without zone, without seconds, or empty',
    format: 'date-time',
    as: tolerantDateTime,
  },
  {
    name: 'relative-references',
    because: 'format uri demands a scheme, and references are often relative',
    format: 'uri',
    as: 'uri-reference',
  },
];

export const commonStatuses: readonly StatusRelaxation[] = [
  { name: 'partial-page', because: 'TMF630: a page of a list is answered 206', on: 'GET list', statuses: [206] },
  {
    name: 'any-success-of-a-listener',
    because: 'the published 201 with an EventSubscription is an artefact of the generator; v5 says 204',
    on: 'listener',
    statuses: [200, 201, 202, 204],
  },
  {
    name: 'usual-client-errors',
    because: 'TMF630 knows more refusals than the v4 files list',
    on: 'any',
    statuses: [404, 406, 409, 412, 413, 415, 422, 429, 501, 503],
  },
];

export const commonRelaxations: readonly Relaxation[] = [
  {
    name: 'numeric-error-code',
    because: 'code and status of an Error are strings, and deployed systems send numbers',
    definition: 'Error',
    patch: { properties: { code: { type: ['string', 'integer'] }, status: { type: ['string', 'integer'] } } },
  },
];

/** The published enum of a task in TMF641 and TMF645 v4. */
export const firstStateOfATask: Relaxation = {
  name: 'first-state-of-a-task',
  because: 'the enum of v4 says accepted, the diagram and v5 say acknowledged',
  definition: 'TaskStateType',
  patch: { enum: ['accepted', 'acknowledged', 'terminatedWithError', 'inProgress', 'done'] },
};

/** Texts of a patch that a merge patch may delete. */
export function deletionByMergePatch(definition: string, attributes: readonly string[]): Relaxation {
  const textOrNull = attributes.map((attribute) => [attribute, { type: ['string', 'null'] }]);
  return {
    name: `deletion-by-merge-patch ${definition}`,
    because: 'a merge patch deletes with null, and every typed attribute forbids null',
    definition,
    patch: { properties: Object.fromEntries(textOrNull) },
  };
}

/** Items of a patch, each with its id and what is to change of it. */
export function patchOfItems(definition: string, list: string): Relaxation {
  const item = {
    $ref: null,
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, action: { $ref: '#/definitions/OrderItemActionType' } },
  };
  return {
    name: `patch-of-items-by-id ${definition}`,
    because: 'an item of a patch has to be whole, so that nothing of one could be changed alone',
    definition,
    patch: { properties: { [list]: { items: item } } },
  };
}

/** @param operations ids of operations that delete. */
export function laterDeletion(operations: readonly string[]): StatusRelaxation[] {
  return operations.map((operation) => ({
    name: `later-deletion ${operation}`,
    because: 'TMF630: a deletion that takes its time is answered 202',
    on: operation,
    statuses: [202],
  }));
}

/** @param definition the type of a subscription as it is asked for. */
export function absoluteCallback(definition: string): Requirement {
  return {
    name: 'callback-is-absolute',
    because: 'an event cannot be delivered to a callback without scheme and host',
    definition,
    schema: { properties: { callback: { pattern: '^https?://[^/]+' } } },
  };
}

export const hubRequirements: readonly Requirement[] = [absoluteCallback('EventSubscriptionInput')];

/** An event says what happened, when, under which id, and to which resource. */
export function eventRequirements(events: readonly string[], resource: string): Requirement[] {
  return events.map((event) => ({
    name: `mandatory-in-event ${event}`,
    because: 'nothing is required in a published event, so an empty object would be one',
    definition: event,
    schema: {
      required: ['eventId', 'eventTime', 'eventType', 'event'],
      properties: {
        eventType: { const: event },
        event: { required: [resource], properties: { [resource]: { required: ['id'] } } },
      },
    },
  }));
}

/** A create request leaves to the provider what is the provider's. */
export function providerOwned(definition: string, attributes: readonly string[]): Requirement[] {
  return attributes.map((attribute) => ({
    name: `provider-owned ${attribute}`,
    because: `${attribute} is set by the provider`,
    definition,
    schema: { description: `no ${attribute}: the provider sets it`, not: { required: [attribute] } },
  }));
}

/** What the resource has, and the type of its patch has not. */
export function notPatchable(definition: string, attributes: readonly string[]): Requirement[] {
  return attributes.map((attribute) => ({
    name: `not-patchable ${attribute}`,
    because: `${attribute} is no attribute of ${definition}`,
    definition,
    schema: { description: `no ${attribute}: it cannot be patched`, not: { required: [attribute] } },
  }));
}

/** Why the native interface of order qualification takes no question and no result; most texts are the published ones. */
import type { RefusalKind } from './kind.ts';

const missing = { httpStatus: 400, tmfCode: '23', reason: 'Missing body field', published: true } as const;
const invalid = { httpStatus: 400, tmfCode: '24', reason: 'Invalid body field' } as const;

export const nativeQualificationRefusals = {
  nativeBodyMissing: {
    httpStatus: 400,
    tmfCode: '21',
    reason: 'Missing body',
    text: 'Invalid payload: Request body missing',
    remedy: 'Send a JSON object.',
    published: true,
  },
  nativeBodyEmpty: {
    httpStatus: 400,
    tmfCode: '22',
    reason: 'Invalid body',
    text: 'Invalid payload: Empty payload',
    remedy: 'Send a JSON object with something in it.',
    published: true,
  },
  nativeFieldMissing: {
    ...missing,
    text: 'Invalid payload: Mandatory field missing: {field}',
    remedy: 'Give it a value.',
  },
  nativePartyMissing: {
    ...missing,
    text: 'Invalid payload: relatedParty is missing',
    remedy: 'Say who asks: a Customer, a Consumer or a CustomerContact, by its id.',
  },
  nativeItemsMissing: {
    ...missing,
    text: 'Invalid payload: serviceQualificationItem is missing',
    remedy: 'Ask for at least one service.',
  },
  nativeItemIdMissing: {
    ...missing,
    text: 'Invalid payload: serviceQualificationItem id is missing',
    remedy: 'Give every item an id of its own; the answer names it.',
  },
  nativeServiceMissing: {
    ...missing,
    text: 'Invalid payload: serviceQualificationItem service is missing',
    remedy: 'Say which service it is about, and where.',
  },
  nativeLocationMissing: {
    ...missing,
    text: 'Invalid payload: location information is missing (provide place, serviceInventory or referenceServiceInventory)',
    remedy: 'Say where in one of the three.',
  },
  nativeSpecificationMissing: {
    ...missing,
    text: 'Invalid payload: specification information is missing',
    remedy: 'Give service.serviceSpecification.id; only what is there already, in serviceInventory, has one to go by.',
  },
  nativeSpecificationUnknown: {
    ...invalid,
    text: 'Invalid payload: Service Specification does not exist',
    remedy: 'Ask for one of the services of the catalogue: {known}.',
    published: true,
  },
  nativeLocationRepeated: {
    ...invalid,
    text: 'Invalid payload: location information is given more than once: {given}',
    remedy: 'place, serviceInventory and referenceServiceInventory exclude each other: keep one.',
  },
  nativePlaceNotOne: {
    ...invalid,
    text: 'Invalid payload: service place has {count} elements',
    remedy: 'A service is asked for at one place: give exactly one.',
  },
  nativeDescriptionTooLong: {
    ...invalid,
    text: 'Invalid payload: description has {length} characters',
    remedy: 'At most {most} are kept; shorten it.',
  },
  nativeResultItemIdMissing: {
    ...missing,
    text: 'serviceQualificationItem id is missing',
    remedy: 'Name the service order by the id that was sent for it.',
  },
  nativeResultMissing: {
    ...missing,
    text: 'serviceQualificationItem qualificationResult is missing',
    remedy: 'Say of each item what was found.',
  },
  nativeResultUnknown: {
    ...invalid,
    text: 'Qualification Result should be one of [alternate, pending, qualified, unqualified]',
    remedy: 'That a result is not known is said by saying nothing of it.',
    published: true,
  },
  nativeFilterInvalid: {
    httpStatus: 400,
    tmfCode: '28',
    reason: 'Invalid query-string parameter',
    text: '{name}={value} is not possible',
    remedy: 'Give {expected}.',
  },
  nativeMatchesNot: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'No service qualification matches',
    remedy: 'Leave a filter out, or ask for an earlier page.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };

/** Why a report from outside is not applied; most texts are those of the published interface. */
import type { RefusalKind } from './kind.ts';

export const reportRefusals = {
  externalIdMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: externalId is missing',
    remedy: 'externalId is the Request ID, as it was sent in externalId of the outbound request.',
    published: true,
  },
  itemsMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: serviceOrderItem is missing',
    remedy: 'Say in serviceOrderItem which items it is about, each with id and state.',
  },
  itemStateMissing: {
    httpStatus: 400,
    tmfCode: '23',
    reason: 'Missing body field',
    text: 'Invalid payload: serviceOrderItem state is missing',
    remedy: 'Report pending, fulfilled or error for each item.',
    published: true,
  },
  requestIdUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid external id. Please pass the correct external id',
    remedy: 'externalId is the Request ID, as it was sent in externalId of the outbound request.',
    published: true,
  },
  domainOrderUnknown: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid domain order id. Please pass the correct domain order id',
    remedy: 'The id of an item is the one it had in the outbound request.',
    published: true,
  },
  domainOrderNotOfRequest: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Domain order id passed is not associated with external id',
    remedy: 'Report each service order under the Request ID it was sent with.',
    published: true,
  },
  fulfillmentStateInvalid: {
    httpStatus: 400,
    tmfCode: '24',
    reason: 'Invalid body field',
    text: 'Invalid fulfilment state: Please provide correct fulfilment state',
    remedy: 'Report pending, fulfilled or error; what is fulfilled can only be reported fulfilled again.',
    published: true,
  },
} as const satisfies { readonly [code: string]: RefusalKind };

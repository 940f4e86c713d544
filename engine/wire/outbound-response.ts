/** The outboundresponse callback: an external system sets the state of what it was sent, item by item. */

import { pointerTo } from '../../contracts/schemas/finding.ts';
import type { OutboundResponse, OutboundResponseEcho } from '../../contracts/schemas/outbound-response.generated.ts';
import type { ItemReport } from '../model/inputs.ts';
import { type Refusal, refusal } from '../model/refusals.ts';

export const outboundResponsePath = '/api/sn_tmf_api/order/serviceOrder/outboundresponse';
/** The path that one published sample has instead. */
export const outboundResponseAlias = '/api/sn_tmf_api/serviceorder/outboundresponse';

export type ReadOutboundResponse =
  | {
      readonly ok: true;
      readonly requestId: string;
      readonly reports: readonly ItemReport[];
      readonly echo: OutboundResponseEcho;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads the body with the texts of the published interface. Older releases spell the list `ServiceOrderItem`; both
 * spellings are taken, and the lower-case one is given back.
 */
export function readOutboundResponse(body: unknown): ReadOutboundResponse {
  const { externalId, serviceOrderItem, ServiceOrderItem } = isObject(body) ? body : {};
  if (typeof externalId !== 'string' || externalId === '') {
    return refused('externalIdMissing', '/externalId');
  }
  const items = serviceOrderItem ?? ServiceOrderItem;
  if (!Array.isArray(items) || items.length === 0) {
    return refused('itemsMissing', '/serviceOrderItem');
  }
  const reports: ItemReport[] = [];
  for (const [index, item] of items.entries()) {
    const pointer = pointerTo('/serviceOrderItem', index);
    const { id, state } = isObject(item) ? item : {};
    if (typeof state !== 'string' || state === '') return refused('itemStateMissing', `${pointer}/state`);
    if (typeof id !== 'string' || id === '') return refused('domainOrderUnknown', `${pointer}/id`);
    if (!isFulfillmentState(state)) return refused('fulfillmentStateInvalid', `${pointer}/state`);
    reports.push({ serviceOrder: id, state });
  }
  return { ok: true, requestId: externalId, reports, echo: echoOf(externalId, reports) };
}

function refused(code: Refusal['code'], pointer: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: refusal(code, {}, pointer) };
}

function echoOf(externalId: string, reports: readonly ItemReport[]): OutboundResponseEcho {
  const serviceOrderItem = reports.map(({ serviceOrder, state }) => ({ id: serviceOrder, state }));
  return { externalId, serviceOrderItem, href: '', orderDate: '' };
}

function isFulfillmentState(state: string): state is OutboundResponse['serviceOrderItem'][number]['state'] {
  return state === 'pending' || state === 'fulfilled' || state === 'error';
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

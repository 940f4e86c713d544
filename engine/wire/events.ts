/** What listeners are told of an order, whichever API it was captured through. */

import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { Json } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import type { OrderState } from '../model/state-tables.ts';
import { tmfStateOf } from './state-names.ts';
import { renderProductOrder } from './tmf622-v4.ts';
import { renderServiceOrder } from './tmf641-v4-north.ts';

export interface RenderedEvent {
  readonly eventType: string;
  /** Below the callback of a subscriber. */
  readonly listenerPath: string;
  readonly body: { readonly [name: string]: Json };
}

export interface Envelope {
  readonly eventId: string;
  readonly at: number;
  readonly publicUrl: string;
}

/**
 * An event of TMF622 v4.0 or TMF641 v4.1 with the whole resource in it; `undefined` when the state that the API knows
 * stays the same. That an order is later than planned, TMF641 calls jeopardy; TMF622 knows no more of it than another
 * date of completion.
 */
export function renderOrderEvent(
  order: CustomerOrder,
  change: { readonly from?: OrderState; readonly to: OrderState; readonly about?: 'jeopardy' },
  envelope: { readonly eventId: string; readonly at: number; readonly publicUrl: string },
): RenderedEvent | undefined {
  const isLater = change.about === 'jeopardy';
  if (!isLater && change.from !== undefined && tmfStateOf[change.from] === tmfStateOf[change.to]) return undefined;
  const resource = order.category === 'Product' ? 'ProductOrder' : 'ServiceOrder';
  const render = order.category === 'Product' ? renderProductOrder : renderServiceOrder;
  const kind = isLater ? laterKinds[order.category] : change.from === undefined ? 'Create' : 'StateChange';
  const eventType = inOnePiece(resource, kind, 'Event');
  const time = textOfInstant(envelope.at);
  const rendered = render({ ...order, state: change.to }, envelope.publicUrl);
  const body = {
    eventId: envelope.eventId,
    eventTime: time,
    eventType,
    timeOcurred: time,
    ...(kind === 'AttributeValueChange' ? { fieldPath: 'expectedCompletionDate' } : {}),
    event: { [lowerFirst(resource)]: rendered as unknown as Json }, // rendered from a plain JSON order
  };
  return { eventType, listenerPath: `/listener/${lowerFirst(eventType)}`, body };
}

const laterKinds = { Product: 'AttributeValueChange', Service: 'Jeopardy' } as const;

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** What external systems report: TMF641 events, and the outboundresponse callback. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { ServiceOrderStateChangeEvent } from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../model/refusals.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { outboundResponseAlias, outboundResponsePath, readOutboundResponse } from '../wire/outbound-response.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { serviceOrderingBase } from '../wire/tmf641-v4-north.ts';
import { readServiceOrderReport } from '../wire/tmf641-v4-south.ts';
import { errorResponse, type Route } from './answers.ts';

/** Events that carry the service order as it is now; whichever comes, its states are read. */
const eventsWithState = [
  'ServiceOrderCreateEvent',
  'ServiceOrderStateChangeEvent',
  'ServiceOrderAttributeValueChangeEvent',
  'ServiceOrderMilestoneEvent',
  'ServiceOrderJeopardyEvent',
  'ServiceOrderInformationRequiredEvent',
];

export function inboundRoutes({ store, mailbox }: { store: OrderStore; mailbox: Mailbox }): Route[] {
  return [
    // Senders post to callback + /listener/event, or to the callback itself: the specifications leave it open.
    { method: 'POST', path: `${serviceOrderingBase}/listener/{event}`, handle: listen },
    { method: 'POST', path: `${serviceOrderingBase}/listener`, handle: listen },
    { method: 'POST', path: outboundResponsePath, handle: setStates },
    { method: 'POST', path: outboundResponseAlias, handle: setStates },
  ];

  /** An event about an order that is not ours is taken and passed over: a hub tells every subscriber everything. */
  async function listen({ body, params }: RoutedRequest): Promise<HttpResponse> {
    const event = body?.json as ServiceOrderStateChangeEvent | undefined; // its type is checked before it is used
    const type = eventTypeOf(params.event) ?? String(event?.eventType);
    if (!eventsWithState.includes(type)) return { status: 201, headers: {} };
    const findings = checkOf('TMF641', 'official-lenient', type)(event);
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const order = event?.event?.serviceOrder;
    if (order === undefined) return missing('/event/serviceOrder');
    const { requestId, reports } = readServiceOrderReport(order);
    const orderId = requestId === undefined ? undefined : await store.orderIdOf(`request/${requestId}`);
    if (orderId === undefined || requestId === undefined) return { status: 201, headers: {} };
    const result = await mailbox.submit({ type: 'ReportFulfillment', orderId, requestId, reports, via: 'event' });
    return result.ok ? { status: 201, headers: {} } : errorResponse(errorOfRefusal(result.refusal));
  }

  async function setStates({ body }: RoutedRequest): Promise<HttpResponse> {
    const read = readOutboundResponse(body?.json);
    if (!read.ok) return errorResponse(errorOfRefusal(read.refusal));
    const { requestId, reports, echo } = read;
    const orderId = await store.orderIdOf(`request/${requestId}`);
    if (orderId === undefined) return errorResponse(errorOfRefusal(refusal('requestIdUnknown', {}, '/externalId')));
    const result = await mailbox.submit({
      type: 'ReportFulfillment',
      orderId,
      requestId,
      reports,
      via: 'outboundresponse',
    });
    return result.ok ? jsonResponse(201, echo) : errorResponse(errorOfRefusal(result.refusal));
  }
}

/** `serviceOrderStateChangeEvent` in a path is the event type `ServiceOrderStateChangeEvent`. */
function eventTypeOf(segment: string | undefined): string | undefined {
  return segment === undefined ? undefined : `${segment.charAt(0).toUpperCase()}${segment.slice(1)}`;
}

function missing(pointer: string): HttpResponse {
  const message = `${pointer} is missing`;
  return errorResponse(errorAnswer(400, '23', 'Missing body field', message, [{ message, datapath: pointer }]));
}

/** What external systems report: TMF641 events, and the outboundresponse callback. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { CancelServiceOrderStateChangeEvent } from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../model/refusals.ts';
import type { WireWords } from '../model/target.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { outboundResponseAlias, outboundResponsePath, readOutboundResponse } from '../wire/outbound-response.ts';
import type { Dialect } from '../wire/south/dialect.ts';
import { dialects } from '../wire/south/dialects.ts';
import { readCancelTask } from '../wire/south/tmf641-v4.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { serviceOrderingBase } from '../wire/tmf641-v4-north.ts';
import { errorResponse, type Route } from './answers.ts';
import type { ReachableTarget } from './target-client.ts';

/** Events of one dialect that carry the service order as it is now; whichever comes, its states are read. */
interface Events {
  readonly dialect: Dialect;
  readonly withState: readonly string[];
  /** The type that an event of that name is of. */
  definitionOf(eventType: string): string;
}

const common = ['ServiceOrderCreateEvent', 'ServiceOrderStateChangeEvent', 'ServiceOrderAttributeValueChangeEvent'];

const tmf641Events: Events = {
  dialect: dialects['tmf641-v4.1'],
  withState: [
    ...common,
    'ServiceOrderMilestoneEvent',
    'ServiceOrderJeopardyEvent',
    'ServiceOrderInformationRequiredEvent',
  ],
  definitionOf: (eventType) => eventType,
};

/** One shape for all kinds of event, and one address (docs/decisions/0011). */
const flowOneEvents: Events = {
  dialect: dialects.flowone,
  withState: [...common, 'ServiceOrderInformationRequiredEvent', 'ServiceOrderCancelCreateEvent'],
  definitionOf: () => 'Event',
};

/** An event of any dialect, as far as it says what it is about. */
interface ReceivedEvent {
  readonly eventType?: unknown;
  readonly event?: { readonly serviceOrder?: { readonly externalId?: string } };
}

interface Parts {
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly targets: readonly ReachableTarget[];
}

export function inboundRoutes(parts: Parts): Route[] {
  const listen = (request: RoutedRequest) =>
    eventTypeIn(request) === cancelTaskEvent ? hearOfTask(parts, request) : hear(parts, request, tmf641Events);
  const listenToFlowOne = (request: RoutedRequest) => hear(parts, request, flowOneEvents);
  const setStates = (request: RoutedRequest) => takeStates(parts, request);
  return [
    // Senders post to callback + /listener/event, or to the callback itself: the specifications leave it open.
    { method: 'POST', path: `${serviceOrderingBase}/listener/{event}`, handle: listen },
    { method: 'POST', path: `${serviceOrderingBase}/listener`, handle: listen },
    { method: 'POST', path: dialects.flowone.hub?.callback ?? '', handle: listenToFlowOne },
    { method: 'POST', path: outboundResponsePath, handle: setStates },
    { method: 'POST', path: outboundResponseAlias, handle: setStates },
  ];
}

const cancelTaskEvent = 'CancelServiceOrderStateChangeEvent';

function eventTypeIn({ body, params }: Pick<RoutedRequest, 'body' | 'params'>): string {
  const event = body?.json as ReceivedEvent | undefined; // only read
  return eventTypeOf(params.event, event?.eventType);
}

/** A cancel task has come to an end. It names the order by the id that this has outside, and by no other. */
async function hearOfTask({ store, mailbox }: Parts, { body }: RoutedRequest): Promise<HttpResponse> {
  const findings = checkOf('TMF641', 'official-lenient', cancelTaskEvent)(body?.json);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const task = (body?.json as CancelServiceOrderStateChangeEvent | undefined)?.event?.cancelServiceOrder; // as just checked
  const read = task === undefined ? undefined : readCancelTask(task);
  const externalOrderId = task?.serviceOrder?.id;
  const orderId = externalOrderId === undefined ? undefined : await store.orderIdOf(`cancellation/${externalOrderId}`);
  const order = orderId === undefined ? undefined : await store.load(orderId);
  const record = order?.outboundRequests.findLast((each) => each.externalOrderId === externalOrderId);
  const nothingNew = read === undefined || read.state === 'asked';
  if (nothingNew || orderId === undefined || record === undefined) return { status: 201, headers: {} };
  const reason = read.state === 'refused' ? read.reason : '';
  const outcome = read.state;
  await mailbox.submit({ type: 'ReportCancelTask', orderId, requestId: record.requestId, outcome, reason });
  return { status: 201, headers: {} };
}

/** An event about an order that is not ours is taken and passed over: a hub tells every subscriber everything. */
async function hear(
  { store, mailbox, targets }: Parts,
  { body, params }: RoutedRequest,
  { dialect, withState, definitionOf }: Events,
): Promise<HttpResponse> {
  const event = body?.json as ReceivedEvent | undefined; // its type is checked before it is used
  const type = eventTypeIn({ body, params });
  if (!withState.includes(type)) return { status: 201, headers: {} };
  const findings = checkOf(dialect.api, 'official-lenient', definitionOf(type))(event);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const order = event?.event?.serviceOrder;
  if (order === undefined) return missingField('/event/serviceOrder');
  const requestId = order.externalId;
  const orderId = requestId === undefined ? undefined : await store.orderIdOf(`request/${requestId}`);
  if (orderId === undefined || requestId === undefined) return { status: 201, headers: {} };
  const known = await store.load(orderId);
  const records = known?.outboundRequests.filter((record) => record.requestId === requestId) ?? [];
  const sent = records.map(({ serviceOrder }) => serviceOrder);
  const { reports } = dialect.read(order, wordsFor(dialect, targets, records[0]?.target), sent);
  const notice = dialect.noticeIn?.(type, event);
  if (notice !== undefined) await mailbox.submit({ type: 'ReportNotice', orderId, requestId, ...notice });
  const result = await mailbox.submit({ type: 'ReportFulfillment', orderId, requestId, reports, via: 'event' });
  return result.ok ? { status: 201, headers: {} } : errorResponse(errorOfRefusal(result.refusal));
}

/** The words of the target that the request was sent to, if it speaks that dialect. */
function wordsFor(dialect: Dialect, targets: readonly ReachableTarget[], sentTo: string | undefined): WireWords {
  const reached = targets.find(({ target }) => target.name === sentTo);
  return reached?.takes === 'orders' && reached.dialect === dialect ? reached.words : dialect.words;
}

async function takeStates({ store, mailbox }: Parts, { body }: RoutedRequest): Promise<HttpResponse> {
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

/**
 * `serviceOrderStateChangeEvent` in a path is the event type `ServiceOrderStateChangeEvent`; without a path it is as the event
 * says, and nothing when it says no text.
 */
export function eventTypeOf(segment: string | undefined, said: unknown): string {
  if (segment === undefined) return typeof said === 'string' ? said : '';
  return `${segment.charAt(0).toUpperCase()}${segment.slice(1)}`;
}

export function missingField(pointer: string): HttpResponse {
  const message = `${pointer} is missing`;
  return errorResponse(errorAnswer(400, '23', 'Missing body field', message, [{ message, datapath: pointer }]));
}

/** What external systems report: TMF641, TMF652 and TMF697 events, and the outboundresponse callback. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../model/refusals.ts';
import type { WireWords } from '../model/target.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { outboundResponseAlias, outboundResponsePath, readOutboundResponse } from '../wire/outbound-response.ts';
import type { Dialect } from '../wire/south/dialect.ts';
import { dialects } from '../wire/south/dialects.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { serviceOrderingBase } from '../wire/tmf641-v4-north.ts';
import { errorResponse, type Route } from './answers.ts';
import type { ReachableTarget } from './target-client.ts';

/** Events of one dialect that carry the order as it is now; whichever comes, its states are read. */
interface Events {
  readonly dialect: Dialect;
  /** What an event calls the order in it. */
  readonly resource: 'serviceOrder' | 'resourceOrder' | 'workOrder';
  readonly withState: readonly string[];
  /** The type that an event of that name is of. */
  definitionOf(eventType: string): string;
}

const common = ['ServiceOrderCreateEvent', 'ServiceOrderStateChangeEvent', 'ServiceOrderAttributeValueChangeEvent'];

const tmf641Events: Events = {
  dialect: dialects['tmf641-v4.1'],
  resource: 'serviceOrder',
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
  resource: 'serviceOrder',
  withState: [...common, 'ServiceOrderInformationRequiredEvent', 'ServiceOrderCancelCreateEvent'],
  definitionOf: () => 'Event',
};

const withoutNotices = ['Create', 'StateChange', 'AttributeValueChange', 'InformationRequired'];

const tmf652Events: Events = {
  dialect: dialects['tmf652-v4.0'],
  resource: 'resourceOrder',
  withState: withoutNotices.map((what) => `ResourceOrder${what}Event`),
  definitionOf: (eventType) => eventType,
};

const tmf697Events: Events = {
  dialect: dialects['tmf697-v4.0'],
  resource: 'workOrder',
  withState: withoutNotices.map((what) => `WorkOrder${what}Event`),
  definitionOf: (eventType) => eventType,
};

/** An event of any dialect, as far as it says what it is about. */
interface ReceivedEvent {
  readonly eventType?: unknown;
  readonly event?: { readonly [resource in Events['resource']]?: object };
}

interface Parts {
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly targets: readonly ReachableTarget[];
}

export function inboundRoutes(parts: Parts): Route[] {
  const listenTo = (events: Events) => (request: RoutedRequest) =>
    eventTypeIn(request) === cancelTaskOf(events).eventType
      ? hearOfTask(parts, request, events)
      : hear(parts, request, events);
  const listen = listenTo(tmf641Events);
  const listenToFlowOne = (request: RoutedRequest) => hear(parts, request, flowOneEvents);
  const setStates = (request: RoutedRequest) => takeStates(parts, request);
  return [
    // Senders post to callback + /listener/event, or to the callback itself: the specifications leave it open.
    { method: 'POST', path: `${serviceOrderingBase}/listener/{event}`, handle: listen },
    { method: 'POST', path: `${serviceOrderingBase}/listener`, handle: listen },
    ...[tmf652Events, tmf697Events].flatMap((events) => [
      { method: 'POST', path: `${events.dialect.hub?.callback}/listener/{event}`, handle: listenTo(events) },
      { method: 'POST', path: `${events.dialect.hub?.callback}/listener`, handle: listenTo(events) },
    ]),
    { method: 'POST', path: dialects.flowone.hub?.callback ?? '', handle: listenToFlowOne },
    { method: 'POST', path: outboundResponsePath, handle: setStates },
    { method: 'POST', path: outboundResponseAlias, handle: setStates },
  ];
}

function eventTypeIn({ body, params }: Pick<RoutedRequest, 'body' | 'params'>): string {
  const event = body?.json as ReceivedEvent | undefined; // only read
  return eventTypeOf(params.event, event?.eventType);
}

/** `serviceOrder` is canceled by a `cancelServiceOrder`, which is of the type `CancelServiceOrder`. */
function cancelTaskOf({ resource }: Events): { readonly name: string; readonly eventType: string } {
  const type = `${resource.charAt(0).toUpperCase()}${resource.slice(1)}`;
  return { name: `cancel${type}`, eventType: `Cancel${type}StateChangeEvent` };
}

/** A cancel task, as far as it says which order it is about. */
type ToldTask = { readonly [resource in Events['resource']]?: { readonly id?: string } };

/** A cancel task has come to an end. It names the order by the id that this has outside, and by no other. */
async function hearOfTask({ store, mailbox }: Parts, { body }: RoutedRequest, events: Events): Promise<HttpResponse> {
  const { name, eventType } = cancelTaskOf(events);
  const { api, cancel } = events.dialect;
  const findings = checkOf(api, 'official-lenient', eventType)(body?.json);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const event = body?.json as { readonly event?: { readonly [name: string]: ToldTask } } | undefined; // as just checked
  const task = event?.event?.[name];
  const read = task === undefined ? undefined : cancel?.read(task);
  const externalOrderId = task?.[events.resource]?.id;
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
  { dialect, resource, withState, definitionOf }: Events,
): Promise<HttpResponse> {
  const event = body?.json as ReceivedEvent | undefined; // its type is checked before it is used
  const type = eventTypeIn({ body, params });
  if (!withState.includes(type)) return { status: 201, headers: {} };
  const findings = checkOf(dialect.api, 'official-lenient', definitionOf(type))(event);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const order = event?.event?.[resource];
  if (order === undefined) return missingField(`/event/${resource}`);
  const { requestId } = dialect.read(order, dialect.words, []);
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

/** What inventory systems find, later than in their answers: TMF645 events, and the processResult callback. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { refusal } from '../../model/refusals.ts';
import type { ResultWords } from '../../model/target.ts';
import type { Mailbox } from '../../shell/mailbox.ts';
import type { OrderStore } from '../../shell/store.ts';
import { inventoryDialects } from '../../wire/qualification/inventory-dialects.ts';
import { nativeQualificationBase } from '../../wire/qualification/native-check.ts';
import { renderNativeCheck } from '../../wire/qualification/native-resource.ts';
import {
  processResultPath,
  readProcessResult,
  wrongWithProcessResult,
} from '../../wire/qualification/native-result.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { eventTypeOf, missingField } from '../inbound.ts';
import type { ReachableTarget } from '../target-client.ts';
import { nativeErrorResponse, nativeRefusal } from './native-answers.ts';

/** Where there may be whoever has asked: among the orders, and at each desk for questions. */
export interface AskingPlace {
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
}

interface Parts {
  readonly places: readonly AskingPlace[];
  readonly targets: readonly ReachableTarget[];
  readonly publicUrl: string;
}

export function findingRoutes(parts: Parts): Route[] {
  const base = dialect.hub.callback;
  const listen = (request: RoutedRequest) => hear(parts, request);
  return [
    // Senders post to callback + /listener/event, or to the listener itself: the specifications leave it open.
    { method: 'POST', path: `${base}/listener/{event}`, handle: listen },
    { method: 'POST', path: `${base}/listener`, handle: listen },
    {
      method: 'POST',
      path: `${nativeQualificationBase}${processResultPath}`,
      handle: (request) => takeResult(parts, request),
    },
  ];
}

const dialect = inventoryDialects['tmf645-v4.0'];

/** Events that carry the question as it is now. */
const withCheck = [
  'CheckServiceQualificationCreateEvent',
  'CheckServiceQualificationStateChangeEvent',
  'CheckServiceQualificationAttributeValueChangeEvent',
];

const taken: HttpResponse = { status: 201, headers: {} };

interface ReceivedEvent {
  readonly eventType?: unknown;
  readonly event?: { readonly checkServiceQualification?: { readonly externalId?: string } };
}

/** An event about a question that is not ours is taken and passed over: a hub tells every subscriber everything. */
async function hear({ places, targets }: Parts, { body, params }: RoutedRequest): Promise<HttpResponse> {
  const event = body?.json as ReceivedEvent | undefined; // its type is checked before it is used
  const type = eventTypeOf(params.event, event?.eventType);
  if (!withCheck.includes(type)) return taken;
  const findings = checkOf(dialect.api, 'official-lenient', type)(event);
  if (findings.length > 0) return errorResponse(errorOfFindings(findings));
  const check = event?.event?.checkServiceQualification;
  if (check === undefined) return missingField('/event/checkServiceQualification');
  const { externalId: requestId } = check;
  const asker = requestId === undefined ? undefined : await askerOf(places, `qualification/${requestId}`);
  if (asker === undefined || requestId === undefined) return taken;
  const read = dialect.read(check, wordsOf(targets, asker.order, requestId));
  if (!read.ok) {
    const datapath = `/event/checkServiceQualification${read.pointer}`;
    return errorResponse(
      errorAnswer(400, '24', 'Invalid body field', read.reason, [{ message: read.reason, datapath }]),
    );
  }
  const { externalId, reports, isFinal, failure } = read.content;
  if (reports.length === 0 && !isFinal) return taken;
  const result = await asker.mailbox.submit({
    type: 'ReportQualification',
    orderId: asker.order.id,
    requestId,
    ...(externalId === undefined ? {} : { externalId }),
    reports,
    isFinal,
    ...(failure === undefined ? {} : { failure }),
    via: 'event',
  });
  return result.ok ? taken : errorResponse(errorOfRefusal(result.refusal));
}

interface Asker extends AskingPlace {
  readonly order: CustomerOrder;
}

/** Whoever has asked what has that further name. */
async function askerOf(places: readonly AskingPlace[], key: string): Promise<Asker | undefined> {
  for (const place of places) {
    const orderId = await place.store.orderIdOf(key);
    const order = orderId === undefined ? undefined : await place.store.load(orderId);
    if (order !== undefined) return { store: place.store, mailbox: place.mailbox, order };
  }
  return undefined;
}

/** The words of the inventory system that was asked. */
function wordsOf(
  targets: readonly ReachableTarget[],
  { qualificationRequests }: CustomerOrder,
  requestId: string,
): ResultWords {
  const asked = qualificationRequests.find(({ id }) => id === requestId)?.target;
  const system = targets.find(({ target }) => target.name === asked);
  return system?.takes === 'questions' ? system.results : dialect.results;
}

/** All or nothing, and about one question: the answer is the whole of it. */
async function takeResult({ places, publicUrl }: Parts, { body }: RoutedRequest): Promise<HttpResponse> {
  const wrong = wrongWithProcessResult(body?.json);
  if (wrong !== undefined) return nativeRefusal(wrong);
  const findings = checkOf('ServiceNowQualification', 'official-lenient', 'ProcessResult')(body?.json);
  if (findings.length > 0) return nativeErrorResponse(errorOfFindings(findings));
  const reports = readProcessResult(body?.json as Parameters<typeof readProcessResult>[0]); // as just checked
  const found: Asker[] = [];
  for (const [index, { serviceOrder }] of reports.entries()) {
    const asker = await askerOf(places, `serviceOrder/${serviceOrder}`);
    const pointer = `/serviceQualificationItem/${index}/id`;
    if (asker === undefined) return nativeRefusal(refusal('qualificationItemUnknown', { item: serviceOrder }, pointer));
    if (asker.order.id !== (found[0] ?? asker).order.id) {
      return nativeRefusal(refusal('qualificationItemsOfSeveralLines', {}, pointer));
    }
    found.push(asker);
  }
  const [asker] = found;
  if (asker === undefined) return nativeRefusal(refusal('qualificationItemsMissing', {}, '/serviceQualificationItem'));
  const about = { orderId: asker.order.id, reports, isFinal: false, via: 'processResult' } as const;
  const result = await asker.mailbox.submit({ type: 'ReportQualification', ...about });
  return result.ok ? jsonResponse(201, renderNativeCheck(result.order, publicUrl)) : nativeRefusal(result.refusal);
}

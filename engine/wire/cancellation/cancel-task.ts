/** Requests to cancel a whole order, as the cancel tasks of TMF622 v4.0 and TMF641 v4.1. */
import { inOnePiece, instantOfText, textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  CancelProductOrder,
  CancelProductOrder_Create,
} from '../../../contracts/schemas/tmf622-v4.0.generated.ts';
import type {
  CancelServiceOrder,
  CancelServiceOrder_Create,
} from '../../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { CancellationRequestState } from '../../model/cancellation/cancellation-table.ts';
import type { RequestedCancellation } from '../../model/cancellation/inputs.ts';
import type { Json } from '../../model/json.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { type Envelope, envelopeOf, type RenderedEvent } from '../events.ts';
import { nameOf, type OrderApi } from '../north/order-api.ts';
import { noReason } from './order-cancellation.ts';

const stateOf = {
  assessing: 'inProgress',
  in_progress: 'inProgress',
  done: 'done',
  declined: 'terminatedWithError',
} as const satisfies { readonly [state in Exclude<CancellationRequestState, 'scheduled'>]: string };

export type CancelTask = CancelProductOrder | CancelServiceOrder;
export type CancelTask_Create = CancelProductOrder_Create | CancelServiceOrder_Create;

/** Where the tasks of one API are. */
export function cancelTaskCollection({ base, resource }: Pick<OrderApi, 'base' | 'resource'>): string {
  return `${base}/cancel${resource}`;
}

/** The order that is meant, and what is wanted. @param body valid against the type of its API. */
export function readCancelTask(body: CancelTask_Create): { orderId: string; command: RequestedCancellation } {
  const { cancellationReason: note, requestedCancellationDate } = body;
  // One of the two, by its type.
  const { productOrder, serviceOrder } = body as Partial<CancelProductOrder_Create & CancelServiceOrder_Create>;
  const dueAt = requestedCancellationDate === undefined ? undefined : instantOfText(requestedCancellationDate);
  const command: RequestedCancellation = {
    type: 'CancelOrder',
    note: note === undefined || note.trim() === '' ? noReason : note,
    ...(dueAt === undefined ? {} : { dueAt }),
  };
  return { orderId: productOrder?.id ?? serviceOrder?.id ?? '', command };
}

/** Those of the requests that are about the whole order: a task of these APIs knows no other. */
export function cancelTasksOf({ cancellations = [] }: CustomerOrder): CancellationRequest[] {
  return cancellations.filter(({ line }) => line === undefined);
}

/** @param asNew as it was when it was made, whatever has become of it. */
export function renderCancelTask(
  api: OrderApi,
  { id: orderId }: CustomerOrder,
  request: CancellationRequest,
  publicUrl: string,
  asNew = false,
): CancelTask {
  const { id, note, requestedAt, dueAt, endedAt, answer } = request;
  const state = asNew || request.state === 'scheduled' ? api.task.firstState : stateOf[request.state];
  const isTyped = api.wording === 'v5';
  const reference = { id: orderId, '@referredType': api.resource };
  const isOver = endedAt !== undefined && !asNew;
  return {
    [nameOf(api)]: isTyped ? { ...reference, '@type': `${api.resource}Ref` } : reference,
    id,
    href: inOnePiece(publicUrl, cancelTaskCollection(api), '/', id),
    state,
    ...(isTyped ? { creationDate: textOfInstant(requestedAt) } : {}),
    ...(note === noReason ? {} : { cancellationReason: note }),
    ...(dueAt === undefined ? {} : { requestedCancellationDate: textOfInstant(dueAt) }),
    ...(isOver ? { effectiveCancellationDate: textOfInstant(endedAt) } : {}),
    ...(answer === undefined || asNew || api.category === 'Product' ? {} : { completionMessage: answer }),
    '@type': `Cancel${api.resource}`,
  } as CancelTask; // of the API, as put together above
}

/** What listeners are told of a task. */
export function renderCancelTaskEvent(
  api: OrderApi,
  order: CustomerOrder,
  request: CancellationRequest,
  kind: 'Create' | 'StateChange',
  { eventId, at, publicUrl }: Envelope,
): RenderedEvent {
  const name = `cancel${api.resource}`;
  const eventType = `Cancel${api.resource}${kind}Event`;
  const task = renderCancelTask(api, order, request, publicUrl, kind === 'Create') as unknown as Json; // plain JSON
  // The published file of v5 misspells the task in this one event: whoever reads either spelling finds it.
  const misspelled = api.wording === 'v5' && kind === 'StateChange' ? { canccelProductOrder: task } : {};
  const body = {
    ...envelopeOf(api, eventType, { eventId, time: textOfInstant(at) }),
    event: { [name]: task, ...misspelled },
  };
  return { eventType, listenerPath: `/listener/${name}${kind}Event`, body };
}

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
import type { CustomerOrder, OrderCategory } from '../../model/order.ts';
import type { RenderedEvent } from '../events.ts';
import { productOrderingBase } from '../tmf622-v4.ts';
import { serviceOrderingBase } from '../tmf641-v4-north.ts';
import { noReason } from './order-cancellation.ts';

/** What `scheduled` is called: the two APIs disagree on the first state of a task. */
const firstState = { Product: 'acknowledged', Service: 'accepted' } as const satisfies {
  [category in OrderCategory]: string;
};

const stateOf = {
  assessing: 'inProgress',
  in_progress: 'inProgress',
  done: 'done',
  declined: 'terminatedWithError',
} as const satisfies { readonly [state in Exclude<CancellationRequestState, 'scheduled'>]: string };

export type CancelTask = CancelProductOrder | CancelServiceOrder;
export type CancelTask_Create = CancelProductOrder_Create | CancelServiceOrder_Create;

/** Where the tasks of one API are. */
export function cancelTaskCollection(category: OrderCategory): string {
  return category === 'Product'
    ? `${productOrderingBase}/cancelProductOrder`
    : `${serviceOrderingBase}/cancelServiceOrder`;
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
  { id: orderId, category }: CustomerOrder,
  request: CancellationRequest,
  publicUrl: string,
  asNew = false,
): CancelTask {
  const { id, note, dueAt, endedAt, answer } = request;
  const state = asNew || request.state === 'scheduled' ? firstState[category] : stateOf[request.state];
  const type = category === 'Product' ? 'CancelProductOrder' : 'CancelServiceOrder';
  const referred = category === 'Product' ? 'ProductOrder' : 'ServiceOrder';
  const order = { id: orderId, '@referredType': referred };
  const about = category === 'Product' ? { productOrder: order } : { serviceOrder: order };
  return {
    ...about,
    id,
    href: inOnePiece(publicUrl, cancelTaskCollection(category), '/', id),
    state,
    ...(note === noReason ? {} : { cancellationReason: note }),
    ...(dueAt === undefined ? {} : { requestedCancellationDate: textOfInstant(dueAt) }),
    ...(endedAt === undefined || asNew ? {} : { effectiveCancellationDate: textOfInstant(endedAt) }),
    ...(answer === undefined || asNew || category === 'Product' ? {} : { completionMessage: answer }),
    '@type': type,
  } as CancelTask; // of the API of its category, as put together above
}

/** What listeners are told of a task; nothing where the state that they know stays the same. */
export function renderCancelTaskEvent(
  order: CustomerOrder,
  request: CancellationRequest,
  kind: 'Create' | 'StateChange',
  envelope: { readonly eventId: string; readonly at: number; readonly publicUrl: string },
): RenderedEvent {
  const resource = order.category === 'Product' ? 'cancelProductOrder' : 'cancelServiceOrder';
  const eventType = `C${resource.slice(1)}${kind}Event`;
  const task = renderCancelTask(order, request, envelope.publicUrl, kind === 'Create');
  const time = textOfInstant(envelope.at);
  const body = {
    eventId: envelope.eventId,
    eventTime: time,
    eventType,
    timeOcurred: time,
    event: { [resource]: task as unknown as Json }, // rendered from plain JSON
  };
  return { eventType, listenerPath: `/listener/${resource}${kind}Event`, body };
}

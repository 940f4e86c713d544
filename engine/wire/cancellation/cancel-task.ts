/** Requests to cancel an order or a part of it, as the cancel tasks of TMF622, TMF641, TMF652 and TMF697. */
import { inOnePiece, instantOfText, textOfInstant } from '../../../contracts/schemas/text.ts';
import type {
  CancelProductOrder,
  CancelProductOrder_Create,
} from '../../../contracts/schemas/tmf622-v4.0.generated.ts';
import type {
  CancelServiceOrder,
  CancelServiceOrder_Create,
} from '../../../contracts/schemas/tmf641-v4.1.generated.ts';
import type {
  CancelResourceOrder,
  CancelResourceOrder_Create,
} from '../../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { CancelWorkOrder, CancelWorkOrder_Create } from '../../../contracts/schemas/tmf697-v4.0.generated.ts';
import type { CancellationRequest } from '../../model/cancellation/cancellation.ts';
import type { CancellationRequestState } from '../../model/cancellation/cancellation-table.ts';
import type { Json } from '../../model/json.ts';
import type { CustomerOrder, Instant, OrderKind } from '../../model/order.ts';
import { type Envelope, envelopeOf, type RenderedEvent } from '../events.ts';
import { domainOrderId } from '../north/domain-orders.ts';
import { nameOf, type OrderApi } from '../north/order-api.ts';
import { noReason } from './order-cancellation.ts';

const stateOf = {
  assessing: 'inProgress',
  in_progress: 'inProgress',
  done: 'done',
  declined: 'terminatedWithError',
} as const satisfies { readonly [state in Exclude<CancellationRequestState, 'scheduled'>]: string };

export type CancelTask = CancelProductOrder | CancelServiceOrder | CancelResourceOrder | CancelWorkOrder;
export type CancelTask_Create =
  | CancelProductOrder_Create
  | CancelServiceOrder_Create
  | CancelResourceOrder_Create
  | CancelWorkOrder_Create;

/** What the API calls the state of a task. */
export function taskStateOf({ task }: Pick<CancelTaskApi, 'task'>, { state }: CancellationRequest): string {
  return state === 'scheduled' ? task.firstState : stateOf[state];
}

/** What an API says of its tasks. */
export interface CancelTaskApi extends Pick<OrderApi, 'api' | 'base' | 'task' | 'wording'> {
  /** What it cancels. */
  readonly resource: 'ProductOrder' | 'ServiceOrder' | 'ResourceOrder' | 'WorkOrder';
}

/** What is to be canceled, and how. */
export interface Wanted {
  /** The id of the order, as the API shows it. */
  readonly id: string;
  readonly note: string;
  readonly dueAt?: Instant;
}

/** Where the tasks of one API are. */
export function cancelTaskCollection({ base, resource }: Pick<CancelTaskApi, 'base' | 'resource'>): string {
  return `${base}/cancel${resource}`;
}

/** The order that is meant, and what is wanted. @param body valid against the type of its API. */
export function readCancelTask(api: Pick<CancelTaskApi, 'resource'>, body: CancelTask_Create): Wanted {
  const { cancellationReason: note, requestedCancellationDate } = body;
  const about = (body as { readonly [name: string]: unknown })[nameOf(api)] as { readonly id?: string } | undefined; // by its type
  const dueAt = requestedCancellationDate === undefined ? undefined : instantOfText(requestedCancellationDate);
  return {
    id: about?.id ?? '',
    note: note === undefined || note.trim() === '' ? noReason : note,
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/** Those of the requests that are about the whole order: of lines, tasks know nothing. */
export function wholeCancelTasksOf({ cancellations = [] }: CustomerOrder): CancellationRequest[] {
  return cancellations.filter(({ line, part }) => line === undefined && part === undefined);
}

/** Those that are about domain orders of one kind. */
export function partCancelTasksOf({ cancellations = [] }: CustomerOrder, kind: OrderKind): CancellationRequest[] {
  return cancellations.filter(({ part }) => part?.kind === kind);
}

/** @param asNew as it was when it was made, whatever has become of it. */
export function renderCancelTask(
  api: CancelTaskApi,
  order: CustomerOrder,
  request: CancellationRequest,
  publicUrl: string,
  asNew = false,
): CancelTask {
  const { id, part, note, requestedAt, dueAt, endedAt, answer } = request;
  const state = asNew ? api.task.firstState : taskStateOf(api, request);
  const isTyped = api.wording === 'v5';
  const about = part === undefined ? order.id : domainOrderId({ order, domainOrder: part });
  const reference = { id: about, '@referredType': api.resource };
  const isOver = endedAt !== undefined && request.state === 'done' && !asNew;
  return {
    [nameOf(api)]: isTyped ? { ...reference, '@type': `${api.resource}Ref` } : reference,
    id,
    href: inOnePiece(publicUrl, cancelTaskCollection(api), '/', id),
    state,
    ...(isTyped ? { creationDate: textOfInstant(requestedAt) } : {}),
    ...(note === noReason ? {} : { cancellationReason: note }),
    ...(dueAt === undefined ? {} : { requestedCancellationDate: textOfInstant(dueAt) }),
    ...(isOver ? { effectiveCancellationDate: textOfInstant(endedAt) } : {}),
    ...(answer === undefined || asNew || api.resource !== 'ServiceOrder' ? {} : { completionMessage: answer }),
    '@type': `Cancel${api.resource}`,
  } as CancelTask; // of the API, as put together above
}

/** What listeners are told of a task. */
export function renderCancelTaskEvent(
  api: CancelTaskApi,
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

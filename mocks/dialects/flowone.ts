/** The dialect of FlowOne: ids for an answer, one address for events, items without states, fallout as words (0011). */
import { checkOf } from '../../contracts/profile/contract.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrder_Update,
  ServiceOrderItemShown,
  ServiceOrderState,
} from '../../contracts/schemas/flowone.generated.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { State } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';
import type { Dialect, Envelope, EventMessage, Happening } from './dialect.ts';

/** Ids are digits; nine of them stay below what other systems can hold in 32 bits. */
const mostId = 999_999_999;

const itemState = 'serviceOrderItem.state';

export const flowone: Dialect = {
  api: 'FlowOne',
  resource: 'ServiceOrder',
  basePath: '/flowone/v1',
  collection: '/serviceorder',
  itemState,
  check: (body) => checkOf('FlowOne', 'conformance', 'ServiceOrder_Create')(body),
  itemsOf,
  newId: (_name, chance) => String(chance.between(1, mostId)),
  accepted: ({ id }) => ({ id }),
  shown: resourceOf,
  generated: ['description', 'externalReference', 'note', 'relatedParty', 'stateMessage'],
  untold: ['Create', 'Milestone', 'Jeopardy'],
  eventOf,
  replyTo: (request) => createOf(request).ReplyTo?.url,
  subscribed: ({ id, callback }) => ({ id, callback }),
  unsubscribed: (id) => jsonResponse(200, { id }),
  asks: (request) => itemsOf(request).every(({ action }) => action.startsWith('GET')),
  answerToQuery: (order, envelope) => answerToQuery(order, envelope),
  amendment: { status: 201, apply: amended, answer: ({ id }) => ({ id }), isTold: false },
  cancelPath: '/cancelserviceorder/{id}',
};

/** TMF641 has states that FlowOne has no word for. */
const stateShown: { readonly [state in State]: ServiceOrderState } = {
  acknowledged: 'acknowledged',
  rejected: 'rejected',
  pending: 'pending',
  held: 'pending',
  inProgress: 'inProgress',
  cancelled: 'cancelled',
  completed: 'completed',
  failed: 'failed',
  partial: 'failed',
  assessingCancellation: 'inProgress',
  pendingCancellation: 'inProgress',
};

function createOf(request: OrderRequest): ServiceOrder_Create {
  return request as ServiceOrder_Create; // by `check`, before an order is made
}

function itemsOf(request: OrderRequest): SomItem[] {
  return createOf(request).serviceOrderItem.map(({ id, action, service }) => {
    const specification = service.serviceSpecification?.id;
    return { id: String(id), action, specification: specification === undefined ? undefined : String(specification) };
  });
}

function resourceOf(order: SomOrder, baseUrl: string): ServiceOrder {
  const { id, externalId = '', orderedAt, startedAt, completedAt, messages, extras } = order;
  // Where the events go, with the credentials for it, is nobody else's business.
  const { ReplyTo: _, ...request } = createOf(order.request.read());
  const resource: ServiceOrder = {
    ...request,
    ...extras?.attributes,
    externalId,
    id,
    href: `${baseUrl}/serviceorder/${id}`,
    state: stateShown[order.state],
    orderDate: textOfInstant(orderedAt),
    serviceOrderItem: itemsShown(order),
  };
  const [message] = messages.filter((each) => each !== undefined).slice(-1);
  if (message !== undefined) resource.stateMessage = message.text;
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  if (order.state === 'cancelled' && completedAt !== undefined) resource.cancellationDate = textOfInstant(completedAt);
  if (extras?.phaseNote !== undefined) resource.phaseNote = { id: '1', message: extras.phaseNote };
  return resource;
}

function itemsShown({ request, extras }: SomOrder): ServiceOrderItemShown[] {
  const items = extras?.attributes?.serviceOrderItem as ServiceOrderItemShown[] | undefined; // from `amended`
  return items ?? createOf(request.read()).serviceOrderItem.map((item) => ({ ...item }));
}

/** Items have no states that could change. */
function eventOf(
  { kind, order, fieldPath }: Happening,
  { eventId, eventTime, baseUrl }: Envelope,
): EventMessage | undefined {
  if (fieldPath === itemState) return undefined;
  const body = {
    eventId,
    eventTime,
    eventType: `ServiceOrder${kind}Event`,
    event: { serviceOrder: resourceOf(order, baseUrl) },
  };
  return { path: '', body };
}

/** The question comes back answered: an event of an order that there never was. */
function answerToQuery(order: SomOrder, { eventId, eventTime, baseUrl }: Envelope): object {
  const { href: _, ...resource } = resourceOf(order, baseUrl);
  return { eventId, eventTime, eventType: 'ServiceOrderStateChangeEvent', event: { serviceOrder: resource } };
}

/** Items with a known id get the new service; whatever else the amendment says replaces what was. */
function amended(order: SomOrder, body: unknown): SomOrder {
  const { serviceOrderItem: changes = [], ...attributes } = body as ServiceOrder_Update; // checked by whoever calls
  const serviceOrderItem = itemsShown(order).map((item) => {
    const change = changes.find(({ id }) => String(id) === String(item.id));
    return change === undefined ? item : { ...item, ...change };
  });
  const extras = { ...order.extras, attributes: { ...order.extras?.attributes, ...attributes, serviceOrderItem } };
  return { ...order, extras };
}

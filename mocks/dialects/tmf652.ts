/** TMF652 v4.0 as whoever provides resources speaks it: its resource and its events. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  ResourceOrder,
  ResourceOrder_Create,
  ResourceOrder_Update,
} from '../../contracts/schemas/tmf652-v4.0.generated.ts';
import { type State, states } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';
import { amendedOrder } from './amending.ts';
import type { Dialect, Envelope, EventMessage, Happening } from './dialect.ts';

export const tmf652: Dialect = {
  api: 'TMF652',
  resource: 'ResourceOrder',
  basePath: '/tmf-api/resourceOrderingManagement/v4',
  collection: '/resourceOrder',
  itemState: 'orderItem.state',
  check: (body) => checkOf('TMF652', 'conformance', 'ResourceOrder_Create')(body),
  itemsOf,
  newId: (name, chance) => inOnePiece(name, '-', chance.hex(12)),
  accepted: resourceOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate', 'name'],
  untold: ['Milestone', 'Jeopardy'],
  eventOf,
  subscribed: ({ id, callback, query }) => ({ id, callback, ...(query === '' ? {} : { query }) }),
  unsubscribed: () => ({ status: 204, headers: {} }),
  amendment: {
    status: 200,
    apply: (order, body) => amendedOrder(order, body, 'orderItem', itemsOf),
    answer: resourceOf,
    stateIn: (body) => stateIn((body as ResourceOrder_Update).state), // checked by whoever calls
    isTold: true,
  },
  cancelTask: { path: '/cancelResourceOrder', first: 'acknowledged' },
};

/** A state is plain text here, and one of the lifecycle by the check of the amendment. */
function stateIn(text: string | undefined): State | undefined {
  return states.find((state) => state === text);
}

function itemsOf(request: OrderRequest): SomItem[] {
  const { orderItem = [] } = request as ResourceOrder_Create; // by `check`, before an order is made
  return orderItem.map(({ id = '', action = '', resource, resourceSpecification }) => ({
    id,
    action,
    specification: (resourceSpecification ?? resource?.resourceSpecification)?.id,
  }));
}

/** The resource as it is shown. What went wrong with it stands in its notes: TMF652 knows no errors of orders. */
function resourceOf(order: SomOrder, baseUrl: string): ResourceOrder {
  const { id, state, orderedAt, startedAt, completedAt, messages, extras } = order;
  const request = order.request.read() as ResourceOrder_Create; // by `check`, before an order is made
  const resource: ResourceOrder = {
    ...request,
    ...extras?.attributes,
    id,
    href: inOnePiece(baseUrl, '/resourceOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    orderItem: (request.orderItem ?? []).map((item, place) => ({ ...item, state: order.states[place] ?? state })),
  };
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  const [message] = messages.filter((each) => each !== undefined).slice(-1);
  if (message !== undefined) {
    resource.note = [...(resource.note ?? []), { text: message.text, date: textOfInstant(message.at) }];
  }
  return resource;
}

function eventOf({ kind, order, fieldPath }: Happening, { eventId, eventTime, baseUrl }: Envelope): EventMessage {
  const eventType = inOnePiece('ResourceOrder', kind, 'Event');
  const path = fieldPath === undefined ? {} : { fieldPath };
  const body = { eventId, eventTime, eventType, ...path, event: { resourceOrder: resourceOf(order, baseUrl) } };
  return { path: `/listener/resourceOrder${kind}Event`, body };
}

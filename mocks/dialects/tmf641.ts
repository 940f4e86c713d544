/** TMF641 v4.1 as a simulated SOM or TOM speaks it: its resource and its events. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrder_Update,
  ServiceOrderItem,
} from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { SomItem } from '../script/selecting.ts';
import type { Dated, ItemMessage, OrderRequest, SomOrder } from '../som-order.ts';
import { amendedOrder } from './amending.ts';
import type { Dialect, EventMessage, Happening } from './dialect.ts';

export const tmf641: Dialect = {
  api: 'TMF641',
  resource: 'ServiceOrder',
  basePath: '/tmf-api/serviceOrdering/v4',
  collection: '/serviceOrder',
  itemState: 'serviceOrderItem.state',
  check: (body) => checkOf('TMF641', 'conformance', 'ServiceOrder_Create')(body),
  itemsOf,
  newId: (name, chance) => inOnePiece(name, '-', chance.hex(12)),
  accepted: resourceOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate', 'externalReference', 'milestone', 'note', 'relatedParty'],
  untold: [],
  eventOf,
  subscribed: ({ id, callback, query }) => ({ id, callback, ...(query === '' ? {} : { query }) }),
  unsubscribed: () => ({ status: 204, headers: {} }),
  amendment: {
    status: 200,
    apply: (order, body) => amendedOrder(order, body, 'serviceOrderItem', itemsOf),
    answer: resourceOf,
    stateIn: (body) => (body as ServiceOrder_Update).state, // checked by whoever calls
    isTold: true,
  },
  cancelTask: { path: '/cancelServiceOrder', first: 'accepted' },
};

/** The items of an order and those in them, outer before inner. */
function itemsOf(request: OrderRequest): SomItem[] {
  const found: SomItem[] = [];
  const add = (items: readonly ServiceOrderItem[]): void => {
    for (const { id, action, service, serviceOrderItem } of items) {
      found.push({ id, action, specification: service.serviceSpecification?.id });
      if (serviceOrderItem !== undefined) add(serviceOrderItem);
    }
  };
  add((request as ServiceOrder_Create).serviceOrderItem); // by `check`, before an order is made
  return found;
}

/** The resource as the SOM shows it. */
function resourceOf(order: SomOrder, baseUrl: string): ServiceOrder {
  const { id, state, orderedAt, startedAt, completedAt, messages, extras } = order;
  const request = order.request.read() as ServiceOrder_Create; // by `check`, before an order is made
  // One object to spread, as almost always, is what the runtime is quick at.
  const resource: ServiceOrder = {
    ...(extras?.attributes === undefined ? request : { ...request, ...extras.attributes }),
    id,
    href: inOnePiece(baseUrl, '/serviceOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    serviceOrderItem: itemsShown(request.serviceOrderItem, order),
  };
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined && state === 'cancelled') resource.cancellationDate = textOfInstant(completedAt);
  else if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  if (state === 'cancelled' && extras?.cancellationReason !== undefined)
    resource.cancellationReason = extras.cancellationReason;
  const [message] = messages.filter((each) => each !== undefined).slice(-1);
  if (message !== undefined) resource.errorMessage = [errorMessage(state, message)];
  if (extras?.milestones !== undefined) {
    resource.milestone = [...(resource.milestone ?? []), ...extras.milestones.map(milestoneShown)];
  }
  if (extras?.jeopardies !== undefined) resource.jeopardyAlert = extras.jeopardies.map(jeopardyShown);
  return resource;
}

/** Goes through the items as `itemsOf` did, so that each meets its state. */
function itemsShown(items: readonly ServiceOrderItem[], { states, messages }: SomOrder): ServiceOrderItem[] {
  let place = 0;
  const show = (item: ServiceOrderItem): ServiceOrderItem => {
    const state = states[place];
    const message = messages[place];
    place += 1;
    const shown: ServiceOrderItem = { ...item };
    if (state !== undefined) shown.state = state;
    if (message !== undefined) shown.errorMessage = [errorMessage(state ?? '', message)];
    if (item.serviceOrderItem !== undefined) shown.serviceOrderItem = item.serviceOrderItem.map(show);
    return shown;
  };
  return items.map(show);
}

function errorMessage(code: string, { text, at }: ItemMessage): { code: string; message: string; timestamp: string } {
  return { code, message: text, timestamp: textOfInstant(at) };
}

function milestoneShown({ id, at, noticed }: Dated): NonNullable<ServiceOrder['milestone']>[number] {
  return { status: 'Completed', ...noticed, id, milestoneDate: textOfInstant(at) };
}

function jeopardyShown({ id, at, noticed }: Dated): NonNullable<ServiceOrder['jeopardyAlert']>[number] {
  return { ...noticed, id, alertDate: textOfInstant(at) };
}

function eventOf(
  { kind, order, fieldPath }: Happening,
  { eventId, eventTime, baseUrl }: { eventId: string; eventTime: string; baseUrl: string },
): EventMessage {
  const body = {
    eventId,
    eventTime,
    eventType: inOnePiece('ServiceOrder', kind, 'Event'),
    ...(fieldPath === undefined ? {} : { fieldPath }),
    event: { serviceOrder: resourceOf(order, baseUrl) },
  };
  return { path: `/listener/serviceOrder${kind}Event`, body };
}

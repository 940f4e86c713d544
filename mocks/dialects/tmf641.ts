/** TMF641 v4.1 as a simulated SOM or TOM speaks it. */
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
} from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { SomItem } from '../script/selecting.ts';
import type { Dated, ItemMessage, OrderRequest, SomOrder } from '../som-order.ts';
import { everyItem, everyItemShown, lastMessageOf, timesOf, tmfDialect } from './tmf-orders.ts';

export const tmf641 = tmfDialect({
  api: 'TMF641',
  resource: 'ServiceOrder',
  basePath: '/tmf-api/serviceOrdering/v4',
  list: 'serviceOrderItem',
  itemsOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate', 'externalReference', 'milestone', 'note', 'relatedParty'],
  untold: [],
  firstOfTask: 'accepted',
});

function itemsOf(request: OrderRequest): SomItem[] {
  const { serviceOrderItem } = request as ServiceOrder_Create; // by `check`, before an order is made
  return everyItem<ServiceOrderItem>(serviceOrderItem, 'serviceOrderItem', ({ id, action, service }) => ({
    id,
    action,
    specification: service.serviceSpecification?.id,
  }));
}

/** The resource as the SOM shows it. */
function resourceOf(order: SomOrder, baseUrl: string): ServiceOrder {
  const { id, state, orderedAt, extras } = order;
  const request = order.request.read() as ServiceOrder_Create; // by `check`, before an order is made
  // One object to spread, as almost always, is what the runtime is quick at.
  const resource: ServiceOrder = {
    ...(extras?.attributes === undefined ? request : { ...request, ...extras.attributes }),
    id,
    href: inOnePiece(baseUrl, '/serviceOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    serviceOrderItem: everyItemShown(request.serviceOrderItem, order, 'serviceOrderItem', itemShown),
    ...timesOf(order),
  };
  const message = lastMessageOf(order);
  if (message !== undefined) resource.errorMessage = [errorMessage(state, message)];
  if (extras?.milestones !== undefined) {
    resource.milestone = [...(resource.milestone ?? []), ...extras.milestones.map(milestoneShown)];
  }
  if (extras?.jeopardies !== undefined) resource.jeopardyAlert = extras.jeopardies.map(jeopardyShown);
  return resource;
}

function itemShown(
  item: ServiceOrderItem,
  state: SomOrder['states'][number] | undefined,
  message: ItemMessage | undefined,
): ServiceOrderItem {
  const shown: ServiceOrderItem = { ...item };
  if (state !== undefined) shown.state = state;
  if (message !== undefined) shown.errorMessage = [errorMessage(state ?? '', message)];
  return shown;
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

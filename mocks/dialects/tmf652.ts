/** TMF652 v4.0 as whoever provides resources speaks it. */
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import type { ResourceOrder, ResourceOrder_Create } from '../../contracts/schemas/tmf652-v4.0.generated.ts';
import type { SomItem } from '../script/selecting.ts';
import type { OrderRequest, SomOrder } from '../som-order.ts';
import { lastMessageOf, tmfDialect } from './tmf-orders.ts';

export const tmf652 = tmfDialect({
  api: 'TMF652',
  resource: 'ResourceOrder',
  basePath: '/tmf-api/resourceOrderingManagement/v4',
  list: 'orderItem',
  itemsOf,
  shown: resourceOf,
  generated: ['description', 'expectedCompletionDate', 'name'],
  untold: ['Milestone', 'Jeopardy'],
  firstOfTask: 'acknowledged',
});

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
  const { id, state, orderedAt, startedAt, completedAt, extras } = order;
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
  // It has no date of a cancellation.
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  const message = lastMessageOf(order);
  if (message !== undefined) {
    resource.note = [...(resource.note ?? []), { text: message.text, date: textOfInstant(message.at) }];
  }
  return resource;
}

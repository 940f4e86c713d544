/**
 * What is served of TMF652 and TMF697: resource orders and work orders that orders have become, and at the same addresses, told
 * apart by their ids, resource orders that somebody has placed.
 */
import type { HttpResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import { isDomainOrderId } from '../../wire/north/domain-orders.ts';
import { listedInServiceOrders } from '../../wire/north/listed-kinds.ts';
import { listOfParts } from '../../wire/north/listed-parts.ts';
import type { OrderApi } from '../../wire/north/order-api.ts';
import { orderApis } from '../../wire/north/order-apis.ts';
import { type PartApi, partApis, partCollection } from '../../wire/north/parts/part-api.ts';
import { amendingRoutes } from '../amending/amending.ts';
import type { Route } from '../answers.ts';
import { cancelTaskRoutes, routesOfTasks, wholeCancelTasks } from '../cancellation/cancel-tasks.ts';
import { partCancelTasks } from '../cancellation/part-cancel-tasks.ts';
import { listPage, partsIn } from '../listing/page.ts';
import { type OrderRouteParts, orderRoutes } from '../orders.ts';
import { partAmendingRoutes } from './amending.ts';
import { type Found, partIn } from './found.ts';
import { placeWork } from './placing.ts';
import { partReadingRoute } from './reading.ts';

/** Every API of orders and of their parts. */
export function everyOrderRoute(parts: OrderRouteParts): Route[] {
  return [
    ...orderApis.filter((api) => partsBeside(api) === undefined).flatMap((api) => routesOfOrders(api, parts)),
    ...partApis.flatMap((api) => routesOfParts(api, parts)),
  ];
}

function partsBeside({ api }: OrderApi): PartApi | undefined {
  return partApis.find((each) => each.api === api);
}

function routesOfOrders(api: OrderApi, parts: OrderRouteParts): Route[] {
  return [...orderRoutes(api, parts), ...amendingRoutes(api, parts), ...cancelTaskRoutes(api, parts)];
}

function routesOfParts(api: PartApi, parts: OrderRouteParts): Route[] {
  const placed = orderApis.find((each) => partsBeside(each) === api);
  const ofParts = [partReadingRoute(api, parts), ...partAmendingRoutes(api, parts)];
  const list: Route = {
    method: 'GET',
    path: partCollection(api),
    handle: (request) => listed(api, placed, parts, request),
  };
  if (placed === undefined) {
    const place: Route = {
      method: 'POST',
      path: partCollection(api),
      handle: (request) => placeWork(api, parts, request),
    };
    return [place, list, ...ofParts, ...routesOfTasks(partCancelTasks(api, parts), parts)];
  }
  const ofOrders = [...orderRoutes(placed, parts), ...amendingRoutes(placed, parts)];
  const place = ofOrders.filter(({ method }) => method === 'POST');
  const either = ofParts.map((route) => byId(route, routeLike(route, ofOrders)));
  const tasks = eitherTask(partCancelTasks(api, parts), wholeCancelTasks(placed, parts));
  return [...place, list, ...either, ...routesOfTasks(tasks, parts)];
}

function routeLike({ method, path }: Route, routes: readonly Route[]): Route {
  const found = routes.find((each) => each.method === method && each.path === path);
  if (found === undefined) throw new Error(`orders have no ${method} ${path}, and their parts have`);
  return found;
}

/** The id says whether an order is meant, or a part of one. */
function byId(part: Route, whole: Route): Route {
  return {
    ...part,
    handle: (request) => (isDomainOrderId(request.params.id ?? '') ? part : whole).handle(request),
  };
}

type Tasks = Parameters<typeof routesOfTasks>[0];

function eitherTask(part: Tasks, whole: Tasks): Tasks {
  return {
    api: part.api,
    tasksOf: (order) => {
      const ours = new Set([...part.tasksOf(order), ...whole.tasksOf(order)]);
      return (order.cancellations ?? []).filter((each) => ours.has(each));
    },
    asked: (wanted, request) => (isDomainOrderId(wanted.id) ? part : whole).asked(wanted, request),
  };
}

/** Parts of every order, and what was placed beside them. */
function listed(
  api: PartApi,
  placed: OrderApi | undefined,
  { store, editions, publicUrl }: OrderRouteParts,
  { query }: RoutedRequest,
): Promise<HttpResponse> {
  const { catalogue } = editions.current();
  const beside = placed && { category: placed.category, fulfillmentType: 'Deliver' as const };
  return listPage<Found | Pick<Found, 'order'>>(query, {
    find: partsIn(store, { list: listOfParts(api), ...(beside === undefined ? {} : { beside }) }, (order, id) =>
      isDomainOrderId(id) ? partIn(api, order, id) : { order },
    ),
    kinds: listedInServiceOrders,
    render: (found) =>
      'domainOrder' in found
        ? api.render({ ...found, catalogue, publicUrl })
        : (placed?.render(found.order, publicUrl) ?? {}),
  });
}

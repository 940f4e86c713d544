/** Lists and reads of the resource orders and the work orders of every order, through TMF652 and TMF697. */
import { pageOf, pageOfList, selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorOfJsonPath, errorOfPaging } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CustomerOrder } from '../../model/order.ts';
import { refusal } from '../../model/refusals.ts';
import { type PartApi, partApis, partCollection } from '../../wire/north/parts/part-api.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { partCancelTaskRoutes } from '../cancellation/part-cancel-tasks.ts';
import type { OrderRouteParts } from '../orders.ts';
import { partAmendingRoutes } from './amending.ts';
import { everyOrder, partOf } from './found.ts';

export function domainOrderRoutes(parts: OrderRouteParts): Route[] {
  return partApis.flatMap((api) => [
    ...readingRoutes(api, parts),
    ...partAmendingRoutes(api, parts),
    ...partCancelTaskRoutes(api, parts),
  ]);
}

function readingRoutes(api: PartApi, { store, editions, publicUrl }: OrderRouteParts): Route[] {
  const collection = partCollection(api);
  const shownOf = (order: CustomerOrder): object[] => {
    const { catalogue } = editions.current();
    const ofKind = order.domainOrders.filter(({ kind }) => kind === api.kind);
    return ofKind.map((domainOrder) => api.render({ order, domainOrder, catalogue, publicUrl }));
  };

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    if (query.filter !== undefined) return errorResponse(errorOfJsonPath());
    if (pageOf(query) === undefined) return errorResponse(errorOfPaging());
    const page = pageOfList((await everyOrder(store)).flatMap(shownOf), query);
    return page === undefined ? errorResponse(errorOfPaging()) : jsonResponse(page.status, page.body, page.headers);
  }

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const { id = '' } = params;
    const found = await partOf(api, store, id);
    if (found === undefined) return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: id })));
    const { catalogue } = editions.current();
    return jsonResponse(200, selectFields(api.render({ ...found, catalogue, publicUrl }), query.fields));
  }

  return [
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

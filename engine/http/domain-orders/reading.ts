/** Reads of single resource orders and work orders, of every order, through TMF652 and TMF697. */
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import { refusal } from '../../model/refusals.ts';
import { type PartApi, partCollection } from '../../wire/north/parts/part-api.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import type { OrderRouteParts } from '../orders.ts';
import { partOf } from './found.ts';

export function partReadingRoute(api: PartApi, { store, editions, publicUrl }: OrderRouteParts): Route {
  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const { id = '' } = params;
    const found = await partOf(api, store, id);
    if (found === undefined) return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: id })));
    const { catalogue } = editions.current();
    return jsonResponse(200, selectFields(api.render({ ...found, catalogue, publicUrl }), query.fields));
  }

  return { method: 'GET', path: `${partCollection(api)}/{id}`, handle: retrieve };
}

/** Lists and reads of the resource orders and the work orders of every order, through TMF652 and TMF697. */
import { pageOf, pageOfList, selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorOfPaging } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { CustomerOrder, OrderKind } from '../../model/order.ts';
import { refusal } from '../../model/refusals.ts';
import type { Editions } from '../../shell/editions.ts';
import type { OrderStore } from '../../shell/store.ts';
import {
  type Placed,
  partsOfId,
  renderResourceOrder,
  renderWorkOrder,
  resourceOrderingBase,
  workOrderBase,
} from '../../wire/north/domain-orders.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';

interface Shown {
  readonly kind: OrderKind;
  /** Base path and collection. */
  readonly collection: string;
  render(placed: Placed): object;
}

interface Parts {
  readonly store: OrderStore;
  readonly editions: Editions;
  readonly publicUrl: string;
}

export function domainOrderRoutes(parts: Parts): Route[] {
  return [
    ...readingRoutes(parts, {
      kind: 'resource',
      collection: `${resourceOrderingBase}/resourceOrder`,
      render: renderResourceOrder,
    }),
    ...readingRoutes(parts, { kind: 'work', collection: `${workOrderBase}/workOrder`, render: renderWorkOrder }),
  ];
}

function readingRoutes({ store, editions, publicUrl }: Parts, { kind, collection, render }: Shown): Route[] {
  const shownOf = (order: CustomerOrder): object[] => {
    const { catalogue } = editions.current();
    const ofKind = order.domainOrders.filter((each) => each.kind === kind);
    return ofKind.map((domainOrder) => render({ order, domainOrder, catalogue, publicUrl }));
  };

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    if (pageOf(query) === undefined) return errorResponse(errorOfPaging());
    const everything = { fulfillmentType: 'Deliver', offset: 0, limit: Number.POSITIVE_INFINITY } as const;
    const products = await store.list({ category: 'Product', ...everything });
    const services = await store.list({ category: 'Service', ...everything });
    const page = pageOfList([...products.orders, ...services.orders].flatMap(shownOf), query);
    return page === undefined ? errorResponse(errorOfPaging()) : jsonResponse(page.status, page.body, page.headers);
  }

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const { id = '' } = params;
    const { orderId, number } = partsOfId(id);
    const order = await store.load(orderId);
    const domainOrder = order?.domainOrders.find((each) => each.kind === kind && each.number === number);
    if (order === undefined || domainOrder === undefined) {
      return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: id })));
    }
    const { catalogue } = editions.current();
    return jsonResponse(200, selectFields(render({ order, domainOrder, catalogue, publicUrl }), query.fields));
  }

  return [
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

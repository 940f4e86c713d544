/** Capturing, listing and reading orders: the same for TMF622 product orders and TMF641 service orders. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { selectFields } from '../../contracts/profile/tmf630.ts';
import type { ApiName } from '../../contracts/schemas/documents.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CaptureOrder } from '../model/inputs.ts';
import type { CustomerOrder, OrderCategory } from '../model/order.ts';
import { refusal } from '../model/refusals.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { type ItemWords, inTmfWords } from '../wire/north/item-actions.ts';
import type { ListedKinds } from '../wire/north/listed-orders.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';
import { listPage } from './listing.ts';

/** What one API says of orders. */
export interface OrderApi<Create, Resource extends object> {
  readonly api: ApiName;
  readonly category: OrderCategory;
  /** Base path and collection, such as `/tmf-api/serviceOrdering/v4/serviceOrder`. */
  readonly collection: string;
  /** The type of a create request in the published schema. */
  readonly createType: string;
  readonly itemWords: ItemWords;
  /** What the store knows of each order for lists. */
  readonly listed: ListedKinds;
  read(body: Create): Omit<CaptureOrder, 'at' | 'orderId'>;
  render(order: CustomerOrder, publicUrl: string): Resource;
}

export interface OrderRouteParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly publicUrl: string;
}

/** Orders that only ask are told of where they came in; here they are none. */
const fulfillmentType = 'Deliver';

export function orderRoutes<Create, Resource extends object>(
  orderApi: OrderApi<Create, Resource>,
  { kernel, store, mailbox, publicUrl }: OrderRouteParts,
): Route[] {
  const { api, category, collection, createType, itemWords, listed } = orderApi;

  async function create({ body, query }: RoutedRequest): Promise<HttpResponse> {
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send the order as a JSON body'));
    const findings = checkOf(api, 'official-lenient', createType)(inTmfWords(body.json, itemWords));
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const orderId = kernel.chance('ids.order').hex(32);
    const captured = orderApi.read(body.json as Create); // valid against its type, as just checked, but for the words of its actions
    const result = await mailbox.submit({ ...captured, orderId });
    if (!result.ok) return errorResponse(errorOfRefusal(result.refusal));
    const location = `${publicUrl}${collection}/${orderId}`;
    return jsonResponse(201, selectFields(orderApi.render(result.order, publicUrl), query.fields), { location });
  }

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const order = await store.load(params.id ?? '');
    if (order?.category !== category || order.fulfillmentType !== fulfillmentType)
      return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: params.id ?? '' })));
    return jsonResponse(200, selectFields(orderApi.render(order, publicUrl), query.fields));
  }

  function list({ query }: RoutedRequest): Promise<HttpResponse> {
    const render = (order: CustomerOrder) => orderApi.render(order, publicUrl);
    return listPage(query, { store, of: { category, fulfillmentType }, kinds: listed, render });
  }

  return [
    { method: 'POST', path: collection, handle: create },
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

/** Capturing, listing and reading orders: the same for TMF622 product orders and TMF641 service orders. */
import { createHash } from 'node:crypto';
import { checkOf } from '../../contracts/profile/contract.ts';
import { selectFields } from '../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CustomerOrder } from '../model/order.ts';
import { refusal } from '../model/refusals.ts';
import type { Editions } from '../shell/editions.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { initialState, initialStates } from '../wire/north/draft.ts';
import { inTmfWords } from '../wire/north/item-actions.ts';
import { collectionOf, type OrderApi } from '../wire/north/order-api.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';
import { listPage, ordersIn } from './listing/page.ts';

export interface OrderRouteParts {
  readonly kernel: Kernel;
  readonly store: OrderStore;
  readonly mailbox: Mailbox;
  readonly editions: Editions;
  readonly publicUrl: string;
  readonly nobodyMay: 'everything' | 'nothing';
}

/** Orders that only ask are told of where they came in; here they are none. */
const fulfillmentType = 'Deliver';

export function orderRoutes(api: OrderApi, parts: OrderRouteParts): Route[] {
  const { kernel, store, mailbox, editions, publicUrl } = parts;
  const { category } = api;
  const collection = collectionOf(api);

  async function create({ body, query }: RoutedRequest): Promise<HttpResponse> {
    if (body === undefined)
      return errorResponse(errorAnswer(400, '21', 'Missing body', 'Send the order as a JSON body'));
    const worded = inTmfWords(body.json, api.itemWords);
    const wrong = checkOf(api.api, 'official-lenient', api.types.create)(worded);
    const findings = [
      ...(wrong.length > 0 ? wrong : (api.wrongAsPlaced?.(worded) ?? [])),
      ...wrongInitialState(body.json),
    ];
    if (findings.length > 0) return errorResponse(errorOfFindings(findings));
    const captured = api.read(body.json as never); // valid against its type, as just checked, but for the words of its actions
    const orderId = idOf(captured);
    const result = await mailbox.submit({ ...captured, orderId });
    if (!result.ok) return errorResponse(errorOfRefusal(result.refusal));
    const location = `${publicUrl}${collection}/${orderId}`;
    return jsonResponse(201, selectFields(api.render(result.order, publicUrl), query.fields), { location });
  }

  /** Where the same order is to be recognized, it has the same id however often it comes, and is there already. */
  function idOf(captured: ReturnType<OrderApi['read']>): string {
    const isRecognized =
      editions.current().policies.repeatedOrders === 'recognized' && captured.externalId !== undefined;
    if (!isRecognized) return kernel.chance('ids.order').hex(32);
    return createHash('sha256').update(JSON.stringify(captured)).digest('hex').slice(0, 32);
  }

  async function retrieve({ params, query }: RoutedRequest): Promise<HttpResponse> {
    const order = await store.load(params.id ?? '');
    if (order?.category !== category || order.fulfillmentType !== fulfillmentType)
      return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: params.id ?? '' })));
    return jsonResponse(200, selectFields(api.render(order, publicUrl), query.fields));
  }

  async function list({ query }: RoutedRequest): Promise<HttpResponse> {
    const render = (order: CustomerOrder) => api.render(order, publicUrl);
    return listPage(query, { find: ordersIn(store, { category, fulfillmentType }), kinds: api.listed, render });
  }

  return [
    { method: 'POST', path: collection, handle: create },
    { method: 'GET', path: collection, handle: list },
    { method: 'GET', path: `${collection}/{id}`, handle: retrieve },
  ];
}

/** A word that nobody knows would send an order to fulfillment that was meant as a draft. */
function wrongInitialState(body: unknown) {
  const said: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, initialState) : undefined;
  if (said === undefined || initialStates.some((state) => state === said)) return [];
  const expected = `one of ${initialStates.join(', ')}`;
  return [{ pointer: `/${initialState}`, rule: 'enum', expected, got: JSON.stringify(said) }];
}

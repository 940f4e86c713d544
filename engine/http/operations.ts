/** Southbound's own operations: looking into an order, and the commands of its operators. */
import type { Order } from '../../contracts/schemas/southbound-api.generated.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { refusal } from '../model/refusals.ts';
import type { Mailbox } from '../shell/mailbox.ts';
import type { OrderStore } from '../shell/store.ts';
import { renderOrderView } from '../wire/order-view.ts';
import { errorOfRefusal } from '../wire/tmf-error.ts';
import { errorResponse, type Route } from './answers.ts';

export const operationsBase = '/southbound/v1';

export function operationRoutes({ store, mailbox }: { store: OrderStore; mailbox: Mailbox }): Route[] {
  return [
    { method: 'GET', path: `${operationsBase}/order/{id}`, handle: look },
    { method: 'POST', path: `${operationsBase}/order/{id}/approve`, handle: approve },
  ];

  async function look({ params }: RoutedRequest): Promise<HttpResponse> {
    const id = params.id ?? '';
    const order = await store.load(id);
    if (order === undefined) return errorResponse(errorOfRefusal(refusal('orderUnknown', { order: id })));
    return jsonResponse(200, renderOrderView(order) satisfies Order);
  }

  async function approve({ params }: RoutedRequest): Promise<HttpResponse> {
    const result = await mailbox.submit({ type: 'ApproveOrder', orderId: params.id ?? '' });
    if (!result.ok) return errorResponse(errorOfRefusal(result.refusal));
    return jsonResponse(200, renderOrderView(result.order));
  }
}

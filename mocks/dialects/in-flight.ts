/** What a dialect can be asked of an order that it has: to amend it, and to cancel it. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import { refusal, reply } from '../answers.ts';
import type { OrderLife } from '../som-life.ts';
import { hasEnded } from '../som-order.ts';
import type { Dialect } from './dialect.ts';

/** Amending and cancelling takes as long as a usual answer. */
const answerMs = 100;

/** Of FlowOne; TMF641 has none here yet. @param create takes an order, wherever it was sent to. */
export function inFlightRoutes(
  dialect: Dialect,
  life: OrderLife,
  create: (request: RoutedRequest) => Answer,
): Route<Answer>[] {
  const { api, basePath, collection, amended } = dialect;
  if (amended === undefined) return [];

  const amend = ({ params, body }: RoutedRequest): Answer => {
    const { id = '' } = params;
    const unfit = unfitToChange(life, id);
    if (unfit !== undefined) return unfit;
    const findings = checkOf(api, 'conformance', 'ServiceOrder_Update')(body?.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    life.amend(id, (order) => amended(order, body?.json));
    return reply(jsonResponse(201, { id }), answerMs);
  };

  const cancel = ({ params, body }: RoutedRequest): Answer => {
    const { id = '' } = params;
    const unfit = unfitToChange(life, id);
    if (unfit !== undefined) return unfit;
    const findings = checkOf(api, 'conformance', 'CancelServiceOrder_Create')(body?.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    life.cancel(id);
    return reply(jsonResponse(200, { id }), answerMs);
  };

  return [
    { method: 'PATCH', path: `${basePath}${collection}/{id}`, handle: amend },
    { method: 'POST', path: `${basePath}${collection}/{id}`, handle: create },
    { method: 'POST', path: `${basePath}/cancelserviceorder/{id}`, handle: cancel },
  ];
}

function unfitToChange(life: OrderLife, id: string): Answer | undefined {
  const order = life.orders.get(id);
  if (order === undefined) return refusal(errorAnswer(404, '60', 'Resource not found', `No service order ${id}`));
  if (!hasEnded(order)) return undefined;
  return refusal(errorAnswer(409, '62', 'Order has ended', `Service order ${id} is ${order.state} already`));
}

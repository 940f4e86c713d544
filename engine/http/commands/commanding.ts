/** Commands about an order: a body of a declared type becomes an input, and the answer is the order as it is then. */
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { RoutedRequest } from '../../../exchange/router.ts';
import type { Unstamped } from '../../shell/effects.ts';
import { renderOrderView } from '../../wire/order-view.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';
import { errorResponse, type Route } from '../answers.ts';
import { type OperationParts, operationsBase, readBody } from '../operations.ts';
import { rolesOf } from '../roles.ts';

/** A command without the order it is about, and without who gives it. */
type Command = Unstamped extends infer Kind
  ? Kind extends Unstamped
    ? Omit<Kind, 'orderId' | 'roles'>
    : never
  : never;

/**
 * @param path below the order.
 * @param type of the body, in the Southbound API; a body with nothing in it may be left out.
 */
export function commandRoute<Body>(
  parts: OperationParts,
  path: string,
  type: string,
  command: (body: Body, params: RoutedRequest['params']) => Command,
): Route {
  return {
    method: 'POST',
    path: `${operationsBase}/order/{id}${path}`,
    handle: (request) => perform(parts, request, type, command),
  };
}

async function perform<Body>(
  { mailbox, nobodyMay }: OperationParts,
  request: RoutedRequest,
  type: string,
  command: (body: Body, params: RoutedRequest['params']) => Command,
): Promise<HttpResponse> {
  const body = request.body ?? { text: '{}', json: {} };
  const read = readBody<Body>({ ...request, body }, type);
  if (!read.ok) return read.response;
  const roles = rolesOf(request, nobodyMay);
  const who = roles === undefined ? {} : { roles };
  // A command, the order it is about and who gives it are an input: what `Command` leaves out.
  const input = { ...command(read.body, request.params), orderId: request.params.id ?? '', ...who } as Unstamped;
  const result = await mailbox.submit(input);
  return result.ok ? jsonResponse(200, renderOrderView(result.order)) : errorResponse(errorOfRefusal(result.refusal));
}

/** What the engine's routes answer with. */
import type { ErrorAnswer } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../exchange/message.ts';
import type { Route as AnyRoute } from '../../exchange/router.ts';

export type Route = AnyRoute<HttpResponse>;

export function errorResponse(
  { status, body }: ErrorAnswer,
  headers: { readonly [name: string]: string } = {},
): HttpResponse {
  return jsonResponse(status, body, headers);
}

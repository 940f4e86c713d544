/** What the native interface of order qualification answers where it says no. */
import type { ErrorAnswer } from '../../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { Refusal } from '../../model/refusals.ts';
import { nativeError } from '../../wire/qualification/native-resource.ts';
import { errorOfRefusal } from '../../wire/tmf-error.ts';

export function nativeRefusal(why: Refusal): HttpResponse {
  return nativeErrorResponse(errorOfRefusal(why));
}

export function nativeErrorResponse(error: ErrorAnswer): HttpResponse {
  const { status, body } = nativeError(error);
  return jsonResponse(status, body);
}

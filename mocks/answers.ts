/** What mocks answer with. */
import type { ErrorAnswer } from '../contracts/schemas/tmf-error.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../exchange/message.ts';

export function reply(response: HttpResponse, afterMs = 0): Answer {
  return { kind: 'reply', response, afterMs };
}

export function refusal(
  { status, body }: ErrorAnswer,
  afterMs = 0,
  headers: { readonly [name: string]: string } = {},
): Answer {
  return reply({ status, headers: { 'content-type': jsonMediaType, ...headers }, body: jsonBody(body) }, afterMs);
}

/** Says on the wire that a message breaks its contract on purpose, and how. */
export function declaredFault(how: string): { 'x-southbound-fault': string } {
  return { 'x-southbound-fault': how.replaceAll(/[^\x20-\x7e]/g, '?') };
}

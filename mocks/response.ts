/** Responses that a script asks for and a contract does not: refusals, foreign text, broken and lost answers. */
import { checkResponse, contractOf } from '../contracts/profile/contract.ts';
import { type Finding, findingText } from '../contracts/schemas/finding.ts';
import { errorAnswer } from '../contracts/schemas/tmf-error.ts';
import type { Answer } from '../exchange/endpoint.ts';
import { type HttpResponse, jsonBody, jsonMediaType, receivedBody } from '../exchange/message.ts';
import { declaredFault, reply } from './answers.ts';
import type { Broken, Loss, Refusal, ScriptedAnswer } from './script/answer.ts';

/**
 * The answer to an order that is not taken.
 * @param path that it was sent to, which says what contract the answer has.
 */
export function scriptedResponse(
  answer: Exclude<ScriptedAnswer, { kind: 'accept' }>,
  afterMs: number,
  path: string,
): Answer {
  switch (answer.kind) {
    case 'silence':
      return { kind: 'silence' };
    case 'reset':
      return { kind: 'reset', afterMs };
    case 'text': {
      const fault = declaredFault('a body that is not JSON');
      const headers = { 'content-type': answer.mediaType, ...fault };
      return reply({ status: answer.status, headers, body: receivedBody(answer.text) }, afterMs);
    }
    case 'refuse':
      return reply(refused(answer, path), afterMs);
  }
}

function refused({ status, code, reason, message, retryAfterMs }: Refusal, path: string): HttpResponse {
  const { body } = errorAnswer(status, code, reason, message ?? reason);
  const retryAfter = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
  const headers = { 'content-type': jsonMediaType, ...retryAfter };
  return declaredIfBroken({ status, headers, body: jsonBody(body) }, path);
}

/** As it is, or with what is wrong with it said on the wire. */
export function declaredIfBroken(response: HttpResponse, path: string): HttpResponse {
  const findings = findingsOn(response, path);
  if (findings.length === 0) return response;
  return { ...response, headers: { ...response.headers, ...declaredFault(told(findings)) } };
}

/** The answer as its script breaks it. It says so, whether or not the contract can see it. */
export function brokenAnswer(whole: HttpResponse, { status, empty, set, without }: Broken, path: string): HttpResponse {
  const attributes: { [name: string]: unknown } = { ...(whole.body?.json as object), ...set }; // an object in every dialect
  for (const name of without) delete attributes[name];
  const broken = { status, headers: whole.headers, body: empty ? undefined : jsonBody(attributes) };
  const why = told(findingsOn(broken, path)) || 'nothing that the contract forbids';
  return { ...broken, headers: { ...whole.headers, ...declaredFault(`attributes set by the script: ${why}`) } };
}

/** The order is taken, and the answer does not arrive, or not whole. */
export function lostAnswer(response: HttpResponse, lose: Loss, afterMs: number): Answer {
  switch (lose) {
    case 'silence':
      return { kind: 'silence' };
    case 'reset':
      return { kind: 'reset', afterMs };
    case 'halfway':
      return { kind: 'reset', afterMs, begun: response };
    case 'truncated': {
      const text = response.body?.text ?? '';
      const headers = { ...response.headers, ...declaredFault('a body that is not JSON') };
      return reply({ ...response, headers, body: receivedBody(text.slice(0, text.length / 2)) }, afterMs);
    }
  }
}

function findingsOn({ status, body }: HttpResponse, path: string): readonly Finding[] {
  const contract = contractOf('POST', path);
  return contract === undefined ? [] : checkResponse(contract, 'conformance', { status, body: body?.json });
}

function told(findings: readonly Finding[]): string {
  return findings.map(findingText).join('; ');
}

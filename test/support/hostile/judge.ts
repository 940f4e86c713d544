/** What is wrong with the answer to a hostile request; nothing, when it is a refusal as it should be, or was legal in truth. */
import type { OpenApi, OperationObject } from '../../../contracts/openapi/model.ts';
import { checkOf, contractOf } from '../../../contracts/profile/contract.ts';
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { type HttpResponse, pathAndQuery } from '../../../exchange/message.ts';
import { documentCheck } from '../openapi-check.ts';
import { operationsOf } from '../openapi-walk.ts';
import type { HostileRequest } from './request.ts';
import type { Asked } from './world.ts';

export type Judge = (request: HostileRequest, asked: Asked) => readonly string[];

/** Of a refusal, in characters. More would let a small request ask for a large answer again and again. */
const longestRefusal = 100_000;

export function judgeOf(document: OpenApi): Judge {
  const check = documentCheck(document);
  const operations = new Map([...operationsOf(document).values()].map((place) => [routeOf(place), place.operation]));

  return (request, { response, failure, writes }) => {
    if (failure !== undefined)
      return [`it broke: ${failure instanceof Error ? (failure.stack ?? failure.message) : failure}`];
    if (response === undefined) return ['there is no answer'];
    const { status } = response;
    const wrong = [
      ...wrongStatus(status, request),
      ...(status >= 400 && request.method !== 'HEAD' ? wrongRefusal(response, apiOf(request)) : []),
    ];
    if (writes > 0 && status >= 300) wrong.push(`it was refused with ${status}, and ${writes} writes came of it`);
    if (writes > 0 && request.method === 'GET') wrong.push(`it only reads, and ${writes} writes came of it`);
    const operation = operations.get(request.route);
    if (operation !== undefined && staysThere(request)) wrong.push(...outOfDocument(operation, request, response));
    return wrong;
  };

  function outOfDocument(operation: OperationObject, request: HostileRequest, { status, headers, body }: HttpResponse) {
    const mediaType = (headers['content-type'] ?? '').split(';')[0] ?? '';
    if (check.responseOf(operation, status) === undefined)
      return [`${status} is not among the answers of its operation`];
    const declared = Object.entries(check.responseOf(operation, status)?.headers ?? {});
    const missing = declared.filter(
      ([name, { required }]) => required === true && headers[name.toLowerCase()] === undefined,
    );
    const without = missing.map(([name]) => `the header ${name} is missing`);
    // An answer of some attributes only has not what its type demands.
    if (request.target.includes('fields')) return without;
    // What was captured is given back as it came, with texts that are no URIs or dates where the profile lets them pass.
    const wrong = check.response(operation, status, mediaType, body?.json);
    const others = wrong.filter((each) => !each.includes('must match format'));
    // Where that is so in one of several types, whoever chose the type says so as well.
    const isAboutFormats = others.every((each) => each.includes('must match "then" schema'));
    return [...without, ...(isAboutFormats && others.length < wrong.length ? [] : others)];
  }
}

function routeOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

/** Neither its method nor its path is another, and no other route can have taken it. */
function staysThere({ how, method, route }: HostileRequest): boolean {
  return route.startsWith(`${method} `) && !how.includes('the path is another');
}

/** Whose words a refusal has to be in. */
export function apiOf({ method, target }: Pick<HostileRequest, 'method' | 'target'>): ApiName | undefined {
  return contractOf(method, pathAndQuery(target).path)?.api;
}

/** Said to be not implemented: what is asked for in JSONPath. Nothing else is a mistake of ours. */
function wrongStatus(status: number, { target }: HostileRequest): string[] {
  if (status === 501 && target.includes('filter')) return [];
  return status >= 200 && status < 500 ? [] : [`the status is ${status}`];
}

/** A TMF Error, or what stands for one in the API that is asked: what, where, what was expected. */
export function wrongRefusal({ status, headers, body }: HttpResponse, api: ApiName = 'TMF641'): string[] {
  const wrong = checkOf(
    api,
    'own',
    'Error',
  )(body?.json).map((finding) => `it is no TMF Error: ${findingText(finding)}`);
  if (wrong.length > 0 || body === undefined) return [...wrong, ...(body === undefined ? ['it has no body'] : [])];
  if (body.text.length > longestRefusal) wrong.push(`it has ${body.text.length} characters`);
  // The native interface has errors of its own shape, which its schema has just said.
  if (!api.startsWith('TMF')) return wrong;
  const error = body.json as { status?: unknown; message?: unknown; details?: readonly { datapath?: unknown }[] }; // as just checked
  if (String(error.status) !== String(status)) wrong.push(`the status ${status} is told as ${error.status}`);
  if (typeof error.message !== 'string' || error.message === '') wrong.push('it says nothing');
  for (const { datapath } of error.details ?? []) {
    const isPointer = typeof datapath === 'string' && /^(?:\/(?:[^~/]|~[01])*)*$/s.test(datapath);
    if (!isPointer) wrong.push(`${String(datapath).slice(0, 100)} is no JSON pointer`);
  }
  if (!/^application\/json/.test(headers['content-type'] ?? '')) wrong.push(`it is ${headers['content-type']}`);
  return wrong;
}

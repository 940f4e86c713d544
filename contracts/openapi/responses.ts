/** What an operation answers: by status the body, its headers, and what the status means. */
import { overlays } from '../profile/contract.ts';
import type { ApiName, DeclaredBody } from '../schemas/documents.ts';
import type { JsonSchema } from '../schemas/validator.ts';
import type { HeaderObject, Reference, ResponseObject } from './model.ts';
import { schemaOf } from './schemas.ts';
import { followsTmf630, isList, type ServedOperation } from './served.ts';
import { headerWords } from './words/parameters.ts';
import { wordsOfStatus } from './words/statuses.ts';

export const jsonMediaType = 'application/json';

/** Refusals are the same wherever an API says no: they are components. */
export function responsesOf(served: ServedOperation): { readonly [status: string]: ResponseObject | Reference } {
  const statuses = statusesOf(served);
  return Object.fromEntries(
    statuses.map(({ status, body }) => [
      status,
      isRefusal(status)
        ? { $ref: `#/components/responses/${refusalOf(served.api.name, status)}` }
        : answer(served, status, body),
    ]),
  );
}

/** The components that those refer to. */
export function refusalsOf(served: ServedOperation): readonly (readonly [name: string, ResponseObject])[] {
  const { api } = served;
  return statusesOf(served)
    .filter(({ status }) => isRefusal(status))
    .map(({ status }) => [
      refusalOf(api.name, status),
      {
        description: wordsOfStatus(status),
        ...(status === '405' ? { headers: { Allow: headerWords.allow } } : {}),
        content: { [jsonMediaType]: { schema: schemaOf({ api: api.name, definition: 'Error' }) } },
      },
    ]);
}

/** The type of each answer. */
export function typesAnswered(served: ServedOperation): readonly string[] {
  const types = statusesOf(served).flatMap(({ body }) =>
    body === null || body.mediaType !== undefined ? [] : [body.type],
  );
  return [...types, 'Error'];
}

function refusalOf(api: ApiName, status: string): string {
  return `${api}_${status}`;
}

function isRefusal(status: string): boolean {
  return status === 'default' || status >= '400';
}

interface Answered {
  readonly status: string;
  readonly body: DeclaredBody | null;
}

/** As published, and what is answered besides: pages of lists, bodies of other media types, and all that nobody foresees. */
function statusesOf({ api, operations, side }: ServedOperation): readonly Answered[] {
  const [operation] = operations;
  const refused = { type: 'Error' };
  const whole = operation.responses[200];
  const more: { [status: string]: DeclaredBody | null } = {
    ...(isList(operation) && allowsPages(api.name) && whole !== undefined ? { 206: whole } : {}),
    ...(operation.request === undefined ? {} : { 415: refused }),
    default: refused,
  };
  return Object.entries({ ...more, ...operation.responses })
    .map(([status, body]) => ({ status, body: side === 'listener' && !isRefusal(status) ? null : body }))
    .toSorted((one, other) => (one.status < other.status ? -1 : 1));
}

function allowsPages(api: ApiName): boolean {
  return overlays[api].statuses.some(({ on, statuses }) => on === 'GET list' && statuses.includes(206));
}

function answer(served: ServedOperation, status: string, body: DeclaredBody | null): ResponseObject {
  const headers = headersOf(served, status);
  return {
    description: wordsOfStatus(status),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === null ? {} : { content: contentOf(served.api.name, body) }),
  };
}

function contentOf(
  api: ApiName,
  { type, list = false, mediaType }: DeclaredBody,
): NonNullable<ResponseObject['content']> {
  if (mediaType !== undefined) return { [mediaType]: { schema: { type: 'string' } } };
  const one = schemaOf({ api, definition: type });
  const schema: JsonSchema = list ? { type: 'array', items: one } : one;
  return { [jsonMediaType]: { schema } };
}

function headersOf(
  { api, operations, side }: ServedOperation,
  status: string,
): { readonly [name: string]: HeaderObject } {
  const [operation] = operations;
  const { location, totalCount, resultCount, contentRange, link, etag } = headerWords;
  if (operation.responses[304] !== undefined) return { ETag: etag };
  if (isList(operation)) {
    return followsTmf630(api)
      ? { 'X-Total-Count': totalCount, 'X-Result-Count': resultCount }
      : { 'X-Total-Count': totalCount, 'Content-Range': contentRange, Link: link };
  }
  const canBeAsked = api.operations.some(({ path }) => path === `${operation.path}/{id}`);
  return side === 'operation' && status === '201' && canBeAsked ? { Location: location } : {};
}

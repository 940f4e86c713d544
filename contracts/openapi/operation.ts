/** One operation of the document: what it takes, what it answers, and an example or two. */
import type { Operation, PublishedApi } from '../schemas/documents.ts';
import type { JsonSchema } from '../schemas/validator.ts';
import type { MediaType, OperationObject, RequestBodyObject } from './model.ts';
import { parametersOf } from './parameters.ts';
import { jsonMediaType, responsesOf, typesAnswered } from './responses.ts';
import { schemaOf, type TypeName } from './schemas.ts';
import type { ServedOperation } from './served.ts';
import { listenerWords, type OperationWords, wordsOfOperation } from './words/operations.ts';

/**
 * @param options.apis the names of every API that is served.
 * @param options.told by API, the kinds of event that its subscribers are told.
 */
export function operationObject(
  served: ServedOperation,
  options: { readonly apis: readonly string[]; readonly told: EventsTold },
): OperationObject {
  const { api, operationId } = served;
  const parameters = parametersOf(served, options.apis);
  const requestBody = requestBodyOf(served);
  const callbacks = callbacksOf(served, options.told);
  return {
    operationId,
    tags: [api.name],
    ...wordsOf(served),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: responsesOf(served),
    ...(Object.keys(callbacks).length === 0 ? {} : { callbacks }),
  };
}

/** By API, kinds of event such as `ProductOrderCreateEvent`. */
export type EventsTold = { readonly [api in PublishedApi['name']]?: readonly string[] };

/** Every type that the operation speaks of. */
export function typesOf(served: ServedOperation, told: EventsTold): readonly TypeName[] {
  const { api, operations } = served;
  const asked = operations.flatMap(({ request }) => (request === undefined ? [] : [request]));
  const events = subscribes(served) ? (told[api.name] ?? []) : [];
  return [...asked, ...typesAnswered(served), ...events].map((definition) => ({ api: api.name, definition }));
}

function wordsOf({ api, operations, side }: ServedOperation): OperationWords {
  const [operation, ...others] = operations;
  return side === 'listener' && others.length > 0 ? listenerWords : wordsOfOperation(api.name, operation.id);
}

function requestBodyOf({ api, operations }: ServedOperation): RequestBodyObject | undefined {
  const types = [...new Set(operations.flatMap(({ request }) => (request === undefined ? [] : [request])))];
  const [only, ...others] = types.map((definition) => schemaOf({ api: api.name, definition }));
  if (only === undefined) return undefined;
  // Not oneOf: events have nothing that must be there, so that one is often valid as another kind, too.
  const schema: JsonSchema = others.length === 0 ? only : { anyOf: [only, ...others] };
  const content: { [mediaType: string]: MediaType } = { [jsonMediaType]: { schema } };
  const [{ method }] = operations;
  if (method === 'PATCH' && api.name !== 'Southbound') content['application/merge-patch+json'] = { schema };
  if (method === 'PATCH' && ofOrders.has(api.name)) content['application/json-patch+json'] = { schema: jsonPatch };
  return { required: isBodyRequired(api, operations[0]), content };
}

const ofOrders: ReadonlySet<PublishedApi['name']> = new Set(['TMF622', 'TMF622v5', 'TMF641']);

/** RFC 6902. */
const jsonPatch: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['op', 'path'],
    properties: {
      op: { enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
      path: { type: 'string', description: 'A JSON pointer into the order.' },
      from: { type: 'string', description: 'Where to move or copy from: a JSON pointer into the order.' },
      value: {},
    },
  },
};

/** A command without any need to be told more may come without a body. */
function isBodyRequired({ name, document }: PublishedApi, { request = '' }: Operation): boolean {
  return name !== 'Southbound' || document.definitions[request]?.required !== undefined;
}

function subscribes({ operations }: ServedOperation): boolean {
  const [{ method, path }] = operations;
  return method === 'POST' && path === '/hub';
}

/** What a subscriber is asked in turn. */
function callbacksOf(served: ServedOperation, told: EventsTold): NonNullable<OperationObject['callbacks']> {
  const { api } = served;
  if (!subscribes(served)) return {};
  const listeners = api.listeners.filter(({ request = '' }) => told[api.name]?.includes(request));
  return Object.fromEntries(
    listeners.map(({ id, path, request = '' }) => {
      const post = {
        operationId: `${api.name}_${id}`,
        tags: [api.name],
        summary: `Told: ${request}`,
        requestBody: {
          required: true,
          content: { [jsonMediaType]: { schema: schemaOf({ api: api.name, definition: request }) } },
        },
        responses: { '2XX': { description: 'Taken.' } },
      };
      return [request, { [`{$request.body#/callback}${path}`]: { post } }];
    }),
  );
}

/** What an operation takes besides its body: names in its path, parameters of its query, headers. */
import type { Operation } from '../schemas/documents.ts';
import type { JsonSchema } from '../schemas/validator.ts';
import type { ParameterObject } from './model.ts';
import { followsTmf630, isList, type ServedOperation } from './served.ts';
import { etagParameter, filterParameter, pathWords, queryWords, rolesParameter } from './words/parameters.ts';

/** Names that are possible where one of the APIs is asked for. */
export function parametersOf(served: ServedOperation, apis: readonly string[]): readonly ParameterObject[] {
  const { api, route, operations } = served;
  const [operation] = operations;
  return [
    ...namesIn(route.path).map((name) => pathParameter(name, served, apis)),
    ...queryOf(served).map((name) => queryParameter(name, served)),
    ...(followsTmf630(api) && isList(operation) ? [filterParameter] : []),
    ...(api.name === 'Southbound' && operation.method !== 'GET' ? [rolesParameter] : []),
    ...(operation.responses[304] === undefined ? [] : [etagParameter]),
  ];
}

export function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function pathParameter(name: string, { operations }: ServedOperation, apis: readonly string[]): ParameterObject {
  const { description, schema = {} } = pathWords[name] ?? { description: `The ${name}.` };
  const values = name === 'event' ? operations.map(eventOf) : name === 'api' ? apis : undefined;
  const possible: JsonSchema = values === undefined ? {} : { enum: values };
  return { name, in: 'path', required: true, description, schema: { type: 'string', ...schema, ...possible } };
}

/** The last segment of the path of a listener names the event. */
function eventOf({ path }: Operation): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The published files leave sorting to TMF630. */
function queryOf({ api, operations }: ServedOperation): readonly string[] {
  const [operation] = operations;
  const published = operation.query ?? [];
  return followsTmf630(api) && isList(operation) ? [...published, 'sort'] : published;
}

function queryParameter(name: string, { api }: ServedOperation): ParameterObject {
  const { description, schema = {} } = queryWords[name] ?? { description: `The ${name}.` };
  const limits: JsonSchema = name === 'limit' ? limitsOfPage[followsTmf630(api) ? 'tmf' : 'native'] : {};
  return { name, in: 'query', description, schema: { type: 'string', ...schema, ...limits } };
}

/** Where nothing is said; and the most that the native interfaces show. */
const limitsOfPage = { tmf: { default: 100 }, native: { minimum: 1, maximum: 100, default: 20 } } as const;

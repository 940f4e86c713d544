/** The OpenAPI 3.1 document of an engine: exactly the routes that it has, as the APIs have published them. */
import type { ApiName } from '../schemas/documents.ts';
import { withExamples } from './examples/attached.ts';
import type { OpenApi, PathItem, ResponseObject, SecurityScheme, Tag } from './model.ts';
import { type EventsTold, operationObject, typesOf } from './operation.ts';
import { refusalsOf } from './responses.ts';
import { componentSchemas } from './schemas.ts';
import { type ServedOperation, type ServedRoute, servedOperations } from './served.ts';
import { apiWords, wholeWords } from './words/apis.ts';

export interface Served {
  readonly routes: readonly ServedRoute[];
  /** Where it is reached from outside, without a slash at the end. */
  readonly url: string;
  /** What subscribers are told. */
  readonly told: EventsTold;
}

const token: SecurityScheme = {
  type: 'http',
  scheme: 'bearer',
  description: 'Asked for where tokens are on; the roles that it stands for say what is allowed.',
};

/** Of all APIs that are served, or of one alone; without any operation when that is not served. */
export function openApiOf(served: Served, only?: string): OpenApi {
  const all = servedOperations(served.routes);
  const operations = only === undefined ? all : all.filter(({ api }) => api.name === only);
  const apis = namesIn(operations);
  const [first] = apis;
  const refusals = Object.fromEntries(operations.flatMap(refusalsOf));
  return {
    openapi: '3.1.0',
    info: only === undefined || first === undefined ? wholeWords : apiWords[first],
    servers: [{ url: served.url }],
    security: [{ token: [] }, {}],
    tags: apis.map(tagOf),
    paths: pathsOf(operations, refusals, { apis: namesIn(all), told: served.told }),
    components: {
      schemas: componentSchemas(operations.flatMap((operation) => typesOf(operation, served.told))),
      responses: refusals,
      securitySchemes: { token },
    },
  };
}

function namesIn(operations: readonly ServedOperation[]): readonly ApiName[] {
  return [...new Set(operations.map(({ api }) => api.name))];
}

function tagOf(api: ApiName): Tag {
  const { title, version, description } = apiWords[api];
  return { name: api, description: `${title} ${version}. ${description}` };
}

function pathsOf(
  operations: readonly ServedOperation[],
  refusals: { readonly [name: string]: ResponseObject },
  options: Parameters<typeof operationObject>[1],
): { readonly [path: string]: PathItem } {
  const byPath = Map.groupBy(operations, ({ route }) => route.path);
  return Object.fromEntries(
    [...byPath].map(([path, here]) => [
      path,
      Object.fromEntries(
        here.map((each) => [each.route.method.toLowerCase(), withExamples(operationObject(each, options), refusals)]),
      ),
    ]),
  );
}

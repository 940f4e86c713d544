/** TMF641 v4.1 as an OpenAPI (Swagger 2.0) document, put together from the published types and operations. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../contracts/schemas/', import.meta.url);

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly request?: string;
  readonly query?: readonly string[];
  readonly responses: { readonly [status: string]: { readonly type: string; readonly list?: boolean } | null };
}

export function openApiOfTmf641(): object {
  const { definitions } = read('tmf641-v4.1.json') as { definitions: object }; // a schema document of ours
  // Its table of operations, of the shape above.
  const { title, basePath, operations, listeners } = read('tmf641-v4.1.operations.json') as {
    title: string;
    basePath: string;
    operations: readonly Operation[];
    listeners: readonly Operation[];
  };
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const operation of [...operations, ...listeners]) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(operation) };
  }
  const json = ['application/json;charset=utf-8'];
  const info = { title, version: '4.1.0' };
  return { swagger: '2.0', info, basePath, consumes: json, produces: json, paths, definitions };
}

function operationObject({ id, path, request, query = [], responses }: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    type: 'string',
  }));
  const inQuery = query.map((name) => ({ name, in: 'query', type: name === 'fields' ? 'string' : 'integer' }));
  const inBody =
    request === undefined ? [] : [{ name: 'body', in: 'body', required: true, schema: typeObject(request) }];
  return {
    operationId: id,
    parameters: [...inPath, ...inQuery, ...inBody],
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, content]) => [
        status,
        content === null ? { description: status } : { description: status, schema: contentObject(content) },
      ]),
    ),
  };
}

function contentObject({ type, list }: { type: string; list?: boolean }): object {
  return list === true ? { type: 'array', items: typeObject(type) } : typeObject(type);
}

function typeObject(type: string): object {
  return { $ref: `#/definitions/${type}` };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

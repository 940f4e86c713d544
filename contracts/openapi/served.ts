/** Which published operations the routes of an engine are: a route that no API has published is a bug. */
import { type Operation, type PublishedApi, publishedApis } from '../schemas/documents.ts';

/** A route as it is served: its method, and its path with `{name}` for what varies. */
export interface ServedRoute {
  readonly method: string;
  readonly path: string;
}

/** A route, and what it serves. */
export interface ServedOperation {
  readonly api: PublishedApi;
  readonly route: ServedRoute;
  /** The id that nothing else in the document has. */
  readonly operationId: string;
  /** One; or every event that is taken at this address. */
  readonly operations: readonly [Operation, ...Operation[]];
  /** A listener hears what others tell; everything else is asked. */
  readonly side: 'operation' | 'listener';
}

/** In the order of the APIs and of their published operations, whatever the order of the routes. */
export function servedOperations(routes: readonly ServedRoute[]): readonly ServedOperation[] {
  const apis = Object.values(publishedApis);
  const placed = routes.map((route) => {
    const found = apis.flatMap((api) => placesIn(api, route))[0];
    if (found === undefined)
      throw new Error(`no API has published ${route.method} ${route.path}: put it into its operations`);
    return found;
  });
  return placed.toSorted((one, other) => rankOf(one) - rankOf(other)).map(({ served }) => served);
}

interface Place {
  readonly served: ServedOperation;
  /** Among the operations of its API. */
  readonly index: number;
}

function rankOf({ served, index }: Place): number {
  return Object.keys(publishedApis).indexOf(served.api.name) * 1_000 + index;
}

function placesIn(api: PublishedApi, route: ServedRoute): Place[] {
  const { name, basePath, operations, listeners } = api;
  const asked = operations.findIndex((operation) => isServedBy(route, operation, basePath));
  const operation = operations[asked];
  if (operation !== undefined) {
    const served = {
      api,
      route,
      operationId: `${name}_${operation.id}`,
      operations: [operation],
      side: 'operation',
    } as const;
    return [{ served, index: asked }];
  }
  const [first, ...others] = listeners.filter((listener) => hears(route, listener, basePath));
  if (first === undefined) return [];
  const operationId = others.length === 0 ? `${name}_${first.id}` : `${name}_${listenerNameOf(route)}`;
  const served = { api, route, operationId, operations: [first, ...others], side: 'listener' } as const;
  return [{ served, index: operations.length + (isForAnyEvent(route) ? 1 : 0) }];
}

function isServedBy({ method, path }: ServedRoute, operation: Operation, basePath: string): boolean {
  return method === operation.method && shapeOf(path) === shapeOf(`${basePath}${operation.path}`);
}

/** The names of what varies do not matter, nor does a slash at the end. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}').replace(/\/$/, '');
}

/**
 * A listener stands below the base path, or wherever its callback says. One route may take every event, named by the last
 * segment of its path, or by the event itself.
 */
function hears({ method, path }: ServedRoute, listener: Operation, basePath: string): boolean {
  if (method !== listener.method) return false;
  const full = `${basePath}${listener.path}`;
  const parent = full.slice(0, full.lastIndexOf('/'));
  return [listener.path, full, parent].includes(path) || (isForAnyEvent({ path }) && path === `${parent}/{event}`);
}

function isForAnyEvent({ path }: Pick<ServedRoute, 'path'>): boolean {
  return path.endsWith('/{event}');
}

function listenerNameOf(route: ServedRoute): string {
  return isForAnyEvent(route) ? 'hearEvent' : 'hearAnyEvent';
}

/** TMF630 has the same laws for the lists of every TMF API; the native interfaces have their own. */
export function followsTmf630({ name }: PublishedApi): boolean {
  return name.startsWith('TMF');
}

export function isList({ responses }: Operation): boolean {
  return responses[200]?.list === true;
}

/** Finds the route of a request, and says no where none would: unknown paths, wrong methods, bodies that are not JSON. */
import type { ReceivedRequest } from './message.ts';

export interface Route<Answer> {
  readonly method: string;
  /** With `{name}` for each segment that is handed on. */
  readonly path: string;
  readonly handle: (request: RoutedRequest) => Answer | Promise<Answer>;
}

export interface RoutedRequest extends ReceivedRequest {
  /** The values of the path's `{name}` segments. */
  readonly params: { readonly [name: string]: string };
}

/** Why no route was asked. */
export interface Unroutable {
  readonly status: 400 | 404 | 405 | 415;
  readonly message: string;
  /** With a 405: what is possible. */
  readonly allow?: string;
}

export type Routing<Answer> = (request: ReceivedRequest) => Answer | Promise<Answer>;

/**
 * Levels of a JSON body. Larger risks the stack of whoever walks it; smaller refuses items nested in items nested in
 * services that nest services, which published samples reach about twenty levels with.
 */
const deepestBody = 200;

/** @param refuse makes the answer to what cannot be routed, in the words of whoever is asked. */
export function routerOf<Answer>(
  routes: readonly Route<Answer>[],
  refuse: (why: Unroutable) => Answer,
): Routing<Answer> {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  const patterns = [...byPath.keys()]
    .filter((path) => path.includes('{'))
    .map((path) => [path, patternOf(path)] as const);
  return (request) => {
    const path = request.path.endsWith('/') ? request.path.slice(0, -1) : request.path;
    const { template, params } = byPath.has(path) ? { template: path, params: noParams } : placeOf(path, patterns);
    const here = byPath.get(template) ?? [];
    if (here.length === 0) return refuse({ status: 404, message: `Nothing is served at ${request.path}` });
    const route = here.find(({ method }) => method === request.method);
    if (route === undefined) {
      const allow = [...new Set(here.map(({ method }) => method))].join(', ');
      const message = `${request.method} is not possible at ${request.path}; possible: ${allow}`;
      return refuse({ status: 405, message, allow });
    }
    const unreadable = takesBody(request.method) ? bodyError(request) : undefined;
    if (unreadable !== undefined) return refuse(unreadable);
    return route.handle({ ...request, params });
  };
}

const noParams: { readonly [name: string]: string } = {};

/** The first path template with names in it that fits. */
function placeOf(
  path: string,
  patterns: readonly (readonly [string, RegExp])[],
): { readonly template: string; readonly params: { readonly [name: string]: string } } {
  for (const [template, pattern] of patterns) {
    const match = pattern.exec(path);
    if (match !== null) return { template, params: match.groups ?? noParams };
  }
  return { template: path, params: noParams };
}

function takesBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

/** An empty body is the route's own affair. */
function bodyError({ headers, body }: ReceivedRequest): Unroutable | undefined {
  if (body === undefined) return undefined;
  const mediaType = headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(mediaType)) {
    return { status: 415, message: `Send application/json; this is "${mediaType}"` };
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(mediaType)?.[1] ?? 'utf-8';
  if (!/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    return { status: 415, message: `JSON is sent in UTF-8; this is "${charset}"` };
  }
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding !== 'identity') return { status: 415, message: `Send the body as it is; this is coded with "${coding}"` };
  if (body.json === undefined) return { status: 400, message: 'The body is not JSON' };
  if (levelsOf(body.text) > deepestBody) {
    return { status: 400, message: `The body is nested more than ${deepestBody} levels deep` };
  }
  return undefined;
}

/** How deep the text is nested. It is known to be JSON; brackets outside strings are counted. */
function levelsOf(text: string): number {
  if (!hasMoreBracketsThan(deepestBody, text)) return 0;
  let level = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++level);
    else if (character === '}' || character === ']') level -= 1;
  }
  return deepest;
}

/** Most bodies have few brackets, and then nothing has to be counted one by one. */
function hasMoreBracketsThan(most: number, text: string): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
}

function patternOf(path: string): RegExp {
  const source = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}$`);
}

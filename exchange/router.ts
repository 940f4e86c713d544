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
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (request) => {
    const here = compiled.filter(({ pattern }) => pattern.test(request.path));
    if (here.length === 0) return refuse({ status: 404, message: `Nothing is served at ${request.path}` });
    const found = here.find(({ route }) => route.method === request.method);
    if (found === undefined) {
      const allow = [...new Set(here.map(({ route }) => route.method))].join(', ');
      const message = `${request.method} is not possible at ${request.path}; possible: ${allow}`;
      return refuse({ status: 405, message, allow });
    }
    const unreadable = takesBody(request.method) ? bodyError(request) : undefined;
    if (unreadable !== undefined) return refuse(unreadable);
    return found.route.handle({ ...request, params: found.pattern.exec(request.path)?.groups ?? {} });
  };
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
  if (body.json === undefined) return { status: 400, message: 'The body is not JSON' };
  if (levelsOf(body.text) > deepestBody) {
    return { status: 400, message: `The body is nested more than ${deepestBody} levels deep` };
  }
  return undefined;
}

/** Counts brackets outside strings; the text is known to be JSON. */
function levelsOf(text: string): number {
  if (text.length < 2 * deepestBody) return 0;
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

function patternOf(path: string): RegExp {
  const source = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/?$`);
}

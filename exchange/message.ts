/** One HTTP exchange as plain data: what every adapter takes and gives. */

/** Header names in lower case; a header that came more than once holds its values joined by ", ". */
export type Headers = Readonly<Record<string, string>>;

/** A body as it is on the wire, and what it says if it is JSON. */
export interface Body {
  readonly text: string;
  /** `undefined` when the text is not JSON. */
  readonly json: unknown;
}

export interface HttpRequest {
  readonly method: string;
  /** Absolute, with scheme and host. */
  readonly url: string;
  readonly headers: Headers;
  readonly body?: Body | undefined;
  /** Credentials that it carries, each as it stands in a header: what must not be written down of the exchange. */
  readonly secrets?: readonly string[];
}

/** A request as the other end sees it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Percent-decoded where it can be, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly headers: Headers;
  readonly body?: Body | undefined;
  /** Path and query as they came on the wire, for whoever passes the request on; adapters without a wire may leave it out. */
  readonly target?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: Body | undefined;
}

/** The media type of every TMF request and response. */
export const jsonMediaType = 'application/json;charset=utf-8';

/** A body holding a value, serialised once. */
export function jsonBody(value: unknown): Body {
  return { text: JSON.stringify(value), json: value };
}

/** A body as received. Text that is not JSON is kept as it came. */
export function receivedBody(text: string): Body | undefined {
  if (text === '') return undefined;
  try {
    return { text, json: JSON.parse(text) };
  } catch {
    return { text, json: undefined };
  }
}

/** A response with a JSON body and its media type. */
export function jsonResponse(status: number, value: unknown, headers: Headers = {}): HttpResponse {
  return { status, headers: { 'content-type': jsonMediaType, ...headers }, body: jsonBody(value) };
}

/** A response for people, or for whatever else does not read JSON. */
export function textResponse(status: number, mediaType: string, text: string, headers: Headers = {}): HttpResponse {
  return { status, headers: { 'content-type': mediaType, ...headers }, body: { text, json: undefined } };
}

/** Scheme and host of an absolute URL, such as `http://som.test`. */
export function originOf(url: string): string {
  const path = url.indexOf('/', url.indexOf('//') + 2);
  return path === -1 ? url : url.slice(0, path);
}

/** Splits an absolute URL, or a path with a query, into what an endpoint looks at. */
export function pathAndQuery(url: string): { path: string; query: Record<string, string[]> } {
  const whole = url.startsWith('/') || url.startsWith('?') ? url : url.slice(originOf(url).length);
  const mark = whole.indexOf('?');
  if (mark === -1) return { path: decoded(whole), query: {} };
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(whole.slice(mark + 1))) {
    const values = Object.hasOwn(query, name) ? query[name] : undefined;
    // Defined, not assigned: a parameter may be called __proto__.
    if (values === undefined) Object.defineProperty(query, name, { value: [value], enumerable: true });
    else values.push(value);
  }
  return { path: decoded(whole.slice(0, mark)), query };
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

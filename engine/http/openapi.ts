/** What is served here, told as an OpenAPI document, of all APIs or of one, and as a page for people. */
import { createHash } from 'node:crypto';
import { openApiOf } from '../../contracts/openapi/document.ts';
import { openApiPage } from '../../contracts/openapi/page/page.ts';
import { pageScript } from '../../contracts/openapi/page/script.ts';
import { pageStyle } from '../../contracts/openapi/page/style.ts';
import { errorAnswer } from '../../contracts/schemas/tmf-error.ts';
import { type HttpResponse, jsonMediaType, textResponse } from '../../exchange/message.ts';
import type { RoutedRequest } from '../../exchange/router.ts';
import { toldEvents } from '../wire/told-events.ts';
import { errorResponse, type Route } from './answers.ts';
import { operationsBase } from './operations.ts';

/** @param parts.routes all others of the engine: these here are told of as well. */
export function openApiRoutes(parts: { readonly routes: readonly Route[]; readonly publicUrl: string }): Route[] {
  const { publicUrl: url } = parts;
  const own: Route[] = [
    { method: 'GET', path: operationsBase, handle: (request) => unlessKnown(request, page()) },
    { method: 'GET', path: `${operationsBase}/openapi.json`, handle: (request) => unlessKnown(request, whole()) },
    { method: 'GET', path: `${operationsBase}/openapi/{api}.json`, handle: one },
  ];
  const served = { routes: [...parts.routes, ...own], url, told: toldEvents };
  const document = once(() => openApiOf(served));
  const whole = once(() => documentResponse(document()));
  const page = once(() => pageResponse(openApiPage(document())));
  const alone = new Map<string, HttpResponse>();
  return own;

  function one(request: RoutedRequest): HttpResponse {
    const { api = '' } = request.params;
    const apis = document().tags.map(({ name }) => name);
    if (!apis.includes(api)) {
      const message = `No API ${api} is served. Those that are: ${apis.join(', ')}`;
      return errorResponse(errorAnswer(404, '60', 'Resource not found', message));
    }
    const known = alone.get(api) ?? documentResponse(openApiOf(served, api));
    alone.set(api, known);
    return unlessKnown(request, known);
  }
}

/** Where the page is, with the slash that makes it a folder. */
export function pageOf(publicUrl: string): string {
  return `${publicUrl}${operationsBase}/`;
}

/** Routes do not change while an engine runs, so each text is made when it is first asked for, and kept. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function documentResponse(document: object): HttpResponse {
  const text = JSON.stringify(document);
  const { headers, status } = textResponse(200, jsonMediaType, text, { etag: etagOf(text) });
  return { status, headers, body: { text, json: document } };
}

/** Nothing but what the page brings may run in it, and it asks nobody but this server. */
const policy = [
  "default-src 'none'",
  `style-src '${hashOf(pageStyle)}'`,
  `script-src '${hashOf(pageScript)}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function pageResponse(text: string): HttpResponse {
  return textResponse(200, 'text/html; charset=utf-8', text, {
    etag: etagOf(text),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function etagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
}

/** RFC 9110, 13.1.2: whoever has the same text already is not sent it again. */
function unlessKnown({ headers }: RoutedRequest, response: HttpResponse): HttpResponse {
  const { etag = '' } = response.headers;
  const known = (headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*') ? { status: 304, headers: { etag } } : response;
}

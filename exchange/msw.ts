/** The adapter that mounts an endpoint as Mock Service Worker handlers, in anyone's tests. */
import { http, HttpResponse as MswResponse, type RequestHandler } from 'msw';
import type { Endpoint, Waiting } from './endpoint.ts';
import { type HttpResponse, pathAndQuery, type ReceivedRequest, receivedBody } from './message.ts';

/**
 * Handlers for everything below `baseUrl`. How long an answer takes is waited for on the kernel's clock (K6).
 * @param baseUrl absolute, such as `http://som.test`; requests to other places are left to other handlers.
 */
export function mswHandlers(clock: Waiting, baseUrl: string, endpoint: Endpoint): RequestHandler[] {
  return [
    http.all(`${baseUrl}/*`, async ({ request }) => {
      const sentAt = clock.now();
      const answer = await endpoint(await received(request));
      if (answer.kind === 'silence') {
        clock.park();
        return new Promise<never>(() => {});
      }
      await clock.rest(sentAt + answer.afterMs);
      if (answer.kind === 'reset') return broken(answer.begun);
      const { status, headers, body } = answer.response;
      return new MswResponse(body?.text ?? null, { status, headers });
    }),
  ];
}

async function received(request: Request): Promise<ReceivedRequest> {
  const { path, query } = pathAndQuery(request.url);
  const headers = Object.fromEntries(request.headers);
  return { method: request.method, path, query, headers, body: receivedBody(await request.text()) };
}

/** A network error; or a response whose body breaks off half way. */
function broken(begun: HttpResponse | undefined): Response {
  if (begun?.body === undefined) return MswResponse.error();
  const { status, headers, body } = begun;
  const half = new TextEncoder().encode(body.text.slice(0, body.text.length / 2));
  const breaking = new ReadableStream({
    start: (stream) => stream.enqueue(half),
    pull: (stream) => stream.error(new TypeError('the connection was reset')),
  });
  return new MswResponse(breaking, { status, headers });
}

/** The adapter that serves an endpoint on a port. */
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Kernel } from '../kernel/kernel.ts';
import type { Endpoint } from './endpoint.ts';
import { type Body, type HttpResponse, pathAndQuery, type ReceivedRequest, receivedBody } from './message.ts';
import type { Certificate } from './untrusted.ts';

export interface Served {
  /** Where it can be reached, such as `http://127.0.0.1:8641`. */
  readonly url: string;
  /** Closes the listener and every connection. */
  close(): Promise<void>;
}

/**
 * The largest body taken, in bytes. An order of 5,000 items is about 5 MB; larger only lets a mistake or an attacker
 * hold more memory for each connection.
 */
const largestBody = 16 * 1024 * 1024;

/**
 * @param options.port 0 takes a free one.
 * @param options.refuse the response to a request that cannot be handed to the endpoint: too large, or not HTTP.
 * @throws an error with code `EADDRINUSE` when the port is taken.
 */
export async function serveEndpoint(options: {
  kernel: Kernel;
  endpoint: Endpoint;
  host: string;
  port: number;
  refuse: (status: number, message: string) => HttpResponse;
  /** Serves https with it; http without. */
  certificate?: Certificate;
}): Promise<Served> {
  const { kernel, endpoint, refuse } = options;
  const server = fastify({
    ...(options.certificate === undefined ? {} : { https: options.certificate }),
    bodyLimit: largestBody,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => {
      void write(reply, refuse(error.statusCode ?? 400, error.message));
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    return write(reply, refuse(status, error instanceof Error ? error.message : String(error)));
  });
  server.all('/*', async (request, reply) => {
    const sentAt = kernel.now();
    const answer = await endpoint(received(request));
    if (answer.kind === 'silence') {
      kernel.park();
      return new Promise<never>(() => {});
    }
    await kernel.rest(sentAt + answer.afterMs);
    if (answer.kind === 'reset') {
      reply.hijack();
      await writeHalf(reply, answer.begun);
      request.raw.socket.destroy();
      return reply;
    }
    return write(reply, answer.response);
  });
  const url = await server.listen({ host: options.host, port: options.port });
  return { url, close: () => server.close() };
}

function received(request: FastifyRequest): ReceivedRequest {
  const { path, query } = pathAndQuery(request.url);
  const { method, url: target } = request;
  return { method, path, query, headers: joined(request.headers), body: bodyOf(request.body), target };
}

/** The parser above gives text; a request without a body gives nothing. */
function bodyOf(raw: unknown): Body | undefined {
  return typeof raw === 'string' ? receivedBody(raw) : undefined;
}

function joined(headers: FastifyRequest['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}

function write(reply: FastifyReply, response: HttpResponse): FastifyReply {
  return reply
    .code(response.status)
    .headers({ ...response.headers })
    .send(response.body?.text);
}

/** The head promises a whole body, and half of it comes. */
function writeHalf({ raw }: FastifyReply, response: HttpResponse | undefined): Promise<void> {
  if (response?.body === undefined) return Promise.resolve();
  const { status, headers, body } = response;
  raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body.text) });
  return new Promise((resolve) => raw.write(body.text.slice(0, body.text.length / 2), () => resolve()));
}

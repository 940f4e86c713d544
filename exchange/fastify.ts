/** The adapter that serves an endpoint on a port. */
import { isUtf8 } from 'node:buffer';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
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
 * How long a request may take to come in. Shorter would refuse a large order over a slow line; longer would let whoever never
 * comes to an end hold on to connections.
 */
const slowestRequestMs = 120_000;

export interface Serving {
  kernel: Kernel;
  endpoint: Endpoint;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The response to a request that cannot be handed to the endpoint: too large, or not HTTP. */
  refuse: (status: number, message: string) => HttpResponse;
  /** Serves https with it; http without. */
  certificate?: Certificate;
}

/** @throws an error with code `EADDRINUSE` when the port is taken. */
export async function serveEndpoint(options: Serving): Promise<Served> {
  const { kernel, endpoint } = options;
  const server = serverOf(options);
  const answerTo = async (request: FastifyRequest, reply: FastifyReply) => {
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
  };
  server.all('/*', answerTo);
  // Methods that no route of fastify is for: the endpoint knows what it is asked for, and what to say to the rest.
  server.setNotFoundHandler(answerTo);
  const url = await server.listen({ host: options.host, port: options.port });
  return { url, close: () => server.close() };
}

/** Everything but what is asked of the endpoint: how requests are read, and what becomes of those that cannot be. */
function serverOf({ refuse, certificate }: Pick<Serving, 'refuse' | 'certificate'>) {
  const openOn = new WeakMap<Socket, { readonly raw: IncomingMessage; readonly answer: ServerResponse }>();
  const server = fastify({
    // Node would refuse a request without a host by itself, and say nothing.
    ...(certificate === undefined
      ? { http: { requireHostHeader: false } }
      : { https: { ...certificate, requireHostHeader: false } }),
    bodyLimit: largestBody,
    requestTimeout: slowestRequestMs,
    forceCloseConnections: true,
    clientErrorHandler: (error, socket) => {
      const open = openOn.get(socket);
      // Rubbish behind a whole request must not come before the answer to that request.
      if (open?.raw.complete && !open.answer.writableFinished) open.answer.once('finish', () => socket.destroy());
      else refuseUnreadable(error, socket, refuse);
    },
    frameworkErrors: (error, _request, reply) => {
      void write(reply, refuse(error.statusCode ?? 400, error.message));
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    // RFC 8259, 8.1. Reading it all the same would keep other texts than those that were sent.
    if (Buffer.isBuffer(bytes) && !isUtf8(bytes)) done(new Unreadable('The body is not UTF-8'));
    else done(null, bytes.toString());
  });
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    return write(reply, refuse(status, error instanceof Error ? error.message : String(error)));
  });
  server.addHook('onRequest', async ({ raw }, reply) => {
    openOn.set(raw.socket, { raw, answer: reply.raw });
    // RFC 9112, 3.2.
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined)
      return write(reply, refuse(400, 'Name the host that is asked, in a header Host'));
  });
  server.server.on('checkExpectation', (request, answer) => {
    const { status, headers, body } = refuse(
      417,
      `Nothing but 100-continue can be expected, not ${request.headers.expect}`,
    );
    const text = body?.text ?? '';
    const length = Buffer.byteLength(text);
    answer.writeHead(status, { ...headers, 'content-length': length, connection: 'close' }).end(text);
  });
  return server;
}

class Unreadable extends Error {
  readonly statusCode = 400;
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

/** What comes over a connection is no HTTP, too much of it, or comes too slowly: the sender is told, and the connection ends. */
function refuseUnreadable(
  { code }: NodeJS.ErrnoException,
  socket: Socket,
  refuse: (status: number, message: string) => HttpResponse,
): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = unreadable[code ?? ''] ?? [400, 'This is not HTTP as it can be read here'];
  const { headers, body } = refuse(status, message);
  const text = body?.text ?? '';
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(text), connection: 'close' });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${text}`);
  socket.destroySoon();
}

const unreadable: { readonly [code: string]: readonly [status: number, message: string] } = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, `A request comes in within ${slowestRequestMs / 1000} seconds; this one did not`],
  HPE_HEADER_OVERFLOW: [431, 'The headers are larger than they may be'],
};

/** The head promises a whole body, and half of it comes. */
function writeHalf({ raw }: FastifyReply, response: HttpResponse | undefined): Promise<void> {
  if (response?.body === undefined) return Promise.resolve();
  const { status, headers, body } = response;
  raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body.text) });
  return new Promise((resolve) => raw.write(body.text.slice(0, body.text.length / 2), () => resolve()));
}

/** Hostile bytes over sockets to an engine on a port, and what comes back. */
import { connect } from 'node:net';
import type { ApiName } from '../../../contracts/schemas/documents.ts';
import { errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import { nativeQualificationBase, serviceOrderingBase } from '../../../engine/index.ts';
import { serveEndpoint } from '../../../exchange/fastify.ts';
import { type HttpResponse, jsonResponse, pathAndQuery, receivedBody } from '../../../exchange/message.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { apiOf, wrongRefusal } from './judge.ts';
import { hostileRequest } from './request.ts';
import { oversized, type WireRequest, wireRequest } from './wire.ts';
import { openHostileWorld } from './world.ts';

/** What came back: an answer as far as it came, the end of the connection, or nothing at all. */
export type Heard =
  | { readonly kind: 'answered'; readonly status: number; readonly response: HttpResponse }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' };

export interface SocketRun {
  readonly asked: number;
  readonly byStatus: ReadonlyMap<number | string, number>;
  readonly complaints: readonly string[];
}

const large = `${serviceOrderingBase}/serviceOrder`;

/** Long enough for the slowest machine; whoever is not answered by then is not answered. */
const longestWaitMs = 20_000;
const atOnce = 32;

/** @param count of the requests with the numbers from 0 on; each is the same as in process, and half of them have worse bytes. */
export async function runOverSockets({
  seed,
  count,
}: {
  readonly seed: string;
  readonly count: number;
}): Promise<SocketRun> {
  const world = await openHostileWorld(false);
  const kernel = new SystemKernel({
    seed,
    onFault: (fault) => {
      throw fault;
    },
  });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const served = await serveEndpoint({ kernel, endpoint: world.endpoint, host: '127.0.0.1', port: 0, refuse });
  const port = Number(new URL(served.url).port);
  const byStatus = new Map<number | string, number>();
  const complaints: string[] = [];
  const before = world.orders();
  let captured = 0;

  const say = async (wire: WireRequest, which: string, target: string, api?: ApiName) => {
    const heard = await spoken(port, wire.bytes, !wire.isHttp);
    const status = heard.kind === 'answered' ? heard.status : heard.kind;
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (heard.kind === 'answered' && isCapture(heard, target)) captured += 1;
    for (const wrong of wrongWith(wire, heard, api))
      complaints.push(`${which} over a socket (${wire.how.join(', ')}): ${wrong}`);
  };
  let next = 0;
  const speaker = async () => {
    while (next < count) {
      const request = hostileRequest(world.samples, seed, next);
      next += 1;
      await say(
        wireRequest(request, seed),
        `request ${request.index} of seed ${seed} (${request.route})`,
        request.target,
        apiOf(request),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, speaker));
  await say(oversized(large), 'a large request', large);
  const stored = world.orders() - before;
  if (stored !== captured) complaints.push(`${captured} orders were answered 201, and ${stored} are stored`);
  const alive = await fetch(`${served.url}/southbound/v1/policies`);
  if (alive.status !== 200) complaints.push(`at last the engine answers ${alive.status} to a good request`);
  kernel.close();
  await served.close();
  return { asked: count + 1, byStatus, complaints };
}

/** Orders have a place of their own; those that the native interface makes of questions have none. */
function isCapture({ status, response: { headers } }: Extract<Heard, { kind: 'answered' }>, target: string): boolean {
  const isOrder = /\/(?:productOrder|serviceOrder|resourceOrder)\/[0-9a-f]{32}$/.test(headers.location ?? '');
  const isNative =
    pathAndQuery(target).path.replace(/\/$/, '') === `${nativeQualificationBase}/checkServiceQualification`;
  return status === 201 && (isOrder || isNative);
}

function wrongWith({ isHttp, method }: WireRequest, heard: Heard, api: ApiName | undefined): string[] {
  if (heard.kind === 'silent') return ['nothing came back, and the connection was left open'];
  if (heard.kind === 'closed') return isHttp ? ['the connection was closed without an answer'] : [];
  const { status, response } = heard;
  if ((status >= 500 && status !== 501) || status < 200) return [`the status is ${status}: ${response.body?.text}`];
  // An answer to HEAD has no body to look at.
  return status >= 400 && method !== 'HEAD' ? wrongRefusal(response, api) : [];
}

/** Says it, and hears what comes until the connection is closed; whoever leaves says as well that this was all. */
export function spoken(port: number, bytes: Buffer, leaves: boolean): Promise<Heard> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, timeout: longestWaitMs });
    const done = (kind: 'closed' | 'silent') => {
      socket.destroy();
      resolve(answerIn(Buffer.concat(heard)) ?? { kind });
    };
    socket.on('timeout', () => done('silent'));
    socket.on('data', (part: Buffer) => heard.push(part));
    socket.on('end', () => done('closed'));
    socket.on('error', () => done('closed'));
    if (leaves) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** The first answer; those that only say that there will be one are passed over. */
export function answerIn(bytes: Buffer): Extract<Heard, { kind: 'answered' }> | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  const rest = bytes.subarray(end + 4);
  if (status < 200 && rest.length > 0) return answerIn(rest);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = receivedBody(rest.subarray(0, length).toString());
  return { kind: 'answered', status, response: { status, headers, body } };
}

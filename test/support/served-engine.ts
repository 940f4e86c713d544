/** An order management on a port, in real time, with a SOM and a CRM listener beside it: what a user of `serve` has. */
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { type Engine, type EngineOptions, openEngine, type Policies } from '../../engine/index.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { broadband } from './orders.ts';

export interface ServedEngine {
  readonly engine: Engine;
  readonly url: string;
  readonly crmUrl: string;
  /** The next request that reaches the SOM, or the CRM, from now on; those that came earlier are kept in order. */
  nextAtSom(): Promise<ReceivedRequest>;
  nextAtCrm(): Promise<ReceivedRequest>;
  request(method: string, path: string, body?: unknown): Promise<Reply>;
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

/** Hands on requests in the order of their arrival, whether they are waited for or not. */
class Inbox {
  readonly #arrived: ReceivedRequest[] = [];
  readonly #waiting: ((request: ReceivedRequest) => void)[] = [];

  add(request: ReceivedRequest): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#arrived.push(request);
    else waiter(request);
  }

  next(): Promise<ReceivedRequest> {
    const arrived = this.#arrived.shift();
    if (arrived !== undefined) return Promise.resolve(arrived);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

export async function serveEngine(
  policies: Policies,
  options: Pick<EngineOptions, 'nobodyMay'> & Partial<Pick<EngineOptions, 'catalogue'>> = {},
): Promise<ServedEngine> {
  const kernel = new SystemKernel({
    seed: 'test',
    onFault: (fault) => {
      throw fault;
    },
  });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const serve = (endpoint: Endpoint) => serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  const [atSom, atCrm] = [new Inbox(), new Inbox()];
  const som = await serve((request) => {
    atSom.add(request);
    const order = { id: 'som-1', state: 'acknowledged', serviceOrderItem: [] };
    return { kind: 'reply', response: jsonResponse(201, order), afterMs: 0 };
  });
  const crm = await serve((request) => {
    atCrm.add(request);
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  });
  const mounted: { endpoint?: Endpoint } = {};
  const om = await serve((request) => mounted.endpoint?.(request) ?? { kind: 'silence' });
  const engine = await openEngine({
    kernel,
    client: fetchClient(kernel),
    catalogue: broadband,
    policies,
    targets: [{ name: 'som', baseUrl: `${som.url}/tmf-api/serviceOrdering/v4`, reporting: 'callback' }],
    publicUrl: om.url,
    ...options,
  });
  mounted.endpoint = engine.endpoint;
  return {
    engine,
    url: om.url,
    crmUrl: crm.url,
    nextAtSom: () => atSom.next(),
    nextAtCrm: () => atCrm.next(),
    request: async (method, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${om.url}${path}`, {
        method,
        headers,
        ...(text === undefined ? {} : { body: text }),
      });
      const answer = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: answer === '' ? undefined : JSON.parse(answer),
      };
    },
    close: async () => {
      kernel.close();
      await Promise.all([om.close(), som.close(), crm.close()]);
    },
  };
}

/** An order management on a port in real time, beside a SOM that takes every order at once; and a client of many connections. */
import { Agent, request } from 'node:http';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import {
  type Engine,
  memoryStore,
  type OrderStore,
  openEngine,
  readCatalogue,
  readPolicies,
  type TakenStep,
} from '../../engine/index.ts';
import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';

export interface CallbackServer {
  readonly engine: Engine;
  post(path: string, body: object): Promise<{ status: number; text: string }>;
  /** Lets go of everything that is stored, and of nothing else. */
  forget(): void;
  close(): Promise<void>;
}

/** One service facing the customer, and the line below it. */
const catalogue = {
  catalogue: 'Access',
  services: [
    { id: 'access', name: 'Access', type: 'CFS', relationships: [{ type: 'Requires', target: 'line' }] },
    { id: 'line', name: 'Line', type: 'RFS' },
  ],
};

const policies = {
  policies: 'As a hierarchy',
  outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, hierarchical: true, targetSystem: 'som' } }] },
};

/** Takes every order; nothing of it is kept. */
const som: Client = {
  send: async ({ body }) => {
    const order = body?.json as { externalId: string; serviceOrderItem: object[] }; // what the engine sends
    const items = order.serviceOrderItem.map((item) => ({ ...item, state: 'acknowledged' }));
    const { externalId } = order;
    const taken = { id: `som-${externalId}`, href: `http://som.test/${externalId}`, state: 'acknowledged' };
    const answer = { ...taken, externalId, orderDate: '2026-01-05T08:00:00.000Z', serviceOrderItem: items };
    return { kind: 'answered', response: jsonResponse(201, answer) };
  },
};

/** @param connections how many requests of `post` are under way at once, at most. */
export async function serveForCallbacks(options: {
  connections: number;
  onStep: (step: TakenStep) => void;
}): Promise<CallbackServer> {
  const { connections, onStep } = options;
  const onFault = (fault: Error) => {
    throw fault;
  };
  const kernel = new SystemKernel({ seed: 'volume', onFault });
  const mounted: { endpoint?: Endpoint } = {};
  const served = await serveEndpoint({
    kernel,
    endpoint: (received) => mounted.endpoint?.(received) ?? { kind: 'silence' },
    host: '127.0.0.1',
    port: 0,
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  });
  let kept = memoryStore();
  const engine = await openEngine({
    kernel,
    store: storeBehind(() => kept),
    client: som,
    catalogue: contentOf(readCatalogue(catalogue)),
    policies: contentOf(readPolicies(policies)),
    targets: [{ name: 'som', baseUrl: 'http://som.test/tmf-api/serviceOrdering/v4', reporting: 'callback' }],
    publicUrl: served.url,
    onStep,
  });
  mounted.endpoint = engine.endpoint;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    engine,
    forget: () => {
      kept = memoryStore();
    },
    post: (path, body) => posted(`${served.url}${path}`, JSON.stringify(body), agent),
    close: async () => {
      kernel.close();
      agent.destroy();
      await served.close();
    },
  };
}

function storeBehind(store: () => OrderStore): OrderStore {
  return {
    get inventory() {
      return store().inventory;
    },
    get events() {
      return store().events;
    },
    load: (orderId) => store().load(orderId),
    read: (orderId) => store().read(orderId),
    commit: (commit) => store().commit(commit),
    orderIdOf: (key) => store().orderIdOf(key),
    list: (query) => store().list(query),
    listParts: (query) => store().listParts(query),
    journal: (orderId) => store().journal(orderId),
    remove: (orderId) => store().remove(orderId),
    pendingEffects: () => store().pendingEffects(),
    completeEffect: (effectId) => store().completeEffect(effectId),
    keepEdition: (version, content) => store().keepEdition(version, content),
    edition: (version) => store().edition(version),
  };
}

function contentOf<Content>(
  read: { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly findings: unknown },
): Content {
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.content;
}

function posted(url: string, body: string, agent: Agent): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

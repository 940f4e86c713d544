/** An engine in virtual time, an inventory system that finds what a test says, and a listener: what asking needs. */
import { checkRequest, checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import type {
  CheckServiceQualification_Create,
  CheckServiceQualificationItem,
} from '../../contracts/schemas/tmf645-v4.0.generated.ts';
import { type Engine, openEngine, type Policies, readTargets } from '../../engine/index.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { type HttpResponse, jsonBody, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { catalogueOf, policiesOf } from './orders.ts';

/** Two services of a category, one of which rests on another; and one of another category. */
export const services = catalogueOf({
  catalogue: 'services',
  services: [
    {
      id: 'internet',
      type: 'CFS',
      category: 'access',
      characteristics: [{ name: 'speed' }],
      relationships: [{ type: 'Requires', target: 'line' }],
    },
    { id: 'line', type: 'RFS', category: 'access' },
    { id: 'radio-internet', type: 'CFS', category: 'access' },
    { id: 'voice', type: 'CFS', category: 'telephony' },
  ],
});

/** Who is asked follows from the targets; all else is as shipped. */
export const askingPolicies = policiesOf({
  policies: 'asking',
  outbound: { rows: [], default: { outboundEnabled: false } },
  qualification: { start: 'automatic' },
});

export const inventoryUrl = 'http://inventory.test/tmf-api/serviceQualificationManagement/v4';
export const asked = { url: inventoryUrl, dialect: 'tmf645-v4.0', reporting: 'callback', qualifies: {} };

export interface Reply {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

export type Inventory = (request: ReceivedRequest, count: number) => HttpResponse | Answer;

export interface AskingEngine {
  readonly kernel: TimedKernel;
  readonly engine: Engine;
  /** What reached the inventory system, but for subscriptions. */
  readonly atInventory: ReceivedRequest[];
  readonly subscriptions: ReceivedRequest[];
  readonly atListener: ReceivedRequest[];
  /** Waits for what happens within so many milliseconds; the reply must be there by then. */
  send(method: string, path: string, body?: unknown, options?: SendOptions): Promise<Reply>;
  /** Lets time go on. */
  later(ms: number): Promise<void>;
}

interface SendOptions {
  readonly headers?: { readonly [name: string]: string };
  readonly withinMs?: number;
}

export async function openAskingEngine(
  options: { policies?: Policies; targets?: object; inventory?: Inventory } = {},
): Promise<AskingEngine> {
  const { policies = askingPolicies, targets = { inventory: asked }, inventory = answering(() => ({})) } = options;
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const read = readTargets(targets, { TOKEN: 'hunter2' });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const publicUrl = 'http://om.test';
  const engine = await openEngine({ kernel, client, catalogue: services, policies, targets: read.content, publicUrl });
  const atInventory: ReceivedRequest[] = [];
  const subscriptions: ReceivedRequest[] = [];
  const atListener: ReceivedRequest[] = [];
  network.set(publicUrl, engine.endpoint);
  network.set('http://inventory.test', (request) => {
    if (request.path.endsWith('/hub')) {
      subscriptions.push(request);
      return reply(jsonResponse(201, { id: 'sub-1', callback: 'x' }));
    }
    atInventory.push(request);
    const answer = inventory(request, atInventory.length);
    return 'kind' in answer ? answer : reply(answer);
  });
  network.set('http://listener.test', (request) => {
    atListener.push(request);
    return reply({ status: 201, headers: {} });
  });
  await engine.start();
  await kernel.run(kernel.now());
  return {
    kernel,
    engine,
    atInventory,
    subscriptions,
    atListener,
    later: (ms) => kernel.run(kernel.now() + ms),
    send: async (method, path, body, { headers = {}, withinMs = 0 } = {}) => {
      let answer: HttpResponse | undefined;
      kernel.call('test', async () => {
        const type = body === undefined ? {} : { 'content-type': 'application/json' };
        const request = { method, url: `${publicUrl}${path}`, headers: { ...type, ...headers } };
        const whole = body === undefined ? request : { ...request, body: jsonBody(body) };
        const outcome = await client.send(whole, { timeoutMs: 60_000 });
        if (outcome.kind === 'answered') answer = outcome.response;
      });
      await kernel.run(kernel.now() + withinMs);
      if (answer === undefined) throw new Error(`no answer to ${method} ${path} within ${withinMs} ms`);
      return { status: answer.status, headers: answer.headers, body: answer.body?.json };
    },
  };
}

function reply(response: HttpResponse): Answer {
  return { kind: 'reply', response, afterMs: 0 };
}

/** What is found for an item; qualified, when nothing is said. */
export type Finds = (specification: string, item: CheckServiceQualificationItem) => object;

/** An inventory system that answers at once. */
export function answering(finds: Finds): Inventory {
  return (request, count) => {
    if (request.method !== 'POST') return { status: 204, headers: {} };
    return jsonResponse(201, checkOf(request, `check-${count}`, finds));
  };
}

/** One that promises an answer. */
export const promising: Inventory = (request, count) => {
  if (request.method === 'DELETE') return { status: 204, headers: {} };
  const { externalId } = questionIn(request);
  return jsonResponse(201, { id: `check-${count}`, externalId, state: 'inProgress' });
};

/** The answer to a question, as the resource that it is. */
export function checkOf(request: ReceivedRequest, id: string, finds: Finds): object {
  const question = questionIn(request);
  return {
    ...question,
    id,
    href: `${inventoryUrl}/checkServiceQualification/${id}`,
    state: 'done',
    serviceQualificationItem: question.serviceQualificationItem.map((item) => ({
      ...item,
      state: 'done',
      qualificationResult: 'qualified',
      ...finds(specificationIn(item), item),
    })),
  };
}

export function questionIn({ body }: ReceivedRequest): CheckServiceQualification_Create {
  return body?.json as CheckServiceQualification_Create; // what the engine sent, which it has checked
}

export function specificationIn({ service }: CheckServiceQualificationItem): string {
  return service?.serviceSpecification?.id ?? '';
}

/** By specification, the ids under which the service orders of a question were sent. */
export function idsIn(request: ReceivedRequest): { readonly [specification: string]: string } {
  const items = questionIn(request).serviceQualificationItem;
  return Object.fromEntries(items.map((item) => [specificationIn(item), item.id ?? '']));
}

/** What is wrong with a request and the reply to it, by their contract and all that is demanded beyond it. */
export function brokenIn(request: ReceivedRequest): readonly unknown[] {
  const contract = contractOf(request.method, request.path);
  if (contract === undefined) return [`${request.method} ${request.path} has no contract`];
  return checkRequest(contract, contract.side === 'listener' ? 'conformance' : 'own', request.body?.json);
}

export function brokenReply(method: string, path: string, { status, body }: Reply): readonly unknown[] {
  const contract = contractOf(method, path);
  if (contract === undefined) return [`${method} ${path} has no contract`];
  return checkResponse(contract, 'conformance', { status, body });
}

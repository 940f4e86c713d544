/** An engine in virtual time whose orders need nobody else, and listeners that answer what a test says. */
import { checkRequest, checkResponse, contractOf } from '../../contracts/profile/contract.ts';
import { type Engine, type EngineOptions, memoryStore, openEngine } from '../../engine/index.ts';
import { directClient } from '../../exchange/direct.ts';
import { type Answer, type Endpoint, replyAtOnce } from '../../exchange/endpoint.ts';
import { type HttpResponse, jsonBody, type ReceivedRequest } from '../../exchange/message.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { broadband, oneByOne } from './orders.ts';

export const hub = '/tmf-api/productOrderingManagement/v4/hub';
export const serviceHub = '/tmf-api/serviceOrdering/v4/hub';
const orders = '/tmf-api/productOrderingManagement/v4/productOrder';

export interface Reply {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

/** What a listener answers to its requests, one after another; 201 to all after them. */
export type Listener = (Answer | number)[];

export interface ListenerOptions {
  /** It has asked for some attributes of events only: an event lacks what a whole one must have. */
  readonly takesParts?: boolean;
}

export interface ToldEngine {
  readonly kernel: TimedKernel;
  readonly engine: Engine;
  /**
   * Whoever has the host of that name: what it is asked, with the second since the start; and what it will answer. What it is
   * asked is held against its contract.
   */
  listener(
    name: string,
    answers?: Listener,
    options?: ListenerOptions,
  ): { readonly url: string; readonly heard: Heard[] };
  /** The answer must be there at once. Both messages are held against their contract. */
  send(method: string, path: string, body?: unknown, headers?: HttpResponse['headers']): Promise<Reply>;
  /** Subscribes; gives the id. */
  subscribe(callback: string, options?: { query?: string; at?: string }): Promise<string>;
  /** Captures an order, which is told of once: that it is created. Gives its id. */
  order(): Promise<string>;
  later(ms: number): Promise<void>;
  restart(): Promise<void>;
}

export interface Heard {
  readonly second: number;
  readonly request: ReceivedRequest;
  // biome-ignore lint/suspicious/noExplicitAny: events are looked into by tests that know their shape
  readonly event: any;
}

export async function openToldEngine(
  options: Partial<Pick<EngineOptions, 'nobodyMay' | 'policies'>> = {},
): Promise<ToldEngine> {
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const store = memoryStore();
  const publicUrl = 'http://om.test';
  const start = kernel.now();
  const open = async (): Promise<Engine> => {
    const parts = { catalogue: broadband, policies: oneByOne, targets: [], publicUrl };
    const engine = await openEngine({ kernel, client, store, ...parts, ...options });
    network.set(publicUrl, engine.endpoint);
    await engine.start();
    return engine;
  };
  let engine = await open();

  async function send(method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
    let answer: HttpResponse | undefined;
    kernel.call('test', async () => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const request = { method, url: `${publicUrl}${path}`, headers: { ...type, ...headers } };
      const whole = body === undefined ? request : { ...request, body: jsonBody(body) };
      const outcome = await client.send(whole, { timeoutMs: 60_000 });
      if (outcome.kind === 'answered') answer = outcome.response;
    });
    await kernel.run(kernel.now());
    if (answer === undefined) throw new Error(`no answer to ${method} ${path}`);
    const reply = { status: answer.status, headers: answer.headers, body: answer.body?.json };
    const contract = contractOf(method, path.split('?')[0] ?? '');
    const broken = contract === undefined ? ['no contract'] : checkResponse(contract, 'conformance', reply);
    // A projection leaves out what it likes.
    if (broken.length > 0 && !path.includes('fields='))
      throw new Error(`the answer to ${method} ${path} is wrong: ${JSON.stringify(broken)}`);
    return reply;
  }

  return {
    kernel,
    get engine() {
      return engine;
    },
    listener: (name, answers = [], { takesParts = false } = {}) => {
      const heard: Heard[] = [];
      network.set(`http://${name}.test`, (request) => {
        const contract = contractOf(request.method, request.path);
        const broken = contract && checkRequest(contract, 'conformance', request.body?.json);
        if (broken === undefined || (broken.length > 0 && !takesParts))
          throw new Error(`${request.path} is wrong: ${JSON.stringify(broken)}`);
        heard.push({ second: Math.floor((kernel.now() - start) / 1000), request, event: request.body?.json });
        const answer = answers.shift() ?? 201;
        return typeof answer === 'number' ? replyAtOnce({ status: answer, headers: {} }) : answer;
      });
      return { url: `http://${name}.test`, heard };
    },
    send,
    subscribe: async (callback, { query, at = hub } = {}) => {
      const { status, body } = await send('POST', at, query === undefined ? { callback } : { callback, query });
      if (status !== 201) throw new Error(`not subscribed: ${body.message}`);
      return body.id;
    },
    order: async () => {
      const productOrderItem = [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }];
      const { body } = await send('POST', orders, { productOrderItem });
      return body.id;
    },
    later: (ms) => kernel.run(kernel.now() + ms),
    restart: async () => {
      engine.abandon();
      engine = await open();
      await kernel.run(kernel.now());
    },
  };
}

/** A twin opened on a virtual kernel, a listener that hears it, and a client that asks it. */
import type { Twin, TwinCredentials } from '../../../contracts/twins/twin.ts';
import type { Outcome } from '../../../exchange/client.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../../exchange/endpoint.ts';
import { jsonBody, type ReceivedRequest, receivedBody } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

export interface Heard {
  readonly at: number;
  readonly path: string;
  readonly headers: ReceivedRequest['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  readonly body: any;
}

export interface Asking {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  readonly body: any;
  readonly afterMs: number;
}

const base = 'http://vendor.test/tmf-api/serviceOrdering/v4';

/** Who listens there shows a certificate that nobody should trust. */
export const untrusted = 'https://untrusted.test';

export function opened(
  twin: Twin,
  options: { seed?: string; credentials?: TwinCredentials; callbackSecret?: string; base?: string } = {},
) {
  const kernel = virtualKernel({ seed: options.seed ?? 'twins' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network, new Set([untrusted]));
  const { seed: _seed, base: root = base, ...world } = options;
  const open = twin.open({ kernel, client, publicUrl: 'http://vendor.test', ...world });
  network.set('http://vendor.test', open.endpoint);
  const heard = listener('http://listener.test');

  /** @param answer what the listener answers to its n-th event. */
  function listener(origin: string, answer: (count: number) => Answer = () => created): Heard[] {
    const events: Heard[] = [];
    network.set(origin, ({ path, headers, body }) => {
      events.push({ at: kernel.now(), path, headers, body: body?.json });
      return answer(events.length);
    });
    return events;
  }

  /** Sends now, and runs until the answer is there. Several asked together are under way together. */
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Asking> {
    const [answer] = await together([[method, path, body, headers]]);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  async function together(
    requests: readonly (readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>])[],
  ): Promise<Asking[]> {
    const outcomes: (Outcome & { afterMs: number })[] = [];
    for (const [index, [method, path, body, headers]] of requests.entries()) {
      const url = path.startsWith('http') ? path : `${root}${path}`;
      const content = body === undefined ? undefined : typeof body === 'string' ? receivedBody(body) : jsonBody(body);
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      kernel.call(`${method} ${path}`, async () => {
        const sentAt = kernel.now();
        const outcome = await client.send(
          { method, url, headers: { ...type, ...headers }, body: content },
          { timeoutMs: 30_000 },
        );
        outcomes[index] = { ...outcome, afterMs: kernel.now() - sentAt };
      });
    }
    await kernel.run(undefined, () => outcomes.filter(() => true).length === requests.length);
    return outcomes.map((outcome) => {
      if (!('response' in outcome)) return { status: 0, headers: {}, body: undefined, afterMs: outcome.afterMs };
      const { status, headers, body } = outcome.response;
      return { status, headers, body: body?.json, afterMs: outcome.afterMs };
    });
  }

  /** Lets time pass. */
  const pass = (ms: number) => kernel.run(kernel.now() + ms);

  const subscribe = (query?: string, callback = 'http://listener.test') =>
    ask('POST', '/hub', { callback, ...(query === undefined ? {} : { query }) });

  const place = (specifications: readonly string[] = ['internet-access'], more: object = {}) =>
    ask('POST', '/serviceOrder', { ...orderOf(specifications), ...more });

  return { kernel, ask, together, pass, listener, heard, subscribe, place, restart: () => open.restart() };
}

const created: Answer = { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 1 };

export function orderOf(specifications: readonly string[]) {
  return { serviceOrderItem: specifications.map((specification, index) => itemOf(String(index + 1), specification)) };
}

export function itemOf(id: string, specification: string, more: object = {}) {
  return { id, action: 'add', service: { serviceSpecification: { id: specification } }, ...more };
}

/** The states that events tell of one order, in the order of arrival. */
export function statesTold(heard: readonly Heard[]): string[] {
  return heard
    .filter(({ body }) => body.event.serviceOrder !== undefined)
    .map(({ body }) => body.event.serviceOrder.state);
}

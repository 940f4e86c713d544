/** The traffic of a client with a simulated SOM, in virtual time, through the proxy that records it. */
import { RecordingProxy } from '../../cli/recording/proxy.ts';
import { answeredJson, askedBelow, calledBack, saidObject, sentJson, statusOf } from '../../contracts/records/said.ts';
import type { Trace, TracedExchange } from '../../contracts/records/trace.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, type ReceivedRequest } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { Som } from '../../mocks/som.ts';
import { readSomScript } from '../../mocks/som-script.ts';

export const base = '/tmf-api/serviceOrdering/v4';

/** A request of the client, so many milliseconds after the beginning. `{id}` stands for the id of the n-th order. */
export interface Asking {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export interface Recorded {
  readonly trace: Trace;
  /** What reached the client's own listener. */
  readonly told: readonly ReceivedRequest[];
}

export async function recordedTraffic(
  script: unknown,
  askings: readonly Asking[],
  options: { listener?: Endpoint; seed?: string } = {},
): Promise<Recorded> {
  const read = readSomScript(script);
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: options.seed ?? 'recorded' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const addresses = { publicUrl: 'http://som.test', callbackUrl: 'http://om.test' };
  const som = new Som({ kernel, script: read.script, client, ...addresses });
  const proxy = new RecordingProxy({
    kernel,
    client,
    target: `http://som.test${base}`,
    callbackUrl: 'http://back.test',
  });
  const told: ReceivedRequest[] = [];
  const listener: Endpoint = (request) => {
    told.push(request);
    return options.listener?.(request) ?? { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  };
  network
    .set('http://som.test', som.endpoint)
    .set('http://proxy.test', proxy.forClient)
    .set('http://back.test', proxy.forVendor)
    .set('http://om.test', listener);
  const start = kernel.now();
  kernel.handle('test.ask', ({ data }) => {
    const asking = askings[Number(data)];
    if (asking === undefined) return;
    kernel.call('ask', async () => {
      const { method, path, body, headers = {} } = asking;
      const ids = [...som.orders.keys()];
      const url = `http://proxy.test${base}${path.replace(/\{(\d+)\}/, (_all, place) => ids[Number(place)] ?? 'none')}`;
      const sent = body === undefined ? {} : { body: jsonBody(body) };
      await client.send(
        { method, url, headers: { 'content-type': jsonMediaType, ...headers }, ...sent },
        { timeoutMs: 30_000 },
      );
    });
  });
  askings.forEach(({ at }, place) => {
    kernel.schedule({ id: `ask/${place}`, to: 'test.ask', due: start + at, data: place });
  });
  await kernel.run();
  return { trace: proxy.trace(), told };
}

/** A trace up to ids and instants: what was asked and answered, and what was told of each order, in order. */
export function shapeOf(trace: Trace): { asked: string[]; told: { [order: string]: string[] } } {
  const told: { [order: string]: string[] } = {};
  for (const exchange of trace.exchanges) {
    const callback = calledBack(trace, exchange);
    if (callback === undefined) continue;
    const order = saidObject(saidObject(saidObject(sentJson(exchange)).event).serviceOrder);
    const about = String(order.externalId);
    told[about] = [...(told[about] ?? []), `${callback.path} ${stateText(order)} ${statusOf(exchange)}`];
  }
  const asked = trace.exchanges.flatMap((exchange) => {
    const below = askedBelow(trace, exchange);
    return below === undefined ? [] : [askedText(exchange, below.path)];
  });
  return { asked, told };
}

function askedText(exchange: TracedExchange, path: string): string {
  const { outcome, request } = exchange;
  const answer = answeredJson(exchange);
  const shown = Array.isArray(answer)
    ? answer.map((each) => stateText(saidObject(each))).join('; ')
    : stateText(saidObject(answer));
  const place = path.replace(/\/[^/]*-[^/]*$/, '/{id}').replace(/^\/hub\/.*/, '/hub/{id}');
  return `${request.method} ${place} ${statusOf(exchange) ?? outcome.kind} ${shown}`.trim();
}

function stateText(order: { readonly [name: string]: unknown }): string {
  const items = Array.isArray(order.serviceOrderItem) ? order.serviceOrderItem.map(saidObject) : [];
  const errors = Array.isArray(order.errorMessage) ? order.errorMessage.map((each) => saidObject(each).message) : [];
  const states = [order.state, ...items.map(({ id, state }) => `${id}=${state}`), ...errors];
  return states.filter((each) => each !== undefined).join(' ');
}

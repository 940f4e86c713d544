/** The mock that a pact was recorded from, as its provider: brings about the states that recorded pacts name. */
import { stateNames } from '../../../contracts/pacts/provider-states.ts';
import { saidObject } from '../../../contracts/records/said.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../../exchange/fastify.ts';
import { jsonBody, jsonMediaType, jsonResponse, type ReceivedRequest } from '../../../exchange/message.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { Som } from '../../../mocks/som.ts';
import { readSomScript } from '../../../mocks/som-script.ts';
import { somBasePath } from '../../../mocks/som-telling.ts';

interface State {
  readonly name: string;
  readonly params?: { readonly [name: string]: unknown };
}

export interface RecordedProvider extends Served {
  /** From now on it is in that state; gives the ids that come with it. */
  enter(state: State): Promise<{ [id: string]: string }>;
  /** What it tells, once it is in that state, to whoever has subscribed. */
  told(state: State): Promise<ReceivedRequest>;
}

export async function serveRecorded(script: unknown): Promise<RecordedProvider> {
  const kernel = new SystemKernel({
    seed: 'pact',
    onFault: (fault) => {
      throw fault;
    },
  });
  const mounted: { endpoint?: Endpoint } = {};
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const endpoint: Endpoint = (request) => mounted.endpoint?.(request) ?? { kind: 'reset', afterMs: 0 };
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  return {
    ...served,
    enter: async (state) => {
      const { som, ids } = await entered(script, state);
      mounted.endpoint = som.endpoint;
      return ids;
    },
    told: async (state) => {
      const { told } = await entered(script, { name: stateNames.order, params: { ...state.params, subscribed: true } });
      const { path, state: wanted } = state.params ?? {};
      const event = told.findLast((request) => {
        const { serviceOrder } = saidObject(saidObject(request.body?.json).event);
        return request.path.endsWith(String(path)) && saidObject(serviceOrder).state === wanted;
      });
      if (event === undefined) throw new Error(`it never tells of ${wanted} at ${path}`);
      return { ...event, path: String(path) };
    },
  };
}

/** A mock that remembers nothing, and then whatever the state needs; its clock stands when an order is as it should be. */
async function entered(script: unknown, { name, params = {} }: State) {
  const read = readSomScript(script);
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: 'pact' });
  const told: ReceivedRequest[] = [];
  const listener: Endpoint = (request) => {
    told.push(request);
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  };
  const client = directClient(kernel, new Map([['http://om.test', listener]]));
  const addresses = { publicUrl: 'http://som.test', callbackUrl: 'http://om.test' };
  const som = new Som({ kernel, script: read.script, client, ...addresses });
  const ids: { [id: string]: string } = {};
  if (params.subscribed === true) await post(som, 'hub', { callback: 'http://om.test/x' });
  if (name === stateNames.subscription) {
    const { id } = saidObject(await post(som, 'hub', { callback: 'http://om.test/y', ...params }));
    ids.subscriptionId = String(id);
  }
  if (name.startsWith(stateNames.order) || name === stateNames.placedBefore) {
    const { id } = saidObject(await post(som, 'serviceOrder', params.order));
    ids.orderId = String(id);
    const states = Array.isArray(params.states) ? params.states : [];
    const isThere = () => states.includes(som.orders.get(String(id))?.state);
    if (states.length === 0) await kernel.run();
    else if (!isThere()) await kernel.run(Number.POSITIVE_INFINITY, isThere);
  }
  return { som, ids, told };
}

async function post(som: Som, resource: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': jsonMediaType };
  const path = `${somBasePath}/${resource}`;
  const answer = await som.endpoint({ method: 'POST', path, query: {}, headers, body: jsonBody(body) });
  return answer.kind === 'reply' ? answer.response.body?.json : undefined;
}

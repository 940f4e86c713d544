/** Our simulated SOM as the provider of the pacts: each of their states is a script that it follows. */
import { findingText } from '../../../contracts/schemas/finding.ts';
import { errorOfStatus } from '../../../contracts/schemas/tmf-error.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../../exchange/fastify.ts';
import { jsonBody, jsonMediaType, jsonResponse, type ReceivedRequest } from '../../../exchange/message.ts';
import { SystemKernel } from '../../../kernel/system-kernel.ts';
import type { TimedKernel } from '../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { Som } from '../../../mocks/som.ts';
import { readSomScript } from '../../../mocks/som-script.ts';
import { somBasePath } from '../../../mocks/som-telling.ts';
import type { ProviderState } from './verdict.ts';

/** How well it keeps to the pacts: `wrong` and `silent` are there to prove that a verification would notice. */
export type Conduct = 'sound' | 'wrong' | 'silent';

/** An order that it has, for the states that speak of one. */
interface KnownOrder {
  readonly externalId: string;
  readonly items: readonly string[];
  /** The items that something happens to. */
  readonly concerned: readonly string[];
}

const refused = { refuse: 400, code: '24', reason: 'Invalid order', message: 'There is no access line here' };
const busy = { refuse: 503, code: '5', reason: 'Busy', message: 'Come back later', retryAfter: 'PT2M' };

/** What an order is answered in each state. */
const answers: { readonly [state: string]: object | 'accept' } = {
  'it takes orders and works on them later': 'accept',
  'it completes orders at once': { accept: 'completed' },
  'it rejects orders once it has them': { accept: 'rejected' },
  'it refuses orders': refused,
  'it is busy for two minutes': busy,
  'nobody has subscribed': 'accept',
  'the order management has subscribed': 'accept',
};

/** What happens to the order that it has in each state, in the end. */
const ends: { readonly [state: string]: { state: string; message?: string; tell?: string } } = {
  'it has completed an order': { state: 'completed' },
  'it has completed a part of an order': { state: 'completed' },
  'it has failed to fulfil an order': { state: 'failed', message: 'No free port' },
  'it has completed a part of an order, and reports by outboundresponse': {
    state: 'completed',
    tell: 'outboundresponse',
  },
  'it has failed to fulfil a part of an order, and reports by outboundresponse': {
    state: 'failed',
    tell: 'outboundresponse',
  },
};

export function knowsState(name: string): boolean {
  return Object.hasOwn(answers, name) || Object.hasOwn(ends, name);
}

export interface ServedSom extends Served {
  /** From now on it answers as in that state, and remembers nothing of any other. */
  enter(state: ProviderState): Promise<void>;
}

/** On a free port. Its own clock stands: whatever it would do later, it does not do. */
export async function serveSom(conduct: Conduct): Promise<ServedSom> {
  const kernel = new SystemKernel({
    seed: 'pact',
    onFault: (fault) => {
      throw fault;
    },
  });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const mounted: { endpoint?: Endpoint } = {};
  const endpoint: Endpoint = (request) =>
    mounted.endpoint?.(request) ?? { kind: 'reply', response: refuse(500, 'It is in no state yet'), afterMs: 0 };
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  const enter = async ({ name, params }: ProviderState) => {
    delete mounted.endpoint;
    const sound = answers[name];
    if (sound === undefined) return;
    const { som } = openSom({ answer: conduct === 'wrong' ? spoiled(sound) : sound });
    const subscribed = (name === 'the order management has subscribed') === (conduct === 'sound');
    if (subscribed && params !== undefined) await som.endpoint(post('hub', params));
    mounted.endpoint = conduct === 'silent' ? () => ({ kind: 'silence' }) : som.endpoint;
  };
  return { ...served, enter };
}

/** What the order management is told last of the order that the SOM has in that state. */
export async function latestCallback({ name, params }: ProviderState, conduct: Conduct): Promise<ReceivedRequest> {
  const { externalId, items, concerned } = params as KnownOrder; // as callbacks.test.ts gives them
  const opposite = ends[name]?.state === 'failed' ? 'completed' : 'failed';
  const end = conduct === 'wrong' ? { ...ends[name], state: opposite } : ends[name];
  const then = [
    { after: 'PT1M', state: 'inProgress' },
    { after: 'PT1H', items: { specification: concerned }, ...end },
  ];
  const { som, kernel, told } = openSom({ answer: 'accept', then });
  await som.endpoint(post('hub', { callback: `http://om.example${somBasePath}` }));
  await som.endpoint(post('serviceOrder', { externalId, serviceOrderItem: items.map(itemOf) }));
  await kernel.run();
  const latest = told.at(-1);
  if (latest === undefined) throw new Error(`the SOM told of nothing in the state "${name}"; look at its script`);
  return latest;
}

/** An accepted order gets a state that TMF641 does not know; an error becomes one that means something else. */
function spoiled(answer: object | 'accept'): object {
  if (answer === 'accept') return { accept: 'acknowledged', set: { state: 'Done' } };
  return 'accept' in answer ? { ...answer, set: { state: 'Done' } } : { refuse: 404 };
}

function openSom(behaviour: object): { som: Som; kernel: TimedKernel; told: ReceivedRequest[] } {
  const read = readSomScript({ som: 'of the pacts', latency: 'PT0S', behaviours: [behaviour] });
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: 'pact' });
  const told: ReceivedRequest[] = [];
  const listener: Endpoint = (request) => {
    told.push(request);
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  };
  const client = directClient(kernel, new Map([['http://om.example', listener]]));
  const addresses = { publicUrl: 'http://som.example', callbackUrl: 'http://om.example' };
  return { som: new Som({ kernel, script: read.script, client, ...addresses }), kernel, told };
}

/** Each item is of a specification of its own, by which a script can tell it from the others. */
function itemOf(id: string): object {
  return { id, action: 'add', service: { serviceSpecification: { id } } };
}

function post(resource: string, body: unknown): ReceivedRequest {
  const headers = { 'content-type': jsonMediaType };
  return { method: 'POST', path: `${somBasePath}/${resource}`, query: {}, headers, body: jsonBody(body) };
}

/** Our simulated inventory system as the provider of the pact: each of its states is a stock, and a way of answering. */
import { saidObject, saidObjects } from '../../../../contracts/records/said.ts';
import { findingText } from '../../../../contracts/schemas/finding.ts';
import { errorOfStatus } from '../../../../contracts/schemas/tmf-error.ts';
import { directClient } from '../../../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../../../exchange/fastify.ts';
import { jsonBody, jsonMediaType, jsonResponse, type ReceivedRequest } from '../../../../exchange/message.ts';
import { SystemKernel } from '../../../../kernel/system-kernel.ts';
import type { TimedKernel } from '../../../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../../../kernel/virtual-kernel.ts';
import { Inventory } from '../../../../mocks/inventory/inventory.ts';
import { readInventory } from '../../../../mocks/inventory/inventory-file.ts';
import type { ProviderState } from '../verdict.ts';
import { site } from './examples.ts';

/** How well it keeps to the pact: all but `sound` are there to prove that a verification would notice. */
export type Conduct = 'sound' | 'other words' | 'other names';

const path = '/tmf-api/serviceQualificationManagement/v4';
const there = { 'access-line': 4 };
const coming = [{ specification: 'access-line', at: 'P14D', quantity: 1 }];

/** What is said of the stock and the answers in each state, beside what is usual. */
const states: { readonly [state: string]: { capacity?: object; available?: object[]; said?: object } } = {
  'it has capacity at the site': { capacity: there },
  'the service that is there has the last capacity at the site': {
    capacity: { 'access-line': 1 },
    said: { services: [{ id: 'service-1', specification: 'access-line', site: site.id }] },
  },
  'it has another service at the site, and the same later': { capacity: { 'wireless-line': 1 }, available: coming },
  'it has nothing at the site': {},
  'it answers questions later': { said: answers({ after: 'PT1H' }) },
  'it ends questions in an error': {
    said: answers({
      answer: {
        set: {
          state: 'terminatedWithError',
          serviceQualificationItem: [
            {
              id: 'so-1',
              state: 'terminatedWithError',
              terminationError: [{ id: '1', value: 'The register of sites cannot be read' }],
            },
          ],
        },
      },
    }),
  },
  'it refuses questions': { said: answers({ answer: { refuse: 400, code: '24', reason: 'Invalid question' } }) },
  'it is busy': { said: answers({ answer: { refuse: 503, code: '5', reason: 'Busy' } }) },
  'it still works on the question': { said: answers({ after: 'PT1H' }) },
  'it has answered the question': { capacity: there },
  'it has no such question': {},
  'nobody has subscribed': {},
  'the order management has subscribed': {},
};

export function knowsState(name: string): boolean {
  return Object.hasOwn(states, name);
}

export interface ServedInventory extends Served {
  /** From now on it is in that state, and remembers nothing of any other. Gives the id of the question that it has. */
  enter(state: ProviderState): Promise<{ [id: string]: string }>;
}

/** On a free port. Its own clock stands: whatever it would do later, it does not do. */
export async function serveInventory(conduct: Conduct): Promise<ServedInventory> {
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
  const enter = async (state: ProviderState) => {
    delete mounted.endpoint;
    const { inventory, ids } = await openedIn(state);
    mounted.endpoint = conducted(inventory.endpoint, conduct);
    return ids;
  };
  return { ...served, enter };
}

async function openedIn({ name, params = {} }: ProviderState) {
  const { capacity = {}, available = [], said = answers({}) } = states[name] ?? {};
  const { inventory } = openInventory({
    specifications: {
      'internet-access': { limited: false },
      'access-line': { alternatives: ['wireless-line'] },
      'wireless-line': {},
    },
    sites: [{ id: site.id, capacity, available }],
    ...answers({}),
    ...said,
  });
  const { question, callback } = saidObject(params);
  if (name === 'the order management has subscribed') await inventory.endpoint(post('/hub', { callback }));
  if (question === undefined) return { inventory, ids: {} };
  const answer = await inventory.endpoint(post('/checkServiceQualification', question));
  const { id } = saidObject(answer.kind === 'reply' ? answer.response.body?.json : undefined);
  return { inventory, ids: { checkId: String(id) } };
}

export function openInventory(file: object): { inventory: Inventory; kernel: TimedKernel; told: ReceivedRequest[] } {
  const read = readInventory({ inventory: 'of the pacts', ...file });
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: 'pact' });
  const told: ReceivedRequest[] = [];
  const listener: Endpoint = (request) => {
    told.push(request);
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  };
  const client = directClient(kernel, new Map([['http://om.example', listener]]));
  const addresses = { publicUrl: 'http://inventory.example', callbackUrl: 'http://om.example' };
  return { inventory: new Inventory({ kernel, inventory: read.inventory, client, ...addresses }), kernel, told };
}

/** Answers come at once: how long one takes is not what a pact is about. */
function answers(behaviour: object): object {
  return { answers: [{ latency: 'PT0S', report: 'none', ...behaviour }] };
}

export function post(resource: string, body: unknown): ReceivedRequest {
  const headers = { 'content-type': jsonMediaType };
  return { method: 'POST', path: `${path}${resource}`, query: {}, headers, body: jsonBody(body) };
}

function conducted(endpoint: Endpoint, conduct: Conduct): Endpoint {
  if (conduct === 'sound') return endpoint;
  return async (request) => {
    const answer = await endpoint(request);
    return answer.kind === 'reply' ? spoiled(answer, conduct) : answer;
  };
}

/** What it says has other words for states and results, and another status where neither is in it; or other names. */
function spoiled({ response, ...answer }: Extract<Answer, { kind: 'reply' }>, conduct: Conduct): Answer {
  const { status, headers, body } = response;
  const check = saidObject(body?.json);
  if (conduct === 'other names') {
    const text = body?.text.replaceAll(/"(qualificationResult|state|reason)":/g, '"$1Name":');
    return { ...answer, response: text === undefined ? response : jsonResponse(status, JSON.parse(text), headers) };
  }
  if (check.serviceQualificationItem === undefined) return { ...answer, response: { ...response, status: 500 } };
  const serviceQualificationItem = saidObjects(check.serviceQualificationItem).map((item) => ({
    ...item,
    qualificationResult: 'Available',
  }));
  return { ...answer, response: jsonResponse(status, { ...check, state: 'Finished', serviceQualificationItem }) };
}

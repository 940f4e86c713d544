/**
 * An engine on a port, for the examples of the OpenAPI document: what is south of it and who listens are in process, and time is
 * virtual, so that the same requests get the same answers, byte for byte.
 */
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { type Engine, type EngineOptions, openEngine, type Policies, readTargets } from '../../engine/index.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../exchange/endpoint.ts';
import { serveEndpoint } from '../../exchange/fastify.ts';
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { broadband, hierarchical } from './orders.ts';

/** Where `southbound serve` stands when nothing else is said: the addresses in recorded answers start with it. */
export const publicUrl = 'http://127.0.0.1:8620';

export interface ExampleEngine {
  readonly engine: Engine;
  /** Where it really listens. */
  readonly url: string;
  /** What its subscribers were told. */
  readonly told: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export async function serveExampleEngine(policies: Policies = hierarchical): Promise<ExampleEngine> {
  const { engine, virtual, told } = await openExampleEngine({ policies });
  const kernel = new SystemKernel({
    seed: 'examples',
    onFault: (fault) => {
      throw fault;
    },
  });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const endpoint: Endpoint = async (request) => {
    let answer: Answer | undefined;
    virtual.call('example', async () => {
      answer = await engine.endpoint(request);
    });
    // Whatever the request brings happens before it is answered.
    await virtual.run(virtual.now() + 1_000);
    return answer ?? { kind: 'reset', afterMs: 0 };
  };
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  return {
    engine,
    url: served.url,
    told,
    close: async () => {
      kernel.close();
      await served.close();
    },
  };
}

export interface OpenedExampleEngine {
  readonly engine: Engine;
  readonly virtual: TimedKernel;
  readonly told: readonly ReceivedRequest[];
}

/** The same engine without a port. */
export async function openExampleEngine(
  options: Partial<Pick<EngineOptions, 'policies' | 'tokens' | 'store'>> = {},
): Promise<OpenedExampleEngine> {
  const virtual = virtualKernel({ seed: 'examples' });
  const network = new Map<string, Endpoint>();
  const told: ReceivedRequest[] = [];
  network.set('http://som.example', replying(takeOrder()));
  network.set(
    'http://wom.example',
    replying(() => jsonResponse(400, errorOfStatus(400, 'nobody of ours is anywhere near').body)),
  );
  network.set('http://inventory.example', replying(promiseAnAnswer));
  network.set(
    'http://crm.example',
    replying((request) => {
      told.push(request);
      return { status: 201, headers: {} };
    }),
  );
  network.set(
    'http://unwilling.example',
    replying(() => jsonResponse(400, errorOfStatus(400, 'not my kind of event').body)),
  );
  const engine = await openEngine({
    kernel: virtual,
    client: directClient(virtual, network),
    catalogue: broadband,
    policies: hierarchical,
    targets: targetsOf({
      som: { url: 'http://som.example/tmf-api/serviceOrdering/v4', reporting: 'callback' },
      wom: { url: 'http://wom.example/tmf-api/workOrderManagement/v4', dialect: 'tmf697-v4.0' },
      inventory: {
        url: 'http://inventory.example/tmf-api/serviceQualificationManagement/v4',
        dialect: 'tmf645-v4.0',
        reporting: 'callback',
        qualifies: {},
      },
    }),
    publicUrl,
    ...options,
  });
  return { engine, virtual, told };
}

function targetsOf(file: object) {
  const read = readTargets(file, {});
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.content;
}

function replying(answer: (request: ReceivedRequest) => HttpResponse): Endpoint {
  return (request) => ({ kind: 'reply', response: answer(request), afterMs: 0 });
}

/** Takes every order and every revision. */
function takeOrder(): (request: ReceivedRequest) => HttpResponse {
  let taken = 0;
  return ({ method, path, body }) => {
    if (path.endsWith('/cancelServiceOrder')) {
      const task = body?.json as object; // as the engine has checked it
      return jsonResponse(201, { id: 'som-cancel-1', ...task, state: 'accepted' });
    }
    if (method !== 'POST')
      return jsonResponse(200, {
        id: path.slice(path.lastIndexOf('/') + 1),
        state: 'inProgress',
        serviceOrderItem: [],
      });
    taken += 1;
    return jsonResponse(201, { id: `som-${taken}`, state: 'acknowledged', serviceOrderItem: [] });
  };
}

/** Takes every question, and leaves the answer for later. */
function promiseAnAnswer({ method, body }: ReceivedRequest): HttpResponse {
  if (method === 'DELETE') return { status: 204, headers: {} };
  const question = body?.json as { readonly externalId?: string } | undefined; // as the engine has checked it
  const externalId = question?.externalId;
  return jsonResponse(201, { id: `check-of-${externalId}`, externalId, state: 'inProgress' });
}

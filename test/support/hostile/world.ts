/** An engine in virtual time that has lived through the walk of its examples, and whoever asks it hostile things. */
import { filledIn, type Kept, keptOf } from '../../../contracts/openapi/examples/example.ts';
import { walk } from '../../../contracts/openapi/examples/walk.ts';
import type { OpenApi } from '../../../contracts/openapi/model.ts';
import { memoryStore, serviceQualificationBase } from '../../../engine/index.ts';
import { rolesFor } from '../../../engine/model/roles.ts';
import { type Endpoint, replyAtOnce } from '../../../exchange/endpoint.ts';
import { type HttpResponse, pathAndQuery, type ReceivedRequest, receivedBody } from '../../../exchange/message.ts';
import { openExampleEngine } from '../example-engine.ts';
import { tokenOf, tokensFor } from '../guarded-engine.ts';
import { operationsOf } from '../openapi-walk.ts';
import { type CountedStore, countedStore } from './counted-store.ts';
import { draftOf, type HostileRequest, type Sample } from './request.ts';

/** What became of one request. */
export interface Asked {
  readonly response: HttpResponse | undefined;
  /** What broke instead of an answer. */
  readonly failure: unknown;
  /** How often something was written because of it; questions that are there more or less count as well. */
  readonly writes: number;
}

export interface Walked {
  readonly name: string;
  readonly sample: Sample;
  readonly response: HttpResponse;
}

export interface HostileWorld {
  readonly document: OpenApi;
  /** Good requests, by route; every route of the engine has one. */
  readonly samples: readonly (readonly Sample[])[];
  /** What was asked on the walk, and how it was answered. */
  readonly walked: readonly Walked[];
  /** For an adapter to serve: what comes of a request comes before its answer. */
  readonly endpoint: Endpoint;
  /** How many orders were ever stored. */
  orders(): number;
  ask(request: Pick<HostileRequest, 'method' | 'target' | 'headers' | 'text'>): Promise<Asked>;
}

/** @param isGuarded whether a token is asked for; every good request carries one then. */
export async function openHostileWorld(isGuarded: boolean): Promise<HostileWorld> {
  const store = countedStore(memoryStore());
  const tokens = isGuarded ? tokensFor({ tester: allRoles }) : undefined;
  const { engine, virtual } = await openExampleEngine({ store, tokens });
  const carried = isGuarded ? { authorization: `Bearer ${tokenOf('tester')}` } : {};

  const endpoint = async (request: ReceivedRequest): Promise<Omit<Asked, 'writes'>> => {
    const asked: { response?: HttpResponse; failure?: unknown } = {};
    virtual.call('hostile', async () => {
      try {
        const answer = await engine.endpoint(request);
        if (answer.kind === 'reply') asked.response = answer.response;
      } catch (error) {
        asked.failure = error;
      }
    });
    await virtual.run(virtual.now());
    // Somebody who waits for an answer at once waits for some seconds.
    if (asked.response === undefined && asked.failure === undefined) await virtual.run(virtual.now() + longestWaitMs);
    return { response: asked.response, failure: asked.failure };
  };

  const questions = () => countedQuestions(endpoint, carried);
  const ask = asking({ endpoint, store, questions, later: () => virtual.run(virtual.now() + 1_000) });
  const document = (await ask(plain('GET', '/southbound/v1/openapi.json', carried))).response?.body?.json as OpenApi; // as the engine has it
  const walked = await goThrough(document, ask, carried);
  const samples = walked.map(({ sample }) => sample);
  return {
    document,
    walked,
    samples: byRoute(samples, engine.routes, carried),
    ask,
    orders: () => store.orders(),
    endpoint: servedBy(endpoint),
  };
}

const allRoles = [...new Set(Object.values(rolesFor).flat())];

/** Longer than the engine lets anybody wait. */
const longestWaitMs = 10_000;

function servedBy(ask: (request: ReceivedRequest) => Promise<Omit<Asked, 'writes'>>): Endpoint {
  return async (request) => {
    const { response, failure } = await ask(request);
    if (response === undefined) throw failure ?? new Error('there is no answer');
    return replyAtOnce(response);
  };
}

type Ask = HostileWorld['ask'];

function asking(parts: {
  endpoint: (request: ReceivedRequest) => Promise<Omit<Asked, 'writes'>>;
  store: CountedStore;
  questions: () => Promise<number>;
  later: () => Promise<void>;
}): Ask {
  const { endpoint, store, questions, later } = parts;
  return async ({ method, target, headers, text }) => {
    const { path, query } = pathAndQuery(target);
    const mayAsk = method !== 'GET' && /qualif/i.test(path);
    const [writesBefore, questionsBefore] = [store.writes(), mayAsk ? await questions() : 0];
    const body = text === undefined ? undefined : receivedBody(text);
    const { response, failure } = await endpoint({ method, path, query, headers, body, target });
    const questionsAfter = mayAsk ? await questions() : 0;
    const writes = store.writes() - writesBefore + Math.abs(questionsAfter - questionsBefore);
    // What follows from a change comes in its own time, before the next request.
    if (response !== undefined && response.status < 300 && method !== 'GET') await later();
    return { response, failure, writes };
  };
}

/** Questions have a store of their own, which is seen through their lists only. */
async function countedQuestions(
  endpoint: (request: ReceivedRequest) => Promise<Omit<Asked, 'writes'>>,
  headers: { readonly [name: string]: string },
): Promise<number> {
  let total = 0;
  for (const kind of ['checkServiceQualification', 'queryServiceQualification']) {
    const path = `${serviceQualificationBase}/${kind}`;
    const { response } = await endpoint({ method: 'GET', path, query: { limit: ['0'] }, headers });
    total += Number(response?.headers['x-total-count'] ?? 0);
  }
  return total;
}

function plain(method: string, target: string, headers: { readonly [name: string]: string }) {
  return { method, target, headers, text: undefined };
}

/** Sends every example as it is, and keeps what was sent; what an example refers to is put in. */
async function goThrough(
  document: OpenApi,
  ask: Ask,
  carried: { readonly [name: string]: string },
): Promise<readonly Walked[]> {
  const operations = operationsOf(document);
  const walked: Walked[] = [];
  let kept: Kept = {};
  for (const example of walk) {
    const place = operations.get(example.operation);
    const { path: params = {}, query = {}, headers = {}, body } = filledIn(example, kept);
    const route = `${place?.method} ${place?.path}`;
    const sample = { route, params, query, headers: { ...headers, ...carried }, body };
    const { method, segments, ...draft } = draftOf(sample);
    const target = `${segments.join('/')}${draft.query === '' ? '' : `?${draft.query}`}`;
    const { response, failure } = await ask({ method, target, headers: draft.headers, text: draft.text });
    if (response?.status !== example.status)
      throw new Error(
        `${example.name}: ${response?.status}, not ${example.status}: ${failure ?? response?.body?.text}`,
      );
    kept = { ...kept, ...keptOf(example, response.body?.json) };
    walked.push({ name: example.name, sample, response });
  }
  return walked;
}

function byRoute(
  samples: readonly Sample[],
  routes: readonly { readonly method: string; readonly path: string }[],
  headers: { readonly [name: string]: string },
): readonly (readonly Sample[])[] {
  const known = Map.groupBy(samples, ({ route }) => route);
  return routes.map(({ method, path }) => {
    const route = `${method} ${path}`;
    return known.get(route) ?? [{ route, params: {}, query: {}, headers, body: method === 'GET' ? undefined : {} }];
  });
}

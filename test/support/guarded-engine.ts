/** An engine in virtual time that asks for tokens, and requests to it with and without one. */
import type { ExchangeRecord } from '../../contracts/records/exchange.ts';
import { type AccessToken, type Engine, openEngine, readTokens } from '../../engine/index.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { type HttpResponse, jsonBody, receivedBody } from '../../exchange/message.ts';
import { recordingEndpoint, runCounter } from '../../exchange/recording.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { broadband, oneByOne } from './orders.ts';

export interface GuardedEngine {
  readonly kernel: TimedKernel;
  readonly engine: Engine;
  /** What was written down of each exchange. */
  readonly recorded: readonly ExchangeRecord[];
  /** @param options.headers as they are, beside those that a body needs. */
  ask(method: string, path: string, options?: Asking): Promise<Reply>;
  /** Lets time go on. */
  later(ms: number): Promise<void>;
}

export interface Asking {
  readonly token?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  /** In place of a body that is JSON. */
  readonly text?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
}

/** The token of that name; each is known by its text or by its hash, as the file says. */
export function tokenOf(name: string): string {
  return `token-of-${name}-0123456789`;
}

/** Tokens with the names and roles given. */
export function tokensFor(rolesOf: { readonly [name: string]: readonly string[] }, expires?: string): AccessToken[] {
  const entries = Object.entries(rolesOf);
  const file = entries.map(([name, roles], index) => ({
    name,
    token: { env: `TOKEN_${index}` },
    roles,
    ...(expires === undefined ? {} : { expires }),
  }));
  const environment = Object.fromEntries(entries.map(([name], index) => [`TOKEN_${index}`, tokenOf(name)]));
  const read = readTokens(file, environment);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return [...read.content];
}

export async function openGuardedEngine(tokens: readonly AccessToken[] | undefined): Promise<GuardedEngine> {
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const publicUrl = 'http://om.test';
  const target = { name: 'som', baseUrl: 'http://som.test', reporting: 'callback' } as const;
  const parts = { kernel, client, catalogue: broadband, policies: oneByOne, targets: [target], publicUrl };
  const engine = await openEngine({ ...parts, tokens });
  const recorded: ExchangeRecord[] = [];
  const counter = runCounter();
  const sink = (record: ExchangeRecord) => recorded.push(record);
  network.set(publicUrl, recordingEndpoint(engine.endpoint, { clock: kernel, counter, to: 'om', sink }));
  return {
    kernel,
    engine,
    recorded,
    later: (ms) => kernel.run(kernel.now() + ms),
    ask: async (method, path, { token, headers = {}, body, text } = {}) => {
      const sent = text === undefined ? (body === undefined ? undefined : jsonBody(body)) : receivedBody(text);
      let answer: HttpResponse | undefined;
      kernel.call('test', async () => {
        const carried = {
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        };
        const request = { method, url: `${publicUrl}${path}`, headers: carried, body: sent };
        const outcome = await client.send(request, { timeoutMs: 60_000 });
        if (outcome.kind === 'answered') answer = outcome.response;
      });
      await kernel.run(kernel.now());
      if (answer === undefined) throw new Error(`no answer to ${method} ${path}`);
      return { status: answer.status, headers: answer.headers, body: answer.body?.json };
    },
  };
}

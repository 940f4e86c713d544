/** The simulated SOM over HTTP, beside bare fastify answering the same bytes, asked in turn by the same load. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';
import { type HttpResponse, receivedBody } from '../exchange/message.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Asked, Said } from './server.ts';
import { requestOfOrder, withOneItem } from './simulator.ts';

export interface MockServerFigures {
  readonly requestBytes: number;
  readonly answerBytes: number;
  readonly som: ServerFigures;
  readonly bare: ServerFigures;
  /** Throughput of the SOM over that of bare fastify, round by round, in percent. */
  readonly percent: Figures;
}

export interface ServerFigures {
  readonly perSecond: Figures;
  /** Processor time of the server for each request, in microseconds: a bound that the load generator has no part in. */
  readonly cpuUs: Figures;
}

export const orderPath = '/tmf-api/serviceOrdering/v4/serviceOrder';

/** As many as a busy order management system holds open; with fewer, the server waits for the load. */
const connections = 64;

/** @param options.items how many items of the order are sent: all, or the first alone. */
export async function measureMockServer(options: {
  rounds: number;
  seconds: number;
  items: 'all' | 'one';
}): Promise<MockServerFigures> {
  const { rounds, seconds, items } = options;
  const whole = await requestOfOrder();
  const body = items === 'all' ? whole : withOneItem(whole);
  const som = await Server.start({ serve: 'som' });
  const answer = await answerOf(som.url, body);
  const bare = await Server.start({ serve: 'bare', answer });
  const measured: { som: Round; bare: Round }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const turn = { bare: await measure(bare, body, seconds), som: await measure(som, body, seconds) };
    if (round >= 0) measured.push(turn);
  }
  som.stop();
  bare.stop();
  const figures = (of: (turn: { som: Round; bare: Round }) => number) => figuresOf(measured.map(of));
  return {
    requestBytes: Buffer.byteLength(body),
    answerBytes: Buffer.byteLength(answer.body?.text ?? ''),
    som: { perSecond: figures((turn) => turn.som.perSecond), cpuUs: figures((turn) => turn.som.cpuUs) },
    bare: { perSecond: figures((turn) => turn.bare.perSecond), cpuUs: figures((turn) => turn.bare.cpuUs) },
    percent: figures((turn) => (100 * turn.som.perSecond) / turn.bare.perSecond),
  };
}

interface Round {
  readonly perSecond: number;
  readonly cpuUs: number;
}

async function measure(server: Server, body: string, seconds: number): Promise<Round> {
  const before = await server.cpuUs();
  const perSecond = await throughputOf(server.url, body, seconds);
  return { perSecond, cpuUs: ((await server.cpuUs()) - before) / (perSecond * seconds) };
}

/** Orders that are accepted each second, each an order of its own. */
export async function throughputOf(url: string, body: string, seconds: number): Promise<number> {
  const result = await autocannon({
    url: `${url}${orderPath}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body.replace(/"externalId":"[^"]*"/, '"externalId":"[<id>]"'),
    idReplacement: true,
    connections,
    duration: seconds,
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0 || result['2xx'] === 0)
    throw new Error(`${failed} of the requests of the benchmark were not accepted`);
  return result['2xx'] / result.duration;
}

export async function answerOf(url: string, body: string): Promise<HttpResponse> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}${orderPath}`, { method: 'POST', headers, body });
  const kept = ['content-type', 'location'].map((name) => [name, response.headers.get(name) ?? '']);
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    body: receivedBody(await response.text()),
  };
}

export class Server {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(asked: Asked): Promise<Server> {
    const child = fork(new URL('./server.ts', import.meta.url));
    const said = await ask(child, asked);
    if (!('url' in said)) throw new Error('the server to be measured did not say where it stands');
    return new Server(said.url, child);
  }

  async cpuUs(): Promise<number> {
    const said = await ask(this.#process, 'cpu');
    return 'cpuUs' in said ? said.cpuUs : Number.NaN;
  }

  stop(): void {
    this.#process.kill();
  }
}

async function ask(child: ChildProcess, asked: Asked): Promise<Said> {
  child.send(asked);
  const [said] = await once(child, 'message');
  return said as Said; // what server.ts answers with
}

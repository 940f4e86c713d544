/** Other mock servers on the same stub, asked in turn by the same load: WireMock 3 (Java) and Mountebank (Node.js). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { HttpResponse } from '../exchange/message.ts';
import { type Figures, figuresOf } from './figures.ts';
import { answerOf, orderPath, Server, throughputOf } from './mock-server.ts';
import { requestOfOrder, withOneItem } from './simulator.ts';

const folder = 'bench/peers';

/** A mock server with the stub in place. */
interface Peer {
  readonly name: string;
  readonly url: string;
  stop(): void;
}

export type PeerFigures = readonly { readonly name: string; readonly perSecond: Figures }[];

/** @throws when a peer cannot be installed or started; the message says which, and what it needs. */
export async function measurePeers(options: { rounds: number; seconds: number }): Promise<PeerFigures> {
  const { rounds, seconds } = options;
  installPeers();
  const body = withOneItem(await requestOfOrder());
  const som = await Server.start({ serve: 'som' });
  const answer = await answerOf(som.url, body);
  const peers: Peer[] = [{ name: 'Southbound SOM', url: som.url, stop: () => som.stop() }];
  try {
    peers.push(await startWireMock(answer), await startMountebank(answer));
    const measured = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
    // The first round is left out: a Java server is slow until it is warm.
    for (let round = -1; round < rounds; round += 1) {
      for (const { name, url } of peers) {
        const perSecond = await throughputOf(url, body, seconds);
        if (round >= 0) measured.get(name)?.push(perSecond);
      }
    }
    return [...measured].map(([name, each]) => ({ name, perSecond: figuresOf(each) }));
  } finally {
    for (const peer of peers) peer.stop();
  }
}

function installPeers(): void {
  if (existsSync(`${folder}/node_modules/wiremock`) && existsSync(`${folder}/node_modules/mountebank`)) return;
  console.log(`Installing the peers in ${folder} ...`);
  const npm = ['install', '--prefix', folder, '--no-package-lock', '--ignore-scripts'];
  const { status, stderr } = spawnSync('npm', npm, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install the peers: ${stderr}`);
}

/** Keeps as many requests in its journal as ours does. */
async function startWireMock(answer: HttpResponse): Promise<Peer> {
  const { status } = spawnSync('java', ['-version']);
  if (status !== 0) throw new Error('WireMock needs Java 11 or newer, and there is no "java" on this machine');
  const port = await freePort();
  const entries = ['--max-request-journal-entries', '10000'];
  const child = start(`${folder}/node_modules/wiremock/index.js`, ['--port', String(port), ...entries]);
  const url = `http://127.0.0.1:${port}`;
  const mapping = {
    request: { method: 'POST', urlPath: orderPath },
    response: { status: answer.status, headers: answer.headers, body: answer.body?.text },
  };
  await untilAnswered(`${url}/__admin/mappings`, mapping, child);
  return { name: 'WireMock 3', url, stop: () => child.kill() };
}

/** Records requests, as ours does; it keeps all of them. */
async function startMountebank(answer: HttpResponse): Promise<Peer> {
  const [admin, port] = [await freePort(), await freePort()];
  const options = ['start', '--port', String(admin), '--nologfile', '--loglevel', 'error'];
  const child = start(`${folder}/node_modules/mountebank/bin/mb`, options);
  const predicates = [{ equals: { method: 'POST', path: orderPath } }];
  const is = { statusCode: answer.status, headers: answer.headers, body: answer.body?.text };
  const imposter = { port, protocol: 'http', recordRequests: true, stubs: [{ predicates, responses: [{ is }] }] };
  await untilAnswered(`http://127.0.0.1:${admin}/imposters`, imposter, child);
  return { name: 'Mountebank 2', url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

function start(script: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: 'ignore', detached: false });
}

/** A server that has just been started refuses connections for a while. */
async function untilAnswered(url: string, stub: object, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(stub) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nobody took the stub at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Prism as a validating proxy (`prism proxy DOCUMENT UPSTREAM`) between the recorded requests of the verifier and a stub
 * that gives the recorded answers: what a check of each message by its schema makes of them.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApiOfTmf641 } from './openapi.ts';
import type { Pair } from './pairs.ts';

const folder = 'bench/peers';
const installed = `${folder}/node_modules/@stoplight/prism-cli`;

/** Asked at once: more wait in a queue, fewer leave a core idle. */
const lanes = 16;
/** Far more than an answer takes; less would take a busy machine for a silence. */
const longestMs = 10_000;

export interface Prism {
  readonly version: string;
  /** What it says against the answer of each pair, by the key of the pair; each violation once, and in words that are the same for every id. */
  violations(
    pairs: readonly Pair[],
    onProgress: (done: number) => void,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  stop(): void;
}

/** @throws when Prism cannot be installed or started; the message says which. */
export async function openPrism(): Promise<Prism> {
  install();
  const version: string = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8')).version;
  const waiting = new Map<string, Pair>();
  const stub = await stubOf(waiting);
  const place = mkdtempSync(join(tmpdir(), 'southbound-prism-'));
  const document = join(place, 'tmf641-v4.1.swagger.json');
  writeFileSync(document, JSON.stringify(openApiOfTmf641()));
  const port = await freePort();
  const options = ['--port', String(port), '--verboseLevel', 'silent'];
  const upstream = `http://127.0.0.1:${portOf(stub)}`;
  const script = `${installed}/dist/index.js`;
  const child = spawn(process.execPath, [script, 'proxy', document, upstream, ...options], { stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const stop = () => {
    child.kill();
    agent.destroy();
    stub.close();
    stub.closeAllConnections();
    rmSync(place, { recursive: true, force: true });
  };
  try {
    await untilUp(port, child);
  } catch (failure) {
    stop();
    throw failure;
  }
  return { version, stop, violations: (pairs, onProgress) => judged(pairs, { port, agent, waiting, onProgress }) };
}

function install(): void {
  if (existsSync(installed)) return;
  console.log(`Installing the peers in ${folder} ...`);
  const npm = ['install', '--prefix', folder, '--no-package-lock', '--ignore-scripts', '--fetch-retries=1'];
  const { status, stderr, error } = spawnSync('npm', npm, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`npm could not install it (${firstLine(stderr) ?? error?.message})`);
}

function firstLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.startsWith('npm error'));
}

async function judged(
  pairs: readonly Pair[],
  parts: { port: number; agent: Agent; waiting: Map<string, Pair>; onProgress: (done: number) => void },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const queue = pairs.values();
  const lane = async (): Promise<void> => {
    for (const pair of queue) {
      parts.waiting.set(pair.key, pair);
      found.set(pair.key, await violationsOf(pair, parts));
      parts.waiting.delete(pair.key);
      parts.onProgress(found.size);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}

/** The stub knows by this header what to answer; Prism hands it on. */
const pairHeader = 'x-pair';

async function violationsOf(pair: Pair, { port, agent }: { port: number; agent: Agent }): Promise<readonly string[]> {
  const { method, path, headers, body, key } = pair;
  // Prism never answers the first, and puts an answer of its own in the place of the second.
  if ((body !== undefined && !isJson(body)) || pair.answer?.status === 501) return [];
  const said = await new Promise<IncomingMessage | string>((resolve) => {
    const sent = request(
      { port, host: '127.0.0.1', agent, method, path, headers: { ...headers, [pairHeader]: key } },
      (response) => {
        response.resume();
        response.on('close', () => resolve(response));
      },
    );
    sent.setTimeout(longestMs, () => sent.destroy(new Error('no answer')));
    // Such as a header that Prism's parser does not take: nothing is said of the answer then.
    sent.on('error', (failure) => resolve(failure.message));
    sent.end(body);
  });
  if (typeof said === 'string') return [];
  const where = `${method} ${templateOf(path)} ${pair.answer?.status ?? 'reset'}`;
  // What is wrong with the request is the verifier's own doing, and mostly on purpose.
  const against = againstAnswer(said.headers['sl-violations']);
  const isLost = said.statusCode === 500 && (pair.answer?.status ?? 0) !== 500;
  return [...new Set([...against.map((each) => `${where}: ${each}`), ...(isLost ? [`${where}: not passed on`] : [])])];
}

/** A violation as Prism writes it down. */
interface Violation {
  readonly location: readonly string[];
  readonly code?: string | number;
  readonly message: string;
}

function againstAnswer(header: string | string[] | undefined): string[] {
  if (typeof header !== 'string') return [];
  return violationsIn(header)
    .filter(({ location }) => location[0] === 'response')
    .map(({ location, code, message }) => {
      const place = location.map((step) => (/^\d+$/.test(step) ? '*' : step)).join('/');
      return `${place} ${code ?? message.replace(/:.*/s, '')}`;
    });
}

/** A long list is cut off in the middle, behind a remark: what is whole of it is taken. */
function violationsIn(header: string): Violation[] {
  const remark = 'Too many violations! ';
  if (!header.startsWith(remark)) return JSON.parse(header);
  const whole = header.slice(remark.length, header.lastIndexOf('},{"') + 1);
  return JSON.parse(`${whole}]`);
}

/** As the document names it. */
function templateOf(path: string): string {
  return path.replace(/\?.*/s, '').replace(/(\/(?:serviceOrder|cancelServiceOrder|hub))\/.+$/, '$1/{id}');
}

async function stubOf(waiting: ReadonlyMap<string, Pair>): Promise<Server> {
  const server = createServer((asked, response) => {
    asked.resume();
    const answer = waiting.get(String(asked.headers[pairHeader]))?.answer;
    if (answer === undefined) return asked.socket.destroy();
    response.writeHead(answer.status, answer.headers);
    return response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const { port } = server.address() as AddressInfo; // it listens on a port
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilUp(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Prism was started, and does not answer');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

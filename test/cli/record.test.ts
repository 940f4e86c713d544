/** `record` as a process between processes: a client, a vendor, and what is left when it ends. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { record } from '../../cli/record.ts';
import type { Trace } from '../../contracts/records/trace.ts';
import { Running, southbound } from '../support/command.ts';
import { shapeOf } from '../support/recorded.ts';

const base = '/tmf-api/serviceOrdering/v4';
const json = { 'content-type': 'application/json' };
const standing: Running[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-record-'));
});
afterEach(async () => {
  await Promise.all(standing.splice(0).map((running) => running.end()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function started(...args: string[]): Running {
  const running = new Running(args);
  standing.push(running);
  return running;
}

async function mockWith(script: string): Promise<string> {
  const som = started('mock', 'som', '--port', '0', '--script', script, '--quiet');
  const [, url = ''] = await som.said(/Simulated SOM at (http\S+)/);
  await som.said(/Ctrl-C/);
  return url;
}

async function recorderOf(target: string, out: string, ...more: string[]): Promise<{ running: Running; url: string }> {
  const running = started('record', '--target', target, '--port', '0', '--callback-port', '0', '--out', out, ...more);
  const [, url = ''] = await running.said(/the client asks {2}(http:\/\/[^/]+)/);
  await running.said(/Ctrl-C ends it\./);
  return { running, url };
}

/** A listener of the client, which says when it has heard so many callbacks. */
async function listener(): Promise<{ url: string; heard: (count: number) => Promise<IncomingMessage[]> }> {
  const requests: IncomingMessage[] = [];
  let arrived = () => {};
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(204).end();
      requests.push(request);
      arrived();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const heard = async (count: number) => {
    while (requests.length < count) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
    return requests;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }; // it listens on a port
}

const script = {
  som: 'quick',
  behaviours: [
    { when: { specification: 'nowhere' }, answer: { refuse: 422, code: 'E17', reason: 'No port is free' } },
    {
      answer: 'accept',
      then: [
        { after: 'PT0.2S', state: 'inProgress' },
        { after: 'PT0.3S', state: 'completed' },
      ],
    },
  ],
};

const item = (specification: string) => ({
  id: '1',
  action: 'add',
  service: { serviceSpecification: { id: specification } },
});
const orderOf = (specification: string) =>
  JSON.stringify({ externalId: specification, serviceOrderItem: [item(specification)] });

/** The same of a client each time: it registers, orders two things, hears of them, and looks. */
async function useAsClient(url: string): Promise<void> {
  const { url: own, heard } = await listener();
  const post = (path: string, body: string) =>
    fetch(`${url}${base}${path}`, {
      method: 'POST',
      headers: { ...json, authorization: 'Bearer Hunter-2-Hunter' },
      body,
    });
  const registered = await (await post('/hub', JSON.stringify({ callback: `${own}/events` }))).json();
  expect(registered).toMatchObject({ callback: `${own}/events` });
  const order = Object(await (await post('/serviceOrder', orderOf('line'))).json());
  expect((await post('/serviceOrder', orderOf('nowhere'))).status).toBe(422);
  const events = await heard(3);
  expect(events.map((event) => event.url)).toEqual(
    ['Create', 'StateChange', 'StateChange'].map((kind) => `/events/listener/serviceOrder${kind}Event`),
  );
  expect(await (await fetch(`${url}${base}/serviceOrder/${order.id}`)).json()).toMatchObject({ state: 'completed' });
}

async function recordedUse(target: string, out: string): Promise<Trace> {
  const { running, url } = await recorderOf(target, out);
  await useAsClient(url);
  const ended = await (await fetch(`${url}/southbound/v1/recording/end`, { method: 'POST' })).json();
  expect(ended).toMatchObject({ folder: out, exchanges: 7 });
  const { error } = await running.ended();
  expect(error).toBe('');
  return JSON.parse(readFileSync(join(out, 'trace.json'), 'utf8'));
}

describe('record', () => {
  it('leaves a trace, reports, a script that replays it, and a pact that holds', async () => {
    const file = join(folder, 'quick.json');
    writeFileSync(file, JSON.stringify(script));
    const out = join(folder, 'recorded');
    const som = await mockWith(file);
    const trace = await recordedUse(`${som}${base}`, out);
    expect(shapeOf(trace)).toEqual({
      asked: [
        'POST /hub 201',
        'POST /serviceOrder 201 acknowledged 1=acknowledged',
        'POST /serviceOrder 422',
        'GET /serviceOrder/{id} 200 completed 1=completed',
      ],
      told: {
        line: [
          '/listener/serviceOrderCreateEvent acknowledged 1=acknowledged 204',
          '/listener/serviceOrderStateChangeEvent inProgress 1=inProgress 204',
          '/listener/serviceOrderStateChangeEvent completed 1=completed 204',
        ],
      },
    });
    const files = [
      'verification.html',
      'verification.json',
      'verification.md',
      'junit.xml',
      'som.yaml',
      'recorded.json',
    ];
    expect(files.filter((name) => !existsSync(join(out, name)))).toEqual([]);
    expect(files.filter((name) => readFileSync(join(out, name), 'utf8').includes('Hunter-2-Hunter'))).toEqual([]);
    expect(parse(readFileSync(join(out, 'som.yaml'), 'utf8'))).toMatchObject({ som: 'Learned from 2 orders' });

    const learned = await mockWith(join(out, 'som.yaml'));
    const replayed = await recordedUse(learned, join(folder, 'replayed'));
    expect(shapeOf(replayed)).toEqual(shapeOf(trace));

    const verified = await southbound(['pact', 'verify', `${som}${base}`, '--pact', join(out, 'recorded.json')]);
    expect(verified.error).toBe('');
    expect(verified.out).toMatch(/holds {8}createServiceOrder with add, answered 422/);
    expect(verified.out).toMatch(/holds {8}retrieveServiceOrder, answered 200/);
    expect(verified.out).toMatch(/4 interactions hold, 0 are broken, 3 skipped/);
    expect(verified.code).toBe(0);
  });

  it('ends at Ctrl-C, and after its time', async () => {
    const file = join(folder, 'quick2.json');
    writeFileSync(file, JSON.stringify(script));
    const som = await mockWith(file);
    const interrupted = await recorderOf(som, join(folder, 'interrupted'));
    await fetch(`${interrupted.url}${base}/serviceOrder`);
    expect(await interrupted.running.end()).toMatchObject({ code: 0, error: '' });
    expect(existsSync(join(folder, 'interrupted', 'trace.json'))).toBe(true);
    expect(existsSync(join(folder, 'interrupted', 'som.yaml'))).toBe(false);
    const timed = started(
      'record',
      '--target',
      som,
      '--port',
      '0',
      '--callback-port',
      '0',
      '--out',
      join(folder, 'timed'),
      '--for',
      'PT0.1S',
    );
    const { code, out } = await timed.ended();
    expect(out).toContain('Nothing was recorded, and nothing is written.');
    expect(code).toBe(0);
  });

  it.each([
    ['a target that is no URL', { target: 'som' }, '--target expects a URL'],
    ['credentials in the target', { target: 'http://me:secret@127.0.0.1' }, 'the client sends its credentials itself'],
    [
      'a time that is no duration',
      { for: 'ten minutes' },
      '--for expects a duration, for example PT30M; got ten minutes.',
    ],
    ['a folder that cannot be made', { out: 'package.json' }, '--out package.json: the folder cannot be made'],
  ])('refuses %s', async (_what, options, message) => {
    const usual = { target: 'http://127.0.0.1:9', out: folder, host: '127.0.0.1', port: 0, callbackPort: 0 };
    await expect(record({ ...usual, consumer: 'a', provider: 'b', ...options })).rejects.toThrow(message);
  });

  it.each([
    ['no target', [], "required option '--target <url>' not specified"],
    ['a port that is none', ['--target', 'http://127.0.0.1:9', '--port', '70000'], 'Expected a port from 0 to 65535.'],
  ])('refuses %s', async (_what, args, message) => {
    const { code, error } = await southbound(['record', ...args]);
    expect(error).toContain(message);
    expect(code).toBe(2);
  });

  it('says which port is taken', async () => {
    const { url } = await listener();
    const port = new URL(url).port;
    const taken = await southbound([
      'record',
      '--target',
      'http://127.0.0.1:9',
      '--port',
      port,
      '--callback-port',
      '0',
      '--out',
      folder,
    ]);
    expect(taken).toMatchObject({
      code: 2,
      error: expect.stringContaining(`Port ${port} is taken. Choose another with --port <n>`),
    });
    const other = await southbound([
      'record',
      '--target',
      'http://127.0.0.1:9',
      '--port',
      '0',
      '--callback-port',
      port,
      '--out',
      folder,
    ]);
    expect(other).toMatchObject({ code: 2, error: expect.stringContaining('--callback-port <n>') });
  });
});

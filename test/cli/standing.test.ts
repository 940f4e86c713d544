/** `demo`, `serve` and `mock` as processes: they stand on ports, work together, and end when they are asked to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Running, southbound } from '../support/command.ts';

const standing: Running[] = [];
const servers: Server[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-standing-'));
});
afterEach(async () => {
  await Promise.all(standing.splice(0).map((running) => running.end()));
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function started(...args: string[]): Running {
  const running = new Running(args);
  standing.push(running);
  return running;
}

function written(name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A server of somebody else's on a free port. */
async function listening(): Promise<number> {
  const server = createServer((_request, response) => response.end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // it listens on a port
}

/** A server that answers what a test says. */
async function answering(
  answer: (request: IncomingMessage, body: string) => Promise<{ status: number; body?: object }>,
): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part;
    });
    request.on('end', async () => {
      const { status, body } = await answer(request, text);
      response.writeHead(status, json).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

/** A router of the customer's own: nothing waits for one from stock. */
const product = { productCharacteristic: [{ name: 'router', value: 'own' }] };
const item = { id: '1', action: 'add', productOffering: { id: 'broadband-100' }, product };
const orderBody = JSON.stringify({ productOrderItem: [item] });
const json = { 'content-type': 'application/json' };

describe('demo', () => {
  it('tells the story and ends when it is told to', async () => {
    const { code, out, error } = await southbound(['demo', '--exit', '--port', '0', '--speed', '1000000']);
    expect(error).toBe('');
    expect(code).toBe(0);
    const milestones = [
      /captured/,
      /approved/,
      /decomposed into 1 product, 4 service and 2 resource orders/,
      /4 outbound requests made/,
      /som -> om POST service\w+Event/,
      /ORD0000001 completed/,
      /is completed\./,
    ];
    const places = milestones.map((milestone) => out.search(milestone));
    expect(places, out).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it('stays up, and what it says to try works', async () => {
    const demo = started('demo', '--port', '0', '--speed', '1000000');
    await demo.said(/Ctrl-C ends it[\s\S]*curl -X POST[\s\S]*-d @/);
    const [, productOrder = ''] = await demo.said(/curl (http\S+\/productOrder\/\S+)/);
    expect(await (await fetch(productOrder)).json()).toMatchObject({ state: 'completed' });
    const [, atSom = ''] = await demo.said(/curl (http\S+\/serviceOrdering\S+)/);
    expect(await (await fetch(atSom)).json()).toMatchObject([{ state: 'completed' }]);
    const posted = await fetch(productOrder.replace(/\/[^/]+$/, ''), {
      method: 'POST',
      headers: json,
      body: orderBody,
    });
    expect(posted.status).toBe(201);
    await demo.said(/ORD0000002 completed/);
    expect(await demo.end()).toMatchObject({ code: 0, error: '' });
  });

  it('says which port is taken and how to choose another', async () => {
    const port = await listening();
    const { code, error } = await southbound(['demo', '--exit', '--port', String(port)]);
    expect(error).toBe(`Port ${port} is taken. Choose another with --port <n>, or any free one with --port 0.\n`);
    expect(code).toBe(2);
  });
});

describe('serve and mock', () => {
  it('work together as two processes', async () => {
    const atCrm: string[] = [];
    let completed = () => {};
    const done = new Promise<void>((resolve) => {
      completed = resolve;
    });
    const crm = createServer((request, response) => {
      request.on('data', (text: Buffer) => atCrm.push(String(text)));
      request.on('end', () => {
        response.writeHead(201).end();
        if (atCrm.at(-1)?.includes('"state":"completed"')) completed();
      });
    });
    servers.push(crm);
    await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));

    const script = written('quick.json', {
      som: 'quick',
      behaviours: [{ answer: 'accept', then: [{ after: 'PT0.01S', state: 'completed' }] }],
    });
    const som = started('mock', 'som', '--port', '0', '--script', script);
    const [, somUrl = ''] = await som.said(/Simulated SOM at (http\S+)/);
    const config = written('southbound.json', {
      targets: { som: { url: `${somUrl}/tmf-api/serviceOrdering/v4/` } },
      listen: { port: 0 },
    });
    const om = started('serve', '--config', config);
    const [, omUrl = ''] = await om.said(/order management at (http\S+)/);
    await om.said(/Ctrl-C ends it/);
    await som.said(/POST hub: 201/);

    const base = `${omUrl}/tmf-api/productOrderingManagement/v4`;
    const callback = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
    const hub = await fetch(`${base}/hub`, { method: 'POST', headers: json, body: JSON.stringify({ callback }) });
    expect(hub.status).toBe(201);
    const posted = await fetch(`${base}/productOrder`, { method: 'POST', headers: json, body: orderBody });
    expect(posted.status).toBe(201);
    await done;
    expect(atCrm.map((text) => JSON.parse(text).event.productOrder.state)).toEqual([
      'acknowledged',
      'inProgress',
      'completed',
    ]);
    for (const running of standing.splice(0)) expect(await running.end()).toMatchObject({ code: 0, error: '' });
  });

  it('end when what is being delivered has arrived: serve takes its leave of its targets, and of its listeners', async () => {
    const heard: string[] = [];
    /** The first event is answered only once the SOM knows that nobody listens to it any more. */
    const left = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const crmUrl = await answering(async (_request, body) => {
      heard.push(JSON.parse(body).event.productOrder.state);
      first.resolve();
      await left.promise;
      return { status: 201 };
    });
    const somUrl = await answering(async ({ method }) => {
      if (method === 'DELETE') left.resolve();
      return method === 'DELETE' ? { status: 204 } : { status: 201, body: { id: 'at-som' } };
    });
    const policies = {
      policies: 'by hand',
      outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som' } }] },
    };
    const targets = { som: { url: `${somUrl}/tmf-api/serviceOrdering/v4` } };
    const om = started('serve', '--config', written('ending.json', { policies, targets, listen: { port: 0 } }));
    const [, omUrl = ''] = await om.said(/order management at (http\S+)/);
    await om.said(/POST hub: 201/);
    const base = `${omUrl}/tmf-api/productOrderingManagement/v4`;
    await fetch(`${base}/hub`, { method: 'POST', headers: json, body: JSON.stringify({ callback: crmUrl }) });
    await fetch(`${base}/productOrder`, { method: 'POST', headers: json, body: orderBody });
    await first.promise;
    await om.said(/FO0000001 pending/);
    expect(await om.end()).toMatchObject({ code: 0, error: '' });
    expect(heard).toEqual(['acknowledged', 'inProgress']);
  });

  it('end at SIGTERM as at Ctrl-C', async () => {
    const som = started('mock', 'som', '--port', '0', '--quiet');
    await som.said(/Ctrl-C ends it/);
    expect(await som.end('SIGTERM')).toMatchObject({ code: 0, error: '' });
  });

  it.each([
    ['tom', 'Simulated TOM', '/tmf-api/serviceOrdering/v4/serviceOrder', 'add'],
    ['flowone', 'Simulated FlowOne', '/flowone/v1/serviceorder', 'CONNECT'],
  ])('stand as a %s, and are steered', async (party, title, path, action) => {
    const running = started('mock', party, '--port', '0', '--quiet');
    const [, url = ''] = await running.said(new RegExp(`${title} at (http\\S+)`));
    const service = { serviceSpecification: { id: 'line' } };
    const body = JSON.stringify({ externalId: 'r-1', serviceOrderItem: [{ id: 'a', action, service }] });
    expect((await fetch(`${url}${path}`, { method: 'POST', headers: json, body })).status).toBe(201);
    const fire = { method: 'POST', headers: json, body: JSON.stringify({ state: 'completed' }) };
    expect((await fetch(`${url}/mock/v1/order/r-1/fire`, fire)).status).toBe(200);
    expect(await (await fetch(`${url}/mock/v1/order?externalId=r-1`)).json()).toMatchObject([{ state: 'completed' }]);
    expect(await (await fetch(`${url}/mock/v1/journal?externalId=r-1`)).json()).toHaveLength(1);
    expect(await running.end()).toMatchObject({ code: 0, error: '' });
  });

  it('answer what is open before they end', async () => {
    const script = written('slow.json', { som: 'slow', latency: 'PT1S', behaviours: [{ answer: 'accept' }] });
    const som = started('mock', 'som', '--port', '0', '--script', script);
    const [, url = ''] = await som.said(/Simulated SOM at (http\S+)/);
    const body = JSON.stringify({
      serviceOrderItem: [{ id: 'a', action: 'add', service: { serviceSpecification: { id: 'x' } } }],
    });
    const asked = fetch(`${url}/tmf-api/serviceOrdering/v4/serviceOrder`, { method: 'POST', headers: json, body });
    // The order is there before its answer is.
    const orders = async () => (await (await fetch(`${url}/mock/v1/order`)).json()) as unknown[]; // a list, by its contract
    while ((await orders()).length === 0);
    const ended = som.end();
    expect((await asked).status).toBe(201);
    expect(await ended).toMatchObject({ code: 0, error: '' });
  });

  it('say when a script is for another party', async () => {
    const script = written('flowone.json', { flowone: 'x' });
    const { code, error } = await southbound(['mock', 'som', '--script', script]);
    expect(error).toContain('Start it with: southbound mock flowone');
    expect(code).toBe(2);
  });

  it('say which port is taken', async () => {
    const port = String(await listening());
    for (const command of [['serve'], ['mock', 'som']]) {
      const { code, error } = await southbound([...command, '--port', port]);
      expect(error).toContain(`Port ${port} is taken. Choose another with --port <n>`);
      expect(code).toBe(2);
    }
  });

  it.each<[string, object, RegExp]>([
    ['an unknown key', { ports: 1 }, /bad\.json: \/ports: /],
    ['a target without a URL', { targets: { som: {} } }, /bad\.json: \/targets\/som\/url: /],
    ['a catalogue that is not there', { catalogue: 'gone.yaml' }, /gone\.yaml: there is no such file/],
    [
      'a target that the policies do not know',
      { targets: { tom: { url: 'http://127.0.0.1:1' } } },
      /bad\.json: \/targets: expected "som", which the policies .* send to; got tom/,
    ],
  ])('refuse a configuration with %s', async (_what, content, expected) => {
    const { code, error } = await southbound(['serve', '--config', written('bad.json', content)]);
    expect(error).toMatch(expected);
    expect(code).toBe(2);
  });

  it('refuse a secret that stands in the file, and do not repeat it', async () => {
    const auth = { bearer: 'hunter2-hunter2' };
    const config = written('secret.json', { targets: { som: { url: 'http://127.0.0.1:1', auth } } });
    const { code, out, error } = await southbound(['serve', '--config', config]);
    expect(error).toMatch(/secret\.json: \/targets\/som\/auth\/bearer: expected \{ env: NAME \}/);
    expect(`${out}${error}`).not.toContain('hunter2');
    expect(code).toBe(2);
  });

  it('name the environment variable that is missing', async () => {
    const auth = { bearer: { env: 'SOUTHBOUND_TEST_UNSET' } };
    const targets = written('targets.json', { som: { url: 'http://127.0.0.1:1', auth } });
    const { code, error } = await southbound(['serve', '--config', written('unset.json', { targets })]);
    expect(error).toMatch(
      /targets\.json: \/som\/auth\/bearer\/env: expected a secret in the environment variable SOUTHBOUND_TEST_UNSET: set it/,
    );
    expect(code).toBe(2);
  });

  it('tell how a target is reached, without its secret', async () => {
    process.env.SOUTHBOUND_TEST_SECRET = 'hunter2-hunter2';
    const auth = {
      oauth2: { tokenUrl: 'http://127.0.0.1:1/t', clientId: 'c', clientSecret: { env: 'SOUTHBOUND_TEST_SECRET' } },
    };
    const som = { url: 'http://127.0.0.1:1/x', dialect: 'flowone', auth, reporting: { poll: 'PT30S' } };
    const om = started('serve', '--config', written('reached.json', { targets: { som }, listen: { port: 0 } }));
    await om.said(/target +som at http:\/\/127\.0\.0\.1:1\/x \(flowone, OAuth 2, asked every 30 s\)/);
    await om.said(/Ctrl-C ends it/);
    const { out, error } = await om.end();
    expect(`${out}${error}`).not.toContain('hunter2');
  });

  it('refuse a script that makes no sense', async () => {
    const script = written('script.json', { som: 'x', behaviours: [{ answer: 'perhaps' }] });
    const { code, error } = await southbound(['mock', 'som', '--script', script]);
    expect(error).toMatch(/script\.json: \/behaviours\/0\/answer: /);
    expect(code).toBe(2);
  });
});

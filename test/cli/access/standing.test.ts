/** Tokens on the command line: an order management that asks for them, and everybody who then shows one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Running, southbound } from '../../support/command.ts';

/** By variable of the environment. The processes that are started here inherit it. */
const secrets = {
  SOUTHBOUND_TEST_CRM: 'token-of-the-crm-0123456789',
  SOUTHBOUND_TEST_SOM: 'token-of-the-som-0123456789',
  SOUTHBOUND_TEST_EYE: 'token-of-the-eye-0123456789',
};

const standing: Running[] = [];
const servers: Server[] = [];
let folder: string;
let tokens: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-access-'));
  Object.assign(process.env, secrets);
  tokens = written('tokens.yaml', [
    { name: 'crm', token: { env: 'SOUTHBOUND_TEST_CRM' }, roles: ['order_integrator'] },
    { name: 'som', token: { env: 'SOUTHBOUND_TEST_SOM' }, roles: ['order_integrator'] },
    { name: 'eye', token: { env: 'SOUTHBOUND_TEST_EYE' }, roles: ['order_viewer'] },
    { name: 'old', tokenSha256: '0'.repeat(64), roles: ['admin'], expires: '2020-01-01' },
  ]);
});
afterEach(async () => {
  await Promise.all(standing.splice(0).map((running) => running.end()));
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(secrets)) delete process.env[name];
});

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

/** A port that was free a moment ago: both parties have to know where the other will be. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A CRM that is told of orders, and says when one is completed. */
async function listeningCrm(): Promise<{ callback: string; completed: Promise<string | undefined> }> {
  let told = (_authorization: string | undefined): void => {};
  const completed = new Promise<string | undefined>((resolve) => {
    told = resolve;
  });
  const crm = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part;
    });
    request.on('end', () => {
      response.writeHead(201).end();
      if (text.includes('"state":"completed"')) told(request.headers.authorization);
    });
  });
  servers.push(crm);
  await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));
  return { callback: `http://127.0.0.1:${(crm.address() as AddressInfo).port}`, completed }; // it listens on a port
}

const crmHeaders = { 'content-type': 'application/json', authorization: `Bearer ${secrets.SOUTHBOUND_TEST_CRM}` };
const product = { productCharacteristic: [{ name: 'router', value: 'own' }] };
const item = { id: '1', action: 'add', productOffering: { id: 'broadband-100' }, product };
const order = JSON.stringify({ productOrderItem: [item] });

describe('serve --auth', () => {
  it('works together with a SOM, a CRM and an operator who have tokens, and with nobody else', async () => {
    const port = await freePort();
    const script = written('quick.json', {
      som: 'quick',
      behaviours: [{ answer: 'accept', then: [{ after: 'PT0.01S', state: 'completed' }] }],
    });
    const root = `http://127.0.0.1:${port}`;
    const callback = ['--callback', root, '--callback-token-from', 'SOUTHBOUND_TEST_SOM'];
    const som = started('mock', 'som', '--port', '0', '--script', script, ...callback);
    const [, somUrl = ''] = await som.said(/Simulated SOM at (http\S+)/);
    const config = written('om.json', { targets: { som: { url: `${somUrl}/tmf-api/serviceOrdering/v4` } } });
    const om = started('serve', '--config', config, '--port', String(port), '--auth', tokens);
    await om.said(/ {2}tokens {10}crm, som, eye, old \(expired\)\nCtrl-C ends it/);
    await som.said(/POST hub: 201/);

    const crm = await listeningCrm();
    const base = `${root}/tmf-api/productOrderingManagement/v4`;
    const post = (path: string, body: string, headers: { [name: string]: string } = crmHeaders) =>
      fetch(`${base}${path}`, { method: 'POST', headers, body });
    expect((await post('/hub', JSON.stringify({ callback: crm.callback }))).status).toBe(201);
    expect((await post('/productOrder', order, { 'content-type': 'application/json' })).status).toBe(401);
    const placed = await post('/productOrder', order);
    expect(placed.status).toBe(201);
    const { id } = (await placed.json()) as { id: string }; // a product order
    expect(await crm.completed).toBeUndefined();

    const asked = (...args: string[]) => southbound(['order', id, ...args, '--url', root]);
    expect(await asked('--token-from', 'SOUTHBOUND_TEST_EYE')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ORD0000001 {2}completed/),
    });
    expect(await asked()).toMatchObject({
      code: 2,
      error: expect.stringContaining('Name the variable that holds your token with --token-from.'),
    });
    expect(await asked('approve', '--token-from', 'SOUTHBOUND_TEST_EYE', '--as', 'order_approver')).toMatchObject({
      code: 2,
      error: expect.stringContaining('needs one of the roles order_approver'),
    });

    const journal = await (await fetch(`${somUrl}/mock/v1/journal`)).text();
    expect(journal).toContain('"authorization":"[redacted]"');
    const said = await Promise.all(standing.splice(0).map((running) => running.end()));
    const everything = `${journal}${said.map(({ out, error }) => `${out}${error}`).join('')}`;
    for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret);
    for (const { code, error } of said) expect([code, error]).toEqual([0, '']);
  });

  it('with a token in the file does not start, and does not repeat it', async () => {
    const file = written('wrong.yaml', [{ name: 'crm', token: 'hunter2-hunter2-hunter2', roles: ['order_viewer'] }]);
    const { code, out, error } = await southbound(['serve', '--auth', file]);
    expect([code, error]).toEqual([2, expect.stringMatching(/wrong\.yaml: \/0\/token: expected \{ env: NAME \}/)]);
    expect(`${out}${error}`).not.toContain('hunter2');
  });
});

describe('an address that others reach', () => {
  const refused = /On 0\.0\.0\.0 others than this machine could place and change orders\. Say with --auth tokens\.yaml/;

  it('is not listened on without tokens, whether the option names it or the configuration', async () => {
    const config = written('wide.json', { listen: { host: '0.0.0.0', port: 0 } });
    for (const args of [
      ['--host', '0.0.0.0', '--port', '0'],
      ['--config', config],
    ]) {
      expect(await southbound(['serve', ...args])).toMatchObject({ code: 2, error: expect.stringMatching(refused) });
    }
  });

  it('is when the risk is taken, and that is said', async () => {
    const om = started('serve', '--host', '0.0.0.0', '--port', '0', '--insecure');
    await om.said(/no tokens asked: whoever reaches this address may place orders/);
  });

  it('is none where only this machine comes in', async () => {
    const config = written('narrow.json', { listen: { host: '0.0.0.0', port: 0 } });
    const om = started('serve', '--config', config, '--host', '127.0.0.1');
    await om.said(/tokens {10}none asked: only this machine comes in/);
  });
});

/** `pact verify` and `pact publish` as processes, against endpoints and a broker that stand on ports. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pactLibrary } from '../../cli/pacts/library.ts';
import { publish } from '../../cli/pacts/publish.ts';
import { verifyPacts } from '../../cli/pacts/verify.ts';
import { openBroker, type StandInBroker } from '../support/broker.ts';
import { Running, southbound } from '../support/command.ts';

const requests = 'contracts/pacts/om-som-requests.json';
const base = '/tmf-api/serviceOrdering/v4';
const servers: Server[] = [];
const brokers: StandInBroker[] = [];
let folder: string;
let som: Running;
let somUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'southbound-pact-test-'));
  som = new Running(['mock', 'som', '--port', '0', '--quiet']);
  const [, url = ''] = await som.said(/Simulated SOM at (http\S+)/);
  await som.said(/Ctrl-C/);
  somUrl = `${url}${base}`;
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await Promise.all(brokers.splice(0).map((broker) => broker.close()));
});
afterAll(async () => {
  await som.end();
  rmSync(folder, { recursive: true });
});

async function vendor(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

async function brokerWith(options: Parameters<typeof openBroker>[0] = {}): Promise<StandInBroker> {
  const broker = await openBroker(options);
  brokers.push(broker);
  return broker;
}

function written(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Where nobody is any more. */
async function deserted(): Promise<string> {
  const url = await vendor(() => {});
  const [server] = servers.splice(-1);
  await new Promise((resolve) => server?.close(resolve));
  return url;
}

/** Answers lists, and leaves everything else to a test. */
function listsAnd(answer: RequestListener): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET') return answer(request, response);
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
  };
}

describe('pact verify', () => {
  it('holds an endpoint to what our order management reads, again and again', async () => {
    for (const _time of ['first', 'second']) {
      const { code, out, error } = await southbound(['pact', 'verify', somUrl]);
      expect(error).toBe('');
      expect(out).toMatch(/holds {8}an order with every action/);
      expect(out).toMatch(/holds {8}a subscription that is there already/);
      expect(out).toMatch(
        /skipped {6}an order that is refused\n +the state "it refuses orders" cannot be brought about/,
      );
      expect(out).toContain('4 interactions hold, 0 are broken, 4 skipped');
      expect(code).toBe(0);
    }
  });

  it('ends the subscriptions that it makes, and leaves paths to where the API starts', async () => {
    const seen: string[] = [];
    let count = 0;
    const url = await vendor((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      count += 1;
      const status = request.method === 'GET' ? 200 : 201;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(status === 200 ? [] : { id: `n${count}` }));
    });
    process.env.SOUTHBOUND_TEST_TOKEN = 'of-the-vendor';
    const { code, out } = await southbound([
      'pact',
      'verify',
      `${url}/api/orders`,
      '--auth',
      'bearer=SOUTHBOUND_TEST_TOKEN',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/BROKEN {7}a subscription that is there already\n +expected 409 but was 201/);
    expect(new Set(seen.map((each) => each.split(' ')[2]))).toEqual(new Set(['Bearer']));
    expect(seen.every((each) => each.includes(' /api/orders/'))).toBe(true);
    const ended = seen.filter((each) => each.startsWith('DELETE /api/orders/hub/n'));
    expect(ended).toHaveLength(seen.filter((each) => each.startsWith('POST /api/orders/hub ')).length);
    expect(out).not.toContain('of-the-vendor');
  });

  it('says which connection broke, and goes on with the others', async () => {
    const url = await vendor(
      listsAnd((request, response) => {
        if (request.url?.endsWith('/hub') === true)
          response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
        else request.socket.destroy();
      }),
    );
    const { code, out } = await southbound(['pact', 'verify', `${url}${base}`]);
    expect(out).toMatch(/BROKEN {7}an order with every action\n +the connection broke before the answer was in/);
    expect(out).toMatch(/holds {8}a subscription to its events/);
    expect(code).toBe(1);
  });

  it('is stopped when its time is up, and says so', async () => {
    const url = await vendor(
      listsAnd((request, response) => {
        if (request.url?.endsWith('/hub') === true)
          response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
      }),
    );
    const { code, out } = await southbound(['pact', 'verify', `${url}${base}`, '--time-limit', 'PT3S']);
    expect(out).toContain('Pact was still at it after PT3S, and was stopped. --time-limit gives it longer.');
    expect(out).toMatch(
      /BROKEN {7}an order that adds a service made of others\n +no answer came before the time was up/,
    );
    expect(out).toMatch(/not reached {2}an order with every action/);
    expect(code).toBe(1);
  });

  it('holds an inventory system to what our order management reads of it, and leaves no question behind', async () => {
    const inventory = new Running(['mock', 'inventory', '--sites', '1', '--port', '0', '--quiet']);
    const [, url = ''] = await inventory.said(/Simulated inventory at (http\S+)/);
    await inventory.said(/Ctrl-C/);
    try {
      const api = `${url}/tmf-api/serviceQualificationManagement/v4`;
      const { code, out, error } = await southbound(['pact', 'verify', api, '--as', 'inventory']);
      expect(error).toBe('');
      expect(out).toMatch(/holds {8}a look at a question that it has answered/);
      expect(out).toMatch(/holds {8}a question is given up/);
      expect(out).toMatch(
        /skipped {6}a question that is answered by reasons\n +the state "it has nothing at the site" cannot be brought about/,
      );
      expect(out).toContain('6 interactions hold, 0 are broken, 10 skipped');
      expect(code).toBe(0);
      const journal = await (await fetch(`${url}/mock/v1/journal`)).json();
      const asked = (journal as { request: { method: string; path: string }; outcome: { status?: number } }[]).filter(
        ({ request, outcome }) => request.path.includes('/checkServiceQualification') && Number(outcome.status) < 300,
      );
      const countOf = (method: string) => asked.filter(({ request }) => request.method === method).length;
      expect([countOf('POST'), countOf('DELETE')]).toEqual([2, 2]);
    } finally {
      await inventory.end();
    }
  });

  it.each([
    ['a pact of ours and another', { as: 'inventory' as const, pact: [requests] }, '--as takes one of our pacts'],
    ['a file that is no pact', { pact: ['package.json'] }, 'package.json: is no pact: it has no consumer'],
    ['a file that is not there', { pact: ['nothing.json'] }, 'nothing.json: there is no such file'],
    [
      'a time limit that is no duration',
      { timeLimit: '60' },
      '--time-limit expects a duration, for example PT2M; got 60.',
    ],
    ['a broker without a provider', { broker: 'http://127.0.0.1:9' }, '--broker needs --provider'],
    ['a provider without a broker', { provider: 'SOM' }, '--provider and --token-from go with --broker.'],
    ['two places for pacts', { broker: 'http://127.0.0.1:9', pact: [requests] }, 'name one.'],
    ['credentials that are not there', { auth: 'bearer=NO_SUCH_TOKEN' }, 'there is no variable NO_SUCH_TOKEN'],
  ])('refuses %s', async (_what, options, message) => {
    await expect(verifyPacts(somUrl, { timeLimit: 'PT1M', ...options })).rejects.toThrow(message);
  });

  it('refuses an endpoint that is not there, and what is no URL', async () => {
    const { code, error } = await southbound(['pact', 'verify', await deserted()]);
    expect(error).toMatch(/^http:\S+: nobody answers there\.\n$/);
    expect(code).toBe(2);
    await expect(verifyPacts('som', { timeLimit: 'PT1M' })).rejects.toThrow('"som" is no URL.');
  });

  it('says when nothing of a pact can be verified', async () => {
    const { interactions, ...pact } = JSON.parse(readFileSync(requests, 'utf8'));
    const one = interactions.filter(({ description }: { description: string }) => description.includes('refused'));
    const file = written('one.json', { ...pact, interactions: one });
    const { code, out } = await southbound(['pact', 'verify', somUrl, '--pact', file]);
    expect(out).toContain('Nothing could be verified');
    expect(code).toBe(2);
  });

  it('says what to install where Pact is not there', () => {
    expect(() => pactLibrary([`${folder}/`])).toThrow('npm install --save-dev @pact-foundation/pact@17');
    expect(pactLibrary()).toContain('@pact-foundation/pact');
  });
});

describe('pact publish', () => {
  it('gives a broker our pacts, those of each pair as one, with version and branch, by its token', async () => {
    const broker = await brokerWith({ token: 'broker-secret' });
    process.env.SOUTHBOUND_TEST_TOKEN = 'broker-secret';
    const args = [
      'pact',
      'publish',
      '--broker',
      broker.url,
      '--version',
      '1.4.0',
      '--branch',
      'main',
      '--build-url',
      'https://ci.example/7',
    ];
    const { code, out, error } = await southbound([...args, '--token-from', 'SOUTHBOUND_TEST_TOKEN']);
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^published: Southbound order management 1\.4\.0 with SOM\npublished: Southbound order management 1\.4\.0 with Inventory\n( {2}Pact successfully published for Southbound order management version 1\.4\.0\.\n)+$/,
    );
    expect([...broker.pacts.keys()].toSorted()).toEqual([
      'Southbound order management/Inventory',
      'Southbound order management/SOM',
    ]);
    const published = broker.pacts.get('Southbound order management/SOM');
    expect(published).toMatchObject({ version: '1.4.0', branch: 'main' });
    const types = JSON.parse(published?.text ?? '').interactions.map(({ type }: { type: string }) => type);
    expect(new Set(types)).toEqual(new Set(['Synchronous/HTTP', 'Asynchronous/Messages']));
    expect(types).toHaveLength(13);
  });

  it('gives a broker what became of the pacts that came from it', async () => {
    const broker = await brokerWith();
    await southbound(['pact', 'publish', '--broker', broker.url, '--version', '1', '--pact', requests]);
    const file = join(folder, 'results.json');
    const verified = await southbound([
      'pact',
      'verify',
      somUrl,
      '--broker',
      broker.url,
      '--provider',
      'SOM',
      '--out',
      file,
    ]);
    expect(verified).toMatchObject({ code: 0, error: '' });
    const args = [
      'pact',
      'publish',
      '--broker',
      broker.url,
      '--version',
      'som-7',
      '--branch',
      'main',
      '--results',
      file,
    ];
    const unsure = await southbound(args);
    expect(unsure.code).toBe(2);
    expect(unsure.error).toContain('--accept-skipped counts them as kept:\n  an order that comes while it is busy\n');
    expect(broker.results).toEqual([]);
    const { code, out } = await southbound([...args, '--accept-skipped']);
    expect(out).toBe('published: SOM som-7 keeps the pact of Southbound order management\n');
    expect(code).toBe(0);
    expect(broker.branches).toEqual(['SOM main som-7']);
    expect(broker.results).toMatchObject([
      {
        success: true,
        providerApplicationVersion: 'som-7',
        provider: 'SOM',
        consumer: 'Southbound order management',
        verifiedBy: { implementation: 'Southbound' },
      },
    ]);
  });

  it('says that a broken pact is broken, whatever was skipped', async () => {
    const broker = await brokerWith();
    await southbound(['pact', 'publish', '--broker', broker.url, '--version', '1', '--pact', requests]);
    const url = await vendor((request, response) => {
      response.writeHead(request.method === 'GET' ? 200 : 500, { 'content-type': 'application/json' }).end('[]');
    });
    const file = join(folder, 'broken.json');
    const verified = await southbound([
      'pact',
      'verify',
      `${url}${base}`,
      '--broker',
      broker.url,
      '--provider',
      'SOM',
      '--out',
      file,
    ]);
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(
      /skipped {6}a subscription that is there already\n +its state could not be brought about: POST \/hub 500/,
    );
    const { code, out } = await southbound([
      'pact',
      'publish',
      '--broker',
      broker.url,
      '--version',
      '7',
      '--results',
      file,
    ]);
    expect(out).toBe('published: SOM 7 breaks the pact of Southbound order management\n');
    expect(code).toBe(0);
    expect(broker.results).toMatchObject([{ success: false, providerApplicationVersion: '7' }]);
  });

  it('refuses results of pacts that come from no broker', async () => {
    const broker = await brokerWith();
    const file = join(folder, 'local.json');
    await southbound(['pact', 'verify', somUrl, '--out', file]);
    const { code, error } = await southbound([
      'pact',
      'publish',
      '--broker',
      broker.url,
      '--version',
      '7',
      '--results',
      file,
    ]);
    expect(error).toContain(
      'om-som-requests.json does not come from a broker. Verify with --broker and --provider first.',
    );
    expect(code).toBe(2);
  });

  it.each([
    ['a broker that is not there', { isGone: true }, {}, 'The broker does not answer at http://127.0.0.1:'],
    ['a token that is missing', { token: 'secret' }, {}, 'name the variable with its token by --token-from.'],
    [
      'a variable that is missing',
      {},
      { tokenFrom: 'NO_SUCH_TOKEN' },
      '--token-from NO_SUCH_TOKEN: there is no variable',
    ],
    ['a broker from before all this', { lacks: ['pb:publish-contracts'] }, {}, 'it is no Pact broker, or one before'],
    ['a version that the broker refuses', {}, { version: ' ' }, /The broker answers 400 at \S+: .*is missing/],
    ['results and pacts at once', {}, { results: 'a', pact: ['b'] }, 'do one after the other'],
    ['results that are none', {}, { results: 'package.json' }, 'expected what "southbound pact verify --out" writes'],
    ['a broker that is no URL', {}, { broker: 'broker' }, '--broker expects a URL without credentials'],
  ])('refuses %s', async (_what, stand: { isGone?: boolean; token?: string; lacks?: string[] }, options, message) => {
    const broker = stand.isGone === true ? await deserted() : (await brokerWith(stand)).url;
    await expect(publish({ version: '1', broker, ...options })).rejects.toThrow(message);
  });

  it('sends its token to nobody but the broker', async () => {
    const broker = await brokerWith({ token: 'broker-secret' });
    process.env.SOUTHBOUND_TEST_TOKEN = 'broker-secret';
    const alias = broker.url.replace('127.0.0.1', 'localhost');
    const refused = publish({ version: '1', broker: alias, tokenFrom: 'SOUTHBOUND_TEST_TOKEN' });
    await expect(refused).rejects.toThrow(`refers to ${broker.url}. Give it under the address it has itself.`);
    expect(broker.asked.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('the help', () => {
  it.each([['pact'], ['pact', 'verify'], ['pact', 'publish'], ['record']])(
    'of %s %s is there, with examples',
    async (...command) => {
      const { code, out } = await southbound([...command, '--help']);
      expect(out).toContain(`Usage: southbound ${command.join(' ')}`);
      if (command.length > 1 || command[0] === 'record') expect(out).toMatch(/Examples:\n {2}southbound /);
      expect(code).toBe(0);
    },
  );
});

/** No secret reaches a journal or a report, whatever carries it and whoever repeats it. */
import { describe, expect, it } from 'vitest';
import type { OrderRecord, RunRecord } from '../../contracts/records/run.ts';
import { textOfInstant } from '../../contracts/schemas/text.ts';
import { openEngine, productOrderingBase, readTargets } from '../../engine/index.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse, type ReceivedRequest } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { junitReport } from '../../reports/junit.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { openNetwork } from '../../scenarios/network.ts';
import { openWitness } from '../../scenarios/witness.ts';
import { broadband, hierarchical } from '../support/orders.ts';

const environment = {
  PASSWORD: 'pass-"word"-4711',
  TOKEN: 'token-4712',
  KEY: 'key/4713 and more',
  CLIENT_SECRET: 'client+secret-4714',
};
/** What the token endpoint gives out is a secret as well. */
const granted = 'granted-4715';
const secrets = [...Object.values(environment), granted];
/** Also as they travel. */
const telling = [
  ...secrets,
  ...secrets.map((secret) => JSON.stringify(secret).slice(1, -1)),
  ...secrets.map(encodeURIComponent),
  Buffer.from(`southbound:${environment.PASSWORD}`).toString('base64'),
];

const oauth2 = {
  tokenUrl: 'http://som.test/oauth2/token',
  clientId: 'southbound',
  clientSecret: { env: 'CLIENT_SECRET' },
};

/** Repeats whatever it is told, in refusals, in states and in headers: first to a hub request, then to an order, then to its retry. */
function gossip(): Endpoint {
  let attempts = 0;
  return ({ path, headers, body }: ReceivedRequest) => {
    if (path === '/oauth2/token') {
      return reply(
        jsonResponse(200, { access_token: granted, token_type: 'bearer', expires_in: 60, heard: body?.text }),
      );
    }
    const heard = JSON.stringify(headers);
    const link = { link: headers.authorization ?? headers['x-vendor-key'] ?? 'none' };
    attempts += 1;
    if (attempts <= 2) return reply(jsonResponse(503, { code: '1', reason: heard, message: heard }, link));
    const sent = body?.json as { serviceOrderItem: { id: string }[] }; // it is an order, or a hub request without items
    const serviceOrderItem = (sent.serviceOrderItem ?? []).map((item) => ({
      ...item,
      state: 'failed',
      errorMessage: [{ message: heard }],
    }));
    return reply(jsonResponse(201, { id: 'som-1', state: 'failed', serviceOrderItem, heard }, link));
  };
}

function reply(response: ReturnType<typeof jsonResponse>) {
  return { kind: 'reply', response, afterMs: 20 } as const;
}

/** A run in which an order goes to a target that is configured like this. */
async function recorded(configured: object): Promise<RunRecord> {
  const kernel = virtualKernel({ seed: '1' });
  const network = await openNetwork({ kernel, transport: 'direct' }, ['som']);
  const witness = openWitness({ kernel, network, keepJournal: true, audience: {} });
  const read = readTargets({ som: { url: 'http://som.test/tmf-api/serviceOrdering/v4', ...configured } }, environment);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const engine = await openEngine({
    kernel,
    client: witness.clientOf('om'),
    catalogue: broadband,
    policies: { ...hierarchical, approval: 'automatic' },
    targets: read.content,
    publicUrl: network.urlOf('om'),
    onStep: witness.sawStep,
  });
  network.mount({ crm: gossip(), om: engine.endpoint, som: gossip() });
  await engine.start();
  const ordered = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'broadband-100' } }] };
  kernel.call('order', async () => {
    const url = `${network.urlOf('om')}${productOrderingBase}/productOrder`;
    const headers = { 'content-type': jsonMediaType };
    await witness.clientOf('crm').send({ method: 'POST', url, headers, body: jsonBody(ordered) }, { timeoutMs: 1_000 });
  });
  await kernel.run(kernel.now() + 3_600_000);
  const { orders } = await engine.store.list({ category: 'Product', offset: 0, limit: 10 });
  return {
    tool: 'southbound',
    scenario: 'a secret that must not be told',
    file: 'none',
    seed: '1',
    transport: 'direct',
    startedAt: textOfInstant(kernel.now()),
    endedAt: textOfInstant(kernel.now()),
    verdict: 'passed',
    findings: witness.findings,
    digest: witness.journal.digest(),
    parties: network.parties,
    journal: witness.journal.records,
    orders: orders.map((order): OrderRecord => {
      const workNotes = order.workNotes.map(({ at, ...note }) => ({ at: textOfInstant(at), ...note }));
      return { ...order, name: 'order', workNotes };
    }),
  };
}

describe.each<[string, object, string]>([
  ['a password', { auth: { basic: { user: 'southbound', password: { env: 'PASSWORD' } } } }, 'authorization'],
  ['a bearer token', { auth: { bearer: { env: 'TOKEN' } } }, 'authorization'],
  ['an API key', { auth: { apiKey: { header: 'X-Vendor-Key', key: { env: 'KEY' } } } }, 'x-vendor-key'],
  ['a header of its own', { headers: { 'X-Vendor-Key': { env: 'KEY' } } }, 'x-vendor-key'],
  ['an OAuth 2 client secret in a header', { auth: { oauth2 } }, 'authorization'],
  [
    'an OAuth 2 client secret in a body',
    { auth: { oauth2: { ...oauth2, clientAuthentication: 'post' } } },
    'authorization',
  ],
])('%s', (_what, configured, header) => {
  it('is in no journal and in no report, though the SOM repeats it', async () => {
    const run = await recorded(configured);
    const written = {
      journal: JSON.stringify(run.journal),
      record: JSON.stringify(run),
      html: htmlReport([run]),
      json: jsonReport([run]),
      junit: junitReport([run]),
      markdown: markdownReport([run]),
    };
    for (const [name, text] of Object.entries(written)) {
      expect(
        telling.filter((secret) => text.includes(secret)),
        name,
      ).toEqual([]);
    }
    // It was sent, was repeated, and was written down as what it is.
    const toSom = run.journal.flatMap((entry) => (entry.kind === 'exchange' && entry.to === 'som' ? [entry] : []));
    const orders = toSom.filter(({ request }) => request.path.endsWith('/serviceOrder'));
    expect(orders.length).toBeGreaterThan(1);
    for (const { request } of orders) expect(request.headers[header]).toBe('[redacted]');
    expect(JSON.stringify(run.orders)).toContain('[redacted]');
    const forTokens = toSom.filter(({ request }) => request.path === '/oauth2/token');
    expect(forTokens.length > 0).toBe('auth' in configured && JSON.stringify(configured).includes('oauth2'));
    for (const { request, outcome } of forTokens) {
      expect([request.body?.text, 'body' in outcome && outcome.body?.text]).toEqual(['[redacted]', '[redacted]']);
    }
    expect(run.findings.filter(({ message }) => message.includes('/oauth2/token'))).toEqual([]);
  });

  it('changes nothing about a run being the same again', async () => {
    expect((await recorded(configured)).digest).toBe((await recorded(configured)).digest);
  });
});

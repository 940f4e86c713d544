/** Simulated parties that have a token for the order management: they show it there, to nobody else, and keep no copy. */
import { describe, expect, it } from 'vitest';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, jsonResponse } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { generatedInventory } from '../../mocks/inventory/generated-inventory.ts';
import { openStandaloneInventory } from '../../mocks/inventory/standalone.ts';
import type { MockJournal } from '../../mocks/journal.ts';
import { promptScriptOf, readSomScript } from '../../mocks/som-script.ts';
import { openStandalone } from '../../mocks/steering/standalone.ts';

const token = 'a-token-of-the-order-management';
const [om, crm] = ['http://om.test:8620', 'http://crm.test'];

interface Party {
  readonly endpoint: Endpoint;
  readonly journal: MockJournal;
}

type Opened = { readonly client: ReturnType<typeof directClient>; readonly kernel: ReturnType<typeof virtualKernel> };

const parties: [string, (opened: Opened, callbackToken?: string) => Party, string, object][] = [
  [
    'a SOM',
    (opened, callbackToken) => {
      const written = promptScriptOf('som');
      const read = readSomScript(written);
      if (!read.ok) throw new Error('the usual script is wrong');
      const urls = { publicUrl: 'http://party.test', callbackUrl: om };
      return openStandalone({ ...opened, personality: 'som', script: read.script, written, ...urls, callbackToken });
    },
    '/tmf-api/serviceOrdering/v4',
    {
      path: '/serviceOrder',
      body: {
        externalId: 'r-1',
        serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'x' } } }],
      },
    },
  ],
  [
    'an inventory system',
    (opened, callbackToken) => {
      const inventory = generatedInventory({ sites: 3, seed: '1' });
      const urls = { publicUrl: 'http://party.test', callbackUrl: om };
      return openStandaloneInventory({ ...opened, inventory, ...urls, callbackToken });
    },
    '/tmf-api/serviceQualificationManagement/v4',
    {
      path: '/checkServiceQualification',
      body: {
        serviceQualificationItem: [
          {
            id: '1',
            service: { serviceSpecification: { id: 'access-line' }, place: [{ id: 'site-00001', role: 'x' }] },
          },
        ],
      },
    },
  ],
];

/** What order management and CRM are shown, both being subscribers, when something happens. */
async function shownBy(open: (typeof parties)[number][1], base: string, cause: object, callbackToken?: string) {
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const shown = new Map<string, Set<string | undefined>>();
  for (const place of [om, crm]) {
    shown.set(place, new Set());
    network.set(place, ({ headers }) => {
      shown.get(place)?.add(headers.authorization);
      // Somebody careless repeats what was sent.
      return { kind: 'reply', response: jsonResponse(201, { said: headers.authorization ?? '' }), afterMs: 0 };
    });
  }
  const party = open({ kernel, client: directClient(kernel, network) }, callbackToken);
  const { path, body } = cause as { path: string; body: object }; // as written above
  const headers = { 'content-type': jsonMediaType };
  const post = (to: string, sent: object) =>
    kernel.call('test', async () => {
      await party.endpoint({ method: 'POST', path: `${base}${to}`, query: {}, headers, body: jsonBody(sent) });
    });
  for (const callback of [om, crm]) post('/hub', { callback });
  post(path, body);
  await kernel.run(kernel.now() + 60_000);
  return { shown, journal: JSON.stringify(party.journal.exchanges) };
}

describe.each(parties)('%s', (_party, open, base, cause) => {
  it('with a token shows it to the order management alone, and keeps no copy of it', async () => {
    const { shown, journal } = await shownBy(open, base, cause, token);
    expect(shown.get(om)).toEqual(new Set([`Bearer ${token}`]));
    expect(shown.get(crm)).toEqual(new Set([undefined]));
    expect(journal).toContain('[redacted]');
    expect(journal).not.toContain(token);
  });

  it('without one shows none', async () => {
    const { shown } = await shownBy(open, base, cause);
    expect([shown.get(om), shown.get(crm)]).toEqual([new Set([undefined]), new Set([undefined])]);
  });
});

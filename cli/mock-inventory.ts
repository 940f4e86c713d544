/** `southbound mock inventory`: a simulated inventory system alone, in real time. */
import { generatedInventory } from '../mocks/inventory/generated-inventory.ts';
import type { InventoryData } from '../mocks/inventory/inventory-data.ts';
import { openStandaloneInventory } from '../mocks/inventory/standalone.ts';
import { basePathOf } from '../mocks/inventory/telling.ts';
import { drainingEndpoint } from '../mocks/steering/draining.ts';
import { readContent } from '../scenarios/files.ts';
import { readStock } from '../scenarios/scenario.ts';
import { callbackTokenIn, lastBytesMs, type MockOptions, patienceMs } from './mock.ts';
import { openStanding } from './standing.ts';
import { colour, say, WrongUse } from './terminal.ts';

export interface MockInventoryOptions extends Omit<MockOptions, 'script'> {
  readonly stock?: string;
  readonly sites?: number;
}

/** What there is when nobody says: enough for some sites to be full. */
const usualSites = 100;

export async function mockInventory(options: MockInventoryOptions): Promise<number> {
  const { stock, sites, port, callback, seed, quiet = false } = options;
  if (stock !== undefined && sites !== undefined) throw new WrongUse('--stock and --sites exclude each other');
  const inventory =
    stock === undefined
      ? generatedInventory({ sites: sites ?? usualSites, seed: seed ?? '1' })
      : readContent(stock, readStock);
  const name = 'inventory';
  const callbackToken = callbackTokenIn(options);
  const standing = await openStanding({ name, host: '127.0.0.1', port, quiet, partyOf: () => 'listener', seed });
  const { kernel, client, url } = standing;
  const callbackUrl = callback.replace(/\/+$/, '');
  const called = { publicUrl: url, callbackUrl, callbackToken };
  const party = openStandaloneInventory({ kernel, client, inventory, name, ...called });
  const draining = drainingEndpoint(party.endpoint, kernel);
  standing.mount(draining.endpoint);
  const site = firstFull(inventory) ?? [...inventory.sites.keys()][0];
  say(colour('bold', `Simulated inventory at ${url}`));
  say(`  stock           ${inventory.name}: ${inventory.sites.size} sites, ${inventory.services.length} services`);
  say(`  what can be had ${party.inventory.checksUrl}`);
  say(`  services        ${url}${basePathOf('TMF638')}/service`);
  say(
    `  capacity        ${url}${basePathOf('TMF639')}/logicalResource${site === undefined ? '' : `?place.id=${site}`}`,
  );
  say(`  callbacks to    ${callbackUrl}${callbackToken === undefined ? '' : ' (with a token)'}`);
  say(`  to look into it ${url}/mock/v1/journal, /reservation`);
  say('Ctrl-C ends it.');
  await standing.untilInterrupted(async () => {
    await draining.finish(patienceMs);
    await kernel.rest(kernel.now() + lastBytesMs);
  });
  return 0;
}

/** A site where a service is: there is something to look at. */
function firstFull({ services }: InventoryData): string | undefined {
  return services.find(({ site }) => site !== undefined)?.site;
}

/** A large inventory system made up from a seed: thousands of sites, most with room, some full, some with more to come. */
import { type Chance, chanceStream } from '../../kernel/chance.ts';
import type { InventoryData } from './inventory-data.ts';
import { type InventoryFile, inventoryOf, type SiteInFile } from './inventory-file.ts';

export interface Size {
  readonly sites: number;
  /** The same seed makes the same inventory. */
  readonly seed: string;
}

export function generatedInventory(size: Size): InventoryData {
  return inventoryOf(generatedFile(size));
}

/** As a file would say it. */
export function generatedFile({ sites: count, seed }: Size): InventoryFile & { readonly sites: readonly SiteInFile[] } {
  const chance = chanceStream(seed, 'inventory.sites');
  const made = Array.from({ length: count }, (_, index) => madeSite(index + 1, chance));
  return {
    inventory: `${count} sites of seed ${seed}`,
    specifications,
    sites: made.map(({ site }) => site),
    services: made.flatMap(({ services }) => services),
  };
}

/** Those of the broadband catalogue, and what is offered where there is no fibre left. */
const specifications: InventoryFile['specifications'] = {
  'internet-access': { name: 'Internet access', limited: false },
  'access-line': { name: 'Access line', alternatives: ['wireless-line', 'copper-line'] },
  'ip-connectivity': { name: 'IP connectivity', limited: false },
  'home-router': { name: 'Home router', limited: false },
  'wireless-line': { name: 'Wireless line' },
  'copper-line': { name: 'Copper line' },
};

type Services = NonNullable<InventoryFile['services']>;

/** One in ten is full, one in five has been built for and never been connected, and the others have room. */
function madeSite(number: number, chance: Chance): { site: SiteInFile; services: Services } {
  const id = `site-${String(number).padStart(5, '0')}`;
  const name = `${chance.between(1, 120)} ${chance.pick(streets)}, ${chance.pick(towns)}`;
  const country = chance.pick(countries);
  const kind = chance.between(1, 10);
  const lines = kind === 1 ? chance.between(1, 4) : kind <= 3 ? 0 : chance.between(4, 48);
  const used = kind === 1 ? lines : 0;
  const capacity = {
    'access-line': lines,
    'wireless-line': chance.between(0, 2) === 0 ? chance.between(1, 16) : 0,
    'copper-line': chance.between(0, 3) === 0 ? chance.between(1, 8) : 0,
  };
  const isGrowing = kind <= 3 && chance.between(1, 4) === 1;
  const coming = { specification: 'access-line', at: `P${chance.between(7, 60)}D`, quantity: chance.between(4, 24) };
  return {
    site: { id, name, country, capacity, ...(isGrowing ? { available: [coming] } : {}) },
    services: Array.from({ length: used }, (_, index) => {
      return { id: `line-${id}-${index + 1}`, specification: 'access-line', site: id };
    }),
  };
}

const streets = [
  'Harbour Street',
  'Mill Lane',
  'Station Road',
  'Church Hill',
  'Market Square',
  'Garden Row',
  'Bridge Street',
  'Orchard Way',
  'Castle Road',
  'Forest Drive',
  'River View',
  'Chapel Street',
  'Meadow Close',
  'School Lane',
  'North Parade',
  'King Street',
];

const towns = [
  'Northwick',
  'Elmstad',
  'Sudhaven',
  'Brenby',
  'Ostford',
  'Lindholm',
  'Marstrand Bay',
  'Kirkdale',
  'Fenborough',
  'Holmvik',
  'Ashmere',
  'Tarnsjo',
];

const countries = ['SE', 'NO', 'DK', 'FI', 'GB', 'IE'];

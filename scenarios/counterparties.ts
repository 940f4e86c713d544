/** The simulated systems of a world: what stands behind each name, and how the order management is told to reach it. */
import { type Finding, findingText, pointerTo } from '../contracts/schemas/finding.ts';
import { readTargets, type Target } from '../engine/index.ts';
import type { Client } from '../exchange/client.ts';
import type { Endpoint } from '../exchange/endpoint.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { basePathOf } from '../mocks/dialects/dialects.ts';
import { Inventory } from '../mocks/inventory/inventory.ts';
import type { InventoryData } from '../mocks/inventory/inventory-data.ts';
import { basePathOf as inventoryBasePathOf } from '../mocks/inventory/telling.ts';
import { Som } from '../mocks/som.ts';
import type { Personality, SomScript } from '../mocks/som-script.ts';
import type { Party } from './network.ts';

/** By name, whom the order management sends to; no name is among both. */
export interface Counterparties {
  /** What service orders go to. */
  readonly systems: { readonly [name: Party]: System };
  /** What is asked whether services can be had. */
  readonly inventories: { readonly [name: Party]: StockedInventory };
}

/** A simulated system, and how the order management is told to reach it. */
export interface System {
  readonly script: SomScript;
  /** As a target in a configuration file, without its URL. */
  readonly target?: object;
}

/** A simulated inventory system, and how the order management is told to reach it. */
export interface StockedInventory {
  readonly stock: InventoryData;
  /** As a target in a configuration file, without its URL. */
  readonly target?: object;
}

export interface Opened {
  readonly systems: ReadonlyMap<Party, Som>;
  readonly inventories: ReadonlyMap<Party, Inventory>;
  readonly endpoints: { readonly [name: Party]: Endpoint };
}

export function openCounterparties(
  { systems, inventories }: Counterparties,
  around: { kernel: Kernel; clientOf: (name: Party) => Client; urlOf: (party: Party) => string },
): Opened {
  const { kernel, clientOf, urlOf } = around;
  const partsOf = (name: Party) => {
    return { kernel, name, client: clientOf(name), publicUrl: urlOf(name), callbackUrl: urlOf('om') };
  };
  const soms = Object.entries(systems).map(
    ([name, { script }]) => [name, new Som({ ...partsOf(name), script })] as const,
  );
  const stocked = Object.entries(inventories).map(
    ([name, { stock }]) => [name, new Inventory({ ...partsOf(name), inventory: stock })] as const,
  );
  return {
    systems: new Map(soms),
    inventories: new Map(stocked),
    endpoints: Object.fromEntries([...soms, ...stocked].map(([name, { endpoint }]) => [name, endpoint])),
  };
}

export function namesOf({ systems, inventories }: Counterparties): Party[] {
  return [...Object.keys(systems), ...Object.keys(inventories)];
}

type Environment = { readonly [name: string]: string };

/** What the order management knows of each: where it is, and what the scenario says of it. */
export function targetsOf(
  given: Counterparties,
  environment: Environment | undefined,
  urlOf: (party: Party) => string,
): readonly Target[] {
  const read = readTargets(writtenTargets(given, urlOf), environment ?? {});
  if (!read.ok) throw new Error(`the targets of the world are not valid: ${read.findings.map(findingText).join('; ')}`);
  return read.content;
}

/** What is wrong with how they are reached; pointers lead to where a scenario says it. */
export function wrongTargets(given: Counterparties, environment: Environment): Finding[] {
  const read = readTargets(
    writtenTargets(given, (party) => `http://${party}.test`),
    environment,
  );
  if (read.ok) return [];
  return read.findings.map(({ pointer, ...finding }) => {
    const [, name = '', ...rest] = pointer.split('/');
    const place = pointerTo(name in given.systems ? '/given/systems' : '/given/inventories', name);
    return { ...finding, pointer: [place, 'target', ...rest].join('/') };
  });
}

const dialectNames: { readonly [personality in Personality]?: string } = {
  flowone: 'flowone',
  rom: 'tmf652-v4.0',
  wom: 'tmf697-v4.0',
};

/** What a simulated system speaks, where that is not the usual dialect. */
export function usualDialectOf(personality: Personality): { dialect?: string } {
  const dialect = dialectNames[personality];
  return dialect === undefined ? {} : { dialect };
}

function writtenTargets(
  { systems, inventories }: Counterparties,
  urlOf: (party: Party) => string,
): { [name: string]: object } {
  const orders = Object.entries(systems).map(([name, { script, target }]) => {
    const { personality } = script;
    return [name, { url: `${urlOf(name)}${basePathOf(personality)}`, ...usualDialectOf(personality), ...target }];
  });
  const questions = Object.entries(inventories).map(([name, { target }]) => {
    return [name, { url: `${urlOf(name)}${inventoryBasePathOf('TMF645')}`, dialect: 'tmf645-v4.0', ...target }];
  });
  return Object.fromEntries([...orders, ...questions]);
}

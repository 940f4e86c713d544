/**
 * `southbound/msw`: simulated parties for anyone's tests. Their handlers go into an msw server; the clock of each is its
 * own, and moves only when a test advances it, or while a test waits for an answer that takes its time.
 */
import type { RequestHandler } from 'msw';
import { findingText } from '../contracts/schemas/finding.ts';
import { durationMsOfText } from '../contracts/schemas/text.ts';
import type { Waiting } from '../exchange/endpoint.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { mswHandlers } from '../exchange/msw.ts';
import type { TimedKernel } from '../kernel/timed-kernel.ts';
import { virtualKernel } from '../kernel/virtual-kernel.ts';
import { speakAlike } from './dialects/dialects.ts';
import { generatedFile } from './inventory/generated-inventory.ts';
import { readInventory } from './inventory/inventory-file.ts';
import { openStandaloneInventory } from './inventory/standalone.ts';
import type { MockJournal } from './journal.ts';
import { type Personality, readSomScript, usualScriptOf } from './som-script.ts';
import { type Firing, fire } from './steering/firing.ts';
import { openStandalone } from './steering/standalone.ts';

export type { ExchangeRecord } from '../contracts/records/exchange.ts';
export type { MockJournal, Unmatched } from './journal.ts';
export type { Firing } from './steering/firing.ts';

export interface SomOptions {
  /**
   * Where the party is, without a slash at the end: `http://som.test`, `http://tom.test`, `http://flowone.test`,
   * `http://rom.test` or `http://wom.test` by default. Below it: TMF641 at `/tmf-api/serviceOrdering/v4`, FlowOne at `/flowone/v1`, TMF652 at
   * `/tmf-api/resourceOrderingManagement/v4`, TMF697 at `/tmf-api/workOrderManagement/v4`, the mock's own API at `/mock/v1`.
   */
  readonly url?: string;
  /** The root of the order management that outboundresponse callbacks go to. */
  readonly callbackUrl?: string;
  /** Same seed, same ids. */
  readonly seed?: string;
}

export interface MswSom {
  /** For `setupServer(...handlers)` or `server.use(...handlers)`. */
  readonly handlers: readonly RequestHandler[];
  /** What it received and what it told, in order; and requests that the script has no behaviour for. */
  readonly journal: MockJournal;
  /**
   * Lets time pass, and everything happen that is due: states change, events and callbacks are sent with `fetch`, and
   * have been answered when this settles.
   * @param duration ISO 8601, such as `PT2H`.
   */
  advance(duration: string): Promise<void>;
  /**
   * Goes on with an order that a step `hold: true` of the script holds.
   * @param order its id, or the externalId it was placed with.
   */
  release(order: string): Promise<void>;
  /**
   * Makes something happen to an order now, and tells it: `fire('r-1', { state: 'completed', tell: 'outboundresponse' })`.
   * @param order its id, or the externalId it was placed with.
   * @param step as a script would say it, without `after`.
   */
  fire(order: string, step: Firing): Promise<void>;
}

/**
 * A SOM that speaks TMF641 v4.1.
 * @param script as a YAML script would say it (`southbound/schemas/som-script.schema.json`). By default every order is
 * accepted, started after a minute and completed half an hour later.
 * @throws an error that lists every place where the script is wrong.
 */
export function som(script?: unknown, options: SomOptions = {}): MswSom {
  return simulated('som', script, options);
}

/** A TOM that speaks TMF641 v4.1; by default it starts after five minutes and completes two hours later. See `som`. */
export function tom(script?: unknown, options: SomOptions = {}): MswSom {
  return simulated('tom', script, options);
}

/** A FlowOne that speaks its own dialect (docs/decisions/0011). See `som`. */
export function flowone(script?: unknown, options: SomOptions = {}): MswSom {
  return simulated('flowone', script, options);
}

/** A resource order manager, which speaks TMF652 v4.0. See `som`. */
export function rom(script?: unknown, options: SomOptions = {}): MswSom {
  return simulated('rom', script, options);
}

/** A work order manager, which speaks TMF697 v4.0. See `som`. */
export function wom(script?: unknown, options: SomOptions = {}): MswSom {
  return simulated('wom', script, options);
}

export interface InventoryOptions {
  /**
   * Where the inventory system is, without a slash at the end: `http://inventory.test` by default. Below it: TMF645 at
   * `/tmf-api/serviceQualificationManagement/v4`, TMF638 at `/tmf-api/serviceInventory/v4`, TMF639 at
   * `/tmf-api/resourceInventoryManagement/v4`, the mock's own API at `/mock/v1`.
   */
  readonly url?: string;
  /** The root of the order management that processResult callbacks go to. */
  readonly callbackUrl?: string;
  /** Same seed, same ids. */
  readonly seed?: string;
}

export interface MswInventory extends Pick<MswSom, 'handlers' | 'journal' | 'advance'> {}

/** A few sites to begin with: enough for some to be full, and few enough to be read through. */
const usualSites = 20;

/**
 * An inventory system: checks what can be had (TMF645), holds capacity, and keeps services (TMF638) and resources (TMF639).
 * @param file as a YAML file would say it (`southbound/schemas/inventory.schema.json`). By default twenty sites of the seed,
 * `site-00001` and so on.
 * @throws an error that lists every place where the file is wrong.
 */
export function inventory(file?: unknown, options: InventoryOptions = {}): MswInventory {
  const { url = 'http://inventory.test', callbackUrl = 'http://om.test', seed = '1' } = options;
  const read = readInventory(file ?? generatedFile({ sites: usualSites, seed }));
  if (!read.ok) throw new Error(`The inventory cannot be used:\n${read.findings.map(findingText).join('\n')}`);
  const kernel = virtualKernel({ seed });
  const client = fetchClient(kernel);
  const party = openStandaloneInventory({ kernel, client, inventory: read.inventory, publicUrl: url, callbackUrl });
  const { waiting, run } = patience(kernel);
  return {
    handlers: mswHandlers(waiting, url, party.endpoint),
    journal: party.journal,
    advance: (duration) => run(durationMsOfText(duration)),
  };
}

function simulated(personality: Personality, given: unknown, options: SomOptions): MswSom {
  const { url = `http://${personality}.test`, callbackUrl = 'http://om.test', seed = '1' } = options;
  const written = given ?? usualScriptOf(personality);
  const read = readSomScript(written);
  const title = personality === 'flowone' ? 'FlowOne' : personality.toUpperCase();
  if (!read.ok) throw new Error(`The ${title} script cannot be used:\n${read.findings.map(findingText).join('\n')}`);
  if (!speakAlike(read.script.personality, personality))
    throw new Error(`The ${title} script cannot be used: it is for a ${read.script.personality}`);

  const kernel = virtualKernel({ seed });
  const client = fetchClient(kernel);
  const { script } = read;
  const party = openStandalone({ kernel, client, personality, script, written, publicUrl: url, callbackUrl });
  const { waiting, run } = patience(kernel);
  const found = (id: string) => {
    const order = party.som.findOrder(id);
    if (order !== undefined) return order;
    throw new Error(`There is no order with the id or externalId ${id} at ${url}. Place it first.`);
  };
  return {
    handlers: mswHandlers(waiting, url, party.endpoint),
    journal: party.journal,
    advance: (duration) => run(durationMsOfText(duration)),
    release: async (id) => {
      const { id: orderId } = found(id);
      if (!party.som.life.release(orderId)) throw new Error(`Order ${id} is not held by a step "hold: true".`);
      await run(0);
    },
    fire: async (id, step) => {
      const findings = fire(party.som, found(id), step);
      if (findings.length > 0) throw new Error(`This cannot be fired:\n${findings.map(findingText).join('\n')}`);
      await run(0);
    },
  };
}

/** Lets time pass for whoever waits for an answer, and for whoever says so. */
function patience(kernel: TimedKernel): { waiting: Waiting; run: (durationMs: number) => Promise<void> } {
  /** A bug that showed while nobody advanced; the next `run` throws it. */
  let fault: unknown;
  return {
    waiting: {
      now: () => kernel.now(),
      park: () => kernel.park(),
      rest: (until) => {
        const rested = kernel.rest(until);
        kernel.run(until).catch((failure: unknown) => {
          fault ??= failure;
        });
        return rested;
      },
    },
    run: async (durationMs) => {
      if (fault !== undefined) throw fault;
      await kernel.run(kernel.now() + durationMs);
    },
  };
}

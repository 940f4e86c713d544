/**
 * Orders, decisions, deliveries, cessations and expiries in whatever order, against inventory systems that answer at once,
 * later, and when asked again: nothing is promised twice, and nothing stays reserved for nobody.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingText } from '../../contracts/schemas/finding.ts';
import { type CustomerOrder, openEngine, readTargets, type Target } from '../../engine/index.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType } from '../../exchange/message.ts';
import type { TimedKernel } from '../../kernel/timed-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { Inventory } from '../../mocks/inventory/inventory.ts';
import { readInventory } from '../../mocks/inventory/inventory-file.ts';
import { broadband, policiesOf } from '../support/orders.ts';

const hour = 3_600_000;
const specifications = {
  'internet-access': { limited: false },
  'access-line': { alternatives: ['wireless-line'] },
  'wireless-line': {},
  'ip-connectivity': { limited: false },
  'home-router': { limited: false },
};
const limited = ['access-line', 'wireless-line'];
const siteAt = (id: string, lines: number) => ({ id, capacity: { 'access-line': lines, 'wireless-line': 1 } });

/** North answers at once, east later by event, south later to whoever asks again. */
const inventories = {
  north: { sites: [siteAt('n1', 1), siteAt('n2', 3)], reservationValidFor: 'PT48H' },
  east: { sites: [siteAt('e1', 2)], reservationValidFor: 'PT12H', answers: [{ after: 'PT1H', report: 'event' }] },
  south: { sites: [siteAt('s1', 2)], reservationValidFor: 'P5D', answers: [{ after: 'PT30M', report: 'none' }] },
};
const targets = {
  north: { qualifies: { order: 10, when: { location: ['n1', 'n2'] } } },
  east: { qualifies: { order: 20, when: { location: 'e1' } } },
  south: { reporting: { poll: 'PT10M' }, qualifies: { order: 30 } },
};
const sites = ['n1', 'n2', 'e1', 's1'];

const policies = policiesOf({
  policies: 'asks at once',
  approval: 'automatic',
  outbound: { rows: [] },
  qualification: { start: 'automatic', answerTimeout: 'P1D' },
});

const happenings = fc.record({ kind: fc.nat(11), which: fc.nat(9_999), afterMs: fc.nat(9 * hour) });

interface World {
  readonly kernel: TimedKernel;
  readonly stocks: readonly Inventory[];
  ask(origin: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  order(id: string): Promise<CustomerOrder | undefined>;
}

async function openWorld(seed: string): Promise<World> {
  const kernel = virtualKernel({ seed });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const stocks = Object.entries(inventories).map(([name, file]) => {
    const read = readInventory({ inventory: name, specifications, ...file });
    if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
    const publicUrl = `http://${name}.test`;
    const inventory = new Inventory({
      kernel,
      inventory: read.inventory,
      client,
      publicUrl,
      callbackUrl: 'http://om.test',
      name,
    });
    network.set(publicUrl, inventory.endpoint);
    return inventory;
  });
  const written = Object.entries(targets).map(([name, target]) => {
    const url = `http://${name}.test/tmf-api/serviceQualificationManagement/v4`;
    return [name, { url, dialect: 'tmf645-v4.0', ...target }];
  });
  const engine = await openEngine({
    kernel,
    client,
    catalogue: broadband,
    policies,
    targets: targetsOf(Object.fromEntries(written)),
    publicUrl: 'http://om.test',
  });
  network.set('http://om.test', engine.endpoint);
  await engine.start();
  await kernel.run(kernel.now());
  const ask: World['ask'] = async (origin, method, path, body) => {
    let answer: { status: number; body: unknown } | undefined;
    kernel.call('ask', async () => {
      const request = { method, url: `http://${origin}.test${path}`, headers: { 'content-type': jsonMediaType } };
      const outcome = await client.send(body === undefined ? request : { ...request, body: jsonBody(body) }, {
        timeoutMs: 30_000,
      });
      if (outcome.kind !== 'answered') throw new Error(`${method} ${path}: ${outcome.kind}`);
      answer = { status: outcome.response.status, body: outcome.response.body?.json };
    });
    await kernel.run(kernel.now());
    if (answer === undefined) throw new Error(`${method} ${path} was not answered at once`);
    return answer;
  };
  return { kernel, stocks, ask, order: (id) => engine.order(id) };
}

function targetsOf(file: object): readonly Target[] {
  const read = readTargets(file, {});
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  return read.content;
}

/** Counted anew after every happening, from what each inventory system holds, and not as it counts itself. */
function checkStocks({ stocks }: World): void {
  for (const { data, reservations, poolAt, name } of stocks.map(looked)) {
    for (const site of data.sites.keys()) {
      for (const specification of limited) {
        const pool = poolAt({ site, specification });
        const held = reservations.filter(
          ({ state, place }) => state === 'held' && place.site === site && place.specification === specification,
        );
        expect(pool.reserved, `${name} ${site} ${specification}`).toBe(held.length);
        expect(pool.used + pool.reserved, `${name} ${site} ${specification}`).toBeLessThanOrEqual(pool.capacity);
      }
    }
  }
}

function looked(inventory: Inventory) {
  const { data, reservations, name } = inventory;
  return {
    data,
    reservations,
    name,
    poolAt: (place: { site: string; specification: string }) => inventory.poolAt(place),
  };
}

/** One that lives from questions to cessation, as far as the happenings carry it. */
class Story {
  readonly #world: World;
  readonly #orders: { readonly id: string; readonly site: string }[] = [];
  readonly #services: { readonly owner: string; readonly id: string }[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  get size(): number {
    return this.#orders.length;
  }

  async happen({ kind, which, afterMs }: { kind: number; which: number; afterMs: number }): Promise<void> {
    if (kind <= 4) await this.#asks(sites[which % sites.length] ?? 'n1');
    else if (kind === 5) await this.#world.kernel.run(this.#world.kernel.now() + afterMs);
    else if (kind <= 7) await this.#delivers(which);
    else if (kind === 8) await this.#command(which, '/decideQualification', { decision: 'decline' });
    else if (kind === 9) await this.#command(which, '/qualify', {});
    else if (kind === 10) await this.#ceases(which);
    else await this.#command(which, '/decideQualification', { decision: 'accept' });
  }

  async #asks(site: string): Promise<void> {
    const path = '/api/sn_ord_qual_mgmt/qualification/checkServiceQualification';
    const service = { place: [{ id: site }], serviceSpecification: { id: 'internet-access' } };
    const question = { relatedParty: [{ id: 'cust-1' }], serviceQualificationItem: [{ id: '1', service }] };
    const { status, body } = await this.#world.ask('om', 'POST', path, question);
    expect(status).toBe(201);
    this.#orders.push({ id: String((body as { id: string }).id), site }); // a check, as its contract says
  }

  async #command(which: number, path: string, body: object): Promise<void> {
    const order = this.#orders[which % Math.max(1, this.#orders.length)];
    if (order === undefined) return;
    const { status } = await this.#world.ask('om', 'POST', `/southbound/v1/order/${order.id}${path}`, body);
    expect([200, 409]).toContain(status);
  }

  /** The line is built where it was asked for, with what was reserved for it if that is still so. */
  async #delivers(which: number): Promise<void> {
    const order = this.#orders[which % Math.max(1, this.#orders.length)];
    if (order === undefined) return;
    const request = (await this.#world.order(order.id))?.qualificationRequests.at(-1);
    if (request?.externalId === undefined) return;
    const { status, body } = await this.#world.ask(request.target, 'POST', '/tmf-api/serviceInventory/v4/service', {
      state: 'active',
      serviceSpecification: { id: 'access-line' },
      place: [{ id: order.site, role: 'installation' }],
      relatedEntity: [{ id: request.externalId, role: 'reservation', '@referredType': 'CheckServiceQualification' }],
    });
    expect([201, 409]).toContain(status);
    if (status === 201) this.#services.push({ owner: request.target, id: String((body as { id: string }).id) }); // a service
  }

  async #ceases(which: number): Promise<void> {
    const [service] = this.#services.splice(which % Math.max(1, this.#services.length), 1);
    if (service === undefined) return;
    const path = `/tmf-api/serviceInventory/v4/service/${service.id}`;
    expect((await this.#world.ask(service.owner, 'DELETE', path)).status).toBe(204);
  }
}

describe('capacity', () => {
  it('is never promised twice, whatever becomes of 1,000 orders, and all that was reserved comes to an end', async () => {
    const script = fc.array(happenings, { minLength: 900, maxLength: 900, size: 'max' });
    let orders = 0;
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(script, fc.nat(9_999), async (each, seed) => {
        const world = await openWorld(String(seed));
        const story = new Story(world);
        for (const one of each) {
          await story.happen(one);
          checkStocks(world);
        }
        await world.kernel.run(world.kernel.now() + 30 * 24 * hour);
        checkStocks(world);
        const states = world.stocks.flatMap(({ reservations }) => reservations.map(({ state }) => state));
        expect(states.filter((state) => state === 'held')).toEqual([]);
        for (const state of states) ends.add(state);
        orders += story.size;
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect(orders).toBeGreaterThanOrEqual(1_000);
    expect([...ends].toSorted(), 'every end was seen').toEqual(['expired', 'released', 'used']);
  }, 120_000);
});

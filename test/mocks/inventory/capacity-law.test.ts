/**
 * The law of an inventory, under a thousand operations in any order: nowhere and never is more used and reserved than there
 * is. What is used is counted from the services, and what is reserved from the checks, as the inventory shows them.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  check,
  checks,
  dayMs,
  item,
  minuteMs,
  type OpenInventory,
  openInventory,
  reserved,
  reservedBy,
  resources,
  service,
  services,
} from './open-inventory.ts';
import '../../support/property-seed.ts';

const runs = 3;
const operationsPerRun = 1_000;

const places = ['a', 'b', 'c', 'nowhere'];
const kinds = ['access-line', 'wireless-line', 'internet-access'];
const states = ['feasibilityChecked', 'designed', 'reserved', 'inactive', 'active', 'terminated'];

/** Written down once more, so that nobody checks himself. */
const holding = ['reserved', 'inactive', 'active'];

const place = fc.constantFrom(...places);
const kind = fc.constantFrom(...kinds);
const state = fc.constantFrom(...states);
/** Which of those there are, counted from the newest. */
const which = fc.nat(20);
const askedItem = fc.record({ place, kind, reserves: fc.boolean(), upgrades: fc.option(which, { freq: 6 }) });

const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('check' as const),
      items: fc.array(askedItem, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('create' as const),
      place,
      kind,
      state,
      reservation: fc.option(fc.nat(3), { freq: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('patch' as const), which, state }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('move' as const), which, place, kind }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('end' as const), which }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('cancel' as const), which }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), minutes: fc.nat(600) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('resize' as const), place, kind, capacity: fc.nat(8) }) },
);

type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

const file = {
  reservationValidFor: 'PT8H',
  sites: [
    { id: 'a', capacity: { 'access-line': 4, 'wireless-line': 2 } },
    { id: 'b', capacity: { 'access-line': 1 } },
    {
      id: 'c',
      capacity: { 'wireless-line': 3 },
      available: [{ specification: 'access-line', at: 'P1D', quantity: 2 }],
    },
  ],
  services: [{ id: 'first', specification: 'access-line', site: 'a' }],
  answers: [
    { when: { items: 3 }, after: { uniform: ['PT1M', 'PT3H'] } },
    {
      when: { items: 2, site: 'c' },
      then: [
        { after: 'PT30M', result: 'unqualified' },
        { after: 'PT30M', result: 'stock' },
      ],
    },
  ],
};

interface Known {
  readonly checks: string[];
  readonly services: string[];
}

const nth = (ids: readonly string[], index: number) => ids.at(-1 - (index % Math.max(ids.length, 1))) ?? 'none';

async function perform({ ask, pass }: OpenInventory, known: Known, op: Operation): Promise<number> {
  switch (op.type) {
    case 'check': {
      const items = op.items.map(({ place: site, kind: name, reserves, upgrades }, index) => {
        const made = (reserves ? reserved : item)(String(index), site, name);
        const upgraded = upgrades === null ? {} : { id: nth(known.services, upgrades) };
        return { ...made, service: { ...made.service, ...upgraded } };
      });
      const { status, body } = await ask('POST', checks, check(...items));
      known.checks.push(body.id);
      return status;
    }
    case 'create': {
      const by = op.reservation === null ? {} : reservedBy(nth(known.checks, op.reservation));
      const { status, body } = await ask('POST', services, { ...service(op.place, op.kind, by), state: op.state });
      if (status === 201) known.services.push(body.id);
      return status;
    }
    case 'patch':
      return (await ask('PATCH', `${services}/${nth(known.services, op.which)}`, { state: op.state })).status;
    case 'move': {
      const { place: there, serviceSpecification } = service(op.place, op.kind);
      return (
        await ask('PATCH', `${services}/${nth(known.services, op.which)}`, { place: there, serviceSpecification })
      ).status;
    }
    case 'end':
      return (await ask('DELETE', `${services}/${nth(known.services, op.which)}`)).status;
    case 'cancel':
      return (await ask('DELETE', `${checks}/${nth(known.checks, op.which)}`)).status;
    case 'wait':
      await pass(op.minutes * minuteMs);
      return 0;
    case 'resize': {
      const path = `${resources}/logicalResource/pool:${op.place}:${op.kind}`;
      return (await ask('PATCH', path, { resourceCharacteristic: [{ name: 'capacity', value: op.capacity }] })).status;
    }
  }
}

/** A list as the inventory shows it, all of it. */
async function listOf({ inventory }: OpenInventory, path: string) {
  const request = { method: 'GET', path, query: { limit: ['1000000'] }, headers: {} };
  const answer = await inventory.endpoint(request);
  if (answer.kind !== 'reply' || answer.response.status !== 200) throw new Error(`no list at ${path}`);
  // biome-ignore lint/suspicious/noExplicitAny: lists are looked into by tests that know their shape
  return answer.response.body?.json as any[];
}

async function expectTheLaw(opened: OpenInventory, when: string): Promise<void> {
  const used = new Map<string, number>();
  const held = new Map<string, number>();
  const count = (counts: Map<string, number>, { place: at, serviceSpecification }: ReturnType<typeof service>) => {
    const key = `${at[0]?.id} ${serviceSpecification.id}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const each of await listOf(opened, services)) if (holding.includes(each.state)) count(used, each);
  for (const { state: done, serviceQualificationItem } of await listOf(opened, checks)) {
    for (const { service: shown } of serviceQualificationItem) {
      if (done === 'done' && shown.state === 'reserved') count(held, shown);
    }
  }
  for (const { place: at, resourceSpecification, resourceCharacteristic } of await listOf(
    opened,
    `${resources}/logicalResource`,
  )) {
    const key = `${at.id} ${resourceSpecification.id}`;
    const shown = Object.fromEntries(
      resourceCharacteristic.map((each: { name: string; value: number }) => [each.name, each.value]),
    );
    const where = `${key}, ${when}`;
    expect(shown, where).toMatchObject({ used: used.get(key) ?? 0, reserved: held.get(key) ?? 0 });
    expect(shown.used + shown.reserved + shown.free, where).toBe(shown.capacity);
    expect(shown.free, where).toBeGreaterThanOrEqual(0);
  }
}

it(`holds through ${operationsPerRun} operations in any order, and every reservation ends`, {
  timeout: 120_000,
}, async () => {
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const operations = fc.array(operation, { minLength: operationsPerRun, maxLength: operationsPerRun });
  await fc.assert(
    fc.asyncProperty(operations, async (drawn) => {
      const opened = openInventory(file);
      await opened.subscribe(checks);
      await opened.subscribe(services);
      const known: Known = { checks: [], services: ['first'] };
      for (const [index, each] of drawn.entries()) {
        note(`${each.type} ${await perform(opened, known, each)}`);
        await expectTheLaw(opened, `after operation ${index}, ${JSON.stringify(each)}`);
      }
      await opened.pass(30 * dayMs);
      await expectTheLaw(opened, 'at the end');
      expect(opened.undeclared()).toEqual([]);
      for (const { state: ended } of opened.inventory.reservations) note(ended);
    }),
    // To shrink a thousand operations takes minutes; the text of the failure says which of them it was.
    { numRuns: runs, endOnFailure: true },
  );
  expect(seen.get('held')).toBeUndefined();
  const possible = [
    'check 201',
    'create 201',
    'create 400',
    'create 409',
    'patch 200',
    'patch 409',
    'move 200',
    'move 409',
  ];
  const others = ['end 204', 'end 409', 'cancel 204', 'resize 200', 'resize 409', 'used', 'released', 'expired'];
  expect([...possible, ...others].filter((what) => !seen.has(what))).toEqual([]);
});

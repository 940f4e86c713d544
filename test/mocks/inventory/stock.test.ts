/** The pure part: pools, reservations, and what can be had of a stock. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedFile, generatedInventory } from '../../../mocks/inventory/generated-inventory.ts';
import { readInventory } from '../../../mocks/inventory/inventory-file.ts';
import { type Asked, type Facts, qualify, rolledUp } from '../../../mocks/inventory/qualification/qualify.ts';
import {
  emptyPool,
  freeIn,
  keyOf,
  type Move,
  moved,
  type Place,
  type Pool,
  planned,
  resized,
} from '../../../mocks/inventory/stock/pool.ts';
import {
  type Reservation,
  type ReservationEvent,
  type ReservationState,
  reservationAfter,
} from '../../../mocks/inventory/stock/reservation.ts';
import '../../support/property-seed.ts';

const moves: readonly Move[] = ['take', 'giveBack', 'hold', 'letGo', 'useHeld'];
const one: Place = { site: 'a', specification: 'x' };
const other: Place = { site: 'a', specification: 'y' };

describe('a pool', () => {
  it.each<[Move, Pool, Pool]>([
    ['take', { capacity: 3, used: 2, reserved: 1 }, { capacity: 3, used: 2, reserved: 1 }],
    ['giveBack', { capacity: 3, used: 0, reserved: 1 }, { capacity: 3, used: 0, reserved: 1 }],
    ['hold', { capacity: 3, used: 1, reserved: 2 }, { capacity: 3, used: 1, reserved: 2 }],
    ['letGo', { capacity: 3, used: 1, reserved: 0 }, { capacity: 3, used: 1, reserved: 0 }],
    ['useHeld', { capacity: 3, used: 2, reserved: 0 }, { capacity: 3, used: 1, reserved: 0 }],
  ])('moves by %s, and says no at its bounds', (move, expected, bound) => {
    expect(moved({ capacity: 3, used: 1, reserved: 1 }, move)).toEqual(expected);
    expect(moved(bound, move)).toBeUndefined();
  });

  it('never has more used and reserved than there is, whatever happens to it', () => {
    const happening = fc.oneof(fc.constantFrom(...moves), fc.integer({ min: -2, max: 6 }));
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        let pool = emptyPool;
        for (const each of happenings) {
          pool = (typeof each === 'number' ? resized(pool, each) : moved(pool, each)) ?? pool;
          expect(pool.used).toBeGreaterThanOrEqual(0);
          expect(pool.reserved).toBeGreaterThanOrEqual(0);
          expect(pool.used + pool.reserved + freeIn(pool)).toBe(pool.capacity);
          expect(freeIn(pool)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('takes a whole number as its capacity, and no less than is in use', () => {
    const pool = { capacity: 3, used: 1, reserved: 1 };
    expect([2, 1, 2.5, Number.NaN].map((capacity) => resized(pool, capacity)?.capacity)).toEqual([
      2,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('moves together with others, or none of them moves', () => {
    const pools = new Map([
      [keyOf(one), { ...emptyPool, capacity: 2 }],
      [keyOf(other), { ...emptyPool, capacity: 1 }],
    ]);
    const poolAt = (place: Place) => pools.get(keyOf(place)) ?? emptyPool;
    const hold = (...places: Place[]) =>
      planned(
        poolAt,
        places.map((place) => ({ place, move: 'hold' })),
      );
    expect(hold(one, other, one)).toMatchObject({
      ok: true,
      pools: [
        { place: one, pool: { reserved: 2 } },
        { place: other, pool: { reserved: 1 } },
      ],
    });
    expect(hold(one, other, other)).toEqual({ ok: false, short: other });
    expect(hold({ site: 'a","x', specification: '' })).toMatchObject({ ok: false });
  });
});

describe('a reservation', () => {
  it('is used, released or expires, once', () => {
    const states: readonly ReservationState[] = ['held', 'used', 'released', 'expired'];
    const events: readonly ReservationEvent[] = ['use', 'release', 'expire'];
    const table = states.map((state) => events.map((event) => reservationAfter(reservation(state), event)?.state));
    expect(table).toEqual([
      ['used', 'released', 'expired'],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
  });

  const reservation = (state: ReservationState): Reservation => ({
    check: 'c',
    item: '1',
    place: one,
    state,
    madeAt: 0,
    expiresAt: 1,
  });
});

describe('what can be had of a stock', () => {
  const wanted = { alternatives: true, reasons: true };
  const asked = (id: string, specification: string, more: Partial<Asked> = {}): Asked => ({
    id,
    site: 'a',
    specification,
    service: undefined,
    asksToReserve: false,
    ...more,
  });
  const facts = (
    free: { [specification: string]: number },
    coming: { at: number; quantity: number }[] = [],
  ): Facts => ({
    knowsSite: (site) => site === 'a',
    specification: (id) =>
      id === 'free'
        ? { limited: false, alternatives: [] }
        : Object.hasOwn(free, id)
          ? { limited: true, alternatives: id === 'x' ? ['y', 'z'] : [] }
          : undefined,
    poolAt: ({ specification }) => ({ capacity: free[specification] ?? 0, used: 0, reserved: 0 }),
    comingAt: ({ specification }) => (specification === 'x' ? coming : []),
    heldBy: (service) => (service === 's' ? one : undefined),
  });
  const told = (items: readonly Asked[], there: Facts, wants = wanted) =>
    qualify(items, there, wants).map(({ id, result, proposals }) =>
      [id, result, ...proposals.map(({ specification, at }) => `${specification}@${at ?? 'now'}`)].join(' '),
    );

  it.each<[string, Asked[], Facts, string[]]>([
    ['one unit for one item', [asked('1', 'x'), asked('2', 'x')], facts({ x: 1 }), ['1 qualified', '2 unqualified']],
    [
      'the first alternative that there is',
      [asked('1', 'x'), asked('2', 'x')],
      facts({ x: 0, y: 1, z: 1 }),
      ['1 alternate y@now', '2 alternate z@now'],
    ],
    [
      'what is to come',
      [asked('1', 'x'), asked('2', 'x'), asked('3', 'x')],
      facts({ x: 0 }, [
        { at: 5, quantity: 1 },
        { at: 9, quantity: 1 },
      ]),
      ['1 alternate x@5', '2 alternate x@9', '3 unqualified'],
    ],
    [
      'both, when both are there',
      [asked('1', 'x')],
      facts({ x: 0, z: 1 }, [{ at: 5, quantity: 1 }]),
      ['1 alternate z@now x@5'],
    ],
    ['without an end of it', [asked('1', 'free'), asked('2', 'free')], facts({}), ['1 qualified', '2 qualified']],
    [
      'the unit that its own service holds',
      [asked('1', 'x', { service: 's' }), asked('2', 'x', { service: 't' })],
      facts({ x: 0 }),
      ['1 qualified', '2 unqualified'],
    ],
    [
      'nothing of another specification by its own service',
      [asked('1', 'y', { service: 's' })],
      facts({ x: 0, y: 0 }),
      ['1 unqualified'],
    ],
    [
      'nothing of what is not named',
      [asked('1', 'x', { site: undefined }), { ...asked('2', ''), specification: undefined }],
      facts({ x: 1 }),
      ['1 unqualified', '2 unqualified'],
    ],
  ])('%s', (_, items, there, expected) => {
    expect(told(items, there)).toEqual(expected);
  });

  it('is the same with room for all as item by item, and never more than there is', () => {
    const free = fc.record({ x: fc.nat(3), y: fc.nat(3), z: fc.nat(3) });
    fc.assert(
      fc.property(free, fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 8 }), (there, names) => {
        const answers = qualify(
          names.map((name, index) => asked(String(index), name)),
          facts(there),
          wanted,
        );
        for (const name of ['x', 'y', 'z'] as const) {
          const offered = answers.filter(
            ({ result, proposals }, index) =>
              (result === 'qualified' && names[index] === name) ||
              proposals.some(({ specification }) => specification === name),
          ).length;
          const wants = names.filter((each) => each === name).length;
          expect(offered).toBeLessThanOrEqual(there[name]);
          expect(answers.filter(({ result }, index) => result === 'qualified' && names[index] === name)).toHaveLength(
            Math.min(wants, there[name]),
          );
        }
      }),
    );
  });

  it('is rolled up: unqualified when one is, alternate when one is, qualified otherwise', () => {
    expect(rolledUp(['qualified', 'qualified'])).toBe('qualified');
    expect(rolledUp(['qualified', 'alternate'])).toBe('alternate');
    expect(rolledUp(['alternate', 'unqualified', 'qualified'])).toBe('unqualified');
  });
});

describe('a large inventory', () => {
  const size = { sites: 10_000, seed: '7' };

  it('is the same for the same seed, and nothing is wrong with it', () => {
    expect(generatedFile(size)).toEqual(generatedFile(size));
    expect(generatedFile({ ...size, seed: '8' })).not.toEqual(generatedFile(size));
    expect(readInventory(generatedFile(size)).ok).toBe(true);
  });

  it('has sites that are full, sites with more to come, and sites with room', () => {
    const { sites, services, specifications } = generatedInventory(size);
    expect([sites.size, specifications.size]).toEqual([10_000, 6]);
    const used = new Map<string, number>();
    for (const { site = '' } of services) used.set(site, (used.get(site) ?? 0) + 1);
    const lines = [...sites.values()].map(
      ({ id, capacity }) => (capacity.get('access-line') ?? 0) - (used.get(id) ?? 0),
    );
    expect(lines.filter((free) => free === 0).length).toBeGreaterThan(2_000);
    expect(lines.filter((free) => free > 0).length).toBeGreaterThan(6_000);
    expect([...sites.values()].filter(({ coming }) => coming.length > 0).length).toBeGreaterThan(500);
  });
});

/** Who holds what of an inventory's capacity: its pools and its reservations, changed together or not at all. */
import type { InventoryData } from '../inventory-data.ts';
import { emptyPool, keyOf, type Place, type PlannedMove, type Pool, planned, resized } from './pool.ts';
import { type Reservation, type ReservationEvent, reservationAfter } from './reservation.ts';

export class Ledger {
  readonly #data: InventoryData;
  readonly #pools = new Map<string, Pool>();
  /** By check, one for each item that something is held for. */
  readonly #reservations = new Map<string, readonly Reservation[]>();

  constructor(data: InventoryData) {
    this.#data = data;
    this.reset();
  }

  /** As the inventory's file says. */
  reset(): void {
    this.#reservations.clear();
    this.#pools.clear();
    for (const { id: site, capacity } of this.#data.sites.values()) {
      for (const [specification, units] of capacity) {
        this.#pools.set(keyOf({ site, specification }), { ...emptyPool, capacity: units });
      }
    }
  }

  poolAt(place: Place): Pool {
    return this.#pools.get(keyOf(place)) ?? emptyPool;
  }

  /** False: the specification can be had without end, or not at all. */
  counts({ site, specification }: Place): boolean {
    return this.#data.sites.has(site) && this.#data.specifications.get(specification)?.limited === true;
  }

  reservationsOf(check: string): readonly Reservation[] {
    return this.#reservations.get(check) ?? [];
  }

  /** Of every check there has been, the oldest check first. */
  get reservations(): readonly Reservation[] {
    return [...this.#reservations.values()].flat();
  }

  /** Holds a unit for every one of them, or for none. False: there is not enough. */
  hold(check: string, items: readonly { item: string; place: Place }[], madeAt: number, expiresAt: number): boolean {
    const counted = items.filter(({ place }) => this.counts(place));
    if (!this.#make(counted.map(({ place }) => ({ place, move: 'hold' })))) return false;
    const made = items.map(({ item, place }) => ({ check, item, place, state: 'held', madeAt, expiresAt }) as const);
    if (made.length > 0) this.#reservations.set(check, [...this.reservationsOf(check), ...made]);
    return true;
  }

  /** Gives up what a check still holds. */
  giveUp(check: string, event: Exclude<ReservationEvent, 'use'>): void {
    const before = this.reservationsOf(check);
    if (before.length === 0) return;
    const held = before.filter((reservation) => reservationAfter(reservation, event) !== undefined);
    this.#make(held.filter(({ place }) => this.counts(place)).map(({ place }) => ({ place, move: 'letGo' })));
    this.#reservations.set(
      check,
      before.map((reservation) => reservationAfter(reservation, event) ?? reservation),
    );
  }

  /**
   * A service begins to hold a unit: the one reserved for it, or else a free one.
   * @param checks those whose reservation it may use.
   */
  begin(service: string, place: Place, checks: readonly string[]): Begun {
    const reserved = checks
      .flatMap((check) => this.reservationsOf(check))
      .find((each) => each.state === 'held' && keyOf(each.place) === keyOf(place));
    if (reserved === undefined) return { ok: !this.counts(place) || this.#make([{ place, move: 'take' }]) };
    if (this.counts(place) && !this.#make([{ place, move: 'useHeld' }])) return { ok: false };
    const used = { ...(reservationAfter(reserved, 'use') ?? reserved), service };
    const all = this.reservationsOf(reserved.check).map((each) => (each === reserved ? used : each));
    this.#reservations.set(reserved.check, all);
    return { ok: true, used };
  }

  /** A service holds its unit no longer. */
  end(place: Place): void {
    if (this.counts(place)) this.#make([{ place, move: 'giveBack' }]);
  }

  /** False: the capacity is no whole number, or less than is used and reserved. */
  resize(place: Place, capacity: number): boolean {
    const pool = resized(this.poolAt(place), capacity);
    if (pool === undefined) return false;
    this.#pools.set(keyOf(place), pool);
    return true;
  }

  #make(moves: readonly PlannedMove[]): boolean {
    const plan = planned((place) => this.poolAt(place), moves);
    if (!plan.ok) return false;
    for (const { place, pool } of plan.pools) this.#pools.set(keyOf(place), pool);
    return true;
  }
}

/** Not ok: there is no unit to hold. */
export interface Begun {
  readonly ok: boolean;
  /** The reservation that was used for it. */
  readonly used?: Reservation;
}

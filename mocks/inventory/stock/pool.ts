/**
 * How much a site has of a specification, in whole units. The law of it, for every pool and at every moment: what is used
 * and what is reserved are together never more than the capacity.
 */

/** Where capacity is counted: one pool for each specification at each site. */
export interface Place {
  readonly site: string;
  readonly specification: string;
}

export interface Pool {
  readonly capacity: number;
  /** Held by services. */
  readonly used: number;
  /** Held by reservations that nobody has used yet. */
  readonly reserved: number;
}

export const emptyPool: Pool = { capacity: 0, used: 0, reserved: 0 };

export function freeIn({ capacity, used, reserved }: Pool): number {
  return capacity - used - reserved;
}

/** What can happen to one unit. */
export type Move = keyof typeof effects;

/** By move: how many units more are used, and reserved. */
const effects = {
  take: { used: 1, reserved: 0 },
  giveBack: { used: -1, reserved: 0 },
  hold: { used: 0, reserved: 1 },
  letGo: { used: 0, reserved: -1 },
  useHeld: { used: 1, reserved: -1 },
} as const;

/** `undefined` when the law, or what is there, does not allow it. */
export function moved(pool: Pool, move: Move): Pool | undefined {
  const { used, reserved } = effects[move];
  return lawful({ ...pool, used: pool.used + used, reserved: pool.reserved + reserved });
}

/** `undefined` when the capacity is no whole number, or less than is used and reserved. */
export function resized(pool: Pool, capacity: number): Pool | undefined {
  return Number.isSafeInteger(capacity) ? lawful({ ...pool, capacity }) : undefined;
}

function lawful(pool: Pool): Pool | undefined {
  return pool.used >= 0 && pool.reserved >= 0 && freeIn(pool) >= 0 ? pool : undefined;
}

export interface PlannedMove {
  readonly place: Place;
  readonly move: Move;
}

export type Planned =
  | { readonly ok: true; readonly pools: readonly { readonly place: Place; readonly pool: Pool }[] }
  /** The first place that does not have what is asked of it. */
  | { readonly ok: false; readonly short: Place };

/**
 * All moves, or none of them.
 * @param poolAt the pools as they are.
 * @returns the pools that change, as they are then.
 */
export function planned(poolAt: (place: Place) => Pool, moves: readonly PlannedMove[]): Planned {
  const changed = new Map<string, { place: Place; pool: Pool }>();
  for (const { place, move } of moves) {
    const key = keyOf(place);
    const pool = moved(changed.get(key)?.pool ?? poolAt(place), move);
    if (pool === undefined) return { ok: false, short: place };
    changed.set(key, { place, pool });
  }
  return { ok: true, pools: [...changed.values()] };
}

/** The same for the same place, and for no other. */
export function keyOf({ site, specification }: Place): string {
  return JSON.stringify([site, specification]);
}

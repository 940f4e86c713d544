/** A unit of capacity held for one item of a check, until it is used, given up, or too old. */
import type { Place } from './pool.ts';

export interface Reservation {
  /** Of the check. */
  readonly check: string;
  /** Of the item, unique in its check. */
  readonly item: string;
  readonly place: Place;
  readonly state: ReservationState;
  readonly madeAt: number;
  readonly expiresAt: number;
  /** The id of the service that has used it. */
  readonly service?: string;
}

export type ReservationState = 'held' | 'used' | 'released' | 'expired';

export type ReservationEvent = 'use' | 'release' | 'expire';

/** By state: what can happen, and what it leads to. Whatever has ended stays as it ended. */
export const reservationLife: {
  readonly [state in ReservationState]: { readonly [event in ReservationEvent]?: ReservationState };
} = {
  held: { use: 'used', release: 'released', expire: 'expired' },
  used: {},
  released: {},
  expired: {},
};

/** `undefined` when it cannot happen in that state. */
export function reservationAfter(reservation: Reservation, event: ReservationEvent): Reservation | undefined {
  const state = reservationLife[reservation.state][event];
  return state === undefined ? undefined : { ...reservation, state };
}

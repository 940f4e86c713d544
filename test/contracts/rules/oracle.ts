/**
 * Whether any vendor that keeps to TMF641 v4.1 could have been seen like this: every hidden history of one order is tried,
 * each a path through the state diagram with an instant for each move. Written from the published diagram alone: it
 * knows nothing of the profile or of the rules that it is to judge.
 */

/** TMF641 v4.1, lifecycle of ServiceOrder, move by move as it is drawn. */
const drawn: readonly (readonly [from: string, to: string])[] = [
  ['acknowledged', 'rejected'],
  ['acknowledged', 'inProgress'],
  ['acknowledged', 'cancelled'],
  ['acknowledged', 'assessingCancellation'],
  ['inProgress', 'completed'],
  ['inProgress', 'failed'],
  ['inProgress', 'partial'],
  ['inProgress', 'pending'],
  ['inProgress', 'held'],
  ['inProgress', 'cancelled'],
  ['inProgress', 'assessingCancellation'],
  ['pending', 'inProgress'],
  ['pending', 'cancelled'],
  ['pending', 'assessingCancellation'],
  ['held', 'inProgress'],
  ['held', 'cancelled'],
  ['held', 'assessingCancellation'],
  ['assessingCancellation', 'acknowledged'],
  ['assessingCancellation', 'inProgress'],
  ['assessingCancellation', 'pending'],
  ['assessingCancellation', 'held'],
  ['assessingCancellation', 'pendingCancellation'],
  ['pendingCancellation', 'cancelled'],
];

const movesFrom = Map.groupBy(drawn, ([from]) => from);

export const allStates: readonly string[] = [...new Set(drawn.flat())];

/**
 * What was seen of one order. Places are whole numbers, in the order in which things happened; no two are the same, and
 * what is hidden happens between them.
 */
export interface Scene {
  readonly created: Look;
  readonly looks: readonly Look[];
  /** Changes of state as they were announced, each with the place at which it came; absent when nobody listened. */
  readonly told?: readonly Told[];
  /** When its cancellation was asked for. */
  readonly cancels: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An answer, which shows the order as it was at some moment between the request and its end. */
export interface Look extends Span {
  readonly state: string;
}

export interface Told {
  readonly at: number;
  readonly state: string;
  /** The instant of the change by the vendor's own clock, which may be coarse; absent when it says nothing. */
  readonly time?: number;
}

export interface Assumed {
  /**
   * `late`: of the changes, the last ones may not have been announced yet when the watching ended. `some`: any event may have
   * been lost. `none`: each was announced.
   */
  readonly unheard: 'none' | 'late' | 'some';
}

/** One moment of a hidden history. */
interface Moment {
  /** The moment lies before this place. */
  readonly place: number;
  /** Absent: the order does not exist yet. */
  readonly state: string | undefined;
  /** As bits: looks that have been answered by now, changes whose announcement is accounted for, and cancels that were begun. */
  readonly shown: number;
  readonly announced: number;
  readonly cancelled: number;
  /** The time of the latest change that was announced. */
  readonly time: number;
  /** From here on nothing is heard any more. */
  readonly isSilent: boolean;
}

/** True when some legal history is consistent with all that was seen. */
export function hasLegalHistory(scene: Scene, { unheard }: Assumed): boolean {
  const looks = [scene.created, ...scene.looks];
  const told = scene.told ?? [];
  const last = Math.max(
    ...looks.map(({ to }) => to),
    ...told.map(({ at }) => at),
    ...scene.cancels.map(({ to }) => to),
  );
  const everything = 2 ** looks.length - 1;
  const everyEvent = 2 ** told.length - 1;
  const start: Moment = {
    place: scene.created.from,
    state: undefined,
    shown: 0,
    announced: 0,
    cancelled: 0,
    time: Number.NEGATIVE_INFINITY,
    isSilent: false,
  };
  const known = new Set<string>();
  const open = [start];
  for (let moment = open.pop(); moment !== undefined; moment = open.pop()) {
    const now = withLooks(moment, looks);
    const key = Object.values(now).join();
    if (known.has(key)) continue;
    known.add(key);
    if (now.place > last && now.shown === everything && now.announced === everyEvent) return true;
    if (now.place <= last) open.push(...laterMoments(now, scene, looks));
    open.push(...moved(now, scene, unheard));
  }
  return false;
}

/** The looks that this moment can have answered. */
function withLooks(moment: Moment, looks: readonly Look[]): Moment {
  const shown = looks.reduce(
    (bits, { from, to, state }, place) =>
      from < moment.place && moment.place <= to && state === moment.state ? bits | (1 << place) : bits,
    moment.shown,
  );
  return { ...moment, shown };
}

/** Time goes on past one place, when nothing that ends there is left open. */
function laterMoments(moment: Moment, { told = [], created }: Scene, looks: readonly Look[]): Moment[] {
  const { place, shown, announced, state } = moment;
  const isOpen = looks.some(({ to }, bit) => to === place && (shown & (1 << bit)) === 0);
  const isEarly = told.some(({ at }, bit) => at === place && (announced & (1 << bit)) === 0);
  const isUnmade = created.to === place && state === undefined;
  return isOpen || isEarly || isUnmade ? [] : [{ ...moment, place: place + 1 }];
}

/** The order is made, or makes one move, in each way in which that can have been announced. */
function moved(moment: Moment, { created, told, cancels }: Scene, unheard: Assumed['unheard']): Moment[] {
  const { place, state, announced, cancelled, time } = moment;
  if (state === undefined) {
    return created.from < place && place <= created.to ? [{ ...moment, state: 'acknowledged' }] : [];
  }
  return (movesFrom.get(state) ?? []).flatMap(([, to]): Moment[] => {
    const begun = cancels.findIndex(({ from }, bit) => from < place && (cancelled & (1 << bit)) === 0);
    if (to === 'assessingCancellation' && begun === -1) return [];
    const next = { ...moment, state: to };
    const after = to === 'assessingCancellation' ? { ...next, cancelled: cancelled | (1 << begun) } : next;
    if (told === undefined) return [after];
    const heard = told.flatMap((event, bit): Moment[] => {
      const fits = event.state === to && event.at >= place && (announced & (1 << bit)) === 0;
      const isInTime = event.time === undefined || event.time >= time;
      return fits && isInTime && !moment.isSilent
        ? [{ ...after, announced: announced | (1 << bit), time: event.time ?? time }]
        : [];
    });
    if (unheard === 'none') return heard;
    return [...heard, unheard === 'some' ? after : { ...after, isSilent: true }];
  });
}

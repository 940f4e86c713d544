/** What was seen of one order, told and shown -> how it looked, one look after another, and when it came to look so. */
import { type SaidObject, saidObjects, saidText } from '../../contracts/records/said.ts';
import { type State, states } from '../script/lifecycle.ts';
import type { Shown, Told } from './reading.ts';

/** How an order looked from some instant on. */
export interface Look {
  /** When it came to look so, as far as it can be told. */
  readonly at: number;
  readonly state: State | undefined;
  /** Of the items that were spoken of, by id. */
  readonly items: ReadonlyMap<string, State>;
  readonly order: SaidObject;
  /** How it was told; absent when it was only seen by asking. */
  readonly told?: { readonly kind: string; readonly delayMs: number; readonly times: number; readonly event: Told };
}

/**
 * In the order in which they came about.
 * @param told of one subscription.
 * @param options.clockAheadMs by how much the clock of whoever told is ahead of ours, at least.
 */
export function looksOf(
  told: readonly Told[],
  shown: readonly Shown[],
  options: { beganAt: number; clockAheadMs: number },
): Look[] {
  const { beganAt, clockAheadMs } = options;
  const looks = toldLooks(told, clockAheadMs);
  const known = new Set(looks.map(signature));
  let before = beganAt;
  const seen: Look[] = [];
  for (const { exchange, order } of shown) {
    const look = lookOf(order, exchange.sentAt);
    // It came about between this look and the last: the middle is as near as can be said.
    const latest = [...looks.filter(({ at }) => at <= exchange.endedAt), ...seen].toSorted(inTime).at(-1);
    const isNew = !known.has(signature(look)) && (latest === undefined || signature(latest) !== signature(look));
    const since = Math.max(before, latest?.at ?? beganAt);
    if (isNew) seen.push({ ...look, at: Math.max(since, Math.round((since + exchange.sentAt) / 2)) });
    before = Math.max(before, exchange.endedAt);
  }
  return [...looks, ...seen].toSorted(inTime);
}

function inTime(one: Look, other: Look): number {
  return one.at - other.at;
}

/** Equal for looks that show the same states. */
export function signature({ state, items }: Pick<Look, 'state' | 'items'>): string {
  return JSON.stringify([state, [...items]]);
}

/** Less than this between a change and its event is no delay, but the way, or a clock that shows whole seconds. */
const promptMs = 1_500;

/** In the order of their own time, if they have one: what comes out of order was sent late. */
function toldLooks(told: readonly Told[], clockAheadMs: number): Look[] {
  const once = withoutRepeats(told);
  const isTimed = once.every(({ event }) => event.eventTime !== undefined);
  const ordered = isTimed ? once.toSorted((a, b) => (a.event.eventTime ?? 0) - (b.event.eventTime ?? 0)) : once;
  // A change came about no later than it was told, and no later than any change after it was told.
  let latest = Number.POSITIVE_INFINITY;
  return ordered
    .toReversed()
    .map(({ event, times }) => {
      const arrived = event.exchange.sentAt;
      const happened = event.eventTime === undefined ? arrived : event.eventTime - clockAheadMs;
      latest = Math.min(latest, arrived - happened > promptMs ? happened : arrived);
      return { ...lookOf(event.order, latest), told: { kind: event.kind, delayMs: arrived - latest, times, event } };
    })
    .toReversed();
}

/** One that comes again although it was taken is one that is sent several times. */
function withoutRepeats(told: readonly Told[]): { readonly event: Told; readonly times: number }[] {
  const groups = Map.groupBy(told, ({ eventId, exchange }) => eventId ?? exchange.request.body?.text ?? '');
  return [...groups.values()].flatMap((group) => {
    const [event] = group;
    const taken = group.filter(({ exchange: { outcome } }) => 'status' in outcome && outcome.status < 300);
    return event === undefined ? [] : [{ event, times: Math.max(1, taken.length) }];
  });
}

export function lookOf(order: SaidObject, at: number): Look {
  const state = stateIn(order);
  return { at, state, items: new Map(itemStates(order)), order };
}

function itemStates(holder: SaidObject): (readonly [string, State])[] {
  return saidObjects(holder.serviceOrderItem).flatMap((item) => {
    const [id, state] = [saidText(item.id), stateIn(item)];
    return [...(id === undefined || state === undefined ? [] : [[id, state] as const]), ...itemStates(item)];
  });
}

export function stateIn({ state }: SaidObject): State | undefined {
  return states.find((known) => known === state);
}

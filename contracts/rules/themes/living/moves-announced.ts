/** What events say of the moves of an order or a cancel task: one after another, each has to be one move. */
import { breach, kept, type Observation } from '../../rule.ts';
import { type EventSeen, withoutRepeats } from '../../view/events.ts';
import { type History, lookBefore } from '../../view/histories.ts';
import { type Diagram, isSomeLegalOrder } from '../../view/moves.ts';
import type { View } from '../../view/view.ts';

/** Which diagram the moves have to follow, and how it is spoken of. */
export interface MovesOf {
  readonly diagram: Diagram;
  readonly resource: 'ServiceOrder' | 'CancelServiceOrder';
  readonly what: string;
}

/** By the vendor's own clock; as they came where it says nothing, or the same. */
export function inTheirOrder(events: readonly EventSeen[]): EventSeen[] {
  return events.toSorted((one, other) => (one.eventTime ?? 0) - (other.eventTime ?? 0));
}

/** The changes of state that the watch heard of, each once, as they came. */
export function changesHeard(view: View, { id }: History): EventSeen[] {
  const about = view.watch?.deliveries.filter((event) => event.id === id && event.change === 'StateChange') ?? [];
  return withoutRepeats(about).filter(({ state }) => state !== undefined);
}

export function* movesAnnounced(
  view: View,
  history: History,
  { diagram, resource, what }: MovesOf,
): Iterable<Observation> {
  const first = history.sightings.find(({ seen }) => seen === history.created);
  if (first?.state === undefined) return;
  const heard = changesHeard(view, history);
  if (isShuffled(history, heard, first.state, diagram)) return;
  const order = 'order' in history ? String(history.order) : history.id;
  let from = first.state;
  let evidence = first.seen;
  for (const { state = from, seen } of isLegalLife(heard, first.state, diagram) ? heard : inTheirOrder(heard)) {
    const [before, shown] = [from, evidence];
    from = state;
    evidence = seen;
    if (
      state === before ||
      (diagram.isTerminal(before) && resource === 'ServiceOrder') ||
      !diagram.isState(state) ||
      !diagram.isState(before)
    )
      continue;
    if (diagram.isMove(before, state)) yield kept;
    else if (isJump(view, history, diagram, [before, state])) {
      const message = `${what} was announced to go from ${before} to ${state}`;
      yield breach({
        path: `${resource} /state`,
        valueClass: `${before} to ${state}`,
        message,
        evidence: [shown, seen],
        order,
      });
    }
  }
}

/**
 * The same events make a legal life in another order, and there is a sign that it is their order that is wrong: they did
 * not come in that of their eventTime, or answers have shown the states in another.
 */
export function isShuffled(history: History, heard: readonly EventSeen[], first: string, diagram: Diagram): boolean {
  const states = heard.flatMap(({ state }) => state ?? []);
  const once = states.filter((state, place) => state !== states[place - 1]);
  const isLegal = isLegalLife(heard, first, diagram);
  // A state that comes twice in a row may be told twice, or have been left and come back to.
  if (isLegal || ![states, once].some((each) => isSomeLegalOrder(diagram, first, each))) return false;
  const times = heard.map(({ eventTime }) => eventTime);
  const isByTime = times.every((time, place) => time !== undefined && (place === 0 || time > (times[place - 1] ?? 0)));
  return !isByTime || isContradicted(history, heard);
}

/** As they came, each is one move. */
function isLegalLife(heard: readonly EventSeen[], first: string, diagram: Diagram): boolean {
  const states = heard.flatMap(({ state }) => state ?? []).filter((state, place, all) => state !== all[place - 1]);
  return states.every((state, place) => diagram.isMove(states[place - 1] ?? first, state));
}

/** An answer showed one state before another, and the events came the other way round. */
function isContradicted({ sightings }: History, heard: readonly EventSeen[]): boolean {
  const looks = sightings.map(({ state }) => state);
  return heard.some(({ state }, place) => {
    const before = heard[place - 1]?.state;
    const [at, atBefore] = [looks.indexOf(state), looks.indexOf(before)];
    return before !== undefined && before !== state && at !== -1 && atBefore !== -1 && at < atBefore;
  });
}

/**
 * True when it cannot have gone through a state between. It may have, and its event was lost, where events of others are:
 * that is for another rule to say.
 */
function isJump(view: View, history: History, diagram: Diagram, [from, to]: readonly [string, string]): boolean {
  if (!diagram.isReachable(from, to)) return true;
  const isBetween = (state: string | undefined) =>
    state !== undefined &&
    state !== from &&
    state !== to &&
    diagram.isMove(from, state) &&
    diagram.isReachable(state, to);
  const arrived = history.sightings.find(({ state }) => state === to);
  const left = history.sightings.findLast(
    ({ state, seen }) =>
      state === from && (arrived === undefined || seen.exchange.sentOrder < arrived.seen.exchange.sentOrder),
  );
  const since = left?.seen.exchange.endedOrder ?? 0;
  if (history.sightings.some(({ state, seen }) => isBetween(state) && seen.exchange.sentOrder > since)) return false;
  if (arrived !== undefined && lookBefore(history.sightings, arrived) === undefined) return false;
  return !losesEvents(view);
}

/** An answer has shown a state that was never announced, of any order. */
function losesEvents(view: View): boolean {
  const told = new Set(view.watch?.deliveries.map(({ id, state }) => `${id} ${state}`));
  return view.orders.some(({ id, created, sightings }) => {
    const isWatched =
      created !== undefined &&
      view.watch !== undefined &&
      created.exchange.sentOrder > view.watch.registered.exchange.endedOrder;
    return (
      isWatched &&
      sightings.some(
        ({ state, source }) =>
          source === 'retrieve' && state !== undefined && !told.has(`${id} ${state}`) && state !== sightings[0]?.state,
      )
    );
  });
}

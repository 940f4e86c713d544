/** Short scenes of one order: all of a kind, random ones, and random ones that a legal vendor has shown. */
import fc from 'fast-check';
import { hasLegalHistory, type Look, type Scene, type Span, type Told } from './oracle.ts';

export const created: Look = { from: 1, to: 2, state: 'acknowledged' };
const firstPlace = 3;

/** Of each kind of state one: what may come before the start, goes on, is interrupted, and two ends. */
export const fewStates = ['acknowledged', 'inProgress', 'held', 'completed', 'cancelled'] as const;
const withCancelling = ['inProgress', 'held', 'completed', 'assessingCancellation', 'pendingCancellation', 'cancelled'];

/** How eventTimes are written: not at all, each later than the one before, or all within the same instant. */
export const clocks = ['none', 'rising', 'same'] as const;

export function* everyRow<Choice>(choices: readonly Choice[], length: number): Generator<Choice[]> {
  if (length === 0) yield [];
  else for (const row of everyRow(choices, length - 1)) for (const choice of choices) yield [...row, choice];
}

/** Every way in which so many spans can lie to each other: apart, overlapping, one within the other. */
function spansOver(places: readonly number[]): Span[][] {
  const [from, ...rest] = places;
  if (from === undefined) return [[]];
  return rest.flatMap((to) => spansOver(rest.filter((each) => each !== to)).map((others) => [{ from, to }, ...others]));
}

function placesFor(count: number): number[] {
  return Array.from({ length: count }, (_, place) => firstPlace + place);
}

/** Nobody listens. */
export function* scenesOfLooks(count: number, states: readonly string[]): Generator<Scene> {
  for (const spans of spansOver(placesFor(2 * count))) {
    for (const row of everyRow(states, count)) {
      yield { created, looks: spans.map((span, place) => ({ ...span, state: row[place] ?? '' })), cancels: [] };
    }
  }
}

/** Nobody looks. */
export function* scenesOfEvents(
  count: number,
  states: readonly string[],
  clock: (typeof clocks)[number],
): Generator<Scene> {
  for (const row of everyRow(states, count)) {
    const told = row.map((state, place) => toldAt(firstPlace + place, state, clock, place));
    yield { created, looks: [], told, cancels: [] };
  }
}

/** So many looks, apart or overlapping, and one event, anywhere between. */
export function* scenesOfBoth(looks: number, states: readonly string[]): Generator<Scene> {
  const places = placesFor(2 * looks + 1);
  for (const at of places) {
    for (const spans of spansOver(places.filter((place) => place !== at))) {
      for (const [state = '', ...row] of everyRow(states, looks + 1)) {
        const shown = spans.map((span, place) => ({ ...span, state: row[place] ?? '' }));
        yield { created, looks: shown, told: [{ at, state, time: 0 }], cancels: [] };
      }
    }
  }
}

function toldAt(at: number, state: string, clock: (typeof clocks)[number], rank: number): Told {
  return clock === 'none' ? { at, state } : { at, state, time: clock === 'rising' ? rank : 0 };
}

/** Up to six exchanges besides the create: looks, events with any eventTimes, and at times a cancel. */
export const anyScene: fc.Arbitrary<Scene> = fc
  .record({ looks: fc.nat(3), told: fc.nat(3), cancels: fc.constantFrom(0, 0, 0, 1), isHeard: fc.boolean() })
  .chain(({ looks, told, cancels, isHeard }) => {
    const places = placesFor(2 * looks + told + 2 * cancels);
    const states = cancels === 0 ? fewStates : ['acknowledged', ...withCancelling];
    return fc
      .record({
        places: fc.shuffledSubarray(places, { minLength: places.length }),
        states: fc.array(fc.constantFrom(...states), { minLength: looks + told, maxLength: looks + told }),
        times: fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: told, maxLength: told }),
        isTimed: fc.boolean(),
      })
      .map((drawn) => {
        const free = [...drawn.places];
        const state = [...drawn.states];
        const place = () => free.pop() ?? 0;
        const span = (): Span => {
          const [one, other] = [place(), place()];
          return { from: Math.min(one, other), to: Math.max(one, other) };
        };
        const events = drawn.times.map((time): Told => {
          const event = { at: place(), state: state.pop() ?? '' };
          return drawn.isTimed && time !== undefined ? { ...event, time } : event;
        });
        const seen = Array.from({ length: looks }, () => ({ ...span(), state: state.pop() ?? '' }));
        return {
          created,
          looks: seen.toSorted((one, other) => one.from - other.from),
          ...(isHeard || told > 0 ? { told: events.toSorted((one, other) => one.at - other.at) } : {}),
          cancels: Array.from({ length: cancels }, span),
        };
      });
  });

const nextStates: { readonly [state: string]: readonly string[] } = {
  acknowledged: ['inProgress', 'inProgress', 'rejected', 'cancelled'],
  inProgress: ['completed', 'failed', 'partial', 'pending', 'held', 'held', 'cancelled'],
  pending: ['inProgress', 'inProgress', 'cancelled'],
  held: ['inProgress', 'inProgress', 'cancelled'],
};

/** What a vendor has shown that made these moves, one for each ten places; every event of a move comes some time after it. */
export const legalScene: fc.Arbitrary<Scene> = fc
  .record({
    choices: fc.array(fc.nat(6), { maxLength: 5 }),
    looks: fc.array(fc.record({ at: fc.nat(59), before: fc.nat(25), after: fc.nat(25) }), { maxLength: 4 }),
    delays: fc.array(fc.nat(30), { minLength: 6, maxLength: 6 }),
    unheard: fc.nat(2),
    clock: fc.constantFrom(...clocks),
    isHeard: fc.boolean(),
  })
  .map(({ choices, looks, delays, unheard, clock, isHeard }) => {
    const states = ['acknowledged'];
    for (const choice of choices) {
      const next = nextStates[states.at(-1) ?? ''];
      if (next !== undefined) states.push(next[choice % next.length] ?? '');
    }
    const moves = states.slice(1).map((state, place) => ({ at: 10 * (place + 1) + 5, state, rank: place }));
    const heard = moves.slice(0, Math.max(0, moves.length - unheard));
    const shownAt = (at: number) => moves.findLast((move) => move.at <= at)?.state ?? 'acknowledged';
    return spread({
      created,
      looks: looks.map(({ at, before, after }) => ({
        from: Math.max(3, 3 + at - before),
        to: 3 + at + after + 1,
        state: shownAt(3 + at),
      })),
      ...(isHeard
        ? { told: heard.map(({ at, state, rank }) => toldAt(at + (delays[rank] ?? 0), state, clock, rank)) }
        : {}),
      cancels: [],
    });
  });

/** No two things at one place: what begins comes before what ends, so that spans only grow. */
function spread(scene: Scene): Scene {
  const told = scene.told ?? [];
  const points = [
    ...scene.looks.flatMap((look, index) => [
      { key: `from ${index}`, at: look.from, rank: 0 },
      { key: `to ${index}`, at: look.to, rank: 2 },
    ]),
    ...told.map((event, index) => ({ key: `told ${index}`, at: event.at, rank: 1 })),
  ].toSorted((one, other) => one.at - other.at || one.rank - other.rank);
  const places = new Map(points.map(({ key }, place) => [key, firstPlace + place]));
  const at = (key: string) => places.get(key) ?? 0;
  return {
    ...scene,
    looks: scene.looks
      .map((look, index) => ({ ...look, from: at(`from ${index}`), to: at(`to ${index}`) }))
      .toSorted((one, other) => one.from - other.from),
    ...(scene.told === undefined
      ? {}
      : {
          told: told
            .map((event, index) => ({ ...event, at: at(`told ${index}`) }))
            .toSorted((one, other) => one.at - other.at),
        }),
  };
}

/** As if the order could have been cancelled, and the cancel denied, at any moment and more than once. */
const atAnyTime: readonly Span[] = Array.from({ length: 3 }, () => ({ from: 0, to: 1_000 }));

function isLegal(scene: Scene, unheard: 'late' | 'some' = 'late'): boolean {
  return hasLegalHistory(scene, { unheard });
}

/** Two things that were seen, one over before the other began, which contradict each other whatever else there is. */
interface Contradiction {
  /** Absent: an event, which takes no time. */
  readonly earlier: Look | undefined;
  readonly later: Look;
}

function contradictionsIn({ looks, told = [], cancels: asked }: Scene): Contradiction[] {
  const cancels = asked.length === 0 ? [] : atAnyTime;
  return looks.flatMap((later): Contradiction[] => [
    ...looks
      .filter((earlier) => earlier.to < later.from && !isLegal({ created, looks: [earlier, later], cancels }))
      .map((earlier) => ({ earlier, later })),
    ...told
      .filter((event) => event.at < later.from && !isLegal({ created, looks: [later], told: [event], cancels }, 'some'))
      .map(() => ({ earlier: undefined, later })),
  ]);
}

export function hasContradiction(scene: Scene): boolean {
  return contradictionsIn(scene).length > 0;
}

/** Whatever contradicts each other, a third look overlaps one of the two. */
export function hasHiddenContradiction(scene: Scene): boolean {
  const contradictions = contradictionsIn(scene);
  const overlap = (one: Look, other: Look) => one !== other && one.from < other.to && other.from < one.to;
  const isHidden = ({ earlier, later }: Contradiction) =>
    scene.looks.some((third) => overlap(third, later) || (earlier !== undefined && overlap(third, earlier)));
  return contradictions.length > 0 && contradictions.every(isHidden);
}

/** It would be legal if the order could have been cancelled at any moment, and the cancel denied. */
export function isLegalIfCancelled(scene: Scene): boolean {
  return isLegal({ ...scene, cancels: atAnyTime }, 'some');
}

/** An event says what the one before it has said, as they came. */
function hasStandstill({ told = [] }: Scene): boolean {
  return told.some(({ state }, place) => state === (told[place - 1]?.state ?? 'acknowledged'));
}

/** The clock of the vendor is not that by which events came. */
function goesBack({ told = [] }: Scene): boolean {
  return told.some(({ time = 0 }, place) => time < (told[place - 1]?.time ?? 0));
}

/** Without the events that announce the state in which the order is, by the vendor's clock, already. */
function withoutStandstill(scene: Scene): Scene {
  if (scene.told === undefined) return scene;
  let state = 'acknowledged';
  const moves = scene.told
    .toSorted((one, other) => (one.time ?? 0) - (other.time ?? 0))
    .filter((event) => {
      const isMove = event.state !== state;
      state = event.state;
      return isMove;
    });
  return { ...scene, told: moves.toSorted((one, other) => one.at - other.at) };
}

/** What no legal vendor shows, and the rules let pass on purpose. There is nothing else that they let pass: a test says so. */
export const tolerated: { readonly [name: string]: (scene: Scene) => boolean } = {
  'an event between has been lost, which change-announced is about': (scene) => isLegal(scene, 'some'),
  'the order was cancelled at one time, and it is as if it had been at another': (scene) =>
    scene.cancels.length > 0 && isLegalIfCancelled(scene),
  'looks contradict each other only where they overlap': (scene) =>
    !hasContradiction(scene) && !isLegal({ created: scene.created, looks: scene.looks, cancels: scene.cancels }),
  'an event announces the state that the order is in': (scene) => isLegal(withoutStandstill(scene)),
  'a state is announced twice in a row, and eventTimes go back': (scene) => hasStandstill(scene) && goesBack(scene),
  'some events have no eventTime, which event-schema is about': ({ told = [] }) =>
    told.some(({ time }) => time === undefined) && told.some(({ time }) => time !== undefined),
};

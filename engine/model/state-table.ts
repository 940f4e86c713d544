/** A lifecycle as data: which event leads from which state to which. Code, docs and tests read the same table. */

/** The state remembered when a thing was put aside, for events that bring it back. */
export const previousState = 'previous state';

export interface StateTable<State extends string, Event extends string> {
  readonly thing: string;
  /** Where the table comes from. */
  readonly source: string;
  readonly states: readonly State[];
  readonly events: readonly Event[];
  readonly initial: readonly State[];
  /** States that nothing leaves. */
  readonly terminal: readonly State[];
  readonly moves: readonly Move<State, Event>[];
}

export interface Move<State extends string, Event extends string> {
  readonly from: readonly State[];
  readonly on: Event;
  readonly to: State | typeof previousState;
}

/** Where an event leads from a state; `undefined` when the table has no such move. */
export function nextState<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  from: State,
  on: Event,
  remembered?: State,
): State | undefined {
  const to = movesOf(table).get(from)?.get(on);
  return to === previousState ? remembered : to;
}

export function isTerminal<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
): boolean {
  return table.terminal.includes(state);
}

type Moves<State, Event> = ReadonlyMap<State, ReadonlyMap<Event, State | typeof previousState>>;

/** Each table's moves by state and event, made when first asked for. */
const known = new WeakMap<object, Moves<string, string>>();

function movesOf<State extends string, Event extends string>(table: StateTable<State, Event>): Moves<State, Event> {
  let moves = known.get(table);
  if (moves === undefined) {
    const from = (state: State) => table.moves.filter((move) => move.from.includes(state));
    moves = new Map(table.states.map((state) => [state, new Map(from(state).map(({ on, to }) => [on, to]))]));
    known.set(table, moves);
  }
  return moves as Moves<State, Event>; // made from this very table, just above or earlier
}

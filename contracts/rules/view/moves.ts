/** The state diagrams, and what can be reached in them: between two looks an order may have moved more than once. */
import type { Transitions } from '../../profile/profile.ts';
import { tmf641Overlay } from '../../profile/tmf641-v4.1.ts';

export interface Diagram {
  isTerminal(state: string | undefined): boolean;
  isState(state: string): boolean;
  /** One move. */
  isMove(from: string, to: string): boolean;
  /** Any number of moves, none included. */
  isReachable(from: string, to: string): boolean;
}

function diagramOf(table: Transitions): Diagram {
  const terminal = new Set(table.terminal);
  const states = new Set([...table.initial, ...table.terminal, ...Object.keys(table.moves)]);
  const reached = new Map([...states].map((from) => [from, reachableFrom(table, from)]));
  return {
    isTerminal: (state) => state !== undefined && terminal.has(state),
    isState: (state) => states.has(state),
    isMove: (from, to) => table.moves[from]?.includes(to) ?? false,
    isReachable: (from, to) => reached.get(from)?.has(to) ?? false,
  };
}

function reachableFrom({ moves }: Transitions, from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const state of found) for (const next of moves[state] ?? []) found.add(next);
  return found;
}

function transitionsOf(resource: string): Transitions {
  const table = tmf641Overlay.transitions[resource];
  if (table === undefined) throw new Error(`the profile has no transitions of ${resource}`);
  return table;
}

/** The states that an order has only while a cancel of it is under way. */
export const cancelling: ReadonlySet<string> = new Set(['assessingCancellation', 'pendingCancellation']);

/** The states stay known: an order that is in one of them all the same is where it cannot be. */
function withoutCancelling({ moves, ...table }: Transitions): Transitions {
  const left = Object.entries(moves).map(([from, to]) => [
    from,
    cancelling.has(from) ? [] : to.filter((state) => !cancelling.has(state)),
  ]);
  return { ...table, moves: Object.fromEntries(left) };
}

export const orderDiagram = diagramOf(transitionsOf('ServiceOrder'));
/** Of an order that nobody cancels. */
export const plainDiagram = diagramOf(withoutCancelling(transitionsOf('ServiceOrder')));
export const cancelDiagram = diagramOf(transitionsOf('CancelServiceOrder'));

/** Longer runs of changes are not put into order: the number of orders grows with their factorial, but a run of so many is legal as it is, or not at all. */
const mostPermuted = 8;

/** True when some order of these states is a legal life, and begins with the first of `from`. */
export function isSomeLegalOrder(diagram: Diagram, from: string, states: readonly string[]): boolean {
  if (states.length > mostPermuted) return false;
  if (states.length === 0) return true;
  return states.some(
    (next, place) => diagram.isMove(from, next) && isSomeLegalOrder(diagram, next, states.toSpliced(place, 1)),
  );
}

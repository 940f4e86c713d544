/** One order inside a simulated party: its items, their states, and what the order as a whole is then. */
import { durationMsOfText, isDuration, textOfInstant } from '../contracts/schemas/text.ts';
import type { Kept } from './kept.ts';
import { pathTo, type State, terminalStates } from './script/lifecycle.ts';
import { matchesItem, type SomItem } from './script/selecting.ts';
import type { Noticed, Said } from './script/step.ts';
import type { Course } from './som-script.ts';

/** The body of the request that made an order, in the words of its dialect. */
export interface OrderRequest {
  readonly externalId?: string;
}

export interface SomOrder {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly request: Kept<OrderRequest>;
  /** Of the order and in other items, outer before inner. */
  readonly items: readonly SomItem[];
  /** What its script has for it. */
  readonly course: Course;
  readonly orderedAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** Of each item, in the order of `items`. */
  readonly states: readonly State[];
  /** Of the order as a whole: folded from those of its items. */
  readonly state: State;
  /** In the order of `items`: what was last said of each. */
  readonly messages: readonly (ItemMessage | undefined)[];
  /** What few orders have. */
  readonly extras?: Extras;
}

export interface ItemMessage {
  readonly text: string;
  readonly at: number;
}

export interface Extras {
  /** Put over those of the request, as a script or an amendment says. */
  readonly attributes?: { readonly [name: string]: unknown };
  readonly milestones?: readonly Dated[];
  readonly jeopardies?: readonly Dated[];
  /** Why it is cancelled; shown once it is. */
  readonly cancellationReason?: string;
  /** FlowOne: what announces fallout. */
  readonly phaseNote?: string;
}

export interface Dated {
  readonly id: string;
  readonly at: number;
  readonly noticed: Noticed;
}

export function newOrder(
  id: string,
  made: { request: Kept<OrderRequest>; items: readonly SomItem[]; course: Course; state: State },
  at: number,
): SomOrder {
  const { request, items, course, state } = made;
  const { externalId } = request.read();
  const states = items.map(() => state);
  return dated({ id, externalId, request, items, course, orderedAt: at, states, state, messages: [] }, at);
}

/** The snapshots an order goes through when some of its items take on a state: one for each legal move. */
export function advance(order: SomOrder, said: Said, at: number, regardless = false): SomOrder[] {
  const { items } = order;
  const paths = order.states.map((state, place) => {
    const item = items[place];
    if (item === undefined || !matchesItem(said.items, item)) return [];
    return pathTo(state, said.state) ?? (regardless ? [said.state] : []);
  });
  const longest = paths.reduce((most, { length }) => Math.max(most, length), 0);
  const message = said.message === undefined ? undefined : { text: said.message, at };
  const snapshots: SomOrder[] = [];
  let current = order;
  for (let index = 0; index < longest; index += 1) {
    const { messages: before } = current;
    const states = current.states.map((state, place) => paths[place]?.[index] ?? state);
    const messages =
      message === undefined ? before : paths.map((path, place) => (index < path.length ? message : before[place]));
    current = dated({ ...current, states, messages, state: folded(states) }, at);
    snapshots.push(current);
  }
  return snapshots;
}

/** The order as it would be if some of its items were in a state that they are not in. */
export function pretended(order: SomOrder, { state, items, message }: Said, at: number): SomOrder {
  const concerns = order.items.map((item) => matchesItem(items, item));
  const states = order.states.map((each, place) => (concerns[place] === true ? state : each));
  const messages =
    message === undefined
      ? order.messages
      : states.map((_, place) => (concerns[place] === true ? { text: message, at } : order.messages[place]));
  return { ...order, states, messages, state: folded(states) };
}

/** A text such as `+P3D` among the attributes of a script stands for the instant that is so much later. */
export function attributesAt(
  attributes: { readonly [name: string]: unknown },
  at: number,
): { [name: string]: unknown } {
  const entries = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'string' && value.startsWith('+') && isDuration(value.slice(1))
      ? textOfInstant(at + durationMsOfText(value.slice(1)))
      : value,
  ]);
  return Object.fromEntries(entries);
}

export function hasEnded({ state }: SomOrder): boolean {
  return terminalStates.includes(state);
}

function dated(order: SomOrder, at: number): SomOrder {
  const { state, startedAt, completedAt } = order;
  const starts = startedAt === undefined && state !== 'acknowledged' && state !== 'rejected';
  const ends = completedAt === undefined && terminalStates.includes(state);
  if (!starts && !ends) return order;
  return { ...order, ...(starts ? { startedAt: at } : {}), ...(ends ? { completedAt: at } : {}) };
}

/** States that an order has when all that is still open of it has them. */
const ofTheWhole: readonly State[] = ['pending', 'held', 'assessingCancellation', 'pendingCancellation'];

/** The fold of item states into the order's, first match (TMF641 v4.1, as far as it is published; the rest is our reading). */
function folded(states: SomOrder['states']): State {
  const [first] = states;
  if (first !== undefined && states.every((state) => state === first)) return first;
  const present = new Set(states);
  const open = [...present].filter((state) => !terminalStates.includes(state));
  if (open.length === 0) return ended(present);
  const [onlyOpen] = open;
  return open.length === 1 && onlyOpen !== undefined && ofTheWhole.includes(onlyOpen) ? onlyOpen : 'inProgress';
}

/** Every item has ended, and not all in the same way. What is completed beside what is cancelled counts as cancelled. */
function ended(present: ReadonlySet<State>): State {
  const unsuccessful = present.has('failed') || present.has('rejected') || present.has('partial');
  if (!unsuccessful) return 'cancelled';
  return present.has('completed') || present.has('partial') ? 'partial' : 'failed';
}

/** One order inside the SOM: its items, their states, and what the order as a whole is then. */

import { inOnePiece, textOfInstant } from '../contracts/schemas/text.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
} from '../contracts/schemas/tmf641-v4.1.generated.ts';
import type { Kept } from './kept.ts';
import { type ItemSelector, pathTo, type State, type When } from './som-script.ts';

/** Of an item, what a script can ask about. */
export interface SomItem {
  readonly id: string;
  readonly action: string;
  readonly specification: string | undefined;
}

export interface SomOrder {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly request: Kept<ServiceOrder_Create>;
  /** Of the order and in other items, outer before inner. */
  readonly items: readonly SomItem[];
  readonly orderedAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  /** Of each item, in the order of `items`. */
  readonly states: readonly State[];
  /** Of the order as a whole: folded from those of its items. */
  readonly state: State;
  /** In the order of `items`: what was last said of each. */
  readonly messages: readonly (ItemMessage | undefined)[];
}

interface ItemMessage {
  readonly text: string;
  readonly at: number;
}

const terminal: readonly State[] = ['rejected', 'completed', 'failed', 'partial', 'cancelled'];

/** The items of an order and those in them, outer before inner. */
export function itemsOf(request: ServiceOrder_Create): SomItem[] {
  const found: SomItem[] = [];
  const add = (items: readonly ServiceOrderItem[]): void => {
    for (const { id, action, service, serviceOrderItem } of items) {
      found.push({ id, action, specification: service.serviceSpecification?.id });
      if (serviceOrderItem !== undefined) add(serviceOrderItem);
    }
  };
  add(request.serviceOrderItem);
  return found;
}

export function newOrder(id: string, request: Kept<ServiceOrder_Create>, at: number, state: State): SomOrder {
  const { externalId } = request.read();
  const items = itemsOf(request.read());
  const states = items.map(() => state);
  return dated({ id, externalId, request, items, orderedAt: at, states, state, messages: [] }, at);
}

/** The snapshots an order goes through when some of its items take on a state: one for each legal move. */
export function advance(
  order: SomOrder,
  step: { readonly state: State; readonly items: ItemSelector; readonly message?: string },
  at: number,
): SomOrder[] {
  const { items } = order;
  const paths = order.states.map((state, place) => {
    const item = items[place];
    return item !== undefined && matchesItem(step.items, item) ? (pathTo(state, step.state) ?? []) : [];
  });
  const longest = paths.reduce((most, { length }) => Math.max(most, length), 0);
  const message = step.message === undefined ? undefined : { text: step.message, at };
  const snapshots: SomOrder[] = [];
  let current = order;
  for (let index = 0; index < longest; index += 1) {
    const { messages: said } = current;
    const states = current.states.map((state, place) => paths[place]?.[index] ?? state);
    const messages =
      message === undefined ? said : paths.map((path, place) => (index < path.length ? message : said[place]));
    current = dated({ ...current, states, messages, state: folded(states) }, at);
    snapshots.push(current);
  }
  return snapshots;
}

function dated(order: SomOrder, at: number): SomOrder {
  const { state, startedAt, completedAt } = order;
  const starts = startedAt === undefined && state !== 'acknowledged' && state !== 'rejected';
  const ends = completedAt === undefined && terminal.includes(state);
  if (!starts && !ends) return order;
  return { ...order, ...(starts ? { startedAt: at } : {}), ...(ends ? { completedAt: at } : {}) };
}

/** The fold of item states into the order's, first match (TMF641 v4.1, as far as it is published; the rest is our reading). */
function folded(states: SomOrder['states']): State {
  const [first] = states;
  if (first !== undefined && states.every((state) => state === first)) return first;
  const present = new Set(states);
  const open = [...present].filter((state) => !terminal.includes(state));
  if (open.length === 0) return ended(present);
  const [onlyOpen] = open;
  return open.length === 1 && (onlyOpen === 'pending' || onlyOpen === 'held') ? onlyOpen : 'inProgress';
}

/** Every item has ended, and not all in the same way. What is completed beside what is cancelled counts as cancelled. */
function ended(present: ReadonlySet<State>): State {
  const unsuccessful = present.has('failed') || present.has('rejected') || present.has('partial');
  if (!unsuccessful) return 'cancelled';
  return present.has('completed') || present.has('partial') ? 'partial' : 'failed';
}

/** The resource as the SOM shows it. */
export function resourceOf(order: SomOrder, baseUrl: string): ServiceOrder {
  const { id, state, orderedAt, startedAt, completedAt, messages } = order;
  const request = order.request.read();
  const resource: ServiceOrder = {
    ...request,
    id,
    href: inOnePiece(baseUrl, '/serviceOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    serviceOrderItem: itemsShown(request.serviceOrderItem, order),
  };
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  const [message] = messages.filter((each) => each !== undefined).slice(-1);
  if (message !== undefined) resource.errorMessage = [errorMessage(state, message)];
  return resource;
}

/** Goes through the items as `itemsOf` did, so that each meets its state. */
function itemsShown(items: readonly ServiceOrderItem[], { states, messages }: SomOrder): ServiceOrderItem[] {
  let place = 0;
  const show = (item: ServiceOrderItem): ServiceOrderItem => {
    const state = states[place];
    const message = messages[place];
    place += 1;
    const shown: ServiceOrderItem = { ...item };
    if (state !== undefined) shown.state = state;
    if (message !== undefined) shown.errorMessage = [errorMessage(state ?? '', message)];
    if (item.serviceOrderItem !== undefined) shown.serviceOrderItem = item.serviceOrderItem.map(show);
    return shown;
  };
  return items.map(show);
}

function errorMessage(code: string, { text, at }: ItemMessage): { code: string; message: string; timestamp: string } {
  return { code, message: text, timestamp: textOfInstant(at) };
}

export function matchesItem({ specification, action }: ItemSelector, item: SomItem): boolean {
  if (action !== undefined && !action.includes(item.action)) return false;
  return specification === undefined || specification.includes(item.specification ?? '');
}

/** Every condition that the order does not meet; none when it matches. */
export function differences(when: When, request: ServiceOrder_Create, attempt: number): string[] {
  const items = itemsOf(request);
  const missed = (['specification', 'action'] as const).flatMap((column) => {
    const wanted = when[column];
    if (wanted === undefined || items.some((item) => matchesItem({ [column]: wanted }, item))) return [];
    const got = items.map((item) => item[column] ?? 'none');
    return [`${column}: wanted ${wanted.join(' or ')}, got ${[...new Set(got)].join(', ')}`];
  });
  const { first, last } = when.attempt ?? { first: 1, last: Number.POSITIVE_INFINITY };
  const inTime = attempt >= first && attempt <= last;
  return inTime
    ? missed
    : [...missed, `attempt: wanted ${first === last ? first : `${first} to ${last}`}, got ${attempt}`];
}

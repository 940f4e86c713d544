/** One order inside the SOM: its items, their states, and what the order as a whole is then. */

import { inOnePiece, textOfInstant } from '../contracts/schemas/text.ts';
import type {
  ServiceOrder,
  ServiceOrder_Create,
  ServiceOrderItem,
} from '../contracts/schemas/tmf641-v4.1.generated.ts';
import { type ItemSelector, pathTo, type State, type When } from './som-script.ts';

export interface SomOrder {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly request: ServiceOrder_Create;
  readonly orderedAt: number;
  readonly startedAt?: number;
  readonly completedAt?: number;
  readonly states: { readonly [itemId: string]: State };
  /** Of the order as a whole: folded from those of its items. */
  readonly state: State;
  readonly messages: { readonly [itemId: string]: { readonly text: string; readonly at: number } };
}

const terminal: readonly State[] = ['rejected', 'completed', 'failed', 'partial', 'cancelled'];

/** Items of the order and the items in them. */
export function allItems(items: readonly ServiceOrderItem[]): ServiceOrderItem[] {
  return items.flatMap((item) => [item, ...allItems(item.serviceOrderItem ?? [])]);
}

export function newOrder(id: string, request: ServiceOrder_Create, at: number, state: State): SomOrder {
  const states: Record<string, State> = {};
  for (const item of allItems(request.serviceOrderItem)) states[item.id] = state;
  return dated({ id, externalId: request.externalId, request, orderedAt: at, states, state, messages: {} }, at);
}

/** The snapshots an order goes through when some of its items take on a state: one for each legal move. */
export function advance(
  order: SomOrder,
  step: { readonly state: State; readonly items: ItemSelector; readonly message?: string },
  at: number,
): SomOrder[] {
  const paths = new Map<string, readonly State[]>();
  for (const item of allItems(order.request.serviceOrderItem)) {
    if (matchesItem(step.items, item))
      paths.set(item.id, pathTo(order.states[item.id] ?? 'acknowledged', step.state) ?? []);
  }
  const length = Math.max(0, ...[...paths.values()].map((path) => path.length));
  const snapshots: SomOrder[] = [];
  let current = order;
  for (let index = 0; index < length; index += 1) {
    const states = { ...current.states };
    const messages = { ...current.messages };
    for (const [id, path] of paths) {
      const state = path[index];
      if (state === undefined) continue;
      states[id] = state;
      if (step.message !== undefined) messages[id] = { text: step.message, at };
    }
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
  const present = new Set(Object.values(states));
  const [single] = present;
  if (present.size === 1 && single !== undefined) return single;
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
  const { id, request, state, orderedAt, startedAt, completedAt, messages } = order;
  const resource: ServiceOrder = {
    ...request,
    id,
    href: inOnePiece(baseUrl, '/serviceOrder/', id),
    state,
    orderDate: textOfInstant(orderedAt),
    serviceOrderItem: request.serviceOrderItem.map((item) => itemOf(item, order)),
  };
  if (startedAt !== undefined) resource.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined) resource.completionDate = textOfInstant(completedAt);
  for (const { text, at } of Object.values(messages)) {
    resource.errorMessage = [{ code: state, message: text, timestamp: textOfInstant(at) }];
  }
  return resource;
}

function itemOf(item: ServiceOrderItem, order: SomOrder): ServiceOrderItem {
  const shown: ServiceOrderItem = { ...item };
  const state = order.states[item.id];
  const message = order.messages[item.id];
  if (state !== undefined) shown.state = state;
  if (message !== undefined) {
    shown.errorMessage = [{ code: state ?? '', message: message.text, timestamp: textOfInstant(message.at) }];
  }
  if (item.serviceOrderItem !== undefined)
    shown.serviceOrderItem = item.serviceOrderItem.map((child) => itemOf(child, order));
  return shown;
}

export function matchesItem({ specification, action }: ItemSelector, item: ServiceOrderItem): boolean {
  if (action !== undefined && !action.includes(item.action)) return false;
  return specification === undefined || specification.includes(item.service.serviceSpecification?.id ?? '');
}

/** Every condition that the order does not meet; none when it matches. */
export function differences(when: When, request: ServiceOrder_Create, attempt: number): string[] {
  const items = allItems(request.serviceOrderItem);
  const missed = (['specification', 'action'] as const).flatMap((column) => {
    const wanted = when[column];
    if (wanted === undefined || items.some((item) => matchesItem({ [column]: wanted }, item))) return [];
    const got = items.map((item) =>
      column === 'action' ? item.action : (item.service.serviceSpecification?.id ?? 'none'),
    );
    return [`${column}: wanted ${wanted.join(' or ')}, got ${[...new Set(got)].join(', ')}`];
  });
  const { first, last } = when.attempt ?? { first: 1, last: Number.POSITIVE_INFINITY };
  const inTime = attempt >= first && attempt <= last;
  return inTime
    ? missed
    : [...missed, `attempt: wanted ${first === last ? first : `${first} to ${last}`}, got ${attempt}`];
}

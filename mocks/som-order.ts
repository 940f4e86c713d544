/** One order inside the SOM: its items, their states, and what the order as a whole is then. */

import { textOfInstant } from '../contracts/schemas/text.ts';
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
  readonly messages: { readonly [itemId: string]: { readonly text: string; readonly at: number } };
}

const terminal: readonly State[] = ['rejected', 'completed', 'failed', 'partial', 'cancelled'];

/** Items of the order and the items in them. */
export function allItems(items: readonly ServiceOrderItem[]): ServiceOrderItem[] {
  return items.flatMap((item) => [item, ...allItems(item.serviceOrderItem ?? [])]);
}

export function newOrder(id: string, request: ServiceOrder_Create, at: number, state: State): SomOrder {
  const states = Object.fromEntries(allItems(request.serviceOrderItem).map((item) => [item.id, state]));
  const order = { id, externalId: request.externalId, request, orderedAt: at, states, messages: {} };
  return dated(order, at);
}

/** The snapshots an order goes through when some of its items take on a state: one for each legal move. */
export function advance(
  order: SomOrder,
  step: { readonly state: State; readonly items: ItemSelector; readonly message?: string },
  at: number,
): SomOrder[] {
  const concerned = allItems(order.request.serviceOrderItem)
    .filter((item) => matchesItem(step.items, item))
    .map(({ id }) => id);
  const paths = concerned.map((id) => [id, pathTo(order.states[id] ?? 'acknowledged', step.state) ?? []] as const);
  const length = Math.max(0, ...paths.map(([, path]) => path.length));
  const snapshots: SomOrder[] = [];
  let current = order;
  for (let index = 0; index < length; index += 1) {
    const moved = paths.flatMap(([id, path]) => {
      const state = path[index];
      return state === undefined ? [] : [[id, state] as const];
    });
    const { message: text } = step;
    const messages = text === undefined ? [] : moved.map(([id]) => [id, { text, at }] as const);
    current = dated(
      {
        ...current,
        states: { ...current.states, ...Object.fromEntries(moved) },
        messages: { ...current.messages, ...Object.fromEntries(messages) },
      },
      at,
    );
    snapshots.push(current);
  }
  return snapshots;
}

function dated(order: SomOrder, at: number): SomOrder {
  const state = orderState(order);
  return {
    ...order,
    ...(order.startedAt === undefined && state !== 'acknowledged' && state !== 'rejected' ? { startedAt: at } : {}),
    ...(order.completedAt === undefined && terminal.includes(state) ? { completedAt: at } : {}),
  };
}

/** The fold of item states into the order's, first match (TMF641 v4.1, as far as it is published; the rest is our reading). */
export function orderState({ states }: SomOrder): State {
  const all = Object.values(states);
  const only = (...allowed: State[]) => all.every((state) => allowed.includes(state));
  if (only('rejected')) return 'rejected';
  if (only('completed')) return 'completed';
  if (only('failed', 'rejected')) return 'failed';
  if (only('cancelled')) return 'cancelled';
  if (only(...terminal)) {
    if (only('completed', 'cancelled')) return 'cancelled';
    return only('failed', 'rejected', 'cancelled') ? 'failed' : 'partial';
  }
  const open = all.filter((state) => !terminal.includes(state));
  if (open.every((state) => state === 'pending')) return 'pending';
  if (open.every((state) => state === 'held')) return 'held';
  return only('acknowledged') ? 'acknowledged' : 'inProgress';
}

/** The resource as the SOM shows it. */
export function resourceOf(order: SomOrder, baseUrl: string): ServiceOrder {
  const state = orderState(order);
  const { id, request, orderedAt, startedAt, completedAt, messages } = order;
  const [message] = Object.values(messages);
  return {
    ...request,
    id,
    href: `${baseUrl}/serviceOrder/${id}`,
    state,
    orderDate: textOfInstant(orderedAt),
    ...(startedAt === undefined ? {} : { startDate: textOfInstant(startedAt) }),
    ...(completedAt === undefined ? {} : { completionDate: textOfInstant(completedAt) }),
    ...(message === undefined
      ? {}
      : { errorMessage: [{ code: state, message: message.text, timestamp: textOfInstant(message.at) }] }),
    serviceOrderItem: request.serviceOrderItem.map((item) => itemOf(item, order)),
  };
}

function itemOf(item: ServiceOrderItem, order: SomOrder): ServiceOrderItem {
  const message = order.messages[item.id];
  const state = order.states[item.id];
  return {
    ...item,
    ...(state === undefined ? {} : { state }),
    ...(message === undefined
      ? {}
      : { errorMessage: [{ code: state ?? '', message: message.text, timestamp: textOfInstant(message.at) }] }),
    ...(item.serviceOrderItem === undefined
      ? {}
      : { serviceOrderItem: item.serviceOrderItem.map((child) => itemOf(child, order)) }),
  };
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

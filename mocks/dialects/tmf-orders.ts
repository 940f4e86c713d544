/** What parties that speak TMF641, TMF652 or TMF697 have in common: one family of orders, each with items and words of its own. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { inOnePiece, textOfInstant } from '../../contracts/schemas/text.ts';
import { states } from '../script/lifecycle.ts';
import type { SomItem } from '../script/selecting.ts';
import type { ItemMessage, SomOrder } from '../som-order.ts';
import { amendedOrder } from './amending.ts';
import type { Dialect, EventMessage } from './dialect.ts';

/** What one of them says by itself. */
export interface TmfOrders
  extends Pick<Dialect, 'api' | 'resource' | 'basePath' | 'itemsOf' | 'shown' | 'generated' | 'untold'> {
  /** The attribute with the items. */
  readonly list: string;
  /** What it calls the first state of a cancel task. */
  readonly firstOfTask: 'accepted' | 'acknowledged';
}

export function tmfDialect(of: TmfOrders): Dialect {
  const { api, resource, basePath, list, firstOfTask, itemsOf, shown, generated, untold } = of;
  const name = `${resource.charAt(0).toLowerCase()}${resource.slice(1)}`;
  return {
    api,
    resource,
    basePath,
    collection: `/${name}`,
    itemState: `${list}.state`,
    check: (body) => checkOf(api, 'conformance', `${resource}_Create`)(body),
    itemsOf,
    newId: (party, chance) => inOnePiece(party, '-', chance.hex(12)),
    accepted: shown,
    shown,
    generated,
    untold,
    eventOf: ({ kind, order, fieldPath }, { eventId, eventTime, baseUrl }): EventMessage => {
      const eventType = inOnePiece(resource, kind, 'Event');
      const path = fieldPath === undefined ? {} : { fieldPath };
      const body = { eventId, eventTime, eventType, ...path, event: { [name]: shown(order, baseUrl) } };
      return { path: `/listener/${name}${kind}Event`, body };
    },
    subscribed: ({ id, callback, query }) => ({ id, callback, ...(query === '' ? {} : { query }) }),
    unsubscribed: () => ({ status: 204, headers: {} }),
    amendment: {
      status: 200,
      apply: (order, body) => amendedOrder(order, body, list, itemsOf),
      answer: shown,
      // A word of the lifecycle, by the check of the amendment.
      stateIn: (body) => states.find((state) => state === Reflect.get(Object(body), 'state')),
      isTold: true,
    },
    cancelTask: { path: `/cancel${resource}`, first: firstOfTask },
  };
}

/** Items, and the items in them: outer before inner. @param nested the attribute with those. */
export function everyItem<Item extends object>(
  items: readonly Item[],
  nested: keyof Item,
  read: (item: Item) => SomItem,
): SomItem[] {
  const found: SomItem[] = [];
  const add = (some: readonly Item[]): void => {
    for (const item of some) {
      found.push(read(item));
      const inner = item[nested] as readonly Item[] | undefined; // by its type
      if (inner !== undefined) add(inner);
    }
  };
  add(items);
  return found;
}

/** Goes through the items as `everyItem` did, so that each meets its state and its message. */
export function everyItemShown<Item extends object>(
  items: readonly Item[],
  { states: ofItems, messages }: SomOrder,
  nested: keyof Item,
  show: (item: Item, state: SomOrder['states'][number] | undefined, message: ItemMessage | undefined) => Item,
): Item[] {
  let place = 0;
  const shownWithin = (item: Item): Item => {
    const shown = show(item, ofItems[place], messages[place]);
    place += 1;
    const inner = item[nested] as readonly Item[] | undefined; // by its type
    return inner === undefined ? shown : { ...shown, [nested]: inner.map(shownWithin) };
  };
  return items.map(shownWithin);
}

interface Times {
  startDate?: string;
  completionDate?: string;
  cancellationDate?: string;
  cancellationReason?: string;
}

/** When it began and how it ended. */
export function timesOf({ state, startedAt, completedAt, extras }: SomOrder): Times {
  const times: Times = {};
  if (startedAt !== undefined) times.startDate = textOfInstant(startedAt);
  if (completedAt !== undefined && state === 'cancelled') times.cancellationDate = textOfInstant(completedAt);
  else if (completedAt !== undefined) times.completionDate = textOfInstant(completedAt);
  if (state === 'cancelled' && extras?.cancellationReason !== undefined)
    times.cancellationReason = extras.cancellationReason;
  return times;
}

/** What was said of its items at last. */
export function lastMessageOf({ messages }: SomOrder): ItemMessage | undefined {
  return messages.findLast((message) => message !== undefined);
}

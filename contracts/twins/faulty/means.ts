/** By what means vendors go wrong: answers changed on their way out, a gateway in front, orders that live on the side. */
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { type HttpResponse, jsonBody } from '../../../exchange/message.ts';
import type { Twin, TwinWorld } from '../twin.ts';
import { isObject } from '../vendor/defaults/checks.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { hasEnded } from '../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../vendor/habits.ts';
import { lifeItemId } from '../vendor/life.ts';
import { type TwinWords, twinOf } from '../vendor/twin-of.ts';
import type { Asked, Item, Order, OrderDocument } from '../vendor/words.ts';

/** An object of a body, whatever is in it. */
export type Fields = { readonly [name: string]: unknown };

/** A twin that breaks a rule. */
export function faulty(words: Omit<TwinWords, 'kind'> & { readonly breaks: string }): Twin {
  return twinOf({ kind: 'faulty', ...words });
}

/** Every answer goes through this on its way out. */
export function answering(
  change: (response: HttpResponse, asked: Asked, vendor: Vendor) => HttpResponse,
): Pick<Habits, 'answered'> {
  return {
    answered: (asked, response, vendor) => conformantHabits.answered(asked, change(response, asked, vendor), vendor),
  };
}

/** The usual answer, later. */
export function answeringLate(lateMs: (asked: Asked, vendor: Vendor) => number): Pick<Habits, 'answered'> {
  return {
    answered: (asked, response, vendor) => {
      const afterMs = Math.max(vendor.habits.pace.answer, lateMs(asked, vendor));
      return { kind: 'reply', response, afterMs };
    },
  };
}

/** With another value for its body. */
export function withBody(response: HttpResponse, value: unknown): HttpResponse {
  return { ...response, body: jsonBody(value) };
}

/** Without the header of that name. */
export function withoutHeader(response: HttpResponse, name: string): HttpResponse {
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([other]) => other !== name));
  return { ...response, headers };
}

/** Without the attributes of these names. */
export function lacking(value: object, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** The twin behind a gateway, which sees every request first. It is made anew at each opening. */
export function behindGateway(twin: Twin, gateway: (pass: Endpoint, world: TwinWorld) => Endpoint): Twin {
  return {
    ...twin,
    open: (world) => {
      const { endpoint, ...rest } = twin.open(world);
      return { ...rest, endpoint: gateway(endpoint, world) };
    },
  };
}

/** The order that a request is about, if it has been worked on and has ended since. */
export function endedOrder({ id }: Pick<Asked, 'id'>, { orders }: Vendor): OrderDocument | undefined {
  const document = orders.get(id)?.document;
  return document !== undefined && wasFulfilled(document) ? document : undefined;
}

/** It was begun, and has ended. */
export function wasFulfilled({ state, startDate }: OrderDocument): boolean {
  return startDate !== undefined && hasEnded(state);
}

/** The items and all that they hold, each changed. */
export function everyItem(items: readonly Item[], change: (item: Item) => Item): Item[] {
  return items.map((item) => {
    const own =
      item.serviceOrderItem === undefined ? {} : { serviceOrderItem: everyItem(item.serviceOrderItem, change) };
    return change({ ...item, ...own });
  });
}

/** The items of a body that may be no order, nested ones too. */
export function itemsAsked(body: unknown): Fields[] {
  const items = isObject(body) ? body.serviceOrderItem : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => (isObject(item) ? [item, ...itemsAsked(item)] : []));
}

/** Makes an order that nobody is told of, and lets it live. The body is one that was not refused. */
export function bornAside(body: object, vendor: Vendor): Order {
  const id = vendor.habits.newId('order', vendor);
  const document = vendor.habits.newOrder(body, id, vendor);
  const order: Order = { id, document, asked: '', resumed: new Set() };
  vendor.orders.set(id, order);
  liveOn(order, vendor);
  return order;
}

/** What comes next for the order, planned anew. */
export function liveOn(order: Order, vendor: Vendor): void {
  const { kernel, address, habits } = vendor;
  const move = habits.nextMove(order, vendor);
  if (move === undefined) return;
  const data = { orderId: order.id, move: { ...move } };
  kernel.schedule({ id: lifeItemId(vendor, order.id), to: `${address}.life`, due: kernel.now() + move.afterMs, data });
}

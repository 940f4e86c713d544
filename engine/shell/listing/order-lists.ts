/** The lists of orders: those that are captured through one API, and of those that are delivered or that only ask; and of their parts. */
import type { Listed, ListedPart, ListedParts } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { FoundPart, ListQuery, OrderQuery, PartQuery } from '../store.ts';
import { comparing } from './in-order.ts';
import { type IndexPage, OrderIndex } from './order-index.ts';

type Kind = Pick<OrderQuery, 'category' | 'fulfillmentType'>;

/** A place that it keeps, and its list. */
interface Known {
  readonly sequence: number;
  readonly list: OrderIndex;
}

/** Each kind has an index of its own, so that no query has to look through orders of another kind. */
export class OrderLists {
  readonly #lists = new Map<string, OrderIndex>();
  readonly #orders = new Map<string, Known>();
  readonly #parts = new Map<string, Known & { readonly orderId: string }>();
  readonly #partsOf = new Map<string, Set<string>>();
  #captured = 0;

  put(order: CustomerOrder, listed: Listed): void {
    const { id } = order;
    const known = this.#orders.get(id) ?? { sequence: ++this.#captured, list: this.#list(nameOf(order)) };
    this.#orders.set(id, known);
    known.list.put(id, known.sequence, listed);
  }

  putParts(orderId: string, { put, removed }: ListedParts): void {
    for (const id of removed) this.#removePart(id);
    if (put.length === 0) return;
    const ofOrder = this.#partsOf.get(orderId) ?? new Set();
    this.#partsOf.set(orderId, ofOrder);
    for (const part of put) {
      this.#putPart(orderId, part);
      ofOrder.add(part.id);
    }
  }

  remove(orderId: string): void {
    this.#orders.get(orderId)?.list.remove(orderId);
    this.#orders.delete(orderId);
    for (const id of this.#partsOf.get(orderId) ?? []) this.#removePart(id);
    this.#partsOf.delete(orderId);
  }

  /** @returns ids, and how many match in all. */
  page({ category, fulfillmentType, ...query }: OrderQuery): {
    readonly ids: readonly string[];
    readonly total: number;
  } {
    const { entries, total } = this.#pageOf(namesOf({ category, fulfillmentType }), query);
    return { ids: entries.map(({ id }) => id), total };
  }

  pageOfParts({ list, beside, ...query }: PartQuery): {
    readonly found: readonly FoundPart[];
    readonly total: number;
  } {
    const names = beside === undefined ? [list] : [...namesOf(beside), list];
    const { entries, total } = this.#pageOf(names, query);
    return { found: entries.map(({ id }) => ({ id, orderId: this.#parts.get(id)?.orderId ?? id })), total };
  }

  #pageOf(names: readonly string[], { where = [], sort = [], offset, limit }: ListQuery): IndexPage {
    const [only, ...others] = names.map((name) => this.#list(name));
    if (only === undefined) return { entries: [], total: 0 };
    if (others.length === 0) return only.page({ where, sort, offset, limit });
    const pages = [only, ...others].map((list) => list.page({ where, sort, offset: 0, limit: offset + limit }));
    const entries = pages.flatMap((page) => page.entries).toSorted(comparing(sort));
    return {
      entries: entries.slice(offset, offset + limit),
      total: pages.reduce((sum, { total }) => sum + total, 0),
    };
  }

  #putPart(orderId: string, { id, list, listed }: ListedPart): void {
    const known = this.#parts.get(id) ?? { orderId, sequence: ++this.#captured, list: this.#list(list) };
    this.#parts.set(id, known);
    known.list.put(id, known.sequence, listed);
  }

  #removePart(id: string): void {
    const known = this.#parts.get(id);
    if (known === undefined) return;
    known.list.remove(id);
    this.#parts.delete(id);
    this.#partsOf.get(known.orderId)?.delete(id);
  }

  #list(name: string): OrderIndex {
    const known = this.#lists.get(name) ?? new OrderIndex();
    this.#lists.set(name, known);
    return known;
  }
}

function nameOf({ category, fulfillmentType }: Required<Kind>): string {
  return `${category} ${fulfillmentType}`;
}

function namesOf({ category, fulfillmentType }: { [name in keyof Kind]: Kind[name] | undefined }): string[] {
  if (category === undefined) return [];
  const kinds = fulfillmentType === undefined ? (['Deliver', 'Qualify'] as const) : [fulfillmentType];
  return kinds.map((kind) => nameOf({ category, fulfillmentType: kind }));
}

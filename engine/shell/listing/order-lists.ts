/** The lists of orders: those that are captured through one API, and of those that are delivered or that only ask. */
import type { Listed } from '../../model/listing/listed.ts';
import type { CustomerOrder } from '../../model/order.ts';
import type { OrderQuery } from '../store.ts';
import { comparing } from './in-order.ts';
import { type IndexPage, OrderIndex } from './order-index.ts';

type Kind = Pick<OrderQuery, 'category' | 'fulfillmentType'>;

/** Each kind has an index of its own, so that no query has to look through orders of another kind. */
export class OrderLists {
  readonly #lists = new Map<string, OrderIndex>();
  /** By order, its place and its list. */
  readonly #known = new Map<string, { readonly sequence: number; readonly list: OrderIndex }>();
  #captured = 0;

  put(order: CustomerOrder, listed: Listed): void {
    const { id } = order;
    const known = this.#known.get(id) ?? { sequence: ++this.#captured, list: this.#list(order) };
    this.#known.set(id, known);
    known.list.put(id, known.sequence, listed);
  }

  remove(id: string): void {
    this.#known.get(id)?.list.remove(id);
    this.#known.delete(id);
  }

  /** @returns ids, and how many match in all. */
  page(query: OrderQuery): { readonly ids: readonly string[]; readonly total: number } {
    const { category, fulfillmentType, where = [], sort = [], offset, limit } = query;
    const kinds = fulfillmentType === undefined ? (['Deliver', 'Qualify'] as const) : [fulfillmentType];
    const [one, other] = kinds.map((kind) => this.#list({ category, fulfillmentType: kind }));
    if (one === undefined || other === undefined) {
      const { entries, total } = one?.page({ where, sort, offset, limit }) ?? nothing;
      return { ids: entries.map(({ id }) => id), total };
    }
    const pages = [one, other].map((list) => list.page({ where, sort, offset: 0, limit: offset + limit }));
    const entries = pages.flatMap((page) => page.entries).toSorted(comparing(sort));
    const ids = entries.slice(offset, offset + limit).map(({ id }) => id);
    return { ids, total: pages.reduce((sum, { total }) => sum + total, 0) };
  }

  #list({ category, fulfillmentType }: Kind): OrderIndex {
    const name = `${category} ${fulfillmentType}`;
    const known = this.#lists.get(name) ?? new OrderIndex();
    this.#lists.set(name, known);
    return known;
  }
}

const nothing: IndexPage = { entries: [], total: 0 };

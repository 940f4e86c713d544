/** How every store of orders finds them by what lists ask: exactly those that looking at each of them would find. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareListed,
  type ListCriterion,
  type Listed,
  type ListOrder,
  meets,
} from '../../../engine/model/listing/listed.ts';
import type { CustomerOrder, FulfillmentType } from '../../../engine/model/order.ts';
import type { OrderQuery, OrderStore } from '../../../engine/shell/store.ts';
import { captureOf, firstNumbers, hierarchical, Life, start } from '../../support/orders.ts';

export function listContract(name: string, open: () => Promise<OrderStore>): void {
  describe(`${name} order store, as lists ask it`, () => {
    it('finds orders by what is listed of them, and by what was listed last', async () => {
      const books = new Books(await open());
      await books.keep('a', { state: 'new', externalId: 'CRM-1' });
      await books.keep('b', { state: 'new', externalId: 'CRM-2' });
      await books.keep('c', { state: 'done' });
      await books.keep('a', { state: 'done', externalId: 'CRM-1' });
      const where = (attribute: string, ...oneOf: string[]) => books.ids({ where: [{ attribute, oneOf }] });
      expect(await where('state', 'done')).toEqual([['a', 'c'], 2]);
      expect(await where('state', 'new', 'done')).toEqual([['a', 'b', 'c'], 3]);
      expect(await where('externalId', 'CRM-2')).toEqual([['b'], 1]);
      expect(await where('externalId', 'nobody')).toEqual([[], 0]);
      expect(await where('never-heard-of', '')).toEqual([[], 0]);
    });

    it('sorts by what is listed, up and down, with nothing last', async () => {
      const books = new Books(await open());
      const dates: readonly [string, number | undefined][] = [
        ['a', 2],
        ['b', undefined],
        ['c', 1],
        ['d', 2],
      ];
      for (const [id, date] of dates) await books.keep(id, date === undefined ? {} : { date });
      const sorted = (isDown: boolean) => books.ids({ sort: [{ attribute: 'date', isDown }] });
      expect(await sorted(false)).toEqual([['c', 'a', 'd', 'b'], 4]);
      expect(await sorted(true)).toEqual([['a', 'd', 'c', 'b'], 4]);
    });

    it('finds spans of instants, with and without their ends', async () => {
      const books = new Books(await open());
      for (const [index, date] of [5, 1, 3, 3, 'soon', 4].entries()) await books.keep(`${index}`, { date });
      const span = (changes: object) => books.ids({ where: [{ attribute: 'date', ...changes }] });
      const bound = (at: number, isIncluded: boolean) => ({ at, isIncluded });
      expect(await span({ from: bound(3, true) })).toEqual([['0', '2', '3', '5'], 4]);
      expect(await span({ from: bound(3, false), to: bound(5, false) })).toEqual([['5'], 1]);
      expect(await span({ to: bound(3, true) })).toEqual([['1', '2', '3'], 3]);
      expect(await span({ from: bound(4, true), to: bound(2, true) })).toEqual([[], 0]);
    });

    it('gives the same pages as looking at every order, whatever was stored and is asked', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { maxLength: 60 }),
          fc.array(query, { maxLength: 12 }),
          async (steps, asked) => {
            const books = new Books(await open());
            for (const { id, listed, isRemoved } of steps) {
              if (isRemoved) await books.forget(id);
              else await books.keep(id, listed);
            }
            for (const each of asked) expect(await books.ids(each)).toEqual(books.scanned(each));
          },
        ),
        { numRuns: 150 },
      );
    });
  });
}

const value = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom('', 'a', 'b', 'c'));
const attributes = ['state', 'date', 'name'] as const;
const attribute = fc.constantFrom(...attributes);
const listed: fc.Arbitrary<Listed> = fc.dictionary(attribute, value, { maxKeys: 3, noNullPrototype: true });
const change = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map((number) => `order-${number}`),
  listed,
  isRemoved: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
});
const bound = fc.option(fc.record({ at: fc.integer({ min: 0, max: 6 }), isIncluded: fc.boolean() }), {
  nil: undefined,
});
const criterion: fc.Arbitrary<ListCriterion> = fc.oneof(
  fc.record({ attribute, oneOf: fc.array(value, { maxLength: 3 }) }),
  fc.record({ attribute, from: bound, to: bound }).map(({ attribute: of, from, to }) => ({
    attribute: of,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })),
);
const query = fc.record({
  where: fc.array(criterion, { maxLength: 3 }),
  sort: fc.array(fc.record({ attribute, isDown: fc.boolean() }), { maxLength: 3 }),
  offset: fc.integer({ min: 0, max: 12 }),
  limit: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(Number.POSITIVE_INFINITY)),
  fulfillmentType: fc.constantFrom<FulfillmentType | undefined>('Deliver', 'Qualify', undefined),
});

type Asked = Partial<Pick<OrderQuery, 'offset' | 'limit'>> & {
  readonly where?: readonly ListCriterion[];
  readonly sort?: readonly ListOrder[];
  readonly fulfillmentType?: FulfillmentType | undefined;
};

/** A store, and beside it what was put into it. */
class Books {
  readonly #store: OrderStore;
  readonly #kept = new Map<string, { readonly order: CustomerOrder; readonly listed: Listed }>();
  readonly #captured = new Life(hierarchical).take(captureOf());

  constructor(store: OrderStore) {
    this.#store = store;
  }

  async keep(id: string, what: Listed): Promise<void> {
    const entries = (this.#kept.get(id)?.order.entries ?? 0) + 1;
    const fulfillmentType = id.endsWith('7') ? 'Qualify' : 'Deliver';
    const order: CustomerOrder = { ...this.#captured, id, entries, fulfillmentType };
    const versions = { catalogue: 'c', policies: 'p' };
    const entry = { orderId: id, entry: entries, at: start, input: captureOf(), versions, numbers: firstNumbers };
    const nothing = { numbersUsed: {}, effects: [], ends: [], keys: [] };
    const stored = await this.#store.commit({ order, expectedEntries: entries - 1, entry, listed: what, ...nothing });
    expect(stored).toBe('stored');
    this.#kept.set(id, { order, listed: what });
  }

  async forget(id: string): Promise<void> {
    await this.#store.remove(id);
    this.#kept.delete(id);
  }

  async ids({ fulfillmentType, ...asked }: Asked): Promise<[ids: string[], total: number]> {
    const kind = fulfillmentType === undefined ? {} : { fulfillmentType };
    const { orders, total } = await this.#store.list({ category: 'Product', offset: 0, limit: 100, ...kind, ...asked });
    for (const order of orders) expect(order).toEqual(this.#kept.get(order.id)?.order);
    return [orders.map(({ id }) => id), total];
  }

  /** Looks at each. */
  scanned({ where = [], sort = [], offset = 0, limit = 100, fulfillmentType }: Asked): [string[], number] {
    const matching = [...this.#kept.values()]
      .filter(({ order }) => fulfillmentType === undefined || order.fulfillmentType === fulfillmentType)
      .filter((each) => where.every((one) => meets(each.listed, one)))
      .toSorted((one, other) => compareListed(one.listed, other.listed, sort));
    return [matching.slice(offset, offset + limit).map(({ order }) => order.id), matching.length];
  }
}

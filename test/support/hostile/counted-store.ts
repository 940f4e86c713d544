/** A store that counts what is written into it, and otherwise is the store that it stands before. */
import type { OrderStore } from '../../../engine/index.ts';

export interface CountedStore extends OrderStore {
  /** How often something was written so far. */
  writes(): number;
  /** How many orders were captured so far. */
  orders(): number;
}

/** What each method that writes gives when it has written; anything at all for those that always do. */
const written: { readonly [method: string]: readonly unknown[] | 'anything' } = {
  commit: ['stored'],
  remove: 'anything',
  completeEffect: 'anything',
  keepEdition: 'anything',
  subscribe: ['stored'],
  unsubscribe: [true],
  append: ['appended'],
  settle: [true],
  redeliver: ['appended'],
  removeDeadLetter: [true],
};

export function countedStore(store: OrderStore): CountedStore {
  let writes = 0;
  let orders = 0;
  const counted = <Part extends object>(part: Part): Part => {
    const methods = Object.entries(part).map(([name, method]) => {
      const sign = Object.hasOwn(written, name) ? written[name] : undefined;
      if (typeof method !== 'function' || sign === undefined) return [name, method];
      return [
        name,
        async (...values: unknown[]) => {
          const result: unknown = await method(...values);
          if (sign === 'anything' || sign.includes(result)) writes += 1;
          return result;
        },
      ];
    });
    return Object.fromEntries(methods) as Part; // the same names, and the same answers
  };
  const outer = counted(store);
  return {
    ...outer,
    commit: async (commit) => {
      const result = await outer.commit(commit);
      if (result === 'stored' && commit.expectedEntries === 0) orders += 1;
      return result;
    },
    inventory: counted(store.inventory),
    events: counted(store.events),
    writes: () => writes,
    orders: () => orders,
  };
}

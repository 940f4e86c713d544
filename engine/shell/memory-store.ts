/** The store that lives as long as the process. */
import type { NumberBlock } from '../model/facts.ts';
import type { Json } from '../model/json.ts';
import type { CustomerOrder } from '../model/order.ts';
import { type NumberCounts, numberSeries } from '../model/outcome.ts';
import { OrderLists } from './listing/order-lists.ts';
import { memoryEventStore } from './memory-event-store.ts';
import { memoryInventoryStore } from './memory-inventory-store.ts';
import type { JournalEntry, OrderStore, PendingEffect } from './store.ts';

export function memoryStore(): OrderStore {
  const orders = new Map<string, CustomerOrder>();
  const journals = new Map<string, JournalEntry[]>();
  const orderOfKey = new Map<string, string>();
  const keysOf = new Map<string, string[]>();
  const outbox = new Map<string, PendingEffect>();
  const editions = new Map<string, Json>();
  const index = new OrderLists();
  let free = firstNumbers();

  return {
    inventory: memoryInventoryStore(),
    events: memoryEventStore({ completeEffect: (effectId) => outbox.delete(effectId) }),
    load: async (orderId) => orders.get(orderId),
    read: async (orderId) => ({ order: orders.get(orderId), numbers: free }),
    commit: async ({ order, expectedEntries, entry, numbersUsed, effects, ends, keys, listed = {}, parts }) => {
      const entries = orders.get(order.id)?.entries ?? 0;
      if (entries !== expectedEntries || !sameNumbers(entry.numbers, free)) return 'conflict';
      orders.set(order.id, order);
      index.put(order, listed);
      if (parts !== undefined) index.putParts(order.id, parts);
      const journal = journals.get(order.id);
      if (journal === undefined) journals.set(order.id, [entry]);
      else journal.push(entry);
      for (const key of keys) orderOfKey.set(key, order.id);
      if (keys.length > 0) keysOf.set(order.id, [...(keysOf.get(order.id) ?? []), ...keys]);
      for (const id of ends) outbox.delete(id);
      for (const effect of effects) {
        outbox.delete(effect.id);
        outbox.set(effect.id, { orderId: order.id, effect });
      }
      free = afterUse(free, numbersUsed);
      return 'stored';
    },
    orderIdOf: async (key) => orderOfKey.get(key),
    list: async (query) => {
      const { ids, total } = index.page(query);
      return { orders: ids.flatMap((id) => orders.get(id) ?? []), total };
    },
    listParts: async (query) => index.pageOfParts(query),
    journal: async (orderId) => journals.get(orderId) ?? [],
    remove: async (orderId) => {
      orders.delete(orderId);
      index.remove(orderId);
      journals.delete(orderId);
      for (const key of keysOf.get(orderId) ?? []) orderOfKey.delete(key);
      keysOf.delete(orderId);
      for (const [id, pending] of outbox) if (pending.orderId === orderId) outbox.delete(id);
    },
    pendingEffects: async () => [...outbox.values()],
    completeEffect: async (effectId) => {
      outbox.delete(effectId);
    },
    keepEdition: async (version, content) => {
      editions.set(version, content);
    },
    edition: async (version) => editions.get(version),
  };
}

export function firstNumbers(): NumberBlock {
  return { ORD: 1, ORDL: 1, PO: 1, SO: 1, RO: 1, FO: 1, FALLOUT: 1, AP: 1, PI: 1, TASK: 1, WO: 1 };
}

function sameNumbers(one: NumberBlock, other: NumberBlock): boolean {
  return one === other || numberSeries.every((series) => one[series] === other[series]);
}

/** The numbers that are free once these are used. */
export function afterUse(free: NumberBlock, used: NumberCounts): NumberBlock {
  const series = numberSeries.filter((each) => used[each] !== undefined);
  if (series.length === 0) return free;
  return { ...free, ...Object.fromEntries(series.map((each) => [each, free[each] + (used[each] ?? 0)])) };
}

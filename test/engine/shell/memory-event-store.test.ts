import { memoryEventStore } from '../../../engine/shell/memory-event-store.ts';
import { eventStoreContract } from './event-store-contract.ts';

eventStoreContract('memory', async (limits) => {
  const effects = new Set<string>();
  return {
    store: memoryEventStore({
      completeEffect: (id) => effects.delete(id),
      ...(limits === undefined ? {} : { limits }),
    }),
    addEffect: async (id) => {
      effects.add(id);
    },
    hasEffect: async (id) => effects.has(id),
  };
});

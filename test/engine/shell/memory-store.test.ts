import { memoryStore } from '../../../engine/shell/memory-store.ts';
import { orderStoreContract } from './order-store-contract.ts';

orderStoreContract('memory', async () => memoryStore());

import { memoryInventoryStore } from '../../../engine/shell/memory-inventory-store.ts';
import { inventoryStoreContract } from './inventory-store-contract.ts';

inventoryStoreContract('memory', async () => memoryInventoryStore());

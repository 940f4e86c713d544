/** What the parts of one inventory system share. */
import type { Kernel } from '../../kernel/kernel.ts';
import type { InventoryData } from './inventory-data.ts';
import type { Ledger } from './stock/ledger.ts';
import { basePathOf, type InventoryApi, type InventoryTeller } from './telling.ts';

export interface World {
  readonly kernel: Kernel;
  /** Of the party; in its ids and in the names of its streams of chance. */
  readonly name: string;
  readonly data: InventoryData;
  readonly ledger: Ledger;
  readonly teller: InventoryTeller;
  readonly publicUrl: string;
}

export function newId({ kernel, name }: World): string {
  return `${name}-${kernel.chance(`mock.${name}.ids`).hex(12)}`;
}

export function hrefOf({ publicUrl }: World, api: InventoryApi, collection: string, id: string): string {
  // A colon may stand in a path as it is, and pools have two of them.
  return `${publicUrl}${basePathOf(api)}/${collection}/${encodeURIComponent(id).replaceAll('%3A', ':')}`;
}

/** What a step may know besides order and input: plain data with versions, looked up by the shell. */
import type { Catalogue } from './catalogue.ts';
import type { InventoryItem } from './inventory/item.ts';
import type { InventoryOperation } from './inventory/operation.ts';
import type { NumberSeries } from './outcome.ts';
import type { Policies } from './policies.ts';

export interface Facts {
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  /** Which edition of each; the journal keeps these, so that a replay reads the same. */
  readonly versions: FactVersions;
  /** The first free number of each series. */
  readonly numbers: NumberBlock;
  /** By id, every item of each tree that the input or the order names; parents before children. */
  readonly inventory: { readonly [item: string]: InventoryItem };
  /** What is still to happen to them by itself; absent when that is nothing. */
  readonly operations?: readonly InventoryOperation[];
}

export interface FactVersions {
  readonly catalogue: string;
  readonly policies: string;
  /** By tree of the inventory that was read, how many changes it had; absent when none was. */
  readonly inventory?: { readonly [tree: string]: number };
}

export type NumberBlock = { readonly [series in NumberSeries]: number };

/** Every dialect of inventory systems by its name. */
import {
  type DialectName,
  type InventoryDialectName,
  inventoryDialectNames,
  type ResultWords,
  type Target,
} from '../../model/target.ts';
import type { InventoryDialect } from './inventory-dialect.ts';
import { tmf645v4 } from './tmf645-v4-south.ts';

export const inventoryDialects: { readonly [name in InventoryDialectName]: InventoryDialect } = {
  'tmf645-v4.0': tmf645v4,
};

export function isInventoryDialect(name: DialectName): name is InventoryDialectName {
  return inventoryDialectNames.some((each) => each === name);
}

/** The words of a dialect for results, with those that a target has beside them. */
export function resultWordsOf(dialect: InventoryDialect, { results = {} }: Pick<Target, 'results'>): ResultWords {
  return { ...dialect.results, ...results };
}

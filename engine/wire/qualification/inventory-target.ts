/** How a targets file speaks of inventory systems: one entry there is enough for one to be asked. */
import { type Finding, pointerTo } from '../../../contracts/schemas/finding.ts';
import type { Policies, RequestType } from '../../model/policies.ts';
import { qualificationRequestType } from '../../model/qualification/request-type.ts';
import type { DialectName, ResultWords, Target } from '../../model/target.ts';
import { inventoryDialectNames } from '../../model/target.ts';
import { type Cells, cellsOf } from '../policies/cells.ts';
import { withShipped } from '../policies/qualification.ts';

export interface InventoryInFile {
  readonly results?: ResultWords;
  readonly qualifies?: { readonly order?: number; readonly when?: Cells };
}

/** A definition that is not said to come earlier or later: before the shipped one, which matches always. */
const usualOrder = 100;

export function inventoryIn({ results, qualifies }: InventoryInFile): Pick<Target, 'results' | 'qualifies'> {
  return {
    ...(results === undefined ? {} : { results }),
    ...(qualifies === undefined
      ? {}
      : { qualifies: { order: qualifies.order ?? usualOrder, when: cellsOf(qualifies.when) } }),
  };
}

/** Keys that mean nothing where a target takes service orders. */
export function inventoryWordsOfOrders(written: object, dialect: DialectName, at: string): Finding[] {
  const why = `no such key: the dialect ${dialect} is for service orders, and ${inventoryDialectNames.join(', ')} for questions`;
  return strange(written, ['results', 'qualifies'], why, at);
}

/** Keys that mean nothing where a target is asked whether services can be had. */
export function orderWordsOfInventory(written: object, dialect: DialectName, at: string): Finding[] {
  const why = `no such key: the dialect ${dialect} is for questions, whose answers are put into words by results`;
  return strange(written, ['states', 'actions', 'falloutPhrase'], why, at);
}

function strange(written: object, keys: readonly string[], expected: string, at: string): Finding[] {
  return keys
    .filter((key) => key in written)
    .map((key) => ({ pointer: pointerTo(at, key), rule: 'key-of-the-dialect', expected, got: 'one' }));
}

/**
 * The policies with a definition and an adapter for each inventory system that says itself when it is asked, under its own
 * name. What the policies say under that name stands in its place.
 */
export function withInventories(policies: Policies, targets: readonly Pick<Target, 'name' | 'qualifies'>[]): Policies {
  const asked = targets.flatMap(({ name, qualifies }) => (qualifies === undefined ? [] : [{ name, ...qualifies }]));
  if (asked.length === 0) return policies;
  const shipped = withShipped(policies);
  const { requestTypes, adapters } = shipped;
  const isTheirs = ({ name }: RequestType) => name === qualificationRequestType;
  const defined = new Set(requestTypes.filter(isTheirs).flatMap(({ definitions }) => definitions.map(nameOf)));
  const missing = asked.filter(({ name }) => !defined.has(name));
  const adapted = new Set(adapters.map(nameOf));
  const definitions = missing.map(({ name, order, when }) => ({ name, order, adapter: name, when }));
  return {
    ...shipped,
    requestTypes: requestTypes.map((type) =>
      isTheirs(type) ? { ...type, definitions: [...type.definitions, ...definitions] } : type,
    ),
    adapters: [
      ...adapters,
      ...missing.filter(({ name }) => !adapted.has(name)).map(({ name }) => ({ name, active: true, target: name })),
    ],
  };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/** Values that go from one domain order to another: which mappings of the catalogue a change sets off, and what they set. */
import type { AttributeMapping } from '../../model/catalogue.ts';
import { sameJson } from '../../model/json.ts';
import type { DomainOrder } from '../../model/order.ts';
import type { Characteristic } from '../../model/words.ts';
import type { Draft } from '../draft.ts';
import { specificationOf } from './domain-order.ts';

/** What is to be set where, and why. */
export interface Setting {
  readonly domainOrder: string;
  readonly characteristics: readonly Characteristic[];
  /** The mapping that sets it; absent when somebody does. */
  readonly mapping?: string;
}

/** @param changed what has changed of it; everything, when absent. */
export function mappedFrom(draft: Draft, id: string, changed?: ReadonlySet<string>): Setting[] {
  const { mappings } = draft.facts.catalogue;
  if (mappings.length === 0) return [];
  const source = draft.domainOrders.get(id);
  const meant = mappings.filter((mapping) => isMeant(mapping, source, changed));
  if (meant.length === 0) return [];
  const top = topOf(draft, source);
  const tree = draft.domainOrders.all.filter((each) => each.id !== id && isOpen(each) && topOf(draft, each) === top);
  return meant.flatMap((mapping) =>
    tree
      .filter(({ specification }) => specification === mapping.to)
      .map((target) => ({
        domainOrder: target.id,
        mapping: mapping.name,
        characteristics: valuesFor(draft, mapping, source, target),
      })),
  );
}

/** What is new in a tree gets its values from all that stands there, and gives its own to all. */
export function mappedInto(draft: Draft, born: readonly string[]): Setting[] {
  if (born.length === 0 || draft.facts.catalogue.mappings.length === 0) return [];
  const tops = new Set(born.map((id) => topOf(draft, draft.domainOrders.get(id))));
  const there = draft.domainOrders.all.filter((each) => tops.has(topOf(draft, each)));
  return there.flatMap(({ id }) =>
    mappedFrom(draft, id).filter(({ domainOrder }) => born.includes(id) || born.includes(domainOrder)),
  );
}

function isMeant(
  { from, when, sets }: AttributeMapping,
  { specification, characteristics }: DomainOrder,
  changed: ReadonlySet<string> | undefined,
): boolean {
  if (from !== specification) return false;
  const read = [...Object.keys(when), ...sets.flatMap((set) => ('copy' in set ? [set.copy] : []))];
  if (changed !== undefined && !read.some((name) => changed.has(name))) return false;
  return Object.entries(when).every(([name, values]) => {
    const given = characteristics.find((each) => each.name === name);
    return given !== undefined && values.some((value) => sameJson(value, given.value));
  });
}

/** What the target cannot take, since its specification allows other values only, is left out. */
function valuesFor(
  draft: Draft,
  { sets }: AttributeMapping,
  source: DomainOrder,
  target: DomainOrder,
): Characteristic[] {
  const declared = specificationOf(draft.facts.catalogue, target.specification).characteristics;
  return sets.flatMap((set) => {
    const known = declared.find(({ name }) => name === set.characteristic);
    const given = 'copy' in set ? source.characteristics.find(({ name }) => name === set.copy)?.value : set.value;
    if (known === undefined || given === undefined) return [];
    const { name, valueType, options } = known;
    if (options.length > 0 && !options.some((option) => sameJson(option, given))) return [];
    if (set.onlyIfMissing === true && target.characteristics.some((each) => each.name === name)) return [];
    return [{ name, valueType, value: given }];
  });
}

function topOf(draft: Draft, domainOrder: DomainOrder): string {
  let top = domainOrder;
  while (top.parent !== undefined) top = draft.domainOrders.get(top.parent);
  return top.id;
}

function isOpen({ state }: DomainOrder): boolean {
  return state !== 'closed_complete' && state !== 'canceled' && state !== 'cancellation_in_progress';
}

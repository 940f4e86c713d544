/**
 * Staggered decomposition: a part whose rule asks for a value that nobody has given yet is not left out, but parked, and is
 * decided about when the value comes; once.
 */
import type { Relationship } from '../../model/catalogue.ts';
import type { DomainOrder } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import { openDecomposition } from './decomposition.ts';
import { isFull, specificationOf } from './domain-order.ts';
import { addPart } from './expand.ts';
import { isAllowed, isUndecided, quantityOf } from './relationships.ts';

/** Decides about what was parked with a domain order, as far as that is possible now. Gives the ids of what came of it. */
export function decomposeParked(draft: Draft, id: string): string[] {
  const source = draft.domainOrders.get(id);
  const { parked = [], specification, characteristics, state } = source;
  if (parked.length === 0 || state === 'closed_complete' || state === 'canceled') return [];
  const { relationships } = specificationOf(draft.facts.catalogue, specification);
  const known = relationships.filter((each) => parked.some((one) => isOf(one, each)));
  const left = parked.filter((one) => known.some((each) => isOf(one, each) && isUndecided(each, characteristics)));
  if (left.length === parked.length) return [];
  const { parked: _before, ...rest } = source;
  draft.domainOrders.put(left.length === 0 ? rest : { ...rest, parked: left });
  const before = draft.domainOrders.all.length;
  for (const relationship of known) {
    if (isAllowed(relationship, characteristics)) addParts(draft, draft.domainOrders.get(id), relationship);
  }
  return draft.domainOrders.all.slice(before).map((born) => born.id);
}

function isOf(parked: { readonly target: string; readonly order: number }, relationship: Relationship): boolean {
  return parked.target === relationship.target && parked.order === relationship.order;
}

function addParts(draft: Draft, source: DomainOrder, relationship: Relationship): void {
  const decomposition = openDecomposition(draft);
  const { target, after: siblings } = relationship;
  const line = draft.lines.get(source.line);
  const after = draft.domainOrders.all
    .filter(({ parent, specification }) => parent === source.id && siblings.includes(specification))
    .map((sibling) => sibling.id);
  const count = quantityOf(relationship, source.characteristics);
  for (let unit = 0; unit < count && !isFull(draft); unit += 1) {
    const { id } = addPart(decomposition, { source, line, part: line, target, after });
    draft.domainOrders.put({ ...draft.domainOrders.get(id), staggered: true });
  }
}

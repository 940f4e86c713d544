/** What is added consists of what the catalogue says: a domain order becomes a tree of them. */
import type { Relationship } from '../../model/catalogue.ts';
import type { DomainOrder, OrderLine } from '../../model/order.ts';
import type { Draft } from '../draft.ts';
import type { Decomposition } from './decomposition.ts';
import { addDomainOrder, characteristicsOf, isFull, specificationOf } from './domain-order.ts';
import { isUndecided, linesOfParts, ownLines } from './relationships.ts';

/** What exists is found in the inventory, not in the catalogue: only what is added is expanded here. */
export function expand(decomposition: Decomposition, source: DomainOrder, line: OrderLine): void {
  if (source.action !== 'add') return;
  const { draft } = decomposition;
  const { catalogue } = draft.facts;
  const born = new Map<string, string[]>();
  for (const relationship of specificationOf(catalogue, source.specification).relationships) {
    const target = specificationOf(catalogue, relationship.target);
    // Whether a service can be had is asked of services; the inventory system knows the resources behind them.
    if (target.kind === 'resource' && draft.header.fulfillmentType === 'Qualify') continue;
    if (relationship.type === 'Composed of') {
      const current = draft.domainOrders.get(source.id);
      draft.domainOrders.put({ ...current, composedOf: [...current.composedOf, target.id] });
      continue;
    }
    const after = relationship.after.flatMap((sibling) => born.get(sibling) ?? []);
    const ids: string[] = [];
    const parts = linesOfParts(decomposition, relationship, line, source.characteristics);
    const isOwn = ownLines(decomposition, relationship, line).length > 0;
    if (!isOwn && staggers(draft) && isUndecided(relationship, source.characteristics)) {
      park(draft, source.id, relationship);
    }
    for (const part of parts) {
      if (isFull(draft)) return;
      const child = addPart(decomposition, { source, line, part, target: target.id, after });
      ids.push(child.id);
    }
    born.set(target.id, [...(born.get(target.id) ?? []), ...ids]);
  }
}

/** Where a value may still come, and what was ordered is for the customer: as the policies say. */
function staggers({ header, facts }: Draft): boolean {
  const { staggered } = facts.policies;
  if (header.fulfillmentType === 'Qualify' || staggered === 'never') return false;
  return staggered === 'allOrders' || header.category === 'Product';
}

function park(draft: Draft, id: string, { target, order }: Relationship): void {
  const current = draft.domainOrders.get(id);
  draft.domainOrders.put({ ...current, parked: [...(current.parked ?? []), { target, order }] });
}

/** One unit of a target, with all that it consists of. */
export function addPart(
  decomposition: Decomposition,
  about: {
    readonly source: DomainOrder;
    readonly line: OrderLine;
    /** The requester's own line for it, or that of the source. */
    readonly part: OrderLine;
    readonly target: string;
    readonly after: readonly string[];
  },
): DomainOrder {
  const { source, line, part, target, after } = about;
  const specification = specificationOf(decomposition.draft.facts.catalogue, target);
  const given = [...(part === line ? [] : part.characteristics), ...source.characteristics, ...line.characteristics];
  const child = addDomainOrder(decomposition, specification, {
    line: part,
    action: part === line ? 'add' : part.action,
    characteristics: characteristicsOf(specification, given),
    after,
    parent: source,
    place: source.tree === undefined && source.move === undefined ? undefined : source.place,
  });
  expand(decomposition, child, part);
  return child;
}

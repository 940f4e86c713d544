/** A line about something that is there becomes domain orders: of the inventory, and of the rules where it is changed. */
import type { InventoryItem } from '../../model/inventory/item.ts';
import type { DomainOrder, OrderLine } from '../../model/order.ts';
import { isMove } from '../inventory/move.ts';
import { changedItem, isConcerned, isOwnChange, type Kept, type Part } from './changed.ts';
import type { Decomposition } from './decomposition.ts';
import { addDomainOrder, isFull, type Origin } from './domain-order.ts';
import { addPart } from './expand.ts';
import { walk } from './walk.ts';

export function decomposeExisting(decomposition: Decomposition, line: OrderLine, item: InventoryItem): void {
  const { action } = line;
  if (action !== 'change') walk(decomposition, item, line, { action, after: [] });
  else if (isMove(line, item)) move(decomposition, changedItem(decomposition, item, line));
  else change(decomposition, changedItem(decomposition, item, line), { after: [] });
}

/** Where something stands among the domain orders. */
type Standing = Pick<Origin, 'after' | 'parent'>;

/** What stays as it is gets a domain order only where something below it is concerned, for that to stand under. */
function change(decomposition: Decomposition, kept: Kept, { after, parent }: Standing): DomainOrder {
  const { item, line, characteristics, isDifferent } = kept;
  const domainOrder = addDomainOrder(decomposition, kindOf(item), {
    line,
    action: isDifferent || isOwnChange(kept) ? 'change' : 'no-change',
    characteristics,
    after,
    parent,
    item,
  });
  const changePart: AddPart = ({ what }, standing) => {
    if (what.kind === 'kept') return change(decomposition, what, standing).id;
    if (what.kind === 'walked') walk(decomposition, what.item, what.line, { action: what.action, ...standing });
    return undefined;
  };
  addParts(decomposition, kept, domainOrder, changePart);
  return domainOrder;
}

/**
 * All that stays is provided anew at the other place, as it is going to be, and what is there ceases: last, so that nobody
 * is without it in between.
 */
function move(decomposition: Decomposition, kept: Kept): void {
  const { item, line } = kept;
  const { [item.parent ?? '']: under } = decomposition.draft.facts.inventory;
  const provided = provide(decomposition, kept, { after: [], under });
  walk(decomposition, item, line, { action: 'delete', after: [provided.id], move: 'cease' });
}

function provide(
  decomposition: Decomposition,
  kept: Kept,
  { after, parent, under }: Standing & Pick<Origin, 'under'>,
): DomainOrder {
  const { item, line, characteristics } = kept;
  const domainOrder = addDomainOrder(decomposition, kindOf(item), {
    line,
    action: 'add',
    characteristics,
    after,
    parent,
    under,
    place: parent?.place,
    move: 'provide',
  });
  const providePart: AddPart = ({ what }, standing) =>
    what.kind === 'kept' ? provide(decomposition, what, standing).id : undefined;
  addParts(decomposition, kept, domainOrder, providePart);
  return domainOrder;
}

/** Gives the domain order that others may wait for, if there is one. */
type AddPart = (part: Part, standing: Required<Standing>) => string | undefined;

function addParts(decomposition: Decomposition, kept: Kept, domainOrder: DomainOrder, add: AddPart): void {
  const { draft } = decomposition;
  draft.domainOrders.put({ ...domainOrder, composedOf: kept.composedOf });
  const born = new Map<string, string[]>();
  for (const part of kept.parts) {
    if (isFull(draft)) return;
    const { what, specification, after: siblings } = part;
    if (domainOrder.move === undefined && !isConcerned(what)) continue;
    const after = siblings.flatMap((sibling) => born.get(sibling) ?? []);
    const id =
      what.kind === 'missing'
        ? addPart(decomposition, {
            source: domainOrder,
            line: what.source,
            part: what.part,
            target: what.target,
            after,
          }).id
        : add(part, { after, parent: domainOrder });
    if (id !== undefined) born.set(specification, [...(born.get(specification) ?? []), id]);
  }
}

function kindOf({ specification: id, kind }: InventoryItem): Pick<InventoryItem, 'kind'> & { id: string } {
  return { id, kind };
}

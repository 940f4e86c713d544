/**
 * What lines would become if they were decomposed now, in a draft of its own, and which of it is there already: so that a
 * revision changes what it is about, and nothing else.
 */
import type { CustomerOrder, DomainOrder, OrderLine } from '../../model/order.ts';
import { decompose } from '../decompose.ts';
import { Draft } from '../draft.ts';

/**
 * The domain orders of the lines, parents before children, with ids that mean something only among themselves; undefined
 * when there would be too many. What the order itself is going to bring is not there yet, for them as it was not at first.
 */
export function decomposedAnew(draft: Draft, lines: readonly OrderLine[]): readonly DomainOrder[] | undefined {
  const installs = new Set(draft.domainOrders.all.flatMap((each) => each.installs ?? []));
  const inventory = Object.fromEntries(Object.entries(draft.facts.inventory).filter(([id]) => !installs.has(id)));
  const scratch = new Draft(emptied(draft, lines), draft.at, { ...draft.facts, inventory });
  return decompose(scratch) ? scratch.domainOrders.all : undefined;
}

function emptied({ header }: Draft, lines: readonly OrderLine[]): CustomerOrder {
  return {
    ...header,
    lines,
    domainOrders: [],
    outboundRequests: [],
    dispatches: [],
    qualificationRequests: [],
    tasks: [],
    fallouts: [],
    workNotes: [],
  };
}

/**
 * By the id of each of `some`, the one of `others` that is the same thing: of the same line and specification, at the same
 * item and side of a move, below the same parent; of several, in their order. No one is taken twice.
 */
export function counterparts(some: readonly DomainOrder[], others: readonly DomainOrder[]): Map<string, string> {
  const free = new Map<string, string[]>();
  for (const other of others) {
    const key = keyOf(other, other.parent);
    const known = free.get(key);
    if (known === undefined) free.set(key, [other.id]);
    else known.push(other.id);
  }
  const found = new Map<string, string>();
  for (const one of some) {
    const parent = one.parent === undefined ? undefined : found.get(one.parent);
    // Below something new, all is new.
    if (one.parent !== undefined && parent === undefined) continue;
    const other = free.get(keyOf(one, parent))?.shift();
    if (other !== undefined) found.set(one.id, other);
  }
  return found;
}

function keyOf({ line, specification, inventory = '', move }: DomainOrder, parent = ''): string {
  return JSON.stringify([parent, line, specification, inventory, move ?? '']);
}

/** Order lines + catalogue + inventory -> domain orders: what has to be done, as a tree, before anything is done. */
import type { OrderLine } from '../model/order.ts';
import { type Decomposition, itemOf, openDecomposition } from './decomposition/decomposition.ts';
import { addDomainOrder, characteristicsOf, isFull, specificationOf } from './decomposition/domain-order.ts';
import { decomposeExisting } from './decomposition/existing.ts';
import { expand } from './decomposition/expand.ts';
import type { Draft } from './draft.ts';

export { characteristicsOf, mostDomainOrders, specificationOf } from './decomposition/domain-order.ts';

/**
 * Adds the domain orders of every line, parents before children. Lines that change nothing get none.
 * @returns false when there would be more than `mostDomainOrders`; then the draft is of no use.
 */
export function decompose(draft: Draft): boolean {
  const decomposition = openDecomposition(draft);
  const tops = decomposition.childLines.get('') ?? [];
  // What stands below something that another line names is seen to with that, wherever its own line stands.
  const belongs = new Set(tops.filter((line) => isBelowAnother(decomposition, line)));
  for (const line of tops) if (!belongs.has(line)) decomposeLine(decomposition, line);
  for (const line of belongs) if (!decomposition.placed.has(line.id)) decomposeLine(decomposition, line);
  for (const line of draft.lines.all) waitForOtherLines(decomposition, line);
  return !isFull(draft);
}

/** What must be done before a line starts, must be done before what the line became starts. */
function waitForOtherLines({ draft, rootsOf }: Decomposition, line: OrderLine): void {
  const before = line.after.flatMap((other) => rootsOf.get(other) ?? []);
  if (before.length === 0) return;
  for (const id of rootsOf.get(line.id) ?? []) {
    const root = draft.domainOrders.get(id);
    draft.domainOrders.put({ ...root, after: [...root.after, ...before] });
  }
}

function decomposeLine(decomposition: Decomposition, line: OrderLine): void {
  const { draft, childLines, placed } = decomposition;
  const item = itemOf(draft, line);
  if (line.action !== 'no-change') {
    if (item !== undefined) decomposeExisting(decomposition, line, item);
    else decomposeByCatalogue(decomposition, line);
  }
  for (const child of childLines.get(line.id) ?? []) {
    if (!placed.has(child.id)) decomposeLine(decomposition, child);
  }
}

/** What is added, and what others know of and this house does not. */
function decomposeByCatalogue(decomposition: Decomposition, line: OrderLine): void {
  const { draft } = decomposition;
  const specification = specificationOf(draft.facts.catalogue, line.specification);
  const above = line.parent === undefined ? undefined : itemOf(draft, draft.lines.find(line.parent));
  const units = line.action === 'add' ? line.quantity : 1;
  for (let unit = 0; unit < units && !isFull(draft); unit += 1) {
    const root = addDomainOrder(decomposition, specification, {
      line,
      characteristics: characteristicsOf(specification, line.characteristics),
      after: [],
      under: line.action === 'add' ? above : undefined,
      place: above?.place,
    });
    expand(decomposition, root, line);
  }
}

function isBelowAnother({ draft, lineOf }: Decomposition, line: OrderLine): boolean {
  const { inventory } = draft.facts;
  for (let above = itemOf(draft, line)?.parent; above !== undefined; above = inventory[above]?.parent) {
    const other = lineOf.get(above);
    if (other !== undefined && other.action !== 'no-change') return true;
  }
  return false;
}

/** Expands a domain order anew after its specification has changed: what was below it is gone. */
export function expandAgain(draft: Draft, id: string): void {
  const gone = new Set([id]);
  for (const { id: below, parent } of draft.domainOrders.all) {
    if (parent === undefined || !gone.has(parent)) continue;
    gone.add(below);
    draft.domainOrders.remove(below);
  }
  const source = { ...draft.domainOrders.get(id), composedOf: [] };
  draft.domainOrders.put(source);
  expand(openDecomposition(draft), source, draft.lines.get(source.line));
}

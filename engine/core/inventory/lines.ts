/** Lines about something that is there, as they are captured: what they name must be there, and they must agree. */
import type { Facts } from '../../model/facts.ts';
import type { CapturedLine, CaptureOrder } from '../../model/inputs.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { isMove, isSamePlace } from './move.ts';

/** What exists has a specification, which need not be said again. */
export function withSpecifications(input: CaptureOrder, { inventory }: Facts): CaptureOrder {
  const lines = input.lines.map((line) => {
    const { offering, specification, inventory: id = '' } = line;
    const item = offering === undefined && specification === undefined ? inventory[id] : undefined;
    return item === undefined ? line : { ...line, specification: item.specification };
  });
  return { ...input, lines };
}

/**
 * Of a product the inventory knows what it consists of. A service order may speak of a service that others have delivered,
 * and a resource order of a resource;
 * one that this house does not know is taken as it is.
 */
export function itemRefusal(
  { externalId: item, action, inventory, pointer }: CapturedLine,
  kind: CaptureOrder['category'],
  facts: Facts,
): Refusal | undefined {
  if (action === 'add') return undefined;
  const field = fieldOf(kind);
  const at = `${pointer}/${field}/id`;
  if (inventory === undefined)
    return action === 'no-change' ? undefined : refusal('inventoryMissing', { kind, item }, at);
  const known = facts.inventory[inventory];
  if (known === undefined && kind !== 'Product') return undefined;
  if (known?.kind !== field) return refusal('inventoryUnknown', { kind, inventory }, at);
  return known.status === 'inactive' ? refusal('inventoryInactive', { kind, inventory: known.number }, at) : undefined;
}

/** What a line names the thing that is ordered by; and the kind of that. */
export function fieldOf(category: CaptureOrder['category']): 'product' | 'service' | 'resource' {
  const fields = { Product: 'product', Service: 'service', Resource: 'resource' } as const;
  return fields[category];
}

/** Nothing becomes something else by being changed. @param specification what the line says that it is. */
export function otherSpecification(
  { action, inventory = '', pointer }: CapturedLine,
  kind: CaptureOrder['category'],
  specification: string,
  facts: Facts,
): Refusal | undefined {
  const known = action === 'add' ? undefined : facts.inventory[inventory];
  if (known === undefined || known.specification === specification) return undefined;
  const values = { kind, inventory: known.number, known: known.specification, specification };
  return refusal('inventorySpecificationOther', values, pointer);
}

/** What one line says of a thing, another must not contradict. */
export function disagreement({ lines, category: kind }: CaptureOrder, { inventory }: Facts): Refusal | undefined {
  const lineOf = new Map<string, CapturedLine>();
  for (const line of lines) {
    const { inventory: id, externalId: item, pointer } = line;
    if (id === undefined || line.action === 'add' || inventory[id] === undefined) continue;
    const other = lineOf.get(id)?.externalId;
    if (other !== undefined) return refusal('inventoryNamedTwice', { kind, inventory: id, item, other }, pointer);
    lineOf.set(id, line);
  }
  if (lineOf.size === 0) return undefined;
  for (const line of lines) {
    const refused = againstAbove(line, linesAbove(line, lines, lineOf, inventory), inventory);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** The lines about what stands above; of something new, that of its parent. */
function linesAbove(
  { action, inventory: id = '', parent }: CapturedLine,
  lines: readonly CapturedLine[],
  lineOf: ReadonlyMap<string, CapturedLine>,
  inventory: Facts['inventory'],
): CapturedLine[] {
  if (action === 'add') {
    return lines.filter((each) => each.externalId === parent && lineOf.get(each.inventory ?? '') === each);
  }
  const above: CapturedLine[] = [];
  for (let item = inventory[id]?.parent; item !== undefined; item = inventory[item]?.parent) {
    above.push(...[lineOf.get(item)].filter((each) => each !== undefined));
  }
  return above;
}

function againstAbove(
  line: CapturedLine,
  above: readonly CapturedLine[],
  inventory: Facts['inventory'],
): Refusal | undefined {
  const other = above.find((each) => !agrees(line, each, inventory[each.inventory ?? '']));
  if (other === undefined) return undefined;
  const { externalId: item, action, pointer } = line;
  const { externalId, action: actionAbove } = other;
  return refusal('lineAgainstAnother', { item, action, other: externalId, above: actionAbove }, pointer);
}

/** What is disconnected, suspended, resumed or moved, is so as a whole; of what is moved, parts may change and cease. */
function agrees(line: CapturedLine, above: CapturedLine, itemAbove: InventoryItem | undefined): boolean {
  if (above.action === 'no-change') return true;
  if (above.action !== 'change') return line.action === above.action;
  if (!isMove(above, itemAbove)) return true;
  const stays = line.action === 'suspend' || line.action === 'resume';
  return !stays && (line.place === undefined || isSamePlace(line.place, above.place));
}

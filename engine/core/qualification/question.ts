/** A question as it is captured: what refers to something that is there already takes from it what was not said. */
import type { Facts } from '../../model/facts.ts';
import type { CapturedLine, CaptureOrder } from '../../model/inputs.ts';
import type { InventoryItem } from '../../model/inventory/item.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import type { Characteristic } from '../../model/words.ts';

export type Question =
  | { readonly ok: true; readonly input: CaptureOrder; readonly notes: readonly LineNote[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** For the work notes of the line with that external id. */
export interface LineNote {
  readonly line: string;
  readonly text: string;
}

/**
 * `inventory`: what is there is to become something else, so it gives place, specification and whatever characteristic is
 * not said. `referenceInventory`: something new beside what is there, so it gives the place alone. An order that is to be
 * delivered is as it came.
 */
export function questionOf(input: CaptureOrder, facts: Facts): Question {
  if (input.fulfillmentType !== 'Qualify') return { ok: true, input, notes: [] };
  const lines: CapturedLine[] = [];
  const notes: LineNote[] = [];
  for (const line of input.lines) {
    const id = line.inventory ?? line.referenceInventory;
    const item = id === undefined ? undefined : facts.inventory[id];
    const refused = resourceFacing(line, facts) ?? (id === undefined ? undefined : unusable(line, id, item));
    if (refused !== undefined) return { ok: false, refusal: refused };
    lines.push(item === undefined ? line : withItem(line, item));
    if (item !== undefined) notes.push(noteOf(line, item));
  }
  return { ok: true, input: { ...input, lines }, notes };
}

/** Asked is for what faces the customer; what it rests on follows from that. */
function resourceFacing(
  { specification = '', externalId: item, pointer }: CapturedLine,
  { catalogue }: Facts,
): Refusal | undefined {
  if (catalogue.specifications[specification]?.type !== 'RFS') return undefined;
  return refusal('specificationResourceFacing', { item, specification }, `${pointer}/service/serviceSpecification/id`);
}

function unusable(line: CapturedLine, inventory: string, item: InventoryItem | undefined): Refusal | undefined {
  const kind = 'Service';
  const field = line.inventory === undefined ? 'referenceServiceInventory' : 'serviceInventory';
  const pointer = `${line.pointer}/service/${field}/id`;
  if (item === undefined || item.kind !== 'service') return refusal('inventoryUnknown', { kind, inventory }, pointer);
  if (item.status === 'active') return undefined;
  return refusal('inventoryNotActive', { inventory, status: item.status }, pointer);
}

function withItem(line: CapturedLine, item: InventoryItem): CapturedLine {
  const place = item.place === undefined ? {} : { place: item.place };
  if (line.inventory === undefined) return { ...line, ...place };
  const { specification } = item;
  return { ...line, ...place, specification, characteristics: withKnown(line.characteristics, item.characteristics) };
}

function withKnown(said: readonly Characteristic[], known: readonly Characteristic[]): Characteristic[] {
  const names = new Set(said.map(({ name }) => name));
  return [...said, ...known.filter(({ name }) => !names.has(name))];
}

function noteOf({ externalId: line, inventory }: CapturedLine, { number, place }: InventoryItem): LineNote {
  const where = place?.name ?? place?.id ?? 'no place';
  if (inventory === undefined) return { line, text: `Location taken from inventory ${number}: ${where}` };
  return { line, text: `Location, specification and what was not said taken from inventory ${number}: ${where}` };
}

/** A patch of an order in flight: in what it differs from what was ordered, as a revision of it. */
import { type Json, type JsonObject, sameJson } from '../../../model/json.ts';
import type { CapturedLine } from '../../../model/life/captured-line.ts';
import type { CustomerOrder } from '../../../model/order.ts';
import { type Refusal, refusal } from '../../../model/refusals.ts';
import type { ChangedLine, HeaderRevision, LineRevision } from '../../../model/revision/inputs.ts';
import type { Characteristic } from '../../../model/words.ts';
import type { OrderApi, ReadOrder } from '../order-api.ts';
import { isObject } from './items.ts';

/** An order as it is shown, and as it is patched: read, and as a document, both in the words that it is kept in. */
export interface Compared {
  readonly api: OrderApi;
  readonly order: CustomerOrder;
  readonly before: ReadOrder;
  readonly after: ReadOrder;
  /** By the name of an attribute, or the id of an item: where the request speaks of it. */
  pointerOf(name: string): string;
}

export type RevisedOrder =
  | { readonly ok: true; readonly header: HeaderRevision; readonly lines: readonly LineRevision[] }
  | { readonly ok: false; readonly refusal: Refusal };

const readAttributes = {
  description: 'description',
  priority: 'priority',
  requestedStartAt: 'requestedStartDate',
  requestedCompletionAt: 'requestedCompletionDate',
  parties: 'relatedParty',
} as const;

type ReadName = keyof typeof readAttributes;

/** Items, and who is concerned: they are changed by a revision alone. Texts for people and wishes are not. */
export function isOtherwiseOrdered({ before, after }: Pick<Compared, 'before' | 'after'>): boolean {
  return !isSame(before.lines.map(unplaced), after.lines.map(unplaced)) || !isSame(before.parties, after.parties);
}

/** Not even beside a revision. */
export function currencyChanged(compared: Compared): Refusal | undefined {
  const { before, after } = compared;
  const changed = ['orderCurrency', 'currencyCode'].find((name) => !sameJson(before.kept[name], after.kept[name]));
  return changed === undefined ? undefined : notInFlight(compared, changed, currency, changed);
}

/** Where a line stands in a message says nothing of it. */
function unplaced({
  pointer: _pointer,
  specificationAt: _at,
  ...line
}: CapturedLine): Omit<CapturedLine, 'pointer' | 'specificationAt'> {
  return line;
}

export function revisionOf(compared: Compared): RevisedOrder {
  const { before, after, pointerOf } = compared;
  const header = headerRevision(compared);
  if (!header.ok) return header;
  const was = new Map(before.lines.map((line) => [line.externalId, line]));
  const is = new Set(after.lines.map(({ externalId }) => externalId));
  const lines: LineRevision[] = [];
  for (const { externalId: item, parent } of before.lines) {
    const isDroppedAbove = parent !== undefined && was.has(parent) && !is.has(parent);
    if (!is.has(item) && !isDroppedAbove) lines.push({ kind: 'drop', item, pointer: pointerOf(item) });
  }
  for (const line of after.lines) {
    const known = was.get(line.externalId);
    if (known === undefined) lines.push({ kind: 'add', line });
    else {
      const change = changeOf(known, line, compared);
      if (change !== undefined && 'code' in change) return { ok: false, refusal: change };
      if (change !== undefined) lines.push(change);
    }
  }
  return { ok: true, header: header.header, lines };
}

type HeaderOutcome =
  | { readonly ok: true; readonly header: HeaderRevision }
  | { readonly ok: false; readonly refusal: Refusal };

function headerRevision(compared: Compared): HeaderOutcome {
  const { before, after } = compared;
  const fixed = (attribute: string, why: string): HeaderOutcome => ({
    ok: false,
    refusal: notInFlight(compared, attribute, why, attribute),
  });
  if (before.externalId !== after.externalId) return fixed('externalId', 'with a revision, the order keeps its name');
  const header: { -readonly [name in keyof HeaderRevision]: unknown } = {};
  for (const name of Object.keys(readAttributes) as ReadName[]) {
    // The keys of that very record.
    if (isSame(before[name], after[name])) continue;
    if (after[name] === undefined) return fixed(readAttributes[name], 'in flight it is changed, and not taken away');
    header[name] = after[name];
  }
  const others = differing(before.kept, after.kept, new Set<string>(Object.values(readAttributes)));
  if (Object.keys(others).length > 0) header.kept = others;
  return { ok: true, header: header as HeaderRevision }; // each of the type it has in an order
}

const currency = 'In-flight revision to order currency not supported';

/** What stays as it was ordered, and what it is called. */
const fixedOfLine = {
  action: 'action',
  inventory: 'id of what there is',
  parent: 'the item above it',
  after: 'what it waits for',
  priority: 'priority',
} as const;

function changeOf(was: CapturedLine, is: CapturedLine, compared: Compared): ChangedLine | Refusal | undefined {
  const { externalId: item } = is;
  const pointer = compared.pointerOf(item);
  for (const name of Object.keys(fixedOfLine) as (keyof typeof fixedOfLine)[]) {
    // The keys of that very record.
    if (isSame(was[name], is[name])) continue;
    return notInFlight(compared, `${fixedOfLine[name]} of item ${item}`, 'cancel the item, and order anew', item);
  }
  const change: { -readonly [name in keyof ChangedLine]: ChangedLine[name] } = { kind: 'change', item, pointer };
  for (const name of ['offering', 'specification', 'place', 'committedDueAt'] as const) {
    if (isSame(was[name], is[name])) continue;
    if (is[name] === undefined) {
      return notInFlight(compared, `${name} of item ${item}`, 'in flight it is changed, and not taken away', item);
    }
    Object.assign(change, { [name]: is[name] });
  }
  if (was.quantity !== is.quantity) change.quantity = is.quantity;
  const characteristics = changedCharacteristics(was.characteristics, is.characteristics);
  if (characteristics.length > 0) change.characteristics = characteristics;
  const kept = differing(unread(was.kept, compared), unread(is.kept, compared), new Set(['state']));
  // With what of it is read, so that what is kept is whole.
  if (Object.keys(kept).length > 0)
    change.kept = Object.fromEntries(Object.keys(kept).map((name) => [name, is.kept[name] ?? null]));
  return Object.keys(change).length === 3 ? undefined : change;
}

/** What of an item the engine keeps, and does not read. */
function unread(item: JsonObject, { api: { itemWords } }: Compared): JsonObject {
  const {
    quantity: _quantity,
    action: _action,
    productOffering: _offering,
    resourceSpecification: _specification,
    committedDueDate: _due,
    ...others
  } = item;
  const about = others[itemWords.thing];
  if (!isObject(about)) return others;
  const read = new Set([`${itemWords.thing}Characteristic`, `${itemWords.thing}Specification`, 'place', 'id']);
  const rest = Object.entries(about).filter(([name]) => !read.has(name));
  return { ...others, [itemWords.thing]: Object.fromEntries(rest) };
}

function changedCharacteristics(was: readonly Characteristic[], is: readonly Characteristic[]): Characteristic[] {
  const known = new Map(was.map((each) => [each.name, each]));
  const names = new Set(is.map(({ name }) => name));
  return [
    ...is.filter((each) => !isSame(known.get(each.name), each)),
    ...was.flatMap(({ name }) => (names.has(name) ? [] : [{ name, value: null }])),
  ];
}

/** By name: what it is now, or null where it is no more. */
function differing(was: JsonObject, is: JsonObject, without: ReadonlySet<string>): JsonObject {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !without.has(name));
  return Object.fromEntries(names.flatMap((name) => (sameJson(was[name], is[name]) ? [] : [[name, is[name] ?? null]])));
}

function notInFlight({ pointerOf }: Compared, attribute: string, why: string, place: string): Refusal {
  return refusal('attributeNotRevisable', { attribute, why }, pointerOf(place));
}

function isSame(one: unknown, other: unknown): boolean {
  return sameJson(one as Json | undefined, other as Json | undefined); // read from plain JSON
}

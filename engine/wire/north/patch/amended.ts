/** What a patch of an order comes to: something said anew, nothing at all, or why it is not taken. */
import { checkOf } from '../../../../contracts/profile/contract.ts';
import type { Finding } from '../../../../contracts/schemas/finding.ts';
import type { SaidAnew } from '../../../model/inputs.ts';
import { type JsonObject, sameJson } from '../../../model/json.ts';
import type { CustomerOrder } from '../../../model/order.ts';
import { type Refusal, refusal } from '../../../model/refusals.ts';
import type { HeaderRevision, LineRevision } from '../../../model/revision/inputs.ts';
import type { OrderState } from '../../../model/state-tables.ts';
import { inTmfWords } from '../item-actions.ts';
import type { OrderApi, ReadOrder } from '../order-api.ts';
import { apiOf, translated } from '../order-apis.ts';
import { type ItemPlace, itemPlaces } from './items.ts';
import { type Made, type Patch, patched, pointerOf, type Unmade } from './patching.ts';
import { type Compared, currencyChanged, isOtherwiseOrdered, revisionOf } from './revised.ts';

export type Amended =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'said'; readonly said: SaidAnew; readonly submit: boolean }
  /** What was ordered is to be something else, and is under way. */
  | { readonly kind: 'revised'; readonly header: HeaderRevision; readonly lines: readonly LineRevision[] }
  /** What was missing is said to be there. */
  | { readonly kind: 'informed' }
  | Unmade;

/** @param shown the order as the API shows it. */
export function amended(api: OrderApi, order: CustomerOrder, shown: JsonObject, patch: Patch): Amended {
  const { list } = api.itemWords;
  const made = patched(shown, patch, list);
  if (!('document' in made)) return made;
  const { document } = made;
  if (sameJson(document, shown)) return { kind: 'nothing' };
  const findings = findingsOn(api, document);
  if (findings.length > 0) return { kind: 'invalid', findings: findings.map((each) => inRequest(each, made, list)) };
  const isInformed = order.state === 'awaiting_information' && document.state === api.stateOf('in_progress');
  if (isInformed && sameJson({ ...document, state: shown.state ?? null }, shown)) return { kind: 'informed' };
  const refused =
    fixedChanged(api, shown, made) ?? stateChanged(api, order, shown, made) ?? itemStates(api, shown, made);
  if (refused !== undefined) return { kind: 'refused', refusal: refused };
  const said = saidIn(api, order, shown, made);
  if (isInFlight(order)) {
    const compared = comparedIn(api, order, { shown, said, made });
    const currency = currencyChanged(compared);
    if (currency !== undefined) return { kind: 'refused', refusal: currency };
    // What a revision wants that waits, is all that it will be: whatever is said meanwhile, is said of that.
    if (order.state === 'revision_in_progress' || isOtherwiseOrdered(compared)) {
      const outcome = revisionOf(compared);
      return outcome.ok ? { ...outcome, kind: 'revised' } : { kind: 'refused', refusal: outcome.refusal };
    }
  }
  return { kind: 'said', said, submit: isSubmitted(api, order, shown, document) };
}

const notInFlight: ReadonlySet<OrderState> = new Set([
  ...(['draft', 'submitted', 'enrichment_in_progress', 'enrichment_on_hold', 'new'] as const),
  ...(['rejected', 'canceled', 'completed'] as const),
]);

function isInFlight({ state }: CustomerOrder): boolean {
  return !notInFlight.has(state);
}

function comparedIn(
  api: OrderApi,
  order: CustomerOrder,
  { shown, said, made }: { readonly shown: JsonObject; readonly said: SaidAnew; readonly made: Made },
): Compared {
  const native = apiOf(order);
  const before = native.read(translated(shown, api, native) as never); // shown as it is valid
  // What the patch leaves as it is kept is compared with that; what it changes came through the same words as what is shown.
  const asKept = new Map(order.lines.map((line) => [line.externalId, line.kept]));
  const untouched = new Set(
    (said.lines ?? []).flatMap(({ externalId, kept }) => (asKept.get(externalId) === kept ? externalId : [])),
  );
  const lines = before.lines.map((line) => {
    const kept = untouched.has(line.externalId) ? asKept.get(line.externalId) : undefined;
    return kept === undefined ? line : { ...line, kept };
  });
  return {
    api: native,
    order,
    before: { ...before, kept: order.kept, lines },
    after: { ...before, ...headerOf(said), lines: said.lines ?? lines },
    pointerOf: (name) => made.places.find(({ id }) => id === name)?.pointer ?? pointerOf(made, name),
  };
}

/** What is not said any more is said to be nothing. */
function headerOf({
  lines: _lines,
  ...said
}: SaidAnew): Omit<ReadOrder, 'lines' | 'type' | 'category' | 'fulfillmentType'> {
  const { externalId, description, priority, requestedStartAt, requestedCompletionAt } = said;
  // Absent and undefined are the same to whoever compares.
  return { ...said, ...({ externalId, description, priority, requestedStartAt, requestedCompletionAt } as object) };
}

/** As an order that is placed, and as one that is shown: each has attributes that the other has not. */
function findingsOn(orderApi: OrderApi, document: JsonObject): Finding[] {
  const { api, types, itemWords } = orderApi;
  const worded = inTmfWords(document, itemWords);
  const findings = [
    ...[types.create, types.whole].flatMap((type) => checkOf(api, 'official-lenient', type)(worded)),
    ...(orderApi.wrongAsPlaced?.(worded) ?? []),
  ];
  return [...new Map(findings.map((finding) => [`${finding.pointer} ${finding.rule}`, finding])).values()];
}

/** Where it stands in the request, if the request speaks of it. */
function inRequest(finding: Finding, made: Made, list: string): Finding {
  const { document, places } = made;
  const inDocument = itemPlaces(document, list).filter(
    ({ pointer }) => finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`),
  );
  const innermost = inDocument.at(-1);
  const place = places.find(({ id }) => id === innermost?.id);
  if (innermost === undefined || place === undefined) return finding;
  return { ...finding, pointer: `${place.pointer}${finding.pointer.slice(innermost.pointer.length)}` };
}

function fixedChanged({ patch }: OrderApi, shown: JsonObject, made: Made): Refusal | undefined {
  for (const [attribute, why] of Object.entries(patch.fixed)) {
    if (sameJson(shown[attribute], made.document[attribute])) continue;
    const values = { attribute, why, patchable: patch.patchable.join(', ') };
    return refusal('attributeNotPatchable', values, pointerOf(made, attribute));
  }
  return undefined;
}

function stateChanged(api: OrderApi, order: CustomerOrder, shown: JsonObject, made: Made): Refusal | undefined {
  const { document } = made;
  const { attribute, value } = api.patch.submits;
  const submits = order.state === 'draft' && document[attribute] === value;
  for (const name of new Set(['state', attribute])) {
    if (sameJson(shown[name], document[name]) || (submits && name === attribute)) continue;
    const values = { from: String(shown[name]), to: String(document[name]) };
    return refusal('stateNotPatchable', values, pointerOf(made, name));
  }
  return undefined;
}

function isSubmitted(api: OrderApi, order: CustomerOrder, shown: JsonObject, document: JsonObject): boolean {
  const { attribute, value } = api.patch.submits;
  return order.state === 'draft' && document[attribute] === value && shown[attribute] !== value;
}

/** How far an item is, follows from the work on it. */
function itemStates({ itemWords, patch }: OrderApi, shown: JsonObject, made: Made): Refusal | undefined {
  const before = new Map(itemPlaces(shown, itemWords.list).map(({ id, item }) => [id, item]));
  for (const { id, item, pointer } of itemPlaces(made.document, itemWords.list)) {
    const known = before.get(id);
    if (known === undefined || item.state === undefined || sameJson(known.state, item.state)) continue;
    const values = {
      attribute: `state of item ${id}`,
      why: 'it follows from the work on it',
      patchable: patch.patchable.join(', '),
    };
    const place = made.places.find((each) => each.id === id)?.pointer ?? pointer;
    return refusal('attributeNotPatchable', values, `${place}/state`);
  }
  return undefined;
}

/**
 * What the patch does not change stays as it is kept: what is shown says more, such as a type that nobody has said, or says it
 * in the words of another version.
 */
function saidIn(api: OrderApi, order: CustomerOrder, shown: JsonObject, { document, places }: Made): SaidAnew {
  const { list } = api.itemWords;
  const native = apiOf(order);
  const captured = native.read(translated(document, api, native) as never); // valid as an order that is placed, as just checked
  const {
    type: _type,
    category: _category,
    fulfillmentType: _fulfillment,
    asDraft: _draft,
    wording: _wording,
    lines,
    ...header
  } = captured;
  const stays = (name: string) => sameJson(shown[name], document[name]);
  const kept = Object.fromEntries([
    ...Object.entries(order.kept).filter(([name]) => stays(name)),
    ...Object.entries(header.kept).filter(([name]) => !stays(name)),
  ]);
  if (stays(list)) return { ...header, kept };
  const pointers = new Map(places.map(({ id, pointer }) => [id, pointer]));
  const untouched = untouchedItems(order, itemPlaces(shown, list), itemPlaces(document, list), list);
  const placed = lines.map((line) => ({
    ...line,
    kept: untouched.get(line.externalId) ?? line.kept,
    pointer: pointers.get(line.externalId) ?? line.pointer,
  }));
  return { ...header, kept, lines: placed };
}

/** By id, what is kept of each item that is as it was; what is nested in it is not it. */
function untouchedItems(
  { lines }: CustomerOrder,
  before: readonly ItemPlace[],
  after: readonly ItemPlace[],
  list: string,
): ReadonlyMap<string, JsonObject> {
  const alone = ({ item: { [list]: _items, ...item } }: ItemPlace) => item;
  const known = new Map(before.map((place) => [place.id, place]));
  const same = new Set(after.filter((place) => sameAs(known.get(place.id), place)).map(({ id }) => id));
  return new Map(lines.flatMap(({ externalId, kept }) => (same.has(externalId) ? [[externalId, kept] as const] : [])));

  function sameAs(one: ItemPlace | undefined, other: ItemPlace): boolean {
    return one !== undefined && sameJson(alone(one), alone(other));
  }
}

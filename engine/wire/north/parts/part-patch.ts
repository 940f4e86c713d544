/** What a patch of a resource order or a work order comes to: a command about it, nothing at all, or why it is not taken. */
import { checkOf } from '../../../../contracts/profile/contract.ts';
import { type JsonObject, sameJson } from '../../../model/json.ts';
import type { Characteristic } from '../../../model/order.ts';
import { type Refusal, refusal } from '../../../model/refusals.ts';
import { isObject, listIn } from '../patch/items.ts';
import { type Made, type Patch, patched, pointerOf, type Unmade } from '../patch/patching.ts';
import type { PartApi, PartStep } from './part-api.ts';

export type PartPatch =
  | { readonly kind: 'nothing' }
  /** `note`: what was said with it. */
  | { readonly kind: 'step'; readonly step: PartStep; readonly note?: string; readonly pointer: string }
  /** Those of the characteristics that are others now, and where the patch says so. */
  | {
      readonly kind: 'values';
      readonly characteristics: readonly Characteristic[];
      readonly pointers: readonly string[];
    }
  | Unmade;

/** Published attributes that the provider sets. */
const ofTheProvider = new Set(['id', 'href', 'orderDate', 'startDate', 'completionDate']);

/** @param shown the one, as the API shows it. */
export function partPatched(api: PartApi, shown: JsonObject, patch: Patch): PartPatch {
  const made = patched(shown, patch, api.list);
  if (!('document' in made)) return made;
  const { document } = made;
  if (sameJson(document, shown)) return { kind: 'nothing' };
  const findings = checkOf(api.api, 'conformance', api.resource)(document);
  if (findings.length > 0) return { kind: 'invalid', findings };
  const states = statesSaid(api, shown, document);
  const values = valuesSaid(api, shown, made);
  const refused =
    otherwise(api, shown, made) ?? (states.size > 0 && values.characteristics.length > 0 ? twice(shown) : undefined);
  if (refused !== undefined) return { kind: 'refused', refusal: refused };
  if (states.size > 0) return stepSaid(api, shown, made, [...states]);
  return values.characteristics.length > 0 ? { kind: 'values', ...values } : { kind: 'nothing' };
}

function twice({ id }: JsonObject): Refusal {
  return refusal('partPatchedTwice', { part: String(id) });
}

/** It has one item, so that the state of either is that of both. */
function statesSaid({ list }: PartApi, shown: JsonObject, document: JsonObject): ReadonlySet<string> {
  const states = [document.state, ...listIn(document, list).map(({ state }) => state)];
  return new Set(states.filter((state) => !sameJson(state, shown.state)).map(String));
}

function stepSaid(api: PartApi, shown: JsonObject, made: Made, states: readonly string[]): PartPatch {
  const { document } = made;
  const [to = '', ...others] = states;
  const pointer = pointerOf(made, shown.state === document.state ? api.list : 'state');
  const step = Object.hasOwn(api.patchable, to) ? api.patchable[to] : undefined;
  const possible = Object.keys(api.patchable).join(', ');
  const values = { part: String(shown.id), from: String(shown.state), possible };
  if (others.length > 0) {
    const why = 'it is in one state with its item';
    return {
      kind: 'refused',
      refusal: refusal('partStateNotPatchable', { ...values, to: states.join(', '), why }, pointer),
    };
  }
  if (step === undefined) {
    const why = 'nobody brings it there by hand';
    return { kind: 'refused', refusal: refusal('partStateNotPatchable', { ...values, to, why }, pointer) };
  }
  const note = noteIn(document);
  return { kind: 'step', step, pointer, ...(note === undefined ? {} : { note }) };
}

/** TMF652 has a list of them, TMF697 has one. */
function noteIn({ note }: JsonObject): string | undefined {
  const last = Array.isArray(note) ? note.at(-1) : note;
  return isObject(last) && typeof last.text === 'string' ? last.text : undefined;
}

/** What a patch says that is neither a state, with a note, nor the values of a resource. */
function otherwise(api: PartApi, shown: JsonObject, made: Made): Refusal | undefined {
  const { document } = made;
  const names = [...new Set([...Object.keys(shown), ...Object.keys(document)])];
  const hasState = statesSaid(api, shown, document).size > 0;
  for (const attribute of names) {
    if (attribute === 'state' || (attribute === 'note' && hasState)) continue;
    const [was, is] = [shown[attribute], document[attribute]];
    if (attribute === api.list ? isSameBeside(api, shown, document) : sameJson(was, is)) continue;
    const values = { attribute, why: whyFixed(api, attribute), patchable: patchableOf(api) };
    return refusal('attributeNotPatchable', values, pointerOf(made, attribute));
  }
  return undefined;
}

function whyFixed({ kind, list }: PartApi, attribute: string): string {
  if (ofTheProvider.has(attribute)) return 'it is set by the order management';
  if (attribute === 'note') return 'a note goes with a state';
  if (attribute !== list) return 'it is that of the order that it belongs to';
  return kind === 'work'
    ? 'the policies say what is to be done, and the values are those of what it is for'
    : 'of a resource, values of its characteristics can be others, and none can be left out';
}

function patchableOf({ kind, list }: PartApi): string {
  return ['state, with a note', ...(kind === 'resource' ? [`resourceCharacteristic in ${list}`] : [])].join('; ');
}

/** True when the items are the same but for what may change of them. */
function isSameBeside(api: PartApi, shown: JsonObject, document: JsonObject): boolean {
  const [was, is] = [shown, document].map((each) => listIn(each, api.list).map((item) => itemBeside(api, item)));
  const names = new Set(characteristicsIn(document, api.list).map(({ name }) => name));
  const isWhole = characteristicsIn(shown, api.list).every(({ name }) => names.has(name));
  return sameJson(was, is) && isWhole;
}

function itemBeside({ kind }: PartApi, { state: _state, ...item }: JsonObject): JsonObject {
  if (kind !== 'resource' || !isObject(item.resource)) return item;
  const { resourceCharacteristic: _values, ...resource } = item.resource;
  return { ...item, resource };
}

/** Of a resource order. Those of work are those of what it is for. */
function valuesSaid(
  { kind, list }: PartApi,
  shown: JsonObject,
  made: Made,
): { readonly characteristics: Characteristic[]; readonly pointers: string[] } {
  const { document, places } = made;
  if (kind !== 'resource') return { characteristics: [], pointers: [] };
  const known = new Map(characteristicsIn(shown, list).map((each) => [each.name, each]));
  const characteristics = characteristicsIn(document, list).filter(
    ({ name, value }) => !sameJson(known.get(name)?.value, value),
  );
  const pointers = characteristics.map(({ name }) => {
    const [place] = places;
    if (place === undefined) return pointerOf(made, list);
    const index = characteristicsOf(place.item).findIndex((each) => each.name === name);
    return `${place.pointer}/resource/resourceCharacteristic/${Math.max(index, 0)}`;
  });
  return { characteristics, pointers };
}

function characteristicsIn(document: JsonObject, list: string): Characteristic[] {
  return listIn(document, list).flatMap(characteristicsOf);
}

/** With names, by their schema. */
function characteristicsOf({ resource }: JsonObject): Characteristic[] {
  const all = isObject(resource) ? listIn(resource, 'resourceCharacteristic') : [];
  return all.map(({ name, value, valueType }) => ({
    name: String(name),
    value: value ?? null,
    ...(typeof valueType === 'string' ? { valueType } : {}),
  }));
}

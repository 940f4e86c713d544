/** A value is set, and all that follows of it: parts that waited for it, and values of others that go with it. */
import { sameJson } from '../../model/json.ts';
import type { Draft } from '../draft.ts';
import { noteUpdates } from '../outbound/updates.ts';
import { layOutPlanned } from '../tasks/plan.ts';
import { mappedFrom, mappedInto, type Setting } from './mappings.ts';
import { decomposeParked } from './parked.ts';

/**
 * More settings than any order needs, in one step. The catalogue allows no circle of mappings; larger lets a catalogue that
 * hands one value through thousands of parts take the time of all others, smaller cuts short what is legal.
 */
const mostSettings = 10_000;

export function setValues(draft: Draft, setting: Setting): void {
  follow(draft, [setting]);
}

/** @param changed by id of a domain order, the names of what a revision has changed of it. @param added what it has added. */
export function mapRevisedValues(
  draft: Draft,
  changed: ReadonlyMap<string, readonly string[]>,
  added: readonly string[],
): void {
  const mapped = [...changed].flatMap(([id, names]) => mappedFrom(draft, id, new Set(names)));
  follow(draft, [...mapped, ...mappedInto(draft, added)]);
}

/** What was given with the order goes on to others as well. */
export function mapAllValues(draft: Draft): void {
  if (draft.facts.catalogue.mappings.length === 0) return;
  follow(
    draft,
    draft.domainOrders.all.flatMap(({ id }) => mappedFrom(draft, id)),
  );
}

function follow(draft: Draft, first: readonly Setting[]): void {
  const waiting = [...first];
  for (let place = 0; place < waiting.length && place < mostSettings; place += 1) {
    const setting = waiting[place];
    const changed = setting === undefined ? new Set<string>() : put(draft, setting);
    if (setting === undefined || changed.size === 0) continue;
    const born = decomposeParked(draft, setting.domainOrder);
    settle(draft, born, changed);
    for (const next of [...mappedFrom(draft, setting.domainOrder, changed), ...mappedInto(draft, born)]) {
      waiting.push(next);
    }
  }
}

/** Gives the names of what is different now. What was sent of it may be different then. */
function put(draft: Draft, { domainOrder: id, characteristics, mapping }: Setting): Set<string> {
  const domainOrder = draft.domainOrders.get(id);
  const given = new Map(characteristics.map((each) => [each.name, each]));
  const known = new Set(domainOrder.characteristics.map(({ name }) => name));
  const kept = domainOrder.characteristics.map((each) => ({ ...each, ...given.get(each.name) }));
  const added = characteristics.filter(({ name }) => !known.has(name));
  const changed = characteristics.filter(({ name, value }) => {
    const before = domainOrder.characteristics.find((each) => each.name === name);
    return before === undefined || !sameJson(before.value, value);
  });
  if (changed.length === 0) return new Set();
  draft.domainOrders.put({ ...domainOrder, characteristics: [...kept, ...added] });
  const said = changed.map(({ name, value }) => `${name} is ${JSON.stringify(value)}`).join(', ');
  draft.note(`Characteristics updated${mapping === undefined ? '' : ` by "${mapping}"`}: ${said}`, id);
  // What is done for it is told with it.
  const work = draft.domainOrders.all.filter(({ kind, parent }) => kind === 'work' && parent === id);
  const told = new Set([id, ...work.map((each) => each.id)]);
  const records = draft.outboundRequests.all.filter(({ serviceOrder }) => told.has(serviceOrder));
  for (const requestId of new Set(records.map((each) => each.requestId))) noteUpdates(draft, requestId);
  return new Set(changed.map(({ name }) => name));
}

/** What joins an order that is on its way has its place in the inventory and its tasks as all else has. */
function settle(draft: Draft, born: readonly string[], changed: ReadonlySet<string>): void {
  if (born.length === 0) return;
  for (const id of born) {
    const domainOrder = draft.domainOrders.get(id);
    const { parent, number } = domainOrder;
    const above = parent === undefined ? undefined : draft.domainOrders.get(parent);
    if (above?.installs !== undefined) draft.domainOrders.put({ ...domainOrder, installs: draft.id() });
    if (draft.header.forecast !== undefined) layOutPlanned(draft, draft.domainOrders.get(id));
    draft.note(`${number} has come of it that ${[...changed].join(', ')} is known`, id);
  }
  // What went out with all below it has more below it now.
  for (const { requestId } of draft.dispatches.all) noteUpdates(draft, requestId);
}

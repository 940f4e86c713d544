/** The characteristics of a domain order, as they are set by hand or by a task. */
import { sameJson } from '../model/json.ts';
import type { Characteristic, DomainOrder } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { specificationOf } from './decompose.ts';
import type { Draft } from './draft.ts';
import { noteUpdates } from './outbound/updates.ts';

/**
 * Sets the characteristics of a domain order: those there are change, others are added. What was sent of it may be
 * different then.
 */
export function setCharacteristics(
  draft: Draft,
  domainOrder: DomainOrder,
  characteristics: readonly Characteristic[],
): Refusal | undefined {
  const refused = invalidCharacteristic(draft, domainOrder, characteristics);
  if (refused !== undefined) return refused;
  const given = new Map(characteristics.map((each) => [each.name, each]));
  const known = new Set(domainOrder.characteristics.map(({ name }) => name));
  const kept = domainOrder.characteristics.map((each) => ({ ...each, ...given.get(each.name) }));
  const added = characteristics.filter(({ name }) => !known.has(name));
  const changed = characteristics.filter(({ name, value }) => {
    const before = domainOrder.characteristics.find((each) => each.name === name);
    return before === undefined || !sameJson(before.value, value);
  });
  if (changed.length === 0) return undefined;
  draft.domainOrders.put({ ...domainOrder, characteristics: [...kept, ...added] });
  const said = changed.map(({ name, value }) => `${name} is ${JSON.stringify(value)}`).join(', ');
  draft.note(`Characteristics updated: ${said}`, domainOrder.id);
  const work = draft.domainOrders.all.filter(({ kind, parent }) => kind === 'work' && parent === domainOrder.id);
  const told = new Set([domainOrder.id, ...work.map(({ id }) => id)]);
  const requests = new Set(
    draft.outboundRequests.all.filter(({ serviceOrder }) => told.has(serviceOrder)).map((each) => each.requestId),
  );
  for (const requestId of requests) noteUpdates(draft, requestId);
  return undefined;
}

function invalidCharacteristic(
  draft: Draft,
  { specification: id }: DomainOrder,
  characteristics: readonly Characteristic[],
): Refusal | undefined {
  const specification = specificationOf(draft.facts.catalogue, id);
  for (const [index, { name, value }] of characteristics.entries()) {
    const known = specification.characteristics.find((each) => each.name === name);
    const pointer = `/characteristics/${index}`;
    if (known === undefined) {
      const names = specification.characteristics.map((each) => each.name).join(', ') || 'none';
      return refusal('characteristicUnknown', { specification: id, name, known: names }, `${pointer}/name`);
    }
    if (known.options.length > 0 && !known.options.some((option) => sameJson(option, value))) {
      const options = known.options.map((option) => JSON.stringify(option)).join(', ');
      return refusal('characteristicValueInvalid', { name, value: JSON.stringify(value), options }, `${pointer}/value`);
    }
  }
  return undefined;
}

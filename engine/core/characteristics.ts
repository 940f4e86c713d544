/** The characteristics of a domain order, as they are set by hand or by a task. */
import { sameJson } from '../model/json.ts';
import type { Characteristic, DomainOrder } from '../model/order.ts';
import { type Refusal, refusal } from '../model/refusals.ts';
import { isFull, mostDomainOrders, specificationOf } from './decomposition/domain-order.ts';
import { setValues } from './decomposition/values.ts';
import type { Draft } from './draft.ts';

/**
 * Sets the characteristics of a domain order: those there are change, others are added. What was sent of it may be
 * different then, parts of it that waited for a value are added, and others take over what is mapped to them.
 */
export function setCharacteristics(
  draft: Draft,
  domainOrder: DomainOrder,
  characteristics: readonly Characteristic[],
): Refusal | undefined {
  const refused = invalidCharacteristic(draft, domainOrder, characteristics);
  if (refused !== undefined) return refused;
  setValues(draft, { domainOrder: domainOrder.id, characteristics });
  if (isFull(draft)) return refusal('orderTooLarge', { most: String(mostDomainOrders) }, '/characteristics');
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

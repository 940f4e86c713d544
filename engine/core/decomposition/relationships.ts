/** What a specification's relationships ask for: rules, quantities, and the requester's own lines. */
import type { Relationship } from '../../model/catalogue.ts';
import { sameJson } from '../../model/json.ts';
import type { Characteristic, OrderLine } from '../../model/order.ts';
import { type Decomposition, itemOf } from './decomposition.ts';

/** One line for each unit of the target: the requester's own lines for it, or else the source's line, as often as wanted. */
export function linesOfParts(
  decomposition: Decomposition,
  relationship: Relationship,
  line: OrderLine,
  source: readonly Characteristic[],
): OrderLine[] {
  const own = ownLines(decomposition, relationship, line);
  if (own.length > 0) {
    return own.filter(({ action }) => action !== 'no-change').flatMap((part) => Array(part.quantity).fill(part));
  }
  return isWanted(relationship, source) ? Array(quantityOf(relationship, source)).fill(line) : [];
}

/** The requester's own lines for the target; what is there already has its place, and is not among them. */
export function ownLines({ draft, childLines }: Decomposition, { target }: Relationship, line: OrderLine): OrderLine[] {
  const lines = childLines.get(line.id) ?? [];
  return lines.filter((each) => each.specification === target && itemOf(draft, each) === undefined);
}

/** Rules exclude. Without rules, an optional part is wanted only where it has a line of its own. */
export function isWanted(relationship: Relationship, source: readonly Characteristic[]): boolean {
  return isAllowed(relationship, source) && (relationship.mandatory || relationship.rules.length > 0);
}

export function isAllowed({ rules }: Pick<Relationship, 'rules'>, source: readonly Characteristic[]): boolean {
  return rules.every(({ characteristic, value }) => {
    const given = source.find(({ name }) => name === characteristic);
    return given !== undefined && (value === undefined || sameJson(given.value, value));
  });
}

/** No rule is broken by a value, and some value that a rule asks for is not there. */
export function isUndecided({ rules }: Relationship, source: readonly Characteristic[]): boolean {
  const missing = rules.filter(({ characteristic }) => !source.some(({ name }) => name === characteristic));
  if (missing.length === 0) return false;
  const others = rules.filter((rule) => !missing.includes(rule));
  return isAllowed({ rules: others }, source);
}

export function quantityOf(relationship: Relationship, source: readonly Characteristic[]): number {
  return quantitySaid(relationship, source) ?? within(relationship, relationship.quantity.default);
}

/** The quantity that a characteristic gives; nothing where none does. */
export function quantitySaid(relationship: Relationship, source: readonly Characteristic[]): number | undefined {
  const { characteristic, units } = relationship.quantity;
  const given = source.find(({ name }) => name === characteristic)?.value;
  const wanted =
    units === undefined ? Number(given) : units.find(({ value }) => sameJson(value, given ?? null))?.quantity;
  return given === undefined || wanted === undefined || !Number.isInteger(wanted)
    ? undefined
    : within(relationship, wanted);
}

function within({ quantity }: Relationship, wanted: number): number {
  return Math.min(Math.max(wanted, quantity.minimum), quantity.maximum);
}

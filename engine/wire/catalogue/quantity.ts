/** How many of a part: as a catalogue file writes it, and what is wrong with it. */
import { type Finding, shown } from '../../../contracts/schemas/finding.ts';
import type { Quantity } from '../../model/catalogue.ts';
import { type Json, sameJson } from '../../model/json.ts';

export interface QuantityInFile {
  readonly minimum?: number;
  readonly default?: number;
  readonly maximum?: number;
  readonly characteristic?: string;
  readonly units?: readonly { readonly value: Json; readonly quantity: number }[];
}

export function quantityOf({ minimum, default: usual, maximum, characteristic, units }: QuantityInFile = {}): Quantity {
  return {
    minimum: minimum ?? 0,
    default: usual ?? 1,
    maximum: maximum ?? 1000,
    ...(characteristic === undefined ? {} : { characteristic }),
    ...(units === undefined ? {} : { units }),
  };
}

/** Only a quantity that a characteristic decides can be more than the usual one; where its values are listed, not more than theirs. */
export function mostOf({ characteristic, units, default: usual, maximum }: Quantity): number {
  if (characteristic === undefined) return usual;
  return units === undefined ? maximum : Math.min(maximum, Math.max(usual, ...units.map(({ quantity }) => quantity)));
}

/** @param declared the characteristics of the source, by name. */
export function quantityFindings(
  { characteristic, units = [], minimum = 0, maximum = 1000 }: QuantityInFile = {},
  declared: ReadonlyMap<string, { readonly options?: readonly Json[] }>,
  at: string,
): Finding[] {
  if (units.length > 0 && characteristic === undefined) {
    const expected = 'the characteristic whose values these are';
    return [{ pointer: `${at}/units`, rule: 'known-characteristic', expected, got: 'none' }];
  }
  const { options = [] } = declared.get(characteristic ?? '') ?? {};
  return units.flatMap(({ value, quantity }, index) => {
    const pointer = `${at}/units/${index}`;
    if (options.length > 0 && !options.some((option) => sameJson(option, value))) {
      const expected = `a value that ${characteristic} can have: ${options.map((each) => JSON.stringify(each)).join(', ')}`;
      return [{ pointer: `${pointer}/value`, rule: 'known-option', expected, got: shown(value) }];
    }
    if (quantity >= minimum && quantity <= maximum) return [];
    const expected = `a quantity from ${minimum} to ${maximum}`;
    return [{ pointer: `${pointer}/quantity`, rule: 'within', expected, got: shown(quantity) }];
  });
}

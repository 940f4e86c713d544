/** Draws a catalogue: products made of services, services made of services and resources, with what comes before what. */
import type { Chance } from '../../kernel/chance.ts';

/** A catalogue as a file says it, and what of it can be ordered or commanded. */
export interface DrawnCatalogue {
  readonly document: unknown;
  readonly offerings: readonly string[];
  readonly services: readonly string[];
}

/** The one characteristic there is: everything has it, some parts depend on it, and operators change it. */
export const speeds = ['slow', 'fast'] as const;

export const speed = { name: 'speed', valueType: 'Choice', options: speeds, default: 'slow' };

/** @param others resources that can be ordered by themselves. */
export function drawCatalogue(chance: Chance, others: readonly object[] = []): DrawnCatalogue {
  const resources = ids('resource', chance.between(0, 2));
  const inner = ids('rfs', chance.between(0, 4));
  const outer = ids('cfs', chance.between(1, 2));
  const products = ids('product', chance.between(1, 2));
  const serviceOf = (id: string, type: 'CFS' | 'RFS', below: readonly string[]) => ({
    id,
    type,
    category: chance.pick(['access', 'equipment']),
    takes: `PT${chance.between(0, 90)}M`,
    characteristics: [speed],
    relationships: [
      ...partsOf(chance, 'Requires', below),
      ...partsOf(chance, 'Requires', chance.fraction() < 0.4 ? resources.slice(0, 1) : []),
    ],
  });
  const document = {
    catalogue: 'Drawn',
    offerings: products.map((specification) => ({ id: `${specification}-offering`, specification })),
    products: products.map((id) => ({
      id,
      characteristics: [speed],
      relationships: partsOf(chance, 'Realized as', some(chance, outer, 1)),
    })),
    services: [
      ...outer.map((id) => serviceOf(id, 'CFS', some(chance, inner, 0))),
      // Only those behind it: what is made of itself cannot be made.
      ...inner.map((id, index) =>
        serviceOf(id, 'RFS', chance.fraction() < 0.3 ? inner.slice(index + 1, index + 2) : []),
      ),
    ],
    resources: [...resources.map((id) => ({ id, type: 'Physical', takes: `PT${chance.between(0, 20)}M` })), ...others],
  };
  return {
    document,
    offerings: products.map((id) => `${id}-offering`),
    services: [...outer, ...inner],
  };
}

function ids(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);
}

function some(chance: Chance, from: readonly string[], least: number): string[] {
  const chosen = from.filter(() => chance.fraction() < 0.6);
  return chosen.length < least ? from.slice(0, least) : chosen;
}

/** One in three waits for a sibling, one in eight is there twice, one in eight only for who wants it fast. */
function partsOf(chance: Chance, type: string, targets: readonly string[]): object[] {
  return targets.map((target, index) => ({
    type,
    target,
    ...(index > 0 && chance.fraction() < 0.35 ? { after: [targets[index - 1]] } : {}),
    ...(chance.fraction() < 0.12 ? { quantity: { minimum: 1, default: 2, maximum: 2 } } : {}),
    ...(chance.fraction() < 0.12 ? { rules: [{ characteristic: 'speed', value: 'fast' }] } : {}),
  }));
}

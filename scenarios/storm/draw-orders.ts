/** Draws what people do: the orders a CRM places, and the commands of operators, each at some moment. */
import type { Chance } from '../../kernel/chance.ts';
import { speeds } from './draw-catalogue.ts';

/** Something that somebody does, so long after the start. */
export type Deed = { readonly atMs: number } & (
  | {
      readonly kind: 'order';
      /** Of products, unless said. */
      readonly api?: 'resource';
      readonly name: string;
      readonly body: object;
    }
  | { readonly kind: 'approve'; readonly order: string }
  /** `pick` chooses the service order, or the fallout, among those there are then. */
  | { readonly kind: 'command'; readonly command: Command; readonly order: string; readonly pick: number }
  | { readonly kind: 'change'; readonly change: Change; readonly order: string; readonly pick: number }
  | { readonly kind: 'policies'; readonly document: unknown }
);

export const commands = ['create', 'revise', 'update', 'complete', 'cancel', 'resolve'] as const;

export type Command = (typeof commands)[number];

/** Of what was ordered: something else is wanted, or nothing any more; and the decision about it. */
export type Change = 'revise' | 'cancel' | 'approve' | 'decline';

/** People change their minds, and others decide about it, mostly. In half of all storms nobody does. */
export function drawChanges(chance: Chance, orders: readonly Deed[], stormMs: number): Deed[] {
  if (chance.fraction() < 0.5) return [];
  return orders.flatMap((placed): Deed[] => {
    if (placed.kind !== 'order') return [];
    return Array.from({ length: chance.between(0, 3) }, (): Deed[] => {
      const atMs = placed.atMs + Math.round(chance.fraction() ** 2 * stormMs);
      const change = { kind: 'change', order: placed.name, pick: chance.between(0, 1_000) } as const;
      const wish: Deed = { ...change, atMs, change: chance.fraction() < 0.75 ? 'revise' : 'cancel' };
      const decided: Deed = {
        ...change,
        atMs: atMs + chance.pick([0, 1_000, 60_000, 3_600_000]),
        change: chance.fraction() < 0.75 ? 'approve' : 'decline',
      };
      return chance.fraction() < 0.1 ? [wish] : [wish, decided];
    }).flat();
  });
}

/** In the order in which they are done. */
export function drawDeeds(
  chance: Chance,
  { offerings, stormMs, approval }: { offerings: readonly string[]; stormMs: number; approval: 'automatic' | 'manual' },
): Deed[] {
  const names = Array.from({ length: chance.between(1, 3) }, (_, index) => `order-${index + 1}`);
  const deeds = names.flatMap((name): Deed[] => {
    const atMs = Math.round(stormMs * 0.7 * chance.fraction() ** 2);
    const placed: Deed = { atMs, kind: 'order', name, body: drawOrder(chance, offerings) };
    const later = () => atMs + Math.round(chance.fraction() ** 2 * stormMs);
    const approved: Deed[] = approval === 'manual' ? [{ atMs: later(), kind: 'approve', order: name }] : [];
    const commanded = Array.from({ length: chance.between(0, 6) }, (): Deed => {
      const command = chance.pick([...commands, 'create', 'update', 'revise', 'revise'] as const);
      return { atMs: later(), kind: 'command', command, order: name, pick: chance.between(0, 1_000) };
    });
    return [
      placed,
      ...approved,
      ...commanded,
      ...revision(chance, name, later()),
      ...revision(chance, name, atMs + shortlyBefore(chance)),
    ];
  });
  return deeds.toSorted((one, other) => one.atMs - other.atMs);
}

/** When systems take their steps: a revision that meets one of them is worth more than one at any moment. */
const stepsAtSeconds = [20, 180, 1_200, 7_200];

function shortlyBefore(chance: Chance): number {
  return chance.pick(stepsAtSeconds) * 1_000 - chance.between(0, 15_000);
}

/** An update and, a little later, the revision that tells of it: by chance alone, one would seldom meet the other. */
function revision(chance: Chance, order: string, atMs: number): Deed[] {
  if (chance.fraction() < 0.3) return [];
  const pick = chance.between(0, 1_000);
  const command = { kind: 'command', order, pick } as const;
  return [
    { ...command, atMs, command: 'update' },
    { ...command, atMs: atMs + chance.pick([0, 5_000, 60_000]), command: 'revise' },
  ];
}

function drawOrder(chance: Chance, offerings: readonly string[]): object {
  return {
    priority: String(chance.between(1, 4)),
    relatedParty: [{ id: 'cust-1', name: 'Giulia Rossi', role: 'customer', '@referredType': 'Customer' }],
    productOrderItem: Array.from({ length: chance.between(1, 2) }, (_, index) => ({
      id: String(index + 1),
      action: 'add',
      quantity: chance.fraction() < 0.8 ? 1 : 2,
      productOffering: { id: chance.pick(offerings) },
      product: { productCharacteristic: [{ name: 'speed', valueType: 'Choice', value: chance.pick(speeds) }] },
      '@type': 'ProductOrderItem',
    })),
    '@type': 'ProductOrder',
  };
}

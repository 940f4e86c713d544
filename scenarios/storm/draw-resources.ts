/** Draws, for some storms, an order of resources: what can be ordered, who places it, and who makes them on which terms. */
import type { Chance } from '../../kernel/chance.ts';
import { speed, speeds } from './draw-catalogue.ts';
import { commands, type Deed, drawChanges } from './draw-orders.ts';
import { drawDecision } from './draw-policies.ts';

/** The system that makes resources. */
export const resourceSystem = 'rom';

export interface DrawnResources {
  /** Specifications for the catalogue. */
  readonly resources: readonly object[];
  /** For the outbound policy, before all others: where resource orders go, also those of services. None: nowhere. */
  readonly rows: readonly object[];
  readonly script: unknown;
  readonly deeds: readonly Deed[];
}

/** One storm in eight has them. */
export function drawResources(
  chance: Chance,
  { stormMs, approval }: { stormMs: number; approval: 'automatic' | 'manual' },
): DrawnResources | undefined {
  if (chance.fraction() >= 0.125) return undefined;
  const waits = chance.fraction() < 0.5 ? { after: ['antenna'] } : {};
  const mast = {
    id: 'mast',
    type: 'Physical',
    takes: `PT${chance.between(0, 60)}M`,
    characteristics: [speed],
    relationships: [
      { type: 'Bundles', target: 'antenna' },
      { type: 'Bundles', target: 'cable', ...waits },
    ],
  };
  const small = (id: string) => ({
    id,
    type: 'Physical',
    takes: `PT${chance.between(0, 20)}M`,
    characteristics: [speed],
  });
  const row = { name: 'resources', when: { kind: 'resource' }, then: drawDecision(chance, [resourceSystem], 0) };
  return {
    resources: [mast, small('antenna'), small('cable')],
    rows: chance.fraction() < 0.8 ? [row] : [],
    script: drawScriptOf(chance),
    deeds: drawDeedsAbout(chance, 'order-of-resources', { stormMs, approval }),
  };
}

function drawDeedsAbout(
  chance: Chance,
  name: string,
  { stormMs, approval }: { stormMs: number; approval: 'automatic' | 'manual' },
): Deed[] {
  const atMs = Math.round(stormMs * 0.7 * chance.fraction() ** 2);
  const later = () => atMs + Math.round(chance.fraction() ** 2 * stormMs);
  const placed: Deed = { atMs, kind: 'order', api: 'resource', name, body: drawBody(chance) };
  const approved: Deed[] = approval === 'manual' ? [{ atMs: later(), kind: 'approve', order: name }] : [];
  const commanded = Array.from({ length: chance.between(0, 6) }, (): Deed => {
    return {
      atMs: later(),
      kind: 'command',
      command: chance.pick(commands),
      order: name,
      pick: chance.between(0, 1_000),
    };
  });
  return [placed, ...approved, ...commanded, ...drawChanges(chance, [placed], stormMs)];
}

function drawBody(chance: Chance): object {
  return {
    relatedParty: [{ id: 'net', role: 'requester', '@referredType': 'Organization', '@type': 'RelatedParty' }],
    orderItem: Array.from({ length: chance.between(1, 2) }, (_, index) => ({
      id: String(index + 1),
      action: 'add',
      quantity: chance.fraction() < 0.8 ? 1 : 2,
      resourceSpecification: { id: chance.pick(['mast', 'antenna']) },
      resource: { resourceCharacteristic: [{ name: 'speed', value: chance.pick(speeds) }] },
    })),
  };
}

/** Mostly well, and sometimes not at all. */
function drawScriptOf(chance: Chance): unknown {
  const after = () => chance.pick(['PT0S', 'PT20S', 'PT3M', 'PT20M', 'PT2H']);
  const well = {
    weight: 7,
    answer: 'accept',
    then: [
      { after: after(), state: 'inProgress' },
      { after: after(), state: 'completed' },
    ],
  };
  const badly = [
    { answer: 'accept', then: [{ after: after(), state: 'failed', message: 'no mast is left' }] },
    { answer: 'accept', then: [{ after: after(), state: 'inProgress' }] },
    { answer: { refuse: 422, reason: 'no mast is left' } },
    { answer: { refuse: 503, retryAfter: 'PT1M' } },
    { answer: 'silence' },
  ];
  const bad = badly.filter(() => chance.fraction() < 0.4);
  return {
    rom: 'Drawn',
    behaviours: [
      { name: 'resources', outcomes: [well, { ...well, weight: 1 }, ...bad.map((each) => ({ weight: 1, ...each }))] },
    ],
  };
}

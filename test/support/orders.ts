/** Orders for tests of the core: facts, inputs, and steps taken one after another. */
import { step } from '../../engine/core/step.ts';
import type { Catalogue } from '../../engine/model/catalogue.ts';
import type { Facts, NumberBlock } from '../../engine/model/facts.ts';
import type { CapturedLine, CaptureOrder, Input } from '../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import type { Effect, Outcome, StateChange } from '../../engine/model/outcome.ts';
import type { Policies } from '../../engine/model/policies.ts';
import { readCatalogue } from '../../engine/wire/catalogue-file.ts';
import { readPolicies } from '../../engine/wire/policies-file.ts';
import { readDocument } from '../../scenarios/files.ts';
import type { Evidence } from '../../scenarios/laws/evidence.ts';
import { evidenceWith, type TakenSteps, takenStep } from './lawful.ts';

export const orderId = '0123456789abcdef0123456789abcdef';
export const start = Date.parse('2026-01-05T08:00:00.000Z');

export function catalogueOf(file: unknown): Catalogue {
  const read = readCatalogue(file);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.content;
}

export function policiesOf(file: unknown): Policies {
  const read = readPolicies(file);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.content;
}

export const broadband = catalogueOf(readDocument('scenarios/catalogues/broadband.yaml'));

const row = (name: string, when: object, then: object) => ({ name, when, then });

export const hierarchical = policiesOf({
  policies: 'hierarchical',
  approval: 'manual',
  outbound: {
    rows: [
      row('CFS', { specificationType: 'CFS' }, { outboundEnabled: true, hierarchical: true, targetSystem: 'som' }),
    ],
  },
});

export const oneByOne = policiesOf({
  policies: 'one by one',
  approval: 'manual',
  outbound: { rows: [row('all', {}, { outboundEnabled: true, targetSystem: 'som', maxRetries: 2 })] },
});

export const inside = policiesOf({
  policies: 'nothing goes out',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
});

export const firstNumbers: NumberBlock = {
  ORD: 1,
  ORDL: 1,
  PO: 1,
  SO: 1,
  RO: 1,
  FO: 1,
  FALLOUT: 1,
  AP: 1,
  PI: 1,
  TASK: 1,
  WO: 1,
};

export function factsOf(
  policies: Policies,
  catalogue: Catalogue = broadband,
  numbers: NumberBlock = firstNumbers,
): Facts {
  return { catalogue, policies, versions: { catalogue: 'c', policies: 'p' }, numbers, inventory: {} };
}

export function lineOf(changes: Partial<CapturedLine> = {}): CapturedLine {
  return {
    externalId: '1',
    after: [],
    action: 'add',
    quantity: 1,
    offering: 'broadband-100',
    characteristics: [],
    kept: {},
    pointer: '/productOrderItem/0',
    ...changes,
  };
}

/** A line of a captured service order. */
export function serviceLineOf(specification: string, changes: Partial<CapturedLine> = {}): CapturedLine {
  const { offering: _offering, ...line } = lineOf({
    externalId: specification,
    pointer: '/serviceOrderItem/0',
    ...changes,
  });
  return { ...line, specification };
}

export function captureOf(changes: Partial<CaptureOrder> = {}): CaptureOrder {
  return {
    type: 'CaptureOrder',
    at: start,
    orderId,
    category: 'Product',
    fulfillmentType: 'Deliver',
    parties: [{ id: 'cust-1', referredType: 'Customer' }],
    lines: [lineOf()],
    kept: {},
    ...changes,
  };
}

/** An input without the instant and the order, which `Life` adds. */
export type Happening = Input extends infer Kind ? (Kind extends Input ? Omit<Kind, 'at' | 'orderId'> : never) : never;

/** One order, step after step, with the effects and the moves of the latest step at hand. */
export class Life {
  order: CustomerOrder | undefined;
  effects: readonly Effect[] = [];
  moves: readonly StateChange[] = [];
  readonly inputs: Input[] = [];
  readonly history: TakenSteps = [];
  #numbers = firstNumbers;
  readonly #policies: Policies;
  readonly #catalogue: Catalogue;
  #at = start;

  constructor(policies: Policies, catalogue: Catalogue = broadband) {
    this.#policies = policies;
    this.#catalogue = catalogue;
  }

  /** Takes a step that must not be refused. */
  take(input: Input): CustomerOrder {
    const outcome = this.try(input);
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    return outcome.order;
  }

  /** Takes a step a second after the one before. */
  then(happening: Happening): CustomerOrder {
    this.#at += 1_000;
    return this.take({ ...happening, at: this.#at, orderId } as Input); // exactly what `Happening` leaves out
  }

  try(input: Input): Outcome {
    const facts = factsOf(this.#policies, this.#catalogue, this.#numbers);
    const outcome = step(this.order, input, facts);
    if (!outcome.ok) return outcome;
    this.history.push(takenStep(this.order, input, facts, outcome));
    const used = outcome.story.numbersUsed;
    this.#numbers = Object.fromEntries(
      Object.entries(this.#numbers).map(([series, free]) => [series, free + (used[series as keyof NumberBlock] ?? 0)]),
    ) as NumberBlock; // the same keys as before
    this.order = outcome.order;
    this.effects = outcome.effects;
    this.moves = outcome.story.moves;
    this.inputs.push(input);
    return outcome;
  }

  /** All that the invariants are held against. */
  get evidence(): Evidence {
    const orders = this.order === undefined ? [] : [{ order: this.order, history: this.history }];
    const [policies, catalogues] = [new Map([['p', this.#policies]]), new Map([['c', this.#catalogue]])];
    return evidenceWith({ orders, policies, catalogues });
  }

  /** The latest effect of a type. */
  effect<Type extends Effect['type']>(type: Type): Extract<Effect, { type: Type }> {
    const found = this.effects.findLast((effect) => effect.type === type);
    if (found === undefined)
      throw new Error(`no ${type} among ${this.effects.map((effect) => effect.type).join(', ')}`);
    return found as Extract<Effect, { type: Type }>; // of that type, as just found
  }

  effectTypes(): string[] {
    return this.effects
      .map(({ type }) => type)
      .filter((type) => type !== 'NotifyListeners' && type !== 'NotifyOfOrder' && type !== 'NotifyCancellation');
  }
}

/** A broadband order that was captured, approved and sent. */
export function sentOrder(policies: Policies = hierarchical): Life {
  const life = new Life(policies);
  life.take(captureOf());
  life.then({ type: 'ApproveOrder' });
  return life;
}

export function accepted(requestId: string, attempt = 1, reports: readonly object[] = []): Happening {
  const outcome = { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports } as const;
  return { type: 'ReportDispatch', requestId, revision: 1, attempt, effectId: 'e', outcome } as Happening; // reports are given as such
}

/** State of each domain order, by specification. */
export function statesOf(order: CustomerOrder): { [specification: string]: string } {
  return Object.fromEntries(order.domainOrders.map(({ specification, state }) => [specification, state]));
}

/** Runs of orders that keep every invariant, and the means to change one thing in what is left of them. */
import type { CustomerOrder, ReplayedStep } from '../../../engine/index.ts';
import type { Input } from '../../../engine/model/inputs.ts';
import type { DomainOrder } from '../../../engine/model/order.ts';
import type { Evidence } from '../../../scenarios/laws/evidence.ts';
import { accept, approve, cancel, decline, reported } from '../../support/canceling.ts';
import {
  captureOf,
  catalogueOf,
  type Happening,
  hierarchical,
  Life,
  lineOf,
  oneByOne,
  policiesOf,
  sentOrder,
  serviceLineOf,
} from '../../support/orders.ts';
import { askedQuestion, everything, reportsOf, requestOf } from '../../support/questions.ts';
import { approveRevision, ofSpecification, revise, valued } from '../../support/revising.ts';
import { houseWithFibre, lineAbout } from '../../support/shop.ts';

const day = 86_400_000;

/** Two lines that went out, the second with a value that its specification does not know. */
export const sent = (): Life => {
  const life = new Life(hierarchical);
  const odd = lineOf({ externalId: '2', characteristics: [{ name: 'colour', value: 'blue' }] });
  life.take(captureOf({ externalId: 'crm-1', lines: [lineOf(), odd] }));
  life.then({ type: 'ApproveOrder' });
  return life;
};

/** One line, and all of it accepted. */
export const taken = (): Life => {
  const life = sentOrder();
  accept(life);
  return life;
};

/** Each service order by itself, and accepted as soon as it is sent. */
export const apart = (): Life => {
  const life = new Life(oneByOne);
  life.take(captureOf({ lines: [lineOf(), lineOf({ externalId: '2' })] }));
  life.then({ type: 'ApproveOrder' });
  accept(life);
  return life;
};

export const completed = (): Life => {
  const life = taken();
  reported(life, 'fulfilled');
  for (const effect of life.history.flatMap(({ effects }) => effects)) {
    if (effect.type === 'SetTimer' && effect.timer.kind === 'automaticFulfillment')
      life.then({ type: 'TimerFired', timer: effect.timer, effectId: effect.id });
  }
  if (life.order?.state !== 'completed') throw new Error(`the order is ${life.order?.state}`);
  return life;
};

/** It was refused for good. */
export const failed = (): Life => {
  const life = sentOrder();
  const [dispatch] = life.order?.dispatches ?? [];
  const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' } as const;
  const requestId = dispatch?.requestId ?? 'none';
  life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
  return life;
};

export const assessed = (): Life => {
  const life = taken();
  life.then(cancel);
  return life;
};

export const declined = (): Life => {
  const life = assessed();
  life.then(decline);
  return life;
};

export const noReturn = (): Life => {
  const life = taken();
  life.then({ type: 'SetPointOfNoReturn' });
  return life;
};

const built = catalogueOf({
  catalogue: 'built',
  plans: [
    {
      plan: 'built',
      tasks: [
        { task: 'dig', undo: { task: 'fill in' } },
        { task: 'lay', after: ['dig'] },
      ],
    },
  ],
  services: [
    { id: 'line', type: 'CFS', plan: 'built', relationships: [{ type: 'Requires', target: 'radio' }] },
    { id: 'radio', type: 'RFS' },
  ],
});

const unsent = policiesOf({
  policies: 'inside',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
});

/** What was begun of it is being undone. */
export const undoing = (): Life => {
  const life = new Life(unsent, built);
  life.take(captureOf({ category: 'Service', lines: [serviceLineOf('line')] }));
  life.then({ type: 'ApproveOrder' });
  const dig = life.order?.tasks.find(({ name }) => name === 'dig')?.id ?? 'none';
  life.then({ type: 'CloseTask', task: dig });
  life.then(cancel);
  life.then(approve);
  return life;
};

/** All of it was undone: the tasks that undo are closed, and the rest is canceled. */
export const undone = (): Life => {
  const life = undoing();
  const fill = life.order?.tasks.find(({ name }) => name === 'fill in')?.id ?? 'none';
  life.then({ type: 'CloseTask', task: fill });
  return life;
};

const inflight = { changes: ['characteristic'], characteristics: 'any' };
const speed = [{ name: 'speed' }];

const site = catalogueOf({
  catalogue: 'site',
  plans: [
    {
      plan: 'built',
      tasks: [
        { task: 'survey' },
        { task: 'dig', after: ['survey'], inflight },
        { task: 'check', after: ['dig'], inflight },
        { task: 'lay', by: 'automatic', takes: 'PT1H', after: ['check'], inflight },
      ],
    },
    { plan: 'short', tasks: [{ task: 'raise', inflight }] },
  ],
  services: [
    {
      id: 'site',
      type: 'CFS',
      plan: 'built',
      characteristics: speed,
      relationships: [
        { type: 'Requires', target: 'hut' },
        { type: 'Requires', target: 'radio' },
        { type: 'Requires', target: 'pole' },
        { type: 'Requires', target: 'fence' },
      ],
    },
    { id: 'hut', type: 'RFS', plan: 'short', characteristics: speed },
    { id: 'radio', type: 'RFS', takes: 'PT1H', characteristics: speed },
    { id: 'pole', type: 'RFS', takes: 'PT2H', characteristics: speed },
    { id: 'fence', type: 'RFS', takes: 'PT2H', characteristics: speed },
  ],
});

/** A site: surveyed, dug and checked; its hut and its radio are there, its fence by hand, and the rest is at work. */
function builtSite(policies = unsent): Life {
  const life = new Life(policies, site);
  const lines = [serviceLineOf('site', { characteristics: [{ name: 'speed', value: 'slow' }] })];
  life.take(captureOf({ category: 'Service', lines }));
  life.then({ type: 'ApproveOrder' });
  for (const name of ['survey', 'raise', 'dig', 'check']) {
    const task = life.order?.tasks.find((each) => each.name === name)?.id ?? 'none';
    life.then({ type: 'CloseTask', task });
  }
  return life;
}

function faster(life: Life): Life {
  life.then(revise([valued('site', { speed: 'fast' })]));
  life.then(approveRevision);
  return life;
}

/** Another speed is wanted of it: nearly all has to be done again. */
export const redoing = (): Life => {
  const life = builtSite();
  const radio = ofSpecification(life.order, 'radio').id;
  const timer = { kind: 'automaticFulfillment', domainOrder: radio } as const;
  life.then({ type: 'TimerFired', timer, effectId: 'e' });
  const serviceOrder = ofSpecification(life.order, 'fence').id;
  life.then({ type: 'ForceCompleteServiceOrder', serviceOrder, note: 'it was there' });
  return faster(life);
};

/** The same, where the radio is somebody else's, and is there. */
export const outdated = (): Life => {
  const life = builtSite(oneByOne);
  accept(life);
  const radio = ofSpecification(life.order, 'radio').id;
  const record = life.order?.outboundRequests.find(({ serviceOrder }) => serviceOrder === radio);
  reported(life, 'fulfilled', record?.requestId);
  return faster(life);
};

/** It is approved with a value that its specification does not know. */
export const revisedWrongly = (): Life => {
  const life = taken();
  life.then(revise([valued('1', { colour: 'blue' })]));
  life.then(approveRevision);
  return life;
};

export const assessedQuestion = (): Life => {
  const life = askedQuestion();
  life.then(cancel);
  return life;
};

export const answered = (): Life => {
  const life = askedQuestion();
  const outcome = { kind: 'answered', httpStatus: 201, reports: reportsOf(life, everything), isFinal: true } as const;
  life.then({ type: 'ReportQualificationExchange', requestId: requestOf(life), effectId: 'e', outcome } as Happening); // all of it
  return life;
};

/** A voice service that is to be suspended in three days; the days that pass are counted from then. */
export function suspended(days: number, resumedInDays?: number): Evidence {
  const house = houseWithFibre();
  const about = (action: 'suspend' | 'resume', inDays: number) =>
    house.approve(
      house.capture([lineAbout(house, 'voice', { action, committedDueAt: house.at + inDays * day })], {
        category: 'Service',
      }),
    );
  about('suspend', 3);
  if (resumedInDays !== undefined) about('resume', resumedInDays);
  house.pass(days * day);
  return house.evidence;
}

/** The last step of the first order, otherwise. */
export function inLastStep(lawful: Evidence, change: (step: ReplayedStep) => Partial<ReplayedStep>): Evidence {
  const [first, ...others] = lawful.orders;
  const last = first?.history.at(-1);
  if (first === undefined || last === undefined) throw new Error('there is an order with a step');
  const changed = { ...last, ...change(last) };
  return {
    ...lawful,
    orders: [{ order: changed.order, history: [...first.history.slice(0, -1), changed] }, ...others],
  };
}

/** One step more, in which nothing has happened but that. */
export function stepMore(
  { evidence }: Pick<Life, 'evidence'>,
  change: (order: CustomerOrder) => Partial<CustomerOrder>,
  told: {
    readonly input?: object;
    readonly effects?: ReplayedStep['effects'];
    readonly moves?: readonly object[];
  } = {},
): Evidence {
  const [first, ...others] = evidence.orders;
  const last = first?.history.at(-1);
  if (first === undefined || last === undefined) throw new Error('there is an order with a step');
  const { order: before, entry } = last;
  const order = { ...before, entries: before.entries + 1, ...change(before) };
  const input = { type: 'ReportNotice', kind: 'milestone', text: 'on the way', requestId: 'none', ...told.input };
  const step: ReplayedStep = {
    entry: {
      ...entry,
      entry: entry.entry + 1,
      input: { at: entry.at, orderId: before.id, ...input } as unknown as Input,
    }, // as it would have to be
    before,
    order,
    effects: told.effects ?? [],
    story: { moves: (told.moves ?? []) as ReplayedStep['story']['moves'], evaluations: [], numbersUsed: {} }, // as they are told
  };
  return { ...evidence, orders: [{ order, history: [...first.history, step] }, ...others] };
}

/** The first of some things that suits, changed. */
export function oneOf<Thing extends object>(
  things: readonly Thing[],
  suits: (thing: Thing) => boolean,
  changes: Partial<Thing>,
): Thing[] {
  const place = things.findIndex(suits);
  if (place === -1) throw new Error('there is one that suits');
  return things.map((thing, index) => (index === place ? { ...thing, ...changes } : thing));
}

export function domainOrder(
  order: CustomerOrder,
  suits: (domainOrder: DomainOrder) => boolean,
  changes: Partial<DomainOrder>,
): Pick<CustomerOrder, 'domainOrders'> {
  return { domainOrders: oneOf(order.domainOrders, suits, changes) };
}

/** Subscribing: what is delivered to whom, when a listener fails or is slow, and after it has gone. */
import { objectOf, textOf } from '../../rules/view/json.ts';
import type { Manner } from '../listener.ts';
import { minimalOrder } from '../orders.ts';
import { hasEnded } from '../session.ts';
import {
  type Bench,
  creation,
  type Draft,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

function registration(draft: Draft, step: string, name: string, query?: string): PlannedStep {
  const callback = `${draft.callbackUrl}/${name}`;
  return { step, method: 'POST', path: '/hub', body: { callback, ...(query === undefined ? {} : { query }) } };
}

const leaving: PlannedStep = { step: 'leave', method: 'DELETE', path: '/hub/{subscription}' };

/** From the first order to the last: what everything is announced to. */
export const watch: Experiment = {
  name: 'watch',
  about: 'A subscriber is told of everything, from its registration until it leaves.',
  plan: (draft) => (draft.callbackUrl === undefined ? [] : [registration(draft, 'register', 'watch'), leaving]),
  run: async (bench) => {
    await register(bench, 'register');
  },
};

/** Gives the id of the subscription that was made. */
async function register(bench: Bench, step: string): Promise<string | undefined> {
  const { status, json } = await bench.ask(step);
  const id = status === undefined || status >= 300 ? undefined : textOf(objectOf(json).id);
  if (id !== undefined) bench.session.owes(id);
  return id;
}

async function leave(bench: Bench, subscription: string | undefined): Promise<void> {
  if (subscription === undefined) return;
  await bench.ask('leave', { subscription });
  bench.session.settles(subscription);
}

/** A subscriber of its own, and one order for it to hear of. */
function subscribed(
  name: string,
  about: string,
  options: { query?: string; manner?: Manner; afterwardsMs?: (bench: Bench) => number },
): Experiment {
  return {
    name,
    about,
    plan: (draft) => {
      if (draft.callbackUrl === undefined) return [];
      const order = minimalOrder(externalIdOf(draft, name), specificationOf(draft));
      return [registration(draft, 'register', name, options.query), creation('create', order), lookUntilEnd, leaving];
    },
    run: async (bench) => {
      if (options.manner !== undefined) bench.session.behave(name, options.manner);
      const subscription = await register(bench, 'register');
      if (subscription === undefined) return;
      const order = await bench.place('create');
      if (order !== undefined) await bench.follow(order);
      await bench.session.rest(options.afterwardsMs?.(bench) ?? bench.session.announcedMs);
      await leave(bench, subscription);
    },
  };
}

const duplicate: Experiment = {
  name: 'hub-duplicate',
  about: 'Registering the same listener twice is refused, or doubles nothing.',
  plan: (draft) => {
    if (draft.callbackUrl === undefined) return [];
    const order = minimalOrder(externalIdOf(draft, 'hub-duplicate'), specificationOf(draft));
    return [
      registration(draft, 'register', 'hub-duplicate'),
      registration(draft, 'again', 'hub-duplicate'),
      creation('create', order),
      lookUntilEnd,
      leaving,
    ];
  },
  run: async (bench) => {
    const first = await register(bench, 'register');
    if (first === undefined) return;
    const second = await register(bench, 'again');
    const order = await bench.place('create');
    if (order !== undefined) await bench.follow(order);
    await bench.session.rest(bench.session.announcedMs);
    await leave(bench, first);
    if (second !== first) await leave(bench, second);
  },
};

/** Leaves while an order is under way, so that there is something to be silent about. */
const departure: Experiment = {
  name: 'hub-leave',
  about: 'A subscriber that has left hears nothing more.',
  plan: (draft) => {
    if (draft.callbackUrl === undefined) return [];
    const order = minimalOrder(externalIdOf(draft, 'hub-leave'), specificationOf(draft));
    return [
      registration(draft, 'register', 'hub-leave'),
      creation('create', order),
      leaving,
      { ...leaving, step: 'leave-again', wrong: 'the subscription is gone' },
      lookUntilEnd,
    ];
  },
  run: async (bench) => {
    const subscription = await register(bench, 'register');
    if (subscription === undefined) return;
    const order = await bench.place('create');
    await leave(bench, subscription);
    await bench.ask('leave-again', { subscription });
    if (order !== undefined) await bench.follow(order);
    await bench.session.rest(bench.session.announcedMs);
  },
};

/** Longer than any healthy vendor holds up one subscriber for another, and shorter than it would wait for an answer. */
const slowMs = 3_000;

export const hubExperiments: readonly Experiment[] = [
  duplicate,
  departure,
  subscribed('hub-query-type', 'A subscriber that asks for changes of state hears of nothing else.', {
    query: 'eventType=ServiceOrderStateChangeEvent',
  }),
  subscribed('hub-query-state', 'A subscriber that asks for completed orders hears of nothing else.', {
    query: 'event.serviceOrder.state=completed',
  }),
];

/** After the others, since a vendor that is held up by one of these would be slow in everything. */
export const listenerExperiments: readonly Experiment[] = [
  subscribed('hub-failing', 'An event that was not taken comes again.', {
    manner: { kind: 'failing' },
    afterwardsMs: ({ session }) => session.redeliveredMs,
  }),
  {
    name: 'hub-slow',
    about: 'A slow listener holds up neither orders nor other listeners.',
    plan: (draft) => {
      if (draft.callbackUrl === undefined) return [];
      const order = minimalOrder(externalIdOf(draft, 'hub-slow'), specificationOf(draft));
      return [registration(draft, 'register', 'hub-slow'), creation('create', order), lookUntilEnd, leaving];
    },
    run: async (bench) => {
      bench.session.behave('hub-slow', { kind: 'slow', afterMs: slowMs });
      const subscription = await register(bench, 'register');
      if (subscription === undefined) return;
      const order = await bench.place('create');
      const latest = order === undefined ? undefined : await bench.follow(order);
      if (hasEnded(latest)) await bench.session.rest(2 * slowMs);
      await leave(bench, subscription);
    },
  },
];

/** The last thing of all: nothing of ours stays registered. */
export async function leaveEverything(bench: Bench): Promise<void> {
  for (const subscription of bench.session.debts) await leave(bench, subscription);
}

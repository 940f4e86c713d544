/** Subscribing: what is delivered to whom, when a listener fails or is slow, and after it has gone. */
import { objectOf, textOf } from '../../rules/view/json.ts';
import type { Manner } from '../listener.ts';
import { dependentOrder, minimalOrder } from '../orders.ts';
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
async function register(bench: Bench, step: string, isGathered = false): Promise<string | undefined> {
  const { status, json } = await bench.ask(step, {}, { isGathered });
  const id = status === undefined || status >= 300 ? undefined : textOf(objectOf(json).id);
  if (id !== undefined) bench.session.owes(id);
  return id;
}

async function leave(bench: Bench, subscription: string | undefined): Promise<void> {
  if (subscription === undefined) return;
  await bench.ask('leave', { subscription }, { isOwed: true });
  bench.session.settles(subscription);
}

/** A subscriber of its own, and one order for it to hear of. */
function subscribed(
  name: string,
  about: string,
  options: { query?: string; manner?: Manner; withCancel?: boolean },
): Experiment {
  return {
    name,
    about,
    plan: (draft) => {
      const isNever = options.manner !== undefined && draft.statement.events?.delivery === 'at-most-once';
      if (draft.callbackUrl === undefined || isNever) return [];
      const order = minimalOrder(externalIdOf(draft, name), specificationOf(draft));
      const cancelled = [
        creation('create-other', minimalOrder(externalIdOf(draft, `${name}-other`), specificationOf(draft))),
        { step: 'cancel', method: 'POST', path: '/cancelServiceOrder', body: { serviceOrder: { id: '{order}' } } },
      ];
      const other = options.withCancel === true ? cancelled : [];
      return [
        registration(draft, 'register', name, options.query),
        creation('create', order),
        ...other,
        lookUntilEnd,
        leaving,
      ];
    },
    run: async (bench) => {
      if (options.manner !== undefined) bench.session.behave(name, options.manner);
      const subscription = await register(bench, 'register');
      if (subscription === undefined) return;
      const order = await bench.place('create');
      if (order !== undefined) await bench.follow(order);
      if (options.withCancel === true) await cancelAnother(bench);
      if (options.manner === undefined) await bench.session.rest(bench.session.announcedMs);
      else await bench.session.redelivered(name);
      await leave(bench, subscription);
    },
  };
}

/** So that there are events of cancel tasks, too. */
async function cancelAnother(bench: Bench): Promise<void> {
  const order = await bench.place('create-other');
  if (order === undefined) return;
  await bench.ask('cancel', { order });
  await bench.follow(order);
}

/** @param options.isAtOnce both are asked for before either is answered. */
function registeredTwice(
  name: string,
  about: string,
  options: { query?: string; isAtOnce?: boolean } = {},
): Experiment {
  const { query, isAtOnce = false } = options;
  return {
    name,
    about,
    plan: (draft) => {
      if (draft.callbackUrl === undefined) return [];
      return [
        registration(draft, 'register', name, query),
        registration(draft, 'again', name, query),
        creation('create', minimalOrder(externalIdOf(draft, name), specificationOf(draft))),
        lookUntilEnd,
        leaving,
      ];
    },
    run: async (bench) => {
      const subscriptions = isAtOnce
        ? await bench.atOnce(['register', 'again'].map((step) => () => register(bench, step, true)))
        : [await register(bench, 'register'), await register(bench, 'again')];
      if (subscriptions.every((id) => id === undefined)) return;
      const order = await bench.place('create');
      if (order !== undefined) await bench.follow(order);
      await bench.session.rest(bench.session.announcedMs);
      for (const subscription of new Set(subscriptions)) await leave(bench, subscription);
    },
  };
}

/** Leaves while an order is under way, so that there is something to be silent about. */
function departing(name: string, about: string, whenState?: string): Experiment {
  return {
    name,
    about,
    plan: (draft) => {
      if (draft.callbackUrl === undefined) return [];
      return [
        registration(draft, 'register', name),
        creation('create', dependentOrder(externalIdOf(draft, name), specificationOf(draft))),
        ...(whenState === undefined ? [] : [{ ...lookUntilEnd, repeated: `until it is ${whenState}` }]),
        leaving,
        { ...leaving, step: 'leave-again', wrong: 'the subscription is gone' },
        lookUntilEnd,
      ];
    },
    run: async (bench) => {
      const subscription = await register(bench, 'register');
      if (subscription === undefined) return;
      const order = await bench.place('create');
      if (order !== undefined && whenState !== undefined) await bench.follow(order, ({ state }) => state === whenState);
      await leave(bench, subscription);
      await bench.ask('leave-again', { subscription });
      if (order !== undefined) await bench.follow(order);
      await bench.session.rest(bench.session.announcedMs);
    },
  };
}

/** Longer than any healthy vendor holds up one subscriber for another, and shorter than it would wait for an answer. */
const slowMs = 3_000;

export const hubExperiments: readonly Experiment[] = [
  registeredTwice('hub-duplicate', 'Registering the same listener twice is refused, or doubles nothing.'),
  registeredTwice('hub-duplicate-query', 'The same with the same query.', {
    query: 'eventType=ServiceOrderStateChangeEvent',
  }),
  registeredTwice('hub-at-once', 'The same, both at the same moment.', { isAtOnce: true }),
  departing('hub-leave', 'A subscriber that has left hears nothing more.'),
  departing(
    'hub-leave-late',
    'A subscriber that leaves while an order is in progress hears nothing more.',
    'inProgress',
  ),
  subscribed('hub-query-type', 'A subscriber that asks for changes of state hears of nothing else.', {
    query: 'eventType=ServiceOrderStateChangeEvent',
    withCancel: true,
  }),
  subscribed('hub-query-state', 'A subscriber that asks for completed orders hears of nothing else.', {
    query: 'event.serviceOrder.state=completed',
  }),
  subscribed('hub-query-both', 'A subscriber that asks for two things hears only of what is both.', {
    query: 'eventType=ServiceOrderStateChangeEvent&event.serviceOrder.state=completed',
  }),
];

/** What a vendor delivers there, it would deliver to anybody who stands between. */
const untrusted: Experiment = {
  name: 'hub-untrusted',
  about: 'A listener with a certificate that nobody should trust is not told anything.',
  plan: (draft) => {
    if (draft.untrustedUrl === undefined || draft.statement.events?.checksCertificates === false) return [];
    const callback = `${draft.untrustedUrl}/hub-untrusted`;
    return [
      { step: 'register', method: 'POST', path: '/hub', body: { callback } },
      creation('create', minimalOrder(externalIdOf(draft, 'hub-untrusted'), specificationOf(draft))),
      lookUntilEnd,
      leaving,
    ];
  },
  run: async (bench) => {
    const subscription = await register(bench, 'register');
    if (subscription === undefined) return;
    const order = await bench.place('create');
    if (order !== undefined) await bench.follow(order);
    await bench.session.rest(bench.session.announcedMs);
    await leave(bench, subscription);
  },
};

/** After the others, since a vendor that is held up by one of these would be slow in everything. */
export const listenerExperiments: readonly Experiment[] = [
  untrusted,
  subscribed('hub-failing', 'An event that was refused comes again.', { manner: { kind: 'failing' } }),
  subscribed('hub-silent', 'An event that was not answered comes again.', { manner: { kind: 'silent' } }),
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

/** How the endpoint holds up: under load, over a restart, when a token expires; and what is left after a deletion. */
import { durationMsOfText } from '../../schemas/text.ts';
import { minimalOrder } from '../orders.ts';
import { hasEnded } from '../session.ts';
import { together } from '../together.ts';
import {
  type Bench,
  creation,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

const look: PlannedStep = { step: 'look', method: 'GET', path: '/serviceOrder/{order}' };

/** Only where it is allowed: an order that is gone is evidence that is gone. */
export const deletion: Experiment = {
  name: 'deletion',
  about: 'An order that was deleted is gone.',
  plan: (draft) => {
    if (!draft.mayDelete) return [];
    return [
      creation('create', minimalOrder(externalIdOf(draft, 'deletion'), specificationOf(draft))),
      lookUntilEnd,
      { step: 'delete', method: 'DELETE', path: '/serviceOrder/{order}' },
      { ...look, step: 'gone', wrong: 'the order was deleted' },
      {
        step: 'patch-gone',
        method: 'PATCH',
        path: '/serviceOrder/{order}',
        body: { description: 'of nothing' },
        wrong: 'the order was deleted',
      },
      { step: 'delete-again', method: 'DELETE', path: '/serviceOrder/{order}', wrong: 'the order was deleted' },
      {
        step: 'cancel-gone',
        method: 'POST',
        path: '/cancelServiceOrder',
        body: { cancellationReason: 'it is gone', serviceOrder: { id: '{order}' } },
        wrong: 'the order was deleted',
      },
      { step: 'list', method: 'GET', path: '/serviceOrder' },
      creation('create-early', minimalOrder(externalIdOf(draft, 'deletion-early'), specificationOf(draft))),
      { step: 'delete-early', method: 'DELETE', path: '/serviceOrder/{order}', wrong: 'the order has not ended' },
    ];
  },
  run: async (bench) => {
    const order = await bench.place('create');
    if (order === undefined || !hasEnded(await bench.follow(order))) return;
    const early = await bench.place('create-early');
    const { status: earlyStatus } = early === undefined ? {} : await bench.ask('delete-early', { order: early });
    if (early !== undefined && (earlyStatus ?? 500) < 300) bench.session.forget(early);
    bench.session.forget(order);
    for (const step of ['delete', 'gone', 'patch-gone', 'delete-again', 'cancel-gone', 'list']) {
      await bench.ask(step, { order });
    }
    await bench.session.rest(Math.max(bench.session.announcedMs, stillToldMs));
  },
};

/** What goes on with a deleted order shows itself within so long. */
const stillToldMs = 3_000;

export const load: Experiment = {
  name: 'load',
  about: 'Under the load that is declared, answers and events keep the times that are declared.',
  plan: (draft) => {
    const declared = draft.statement.load;
    if (declared === undefined) return [];
    const repeated = `${declared.orders} times, ${declared.perSecond} a second`;
    const creates = Array.from({ length: declared.orders }, (_, place) => {
      const order = minimalOrder(externalIdOf(draft, `load-${place + 1}`), specificationOf(draft));
      return creation(`create-${place + 1}`, order, { repeated });
    });
    return [...creates, lookUntilEnd];
  },
  run: async (bench) => {
    const { session } = bench;
    const gapMs = 1_000 / (session.statement.load?.perSecond ?? 1);
    const orders: string[] = [];
    const creates = bench.plan.filter(({ step }) => step.startsWith('create'));
    const tasks = creates.map(({ step }, place) => ({
      label: `verify.load.${place}`,
      run: async () => {
        await session.rest(Math.round(place * gapMs));
        const order = await bench.place(step);
        if (order !== undefined) orders.push(order);
      },
    }));
    await together(session.kernel, tasks);
    await together(
      session.kernel,
      orders.map((order, place) => ({
        label: `verify.load.look.${place}`,
        run: async () => {
          await session.follow(order, bench.aimOf({ step: 'look' }));
        },
      })),
      4,
    );
    await session.rest(session.announcedMs);
  },
};

export const tokenExpiry: Experiment = {
  name: 'token',
  about: 'An expired token is refused, and a fresh one goes on with the same order.',
  plan: (draft) => {
    const { auth } = draft.statement;
    if (!draft.hasCredentials || auth?.scheme !== 'oauth2' || auth.expiresIn === undefined) return [];
    return [
      creation('create', minimalOrder(externalIdOf(draft, 'token'), specificationOf(draft))),
      { ...look, step: 'expired', credentials: 'expired', wrong: 'an expired token' },
      { ...look, step: 'fresh' },
      lookUntilEnd,
    ];
  },
  run: async (bench) => {
    const { auth } = bench.session.statement;
    const order = await bench.place('create');
    if (order === undefined || auth?.scheme !== 'oauth2' || auth.expiresIn === undefined) return;
    await bench.session.rest(durationMsOfText(auth.expiresIn) + 1_000);
    await bench.ask('expired', { order });
    await bench.ask('fresh', { order });
    await bench.follow(order);
  },
};

/** @param restart ends the vendor's process and starts it again; settles when that was done. */
export function restarting(restart: (() => Promise<void>) | undefined): Experiment {
  return {
    name: 'restart',
    about: 'A restart loses neither orders nor subscriptions.',
    plan: (draft) => {
      if (!draft.canRestart) return [];
      return [
        creation('ended', minimalOrder(externalIdOf(draft, 'restart-ended'), specificationOf(draft))),
        creation('create', minimalOrder(externalIdOf(draft, 'restart'), specificationOf(draft))),
        { ...look, step: 'before' },
        { ...look, step: 'back', repeated: 'until it answers again' },
        { ...look, step: 'ended-before' },
        { ...look, step: 'ended-after' },
        lookUntilEnd,
      ];
    },
    run: async (bench) => {
      const ended = await bench.place('ended');
      if (ended !== undefined) {
        await bench.follow(ended);
        await bench.ask('ended-before', { order: ended });
      }
      const order = await bench.place('create');
      if (order === undefined) return;
      await bench.follow(order, ({ state }) => state === 'inProgress');
      await bench.ask('before', { order });
      await restart?.();
      await untilBack(bench, order);
      if (ended !== undefined) await bench.ask('ended-after', { order: ended });
      await bench.follow(order);
      await bench.session.rest(bench.session.announcedMs);
    },
  };
}

/** A process takes a while to come up. */
async function untilBack(bench: Bench, order: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const { status } = await bench.ask('back', { order });
    if (status !== undefined && status < 500) return;
    await bench.session.rest(500);
  }
}

/** The last look at every order that was made: what has ended must be as it was. */
export const lastLook: Experiment = {
  name: 'last-look',
  about: 'Orders that have ended are as they were when they ended.',
  plan: () => [{ ...look, repeated: 'once for each order that was made' }],
  run: async (bench) => {
    for (const order of bench.session.orders) await bench.ask('look', { order });
  },
};

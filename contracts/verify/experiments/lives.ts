/** Orders that are placed and followed to their end: one of each kind that a requester may place. */
import { objectOf, objectsOf, textOf } from '../../rules/view/json.ts';
import {
  actionsOrder,
  dependentOrder,
  maximalOrder,
  minimalOrder,
  mixedOrder,
  nestedOrder,
  type OrderBody,
  specificationLeadingTo,
} from '../orders.ts';
import { hasEnded } from '../session.ts';
import {
  type Bench,
  creation,
  type Draft,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  specificationOf,
} from './experiment.ts';

/** The first order of all: how long it takes says what to expect of the others. */
export const firstLife: Experiment = {
  name: 'minimal',
  about: 'An order of one item is taken and fulfilled.',
  plan: (draft) => [
    creation('create', minimalOrder(externalIdOf(draft, 'minimal'), specificationOf(draft))),
    { step: 'href', method: 'GET', path: '{href}' },
    { step: 'location', method: 'GET', path: '{location}' },
    lookUntilEnd,
    { step: 'href-ended', method: 'GET', path: '{href}' },
  ],
  run: async (bench) => {
    const { session } = bench;
    const startedAt = session.kernel.now();
    const { id, heard } = await bench.placed('create');
    if (id === undefined) return;
    await followReference(bench, 'href', textOf(objectOf(heard.json).href));
    await followReference(bench, 'location', heard.headers.location);
    const latest = await bench.follow(id);
    session.expectLife(hasEnded(latest) ? session.kernel.now() - startedAt : undefined);
    await followReference(bench, 'href-ended', textOf(latest?.href));
  },
};

/** A reference as the vendor gave it, wherever it leads. */
export async function followReference(bench: Bench, step: string, reference: string | undefined): Promise<void> {
  if (reference !== undefined) await bench.ask(step, { href: reference, location: reference }, { isReference: true });
}

export const lives: readonly Experiment[] = [
  life('maximal', 'Everything that was ordered is kept.', (draft, externalId) =>
    maximalOrder(externalId, specificationOf(draft), draft.startedAt),
  ),
  life('dependent', 'Items that wait for each other are fulfilled.', (draft, externalId) =>
    dependentOrder(externalId, specificationOf(draft)),
  ),
  life('nested', 'Items in items are fulfilled.', (draft, externalId) =>
    nestedOrder(externalId, specificationOf(draft)),
  ),
  {
    name: 'actions',
    about: 'Services that were added can be modified, left as they are, and deleted.',
    plan: (draft) => [
      creation('add', mixedOrder(externalIdOf(draft, 'actions-add'), threeTimes(specificationOf(draft)))),
      creation(
        'create',
        actionsOrder(externalIdOf(draft, 'actions'), specificationOf(draft), ['{first}', '{second}', '{third}']),
      ),
      lookUntilEnd,
    ],
    run: async (bench) => {
      const added = await bench.place('add');
      if (added === undefined) return;
      const latest = await bench.follow(added);
      const items = objectsOf(latest?.serviceOrderItem);
      const [first, second, third] = [0, 1, 2].map((place) => textOf(objectOf(items[place]?.service).id));
      await placeAndFollow(bench, {
        first: first ?? 'service-1',
        second: second ?? 'service-2',
        third: third ?? 'service-3',
      });
    },
  },
  leadingTo('held', 'An order that is held goes on, or is cancelled.'),
  leadingTo('rejected', 'An order that is rejected says why.'),
  leadingTo('failed', 'An order that fails says why.'),
  {
    name: 'pending',
    about: 'An order that waits for information goes on when it has it.',
    plan: (draft) => {
      const specification = specificationLeadingTo(draft.statement, 'pending');
      if (specification === undefined) return [];
      const note = [{ author: 'Southbound', text: 'Whatever you need to know' }];
      return [
        creation('create', mixedOrder(externalIdOf(draft, 'pending'), [specificationOf(draft), specification])),
        { step: 'inform', method: 'PATCH', path: '/serviceOrder/{order}', body: { note } },
        lookUntilEnd,
      ];
    },
    run: async (bench) => {
      const order = await bench.place('create');
      if (order === undefined) return;
      const latest = await bench.follow(order, ({ state }) => state === 'pending');
      if (latest?.state !== 'pending') return;
      await bench.ask('inform', { order });
      await bench.follow(order);
    },
  },
  {
    name: 'two-at-once',
    about: 'Two different orders at the same moment are both taken and fulfilled.',
    plan: (draft) => [
      creation('create', minimalOrder(externalIdOf(draft, 'two-at-once-a'), specificationOf(draft))),
      creation('create-other', minimalOrder(externalIdOf(draft, 'two-at-once-b'), specificationOf(draft))),
      { ...lookUntilEnd, repeated: 'until both have ended' },
    ],
    run: async (bench) => {
      const steps = ['create', 'create-other'];
      const ids = await bench.atOnce(steps.map((step) => () => bench.place(step, {}, true)));
      for (const id of ids) if (id !== undefined) await bench.follow(id);
    },
  },
  {
    name: 'mixed',
    about: 'An order of which a part fails ends as partial.',
    plan: (draft) => {
      const failing = specificationLeadingTo(draft.statement, 'failed');
      if (failing === undefined) return [];
      const order = mixedOrder(externalIdOf(draft, 'mixed'), [specificationOf(draft), failing]);
      return [creation('create', order), lookUntilEnd];
    },
    run: (bench) => placeAndFollow(bench),
  },
];

function threeTimes<Each>(each: Each): readonly Each[] {
  return [each, each, each];
}

function life(name: string, about: string, order: (draft: Draft, externalId: string) => OrderBody): Experiment {
  return {
    name,
    about,
    plan: (draft) => [creation('create', order(draft, externalIdOf(draft, name))), lookUntilEnd],
    run: (bench) => placeAndFollow(bench),
  };
}

/** Only where the vendor says which order goes that way. What is held is ordered beside something else. */
function leadingTo(state: 'held' | 'rejected' | 'failed', about: string): Experiment {
  return {
    name: state,
    about,
    plan: (draft) => {
      const specification = specificationLeadingTo(draft.statement, state);
      if (specification === undefined) return [];
      const all = state === 'held' ? [specificationOf(draft), specification] : [specification];
      return [creation('create', mixedOrder(externalIdOf(draft, state), all)), lookUntilEnd];
    },
    run: (bench) => placeAndFollow(bench),
  };
}

export async function placeAndFollow(bench: Bench, known: { readonly [name: string]: string } = {}): Promise<void> {
  const id = await bench.place('create', known);
  if (id !== undefined) await bench.follow(id);
}

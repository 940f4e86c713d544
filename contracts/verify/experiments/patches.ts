/** Patching: what a requester may change, what only the provider may, and several patches at once. */
import { minimalOrder } from '../orders.ts';
import {
  creation,
  type Draft,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

const order = '/serviceOrder/{order}';

function placed(draft: Draft, name: string): PlannedStep {
  return creation('create', minimalOrder(externalIdOf(draft, name), specificationOf(draft)));
}

function patch(step: string, body: unknown, wrong?: string): PlannedStep {
  return { step, method: 'PATCH', path: order, body, ...(wrong === undefined ? {} : { wrong }) };
}

function look(step: string): PlannedStep {
  return { step, method: 'GET', path: order };
}

/** One patch, between two looks. */
function between(name: string, body: unknown, wrong?: string): PlannedStep[] {
  return [look(`before-${name}`), patch(`patch-${name}`, body, wrong), look(`after-${name}`)];
}

/** Places an order, does every step planned between two looks, and follows it to its end. */
function patching(name: string, about: string, steps: (draft: Draft) => readonly PlannedStep[]): Experiment {
  return {
    name,
    about,
    plan: (draft) => [placed(draft, name), ...steps(draft), lookUntilEnd],
    run: async (bench) => {
      const id = await bench.place('create');
      if (id === undefined) return;
      for (const { step } of bench.plan.slice(1, -1)) await bench.ask(step, { order: id });
      await bench.follow(id);
    },
  };
}

const patches = patching('patches', 'A patch changes what it names, and nothing else.', ({ startedAt }) => [
  ...between('description', { description: 'Patched by Southbound' }),
  ...between('several', {
    priority: '1',
    notificationContact: 'patched@example.com',
    requestedCompletionDate: new Date(startedAt + 172_800_000).toISOString(),
  }),
]);

/** Once an order is in progress it is being worked on, by somebody who may write it back as it was. */
const begunPatches: Experiment = {
  name: 'patch-begun',
  about: 'An order can be patched while it is in progress, and keeps what was patched.',
  plan: (draft) => [
    placed(draft, 'patch-begun'),
    { ...lookUntilEnd, repeated: 'until it is in progress' },
    ...between('begun', { description: 'Patched in progress' }),
    lookUntilEnd,
  ],
  run: async (bench) => {
    const id = await bench.place('create');
    if (id === undefined) return;
    await bench.follow(id, ({ state }) => state === 'inProgress');
    for (const when of ['before', 'patch', 'after']) await bench.ask(`${when}-begun`, { order: id });
    await bench.follow(id);
  },
};

/** The id in the body of a patch is that of another order, which must not be touched by it. */
const misledPatch: Experiment = {
  name: 'patch-other',
  about: 'A patch changes the order of its path, whatever id is in its body.',
  plan: (draft) => [
    placed(draft, 'patch-other'),
    creation('create-other', minimalOrder(externalIdOf(draft, 'patch-other-victim'), specificationOf(draft))),
    patch('patch-misled', { id: '{other}', description: 'Meant for another order' }, 'an id never changes'),
    { ...look('victim'), path: '/serviceOrder/{other}' },
    lookUntilEnd,
  ],
  run: async (bench) => {
    const order = await bench.place('create');
    const other = await bench.place('create-other');
    if (order === undefined || other === undefined) return;
    await bench.ask('patch-misled', { order, other });
    await bench.ask('victim', { order, other });
    await bench.follow(order);
  },
};

const ownedPatches = patching('patch-owned', 'A patch cannot change what only the provider sets.', () => [
  ...between('orderDate', { orderDate: '2001-01-01T00:00:00.000Z' }, 'orderDate is set by the provider'),
  ...between('completionDate', { completionDate: '2001-01-02T00:00:00.000Z' }, 'completionDate is set by the provider'),
  ...between('id', { id: 'another-id' }, 'an id never changes'),
]);

const atomicPatches = patching('patch-atomic', 'A patch that is refused has changed nothing.', () => [
  ...between('first', { priority: '3' }),
  ...between('partly-wrong', { description: 'Half of a patch', state: 'nonsense' }, 'state is none that there is'),
]);

/** Each to a state that the diagram does not draw from where the order is. */
const statePatches: Experiment = {
  name: 'patch-state',
  about: 'A patch to a state that the diagram does not allow is refused.',
  plan: (draft) => [
    placed(draft, 'patch-state'),
    ...between('early', { state: 'completed' }, 'completed is not reached from acknowledged'),
    { ...lookUntilEnd, step: 'look', repeated: 'until it is in progress' },
    ...between('back', { state: 'acknowledged' }, 'nothing goes back to acknowledged'),
    lookUntilEnd,
    ...between('reopen', { state: 'inProgress' }, 'nothing leaves a state that ends an order'),
    ...between('rename', { description: 'Changed after its end' }, 'the order has ended'),
  ],
  run: async (bench) => {
    const id = await bench.place('create');
    if (id === undefined) return;
    const known = { order: id };
    const steps = async (name: string) => {
      for (const when of ['before', 'patch', 'after']) await bench.ask(`${when}-${name}`, known);
    };
    await steps('early');
    await bench.follow(id, ({ state }) => state !== 'acknowledged');
    await steps('back');
    await bench.follow(id);
    await steps('reopen');
    await steps('rename');
    await bench.follow(id);
  },
};

const attributesAtOnce = [
  ['description', 'One of four'],
  ['priority', '2'],
  ['notificationContact', 'two-of-four@example.com'],
  ['externalReference', [{ id: 'r1', name: 'three of four' }]],
] as const;

const concurrentPatches: Experiment = {
  name: 'patches-at-once',
  about: 'Of several patches at once, to different attributes, none is lost.',
  plan: (draft) => [
    placed(draft, 'patches-at-once'),
    ...attributesAtOnce.map(([name, value]) => patch(`patch-${name}`, { [name]: value })),
    look('after'),
    lookUntilEnd,
  ],
  run: async (bench) => {
    const id = await bench.place('create');
    if (id === undefined) return;
    const asking = (name: string) => () => bench.ask(`patch-${name}`, { order: id }, { isGathered: true });
    await bench.atOnce(attributesAtOnce.map(([name]) => asking(name)));
    await bench.ask('after', { order: id });
    await bench.follow(id);
  },
};

export const patchExperiments: readonly Experiment[] = [
  patches,
  begunPatches,
  misledPatch,
  ownedPatches,
  atomicPatches,
  statePatches,
  concurrentPatches,
];

/** Creating: what must be refused, what must be tolerated, and the same order twice. */
import { addItem, minimalOrder, type OrderBody } from '../orders.ts';
import {
  creation,
  type Draft,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

type Variant = readonly [step: string, wrong: string, change: (order: OrderBody, item: OrderBody) => OrderBody];

const only = (item: OrderBody): OrderBody => ({ serviceOrderItem: [item] });

function without(thing: OrderBody, attribute: string): OrderBody {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => name !== attribute));
}

const invalidVariants: readonly Variant[] = [
  ['no-items', 'it has no items', (order) => without(order, 'serviceOrderItem')],
  ['empty-items', 'its list of items is empty', (order) => ({ ...order, serviceOrderItem: [] })],
  ['item-without-action', 'an item has no action', (order, item) => ({ ...order, ...only(without(item, 'action')) })],
  ['item-without-id', 'an item has no id', (order, item) => ({ ...order, ...only(without(item, 'id')) })],
  [
    'item-without-service',
    'an item has no service',
    (order, item) => ({ ...order, ...only(without(item, 'service')) }),
  ],
  [
    'unknown-action',
    'an action is none that there is',
    (order, item) => ({ ...order, ...only({ ...item, action: 'explode' }) }),
  ],
  [
    'nested-item-without-action',
    'an item in an item has no action',
    (order, item) => ({ ...order, ...only({ ...item, ...only(without({ ...item, id: '1.1' }, 'action')) }) }),
  ],
  ['wrong-type', 'priority is a number', (order) => ({ ...order, priority: 1 })],
  ['wrong-shape', 'its items are no list', (order, item) => ({ ...order, serviceOrderItem: item })],
  ['wrong-date', 'a date is none', (order) => ({ ...order, requestedCompletionDate: 'next week' })],
];

export const invalidOrders: Experiment = {
  name: 'invalid',
  about: 'Orders that break the schema are refused, and no order comes of them.',
  plan: (draft) => [
    ...invalidVariants.map(([step, wrong, change]) => {
      const order = minimalOrder(externalIdOf(draft, `invalid-${step}`), specificationOf(draft));
      return creation(step, change(order, addItem('1', specificationOf(draft))), { wrong });
    }),
    ...invalidVariants.map(([step]) => lookFor(draft, `left-${step}`, `invalid-${step}`)),
  ],
  run: async (bench) => {
    for (const [step] of invalidVariants) {
      await bench.ask(step);
      await bench.ask(`left-${step}`);
    }
  },
};

/** A search by externalId, which finds what an earlier step may have made. */
function lookFor(draft: Draft, step: string, name: string): PlannedStep {
  const externalId = encodeURIComponent(externalIdOf(draft, name));
  return { step, method: 'GET', path: `/serviceOrder?externalId=${externalId}` };
}

/** Deep enough to overflow a parser that recurses without a limit, and small enough to harm nobody. */
const deepest = 5_000;

const hostileTexts: readonly (readonly [step: string, wrong: string, text: string])[] = [
  ['not-json', 'the body is not JSON', '{"serviceOrderItem": [{"id": "1", '],
  ['empty', 'there is no body', ''],
  ['null', 'the body is null', 'null'],
  ['number', 'the body is a number', '42'],
  ['list', 'the body is a list', '[]'],
  ['deep', 'the body is nested very deep', `${'{"note":['.repeat(deepest)}${']}'.repeat(deepest)}`],
  [
    'prototype',
    'it has keys of prototypes and no items',
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},"serviceOrderItem":[]}',
  ],
];

export const hostileBodies: Experiment = {
  name: 'hostile',
  about: 'Bodies that no schema allows are refused, and disturb nobody.',
  plan: () => [
    ...hostileTexts.map(([step, wrong, text]) => creation(step, undefined, { text, wrong })),
    { step: 'still-there', method: 'GET', path: '/serviceOrder?limit=1' },
  ],
  run: async (bench) => {
    for (const { step } of bench.plan) await bench.ask(step);
  },
};

export const ownedAttributes: Experiment = {
  name: 'owned',
  about: 'What the provider sets cannot be set by who orders.',
  plan: (draft) => {
    const order = minimalOrder(externalIdOf(draft, 'owned'), specificationOf(draft));
    const item = addItem('1', specificationOf(draft));
    const set = {
      id: externalIdOf(draft, 'chosen'),
      state: 'completed',
      orderDate: '2001-01-01T00:00:00.000Z',
      completionDate: '2001-01-02T00:00:00.000Z',
    };
    const wrong = 'it sets what the provider sets';
    return [
      creation(
        'create',
        {
          ...order,
          ...set,
          ...only({ ...item, state: 'completed', ...only({ ...item, id: '1.1', state: 'completed' }) }),
        },
        { wrong },
      ),
      { ...lookUntilEnd, repeated: 'until it has ended, if it was taken' },
    ];
  },
  run: async (bench) => {
    const order = await bench.place('create');
    if (order !== undefined) await bench.follow(order);
  },
};

export const extensions: Experiment = {
  name: 'extension',
  about: 'Attributes and types that extend the standard do not make an order refused.',
  plan: (draft) => {
    const named = (name: string) => minimalOrder(externalIdOf(draft, `extension-${name}`), specificationOf(draft));
    const item = addItem('1', specificationOf(draft));
    const extended = {
      ...item,
      'x-southbound': { nested: [1, 'two'] },
      service: { ...(item.service as object), colour: 'blue' },
    }; // as addItem makes it
    const types = {
      '@type': 'SouthboundServiceOrder',
      '@baseType': 'ServiceOrder',
      '@schemaLocation': 'https://southbound.example/schemas/service-order.json',
    };
    return [
      creation('attribute', { ...named('attribute'), campaign: 'spring', ...only(extended) }),
      creation('type', { ...named('type'), ...types }),
      lookUntilEnd,
    ];
  },
  run: async (bench) => {
    for (const step of ['attribute', 'type']) {
      const order = await bench.place(step);
      if (order !== undefined) await bench.follow(order);
    }
  },
};

export const repeatedCreate: Experiment = {
  name: 'repeat',
  about: 'The same order sent again makes no second order.',
  plan: (draft) => {
    const order = minimalOrder(externalIdOf(draft, 'repeat'), specificationOf(draft));
    return [
      lookFor(draft, 'find-before', 'repeat'),
      creation('first', order),
      creation('again', order),
      lookFor(draft, 'find', 'repeat'),
      lookUntilEnd,
      { ...creation('late', order), repeated: 'once, when the first has ended' },
    ];
  },
  run: async (bench) => {
    await bench.ask('find-before');
    const first = await bench.place('first');
    const again = await bench.place('again');
    await bench.ask('find');
    if (first === undefined) return;
    await bench.follow(first);
    if (again !== undefined && again !== first) await bench.follow(again);
    else await bench.place('late');
  },
};

/** So many at once. More finds no other fault, and costs a vendor that makes an order of each more. */
const identical = 8;

export const concurrentCreate: Experiment = {
  name: 'at-once',
  about: `The same order, sent ${identical} times at once, makes one order.`,
  plan: (draft) => [
    creation('create', minimalOrder(externalIdOf(draft, 'at-once'), specificationOf(draft)), {
      repeated: `${identical} times at once`,
    }),
    lookFor(draft, 'find', 'at-once'),
    lookUntilEnd,
    lookFor(draft, 'find-late', 'at-once'),
  ],
  run: async (bench) => {
    const placing = () => bench.place('create', {}, true);
    const ids = new Set(await bench.atOnce(Array.from({ length: identical }, () => placing)));
    await bench.ask('find');
    for (const id of ids) if (id !== undefined) await bench.follow(id);
    await bench.session.rest(retriedWithinMs);
    await bench.ask('find-late');
  },
};

/** What a gateway repeats on its own comes within so long, or with the next failure. */
const retriedWithinMs = 3_000;

export const creates: readonly Experiment[] = [
  invalidOrders,
  hostileBodies,
  ownedAttributes,
  extensions,
  repeatedCreate,
  concurrentCreate,
];

/** What is no order at all: unknown ids, methods and media types that nothing is served for, and missing credentials. */
import { objectOf, textOf } from '../../rules/view/json.ts';
import { minimalOrder } from '../orders.ts';
import {
  creation,
  type Experiment,
  externalIdOf,
  lookUntilEnd,
  type PlannedStep,
  specificationOf,
} from './experiment.ts';

const nobody = 'southbound-no-such-id';

/** An id of the same form as one that there is, so that nobody refuses it for its form. */
function unlike(id: string): string {
  if (/^\d+$/.test(id)) return `9${id.slice(1, -1)}${'9'.repeat(6)}${id.slice(-1)}`;
  return id.replace(/[0-9a-f]{6}$/i, (end) => [...end].toReversed().map(otherDigit).join(''));
}

function otherDigit(digit: string): string {
  return ((Number.parseInt(digit, 16) + 7) % 16).toString(16);
}

const unknownIds: Experiment = {
  name: 'unknown',
  about: 'What does not exist is not found.',
  plan: () => [
    { step: 'order', method: 'GET', path: '/serviceOrder/{nobody}', wrong: 'there is no such order' },
    {
      step: 'patch',
      method: 'PATCH',
      path: '/serviceOrder/{nobody}',
      body: { description: 'of nothing' },
      wrong: 'there is no such order',
    },
    { step: 'task', method: 'GET', path: '/cancelServiceOrder/{nobody}', wrong: 'there is no such task' },
    { step: 'subscription', method: 'DELETE', path: '/hub/{nobody}', wrong: 'there is no such subscription' },
  ],
  run: async (bench) => {
    const known = bench.session.orders[0];
    const id = known === undefined ? nobody : unlike(known);
    for (const { step } of bench.plan) await bench.ask(step, { nobody: id === known ? nobody : id });
  },
};

/** On an order of its own: a vendor that does what it is told with these harms nothing else. */
const methods: Experiment = {
  name: 'methods',
  about: 'Methods that TMF641 does not have are refused.',
  plan: (draft) => {
    const order = minimalOrder(externalIdOf(draft, 'methods'), specificationOf(draft));
    return [
      creation('create', order),
      { step: 'put', method: 'PUT', path: '/serviceOrder/{order}', body: order, wrong: 'PUT is no method of TMF641' },
      {
        step: 'patch-all',
        method: 'PATCH',
        path: '/serviceOrder',
        body: { description: 'all of them' },
        wrong: 'a collection cannot be patched',
      },
      { ...lookUntilEnd },
    ];
  },
  run: async (bench) => {
    const order = await bench.place('create');
    await bench.ask('patch-all');
    if (order === undefined) return;
    await bench.ask('put', { order });
    await bench.follow(order);
  },
};

const mediaTypes: Experiment = {
  name: 'media',
  about: 'Bodies that are not JSON by their media type are refused.',
  plan: (draft) => {
    const wrong = 'its media type is not JSON';
    const text = JSON.stringify(minimalOrder(externalIdOf(draft, 'media'), specificationOf(draft)));
    return [
      creation('text', undefined, { text, contentType: 'text/plain', wrong }),
      creation('xml', undefined, { text: '<serviceOrder/>', contentType: 'application/xml', wrong }),
      {
        step: 'left',
        method: 'GET',
        path: `/serviceOrder?externalId=${encodeURIComponent(externalIdOf(draft, 'media'))}`,
      },
    ];
  },
  run: async (bench) => {
    for (const { step } of bench.plan) await bench.ask(step);
  },
};

const auth: Experiment = {
  name: 'auth',
  about: 'Without credentials, or with wrong ones, nothing is answered and nothing is done.',
  plan: (draft) => {
    if (!draft.hasCredentials) return [];
    const order = minimalOrder(externalIdOf(draft, 'auth'), specificationOf(draft));
    const operations: readonly PlannedStep[] = [
      { step: 'list', method: 'GET', path: '/serviceOrder?limit=1' },
      creation('create', order),
      { step: 'retrieve', method: 'GET', path: '/serviceOrder/{order}' },
      { step: 'patch', method: 'PATCH', path: '/serviceOrder/{order}', body: { description: 'by nobody' } },
      { step: 'cancel', method: 'POST', path: '/cancelServiceOrder', body: { serviceOrder: { id: '{order}' } } },
      { step: 'subscribe', method: 'POST', path: '/hub', body: { callback: 'https://nobody.example/events' } },
    ];
    const tried = (['none', 'wrong'] as const).flatMap((credentials) =>
      operations.map((each) => ({
        ...each,
        step: `${credentials}-${each.step}`,
        credentials,
        wrong: `${credentials === 'none' ? 'no' : 'wrong'} credentials`,
      })),
    );
    return [
      creation('own', minimalOrder(externalIdOf(draft, 'auth-own'), specificationOf(draft))),
      ...tried,
      lookUntilEnd,
      ...(['none', 'wrong'] as const).map((credentials) => ({
        step: `${credentials}-ended`,
        method: 'GET',
        path: '/serviceOrder/{order}',
        credentials,
        wrong: `${credentials === 'none' ? 'no' : 'wrong'} credentials`,
      })),
      {
        step: 'left',
        method: 'GET',
        path: `/serviceOrder?externalId=${encodeURIComponent(externalIdOf(draft, 'auth'))}`,
      },
    ];
  },
  run: async (bench) => {
    const order = (await bench.place('own')) ?? nobody;
    const withCredentials = bench.plan.filter(({ credentials }) => credentials !== undefined);
    for (const { step } of withCredentials) {
      if (step.endsWith('-ended')) continue;
      const { status, json } = await bench.ask(step, { order });
      const subscription = step.endsWith('subscribe') && (status ?? 500) < 300 ? textOf(objectOf(json).id) : undefined;
      // Nobody should have been let in; what was registered is ended all the same.
      if (subscription !== undefined) bench.session.owes(subscription);
    }
    await bench.ask('left');
    if (order === nobody) return;
    await bench.follow(order);
    for (const { step } of withCredentials) if (step.endsWith('-ended')) await bench.ask(step, { order });
  },
};

export const protocolExperiments: readonly Experiment[] = [unknownIds, methods, mediaTypes, auth];

import { announcingTwins } from '../../../contracts/twins/faulty/events/announcing.ts';
import { deliveringTwins } from '../../../contracts/twins/faulty/events/delivering.ts';
import { hubTwins } from '../../../contracts/twins/faulty/events/hub.ts';
import { sayingTwins } from '../../../contracts/twins/faulty/events/saying.ts';
import { type Heard, itemOf, statesTold, untrusted } from './opened.ts';
import {
  cancelled,
  count,
  failure,
  look,
  ordered,
  patch,
  probed,
  type Row,
  success,
  taskStatesTold,
  told,
  type Vendor,
} from './probing.ts';

const two = (vendor: Vendor) =>
  vendor.together(
    ['first', 'second'].map((externalId, index) => [
      'POST',
      '/serviceOrder',
      { externalId, serviceOrderItem: [itemOf(String(index), 'x')] },
    ]),
  );

/** What is heard while an order lives for so long. */
async function heardOf(vendor: Vendor, ms = 2_000, specifications?: string[], more?: object): Promise<Heard[]> {
  await vendor.subscribe();
  await ordered(vendor, ms, specifications, more);
  return vendor.heard;
}

/** What is heard of a cancellation at that age. */
async function heardOfCancel(vendor: Vendor, ageMs: number): Promise<Heard[]> {
  await vendor.subscribe();
  await cancelled(vendor, await ordered(vendor, ageMs));
  return vendor.heard;
}

/** What a subscription with a query hears of an order that is completed, and one that is cancelled. */
async function heardThrough(vendor: Vendor, query: string): Promise<string[]> {
  await vendor.subscribe(query);
  await ordered(vendor, 2_000);
  await cancelled(vendor, await ordered(vendor));
  return told(vendor.heard);
}

/** How many events the same subscription, asked for twice, brings. */
async function doubled({ subscribe, place, pass, heard }: Vendor, query?: string): Promise<number> {
  await subscribe(query);
  await subscribe(query);
  await place();
  await pass(2_000);
  return heard.length;
}

/** How many events of an order come after an unsubscription, when it is so old; and how many of one that comes later. */
async function afterwards(vendor: Vendor, ageMs: number, laterMs = 0): Promise<number[]> {
  const { body } = await vendor.subscribe();
  await ordered(vendor, ageMs);
  await vendor.ask('DELETE', `/hub/${body.id}`);
  const before = vendor.heard.length;
  await vendor.pass(5_000);
  const ofFirst = vendor.heard.length - before;
  await vendor.pass(laterMs);
  await ordered(vendor, 5_000);
  return [ofFirst, vendor.heard.length - before - ofFirst];
}

const hub: Row[] = [
  [
    'callback-shown-extended',
    async ({ subscribe }) => (await subscribe()).body.callback,
    'http://listener.test',
    'http://listener.test/listener',
  ],
  ['query-not-shown', async ({ subscribe }) => (await subscribe('a=b')).body.query, 'a=b', undefined],
  [
    'unregister-under-another-id',
    async ({ subscribe, ask }) => (await ask('DELETE', `/hub/${(await subscribe()).body.id}`)).status,
    204,
    404,
  ],
  ['same-subscription-doubled', (vendor) => doubled(vendor), 3, 6],
  [
    'same-subscription-at-once-doubled',
    async (vendor) => {
      const body = { callback: 'http://listener.test' };
      const both = await vendor.together([
        ['POST', '/hub', body],
        ['POST', '/hub', body],
      ]);
      return [...both, await vendor.subscribe()].map(({ status }) => status);
    },
    [201, 409, 409],
    [201, 201, 409],
  ],
  ['same-query-doubled', (vendor) => doubled(vendor, 'eventType=ServiceOrderCreateEvent'), 1, 2],
  [
    'query-of-event-type-only',
    (vendor) => heardThrough(vendor, 'eventType=ServiceOrderStateChangeEvent&event.serviceOrder.state=completed'),
    ['StateChange completed'],
    [
      'StateChange inProgress',
      'StateChange completed',
      'StateChange assessingCancellation',
      'StateChange pendingCancellation',
      'StateChange cancelled',
    ],
  ],
  [
    'query-criteria-alternative',
    (vendor) => heardThrough(vendor, 'eventType=ServiceOrderCreateEvent&event.serviceOrder.state=completed'),
    [],
    ['Create acknowledged', 'StateChange completed', 'Create acknowledged'],
  ],
  [
    'query-on-the-state-before',
    (vendor) => heardThrough(vendor, 'event.serviceOrder.state=inProgress'),
    ['StateChange inProgress'],
    ['StateChange completed'],
  ],
  [
    'event-type-contained',
    async (vendor) => {
      const states = await heardThrough(vendor, 'eventType=ServiceOrderStateChangeEvent');
      return states.filter((text) => text.startsWith('Cancel'));
    },
    [],
    ['CancelStateChange inProgress', 'CancelStateChange done'],
  ],
  ['outbox-goes-on', (vendor) => afterwards(vendor, 450), [0, 0], [1, 0]],
  ['subscribers-kept-for-three-seconds', (vendor) => afterwards(vendor, 0), [0, 0], [2, 0]],
  ['subscribers-kept-by-orders', (vendor) => afterwards(vendor, 500), [0, 0], [1, 0]],
  [
    'oldest-subscription-removed',
    async (vendor) => {
      const other = vendor.listener('http://other.test', () => success);
      await vendor.subscribe();
      const { body } = await vendor.subscribe(undefined, 'http://other.test');
      await vendor.ask('DELETE', `/hub/${body.id}`);
      await ordered(vendor, 2_000);
      return [vendor.heard.length, other.length];
    },
    [3, 0],
    [0, 3],
  ],
];

const announcing: Row[] = [
  [
    'end-of-several-items-not-told',
    async (vendor) => [statesTold(await heardOf(vendor, 2_000, ['x', 'x'])), await look(vendor, await ordered(vendor))],
    [['acknowledged', 'inProgress', 'completed'], 'acknowledged acknowledged'],
    [['acknowledged', 'inProgress'], 'acknowledged acknowledged'],
  ],
  [
    'cancel-tasks-not-told',
    async (vendor) => taskStatesTold(await heardOfCancel(vendor, 0)),
    ['accepted', 'inProgress', 'done'],
    [],
  ],
  [
    'subscribers-compete',
    async (vendor) => {
      const other = vendor.listener('http://other.test', () => success);
      await vendor.subscribe(undefined, 'http://other.test');
      return [statesTold(await heardOf(vendor)), statesTold(other)];
    },
    Array(2).fill(['acknowledged', 'inProgress', 'completed']),
    [['inProgress'], ['acknowledged', 'completed']],
  ],
  [
    'changes-debounced',
    async (vendor) => statesTold(await heardOf(vendor)),
    ['acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'completed'],
  ],
  [
    'one-event-of-a-moment',
    async (vendor) => {
      await vendor.subscribe();
      await two(vendor);
      await vendor.pass(2_000);
      await vendor.place();
      await vendor.place();
      await vendor.pass(2_000);
      return vendor.heard.length;
    },
    12,
    9,
  ],
  [
    'told-by-two-nodes',
    async (vendor) => {
      const heard = await heardOf(vendor);
      return [told(heard), new Set(heard.map(({ body }) => body.eventId)).size];
    },
    [['Create acknowledged', 'StateChange inProgress', 'StateChange completed'], 3],
    [
      [
        'Create acknowledged',
        'Create acknowledged',
        'StateChange inProgress',
        'StateChange inProgress',
        'StateChange completed',
        'StateChange completed',
      ],
      6,
    ],
  ],
  [
    'told-for-every-item',
    async (vendor) => statesTold(await heardOf(vendor, 2_000, ['x', 'x'])),
    ['acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'inProgress', 'inProgress', 'completed', 'completed'],
  ],
  ['cancellation-told-twice', async (vendor) => count(statesTold(await heardOfCancel(vendor, 0)), 'cancelled'), 1, 2],
  [
    'work-told-after-the-end',
    async (vendor) => statesTold(await heardOf(vendor, 3_000)),
    ['acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'inProgress', 'completed', 'inProgress'],
  ],
  [
    'completion-told-after-cancel',
    async (vendor) => statesTold(await heardOfCancel(vendor, 500)).slice(-2),
    ['pendingCancellation', 'cancelled'],
    ['cancelled', 'completed'],
  ],
  [
    'delete-told-as-cancellation',
    async (vendor) => {
      await vendor.subscribe();
      await vendor.ask('DELETE', `/serviceOrder/${await ordered(vendor, 1_000)}`);
      await vendor.pass(1_000);
      return told(vendor.heard).slice(3);
    },
    ['Delete completed'],
    ['StateChange cancelled', 'Delete completed'],
  ],
  [
    'patch-not-told-once-begun',
    async (vendor) => {
      await vendor.subscribe();
      const id = await ordered(vendor);
      await patch(vendor, id, { description: 'a' });
      await vendor.pass(500);
      await patch(vendor, id, { description: 'b' });
      await vendor.pass(500);
      return told(vendor.heard).filter((text) => text.startsWith('Attribute'));
    },
    ['AttributeValueChange acknowledged', 'AttributeValueChange inProgress'],
    ['AttributeValueChange acknowledged'],
  ],
  ...patched('patch-told-as-state-change', ['ServiceOrderStateChangeEvent', undefined]),
  ...patched('patch-told-without-field-path', ['ServiceOrderAttributeValueChangeEvent', undefined]),
];

/** How a patch is told. */
function patched(name: string, wrong: unknown): Row[] {
  const probe = async (vendor: Vendor) => {
    await vendor.subscribe();
    await patch(vendor, await ordered(vendor), { description: 'a' });
    await vendor.pass(100);
    const { eventType, fieldPath } = vendor.heard[1]?.body ?? {};
    return [eventType, fieldPath];
  };
  return [[name, probe, ['ServiceOrderAttributeValueChangeEvent', 'description'], wrong]];
}

/** Events of an order that the listener does not take at first. */
async function heardAgain(vendor: Vendor, ms = 5_000, first = failure): Promise<Heard[]> {
  const failing = vendor.listener('http://failing.test', (number) => (number === 1 ? first : success));
  await vendor.subscribe(undefined, 'http://failing.test');
  await vendor.place();
  await vendor.pass(ms);
  return failing;
}

const saying: Row[] = [
  [
    'events-with-little-of-the-order',
    async (vendor) => (await heardOf(vendor))[0]?.body.event.serviceOrder.serviceOrderItem?.length,
    1,
    undefined,
  ],
  [
    'event-without-resource-name',
    async (vendor) => (await heardOf(vendor))[0]?.body.event.state,
    undefined,
    'acknowledged',
  ],
  [
    'event-time-in-milliseconds',
    async (vendor) => typeof (await heardOf(vendor))[0]?.body.eventTime,
    'string',
    'number',
  ],
  [
    'single-item-no-list',
    async (vendor) => Array.isArray((await heardOf(vendor))[0]?.body.event.serviceOrder.serviceOrderItem),
    true,
    false,
  ],
  [
    'wrapped-when-sent-again',
    async (vendor) => (await heardAgain(vendor)).map(({ body }) => body.eventType !== undefined),
    [true, true, true, true],
    [true, false, true, true],
  ],
  [
    'event-id-of-the-order',
    async (vendor) => new Set((await heardOf(vendor)).map(({ body }) => body.eventId)).size,
    3,
    1,
  ],
  [
    'event-id-of-the-state',
    async (vendor) =>
      new Set((await heardOf(vendor, 5_000, ['held-for-a-while'])).map(({ body }) => body.eventId)).size,
    5,
    4,
  ],
  [
    'event-id-of-the-time',
    async (vendor) => {
      await vendor.subscribe();
      await two(vendor);
      await vendor.pass(2_000);
      const ofTwo = new Set(vendor.heard.map(({ body }) => body.eventId)).size;
      await vendor.place();
      await vendor.place();
      await vendor.pass(2_000);
      return [ofTwo, new Set(vendor.heard.map(({ body }) => body.eventId)).size - ofTwo];
    },
    [6, 6],
    [3, 6],
  ],
  [
    'events-with-items-as-begun',
    async (vendor) => (await heardOf(vendor)).map(({ body }) => body.event.serviceOrder.serviceOrderItem[0].state),
    ['acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'inProgress', 'inProgress'],
  ],
  [
    'events-of-two-orders-mixed',
    async (vendor) => {
      await vendor.subscribe();
      await two(vendor);
      await vendor.pass(100);
      return vendor.heard.map(({ body: { event } }) => event.serviceOrder.externalId);
    },
    ['first', 'second'],
    ['first', 'first'],
  ],
  [
    'external-id-shortened-in-events',
    async (vendor) =>
      (await heardOf(vendor, 100, undefined, { externalId: 'order-1' }))[0]?.body.event.serviceOrder.externalId,
    'order-1',
    'orde',
  ],
  [
    'one-listener-for-all-events',
    async (vendor) => (await heardOf(vendor))[0]?.path,
    '/listener/serviceOrderCreateEvent',
    '/listener/serviceOrderStateChangeEvent',
  ],
  [
    'listeners-of-version-three',
    async (vendor) => (await heardOf(vendor))[0]?.path,
    '/listener/serviceOrderCreateEvent',
    '/listener/serviceOrderCreateNotification',
  ],
  [
    'events-as-plain-text',
    async (vendor) => (await heardOf(vendor))[0]?.headers['content-type'],
    'application/json;charset=utf-8',
    'text/plain;charset=utf-8',
  ],
];

/** When another listener, which does not answer, lets the events of an order be heard. */
async function besidesDead(vendor: Vendor): Promise<number[]> {
  vendor.listener('http://dead.test', () => ({ kind: 'silence' }));
  await vendor.subscribe(undefined, 'http://dead.test');
  await vendor.subscribe();
  const start = vendor.kernel.now();
  await vendor.place();
  await vendor.pass(60_000);
  return vendor.heard.map(({ at }) => Math.floor((at - start) / 1_000));
}

/** Which events carry the credentials. */
const credentials = (heard: readonly Heard[]) => heard.map(({ headers }) => headers.authorization);

const delivering: Row[] = [
  [
    'events-by-many-workers',
    async (vendor) => {
      await vendor.subscribe();
      for (const _order of Array(10)) await vendor.place();
      await vendor.pass(5_000);
      const byOrder = Map.groupBy(vendor.heard, ({ body }) => body.event.serviceOrder.id);
      return [...byOrder.values()].every((heard) => statesTold(heard).join() === 'acknowledged,inProgress,completed');
    },
    true,
    false,
  ],
  [
    'end-delivered-first',
    async (vendor) => statesTold(await heardOf(vendor)),
    ['acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'completed', 'inProgress'],
  ],
  [
    'failed-event-overtaken',
    async (vendor) => statesTold(await heardAgain(vendor)),
    ['acknowledged', 'acknowledged', 'inProgress', 'completed'],
    ['acknowledged', 'inProgress', 'completed', 'acknowledged'],
  ],
  [
    'event-times-of-two-clocks',
    async (vendor) => {
      const times = (await heardOf(vendor)).map(({ body }) => body.eventTime);
      return times.join() === times.toSorted().join();
    },
    true,
    false,
  ],
  ['failed-event-given-up', async (vendor) => (await heardAgain(vendor)).length, 4, 3],
  [
    'sent-again-under-a-new-id',
    async (vendor) => new Set((await heardAgain(vendor)).map(({ body }) => body.eventId)).size,
    3,
    4,
  ],
  ['unanswered-event-given-up', async (vendor) => (await heardAgain(vendor, 20_000, { kind: 'silence' })).length, 4, 3],
  ['any-answer-is-delivered', async (vendor) => (await heardAgain(vendor)).length, 4, 3],
  [
    'sent-again-after-a-minute',
    async (vendor) => {
      const [first, again] = await heardAgain(vendor, 100_000);
      return (again?.at ?? 0) - (first?.at ?? 0) > 10_000;
    },
    false,
    true,
  ],
  ['one-queue-for-all-listeners', besidesDead, [0, 0, 0], [27, 54]],
  [
    'answers-wait-for-listeners',
    async (vendor) => {
      await besidesDead(vendor);
      await vendor.place();
      await vendor.pass(100);
      return (await vendor.ask('GET', '/serviceOrder')).afterMs > 4_000;
    },
    false,
    true,
  ],
  ['one-breaker-for-all-listeners', (vendor) => afterFailure(vendor), [0, 0, 0], [0, 5, 10]],
  [
    'sent-again-without-credentials',
    async (vendor) => credentials(await heardAgain(vendor)),
    Array(4).fill('secret'),
    ['secret', undefined, 'secret', 'secret'],
  ],
  [
    'cancel-events-without-credentials',
    async (vendor) => credentials(await heardOfCancel(vendor, 0)),
    Array(7).fill('secret'),
    ['secret', undefined, 'secret', undefined, 'secret', 'secret', undefined],
  ],
  [
    'credentials-prefixed',
    async (vendor) => credentials(await heardOf(vendor)),
    Array(3).fill('secret'),
    Array(3).fill('Bearer secret'),
  ],
  ['any-certificate-will-do', heardUntrusted, 0, 3],
  ['trusts-when-sent-again', heardUntrusted, 0, 3],
];

/** How often a listener is told whose certificate nobody should trust. */
async function heardUntrusted(vendor: Vendor): Promise<number> {
  const heard = vendor.listener(untrusted);
  await vendor.subscribe(undefined, untrusted);
  await vendor.place();
  await vendor.pass(30_000);
  return heard.length;
}

/** When another listener, which answers 500, lets the events of an order be heard. */
async function afterFailure(vendor: Vendor): Promise<number[]> {
  vendor.listener('http://failing.test', () => failure);
  await vendor.subscribe(undefined, 'http://failing.test');
  await vendor.subscribe();
  const start = vendor.kernel.now();
  await vendor.place();
  await vendor.pass(60_000);
  return vendor.heard.map(({ at }) => Math.floor((at - start) / 1_000));
}

probed('the hub', hubTwins, hub);
probed('what is announced', announcingTwins, announcing);
probed('what events say', sayingTwins, saying);
probed('how events are delivered', deliveringTwins, delivering);

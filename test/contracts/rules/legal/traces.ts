/** Random traces of a legal vendor, each from its seed: what is asked, at which instants, and everything that comes of it. */
import type { Aim, Trace } from '../../../../contracts/records/trace.ts';
import { type Chance, chanceStream } from '../../../../kernel/chance.ts';
import { type Listener, openOutbox } from './outbox.ts';
import { type Reply, type Request, Timeline } from './timeline.ts';
import { basePath, error, type ListQuery, openVendor } from './vendor.ts';

const start = 1_767_225_600_000;
const namespace = 'southbound-legal-';

/** How long orders are placed and asked for; what is under way then goes on to its end. */
const busyMs = 1_500;

const patching: Aim = { experiment: 'patches', step: 'patch-description' };

interface Asking {
  readonly timeline: Timeline;
  readonly chance: Chance;
  ask(request: Request, answer: () => Reply, ended?: (reply: Reply) => void): void;
}

export function legalTrace(seed: number): Trace {
  const chance = chanceStream(String(seed), 'legal-trace');
  const timeline = new Timeline(start + chance.between(0, 999));
  const outbox = openOutbox(timeline, chance, { clockMs: chance.fraction() < 0.2 ? 1_000 : 1 });
  const vendor = openVendor(timeline, outbox, chance);
  // A slow vendor's answers overlap with those to what was asked later.
  const slowest = chance.pick([2, 30, 150]);
  const ask: Asking['ask'] = (request, answer, ended) => {
    const times = { there: chance.between(0, slowest), back: chance.between(0, slowest) };
    timeline.exchange(
      'verifier',
      { ...request, path: `${basePath}${request.path}`, headers: { accept: 'application/json', ...request.headers } },
      times,
      answer,
      ended,
    );
  };
  const asking: Asking = { timeline, chance, ask };
  const place = (count: number) => {
    for (let number = 1; number <= count; number += 1) {
      timeline.after(chance.between(0, busyMs / 2), () => placeOrder(asking, vendor, number));
    }
  };
  const isWatched = chance.fraction() < 0.9;
  const orders = chance.between(1, 4);
  if (isWatched) listen(asking, outbox.listeners, 'watch', { refuses: chance.pick([0, 0, 0.1]) }, () => place(orders));
  else place(orders);
  for (let number = chance.between(0, 2); number > 0; number -= 1) {
    timeline.after(chance.between(0, busyMs), () => listenForAWhile(asking, outbox.listeners, `other-${number}`));
  }
  for (let number = chance.between(0, 5); number > 0; number -= 1) {
    timeline.after(chance.between(0, busyMs), () => askForSomethingElse(asking, vendor));
  }
  timeline.run();
  if (chance.fraction() < 0.5) query(asking, vendor);
  timeline.run();
  const exchanges = timeline.exchanges
    .toSorted((one, other) => one.sentOrder - other.sentOrder)
    .map((exchange, place) => ({ ...exchange, id: `x${place + 1}` }));
  return { basePath, listenerPath: '/events', ...(isWatched ? { namespace } : {}), exchanges };
}

function listen(
  { chance, ask }: Asking,
  listeners: Listener[],
  name: string,
  more: Pick<Listener, 'refuses'> & Partial<Listener>,
  then: (listener: Listener) => void,
): void {
  const query = more.eventType === undefined ? {} : { query: `eventType=${more.eventType}` };
  const body = { callback: `https://verifier.example/events/${name}`, ...query };
  const listener: Listener = {
    name,
    id: `hub-${name}-${chance.hex(4)}`,
    isBelow: chance.fraction() < 0.5,
    hasLeft: false,
    ...more,
  };
  const aim: Aim = { experiment: name, step: 'register' };
  ask(
    { method: 'POST', path: '/hub', body, aim },
    () => {
      listeners.push(listener);
      return {
        status: 201,
        headers: { location: `${basePath}/hub/${listener.id}` },
        body: { id: listener.id, ...body },
      };
    },
    () => then(listener),
  );
}

function listenForAWhile(asking: Asking, listeners: Listener[], name: string): void {
  const { chance, timeline, ask } = asking;
  const eventType = chance.pick(['', 'ServiceOrderStateChangeEvent', 'ServiceOrderCreateEvent']);
  const more = { refuses: chance.pick([0, 0.2]), ...(eventType === '' ? {} : { eventType }) };
  listen(asking, listeners, name, more, (listener) => {
    if (chance.fraction() < 0.3) return;
    timeline.after(chance.between(0, 800), () =>
      ask({ method: 'DELETE', path: `/hub/${listener.id}`, aim: { experiment: name, step: 'leave' } }, () => {
        listener.hasLeft = true;
        return { status: 204 };
      }),
    );
  });
}

type Vendor = ReturnType<typeof openVendor>;

function placeOrder(asking: Asking, vendor: Vendor, number: number): void {
  const { chance, timeline, ask } = asking;
  const asked = orderAsked(chance, number);
  const aim = chance.fraction() < 0.5 ? undefined : { experiment: 'maximal', step: 'create' };
  ask(
    { method: 'POST', path: '/serviceOrder', body: asked, ...(aim && { aim }) },
    () => vendor.create(asked),
    ({ body }) => {
      const { id } = body as { id: string }; // as the vendor answers a create
      follow(asking, vendor, id);
      const change = { description: `changed ${chance.hex(4)}` };
      if (chance.fraction() < 0.25) {
        timeline.after(chance.between(0, 300), () =>
          ask({ method: 'PATCH', path: `/serviceOrder/${id}`, body: change, aim: patching }, () =>
            vendor.patch(id, change),
          ),
        );
      }
      if (chance.fraction() < 0.4) timeline.after(chance.between(0, 400), () => cancel(asking, vendor, id));
      if (chance.fraction() < 0.1) timeline.after(chance.between(0, 400), () => cancel(asking, vendor, id));
    },
  );
}

/** Looks at an order at random instants, some of which overlap; at times until nothing changes any more. */
function follow({ chance, timeline, ask }: Asking, vendor: Vendor, id: string): void {
  for (let look = chance.between(1, 9); look > 0; look -= 1) {
    const isCut = chance.fraction() < 0.1;
    const path = `/serviceOrder/${id}${isCut ? '?fields=state,externalId' : ''}`;
    timeline.after(chance.between(0, chance.pick([100, 600, 3_000])), () =>
      ask({ method: 'GET', path }, () => vendor.order(id, isCut ? ['state', 'externalId'] : undefined)),
    );
  }
}

function cancel({ chance, timeline, ask }: Asking, vendor: Vendor, order: string): void {
  const body = { cancellationReason: `because ${chance.hex(4)}`, serviceOrder: { id: order } };
  const aim: Aim = { experiment: 'cancel-in-progress', step: 'cancel' };
  ask(
    { method: 'POST', path: '/cancelServiceOrder', body, aim },
    () => vendor.cancel(body, order),
    ({ status, body: got }) => {
      if (status !== 201) return;
      const { id } = got as { id: string }; // as the vendor answers a cancel
      for (let look = chance.between(0, 4); look > 0; look -= 1) {
        timeline.after(chance.between(0, 400), () =>
          ask({ method: 'GET', path: `/cancelServiceOrder/${id}` }, () => vendor.task(id)),
        );
      }
    },
  );
}

function askForSomethingElse({ chance, ask }: Asking, vendor: Vendor): void {
  const things: readonly (() => void)[] = [
    () => ask({ method: 'GET', path: '/serviceOrder' }, () => vendor.list({})),
    () => ask({ method: 'GET', path: '/serviceOrder?limit=2&offset=1' }, () => vendor.list({ limit: 2, offset: 1 })),
    () => ask({ method: 'GET', path: '/serviceOrder?state=completed' }, () => vendor.list({ state: 'completed' })),
    () => ask({ method: 'GET', path: '/serviceOrder/nobody' }, () => vendor.order('nobody')),
    () => ask({ method: 'GET', path: '/cancelServiceOrder/nobody' }, () => vendor.task('nobody')),
    () => ask({ method: 'POST', path: '/serviceOrder', body: {} }, () => error(400, 'it has no items')),
    () => ask({ method: 'GET', path: '/serviceOrder' }, () => vendor.busy()),
  ];
  chance.pick(things)();
}

/** The lists of a verifier, one after another, when nothing changes any more. */
function query({ chance, ask }: Asking, vendor: Vendor): void {
  const first = [...vendor.orders.values()][0]?.asked.externalId;
  const limit = chance.between(1, 3);
  const pages = Array.from({ length: Math.ceil(vendor.orders.size / limit) + 1 }, (_, page) => page * limit);
  const steps: readonly (readonly [step: string, search: string, query: ListQuery])[] = [
    ['whole', '', {}],
    ...pages.map((offset) => ['limit', `?limit=${limit}&offset=${offset}`, { limit, offset }] as const),
    ['filter-state', '?state=completed', { state: 'completed' }],
    ['filter-externalId', `?externalId=${first}`, { externalId: String(first) }],
    ['fields-two', '?fields=externalId,orderDate', { fields: ['externalId', 'orderDate'] }],
    ['sort-up', '?sort=orderDate', {}],
    ['sort-down', '?sort=-orderDate', { isDown: true }],
    ['whole-again', '', {}],
  ];
  const next = ([step, ...rest]: typeof steps): void => {
    if (step === undefined) return;
    const [name, search, asked] = step;
    const aim: Aim = { experiment: 'queries', step: name };
    ask(
      { method: 'GET', path: `/serviceOrder${search}`, aim },
      () => vendor.list(asked),
      () => next(rest),
    );
  };
  next(steps);
}

function orderAsked(chance: Chance, number: number): { readonly [attribute: string]: unknown } {
  let items = 0;
  const item = (depth: number): { readonly [attribute: string]: unknown } => {
    items += 1;
    const id = String(items);
    const inner =
      depth > 0 && chance.fraction() < 0.4 ? Array.from({ length: chance.between(1, 2) }, () => item(depth - 1)) : [];
    return {
      id,
      action: 'add',
      service: {
        serviceSpecification: { id: 'internet-access', name: 'Internet access' },
        serviceCharacteristic: [{ name: 'bandwidth', value: chance.pick([100, '100', { down: 100 }]) }],
      },
      ...(inner.length === 0 ? {} : { serviceOrderItem: inner }),
    };
  };
  return {
    externalId: `${namespace}${number}-${chance.hex(4)}`,
    category: 'legal',
    description: `order ${number}`,
    ...(chance.fraction() < 0.3 ? { note: [{ author: 'somebody', text: 'a note' }] } : {}),
    serviceOrderItem: Array.from({ length: chance.between(1, 3) }, () => item(2)),
  };
}

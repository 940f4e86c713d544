/**
 * A hundred thousand callbacks over twenty thousand orders, over HTTP: none is lost, none is applied twice, those of each
 * order stay in order, and what is kept of it all takes no more memory than what is stored.
 */
import type { CustomerOrder, Engine, JournalEntry } from '../../engine/index.ts';
import { outboundResponsePath, serviceOrderingBase } from '../../engine/index.ts';
import { type Callback, type Plan, plans } from './callback-plan.ts';
import { type CallbackServer, serveForCallbacks } from './callback-server.ts';
import { heapAfterCollection, shownBytes } from './heap.ts';
import type { VolumeCheck } from './main.ts';

const orders = 20_000;
const connections = 64;

/**
 * What may stay, in bytes, once all that is stored is gone: code the runtime compiled late, and its own tables. A leak of
 * 20 bytes for each callback would take as much, or of 200 at a tenth of the callbacks.
 */
const mayStay = 2_000_000;

export async function callbackLaws(scale: number): Promise<VolumeCheck> {
  await liveThrough(500);
  const { count, accepted, refused, complaints, grown, stored, seconds } = await liveThrough(
    Math.round(orders * scale),
  );
  const rate = Math.round(accepted / seconds.callbacks);
  // Less than a kilobyte for each order that is kept would mean that nothing was kept, and nothing measured.
  const measures = stored > 1000 * count;
  const figures = [
    `${count} orders captured over HTTP in ${seconds.capture.toFixed(1)} s`,
    `${accepted} callbacks over ${connections} connections in ${seconds.callbacks.toFixed(1)} s (${rate} each second)`,
    `${refused} refused`,
    `heap after collection grew by ${shownBytes(grown)}, and ${shownBytes(stored)} of it went with what is stored`,
    ...(complaints.length === 0 ? [] : [`${complaints.length} broken: ${complaints.slice(0, 3).join('; ')}`]),
  ];
  return {
    ok: refused === 0 && complaints.length === 0 && measures && grown - stored < mayStay,
    figures: figures.join('; '),
  };
}

interface Lived {
  readonly count: number;
  readonly accepted: number;
  readonly refused: number;
  readonly complaints: readonly string[];
  /** In bytes, by how much more memory is in use, and how much of it goes when what is stored is let go of. */
  readonly grown: number;
  readonly stored: number;
  readonly seconds: { readonly capture: number; readonly callbacks: number };
}

async function liveThrough(count: number): Promise<Lived> {
  const dispatched = Promise.withResolvers<void>();
  let dispatches = 0;
  const server = await serveForCallbacks({
    connections,
    onStep: ({ input }) => {
      if (input.type === 'ReportDispatch') dispatches += 1;
      if (dispatches === count) dispatched.resolve();
    },
  });
  const base = heapAfterCollection();
  const began = performance.now();
  const ids = new Array<string>(count).fill('');
  await forEach(count, async (index) => {
    ids[index] = await capture(server);
  });
  await dispatched.promise;
  const captured = performance.now();
  const answers = { accepted: 0, refused: 0 };
  await forEach(count, (index) => tell(server, ids[index] ?? '', planOf(index), answers));
  const told = performance.now();
  const complaints: string[] = [];
  for (const [index, id] of ids.entries())
    complaints.push(...(await complaintsAbout(server.engine, id, planOf(index))));
  ids.length = 0;
  const grown = heapAfterCollection() - base;
  server.forget();
  const stored = base + grown - heapAfterCollection();
  await server.close();
  const seconds = { capture: (captured - began) / 1000, callbacks: (told - captured) / 1000 };
  return { count, ...answers, complaints, grown, stored, seconds };
}

function planOf(index: number): Plan {
  const plan = plans[index % plans.length];
  if (plan === undefined) throw new Error('there are plans');
  return plan;
}

/** As many at once as there are connections. */
async function forEach(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await act(next - 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

const captured = {
  serviceOrderItem: [{ id: '1', action: 'add', service: { serviceSpecification: { id: 'access' } } }],
};

async function capture({ post }: CallbackServer): Promise<string> {
  const { status, text } = await post(`${serviceOrderingBase}/serviceOrder`, captured);
  if (status !== 201) throw new Error(`an order was answered ${status}: ${text}`);
  return JSON.parse(text).id;
}

async function tell(
  { engine, post }: CallbackServer,
  id: string,
  { groups }: Plan,
  answers: { accepted: number; refused: number },
): Promise<void> {
  const order = await engine.order(id);
  if (order === undefined) throw new Error(`order ${id} was answered 201, and is not there`);
  for (const group of groups) {
    const messages = group.map((each) => messageOf(order, each));
    for (const { status } of await Promise.all(messages.map(({ path, body }) => post(path, body)))) {
      if (status === 201) answers.accepted += 1;
      else answers.refused += 1;
    }
  }
}

const wireStates = { pending: 'inProgress', fulfilled: 'completed', error: 'failed' } as const;
const at = '2026-01-05T08:00:00.000Z';

function messageOf(order: CustomerOrder, { via, state, of }: Callback): { path: string; body: object } {
  const [externalId = ''] = order.outboundRequests.map(({ requestId }) => requestId);
  const about = order.domainOrders.filter(({ specification }) => of === 'both' || specification === of);
  if (via === 'outboundresponse') {
    const serviceOrderItem = about.map(({ id }) => ({ id, state }));
    return { path: outboundResponsePath, body: { externalId, serviceOrderItem } };
  }
  const items = about.map(({ id }) => ({ id, action: 'add', state: wireStates[state], service: {} }));
  const serviceOrder = { id: `som-${externalId}`, href: 'http://som.test/1', orderDate: at, externalId };
  const event = { serviceOrder: { ...serviceOrder, state: wireStates[state], serviceOrderItem: items } };
  const path = `${serviceOrderingBase}/listener/serviceOrderStateChangeEvent`;
  return { path, body: { eventId: 'e', eventTime: at, eventType: 'ServiceOrderStateChangeEvent', event } };
}

/** What of one order is not as its callbacks were accepted. */
async function complaintsAbout(engine: Engine, id: string, { groups, ends }: Plan): Promise<string[]> {
  const order = await engine.order(id);
  if (order === undefined) return [`${id} is lost`];
  const { state, fallouts } = order;
  const open = fallouts.filter((fallout) => fallout.state === 'open').length;
  const ended = { state, openFallouts: open, fallouts: fallouts.length };
  return [
    ...(JSON.stringify(ended) === JSON.stringify(ends) ? [] : [`${id} ends as ${JSON.stringify(ended)}`]),
    ...outOfPlace(id, await engine.store.journal(id), groups, order),
    ...appliedTwice(id, await engine.history(id)),
  ];
}

/** Each accepted callback is one entry; those of a group come after all of the group before it, and in any order. */
function outOfPlace(
  id: string,
  journal: readonly JournalEntry[],
  groups: Plan['groups'],
  { domainOrders }: CustomerOrder,
): string[] {
  const specifications = new Map(domainOrders.map((each) => [each.id, each.specification]));
  const entries = journal.flatMap(({ input }) => {
    if (input.type !== 'ReportFulfillment') return [];
    const [first, second] = input.reports;
    const of = second === undefined ? specifications.get(first?.serviceOrder ?? '') : 'both';
    return [`${input.via} ${of} ${first?.state}`];
  });
  const told = groups.flatMap((group) => {
    const there = entries.splice(0, group.length).toSorted();
    const accepted = group.map(({ via, of, state }) => `${via} ${of} ${state}`).toSorted();
    return accepted.join() === there.join() ? [] : [`${id} has ${there.join()} where ${accepted.join()} was accepted`];
  });
  return entries.length === 0 ? told : [...told, `${id} has ${entries.length} entries more: ${entries.join()}`];
}

/** However often it is told, a state is entered once; a failure that is put right is left once. */
function appliedTwice(id: string, history: Awaited<ReturnType<Engine['history']>>): string[] {
  const moves = history.flatMap(({ story }) =>
    story.moves.filter(({ thing, from, to }) => thing === 'outboundRequest' && from !== to),
  );
  const entered = moves.map(({ number, to }) => `${number} ${to}`);
  const twice = entered.filter((each, index) => entered.indexOf(each) !== index);
  return twice.map((each) => `${id}: ${each} twice`);
}

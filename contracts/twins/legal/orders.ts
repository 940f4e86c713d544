/** Unusual but legal vendors that take, change, cancel and fulfil orders otherwise. */
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import type { Twin } from '../twin.ts';
import { isCancellable } from '../vendor/defaults/cancelling.ts';
import { isObject, ownedOfOrder } from '../vendor/defaults/checks.ts';
import { conformantHabits, usualPace } from '../vendor/defaults/conformant.ts';
import { specifications } from '../vendor/defaults/course.ts';
import { allTo, isOf, leavesOf, neededBy } from '../vendor/defaults/items.ts';
import { notPatchable } from '../vendor/defaults/patching.ts';
import type { Vendor } from '../vendor/habits.ts';
import { conformantClaims, twinOf } from '../vendor/twin-of.ts';
import type { Order } from '../vendor/words.ts';

const lifecycle = 'TMF641 v4.1 lifecycle of ServiceOrder';
const creation = 'TMF641 v4.1 POST /serviceOrder';
const cancellation = 'TMF641 v4.1 lifecycle of CancelServiceOrder';

const slow = twinOf({
  name: 'slow',
  kind: 'legal',
  deviation: 'Takes 900 ms for an answer and eight seconds for an order of one item.',
  clause: 'TMF641 v4.1 says nothing of time',
  claims: {
    ...conformantClaims,
    answersWithin: 'PT2S',
    completesWithin: 'PT3M',
    cancelsWithin: 'PT10S',
    events: { ...conformantClaims.events, within: 'PT3S' },
    load: { orders: 50, perSecond: 20, answersWithin: 'PT2S', announcedWithin: 'PT5S' },
  },
  habits: {
    pace: {
      ...usualPace,
      answer: 900,
      start: 6_000,
      item: 2_000,
      held: 4_000,
      task: 1_000,
      decision: 1_000,
      cancellation: 1_000,
    },
    deliverAfterMs: () => 1_000,
  },
});

const fast = twinOf({
  name: 'fast',
  kind: 'legal',
  deviation: 'Fulfils an order within 30 ms.',
  clause: 'TMF641 v4.1 says nothing of time',
  habits: {
    pace: { ...usualPace, answer: 1, start: 10, item: 5, held: 10, resume: 5, task: 5, decision: 5, cancellation: 5 },
    deliverAfterMs: () => 3,
  },
});

const together = twinOf({
  name: 'items-together',
  kind: 'legal',
  deviation: 'Works on all items of an order at once, and completes them at once.',
  clause: lifecycle,
  habits: {
    nextMove: (order, vendor) => {
      const leaves = leavesOf(order.document.serviceOrderItem);
      const isSpecial = leaves.some(
        (leaf) => neededBy(leaf, leaves).length > 0 || Object.values(specifications).some((id) => isOf(leaf, id)),
      );
      const usual = conformantHabits.nextMove(order, vendor);
      if (isSpecial || usual === undefined) return usual;
      const to = order.document.state === 'acknowledged' ? 'inProgress' : 'completed';
      return { ...usual, leaves: allTo(to, leaves) };
    },
  },
});

const againRefused = twinOf({
  name: 'repeated-order-refused',
  kind: 'legal',
  deviation: 'Refuses a second order of the same externalId with 409, even when it is the same order.',
  clause: creation,
  habits: { again: () => 'conflict' },
});

const noKey = twinOf({
  name: 'external-id-means-nothing',
  kind: 'legal',
  deviation: 'Makes a new order of each request, whatever its externalId, and says that it knows no idempotency key.',
  clause: creation,
  claims: { ...conformantClaims, idempotencyKey: 'none' },
  habits: { again: () => 'new' },
});

const ownedIgnored = twinOf({
  name: 'owned-attributes-ignored',
  kind: 'legal',
  deviation: 'Ignores what the server sets in a create, in place of refusing it.',
  clause: 'TMF641 v4.1 ServiceOrder_Create (does not forbid them)',
  habits: {
    refusalOfCreate: (body, vendor) => conformantHabits.refusalOfCreate(notOwned(body), vendor),
    newOrder: (body, id, vendor) => conformantHabits.newOrder(Object(notOwned(body)), id, vendor),
  },
});

const fixedIgnored = twinOf({
  name: 'fixed-attributes-ignored',
  kind: 'legal',
  deviation: 'Ignores attributes that cannot be patched, in place of refusing the patch.',
  clause: 'TMF641 v4.1 PATCH /serviceOrder/{id}',
  habits: {
    refusalOfPatch: (document, patch, vendor) =>
      conformantHabits.refusalOfPatch(document, lacking(patch, notPatchable), vendor),
    patched: (document, patch, vendor) =>
      conformantHabits.patched(document, Object(lacking(patch, notPatchable)), vendor),
  },
});

const directCancel = twinOf({
  name: 'cancels-directly',
  kind: 'legal',
  deviation: 'Cancels an order as soon as that is asked for, without assessingCancellation or pendingCancellation.',
  clause: lifecycle,
  habits: {
    cancelBegins: (order) => (isCancellable(order) ? 'cancelled' : order.document.state),
    nextOfTask: (task, order, { habits: { pace } }) => {
      if (task.document.state === 'accepted') return { afterMs: pace.task, task: 'inProgress' };
      if (task.document.state !== 'inProgress') return undefined;
      const end = { afterMs: pace.decision, task: 'done' } as const;
      if (isCancellable(order)) return { ...end, order: 'cancelled' };
      return { ...end, message: 'Denied: the order has passed its point of no return' };
    },
  },
});

const deniedByError = twinOf({
  name: 'denial-is-terminated-with-error',
  kind: 'legal',
  deviation: 'Ends the task of a denied cancellation in terminatedWithError, with an errorMessage.',
  clause: cancellation,
  habits: {
    nextOfTask: (task, order, vendor) => {
      const usual = conformantHabits.nextOfTask(task, order, vendor);
      if (usual?.message === undefined) return usual;
      const { message, ...rest } = usual;
      return { ...rest, task: 'terminatedWithError', error: message };
    },
  },
});

const monitor = twinOf({
  name: 'accepted-with-monitor',
  kind: 'legal',
  deviation: 'Answers a create with 202 and the Location of a monitor, which leads to the order.',
  clause: 'TMF630 part 1, asynchronous requests and monitors',
  habits: {
    createAnswer: (order, vendor) => {
      const { id, document } = order;
      return jsonResponse(202, monitorOf(order, vendor), { location: monitorHref(id, document.href) });
    },
    elsewhere: ({ method, path }, vendor): HttpResponse | undefined => {
      const id = path.startsWith(monitors(vendor)) ? path.slice(monitors(vendor).length) : undefined;
      const order = id === undefined || method !== 'GET' ? undefined : vendor.orders.get(id);
      return order === undefined ? undefined : jsonResponse(200, monitorOf(order, vendor));
    },
  },
});

const acceptedOrder = twinOf({
  name: 'accepted-with-order',
  kind: 'legal',
  deviation: 'Answers a create with 202, the order as it is, and its Location.',
  clause: 'TMF630 part 1, asynchronous requests',
  habits: {
    createAnswer: (order, vendor) => ({ ...conformantHabits.createAnswer(order, vendor), status: 202 }),
  },
});

export const legalOrderTwins: readonly Twin[] = [
  slow,
  fast,
  together,
  againRefused,
  noKey,
  ownedIgnored,
  fixedIgnored,
  directCancel,
  deniedByError,
  monitor,
  acceptedOrder,
];

/** Without the attributes of these names. */
function lacking(body: unknown, names: readonly string[]): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

function notOwned(body: unknown): unknown {
  const order = lacking(body, ownedOfOrder);
  return isObject(order) ? withStatelessItems(order) : order;
}

function withStatelessItems(holder: { readonly [name: string]: unknown }): object {
  const { serviceOrderItem: items } = holder;
  if (!Array.isArray(items)) return holder;
  const stateless = (item: unknown) => (isObject(item) ? withStatelessItems(Object(lacking(item, ['state']))) : item);
  return { ...holder, serviceOrderItem: items.map(stateless) };
}

function monitors({ habits }: Vendor): string {
  return `${habits.basePath}/monitor/`;
}

function monitorHref(id: string, orderHref: string): string {
  return orderHref.replace(`/serviceOrder/${id}`, `/monitor/${id}`);
}

/** Half of the time until the order is begun, the monitor says that the request is being looked at. */
function monitorOf({ id, document }: Order, vendor: Vendor): object {
  const { href, orderDate } = document;
  const isDone = vendor.kernel.now() >= Date.parse(orderDate) + vendor.habits.pace.start / 2;
  const body = vendor.habits.shown(document, vendor);
  return {
    id,
    href: monitorHref(id, href),
    state: isDone ? 'Completed' : 'InProgress',
    sourceHref: href,
    request: { method: 'POST', to: `${vendor.habits.basePath}/serviceOrder` },
    ...(isDone ? { response: { statusCode: '201', header: [{ name: 'Location', value: href }], body } } : {}),
  };
}

/** Faulty vendors that keep a promise of how they run badly: credentials, monitors, restarts, what they declare to offer. */
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../../../exchange/message.ts';
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Claims } from '../../claims.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits } from '../../vendor/defaults/conformant.ts';
import { specifications } from '../../vendor/defaults/course.ts';
import { acknowledgedItem } from '../../vendor/defaults/documents.ts';
import { isBeingCancelled } from '../../vendor/defaults/states.ts';
import type { Habits, Vendor } from '../../vendor/habits.ts';
import { lifeItemId } from '../../vendor/life.ts';
import { conformantClaims } from '../../vendor/twin-of.ts';
import type { Order, OrderDocument } from '../../vendor/words.ts';
import {
  behindGateway,
  endedOrder,
  faulty,
  itemsAsked,
  lacking,
  liveOn,
  wasFulfilled,
  withoutHeader,
} from '../means.ts';

const credentials = 'TMF630 part 1, 401; RFC 6750';
const tokens = 'RFC 6749, sections 1.4 and 5.1: expires_in';
const monitors = 'TMF630 part 1, asynchronous requests and monitors';
const restarts = 'TMF641 v4.1: an order is a resource that is kept';
const declared = 'the vendor’s own capability statement: offers and specifications';

const bearer: Claims = { ...conformantClaims, auth: { scheme: 'bearer' } };
const shortTokens: Claims = {
  ...conformantClaims,
  auth: { scheme: 'oauth2', tokenUrl: 'http://vendor.test/oauth/token', expiresIn: 'PT5S' },
};

export const runningTwins: readonly Twin[] = [
  faulty({
    name: 'hub-needs-no-credentials',
    deviation: 'Lets everybody subscribe and unsubscribe.',
    clause: credentials,
    breaks: 'auth-enforced',
    claims: bearer,
    habits: lettingIn(({ path }, { habits }) => path.startsWith(`${habits.basePath}/hub`)),
  }),
  faulty({
    name: 'any-token-will-do',
    deviation: 'Looks whether there is a bearer token, but not which.',
    clause: credentials,
    breaks: 'auth-enforced',
    claims: bearer,
    habits: lettingIn(({ headers }) => /^bearer \S/i.test(headers.authorization ?? '')),
  }),
  behindGateway(
    faulty({
      name: 'refused-but-done',
      deviation: 'Answers 401 to a change without credentials, and makes it all the same.',
      clause: credentials,
      breaks: 'auth-enforced',
      claims: bearer,
      habits: {},
    }),
    (pass, { credentials: given }) =>
      async (request) => {
        const answer = await pass(request);
        const isRefused = answer.kind === 'reply' && answer.response.status === 401 && request.method !== 'GET';
        const authorization = `Bearer ${given?.token}`;
        if (isRefused) await pass({ ...request, headers: { ...request.headers, authorization } });
        return answer;
      },
  ),
  faulty({
    name: 'ended-orders-for-everybody',
    deviation: 'Shows orders that have ended to who has no credentials, from a cache in front.',
    clause: credentials,
    breaks: 'auth-enforced',
    differs: ['late'],
    claims: bearer,
    habits: lettingIn(({ method, path }, vendor) => {
      const id = path.slice(`${vendor.habits.basePath}/serviceOrder/`.length);
      return method === 'GET' && path.includes('/serviceOrder/') && endedOrder({ id }, vendor) !== undefined;
    }),
  }),

  faulty({
    name: 'tokens-never-expire',
    deviation: 'Takes every token that it ever gave, however long ago.',
    clause: tokens,
    breaks: 'token-expiry',
    differs: ['timing'],
    claims: shortTokens,
    habits: lettingIn(({ headers }, vendor) =>
      vendor.tokens.has((headers.authorization ?? '').replace(/^bearer /i, '')),
    ),
  }),
  faulty({
    name: 'order-bound-to-token',
    deviation: 'Shows an order only to the token that created it: who had to get a fresh one is answered 403.',
    clause: tokens,
    breaks: 'token-expiry',
    claims: shortTokens,
    habits: () => {
      const tokenOf = new Map<string, string | undefined>();
      return {
        answered: (asked, response, vendor) => {
          const { id } = Object(response.body?.json);
          const isNew = asked.operation === 'createServiceOrder' && response.status === 201 && !tokenOf.has(id);
          if (isNew) tokenOf.set(id, asked.request.headers.authorization);
          return conformantHabits.answered(asked, response, vendor);
        },
        instead: ({ operation = '', id, request: { headers } }, vendor) => {
          const isOther = tokenOf.has(id) && tokenOf.get(id) !== headers.authorization;
          if (!operation.endsWith('ServiceOrder') || !isOther) return undefined;
          return vendor.habits.problem(errorAnswer(403, '50', 'Access denied', 'Not your order'), {}, vendor);
        },
      };
    },
  }),
  faulty({
    name: 'same-token-for-a-minute',
    deviation: 'Gives the same token for a minute, though it counts for five seconds.',
    clause: tokens,
    breaks: 'token-expiry',
    differs: ['timing'],
    claims: shortTokens,
    habits: () => {
      let given: { readonly response: HttpResponse; readonly at: number } | undefined;
      return {
        elsewhere: (request, vendor) => {
          const usual = conformantHabits.elsewhere(request, vendor);
          const now = vendor.kernel.now();
          if (usual?.status !== 200) return usual;
          if (given === undefined || now - given.at >= 60_000) given = { response: usual, at: now };
          return given.response;
        },
      };
    },
  }),

  faulty({
    name: 'accepted-without-location',
    deviation: 'Answers a create with 202 and the order, but without Location.',
    clause: monitors,
    breaks: 'accepted-has-monitor',
    habits: {
      createAnswer: (order, vendor) => ({
        ...withoutHeader(conformantHabits.createAnswer(order, vendor), 'location'),
        status: 202,
      }),
    },
  }),
  faulty({
    name: 'monitor-nowhere',
    deviation: 'Answers a create with 202 and the Location of a monitor that is not there.',
    clause: monitors,
    breaks: 'accepted-has-monitor',
    habits: { createAnswer: acceptedWithMonitor },
  }),
  faulty({
    name: 'monitor-gone-once-begun',
    deviation: 'Answers a create with 202 and the Location of a monitor, which is gone as soon as the order is begun.',
    clause: monitors,
    breaks: 'accepted-has-monitor',
    differs: ['late'],
    habits: {
      createAnswer: acceptedWithMonitor,
      elsewhere: ({ method, path }, vendor) => {
        const order = [...vendor.orders.values()].find(({ id }) => path === pathOfMonitor(id, vendor));
        const isWaiting = method === 'GET' && order?.document.state === 'acknowledged';
        return isWaiting ? jsonResponse(200, monitorOf(order, vendor)) : undefined;
      },
    },
  }),

  faulty({
    name: 'orders-only-in-memory',
    deviation: 'Has lost its orders after a restart.',
    clause: restarts,
    breaks: 'survives-restart',
    habits: { restarted: ({ orders }) => orders.clear() },
  }),
  faulty({
    name: 'subscriptions-only-in-memory',
    deviation: 'Has lost its subscriptions after a restart.',
    clause: restarts,
    breaks: 'survives-restart',
    habits: { restarted: ({ subscriptions }) => subscriptions.clear() },
  }),
  faulty({
    name: 'orders-stand-still',
    deviation: 'Does not go on after a restart with the orders that it has.',
    clause: restarts,
    breaks: 'survives-restart',
    habits: {
      restarted: (vendor) => {
        for (const id of vendor.orders.keys()) vendor.kernel.cancel(lifeItemId(vendor, id));
      },
    },
  }),
  faulty({
    name: 'begun-orders-begin-again',
    deviation: 'Has every order that was begun as acknowledged after a restart, and begins it again.',
    clause: restarts,
    breaks: 'survives-restart',
    differs: ['late'],
    habits: {
      restarted: (vendor) => {
        for (const order of vendor.orders.values()) {
          const { document } = order;
          const { state, startDate, serviceOrderItem } = document;
          if (startDate === undefined || wasFulfilled(document) || isBeingCancelled(state)) continue;
          const items = serviceOrderItem.map(acknowledgedItem);
          const again = { ...lacking(document, 'startDate'), state: 'acknowledged', serviceOrderItem: items };
          order.document = again as OrderDocument; // as it was when it was new
          liveOn(order, vendor);
        }
      },
    },
  }),

  faulty({
    name: 'declared-patch-not-there',
    deviation: 'Declares that orders can be patched, and answers 405 to a patch.',
    clause: declared,
    breaks: 'declared-is-offered',
    habits: { offers: (operation) => operation !== 'patchServiceOrder' },
  }),
  faulty({
    name: 'declared-sort-not-there',
    deviation: 'Declares that lists can be sorted, and answers 501 to sort.',
    clause: declared,
    breaks: 'declared-is-offered',
    habits: {
      instead: ({ operation, request: { query } }, vendor) =>
        operation === 'listServiceOrder' && query.sort !== undefined ? notImplemented(vendor) : undefined,
    },
  }),
  faulty({
    name: 'begun-orders-not-cancellable',
    deviation: 'Declares that orders can be cancelled, and answers 501 when the order has been begun.',
    clause: declared,
    breaks: 'declared-is-offered',
    differs: ['late'],
    habits: {
      instead: ({ operation, request: { body } }, vendor) => {
        const { serviceOrder } = Object(body?.json);
        const order = vendor.orders.get(Object(serviceOrder).id);
        const isBegun = order?.document.startDate !== undefined && !wasFulfilled(order.document);
        return operation === 'createCancelServiceOrder' && isBegun ? notImplemented(vendor) : undefined;
      },
    },
  }),
  faulty({
    name: 'declared-specification-not-there',
    deviation: 'Declares a service specification, and answers 404 to an order of it.',
    clause: declared,
    breaks: 'declared-is-offered',
    habits: {
      refusalOfCreate: (body, vendor) => {
        const isOfIt = itemsAsked(body).some(
          ({ service }) => Object(Object(service).serviceSpecification).id === specifications.held,
        );
        const error = errorAnswer(404, '60', 'Resource not found', 'There is no such service specification');
        return conformantHabits.refusalOfCreate(body, vendor) ?? (isOfIt ? error : undefined);
      },
    },
  }),
];

/** Wants no credentials of some. */
function lettingIn(
  isWelcome: (request: ReceivedRequest, vendor: Vendor) => boolean,
): Pick<Habits, 'refusalOfCredentials'> {
  return {
    refusalOfCredentials: (request, vendor) =>
      isWelcome(request, vendor) ? undefined : conformantHabits.refusalOfCredentials(request, vendor),
  };
}

function acceptedWithMonitor(order: Order, vendor: Vendor): HttpResponse {
  const monitor = monitorOf(order, vendor);
  return jsonResponse(202, monitor, { location: monitor.href });
}

function monitorOf({ id, document }: Order, vendor: Vendor) {
  const href = `${vendor.world.publicUrl}${pathOfMonitor(id, vendor)}`;
  return { id, href, state: 'InProgress', sourceHref: document.href };
}

function pathOfMonitor(id: string, { habits }: Vendor): string {
  return `${habits.basePath}/monitor/${id}`;
}

function notImplemented(vendor: Vendor): HttpResponse {
  return vendor.habits.problem(errorAnswer(501, '1', 'Not implemented', 'This is not there yet'), {}, vendor);
}

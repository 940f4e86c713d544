/** Faulty vendors that take operations wrongly: on what is not there, by other methods, with other media, after a delete. */
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../../../exchange/message.ts';
import { errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Twin } from '../../twin.ts';
import { conformantHabits, usualBasePath } from '../../vendor/defaults/conformant.ts';
import type { Order } from '../../vendor/words.ts';
import { answering, behindGateway, faulty, liveOn, wasFulfilled, withoutHeader } from '../means.ts';

const unknown = 'TMF630 part 1, 404';
const methods = 'RFC 9110, section 15.5.6';
const media = 'TMF630 part 1, 415';
const deletion = 'TMF641 v4.1 DELETE /serviceOrder/{id}';

export const operationTwins: readonly Twin[] = [
  faulty({
    name: 'unknown-order-is-empty',
    deviation: 'Answers a GET of an order that does not exist with 200 and an empty object.',
    clause: unknown,
    breaks: 'unknown-id',
    habits: answering((response, { operation }) =>
      operation === 'retrieveServiceOrder' && response.status === 404 ? jsonResponse(200, {}) : response,
    ),
  }),
  faulty({
    name: 'unknown-order-patched',
    deviation: 'Answers a patch of an order that does not exist with 200, as if it had been applied.',
    clause: unknown,
    breaks: 'unknown-id',
    habits: {
      instead: ({ operation, id, request }, vendor) =>
        operation === 'patchServiceOrder' && !vendor.orders.has(id)
          ? jsonResponse(200, {
              ...Object(request.body?.json),
              id,
              href: vendor.habits.hrefOf('serviceOrder', id, vendor),
            })
          : undefined,
    },
  }),
  faulty({
    name: 'unknown-subscription-deleted',
    deviation: 'Answers 204 to the DELETE of a subscription that does not exist.',
    clause: unknown,
    breaks: 'unknown-id',
    habits: answering((response, { operation }) =>
      operation === 'unregisterListener' && response.status === 404 ? { status: 204, headers: {} } : response,
    ),
  }),
  faulty({
    name: 'unknown-task-crashes',
    deviation: 'Answers 500 to a GET of a cancel task that does not exist.',
    clause: unknown,
    breaks: 'unknown-id',
    habits: answering((response, { operation }, vendor) =>
      operation === 'retrieveCancelServiceOrder' && response.status === 404
        ? vendor.habits.problem(errorAnswer(500, '1', 'Internal error', 'NullPointerException'), {}, vendor)
        : response,
    ),
  }),
  faulty({
    name: 'foreign-id-is-invalid',
    deviation: 'Answers 400, not 404, to an id that is none of its own kind.',
    clause: unknown,
    breaks: 'unknown-id',
    habits: {
      instead: ({ id }, vendor) =>
        id === '' || /^[0-9a-f]{16}$/.test(id)
          ? undefined
          : vendor.habits.problem(errorAnswer(400, '28', 'Invalid id', 'An id has 16 digits'), {}, vendor),
    },
  }),

  behindGateway(
    faulty({
      name: 'put-is-patch',
      deviation: 'Takes a PUT of an order for a patch.',
      clause: methods,
      breaks: 'method-not-allowed',
      habits: {},
    }),
    (pass) => (request) => {
      const isPut = request.method === 'PUT' && isOrderPath(request);
      return pass(isPut ? { ...request, method: 'PATCH' } : request);
    },
  ),
  faulty({
    name: 'allow-not-said',
    deviation: 'Answers 405 without Allow.',
    clause: methods,
    breaks: 'method-not-allowed',
    habits: answering((response) => (response.status === 405 ? withoutHeader(response, 'allow') : response)),
  }),
  faulty({
    name: 'other-methods-not-found',
    deviation: 'Answers 404 to a method that a path does not have.',
    clause: methods,
    breaks: 'method-not-allowed',
    habits: answering((response, _asked, vendor) =>
      response.status === 405
        ? vendor.habits.problem(errorAnswer(404, '60', 'Resource not found', 'There is no such route'), {}, vendor)
        : response,
    ),
  }),
  faulty({
    name: 'collection-deleted',
    deviation: 'Answers a DELETE of the collection with 204, and does nothing.',
    clause: methods,
    breaks: 'method-not-allowed',
    habits: {
      elsewhere: (request, vendor) =>
        request.method === 'DELETE' && request.path === `${vendor.habits.basePath}/serviceOrder`
          ? { status: 204, headers: {} }
          : conformantHabits.elsewhere(request, vendor),
    },
  }),

  behindGateway(
    faulty({
      name: 'media-type-not-looked-at',
      deviation: 'Takes JSON whatever media type it is sent as.',
      clause: media,
      breaks: 'unsupported-media-type',
      habits: {},
    }),
    (pass) => (request) => pass(asJson(request)),
  ),
  faulty({
    name: 'other-media-crash',
    deviation: 'Answers 500 to a body whose media type is not one of JSON.',
    clause: media,
    breaks: 'unsupported-media-type',
    habits: answering((response, _asked, vendor) =>
      response.status === 415
        ? vendor.habits.problem(errorAnswer(500, '1', 'Internal error', 'No converter'), {}, vendor)
        : response,
    ),
  }),
  behindGateway(
    faulty({
      name: 'refused-medium-taken',
      deviation: 'Refuses JSON that is sent as another medium with 415, after having done what it asks for.',
      clause: media,
      breaks: 'unsupported-media-type',
      habits: {},
    }),
    (pass) => async (request) => {
      const answer = await pass(request);
      if (answer.kind === 'reply' && answer.response.status === 415) await pass(asJson(request));
      return answer;
    },
  ),

  faulty({
    name: 'deleted-still-listed',
    deviation: 'Lists orders that were deleted, though none of them can be had by its id.',
    clause: deletion,
    breaks: 'deleted-is-gone',
    habits: () => {
      const deleted: Order[] = [];
      return {
        remove: (order, vendor) => {
          deleted.push(order);
          conformantHabits.remove(order, vendor);
        },
        listed: (orders) => [...orders, ...deleted],
      };
    },
  }),
  faulty({
    name: 'deleted-still-in-cache',
    deviation: 'Shows a deleted order for three more seconds to who asks for it by its id.',
    clause: deletion,
    breaks: 'deleted-is-gone',
    differs: ['timing'],
    habits: () => {
      const deleted = new Map<string, { readonly order: Order; readonly at: number }>();
      return {
        remove: (order, vendor) => {
          deleted.set(order.id, { order, at: vendor.kernel.now() });
          conformantHabits.remove(order, vendor);
        },
        instead: ({ operation, id }, vendor): HttpResponse | undefined => {
          const cached = operation === 'retrieveServiceOrder' ? deleted.get(id) : undefined;
          if (cached === undefined || vendor.kernel.now() - cached.at >= 3_000) return undefined;
          return jsonResponse(200, vendor.habits.shown(cached.order.document, vendor));
        },
      };
    },
  }),
  faulty({
    name: 'deleted-lives-on',
    deviation: 'Hides a deleted order, but goes on to fulfil it, and tells of that.',
    clause: deletion,
    breaks: 'deleted-is-gone',
    habits: () => {
      const hidden = new Set<string>();
      return {
        remove: (order, vendor) => {
          hidden.add(order.id);
          conformantHabits.remove(order, vendor);
          vendor.orders.set(order.id, order);
          liveOn(order, vendor);
        },
        listed: (orders) => orders.filter(({ id }) => !hidden.has(id)),
        instead: ({ id }, vendor) => (hidden.has(id) ? vendor.habits.problem(noSuchOrder, {}, vendor) : undefined),
        refusalOfCancel: (body, vendor) => {
          const { serviceOrder } = Object(body);
          return hidden.has(Object(serviceOrder).id) ? noSuchOrder : conformantHabits.refusalOfCancel(body, vendor);
        },
      };
    },
  }),
  faulty({
    name: 'deleted-announced-again',
    deviation: 'Tells of a change of an order that had ended a second after it told that this was deleted.',
    clause: deletion,
    breaks: 'deleted-is-gone',
    differs: ['late'],
    habits: {
      announcements: (change, vendor) => {
        const usual = conformantHabits.announcements(change, vendor);
        if (change.of !== 'serviceOrder' || change.because !== 'delete' || !wasFulfilled(change.after)) return usual;
        return [...usual, { eventType: changeEvent, change, fieldPath: 'category' }];
      },
      deliverAfterMs: (delivery, vendor) => {
        const isGone = delivery.event.eventType === changeEvent && !vendor.orders.has(delivery.orderId);
        return isGone ? 1_000 : conformantHabits.deliverAfterMs(delivery, vendor);
      },
    },
  }),
];

const changeEvent = 'ServiceOrderAttributeValueChangeEvent';

const noSuchOrder = errorAnswer(404, '60', 'Resource not found', 'There is no such service order');

function isOrderPath({ path }: ReceivedRequest): boolean {
  return path.startsWith(`${usualBasePath}/serviceOrder/`);
}

/** As if its body had been sent as JSON. */
function asJson(request: ReceivedRequest): ReceivedRequest {
  return request.body === undefined
    ? request
    : { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
}

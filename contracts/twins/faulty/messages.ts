/** Faulty vendors whose single messages are wrong: statuses, bodies, media types, attributes that are missing, errors. */
import { type HttpResponse, jsonResponse } from '../../../exchange/message.ts';
import { errorAnswer } from '../../schemas/tmf-error.ts';
import type { Twin } from '../twin.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import type { Habits } from '../vendor/habits.ts';
import type { Item } from '../vendor/words.ts';
import { answering, endedOrder, everyItem, faulty, lacking, wasFulfilled, withBody, withoutHeader } from './means.ts';

const statuses = 'TMF641 v4.1 operations, declared statuses';
const schema = 'TMF641 v4.1 resource model';
const mandatory = 'TMF641 v4.1 mandatory attributes of a response';
const errors = 'TMF630 part 1, Error';
const mediaTypes = 'TMF630 part 1, Content-Type';

/** How long a cache in front takes an answer for good. */
const cacheMs = 1_000;

export const messageTwins: readonly Twin[] = [
  faulty({
    name: 'created-as-200',
    deviation: 'Answers a create with 200 in place of 201.',
    clause: 'TMF641 v4.1 POST /serviceOrder',
    breaks: 'status-documented',
    habits: {
      createAnswer: ({ document }, vendor) => jsonResponse(200, vendor.habits.shown(document, vendor)),
    },
  }),
  faulty({
    name: 'empty-list-as-204',
    deviation: 'Answers a list of nothing with 204 in place of an empty list.',
    clause: statuses,
    breaks: 'status-documented',
    habits: answering((response, { operation = '' }) => {
      const isEmpty = operation.startsWith('list') && response.body?.text === '[]';
      return isEmpty ? { status: 204, headers: withoutHeader(response, 'content-type').headers } : response;
    }),
  }),
  faulty({
    name: 'not-modified-unasked',
    deviation: 'Answers 304 to who asks for an order again within a second, though no condition was sent.',
    clause: 'RFC 9110, section 15.4.5',
    breaks: 'status-documented',
    habits: () => answeringAgain(() => ({ status: 304, headers: {} })),
  }),
  faulty({
    name: 'ended-is-locked',
    deviation: 'Refuses a patch of an order that has ended with 423 Locked.',
    clause: statuses,
    breaks: 'status-documented',
    differs: ['late'],
    habits: {
      refusalOfPatch: (document, patch, vendor) => {
        const refusal = conformantHabits.refusalOfPatch(document, patch, vendor);
        const isLocked = refusal?.status === 409 && wasFulfilled(document);
        return isLocked ? errorAnswer(423, '62', 'Locked', `Service order ${document.id} is locked`) : refusal;
      },
    },
  }),

  faulty({
    name: 'single-match-unwrapped',
    deviation: 'Answers a list of one order with the order itself, not in a list.',
    clause: schema,
    breaks: 'response-schema',
    habits: answering((response, { operation = '' }) => {
      const body = response.body?.json;
      return operation.startsWith('list') && Array.isArray(body) && body.length === 1
        ? withBody(response, body[0])
        : response;
    }),
  }),
  faulty({
    name: 'dates-null-until-set',
    deviation: 'Shows dates that are not set yet as null.',
    clause: schema,
    breaks: 'response-schema',
    habits: { shown: (document) => ({ startDate: null, completionDate: null, cancellationDate: null, ...document }) },
  }),
  faulty({
    name: 'one-error-of-failed-order',
    deviation: 'Shows the errorMessage of an order that failed as one object with a numeric code, not as a list.',
    clause: `${schema}, ServiceOrderErrorMessage`,
    breaks: 'response-schema',
    differs: ['late'],
    habits: {
      shown: (document) => {
        const [first] = document.errorMessage ?? [];
        if (first === undefined || !wasFulfilled(document)) return document;
        return { ...document, errorMessage: { ...first, code: Number(first.code) } };
      },
    },
  }),
  faulty({
    name: 'item-states-of-the-engine',
    deviation:
      'Once an order is begun, shows the states of its items in the words of its engine: IN_PROGRESS, COMPLETED.',
    clause: `${schema}, ServiceOrderItemStateType`,
    breaks: 'response-schema',
    differs: ['late'],
    habits: {
      shown: (document) => {
        if (document.startDate === undefined) return document;
        const inCapitals = (item: Item) => ({ ...item, state: capitalsOf(item.state) }) as Item; // it is the fault
        return { ...document, serviceOrderItem: everyItem(document.serviceOrderItem, inCapitals) };
      },
    },
  }),

  faulty({
    name: 'errors-as-problem-json',
    deviation: 'Sends errors as application/problem+json.',
    clause: mediaTypes,
    breaks: 'media-type',
    habits: answering((response) => (response.status < 400 ? response : typed(response, 'application/problem+json'))),
  }),
  faulty({
    name: 'cached-answers-as-text',
    deviation: 'Sends an order as text/plain when it is asked for again within a second, from a cache.',
    clause: mediaTypes,
    breaks: 'media-type',
    habits: () => answeringAgain((response) => typed(response, 'text/plain')),
  }),
  faulty({
    name: 'archived-orders-as-bytes',
    deviation: 'Sends an order that has ended as application/octet-stream, as its archive keeps it.',
    clause: mediaTypes,
    breaks: 'media-type',
    differs: ['late'],
    habits: answering((response, asked, vendor) =>
      asked.operation === 'retrieveServiceOrder' && endedOrder(asked, vendor) !== undefined
        ? typed(response, 'application/octet-stream')
        : response,
    ),
  }),

  faulty({
    name: 'lists-without-items',
    deviation: 'Lists orders without their items.',
    clause: mandatory,
    breaks: 'mandatory-attributes',
    habits: answering((response, { operation, request }) => {
      const body = response.body?.json;
      if (operation !== 'listServiceOrder' || request.query.fields !== undefined || !Array.isArray(body)) {
        return response;
      }
      return withBody(
        response,
        body.map((order: object) => lacking(order, 'serviceOrderItem')),
      );
    }),
  }),
  faulty({
    name: 'nested-items-without-state',
    deviation: 'Shows no states of the items that an item holds.',
    clause: mandatory,
    breaks: 'mandatory-attributes',
    habits: {
      shown: (document) => ({
        ...document,
        serviceOrderItem: document.serviceOrderItem.map((item) => {
          if (item.serviceOrderItem === undefined) return item;
          const stateless = (own: Item) => lacking(own, 'state') as Item; // it is the fault
          return { ...item, serviceOrderItem: everyItem(item.serviceOrderItem, stateless) };
        }),
      }),
    },
  }),
  faulty({
    name: 'ended-orders-without-href',
    deviation: 'Shows an order that has ended without its href.',
    clause: mandatory,
    breaks: 'mandatory-attributes',
    differs: ['late'],
    habits: { shown: (document) => (wasFulfilled(document) ? lacking(document, 'href') : document) },
  }),

  faulty({
    name: 'errors-of-the-framework',
    deviation: 'Answers unknown paths, wrong methods and broken JSON with the error body of its web framework.',
    clause: errors,
    breaks: 'error-body',
    habits: answering((response, { operation, request }, { kernel }) => {
      if (operation !== undefined || response.status < 400) return response;
      const { status } = response;
      return withBody(response, { timestamp: kernel.now(), status, error: 'Bad request', path: request.path });
    }),
  }),
  faulty({
    name: 'ended-conflict-without-body',
    deviation: 'Refuses a patch of an order that has ended with 409 and no body.',
    clause: errors,
    breaks: 'error-body',
    differs: ['late'],
    habits: answering((response, asked, vendor) =>
      asked.operation === 'patchServiceOrder' && response.status === 409 && endedOrder(asked, vendor) !== undefined
        ? { status: 409, headers: {} }
        : response,
    ),
  }),
  faulty({
    name: 'errors-with-status-of-backend',
    deviation: 'Says status 500 in the body of a conflict that is answered 409, as the system behind it did.',
    clause: errors,
    breaks: 'error-body',
    habits: {
      problem: ({ status, body }, headers, vendor) =>
        conformantHabits.problem({ status, body: status === 409 ? { ...body, status: '500' } : body }, headers, vendor),
    },
  }),
  faulty({
    name: 'invalid-body-as-list-of-errors',
    deviation: 'Answers an invalid body with a list of errors in place of one Error.',
    clause: errors,
    breaks: 'error-body',
    habits: answering((response, { operation }) =>
      operation !== undefined && response.status === 400 ? withBody(response, [response.body?.json]) : response,
    ),
  }),
];

/** The answer to who asks for the same order again, unchanged since, within the time that a cache keeps it. */
function answeringAgain(change: (response: HttpResponse) => HttpResponse): Pick<Habits, 'answered'> {
  const given = new Map<string, { readonly text: string; readonly at: number }>();
  return answering((response, { operation, id }, { kernel }) => {
    const text = response.body?.text ?? '';
    if (operation !== 'retrieveServiceOrder' || response.status !== 200) return response;
    const last = given.get(id);
    if (last !== undefined && last.text === text && kernel.now() - last.at < cacheMs) return change(response);
    given.set(id, { text, at: kernel.now() });
    return response;
  });
}

function typed(response: HttpResponse, mediaType: string): HttpResponse {
  return { ...response, headers: { ...response.headers, 'content-type': mediaType } };
}

/** `inProgress` is IN_PROGRESS. */
function capitalsOf(state: string): string {
  return state.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

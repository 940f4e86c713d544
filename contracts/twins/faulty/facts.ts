/** Faulty vendors whose orders say what is not so: dates, reasons, and where a resource is. */
import type { Twin } from '../twin.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import type { Habits, Vendor } from '../vendor/habits.ts';
import type { OrderDocument } from '../vendor/words.ts';
import { everyItem, faulty, lacking, wasFulfilled } from './means.ts';

const dates = 'TMF641 v4.1 date-time attributes, RFC 3339';
const meaning = 'TMF641 v4.1 ServiceOrder, descriptions of orderDate, startDate and completionDate';
const facts = 'TMF641 v4.1 ServiceOrder, descriptions of cancellationDate, startDate and errorMessage';
const addresses = 'TMF630 part 1, href';
const locations = 'TMF630 part 1, Location';

const hourMs = 3_600_000;

export const factTwins: readonly Twin[] = [
  faulty({
    name: 'completion-without-zone',
    deviation: 'Writes completionDate without a zone.',
    clause: dates,
    breaks: 'dates-well-formed',
    differs: ['late'],
    habits: stampedOtherwise(({ completionDate, ...rest }) => ({
      ...rest,
      ...(completionDate === undefined ? {} : { completionDate: completionDate.replace(/Z$/, '') }),
    })),
  }),
  faulty({
    name: 'event-time-in-words',
    deviation: 'Writes eventTime as mail headers do: Mon, 05 Jan 2026 08:00:00 GMT.',
    clause: dates,
    breaks: 'dates-well-formed',
    habits: {
      eventOf: (announcement, vendor) => ({
        ...conformantHabits.eventOf(announcement, vendor),
        eventTime: new Date(vendor.kernel.now()).toUTCString(),
      }),
    },
  }),

  faulty({
    name: 'completion-in-local-time',
    deviation: 'Writes the local time of its zone, two hours ahead, into completionDate as if it were UTC.',
    clause: meaning,
    breaks: 'dates-in-order',
    differs: ['late'],
    habits: stampedOtherwise((after, before, { habits, kernel }) =>
      after.completionDate === undefined || after.state === before.state
        ? after
        : { ...after, completionDate: habits.dateText(kernel.now() + 2 * hourMs) },
    ),
  }),
  faulty({
    name: 'order-date-of-last-change',
    deviation: 'Sets orderDate anew whenever an order that was begun changes its state.',
    clause: meaning,
    breaks: 'dates-in-order',
    differs: ['late'],
    habits: stampedOtherwise((after, before, { habits, kernel }) =>
      after.state === before.state || before.startDate === undefined
        ? after
        : { ...after, orderDate: habits.dateText(kernel.now()) },
    ),
  }),
  faulty({
    name: 'start-date-as-wished',
    deviation: 'Takes the startDate of an order from its requestedStartDate, when that was given.',
    clause: meaning,
    breaks: 'dates-in-order',
    differs: ['late'],
    habits: stampedOtherwise((after, before) =>
      before.startDate === undefined && after.startDate !== undefined && after.requestedStartDate !== undefined
        ? { ...after, startDate: after.requestedStartDate }
        : after,
    ),
  }),
  faulty({
    name: 'start-date-of-resumption',
    deviation: 'Sets startDate anew when an order goes on after it was held, pending, or not cancelled.',
    clause: meaning,
    breaks: 'dates-in-order',
    differs: ['late'],
    habits: stampedOtherwise((after, before, { habits, kernel }) =>
      after.state === 'inProgress' && before.state !== 'inProgress'
        ? { ...after, startDate: habits.dateText(kernel.now()) }
        : after,
    ),
  }),

  faulty({
    name: 'cancelled-by-task-without-date',
    deviation: 'Sets no cancellationDate on an order that a cancel task cancelled.',
    clause: facts,
    breaks: 'state-facts',
    habits: stampedOtherwise((after, before) =>
      before.state === 'pendingCancellation' ? without(after, 'cancellationDate') : after,
    ),
  }),
  faulty({
    name: 'failed-without-reason',
    deviation: 'Says nowhere why an order failed.',
    clause: facts,
    breaks: 'state-facts',
    differs: ['late'],
    habits: {
      shown: (document) => {
        if (document.state !== 'failed' && document.state !== 'partial') return document;
        const items = everyItem(document.serviceOrderItem, ({ errorMessage: _errorMessage, ...item }) => item);
        return { ...lacking(document, 'errorMessage'), serviceOrderItem: items };
      },
    },
  }),
  faulty({
    name: 'second-start-undated',
    deviation: 'Sets no startDate on an order that is begun within 50 ms of another one.',
    clause: facts,
    breaks: 'state-facts',
    differs: ['concurrency', 'late'],
    habits: () => {
      let lastAt = Number.NEGATIVE_INFINITY;
      const undated = new Set<string>();
      return stampedOtherwise((after, before, { kernel }) => {
        if (before.startDate === undefined && after.startDate !== undefined && !undated.has(after.id)) {
          if (kernel.now() - lastAt < 50) undated.add(after.id);
          lastAt = kernel.now();
        }
        return undated.has(after.id) ? without(after, 'startDate') : after;
      });
    },
  }),

  faulty({
    name: 'href-of-backend',
    deviation: 'Gives every resource the href that it has behind the gateway, where nobody outside can reach it.',
    clause: addresses,
    breaks: 'href-resolves',
    habits: {
      hrefOf: (collection, id, { habits }) =>
        `http://som-core.internal:8080${habits.basePath}/${collection}/${encodeURIComponent(id)}`,
      locationOf: conformantHabits.hrefOf,
    },
  }),
  faulty({
    name: 'href-of-task-below-orders',
    deviation: 'Gives a cancel task an href below serviceOrder, where it is not.',
    clause: addresses,
    breaks: 'href-resolves',
    habits: {
      hrefOf: (collection, id, vendor) =>
        conformantHabits.hrefOf(collection === 'cancelServiceOrder' ? 'serviceOrder' : collection, id, vendor),
      locationOf: conformantHabits.hrefOf,
    },
  }),
  faulty({
    name: 'href-of-archive',
    deviation: 'Gives an order that has ended an href in an archive, where nothing is served.',
    clause: addresses,
    breaks: 'href-resolves',
    differs: ['late'],
    habits: {
      shown: (document) =>
        wasFulfilled(document)
          ? { ...document, href: document.href.replace('/serviceOrder/', '/serviceOrderArchive/') }
          : document,
    },
  }),

  faulty({
    name: 'no-location-of-orders',
    deviation: 'Answers a create without Location.',
    clause: locations,
    breaks: 'location-header',
    habits: {
      locationOf: (collection, id, vendor) =>
        collection === 'serviceOrder' ? undefined : conformantHabits.locationOf(collection, id, vendor),
    },
  }),
  faulty({
    name: 'location-of-collection',
    deviation: 'Says where the collection is in Location, not where the new order is.',
    clause: locations,
    breaks: 'location-header',
    habits: {
      locationOf: (collection, id, vendor) =>
        collection === 'serviceOrder'
          ? `${vendor.baseUrl}/serviceOrder`
          : conformantHabits.locationOf(collection, id, vendor),
    },
  }),
  faulty({
    name: 'location-of-the-other',
    deviation: 'Says in Location where the first of two orders is when both are created at once.',
    clause: locations,
    breaks: 'location-header',
    differs: ['concurrency'],
    habits: () => {
      let first = { id: '', at: Number.NEGATIVE_INFINITY };
      return {
        locationOf: (collection, id, vendor) => {
          const at = vendor.kernel.now();
          if (collection !== 'serviceOrder') return conformantHabits.locationOf(collection, id, vendor);
          if (at - first.at >= vendor.habits.pace.answer) first = { id, at };
          return conformantHabits.locationOf(collection, first.id, vendor);
        },
      };
    },
  }),
];

/** Dates and reasons of an order after a change, and what is made of them. */
function stampedOtherwise(
  change: (after: OrderDocument, before: OrderDocument, vendor: Vendor) => OrderDocument,
): Pick<Habits, 'stamped'> {
  return {
    stamped: (before, after, reason, vendor) =>
      change(conformantHabits.stamped(before, after, reason, vendor), before, vendor),
  };
}

function without(document: OrderDocument, name: 'cancellationDate' | 'startDate'): OrderDocument {
  const { [name]: _date, ...rest } = document;
  return rest as OrderDocument; // neither date is one that an order must have
}

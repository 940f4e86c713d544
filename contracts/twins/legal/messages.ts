/** Unusual but legal vendors whose messages look otherwise. */

import { type HttpResponse, jsonBody } from '../../../exchange/message.ts';
import { publishedApis } from '../../schemas/documents.ts';
import { textOfInstant } from '../../schemas/text.ts';
import type { Twin } from '../twin.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { twinOf } from '../vendor/twin-of.ts';
import type { Item, OrderDocument } from '../vendor/words.ts';

const messages = 'TMF641 v4.1 resource model (no definition is closed)';
const tmf630 = 'TMF630 part 1';

const extraAttributes = twinOf({
  name: 'extra-attributes',
  kind: 'legal',
  deviation: 'Adds attributes of its own to every object that it sends.',
  clause: messages,
  habits: {
    shown: extended,
    shownTask: extended,
    shownSubscription: (subscription, vendor) => extended(conformantHabits.shownSubscription(subscription, vendor)),
    eventOf: (announcement, vendor) => ({ ...conformantHabits.eventOf(announcement, vendor), vendorSequence: 7 }),
    problem: (error, headers, vendor) =>
      withBody(conformantHabits.problem(error, headers, vendor), extended(error.body)),
  },
});

const plainJson = twinOf({
  name: 'json-without-charset',
  kind: 'legal',
  deviation: 'Says application/json without a charset.',
  clause: 'RFC 8259, section 11',
  habits: {
    answered: (asked, response, vendor) =>
      conformantHabits.answered(asked, typed(response, 'application/json'), vendor),
  },
});

const upperCaseCharset = twinOf({
  name: 'json-with-charset',
  kind: 'legal',
  deviation: 'Says application/json; charset=UTF-8, with a space and in capitals.',
  clause: 'RFC 9110, section 8.3.1',
  habits: {
    answered: (asked, response, vendor) =>
      conformantHabits.answered(asked, typed(response, 'application/json; charset=UTF-8'), vendor),
  },
});

const urnIds = twinOf({
  name: 'urn-ids',
  kind: 'legal',
  deviation: 'Has URNs for ids, percent-encoded where they stand in an href.',
  clause: tmf630,
  habits: { newId: (kind, vendor) => `urn:${kind === 'order' ? 'so' : kind}:${conformantHabits.newId(kind, vendor)}` },
});

const numericCodes = twinOf({
  name: 'numeric-error-codes',
  kind: 'legal',
  deviation: 'Has codes of its own for errors, of six digits.',
  clause: 'TMF630 part 1, Error.code is an application code',
  habits: {
    problem: ({ status, body }, headers, vendor) =>
      conformantHabits.problem(
        { status, body: { ...body, code: `${status}${body.code.padStart(3, '0')}` } },
        headers,
        vendor,
      ),
  },
});

const minimalErrors = twinOf({
  name: 'minimal-errors',
  kind: 'legal',
  deviation: 'Says only code and reason of an error.',
  clause: 'TMF641 v4.1 Error',
  habits: {
    problem: ({ status, body: { code, reason } }, headers, vendor) =>
      conformantHabits.problem({ status, body: { code: `ERR_${code}`, reason } }, headers, vendor),
  },
});

const otherDates = twinOf({
  name: 'dates-with-offset',
  kind: 'legal',
  deviation: 'Writes dates with an offset of two hours and with microseconds.',
  clause: 'RFC 3339',
  habits: { dateText: (at) => textOfInstant(at + 2 * 3_600_000).replace('Z', '000+02:00') },
});

/** CancelServiceOrder.href has the format uri, which wants a scheme: only orders can do this. */
const relativeHrefs = twinOf({
  name: 'relative-hrefs',
  kind: 'legal',
  deviation: 'Gives orders an href without scheme and host, and every Location too.',
  clause: 'TMF641 v4.1 ServiceOrder.href (a string); RFC 9110, section 10.2.2',
  habits: {
    shown: (document) => ({ ...document, href: pathOf(document.href) }),
    locationOf: (collection, id, vendor) => pathOf(vendor.habits.hrefOf(collection, id, vendor)),
  },
});

const emptyArrays = twinOf({
  name: 'empty-arrays',
  kind: 'legal',
  deviation: 'Shows an empty list where others leave the attribute out.',
  clause: messages,
  habits: {
    shown: (document) => ({ ...emptyLists, ...document, serviceOrderItem: document.serviceOrderItem.map(filledItem) }),
  },
});

const ignoresUnknown = twinOf({
  name: 'ignores-unknown-attributes',
  kind: 'legal',
  deviation: 'Takes orders with attributes and types that it does not know, and does not keep those.',
  clause: 'TMF630 part 1, polymorphism: an unknown @type is treated as its base type',
  habits: {
    newOrder: (body, id, vendor) => known(conformantHabits.newOrder(body, id, vendor)),
    patched: (document, patch, vendor) => conformantHabits.patched(document, only('ServiceOrder', patch), vendor),
  },
});

const ownBasePath = twinOf({
  name: 'own-base-path',
  kind: 'legal',
  deviation: 'Serves the API below a path prefix of its own.',
  clause: 'TMF630 part 1, URI structure',
  habits: { basePath: '/gateway/som/tmf-api/serviceOrdering/v4' },
});

export const legalMessageTwins: readonly Twin[] = [
  extraAttributes,
  plainJson,
  upperCaseCharset,
  urnIds,
  numericCodes,
  minimalErrors,
  otherDates,
  relativeHrefs,
  emptyArrays,
  ignoresUnknown,
  ownBasePath,
];

/** The value of a characteristic belongs to whoever ordered it. */
function extended(value: object): object {
  const withMore = (own: unknown): unknown => {
    if (Array.isArray(own)) return own.map(withMore);
    return typeof own === 'object' && own !== null ? extended(own) : own;
  };
  const entries = Object.entries(value).map(([name, own]) => [name, name === 'value' ? own : withMore(own)]);
  return { ...Object.fromEntries(entries), vendorRevision: 3, vendorHints: { origin: 'vendor', tags: [] } };
}

function withBody(response: HttpResponse, value: object): HttpResponse {
  return { ...response, body: jsonBody(value) };
}

function typed(response: HttpResponse, mediaType: string): HttpResponse {
  if (response.body === undefined) return response;
  return { ...response, headers: { ...response.headers, 'content-type': mediaType } };
}

function pathOf(href: string): string {
  return new URL(href).pathname;
}

const emptyLists = {
  errorMessage: [],
  externalReference: [],
  jeopardyAlert: [],
  milestone: [],
  note: [],
  orderRelationship: [],
  relatedParty: [],
};

function filledItem(item: Item): object {
  const own = (item.serviceOrderItem ?? []).map(filledItem);
  return { errorMessage: [], serviceOrderItemRelationship: [], ...item, serviceOrderItem: own };
}

function known(document: OrderDocument): OrderDocument {
  const knownItem = (item: Item): Item => {
    const own = item.serviceOrderItem === undefined ? {} : { serviceOrderItem: item.serviceOrderItem.map(knownItem) };
    return { ...(only('ServiceOrderItem', item) as Item), ...own }; // it has lost nothing that an item must have
  };
  const order = only('ServiceOrder', document) as OrderDocument; // the same for an order
  const isUsual = document['@type'] === 'ServiceOrder';
  const type = isUsual ? {} : { '@type': 'ServiceOrder', '@baseType': undefined, '@schemaLocation': undefined };
  return JSON.parse(JSON.stringify({ ...order, ...type, serviceOrderItem: document.serviceOrderItem.map(knownItem) }));
}

/** What the published definition names. */
function only(definition: string, value: object): object {
  const names = Object.keys(Object(publishedApis.TMF641.document.definitions[definition]?.properties));
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

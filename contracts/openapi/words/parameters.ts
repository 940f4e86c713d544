/** What parameters and headers mean, and what they may be. */
import type { JsonSchema } from '../../schemas/validator.ts';
import type { HeaderObject, ParameterObject } from '../model.ts';

type Words = { readonly description: string; readonly schema?: JsonSchema };

const wholeNumber = { type: 'integer', minimum: 0 } as const;

/** In a path, where a name alone says too little. */
export const pathWords: { readonly [name: string]: Words } = {
  id: { description: 'The id that it was given when it was made.' },
  serviceOrder: { description: 'The id of a service order among the domain orders of the order.' },
  fallout: { description: 'The id of a fallout of the order.' },
  task: { description: 'The id of a task of the order.' },
  api: { description: 'The name of an API, as its tag says it.' },
  event: { description: 'The kind of event.' },
};

/** In a query, of any API. */
export const queryWords: { readonly [name: string]: Words } = {
  fields: {
    description: 'The attributes to show, separated by commas; a.b is b of whatever is at a. The id always comes.',
  },
  offset: { description: 'How many to leave out at the beginning.', schema: { ...wholeNumber, default: 0 } },
  limit: { description: 'How many to show at most.', schema: wholeNumber },
  sort: {
    description: 'Attributes to sort by, separated by commas, the first one first; a minus before one turns it around.',
  },
  customer: { description: 'Of this customer: the id of the party.' },
  'place.id': { description: 'At this place.' },
  status: { description: 'In this status.' },
  kind: { description: 'Of this kind: product, service or resource; of domain orders, also work.' },
  specification: { description: 'Of this specification: its id in the catalogue.' },
  from: { description: 'Of orders that were captured then or later.', schema: { format: 'date-time' } },
  to: { description: 'Of orders that were captured before.', schema: { format: 'date-time' } },
  description: { description: 'With this description.' },
  qualificationResult: { description: 'With this result.' },
  state: { description: 'In this state.' },
};

/** TMF630: whatever else stands in a query is a filter. */
export const filterParameter: ParameterObject = {
  name: 'filter',
  in: 'query',
  description:
    'Any other parameter is a filter on the attribute that it names, such as state=completed or relatedParty.id=cust-1. Several values are separated by commas, and one of them has to be there; several filters have to hold together.',
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  style: 'form',
  explode: true,
};

export const rolesParameter: ParameterObject = {
  name: 'X-Southbound-Roles',
  in: 'header',
  description:
    'The roles of whoever asks, separated by commas. Without it, everything may be done where only the same machine can ask, and nothing where others can.',
  schema: { type: 'string' },
};

export const etagParameter: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of what is known already: if it is still the same, the answer is 304 without a body.',
  schema: { type: 'string' },
};

const text = { type: 'string' } as const;

export const headerWords = {
  location: { description: 'Where it is now.', required: true, schema: { type: 'string', format: 'uri-reference' } },
  totalCount: { description: 'How many match in all.', required: true, schema: wholeNumber },
  resultCount: { description: 'How many are shown.', required: true, schema: wholeNumber },
  contentRange: { description: 'Which ones are shown, counted from 0, such as "items 0-19".', schema: text },
  link: {
    description: 'Addresses of the first and the last page, and of those beside this one (RFC 8288).',
    schema: text,
  },
  etag: { description: 'Changes when the text does.', required: true, schema: text },
  allow: { description: 'The methods that are possible here.', required: true, schema: text },
} as const satisfies { readonly [header: string]: HeaderObject };

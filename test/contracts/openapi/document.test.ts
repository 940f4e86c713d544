/** The document by itself: that it is OpenAPI 3.1, that its schemas are schemas, and that nothing in it is shared between APIs. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiOf } from '../../../contracts/openapi/document.ts';
import type { OpenApi } from '../../../contracts/openapi/model.ts';
import { type ServedRoute, servedOperations } from '../../../contracts/openapi/served.ts';
import { publishedApis } from '../../../contracts/schemas/documents.ts';
import { documentCheck } from '../../support/openapi-check.ts';

/** An engine that would have everything that was ever published. */
const everything: readonly ServedRoute[] = Object.values(publishedApis).flatMap(
  ({ basePath, operations, listeners }) => [
    ...operations.map(({ method, path }) => ({ method, path: `${basePath}${path}` })),
    ...listeners.map(({ method, path }) => ({ method, path: `${basePath}${path}` })),
  ],
);
const told = { TMF622: ['ProductOrderCreateEvent'] };
const whole = openApiOf({ routes: everything, url: 'http://om.example', told });
const few = openApiOf({
  routes: [
    { method: 'GET', path: '/tmf-api/serviceOrdering/v4/serviceOrder/{id}' },
    { method: 'POST', path: '/tmf-api/serviceOrdering/v4/listener/{event}' },
    { method: 'POST', path: '/tmf-api/serviceOrdering/v4/listener' },
    { method: 'POST', path: '/tmf-api/productOrderingManagement/v4/hub' },
  ],
  url: 'http://om.example',
  told,
});

/** Every object in a JSON value that has a `$ref`, with the component that it stands in. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...here, ...Object.values(value).flatMap(referencesIn)];
}

describe.each<[string, OpenApi]>([
  ['all that was ever published', whole],
  ['a few routes', few],
])('the document of %s', (_what, document) => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(validator.version).toBe('3.1');
  });

  it('would not be, without what OpenAPI demands', async () => {
    const { info: _info, ...others } = document;
    const { valid } = await new Validator().validate(JSON.parse(JSON.stringify(others)));
    expect(valid).toBe(false);
  });

  it('refers to what is there', () => {
    const { schemas, responses } = document.components;
    const known = new Set([
      ...Object.keys(schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses).map((name) => `#/components/responses/${name}`),
    ]);
    expect(referencesIn(document).filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('asks for a token, or for nothing: whether tokens are on, it does not know', () => {
    expect(document.security).toEqual([{ token: [] }, {}]);
    expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
  });

  it('has schemas that a validator of 2020-12 takes', () => {
    const check = documentCheck(document);
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => check.compile(name), name).not.toThrow();
    }
  });

  it('shares no type between two APIs', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const api = name.slice(0, name.indexOf('_'));
      const strange = referencesIn(schema).filter((reference) => !reference.startsWith(`#/components/schemas/${api}_`));
      expect([name, strange]).toEqual([name, []]);
    }
  });

  it('has an id for each operation, and words for each type, parameter and answer', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId, summary, parameters = [] } of operations) {
      expect([operationId, summary.length > 3]).toEqual([operationId, true]);
      expect(parameters.filter(({ description }) => description.length < 5)).toEqual([]);
    }
  });
});

describe('the document of a few routes', () => {
  it('names only the types that they speak of', () => {
    const names = Object.keys(few.components.schemas);
    expect(names).toContain('TMF641_ServiceOrder');
    expect(names).not.toContain('TMF641_ServiceOrder_Create');
    expect(names).not.toContain('TMF622_ProductOrder_Create');
    expect(names.filter((name) => few.components.schemas[name]?.description === undefined)).toEqual([]);
  });

  it('says which events an address takes', () => {
    const { parameters = [], requestBody } = few.paths['/tmf-api/serviceOrdering/v4/listener/{event}']?.post ?? {};
    const [event] = parameters;
    expect(event?.schema.enum).toHaveLength(publishedApis.TMF641.listeners.length);
    expect(requestBody?.content['application/json']?.schema.anyOf).toHaveLength(publishedApis.TMF641.listeners.length);
    expect(few.paths['/tmf-api/serviceOrdering/v4/listener']?.post?.operationId).toBe('TMF641_hearAnyEvent');
  });

  it('says what subscribers are told', () => {
    const callbacks = few.paths['/tmf-api/productOrderingManagement/v4/hub']?.post?.callbacks ?? {};
    expect(Object.keys(callbacks)).toEqual(['ProductOrderCreateEvent']);
  });
});

describe('a route', () => {
  it('that no API has published is a bug', () => {
    expect(() => servedOperations([{ method: 'GET', path: '/nowhere' }])).toThrow('GET /nowhere');
    expect(() => servedOperations([{ method: 'PUT', path: '/southbound/v1/order/{id}' }])).toThrow('PUT');
  });

  it('is the same operation whatever its path calls what varies', () => {
    const [served] = servedOperations([{ method: 'GET', path: '/southbound/v1/order/{order}' }]);
    expect(served?.operationId).toBe('Southbound_lookIntoOrder');
  });
});

it('says what is wider than published, and who sets what', () => {
  const { TMF645_TaskStateType: state, TMF641_ServiceOrder: order } = whole.components.schemas;
  expect(state).toMatchObject({ enum: expect.arrayContaining(['accepted', 'acknowledged']) });
  expect(state?.description).toMatch(/Wider than published: .*acknowledged/);
  expect(order).toMatchObject({ properties: { id: { readOnly: true }, externalId: { type: 'string' } } });
});

/** Every example of the document is sent to an engine on a port, in the order of the walk, and answered as the document says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toldWalk } from '../../../../contracts/openapi/examples/told.ts';
import { walk } from '../../../../contracts/openapi/examples/walk.ts';
import type { OpenApi } from '../../../../contracts/openapi/model.ts';
import { type ExampleEngine, serveExampleEngine } from '../../../support/example-engine.ts';
import { documentCheck } from '../../../support/openapi-check.ts';
import { goThrough, operationsOf, type Step } from '../../../support/openapi-walk.ts';

/** Operations that nobody has an example of yet. Better is to write one: contracts/openapi/examples/. */
const withoutExample: readonly string[] = [];

let om: ExampleEngine;
let document: OpenApi;
let steps: readonly Step[];
let check: ReturnType<typeof documentCheck>;
/** Some hundred requests over sockets: seconds by itself, and ten times that beside others on a busy machine. */
const walkTimeoutMs = 120_000;
beforeAll(async () => {
  om = await serveExampleEngine();
  const response = await fetch(`${om.url}/southbound/v1/openapi.json`);
  document = (await response.json()) as OpenApi; // as the engine has it
  check = documentCheck(document);
  steps = await goThrough(walk, document, om.url);
}, walkTimeoutMs);
afterAll(() => om.close());

function stepOf(name: string): Step {
  const step = steps.find(({ example }) => example.name === name);
  if (step === undefined) throw new Error(`the walk has not come to ${name}`);
  return step;
}

describe.each(walk.map(({ name, summary }) => ({ name, summary })))('$name: $summary', ({ name }) => {
  it('has the status it says', () => {
    const { status, example, text } = stepOf(name);
    expect([status, status === example.status ? '' : text]).toEqual([example.status, '']);
    expect(JSON.stringify([example.path, example.query, example.body])).not.toContain('{{');
  });

  it('is a request as the document wants it, or is refused for what it is not', () => {
    const { operation, example } = stepOf(name);
    const wrong = check.request(operation, example.body);
    if (example.status < 400) expect(wrong).toEqual([]);
    const parameters = operation.parameters ?? [];
    const named = new Set(parameters.map((parameter) => parameter.name.toLowerCase()));
    const given = [
      ...Object.keys(example.path ?? {}),
      ...Object.keys(example.query ?? {}),
      ...Object.keys(example.headers ?? {}),
    ];
    const strange = given.filter((each) => !named.has(each.toLowerCase()));
    if (!named.has('filter')) expect(strange).toEqual([]);
  });

  it('has an answer as the document says', () => {
    const { operation, example, status, mediaType, json, headers } = stepOf(name);
    const declared = Object.entries(check.responseOf(operation, status)?.headers ?? {});
    const missing = declared.filter(([header, { required }]) => required === true && !headers.has(header));
    expect(missing).toEqual([]);
    // An answer of some attributes only has not what its type demands.
    if (example.query?.fields === undefined) expect(check.response(operation, status, mediaType, json)).toEqual([]);
  });
});

describe('the examples', () => {
  it('have names of their own', () => {
    expect(new Set(walk.map(({ name }) => name)).size).toBe(walk.length);
  });

  it('are there for every operation', () => {
    const shown = new Set(walk.map(({ operation }) => operation));
    expect([...operationsOf(document).keys()].filter((operation) => !shown.has(operation))).toEqual(withoutExample);
  });

  it('get the answers that are committed', async () => {
    const shown = steps.map(({ example, json }) => [
      example.name,
      example.answerIsShown === false ? null : (json ?? null),
    ]);
    const text = `${JSON.stringify(Object.fromEntries(shown), undefined, 2)}\n`;
    const remedy =
      'the engine answers something else; if that is meant: npm test -- test/engine/http/openapi/examples.test.ts -u';
    await expect(text, remedy).toMatchFileSnapshot('../../../../contracts/openapi/examples/answers.json');
  });

  it('stand in the document as they were sent and answered', () => {
    const shown = toldWalk.map(({ name, path, query, headers, body }) => ({ name, path, query, headers, body }));
    expect(shown).toEqual(
      steps.map(({ example: { name, path, query, headers, body } }) => ({ name, path, query, headers, body })),
    );
    for (const { example, operation, json, status } of steps) {
      if (example.body !== undefined) {
        expect(operation.requestBody?.content['application/json']?.examples?.[example.name]?.value).toEqual(
          example.body,
        );
      }
      if (json === undefined || example.answerIsShown === false) continue;
      expect(
        check.responseOf(operation, status)?.content?.['application/json']?.examples?.[example.name]?.value,
      ).toEqual(json);
    }
  });

  it('make subscribers hear what the document says they will be told', () => {
    const operations = [...operationsOf(document).values()].flatMap(({ operation }) =>
      Object.entries(operation.callbacks ?? {}),
    );
    const declared = operations.flatMap(([event, byPath]) => Object.keys(byPath).map((path) => [event, path]));
    const heard = om.told.map(({ path, body }) => {
      const event = body?.json as { readonly eventType?: string } | undefined; // as told
      return [event?.eventType, `{$request.body#/callback}${path.slice('/events'.length)}`];
    });
    expect(declared).toEqual(expect.arrayContaining(heard));
    expect(new Set(heard.map(([event]) => event)).size).toBeGreaterThan(5);
  });
});

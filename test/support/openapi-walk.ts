/** Goes the walk of the OpenAPI document: sends every example to an engine, as the document says, and keeps what was answered. */
import { type Example, filledIn, type Kept, keptOf } from '../../contracts/openapi/examples/example.ts';
import type { OpenApi, OperationObject } from '../../contracts/openapi/model.ts';

export interface Step {
  /** As it was sent. */
  readonly example: Example;
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
  readonly status: number;
  readonly headers: Headers;
  readonly mediaType: string;
  readonly text: string;
  /** `undefined` where the answer is not JSON. */
  readonly json: unknown;
}

export async function goThrough(walk: readonly Example[], document: OpenApi, url: string): Promise<readonly Step[]> {
  const operations = operationsOf(document);
  const steps: Step[] = [];
  let kept: Kept = {};
  for (const example of walk) {
    const place = operations.get(example.operation);
    if (place === undefined)
      throw new Error(`${example.name} is of ${example.operation}, which is not in the document`);
    const filled = filledIn(example, kept);
    const step = await send(filled, place, url);
    kept = { ...kept, ...keptOf(example, step.json) };
    steps.push(step);
  }
  return steps;
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/** By operationId; what subscribers are asked in turn is not among them. */
export function operationsOf({ paths }: OpenApi): ReadonlyMap<string, Place> {
  const places = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return new Map(places.map((place) => [place.operation.operationId, place]));
}

async function send(example: Example, place: Place, url: string): Promise<Step> {
  const { method, path } = place;
  const { body, headers = {} } = example;
  const target = path.replaceAll(/\{(\w+)\}/g, (_text, name: string) => encodeURIComponent(example.path?.[name] ?? ''));
  const query = new URLSearchParams(example.query).toString();
  const response = await fetch(`${url}${target}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const json: unknown = mediaType === 'application/json' ? JSON.parse(text) : undefined;
  return { example, ...place, status: response.status, headers: response.headers, mediaType, text, json };
}

/** One hostile request, made from a good one: the same seed and index give the same request, whatever came before. */
import { type Chance, chanceStream } from '../../../kernel/chance.ts';
import { hostileHeader, hostileQuery, hostileSegment, otherMethod } from './addresses.ts';
import { changedBody } from './bodies.ts';

/** A request that was answered well, or one to a route that has no example. */
export interface Sample {
  /** Method and path template of a route, such as `GET /southbound/v1/order/{id}`. */
  readonly route: string;
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
}

/** As it goes over the wire. */
export interface HostileRequest {
  readonly index: number;
  readonly route: string;
  /** What makes it what it is. */
  readonly how: readonly string[];
  readonly method: string;
  /** Path and query, percent-encoded, or as badly as somebody could. */
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly text: string | undefined;
}

interface Draft {
  readonly how: string[];
  method: string;
  segments: string[];
  query: string;
  headers: { [name: string]: string };
  text: string | undefined;
}

/** @param samples by route, one or more each. */
export function hostileRequest(samples: readonly (readonly Sample[])[], seed: string, index: number): HostileRequest {
  const chance = chanceStream(seed, `hostile.${index}`);
  const sample = chance.pick(chance.pick(samples));
  const draft = draftOf(sample);
  const changes = chance.pick([1, 1, 1, 2, 3]);
  for (let count = 0; count < changes; count += 1) change(draft, sample, chance);
  const { how, method, segments, query, headers, text } = draft;
  const target = `${segments.join('/')}${query === '' ? '' : `?${query}`}`;
  return { index, route: sample.route, how, method, target, headers, text };
}

/** The request as it was good. */
export function draftOf({ route, params, query, headers, body }: Sample): Draft {
  const [method = '', path = ''] = route.split(' ');
  return {
    how: [],
    method,
    segments: path.split('/').map((segment) => filledIn(segment, params)),
    query: new URLSearchParams(query).toString(),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    text: body === undefined ? undefined : JSON.stringify(body),
  };
}

function filledIn(segment: string, params: Sample['params']): string {
  return segment.replaceAll(/\{(\w+)\}/g, (_text, name: string) => encodeURIComponent(params[name] ?? 'nothing'));
}

function change(draft: Draft, sample: Sample, chance: Chance): void {
  const kind = chance.fraction();
  const takesBody = sample.body !== undefined;
  if (kind < (takesBody ? 0.6 : 0.05)) changeBody(draft, sample, chance);
  else if (kind < (takesBody ? 0.7 : 0.4)) changeQuery(draft, sample, chance);
  else if (kind < (takesBody ? 0.82 : 0.8)) changePath(draft, chance);
  else if (kind < 0.93) changeHeader(draft, chance);
  else {
    draft.method = otherMethod(draft.method, chance);
    draft.how.push(`the method is ${draft.method}`);
  }
}

function changeBody(draft: Draft, { body }: Sample, chance: Chance): void {
  const { text, how } = changedBody(body, chance);
  draft.text = text;
  draft.headers['content-type'] ??= 'application/json';
  draft.how.push(how);
}

function changeQuery(draft: Draft, { query }: Sample, chance: Chance): void {
  draft.query = hostileQuery(Object.entries(query), chance);
  draft.how.push('the query is another');
}

/** A segment is another, most of all the last ones: ids stand there. */
function changePath(draft: Draft, chance: Chance): void {
  const kind = chance.fraction();
  if (kind < 0.1) draft.segments.push(hostileSegment(chance));
  else if (kind < 0.15) draft.segments.splice(1, 0, '');
  else if (kind < 0.2) draft.segments.pop();
  else {
    const last = draft.segments.length - 1;
    const at = chance.fraction() < 0.8 ? chance.between(Math.max(1, last - 2), last) : chance.between(1, last);
    draft.segments[at] = hostileSegment(chance);
  }
  draft.how.push('the path is another');
}

function changeHeader(draft: Draft, chance: Chance): void {
  const [name, value] = hostileHeader(chance);
  Object.defineProperty(draft.headers, name, { value, enumerable: true, configurable: true, writable: true });
  draft.how.push(`the header ${name} is another`);
}

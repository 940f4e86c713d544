/** What a subscriber wants to hear, as its hub query says it: which events, and how much of each. */
import { type Criterion, criteriaOf, matchesAll, selectFields } from '../tmf630.ts';
import { safePattern, safePatterns } from './safe-pattern.ts';

export interface EventQuery {
  /** @param event with its envelope: paths begin at `eventType` or `event.productOrder`. */
  matches(event: Event): boolean;
  /**
   * What of the event goes out: all of it, or what `fields` names, below the envelope's eventId, eventTime and eventType,
   * which stay, and with the id of the resource.
   */
  shown(event: Event): Event;
}

type Event = { readonly [name: string]: unknown };

export type ReadEventQuery =
  | { readonly ok: true; readonly query: EventQuery }
  /** What cannot be understood, and what could be. */
  | { readonly ok: false; readonly part: string; readonly expected: string };

/** Parameters that lists have, and that mean nothing where each event goes out by itself. */
const ofLists = ['offset', 'limit', 'sort'];

/** @param text a TMF630 filter, such as `eventType=A,B&event.productOrder.state=held&fields=event.productOrder.state`. */
export function readEventQuery(text: string): ReadEventQuery {
  const parts = text
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '');
  for (const part of parts) {
    const expected = wrongIn(part);
    if (expected !== undefined) return { ok: false, part, expected };
  }
  const parameters = new URLSearchParams(parts.join('&'));
  const byName = Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));
  const criteria = criteriaOf(byName);
  const wrong = criteria.find((criterion) => wrongAbout(criterion) !== undefined);
  if (wrong !== undefined) return { ok: false, part: wrong.path.join('.'), expected: wrongAbout(wrong) ?? '' };
  const fields = parameters.getAll('fields').flatMap((list) => list.split(','));
  return {
    ok: true,
    query: { matches: (event) => matchesAll(event, criteria), shown: (event) => selected(event, fields) },
  };
}

/** What one parameter should have been; nothing when it can be read. */
function wrongIn(part: string): string | undefined {
  try {
    decodeURIComponent(part);
  } catch {
    return 'percent-encoded text';
  }
  const [[name = '', value = ''] = []] = [...new URLSearchParams(part)];
  if (ofLists.includes(name)) return 'a filter, or fields: each event goes out by itself';
  if (name === 'filter' || name.startsWith('$')) return 'attribute=value: JSONPath is not understood here';
  if (name === 'fields') return value.trim() === '' ? 'names of attributes' : undefined;
  if (value === '' && !/[<>=]/.test(name) && !part.includes('=')) return 'attribute=value';
  return undefined;
}

const name = /^[@\w:-]+$/;

function wrongAbout({ path, operator, values }: Criterion): string | undefined {
  if (!path.every((step) => name.test(step))) return 'an attribute, with dots between it and those above it';
  if (operator === 'regex') return values.every((value) => safePattern(value)) ? undefined : safePatterns;
  return operator !== 'eq' && values.includes('') ? 'a value to compare with' : undefined;
}

function selected(event: Event, fields: readonly string[]): Event {
  const named = fields.map((field) => field.trim()).filter((field) => field !== '');
  if (named.length === 0) return event;
  const resources = typeof event.event === 'object' && event.event !== null ? Object.keys(event.event) : [];
  const always = ['eventId', 'eventTime', 'eventType', ...resources.map((resource) => `event.${resource}.id`)];
  const inside = named.flatMap((field) =>
    field === 'none' ? resources.map((resource) => `event.${resource}.none`) : [field],
  );
  return { ...selectFields(event, [...always, ...inside]) };
}

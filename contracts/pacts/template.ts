/** What several JSON values have in common, as an example with matching rules: what a pact holds of a message. */
import { isSaidObject } from '../records/said.ts';

export type Template =
  | { readonly kind: 'value'; readonly example: string | number | boolean; readonly seen: ReadonlySet<unknown> }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Template> }
  | { readonly kind: 'list'; readonly element: Template };

/** By the place that a rule is for. */
export type MatchingRules = {
  readonly [place: string]: { readonly combine: 'AND'; readonly matchers: readonly object[] };
};

/** Longer texts say nothing that a pact could hold. */
const longestText = 300;

/** Values of these are words of the API: no others than those that were seen will do. */
const enumerations = new Set(['state', 'action', 'eventType']);

/** Objects and lists that a pact looks into; of any other, nothing is held. */
const lookedInto = new Set(['serviceOrderItem', 'serviceOrder', 'cancelServiceOrder', 'event']);

/** `undefined` for what a pact says nothing of: nothing at all, empty lists, long texts. */
export function templateOf(json: unknown): Template | undefined {
  if (typeof json === 'string' && json.length > longestText) return undefined;
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') {
    return { kind: 'value', example: json, seen: new Set([json]) };
  }
  if (Array.isArray(json)) {
    const element = inCommon(json.map(templateOf));
    return element === undefined ? undefined : { kind: 'list', element };
  }
  if (!isSaidObject(json)) return undefined;
  const fields = Object.entries(json).flatMap(([name, value]) => {
    if (typeof value === 'object' && !lookedInto.has(name)) return [];
    const template = templateOf(value);
    return template === undefined ? [] : [[name, template] as const];
  });
  return fields.length === 0 ? undefined : { kind: 'object', fields: new Map(fields) };
}

/** What all of them have, with the examples of the first. */
export function inCommon(templates: readonly (Template | undefined)[]): Template | undefined {
  const [first, ...others] = templates;
  return others.reduce(both, first);
}

function both(one: Template | undefined, other: Template | undefined): Template | undefined {
  if (one?.kind === 'value' && other?.kind === 'value') {
    return typeof one.example === typeof other.example
      ? { ...one, seen: new Set([...one.seen, ...other.seen]) }
      : undefined;
  }
  if (one?.kind === 'list' && other?.kind === 'list') {
    const element = both(one.element, other.element);
    return element === undefined ? undefined : { kind: 'list', element };
  }
  if (one?.kind !== 'object' || other?.kind !== 'object') return undefined;
  const fields = [...one.fields].flatMap(([name, field]) => {
    const common = both(field, other.fields.get(name));
    return common === undefined ? [] : [[name, common] as const];
  });
  return fields.length === 0 ? undefined : { kind: 'object', fields: new Map(fields) };
}

export function exampleOf(template: Template): unknown {
  if (template.kind === 'value') return template.example;
  if (template.kind === 'list') return [exampleOf(template.element)];
  return Object.fromEntries([...template.fields].map(([name, field]) => [name, exampleOf(field)]));
}

export function rulesOf(template: Template, place = '$', name = ''): MatchingRules {
  if (template.kind === 'value') return { [place]: ruleOf(valueMatcher(name, template.seen)) };
  if (template.kind === 'list') {
    return { [place]: ruleOf({ match: 'type', min: 1 }), ...rulesOf(template.element, `${place}[*]`) };
  }
  const rules = [...template.fields].map(([field, inner]) => rulesOf(inner, `${place}${step(field)}`, field));
  return Object.assign({}, ...rules);
}

export function ruleOf(matcher: object): MatchingRules[string] {
  return { combine: 'AND', matchers: [matcher] };
}

function valueMatcher(name: string, seen: ReadonlySet<unknown>): object {
  if (!enumerations.has(name)) return { match: 'type' };
  const words = [...seen].map((word) => String(word).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return { match: 'regex', regex: `^(${words.toSorted().join('|')})$` };
}

function step(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `['${name.replaceAll("'", "\\'")}']`;
}

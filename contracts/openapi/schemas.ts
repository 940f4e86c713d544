/**
 * The types of the APIs as components of one document: each under the name of its API, so that none is shared; only those that
 * are spoken of; and with words where the published schema has none.
 */
import { overlays } from '../profile/contract.ts';
import { overlaid } from '../profile/overlaid.ts';
import { type ApiName, publishedApis } from '../schemas/documents.ts';
import type { JsonSchema } from '../schemas/validator.ts';
import { attributeWords } from './words/attributes.ts';
import { wordsOfType } from './words/types.ts';

/** A type of an API. */
export interface TypeName {
  readonly api: ApiName;
  readonly definition: string;
}

/** The types that are named, and whatever they are made of. By component, in the order of APIs and names. */
export function componentSchemas(named: readonly TypeName[]): { readonly [component: string]: JsonSchema } {
  const byApi = Map.groupBy(named, ({ api }) => api);
  const apis = Object.values(publishedApis).filter(({ name }) => byApi.has(name));
  return Object.fromEntries(
    apis.flatMap(({ name: api, document }) => {
      // With every named relaxation: that is what is taken and answered. Formats are left as published; nobody should write others.
      const { definitions } = overlaid(document, { ...overlays[api], formats: [] }, 'official-lenient');
      const reached = reachedFrom(
        (byApi.get(api) ?? []).map(({ definition }) => definition),
        definitions,
      );
      return [...reached].toSorted().map((definition) => {
        const type = { api, definition };
        return [componentOf(type), described(type, definitions[definition] ?? {})];
      });
    }),
  );
}

export function componentOf({ api, definition }: TypeName): string {
  return `${api}_${definition}`;
}

export function schemaOf(type: TypeName): JsonSchema {
  return { $ref: `#/components/schemas/${componentOf(type)}` };
}

const local = '#/definitions/';

function reachedFrom(
  roots: readonly string[],
  definitions: { readonly [name: string]: JsonSchema },
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...roots];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(
      ...textsIn(definitions[next])
        .filter((text) => text.startsWith(local))
        .map((text) => text.slice(local.length)),
    );
  }
  return reached;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function described({ api, definition }: TypeName, schema: JsonSchema): JsonSchema {
  const shown = converted(schema, api, providerOwned(api, definition));
  const told = [schema.description ?? wordsOfType(definition), ...relaxedBecause(api, definition)];
  const description = told.filter((text) => text !== undefined).join(' ');
  return description === '' ? shown : { ...shown, description };
}

function relaxedBecause(api: ApiName, definition: string): readonly string[] {
  const relaxations = overlays[api].relaxations.filter((relaxation) => relaxation.definition === definition);
  return relaxations.map(({ because }) => `Wider than published: ${because}.`);
}

/** Whoever asks leaves these to whoever answers. */
function providerOwned(api: ApiName, definition: string): ReadonlySet<string> {
  const owners = overlays[api].ownership[definition] ?? [];
  return new Set(owners.filter(({ owner }) => owner === 'provider').flatMap(({ attributes }) => attributes));
}

const nothing: ReadonlySet<string> = new Set();

/** Draft-07 as the published files use it is valid in 2020-12 as well; only where types refer to each other changes. */
function converted(schema: JsonSchema, api: ApiName, theirs: ReadonlySet<string> = nothing): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, unknown] => {
      if (keyword === 'properties' && isObject(value)) return [keyword, properties(value, api, theirs)];
      if (keyword === 'enum' || keyword === 'const' || keyword === 'default') return [keyword, value];
      return [keyword, inside(value, api)];
    }),
  );
}

function properties(of: JsonSchema, api: ApiName, theirs: ReadonlySet<string>): JsonSchema {
  return Object.fromEntries(
    Object.entries(of).map(([name, schema]): [string, unknown] => {
      if (!isObject(schema)) return [name, schema];
      const description = schema.description ?? attributeWords[name];
      return [
        name,
        {
          ...converted(schema, api),
          ...(description === undefined ? {} : { description }),
          ...(theirs.has(name) ? { readOnly: true } : {}),
        },
      ];
    }),
  );
}

function inside(value: unknown, api: ApiName): unknown {
  if (typeof value === 'string') {
    return value.startsWith(local)
      ? `#/components/schemas/${componentOf({ api, definition: value.slice(local.length) })}`
      : value;
  }
  if (Array.isArray(value)) return value.map((element) => inside(element, api));
  return isObject(value) ? converted(value, api) : value;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

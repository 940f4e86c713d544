/** Published document + overlay -> the document of one profile. */
import type { JsonSchema, SchemaDocument } from '../schemas/validator.ts';
import { mergePatched } from './merge-patch.ts';
import type { Overlay, ProfileName } from './profile.ts';

const relaxed: ReadonlySet<ProfileName> = new Set(['official-lenient', 'conformance', 'vendor']);
const required: ReadonlySet<ProfileName> = new Set(['conformance', 'vendor', 'own']);

/** The document as the profile reads it. The published one is not touched. */
export function overlaid(document: SchemaDocument, overlay: Overlay, profile: ProfileName): SchemaDocument {
  let definitions: Record<string, JsonSchema> = { ...document.definitions };
  if (relaxed.has(profile)) {
    for (const { definition, patch } of overlay.relaxations) {
      definitions[definition] = mergePatched(definitions[definition], patch);
    }
    definitions = withFormats(definitions, new Map(overlay.formats.map(({ format, as }) => [format, as])));
  }
  if (required.has(profile)) {
    definitions = { ...definitions, ...overlay.definitions };
    for (const { name, definition, schema } of overlay.requirements) {
      const published = definitions[definition] ?? {};
      const demands = Array.isArray(published.allOf) ? published.allOf : [];
      definitions[definition] = { ...published, allOf: [...demands, named(schema, name)] };
    }
  }
  return { ...document, $id: document.$id.replace(/([^/]*)$/, `${profile}/$1`), definitions };
}

/** Puts the requirement's name where the validator's errors will carry it: beside every keyword that can fail. */
function named(schema: JsonSchema, name: string): JsonSchema {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === 'properties' && isObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([k, v]) => [k, isObject(v) ? named(v, name) : v]))];
    }
    if (key === 'not' || key === 'if') return [key, value];
    if (Array.isArray(value)) return [key, value.map((part) => (isObject(part) ? named(part, name) : part))];
    return [key, isObject(value) ? named(value, name) : value];
  });
  return { $comment: name, ...Object.fromEntries(entries) };
}

function withFormats(
  definitions: Record<string, JsonSchema>,
  formats: Map<string, string>,
): Record<string, JsonSchema> {
  return JSON.parse(JSON.stringify(definitions), (key, value) =>
    key === 'format' && typeof value === 'string' ? (formats.get(value) ?? value) : value,
  );
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

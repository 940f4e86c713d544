/**
 * Reads `discriminator` as OpenAPI means it: the value of one attribute says which type an object is of. Read as plain
 * JSON Schema, the `oneOf` beside it refuses nearly every object, because what is a valid reference of one kind is one
 * of the other kind as well.
 */

type Schema = { readonly [keyword: string]: unknown };

interface Discriminator {
  readonly propertyName: string;
  /** Value of the attribute -> the type, as a `$ref`. */
  readonly mapping: { readonly [value: string]: string };
}

/** The same definitions, in which every `discriminator` has become conditions that a JSON Schema validator knows. */
export function withChosenTypes(definitions: { readonly [name: string]: Schema }): { readonly [name: string]: Schema } {
  return Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, chosenType(schema)]));
}

function chosenType(schema: Schema): Schema {
  const { discriminator, oneOf, ...others } = schema;
  if (!isDiscriminator(discriminator)) return schema;
  const { propertyName, mapping } = discriminator;
  const known = Object.entries(mapping).map(([value, $ref]) => ({
    if: has(propertyName, { const: value }),
    then: { $ref },
  }));
  // A value nobody knows names a type that somebody made from one of these.
  const unknown = { if: has(propertyName, { not: { enum: Object.keys(mapping) } }), then: { anyOf: oneOf } };
  const required = new Set([...listOf(others.required), propertyName]);
  return {
    ...others,
    type: 'object',
    required: [...required],
    allOf: [...listOf(others.allOf), ...known, ...(oneOf === undefined ? [] : [unknown])],
  };
}

/** Holds for an object whose attribute is so; what is no object, or lacks it, is told once and not by every condition. */
function has(property: string, value: Schema): Schema {
  return { type: 'object', required: [property], properties: { [property]: value } };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isDiscriminator(value: unknown): value is Discriminator {
  return typeof value === 'object' && value !== null && 'propertyName' in value && 'mapping' in value;
}

/** In v5 every object says its type: what came without, through v4, is given the one that its place has. */
import { publishedApis } from '../../../../contracts/schemas/documents.ts';
import type { JsonSchema } from '../../../../contracts/schemas/validator.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { isObject } from '../patch/items.ts';

const { definitions } = publishedApis.TMF622v5.document;

/** What is usual where several types are possible. */
const usual: { readonly [definition: string]: (value: JsonObject) => string } = {
  ProductRefOrValue: () => 'Product',
  PlaceRefOrValue: ({ id }) => (id === undefined ? 'GeographicAddress' : 'PlaceRef'),
  PartyRefOrPartyRoleRef: () => 'PartyRef',
  PartyOrPartyRole: () => 'PartyRef',
  IntentRefOrValue: () => 'IntentRef',
  Characteristic: ({ value }) => `${kindOf(value)}Characteristic`,
};

/** @param definition the type of the place in the published schema. */
export function withTypes(value: JsonObject, definition: string): JsonObject {
  const type = typeof value['@type'] === 'string' ? value['@type'] : (usual[definition]?.(value) ?? definition);
  const schema = definitions[type] ?? definitions[definition];
  const properties = isSchema(schema?.properties) ? schema.properties : {};
  const entries = Object.entries(value).map(([name, each]) => [name, typedAt(each, properties[name])] as const);
  const isTyped = isSchema(properties['@type']);
  return Object.fromEntries(isTyped ? [...entries, ['@type', type]] : entries);
}

function typedAt(value: Json, schema: unknown): Json {
  if (!isSchema(schema)) return value;
  if (Array.isArray(value)) return value.map((each: Json) => typedAt(each, schema.items));
  const definition = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  return definition === undefined || !isObject(value) ? value : withTypes(value, definition);
}

function kindOf(value: Json | undefined): string {
  if (Array.isArray(value)) return `${kindOf(value[0])}Array`;
  const kinds: { readonly [kind: string]: string } = { number: 'Number', boolean: 'Boolean', object: 'Object' };
  return kinds[typeof value] ?? 'String';
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

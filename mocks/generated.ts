/** Attributes of an order that nobody gave, made up from the schema and made to agree with what is known of the order. */
import { generateSync } from 'json-schema-faker';
import { checkOf } from '../contracts/profile/contract.ts';
import { type ApiName, publishedApis } from '../contracts/schemas/documents.ts';
import { instantOfText, textOfInstant } from '../contracts/schemas/text.ts';
import type { Chance } from '../kernel/chance.ts';

export interface Known {
  readonly api: ApiName;
  /** What its contract calls an order. */
  readonly resource: string;
  /** Which attributes may be made up: what is the requester's to say is not. */
  readonly attributes: readonly string[];
  /** The order as it is shown without them. */
  readonly shown: object;
  readonly itemIds: readonly string[];
  readonly at: number;
}

/** How long an order takes, from one hour to two weeks: far enough off for a forecast, and near enough to be waited for. */
const [leastMs, mostMs] = [3_600_000, 14 * 24 * 3_600_000];

/** Deep enough for the references of an order; deeper, orders nest in orders. */
const deepest = 12;

/** The made-up attributes only. The same from the same chance, with the version of the generator that the package names. */
export function generatedAttributes(known: Known, chance: Chance): { [name: string]: unknown } {
  const { api, resource, attributes, shown, at } = known;
  const { definitions } = publishedApis[api].document;
  const properties = Object.entries((definitions[resource]?.properties ?? {}) as object).filter(
    // by the published schema, whose properties are an object
    ([name]) => attributes.includes(name) && !Object.hasOwn(shown, name),
  );
  const required = properties.map(([name]) => name);
  const made = generateSync(
    { type: 'object', properties: Object.fromEntries(properties), required, definitions },
    {
      seed: chance.between(0, 0x7fff_ffff),
      formats: { 'date-time': () => textOfInstant(at) },
      optionalsProbability: 0.6,
      minItems: 1,
      maxItems: 2,
      minLength: 1,
      refDepthMax: 6,
      pruneProperties: ['@baseType', '@schemaLocation'],
      maxDepth: deepest,
    },
  );
  const coherent = agreed(made, known) as { [name: string]: unknown }; // an object, as asked for above
  if ('expectedCompletionDate' in coherent) {
    coherent.expectedCompletionDate = textOfInstant(forecast(known, chance));
  }
  return withoutInvalid(coherent, known);
}

/** What the requester wants, if that can be; otherwise some time ahead. */
function forecast({ shown, at }: Known, chance: Chance): number {
  const drawn = at + chance.between(leastMs, mostMs);
  const wanted = 'requestedCompletionDate' in shown ? instantOfText(String(shown.requestedCompletionDate)) : undefined;
  return wanted !== undefined && wanted > at ? wanted : drawn;
}

/** References to items of an order lead to items of this one. */
function agreed(value: unknown, known: Known, inside = ''): unknown {
  if (inside === 'serviceOrderItem' && Array.isArray(value)) return references(known, value.length);
  if (Array.isArray(value)) return value.map((each) => agreed(each, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, agreed(each, known, name)]));
}

function references({ shown, itemIds }: Known, most: number): object[] {
  const order = shown as { id?: string; href?: string }; // every dialect shows them
  return itemIds
    .slice(0, most)
    .map((id) => ({ id, itemId: id, serviceOrderId: order.id, serviceOrderHref: order.href }));
}

/** What the schema of the whole still finds wrong is left out: an attribute that is not there is never wrong. */
function withoutInvalid(
  made: { [name: string]: unknown },
  { api, resource, shown }: Known,
): { [name: string]: unknown } {
  const findings = checkOf(api, 'own', resource)({ ...shown, ...made });
  const wrong = new Set(findings.map(({ pointer }) => pointer.split('/')[1]));
  return Object.fromEntries(Object.entries(made).filter(([name]) => !wrong.has(name)));
}

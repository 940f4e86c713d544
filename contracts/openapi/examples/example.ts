/** An example as data: one request of the walk through every API, what is answered, and what later requests need of the answer. */

/** A text with `{{name}}` in it holds what an earlier example has kept under that name. */
export interface Example {
  /** Unique in the walk, in kebab case. */
  readonly name: string;
  readonly summary: string;
  /** The operationId in the document, such as `TMF622_createProductOrder`. */
  readonly operation: string;
  /** Values of the names in the path. */
  readonly path?: Texts;
  readonly query?: Texts;
  readonly headers?: Texts;
  readonly body?: unknown;
  /** Of the answer. */
  readonly status: number;
  /** By name, where in the answer the value is: a JSON pointer, in which `name=value` steps to the first element that has it. */
  readonly keep?: Texts;
  /** False where the answer would be too much to show. */
  readonly answerIsShown?: false;
}

type Texts = { readonly [name: string]: string };

/** What has been kept so far. */
export type Kept = Texts;

/** The example with everything put in that earlier ones have kept; what none has kept stays as it is. */
export function filledIn(example: Example, kept: Kept): Example {
  const { path, query, body } = example;
  return { ...example, ...(filled({ path, query, body }, kept) as object) }; // the same attributes, less those that are not there
}

function filled(value: unknown, kept: Kept): unknown {
  if (typeof value === 'string') return value.replaceAll(/\{\{(\w+)\}\}/g, (text, name: string) => kept[name] ?? text);
  if (Array.isArray(value)) return value.map((element) => filled(element, kept));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, filled(each, kept)]));
}

/** What later examples need of an answer, as far as it is there. */
export function keptOf({ keep = {} }: Example, answer: unknown): Kept {
  const found = Object.entries(keep).map(([name, pointer]) => [
    name,
    pointer.split('/').slice(1).reduce(stepInto, answer),
  ]);
  return Object.fromEntries(found.filter(([, value]) => typeof value === 'string'));
}

function stepInto(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const [key = '', wanted] = step.split('=');
  if (wanted === undefined) return Object.entries(value).find(([name]) => name === step)?.[1];
  return Object.values(value).find((element) => stepInto(element, key) === wanted);
}

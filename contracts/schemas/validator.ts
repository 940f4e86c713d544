/** Compiles JSON Schema documents, each type when it is first needed, into checks that give findings. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { withChosenTypes } from './discriminator.ts';
import { type Finding, pointerTo, shown } from './finding.ts';
import { isDuration } from './text.ts';

/** A JSON Schema, as far as this folder looks into it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Many types in one draft-07 document, referring to each other by `#/definitions/Name`. */
export interface SchemaDocument {
  readonly $id: string;
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** Gives the findings on a value; an empty list means that it is valid. */
export type Check = (value: unknown) => readonly Finding[];

export interface Validator {
  /** Compiles the check of one definition, to be kept by whoever asks. Throws when the document has none of that name: a bug. */
  checkOf(definition: string): Check;
}

const none: readonly Finding[] = [];

/** @param extraFormats further `format` names, or others in place of the usual ones. */
export function validatorOf(
  document: SchemaDocument,
  extraFormats: { readonly [name: string]: (text: string) => boolean } = {},
): Validator {
  const allOf = once(() => addedTo(ajvOf(true, extraFormats), document));
  const firstOf = once(() => addedTo(ajvOf(false, extraFormats), document));
  const compiled = (ajv: Ajv, definition: string) => {
    const validate = ajv.getSchema(`${document.$id}#/definitions/${definition}`);
    if (validate === undefined) throw new Error(`${document.$id} has no definition ${definition}`);
    return validate;
  };
  return {
    checkOf: (definition) =>
      checkWith(
        compiled(firstOf(), definition),
        once(() => compiled(allOf(), definition)),
      ),
  };
}

/**
 * The check of a whole schema, for files that users write.
 * @param parts other schemas that it refers to.
 */
export function checkOfSchema(schema: JsonSchema, parts: readonly JsonSchema[] = []): Check {
  const compiled = (tellsAll: boolean) => {
    const ajv = ajvOf(tellsAll, { duration: isDuration });
    for (const part of parts) ajv.addSchema(part);
    return ajv.compile(schema);
  };
  // Most commands read few kinds of file: what is not read is not compiled.
  const check = once(() =>
    checkWith(
      compiled(false),
      once(() => compiled(true)),
    ),
  );
  return (value) => check()(value);
}

/**
 * No coercion and no defaults: a check must not change what it checks. `verbose` keeps the schema beside each error.
 *
 * A command waits for what it compiles, and most of them check few messages. That the schemas are valid themselves, a test says
 * once and for all; and smoothing the code of a check takes as long as making it, and nothing measurable off its run.
 */
function ajvOf(tellsAll: boolean, extraFormats: { readonly [name: string]: (text: string) => boolean }): Ajv {
  const ajv = new Ajv({
    allErrors: tellsAll,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
    code: { optimize: false },
  });
  formats.default(ajv);
  for (const [name, test] of Object.entries(extraFormats)) ajv.addFormat(name, test);
  return ajv;
}

function addedTo(ajv: Ajv, document: SchemaDocument): Ajv {
  return ajv.addSchema({ ...document, definitions: withChosenTypes(document.definitions) });
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Values in a body of which every mistake is told; of a larger one it is the first alone. Collecting takes time with the square
 * of the mistakes: at these it is a hundredth of a second, and at a hundred thousand nothing else would be done for a minute.
 * With fewer, people would mend usual orders one mistake after the other.
 */
const mostToTellAll = 5_000;

/**
 * @param first ends at the first mistake, and most values have none.
 * @param all goes on to the last; compiled when something is wrong for the first time.
 */
function checkWith(first: ValidateFunction, all: () => ValidateFunction): Check {
  return (value) => {
    if (first(value)) return none;
    if (valuesIn(value, mostToTellAll) > mostToTellAll) return findingsOf(first.errors ?? []);
    const tellsAll = all();
    tellsAll(value);
    return findingsOf(tellsAll.errors ?? []);
  };
}

/** How many values there are, itself included, as far as `most`. Not by recursion: what comes may be nested as deep as it likes. */
function valuesIn(value: unknown, most: number): number {
  const waiting = [value];
  let count = 0;
  for (let next = waiting.pop(); next !== undefined && count <= most; next = waiting.pop()) {
    count += 1;
    if (typeof next !== 'object' || next === null) continue;
    const below: unknown[] = Object.values(next);
    if (below.length > most) return below.length;
    waiting.push(...below);
  }
  return count;
}

/** Keywords that only say that one of their parts failed; the part has a finding of its own. */
const summaries = new Set(['if', 'allOf', 'anyOf', 'oneOf']);

function findingsOf(errors: readonly ErrorObject[]): Finding[] {
  const details = errors.filter((error) => !summaries.has(error.keyword));
  return (details.length > 0 ? details : errors).map(findingOf);
}

function findingOf(error: ErrorObject): Finding {
  const { keyword, instancePath: at, params, data } = error;
  const rule = nameOf(error) ?? keyword;
  if (isHidden(error))
    return { pointer: at, rule, expected: descriptionOf(error), got: 'something else, not shown here' };
  switch (keyword) {
    case 'required':
      return { pointer: pointerTo(at, params.missingProperty), rule, expected: 'a value', got: 'nothing' };
    case 'enum':
      return { pointer: at, rule, expected: `one of ${params.allowedValues.map(shown).join(', ')}`, got: shown(data) };
    case 'const':
      return { pointer: at, rule, expected: shown(params.allowedValue), got: shown(data) };
    case 'type':
      return {
        pointer: at,
        rule,
        expected: [params.type].flat().join(' or '),
        got: `${typeName(data)} ${shown(data)}`,
      };
    case 'format':
      return { pointer: at, rule, expected: `a ${params.format}`, got: shown(data) };
    case 'additionalProperties':
      return { pointer: pointerTo(at, params.additionalProperty), rule, expected: 'no such key', got: 'one' };
    case 'not':
      return { pointer: at, rule, expected: descriptionOf(error), got: shown(data) };
    default:
      return { pointer: at, rule, expected: error.message ?? keyword, got: shown(data) };
  }
}

/** Missing and superfluous keys are told by their names alone; anything else is told with its value. */
const showNoValue = new Set(['required', 'additionalProperties']);

/** Where a secret belongs, or something that may hold one by mistake, the value must not be told (JSON Schema draft-07, 10.3). */
function isHidden({ keyword, parentSchema }: ErrorObject): boolean {
  return parentSchema?.writeOnly === true && !showNoValue.has(keyword);
}

/** A profile requirement carries its name in `$comment`. */
function nameOf(error: ErrorObject): string | undefined {
  const comment = error.parentSchema?.$comment;
  return typeof comment === 'string' ? comment : undefined;
}

function descriptionOf(error: ErrorObject): string {
  const description = error.parentSchema?.description;
  return typeof description === 'string' ? description : 'something else';
}

function typeName(value: unknown): string {
  if (value === null) return '';
  return Array.isArray(value) ? 'array' : typeof value;
}

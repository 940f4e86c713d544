/** Puts the examples of an operation where OpenAPI wants them: at its parameters, its body and its answers, all under one name. */
import type {
  MediaType,
  OpenApi,
  OperationObject,
  ParameterObject,
  Reference,
  RequestBodyObject,
  ResponseObject,
} from '../model.ts';
import { jsonMediaType } from '../responses.ts';
import { filterParameter } from '../words/parameters.ts';
import { type ToldExample, toldWalk } from './told.ts';

/** @param refusals those that answers refer to: one that has an example stands at the operation itself. */
export function withExamples(
  operation: OperationObject,
  refusals: OpenApi['components']['responses'],
): OperationObject {
  const examples = toldWalk.filter((example) => example.operation === operation.operationId);
  if (examples.length === 0) return operation;
  const { parameters, requestBody, responses } = operation;
  return {
    ...operation,
    ...(parameters === undefined
      ? {}
      : { parameters: parameters.map((each) => parameterWith(each, parameters, examples)) }),
    ...(requestBody === undefined ? {} : { requestBody: bodyWith(requestBody, examples) }),
    responses: responsesWith(responses, refusals, examples),
  };
}

function parameterWith(
  parameter: ParameterObject,
  all: readonly ParameterObject[],
  examples: readonly ToldExample[],
): ParameterObject {
  const values = examples.flatMap((example): [string, { value: unknown }][] => {
    const value = valueIn(example, parameter, all);
    return value === undefined ? [] : [[example.name, { value }]];
  });
  return values.length === 0 ? parameter : { ...parameter, examples: Object.fromEntries(values) };
}

function valueIn(example: ToldExample, parameter: ParameterObject, all: readonly ParameterObject[]): unknown {
  const { path = {}, query = {}, headers = {} } = example;
  if (parameter.name === filterParameter.name) {
    const filters = Object.entries(query).filter(([name]) => all.every((known) => known.name !== name));
    return filters.length === 0 ? undefined : Object.fromEntries(filters);
  }
  const value = { path, query, header: headers }[parameter.in][nameIn(parameter)];
  return value !== undefined && parameter.schema.type === 'integer' ? Number(value) : value;
}

function nameIn({ name, in: place }: ParameterObject): string {
  return place === 'header' ? name.toLowerCase() : name;
}

function bodyWith(body: RequestBodyObject, examples: readonly ToldExample[]): RequestBodyObject {
  const media = body.content[jsonMediaType];
  if (media === undefined) return body;
  const values = examples.map((example) => ({ ...example, value: example.body }));
  return { ...body, content: { ...body.content, [jsonMediaType]: mediaWith(media, values) } };
}

function responsesWith(
  responses: OperationObject['responses'],
  refusals: OpenApi['components']['responses'],
  examples: readonly ToldExample[],
): OperationObject['responses'] {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]): [string, ResponseObject | Reference] => {
      const values = examples
        .filter((example) => keyOf(example, responses) === status)
        .map((example) => ({ ...example, value: example.answer }));
      const whole = resolved(response, refusals);
      const media = whole?.content?.[jsonMediaType];
      if (values.length === 0 || whole === undefined || media === undefined) return [status, response];
      return [status, { ...whole, content: { ...whole.content, [jsonMediaType]: mediaWith(media, values) } }];
    }),
  );
}

function keyOf({ status }: ToldExample, responses: OperationObject['responses']): string {
  return responses[status] === undefined ? 'default' : String(status);
}

export function resolved(
  response: ResponseObject | Reference,
  refusals: OpenApi['components']['responses'],
): ResponseObject | undefined {
  return '$ref' in response ? refusals[response.$ref.slice(response.$ref.lastIndexOf('/') + 1)] : response;
}

function mediaWith(media: MediaType, examples: readonly (ToldExample & { readonly value: unknown })[]): MediaType {
  const shown = examples.filter(({ value }) => value !== undefined);
  if (shown.length === 0) return media;
  return {
    ...media,
    examples: Object.fromEntries(
      shown.map(({ name, step, summary, value }) => [name, { summary: `Step ${step}: ${summary}`, value }]),
    ),
  };
}

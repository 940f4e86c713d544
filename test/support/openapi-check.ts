/** Holds messages against the schemas of an OpenAPI document, as anybody would who has nothing else. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { resolved } from '../../contracts/openapi/examples/attached.ts';
import type { MediaType, OpenApi, OperationObject, ResponseObject } from '../../contracts/openapi/model.ts';
import { withChosenTypes } from '../../contracts/schemas/discriminator.ts';
import type { JsonSchema } from '../../contracts/schemas/validator.ts';

export interface DocumentCheck {
  /** What is wrong with a request body; nothing, when the list is empty. */
  request(operation: OperationObject, body: unknown): readonly string[];
  response(operation: OperationObject, status: number, mediaType: string, body: unknown): readonly string[];
  responseOf(operation: OperationObject, status: number): ResponseObject | undefined;
  /** Compiles a component; throws when it is no schema. */
  compile(component: string): void;
}

const jsonMediaType = 'application/json';

export function documentCheck({ components }: OpenApi): DocumentCheck {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  formats.default(ajv);
  // `discriminator` is a word of OpenAPI; what it means is put in the words of JSON Schema.
  ajv.addSchema({ $id: 'document', components: { schemas: withChosenTypes(components.schemas) } });
  ajv.addKeyword('components');

  const compiled = new WeakMap<JsonSchema, ValidateFunction>();
  function wrongWith(schema: JsonSchema, value: unknown): readonly string[] {
    const validate = compiled.get(schema) ?? ajv.compile(absolute(schema));
    compiled.set(schema, validate);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
  }

  function responseOf({ responses }: OperationObject, status: number): ResponseObject | undefined {
    const response = responses[status] ?? (status >= 400 ? responses.default : undefined);
    return response === undefined ? undefined : resolved(response, components.responses);
  }

  return {
    request: ({ requestBody }, body) => {
      if (body === undefined) return requestBody?.required === true ? ['a body is needed'] : [];
      const media = requestBody?.content[jsonMediaType];
      return media === undefined ? ['no body is taken'] : wrongWith(media.schema, body);
    },
    response: (operation, status, mediaType, body) => {
      const response = responseOf(operation, status);
      if (response === undefined) return [`${status} is not among the answers of ${operation.operationId}`];
      const contents: { readonly [mediaType: string]: MediaType } = response.content ?? {};
      if (mediaType === '') return Object.keys(contents).length === 0 ? [] : ['there is no body'];
      const media = contents[mediaType];
      if (media === undefined) return [`${mediaType} is not among ${Object.keys(contents).join(', ')}`];
      return mediaType === jsonMediaType ? wrongWith(media.schema, body) : [];
    },
    responseOf,
    compile: (component) => {
      ajv.compile({ $ref: `document#/components/schemas/${component}` });
    },
  };
}

/** The same schema, to be compiled outside the document. */
function absolute(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
}

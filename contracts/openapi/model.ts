/** An OpenAPI 3.1 document as plain JSON, as far as this folder writes one. */
import type { JsonSchema } from '../schemas/validator.ts';

export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  /** One of these is enough; an empty one means none. */
  readonly security: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly tags: readonly Tag[];
  readonly paths: { readonly [path: string]: PathItem };
  readonly components: {
    readonly schemas: { readonly [name: string]: JsonSchema };
    readonly responses: { readonly [name: string]: ResponseObject };
    readonly securitySchemes: { readonly [name: string]: SecurityScheme };
  };
}

export interface SecurityScheme {
  readonly type: 'http';
  readonly scheme: 'bearer';
  readonly description: string;
}

export interface Tag {
  readonly name: string;
  readonly description: string;
}

/** By method in lower case. */
export type PathItem = { readonly [method: string]: OperationObject };

export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: RequestBodyObject;
  readonly responses: { readonly [status: string]: ResponseObject | Reference };
  readonly callbacks?: { readonly [event: string]: { readonly [expression: string]: PathItem } };
}

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly style?: string;
  readonly explode?: boolean;
  readonly examples?: { readonly [name: string]: { readonly value: unknown } };
}

export interface RequestBodyObject {
  readonly required: boolean;
  readonly content: { readonly [mediaType: string]: MediaType };
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: { readonly [name: string]: HeaderObject };
  readonly content?: { readonly [mediaType: string]: MediaType };
}

export interface HeaderObject {
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

export interface MediaType {
  readonly schema: JsonSchema;
  readonly examples?: { readonly [name: string]: { readonly summary: string; readonly value: unknown } };
}

export interface Reference {
  readonly $ref: string;
}

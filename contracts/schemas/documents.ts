/** The contracts of every API: per API and version one set of types and one list of operations. */

import flowone from './flowone.json' with { type: 'json' };
import flowoneOperations from './flowone.operations.json' with { type: 'json' };
import mockApi from './mock-api.json' with { type: 'json' };
import mockApiOperations from './mock-api.operations.json' with { type: 'json' };
import outboundResponse from './outbound-response.json' with { type: 'json' };
import outboundResponseOperations from './outbound-response.operations.json' with { type: 'json' };
import servicenow from './servicenow.json' with { type: 'json' };
import servicenowOperations from './servicenow.operations.json' with { type: 'json' };
import servicenowInventory from './servicenow-inventory.json' with { type: 'json' };
import servicenowInventoryOperations from './servicenow-inventory.operations.json' with { type: 'json' };
import servicenowQualification from './servicenow-qualification.json' with { type: 'json' };
import servicenowQualificationOperations from './servicenow-qualification.operations.json' with { type: 'json' };
import southbound from './southbound-api.json' with { type: 'json' };
import southboundOperations from './southbound-api.operations.json' with { type: 'json' };
import tmf622 from './tmf622-v4.0.json' with { type: 'json' };
import tmf622Operations from './tmf622-v4.0.operations.json' with { type: 'json' };
import tmf622v5 from './tmf622-v5.0.json' with { type: 'json' };
import tmf622v5Operations from './tmf622-v5.0.operations.json' with { type: 'json' };
import tmf638 from './tmf638-v4.0.json' with { type: 'json' };
import tmf638Operations from './tmf638-v4.0.operations.json' with { type: 'json' };
import tmf639 from './tmf639-v4.0.json' with { type: 'json' };
import tmf639Operations from './tmf639-v4.0.operations.json' with { type: 'json' };
import tmf641 from './tmf641-v4.1.json' with { type: 'json' };
import tmf641Operations from './tmf641-v4.1.operations.json' with { type: 'json' };
import tmf645 from './tmf645-v4.0.json' with { type: 'json' };
import tmf645Operations from './tmf645-v4.0.operations.json' with { type: 'json' };
import tmf652 from './tmf652-v4.0.json' with { type: 'json' };
import tmf652Operations from './tmf652-v4.0.operations.json' with { type: 'json' };
import tmf697 from './tmf697-v4.0.json' with { type: 'json' };
import tmf697Operations from './tmf697-v4.0.operations.json' with { type: 'json' };
import type { SchemaDocument } from './validator.ts';

export type ApiName =
  | 'TMF622'
  | 'TMF622v5'
  | 'TMF638'
  | 'TMF639'
  | 'TMF641'
  | 'TMF645'
  | 'TMF652'
  | 'TMF697'
  | 'OutboundResponse'
  | 'FlowOne'
  | 'ServiceNow'
  | 'ServiceNowInventory'
  | 'ServiceNowQualification'
  | 'Southbound'
  | 'Mock';

/** One operation of an API, or one listener that the other side offers. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Below the base path, with `{id}` for an id. */
  readonly path: string;
  readonly query?: readonly string[];
  /** The type of the request body. */
  readonly request?: string;
  /** By status: the body, `null` for none. `default` stands for every error that is not named. */
  readonly responses: { readonly [status: string]: DeclaredBody | null };
}

/** The body of a response: its type, and its media type where it is not JSON. */
export interface DeclaredBody {
  readonly type: string;
  readonly list?: boolean;
  readonly mediaType?: string;
}

export interface PublishedApi {
  readonly name: ApiName;
  readonly basePath: string;
  readonly document: SchemaDocument;
  readonly operations: readonly Operation[];
  readonly listeners: readonly Operation[];
}

export const publishedApis: { readonly [name in ApiName]: PublishedApi } = {
  TMF622: { name: 'TMF622', document: tmf622, ...operationsOf(tmf622Operations) },
  TMF622v5: { name: 'TMF622v5', document: tmf622v5, ...operationsOf(tmf622v5Operations) },
  TMF638: { name: 'TMF638', document: tmf638, ...operationsOf(tmf638Operations) },
  TMF639: { name: 'TMF639', document: tmf639, ...operationsOf(tmf639Operations) },
  TMF641: { name: 'TMF641', document: tmf641, ...operationsOf(tmf641Operations) },
  TMF645: { name: 'TMF645', document: tmf645, ...operationsOf(tmf645Operations) },
  TMF652: { name: 'TMF652', document: tmf652, ...operationsOf(tmf652Operations) },
  TMF697: { name: 'TMF697', document: tmf697, ...operationsOf(tmf697Operations) },
  OutboundResponse: {
    name: 'OutboundResponse',
    document: outboundResponse,
    ...operationsOf(outboundResponseOperations),
  },
  FlowOne: { name: 'FlowOne', document: flowone, ...operationsOf(flowoneOperations) },
  ServiceNow: { name: 'ServiceNow', document: servicenow, ...operationsOf(servicenowOperations) },
  ServiceNowInventory: {
    name: 'ServiceNowInventory',
    document: servicenowInventory,
    ...operationsOf(servicenowInventoryOperations),
  },
  ServiceNowQualification: {
    name: 'ServiceNowQualification',
    document: servicenowQualification,
    ...operationsOf(servicenowQualificationOperations),
  },
  Southbound: { name: 'Southbound', document: southbound, ...operationsOf(southboundOperations) },
  Mock: { name: 'Mock', document: mockApi, ...operationsOf(mockApiOperations) },
};

/** A literal JSON file has a type of its own for every entry; this gives them their common one. */
function operationsOf(file: {
  basePath: string;
  operations: readonly object[];
  listeners: readonly object[];
}): Pick<PublishedApi, 'basePath' | 'operations' | 'listeners'> {
  return {
    basePath: file.basePath,
    operations: file.operations as Operation[], // held to the Operation shape by test/contracts/schemas
    listeners: file.listeners as Operation[],
  };
}

/** The one place where a message is held against its contract: which operation it belongs to, and what is wrong with it. */
import { type ApiName, type Operation, type PublishedApi, publishedApis } from '../schemas/documents.ts';
import { type Finding, shown } from '../schemas/finding.ts';
import { type Check, type Validator, validatorOf } from '../schemas/validator.ts';
import { commonStatuses, isTolerantDateTime, tolerantDateTime } from './common.ts';
import { overlaid } from './overlaid.ts';
import type { Overlay, ProfileName } from './profile.ts';
import { serviceNowInventoryOverlay } from './servicenow/inventory.ts';
import { serviceNowOverlay } from './servicenow/ordering.ts';
import { serviceNowQualificationOverlay } from './servicenow/qualification.ts';
import { tmf622Overlay } from './tmf622-v4.0.ts';
import { tmf622v5Overlay } from './tmf622-v5.0.ts';
import { tmf638Overlay } from './tmf638-v4.0.ts';
import { tmf639Overlay } from './tmf639-v4.0.ts';
import { tmf641Overlay } from './tmf641-v4.1.ts';
import { tmf645Overlay } from './tmf645-v4.0.ts';
import { tmf652Overlay } from './tmf652-v4.0.ts';
import { tmf697Overlay } from './tmf697-v4.0.ts';

/** An API without an overlay: its schema says all that is known of it. */
function withoutOverlay(api: ApiName, source: string): Overlay {
  const nothing = { ownership: {}, transitions: {}, definitions: {}, requirements: [], relaxations: [], formats: [] };
  return { api, source, ...nothing, statuses: commonStatuses };
}

export const overlays: { readonly [api in ApiName]: Overlay } = {
  TMF622: tmf622Overlay,
  TMF622v5: tmf622v5Overlay,
  TMF638: tmf638Overlay,
  TMF639: tmf639Overlay,
  TMF641: tmf641Overlay,
  TMF645: tmf645Overlay,
  TMF652: tmf652Overlay,
  TMF697: tmf697Overlay,
  OutboundResponse: withoutOverlay(
    'OutboundResponse',
    'the outboundresponse callback of the order-management REST interface',
  ),
  FlowOne: withoutOverlay('FlowOne', 'a public client of FlowOne, and our reading of it: docs/decisions/0011'),
  ServiceNow: serviceNowOverlay,
  ServiceNowInventory: serviceNowInventoryOverlay,
  ServiceNowQualification: serviceNowQualificationOverlay,
  Southbound: withoutOverlay('Southbound', 'this product'),
  Mock: withoutOverlay('Mock', 'this product'),
};

const checks = new Map<ProfileName, Map<ApiName, Map<string, Check>>>();
const validators = new Map<string, Validator>();

/** The check of one type of an API under a profile. Compiled at first use, then kept. */
export function checkOf(api: ApiName, profile: ProfileName, definition: string): Check {
  return checks.get(profile)?.get(api)?.get(definition) ?? compiledCheck(api, profile, definition);
}

function compiledCheck(api: ApiName, profile: ProfileName, definition: string): Check {
  const check = validatorFor(api, profile).checkOf(definition);
  const ofProfile = checks.get(profile) ?? new Map<ApiName, Map<string, Check>>();
  const ofApi = ofProfile.get(api) ?? new Map<string, Check>();
  checks.set(profile, ofProfile.set(api, ofApi.set(definition, check)));
  return check;
}

function validatorFor(api: ApiName, profile: ProfileName): Validator {
  const key = `${profile}/${api}`;
  let validator = validators.get(key);
  if (validator === undefined) {
    const document = overlaid(publishedApis[api].document, overlays[api], profile);
    validator = validatorOf(document, { [tolerantDateTime]: isTolerantDateTime });
    validators.set(key, validator);
  }
  return validator;
}

/** The operation that a method and a path belong to. */
export interface Contract {
  readonly api: ApiName;
  readonly side: 'operation' | 'listener';
  readonly operation: Operation;
}

interface Pattern extends Contract {
  readonly path: RegExp;
}

/** The same event has the same name in every version of an API: below a base path it is of that version, elsewhere of the first. */
const patterns: readonly Pattern[] = [
  ...Object.values(publishedApis).flatMap((api) => [
    ...api.operations.map((operation) => patternOf(api, 'operation', operation, api.basePath)),
    ...api.listeners.map((operation) => patternOf(api, 'listener', operation, api.basePath)),
  ]),
  ...Object.values(publishedApis).flatMap((api) =>
    api.listeners.map((operation) => patternOf(api, 'listener', operation, '')),
  ),
];

/** An API may stand below a prefix; a listener stands wherever its callback says. */
function patternOf(api: PublishedApi, side: Contract['side'], operation: Operation, below: string): Pattern {
  const path = operation.path.replaceAll(/\{\w+\}/g, '[^/]+');
  return { api: api.name, side, operation, path: new RegExp(`${`${below}${path}`.replaceAll('.', '\\.')}/?$`) };
}

/** Paths without an id are few and come again and again; more than this many different ones are not remembered. */
const mostRemembered = 1_000;
const remembered = new Map<string, Map<string, Contract>>();

/** `undefined` when no API knows that method on that path. */
export function contractOf(method: string, path: string): Contract | undefined {
  const ofMethod = remembered.get(method);
  const known = ofMethod?.get(path);
  if (known !== undefined) return known;
  const found = patterns.find((pattern) => pattern.operation.method === method && pattern.path.test(path));
  if (found === undefined || found.operation.path.includes('{')) return found;
  if (ofMethod === undefined) remembered.set(method, new Map([[path, found]]));
  else if (ofMethod.size < mostRemembered) ofMethod.set(path, found);
  return found;
}

/** The findings on the body of a request. */
export function checkRequest(contract: Contract, profile: ProfileName, body: unknown): readonly Finding[] {
  const type = contract.operation.request;
  if (type === undefined) return [];
  // TMF630 knows JSON patches as well, and the files of v4 have a type for merge patches alone.
  if (type.endsWith('_Update') && Array.isArray(body) && profile !== 'official') return [];
  return checkOf(contract.api, profile, type)(body);
}

/** The findings on the status and the body of a response. */
export function checkResponse(
  contract: Contract,
  profile: ProfileName,
  response: { readonly status: number; readonly body: unknown },
): readonly Finding[] {
  const { status, body } = response;
  const declared = declaredFor(contract.operation, status);
  if (declared === undefined) return checkUndeclared(contract, profile, status, body);
  // Hazard of every v4 file: a listener is said to answer with an EventSubscription, and has none to give.
  if (declared === null || (contract.side === 'listener' && status < 300)) return [];
  // A page for people: nothing is said of its text.
  if (declared.mediaType !== undefined) return [];
  const check = checkOf(contract.api, profile, declared.type);
  return declared.list === true ? checkList(check, body) : check(body);
}

function declaredFor({ responses }: Operation, status: number): Operation['responses'][string] | undefined {
  return responses[status] === undefined && status >= 400 ? responses.default : responses[status];
}

function checkUndeclared(contract: Contract, profile: ProfileName, status: number, body: unknown): readonly Finding[] {
  const allowed = profile === 'official' ? [] : statusesOf(contract);
  if (!allowed.includes(status)) {
    const known = new Set([...Object.keys(contract.operation.responses), ...allowed.map(String)]);
    const expected = `one of ${[...known].toSorted().join(', ')}`;
    return [{ pointer: '', rule: 'status-declared', expected, got: String(status) }];
  }
  if (status >= 400) return checkOf(contract.api, profile, 'Error')(body);
  const ok = contract.operation.responses['200'];
  return ok?.list === true ? checkList(checkOf(contract.api, profile, ok.type), body) : [];
}

function statusesOf(contract: Contract): number[] {
  const isList = contract.operation.responses['200']?.list === true;
  const places = ['any', contract.operation.id, contract.side, ...(isList ? ['GET list'] : [])];
  return overlays[contract.api].statuses.filter(({ on }) => places.includes(on)).flatMap(({ statuses }) => statuses);
}

function checkList(check: Check, body: unknown): readonly Finding[] {
  if (!Array.isArray(body)) return [{ pointer: '', rule: 'type', expected: 'an array', got: shown(body) }];
  return body.flatMap((element, index) =>
    check(element).map((finding) => ({ ...finding, pointer: `/${index}${finding.pointer}` })),
  );
}

/** What a body must be: the published schema with strict dates, nothing that belongs to the server, no prototype keys. */
import { publishedApis } from '../../../schemas/documents.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type ErrorAnswer, errorAnswer, errorOfFindings } from '../../../schemas/tmf-error.ts';
import { type Check, validatorOf } from '../../../schemas/validator.ts';

const strictDate = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

const validator = validatorOf(publishedApis.TMF641.document, { 'date-time': isDateTime });
const checks = new Map<string, Check>();

/** Attributes that a create must not have (TMF641B R18.0: 400). */
export const ownedOfOrder = [
  'id',
  'href',
  'state',
  'orderDate',
  'completionDate',
  'expectedCompletionDate',
  'startDate',
  'jeopardyAlert',
  'errorMessage',
  'milestone',
];
const ownedOfTask = ['id', 'href', 'state', 'effectiveCancellationDate', 'completionMessage', 'errorMessage'];

/** RFC 3339 with a zone, and a day that there is. */
export function isDateTime(text: string): boolean {
  const parts = strictDate.exec(text);
  if (parts === null || Number.isNaN(Date.parse(text))) return false;
  const [, year, month, day] = parts.map(Number);
  return (day ?? 0) <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
}

/** What the published schema says of a body, and that it is none at all. */
export function refusalBySchema(definition: string, body: unknown): ErrorAnswer | undefined {
  if (body === undefined) return errorAnswer(400, '21', 'Missing body', 'Send a JSON body');
  const check = checks.get(definition) ?? validator.checkOf(definition);
  checks.set(definition, check);
  const findings = check(body).filter((finding) => !isPublishedSlip(finding, body));
  return findings.length === 0 ? undefined : errorOfFindings(findings);
}

export function refusalOfCreate(body: unknown): ErrorAnswer | undefined {
  return (
    refusalByKeys(body) ?? refusalBySchema('ServiceOrder_Create', body) ?? refusalByOwner(body, ownedOfOrder, true)
  );
}

export function refusalOfTask(body: unknown): ErrorAnswer | undefined {
  return (
    refusalByKeys(body) ??
    refusalBySchema('CancelServiceOrder_Create', body) ??
    refusalByOwner(body, ownedOfTask, false)
  );
}

/** Only somebody who wants to do harm sends these: `__proto__`, and `constructor` with a prototype in it. */
export function refusalByKeys(body: unknown): ErrorAnswer | undefined {
  return hasPrototypeKey(body)
    ? errorAnswer(400, '24', 'Invalid body field', 'The body has a key that names a prototype')
    : undefined;
}

export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasPrototypeKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPrototypeKey);
  if (!isObject(value)) return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  const { constructor: named } = value;
  if (Object.hasOwn(value, 'constructor') && isObject(named) && Object.hasOwn(named, 'prototype')) return true;
  return Object.values(value).some(hasPrototypeKey);
}

/** The schema requires `id` of a ServiceOrderItemRef, whose property is called `itemId`: either will do. */
function isPublishedSlip({ rule, pointer }: Finding, body: unknown): boolean {
  if (rule !== 'required' || !pointer.endsWith('/orderItem/id')) return false;
  const names = pointer.split('/').slice(1, -1);
  const ref = names.reduce<unknown>(
    (value, name) => (Array.isArray(value) ? value[Number(name)] : own(value, name)),
    body,
  );
  return typeof own(ref, 'itemId') === 'string';
}

function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function refusalByOwner(body: unknown, owned: readonly string[], withItems: boolean): ErrorAnswer | undefined {
  if (!isObject(body)) return undefined;
  const found = owned.filter((name) => Object.hasOwn(body, name));
  const stated = withItems && hasStatedItem(body) ? ['serviceOrderItem.state'] : [];
  const all = [...found, ...stated];
  if (all.length === 0) return undefined;
  const details = all.map((name) => ({ message: 'is set by the server', datapath: `/${name.replace('.', '/')}` }));
  return errorAnswer(400, '24', 'Invalid body field', `The server sets ${all.join(', ')}`, details);
}

function hasStatedItem(holder: { readonly [name: string]: unknown }): boolean {
  const { serviceOrderItem: items } = holder;
  return (
    Array.isArray(items) &&
    items.some((item) => isObject(item) && (Object.hasOwn(item, 'state') || hasStatedItem(item)))
  );
}

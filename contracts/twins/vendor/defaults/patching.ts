/** A merge patch of an order (RFC 7396): what may be patched, by what, and when. */
import { type ErrorAnswer, errorAnswer } from '../../../schemas/tmf-error.ts';
import type { Vendor } from '../habits.ts';
import type { OrderDocument } from '../words.ts';
import { isObject, refusalByKeys, refusalBySchema } from './checks.ts';
import { allCancelled } from './course.ts';
import { acknowledgedItem } from './documents.ts';
import { leavesOf } from './items.ts';
import { hasEnded, mayMove } from './states.ts';

/** ServiceOrder without ServiceOrder_Update, as published. */
export const notPatchable = [
  'id',
  'href',
  'orderDate',
  'startDate',
  'completionDate',
  'cancellationDate',
  'cancellationReason',
  'category',
  'errorMessage',
  'jeopardyAlert',
  'milestone',
  '@baseType',
  '@schemaLocation',
  '@type',
];

/** What an order cannot be without: null, which takes an attribute away, is refused for them. */
const notRemovable = ['state', 'serviceOrderItem', 'expectedCompletionDate'];

export function refusalOfPatch(document: OrderDocument, patch: unknown): ErrorAnswer | undefined {
  const given = isObject(patch) ? patch : {};
  const kept = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== null || notRemovable.includes(name)),
  );
  const refusal = refusalByKeys(patch) ?? refusalBySchema('ServiceOrder_Update', isObject(patch) ? kept : patch);
  if (refusal !== undefined) return refusal;
  const fixed = notPatchable.filter((name) => Object.hasOwn(given, name));
  if (fixed.length > 0) {
    const details = fixed.map((name) => ({ message: 'cannot be patched', datapath: `/${name}` }));
    return errorAnswer(400, '24', 'Invalid body field', `Not patchable: ${fixed.join(', ')}`, details);
  }
  if (hasEnded(document.state)) return conflict(`The order is ${document.state}, and does not change any more`);
  return refusalOfState(document, given) ?? refusalOfItems(document, given);
}

export function patched(document: OrderDocument, patch: object, vendor: Vendor): OrderDocument {
  const merged = merge(document, patch) as OrderDocument; // a patch that was not refused leaves it one
  if ('serviceOrderItem' in patch) merged.serviceOrderItem = merged.serviceOrderItem.map(acknowledgedItem);
  if (merged.state === document.state || merged.state !== 'cancelled') return merged;
  const move = { ...allCancelled(leavesOf(document.serviceOrderItem)), afterMs: 0 };
  return vendor.habits.moved({ ...merged, state: document.state }, move, vendor);
}

/** An item list can be replaced until the first item is begun. */
function refusalOfItems(document: OrderDocument, patch: { readonly [name: string]: unknown }): ErrorAnswer | undefined {
  if (!Object.hasOwn(patch, 'serviceOrderItem')) return undefined;
  if (document.state !== 'acknowledged') return conflict(`The order is ${document.state}: its items have been begun`);
  const isAcknowledged = (item: unknown): boolean =>
    isObject(item) &&
    (item.state === undefined || item.state === 'acknowledged') &&
    (!Array.isArray(item.serviceOrderItem) || item.serviceOrderItem.every(isAcknowledged));
  const items = patch.serviceOrderItem;
  return Array.isArray(items) && !items.every(isAcknowledged)
    ? conflict('The state of an item is the result of its fulfilment, and cannot be set')
    : undefined;
}

/** Only one state can be asked for: cancelled. All others are the result of what happens. */
function refusalOfState(
  { state }: OrderDocument,
  { state: wanted }: { readonly [name: string]: unknown },
): ErrorAnswer | undefined {
  if (wanted === undefined || wanted === state) return undefined;
  if (wanted === 'cancelled' && mayMove(state, wanted) && state !== 'pendingCancellation') return undefined;
  return conflict(`The order is ${state}; ${String(wanted)} cannot be asked for`);
}

function conflict(message: string): ErrorAnswer {
  return errorAnswer(409, '62', 'Conflict', message);
}

/** RFC 7396, section 2. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: { [name: string]: unknown } = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merge(result[name], value);
  }
  return result;
}

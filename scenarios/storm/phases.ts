/** In which phase of its life a request was when the weather hit a message about it. */
import type { RunRecord } from '../../contracts/records/run.ts';
import { type Fault, faults, type WeatherRecord } from '../../contracts/records/weather.ts';
import type { CustomerOrder } from '../../engine/index.ts';
import { hasEnded } from '../laws/ended.ts';
import type { Evidence, OrderEvidence } from '../laws/evidence.ts';

/** From the first attempt to the end of the order. The first that is true of a request counts. */
export const phases = [
  'order ended',
  'discarded',
  'revising',
  'first attempt',
  'retrying',
  'accepted',
  'in error',
  'partly fulfilled',
  'fulfilled',
] as const;

export type Phase = (typeof phases)[number];

/** By fault and phase. */
export type HitCounts = { readonly [fault in Fault]: { readonly [phase in Phase]: number } };

export function noHits(): HitCounts {
  const row = () => Object.fromEntries(phases.map((phase) => [phase, 0]));
  return Object.fromEntries(faults.map((fault) => [fault, row()])) as HitCounts; // every fault, every phase
}

export function sumOfHits(one: HitCounts, other: HitCounts): HitCounts {
  const row = (fault: Fault) =>
    Object.fromEntries(phases.map((phase) => [phase, one[fault][phase] + other[fault][phase]]));
  return Object.fromEntries(faults.map((fault) => [fault, row(fault)])) as HitCounts; // every fault, every phase
}

export function countHits({ journal }: Pick<RunRecord, 'journal'>, evidence: Evidence): HitCounts {
  const counts = noHits() as { [fault in Fault]: { [phase in Phase]: number } }; // its own copy
  const entries = new Map<string, number>();
  // Steps and weather stand in the journal in the order in which they happened; an exchange stands where it ended.
  for (const record of journal) {
    if (record.kind === 'step') entries.set(record.orderId, record.entry);
    const phase = record.kind === 'weather' ? phaseOfHit(record, evidence, entries) : undefined;
    if (record.kind === 'weather' && phase !== undefined) counts[record.fault][phase] += 1;
  }
  return counts;
}

/** Nothing for a message that is about no request, such as a subscription. */
function phaseOfHit(
  { externalId, path }: WeatherRecord,
  { orders }: Evidence,
  entries: ReadonlyMap<string, number>,
): Phase | undefined {
  for (const each of orders) {
    const order = orderAt(each, entries.get(each.order.id) ?? 0);
    const requestId = order === undefined ? undefined : requestOf(order, externalId, path);
    if (order !== undefined && requestId !== undefined) return phaseOf(order, requestId);
  }
  return undefined;
}

function orderAt({ history }: OrderEvidence, entry: number): CustomerOrder | undefined {
  return history[entry - 1]?.order;
}

/** By the `externalId` in the message, or by the id in the path that the other side gave the order. */
function requestOf(order: CustomerOrder, externalId: string | undefined, path: string): string | undefined {
  const known = order.dispatches.find(({ requestId }) => requestId === externalId);
  if (known !== undefined) return known.requestId;
  const last = path.split('/').at(-1);
  return order.outboundRequests.find(({ externalOrderId }) => externalOrderId === last)?.requestId;
}

function phaseOf(order: CustomerOrder, requestId: string): Phase {
  if (hasEnded(order)) return 'order ended';
  const underWay = order.dispatches.find((dispatch) => dispatch.requestId === requestId)?.underWay;
  const states = order.outboundRequests
    .filter((record) => record.requestId === requestId && record.state !== 'failed')
    .map(({ state }) => state);
  if (states.length === 0) return 'discarded';
  if (underWay?.operation === 'revise') return 'revising';
  if (states.every((state) => state === 'not_applicable'))
    return underWay?.attempt === 1 ? 'first attempt' : 'retrying';
  if (states.includes('error')) return 'in error';
  if (states.every((state) => state === 'fulfilled')) return 'fulfilled';
  return states.includes('fulfilled') ? 'partly fulfilled' : 'accepted';
}

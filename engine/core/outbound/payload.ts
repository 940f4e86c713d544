/** What goes south of a request: put together from the order as it is now, and held against what was accepted before. */
import type { Json } from '../../model/json.ts';
import { sameJson } from '../../model/json.ts';
import type { DomainOrder, OutboundRequest } from '../../model/order.ts';
import type {
  Modification,
  OutboundCharacteristic,
  OutboundItem,
  OutboundJob,
  OutboundPayload,
} from '../../model/payload.ts';
import type { Job } from '../../model/work-orders/job.ts';
import { specificationOf } from '../decompose.ts';
import type { Draft } from '../draft.ts';
import type { Unfinished } from '../unfinished.ts';

/** The whole of a request as it would be sent now: one item for each record. */
export function payloadOf(draft: Draft, revision: number, records: readonly OutboundRequest[]): OutboundPayload {
  const { description, priority, requestedStartAt, requestedCompletionAt, parties } = draft.header;
  const requestId = records[0]?.requestId ?? '';
  const payload: Unfinished<OutboundPayload> = {
    requestId,
    revision,
    parties,
    items: itemsOf(
      draft,
      records.map(({ serviceOrder }) => serviceOrder),
    ),
  };
  const kind = kindOf(draft, records);
  if (kind !== undefined) payload.kind = kind;
  if (kind === 'work') payload.order = { id: draft.header.id, category: draft.header.category };
  if (description !== undefined) payload.description = description;
  if (priority !== undefined) payload.priority = priority;
  if (requestedStartAt !== undefined) payload.requestedStartAt = requestedStartAt;
  if (requestedCompletionAt !== undefined) payload.requestedCompletionAt = requestedCompletionAt;
  return payload;
}

/** Of what is told; nothing for service orders, which most are. */
export function kindOf(draft: Draft, [first]: readonly OutboundRequest[]): OutboundPayload['kind'] {
  const kind = first === undefined ? undefined : draft.domainOrders.find(first.serviceOrder)?.kind;
  return kind === 'resource' || kind === 'work' ? kind : undefined;
}

/** What is said of domain orders; parents before children. Relations lead only to what is said with it. */
export function itemsOf(draft: Draft, serviceOrders: readonly string[]): OutboundItem[] {
  const items = new Map<string, Unfinished<OutboundItem> & { children: string[] }>();
  for (const each of serviceOrders) {
    const serviceOrder = draft.domainOrders.get(each);
    const { id, name, version, type } = specificationOf(draft.facts.catalogue, serviceOrder.specification);
    const { parent, place, job } = serviceOrder;
    // Work is told with what it is for.
    const worked = job === undefined ? serviceOrder : draft.domainOrders.get(parent ?? each);
    const { inventory } = worked;
    const item: Unfinished<OutboundItem> & { children: string[] } = {
      serviceOrder: serviceOrder.id,
      action: serviceOrder.action,
      quantity: 1,
      specification: { id, name, version, type },
      characteristics: worked.characteristics,
      children: [],
      after: serviceOrder.after,
    };
    if (inventory !== undefined) item.inventory = inventory;
    if (place !== undefined) item.place = place;
    if (job !== undefined) item.job = outboundJobOf(job, worked);
    const above = parent === undefined ? undefined : items.get(parent);
    if (above !== undefined && parent !== undefined) {
      item.parent = parent;
      above.children.push(serviceOrder.id);
    }
    items.set(serviceOrder.id, item);
  }
  for (const item of items.values()) item.after = item.after.filter((before) => items.has(before));
  return [...items.values()];
}

/** The service orders of which something else would be sent now than was accepted. */
export function changedItems(accepted: OutboundPayload, current: OutboundPayload): Set<string> {
  const marked = markedItems(accepted, current).filter(({ modification }) => modification !== 'noChange');
  return new Set(marked.map(({ serviceOrder }) => serviceOrder));
}

/** Whether the same is said of the request as a whole. */
export function sameHeader(one: OutboundPayload, other: OutboundPayload): boolean {
  const header = ({ items: _items, requestId: _id, revision: _revision, ...rest }: OutboundPayload) =>
    rest as unknown as Json; // plain JSON, all of it
  return sameJson(header(one), header(other));
}

/**
 * A revision: each item says what has become of it since `accepted`, each changed characteristic what it was.
 * @param profile `delta` leaves out the items that are as they were.
 */
export function revisionOf(
  accepted: OutboundPayload,
  current: OutboundPayload,
  profile: 'full' | 'delta',
): OutboundPayload {
  const items = markedItems(accepted, current);
  if (profile === 'full') return { ...current, items };
  const sent = items.filter(({ modification }) => modification !== 'noChange');
  const ids = new Set(sent.map(({ serviceOrder }) => serviceOrder));
  return { ...current, items: sent.map((item) => relatedOnlyTo(ids, item)) };
}

function markedItems(accepted: OutboundPayload, current: OutboundPayload): OutboundItem[] {
  const before = new Map(accepted.items.map((item) => [item.serviceOrder, item]));
  const now = new Set(current.items.map(({ serviceOrder }) => serviceOrder));
  const gone = accepted.items.filter(({ serviceOrder }) => !now.has(serviceOrder));
  return [
    ...current.items.map((item) => marked(before.get(item.serviceOrder), item)),
    ...gone.map((item): OutboundItem => ({ ...relatedOnlyTo(now, item), action: 'delete', modification: 'delete' })),
  ];
}

function marked(before: OutboundItem | undefined, item: OutboundItem): OutboundItem {
  if (before === undefined) return { ...item, modification: 'add' };
  const modification: Modification = sameContent(before, item) ? 'noChange' : 'change';
  const characteristics = withPrevious(before.characteristics, item.characteristics);
  const job = turned(before.job, item.job);
  return { ...item, modification, characteristics, ...(job === undefined ? {} : { job }) };
}

function outboundJobOf({ task: _ours, ...job }: Job, { id, number, kind }: DomainOrder): OutboundJob {
  return { ...job, for: { id, number, kind } };
}

/** Whoever does the work is told once that it is to stop for now, and once that it goes on. */
function turned(before: OutboundJob | undefined, now: OutboundJob | undefined): OutboundJob | undefined {
  if (now === undefined || before?.suspended === now.suspended) return now;
  return { ...now, turn: now.suspended === true ? 'suspend' : 'resume' };
}

/** Relations do not count: they change when something beside the item does. */
function sameContent(one: OutboundItem, other: OutboundItem): boolean {
  const content = ({ action, quantity, specification, characteristics, inventory, place, job }: OutboundItem) =>
    ({ action, quantity, specification, characteristics, inventory, place, job }) as unknown as Json; // plain JSON, all of it
  return sameJson(content(one), content(other));
}

function withPrevious(
  before: readonly OutboundCharacteristic[],
  now: readonly OutboundCharacteristic[],
): OutboundCharacteristic[] {
  const known = new Map(before.map((characteristic) => [characteristic.name, characteristic.value]));
  return now.map((characteristic) => {
    const previousValue = known.get(characteristic.name);
    const isSame = previousValue === undefined || sameJson(previousValue, characteristic.value);
    return isSame ? characteristic : { ...characteristic, previousValue };
  });
}

function relatedOnlyTo(ids: ReadonlySet<string>, { parent, ...item }: OutboundItem): OutboundItem {
  return {
    ...item,
    ...(parent !== undefined && ids.has(parent) ? { parent } : {}),
    children: item.children.filter((child) => ids.has(child)),
    after: item.after.filter((before) => ids.has(before)),
  };
}

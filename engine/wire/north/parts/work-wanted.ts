/** A work order that somebody places through TMF697: what it is for, and what is said of it. */
import { pointerTo } from '../../../../contracts/schemas/finding.ts';
import { instantOfText } from '../../../../contracts/schemas/text.ts';
import type {
  OrderItemRef,
  RelatedEntity,
  WorkOrder_Create,
} from '../../../../contracts/schemas/tmf697-v4.0.generated.ts';
import { type Json, type JsonObject, sameJson } from '../../../model/json.ts';
import type { CustomerOrder, DomainOrder } from '../../../model/order.ts';
import { type Refusal, refusal } from '../../../model/refusals.ts';
import type { OrderTask } from '../../../model/tasks/task.ts';
import type { WorkSaid } from '../../../model/work-orders/job.ts';
import { keptOf } from '../../captured-orders.ts';
import { domainOrderId, type Placed, partsOfId, renderWorkOrder } from '../domain-orders.ts';
import { isObject, listIn } from '../patch/items.ts';

/** What is named, before anybody has looked whether it is there. */
export interface NamedWork {
  readonly orderId: string;
  readonly orderPointer: string;
  readonly id: string;
  readonly pointer: string;
  /** An item of the order stands for what it became at its top. */
  readonly by: 'relatedEntity' | 'orderItem';
}

interface Candidate {
  readonly id: string;
  readonly pointer: string;
  readonly by: NamedWork['by'];
}

const firstItem = '/workOrderItem/0';
const isSubject = ({ role }: RelatedEntity): boolean => role.toLowerCase() === 'fulfills';

/** @param body valid against WorkOrder_Create. */
export function namedIn(body: WorkOrder_Create): NamedWork | Refusal {
  const [item, second] = body.workOrderItem;
  if (second !== undefined) return several(body.workOrderItem.length, 'items', '/workOrderItem/1');
  if (item === undefined) return refusal('workSubjectMissing', { what: 'what it is for' }, '/workOrderItem');
  if ((item.workOrderItem ?? []).length > 0) return several(2, 'items', `${firstItem}/workOrderItem/0`);
  if (item.action !== 'add') {
    const values = { attribute: `action ${item.action}`, why: 'what is placed is work that was not there before' };
    return refusal('workSaidOtherwise', values, `${firstItem}/action`);
  }
  const candidates = [
    ...entities(item.relatedEntity, `${firstItem}/relatedEntity`),
    ...(item.orderItem ?? []).map((each, index) => candidate('orderItem', each, `${firstItem}/orderItem/${index}/id`)),
    ...entities(body.relatedEntity, '/relatedEntity'),
  ];
  const [subject, another] = candidates;
  if (subject === undefined)
    return refusal('workSubjectMissing', { what: 'what it is for' }, `${firstItem}/relatedEntity`);
  if (another !== undefined) return several(candidates.length, 'things that it is for', another.pointer);
  const [order, otherOrder] = body.order ?? [];
  if (otherOrder !== undefined) return several(body.order?.length ?? 0, 'orders', '/order/1');
  if (order !== undefined) return { ...subject, orderId: order.id, orderPointer: '/order/0/id' };
  // The id of a resource order says which order it belongs to.
  const { orderId } = partsOfId(subject.id);
  if (orderId === '' || subject.by === 'orderItem')
    return refusal('workSubjectMissing', { what: 'which order it belongs to' }, '/order');
  return { ...subject, orderId, orderPointer: subject.pointer };
}

function entities(given: readonly RelatedEntity[] = [], pointer: string): Candidate[] {
  return given.flatMap((each, index) =>
    isSubject(each) ? [candidate('relatedEntity', each, `${pointer}/${index}/id`)] : [],
  );
}

function candidate(by: Candidate['by'], { id }: RelatedEntity | OrderItemRef, pointer: string): Candidate {
  return { by, id, pointer };
}

function several(count: number, things: string, pointer: string): Refusal {
  return refusal('workSubjectsSeveral', { count: String(count), things }, pointer);
}

export interface WorkSubject {
  readonly domainOrder: DomainOrder;
  readonly task?: OrderTask;
}

/** The domain order or the task that is named, by its id or its number. */
export function subjectOf(order: CustomerOrder, { id, by, pointer }: NamedWork): WorkSubject | Refusal {
  if (by === 'orderItem') {
    const line = order.lines.find(({ externalId }) => externalId === id);
    const domainOrder = order.domainOrders.find((each) => each.line === line?.id && each.kind !== 'work');
    return domainOrder === undefined
      ? wrong('item of the order with something to be done', id, pointer)
      : { domainOrder };
  }
  const names = (each: DomainOrder) => [each.id, each.number, domainOrderId({ order, domainOrder: each })];
  const domainOrder = order.domainOrders.find((each) => names(each).includes(id));
  if (domainOrder !== undefined) return { domainOrder };
  const task = order.tasks.find((each) => each.id === id || each.number === id);
  const about = task?.about.kind === 'domainOrder' ? task.about.domainOrder : undefined;
  const worked = order.domainOrders.find((each) => each.id === about);
  if (task === undefined || worked === undefined) return wrong('domain order, and no task of one,', id, pointer);
  return { domainOrder: worked, task };
}

export function wrong(thing: string, id: string, pointer: string): Refusal {
  return refusal('workSubjectWrong', { thing, id }, pointer);
}

/** Set by the provider, or said by the order that it belongs to. */
const ofTheProvider = [
  'id',
  'href',
  'state',
  'orderDate',
  'startDate',
  'completionDate',
  'expectedCompletionDate',
  'stateChangeDate',
  'cancellationDate',
  'cancellationReason',
];
const ofTheOrder = ['priority', 'requestedStartDate', 'requestedCompletionDate', 'place'] as const;
const ofTheSubject = ['workCharacteristic', 'place'] as const;

/** What is said beside what it is for. @param about where it would be shown. */
export function saidOf(
  body: WorkOrder_Create,
  { domainOrder }: WorkSubject,
  about: Omit<Placed, 'domainOrder'>,
): { readonly said: WorkSaid; readonly typePointer: string } | Refusal {
  const document = body as JsonObject; // parsed JSON, as it came
  const [item = {}] = listIn(document, 'workOrderItem');
  const work = isObject(item.work) ? item.work : {};
  const shown = renderWorkOrder({ ...about, domainOrder: workFor(domainOrder) }) as JsonObject; // rendered from a plain JSON order
  const [shownItem = {}] = listIn(shown, 'workOrderItem');
  const fixed =
    otherwise(document, shown, ofTheOrder, '', 'it is that of the order that it belongs to') ??
    otherwise(work, shownItem.work, ofTheSubject, `${firstItem}/work`, 'it is that of what it is for');
  if (fixed !== undefined) return fixed;
  const types = typesIn(document, work);
  const [type] = types;
  const other = types.find(({ value }) => value !== type?.value);
  if (type !== undefined && other !== undefined) {
    const values = { attribute: `that ${other.value} is to be done`, why: `it says ${type.value}, too` };
    return refusal('workSaidOtherwise', values, other.pointer);
  }
  const description = [document, item, work].map((each) => each.description).find((text) => typeof text === 'string');
  const keptItem = {
    ...keptOf(item, ['state', 'workOrderItem', 'work']),
    work: keptOf(work, [...ofTheSubject, 'state']),
  };
  const kept = { ...keptOf(document, [...ofTheProvider, ...ofTheOrder, 'workOrderItem']), workOrderItem: [keptItem] };
  const said = { kept, ...(type === undefined ? {} : { type: type.value }) };
  return {
    said: typeof description === 'string' ? { ...said, description } : said,
    typePointer: type?.pointer ?? '',
  };
}

/** As it would come to be, for whatever is to be done. */
function workFor({ id: parent, line, specification, place }: DomainOrder): DomainOrder {
  return {
    id: '',
    number: '',
    kind: 'work',
    line,
    parent,
    specification,
    action: 'add',
    state: 'draft',
    after: [],
    characteristics: [],
    composedOf: [],
    job: { type: '' },
    ...(place === undefined ? {} : { place }),
  };
}

function otherwise(
  said: JsonObject,
  is: Json | undefined,
  names: readonly string[],
  at: string,
  why: string,
): Refusal | undefined {
  const known = isObject(is) ? is : {};
  const attribute = names.find((name) => said[name] !== undefined && !isSame(said[name], known[name]));
  return attribute === undefined ? undefined : refusal('workSaidOtherwise', { attribute, why }, `${at}/${attribute}`);
}

/** One instant is written in many ways. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (sameJson(one, other)) return true;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const instant = instantOfText(one);
  return instant !== undefined && instant === instantOfText(other);
}

/** TMF697 has several places for what is to be done. */
function typesIn(document: JsonObject, work: JsonObject): { readonly value: string; readonly pointer: string }[] {
  const specification = isObject(work.workSpecification) ? work.workSpecification : {};
  const at = pointerTo(firstItem, 'work');
  const places: [Json | undefined, string][] = [
    [document.category, '/category'],
    [work.workType, pointerTo(at, 'workType')],
    [specification.id, `${pointerTo(at, 'workSpecification')}/id`],
  ];
  return places.flatMap(([value, pointer]) => (typeof value === 'string' ? [{ value, pointer }] : []));
}

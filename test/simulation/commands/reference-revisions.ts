/**
 * The part of the small model that speaks of changes in flight: what is refused, and what of it has to be seen afterwards.
 * What the domain orders and the outside make of it is for the laws.
 */
import type { CapturedLine } from '../../../engine/model/inputs.ts';
import type { CustomerOrder, OrderLine } from '../../../engine/model/order.ts';
import type { DecidedRevision, LineRevision, RequestedRevision } from '../../../engine/model/revision/inputs.ts';
import { catalogue, specificationOf } from './catalogue.ts';
import type { World } from './worlds.ts';

type Verdict = string | undefined;

/** What is said of one item. */
type Item = Pick<CapturedLine, 'externalId' | 'offering' | 'specification' | 'quantity' | 'characteristics' | 'parent'>;

const ended = ['completed', 'canceled'];

export function obstacleToRevise(order: CustomerOrder, { lines }: Pick<RequestedRevision, 'lines'>): Verdict {
  const { state, fulfillmentType, cancellations = [], pointOfNoReturn } = order;
  if (fulfillmentType !== 'Deliver') return 'questionNotRevisable';
  if (cancellations.some((each) => each.state === 'assessing')) return 'cancellationUndecided';
  if (state !== 'in_progress' && state !== 'revision_in_progress') return 'notInThisState';
  if (pointOfNoReturn === true) return 'pointOfNoReturnPassed';
  const wanted = wantedBefore(order);
  for (const line of lines) {
    const refused = applied(order, wanted, line);
    if (refused !== undefined) return refused;
  }
  return wanted.size === 0 ? 'revisionLeavesNothing' : whollyWrong(order, [...wanted.values()]);
}

/** @param note of who decides. */
export function obstacleToRevision(
  order: CustomerOrder,
  { decision, note = '' }: Pick<DecidedRevision, 'decision' | 'note'>,
  { policies }: World,
): Verdict {
  const pending = pendingIn(order);
  if (pending === undefined || order.state !== 'revision_in_progress') return 'noRevisionPending';
  if (decision === 'decline') return undefined;
  if (order.pointOfNoReturn === true) return 'pointOfNoReturnPassed';
  if (order.softPointOfNoReturn === true && note.trim() === '') return 'penaltyNotAgreed';
  const lines = pending.wanted?.lines ?? [];
  const isOpen = ({ externalId }: CapturedLine) => !ended.includes(lineOf(order, externalId)?.state ?? '');
  const isRefused = policies.invalidCharacteristics === 'refuse' && lines.filter(isOpen).some(isQuestionable);
  return isRefused ? 'characteristicsInvalid' : undefined;
}

/** What has to be seen once a request to revise was taken. */
export function afterRequest(
  before: CustomerOrder,
  { lines: said, header }: Pick<RequestedRevision, 'lines' | 'header'>,
  after: CustomerOrder,
): string[] {
  const wanted = wantedBefore(before);
  for (const line of said) applied(before, wanted, line);
  const isOther = header.description !== undefined && header.description !== before.description;
  if (pendingIn(before) === undefined && !isOther && sameItems(wanted, wantedBefore(before))) {
    return before.state === after.state && before.version === after.version ? [] : ['nothing was to change'];
  }
  const { state, version, revisions = [] } = after;
  const asked = new Map(revisions.at(-1)?.wanted?.lines.map((line) => [line.externalId, line]));
  const expected = new Map(before.lines.map(({ id, state: was }) => [id, undecidedFrom(was)]));
  const open = new Set(after.lines.flatMap(({ id, state: now }) => (now === 'revision_in_progress' ? [id] : [])));
  const goingOn = ['draft', 'qualified', 'scheduled', 'in_progress'];
  return [
    ...(state === 'revision_in_progress' ? [] : [`the order is ${state}`]),
    ...(version === before.version + 1 ? [] : [`its version is ${version}`]),
    ...(sameItems(asked, wanted) ? [] : ['something else is wanted than was said']),
    ...after.lines.flatMap(({ id, number, state: now }) =>
      now === expected.get(id) ? [] : [`${number} is ${now}, and not ${expected.get(id)}`],
    ),
    ...after.domainOrders.flatMap((each) =>
      open.has(each.line) && goingOn.includes(each.state) ? [`${each.number} is ${each.state}`] : [],
    ),
  ];
}

/** What has to be seen once it was decided. */
export function afterDecision(
  before: CustomerOrder,
  decision: DecidedRevision['decision'],
  after: CustomerOrder,
): string[] {
  const wanted = pendingIn(before)?.wanted?.lines ?? [];
  const inForce =
    decision === 'approve' ? new Map(wanted.map((line) => [line.externalId, line])) : wantedInForce(before);
  const dropped = new Set(
    decision === 'approve' ? [...wantedInForce(before).keys()].filter((id) => !inForce.has(id)) : [],
  );
  const leaving = ['canceled', 'cancellation_in_progress'];
  const isRight = ({ externalId, state }: OrderLine) =>
    dropped.has(externalId) ? leaving.includes(state) : state !== 'revision_in_progress';
  // Where nothing is left of it, it ends.
  const isGone = inForce.size === 0 && leaving.includes(after.state);
  const goesOn = isGone || ['in_progress', 'on_hold', 'completed'].includes(after.state);
  return [
    ...(goesOn && after.version === before.version ? [] : [`the order is ${after.state}, version ${after.version}`]),
    ...(sameItems(wantedInForce(after), inForce) ? [] : ['its lines are not what is wanted']),
    ...after.lines.filter((line) => !isRight(line)).map(({ number, state }) => `${number} is ${state}`),
  ];
}

function pendingIn({ revisions = [] }: CustomerOrder) {
  const last = revisions.at(-1);
  return last?.state === 'pending' ? last : undefined;
}

function lineOf({ lines }: CustomerOrder, item: string): OrderLine | undefined {
  return lines.find(({ externalId }) => externalId === item);
}

/** By item, what is wanted so far. */
function wantedBefore(order: CustomerOrder): Map<string, Item> {
  const lines = pendingIn(order)?.wanted?.lines;
  return lines === undefined ? wantedInForce(order) : new Map(lines.map((line) => [line.externalId, line]));
}

/** What was canceled, or is going to be, is out of it, and so stands above nothing. */
function wantedInForce({ lines }: CustomerOrder): Map<string, Item> {
  const live = lines.filter(({ state }) => state !== 'canceled' && state !== 'cancellation_in_progress');
  const items = new Map(live.map(({ id, externalId }) => [id, externalId]));
  return new Map(
    live.map(({ parent, ...line }) => {
      const above = parent === undefined ? undefined : items.get(parent);
      return [line.externalId, { ...line, ...(above === undefined ? {} : { parent: above }) }];
    }),
  );
}

function undecidedFrom(state: OrderLine['state']): OrderLine['state'] {
  return ['in_progress', 'scheduled', 'on_hold'].includes(state) ? 'revision_in_progress' : state;
}

/** Changes what is wanted, or says why it cannot be. */
function applied(order: CustomerOrder, wanted: Map<string, Item>, said: LineRevision): Verdict {
  if (said.kind === 'add') {
    const { externalId } = said.line;
    if (wanted.has(externalId) || lineOf(order, externalId) !== undefined) return 'lineIdRepeated';
    wanted.set(externalId, said.line);
    return undefined;
  }
  const item = wanted.get(said.item);
  if (item === undefined) return 'lineNotOrdered';
  const meant = said.kind === 'drop' ? [said.item, ...itemsBelow(wanted, said.item)] : [said.item];
  if (meant.some((each) => ended.includes(lineOf(order, each)?.state ?? ''))) return 'lineNotInThisState';
  if (said.kind === 'drop') for (const each of meant) wanted.delete(each);
  else wanted.set(said.item, changed(item, said));
  return undefined;
}

function changed(
  item: Item,
  { quantity = item.quantity, characteristics = [], offering }: Extract<LineRevision, { kind: 'change' }>,
): Item {
  const { specification, ...rest } = item;
  const given = new Map([...item.characteristics, ...characteristics].map(({ name, value }) => [name, value]));
  const left = [...given].flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  // Who names the offering that it has wants no other.
  const about =
    offering !== undefined && offering !== item.offering
      ? { offering }
      : specification !== undefined
        ? { specification }
        : {};
  return { ...rest, ...about, quantity, characteristics: left };
}

function itemsBelow(wanted: ReadonlyMap<string, Item>, above: string): string[] {
  const children = [...wanted.values()].filter(({ parent }) => parent === above).map(({ externalId }) => externalId);
  return [...children, ...children.flatMap((child) => itemsBelow(wanted, child))];
}

/** Of all that is wanted, what could not have been ordered. */
function whollyWrong(order: CustomerOrder, wanted: readonly Item[]): Verdict {
  const items = new Set(wanted.map(({ externalId }) => externalId));
  if (wanted.some(({ parent }) => parent !== undefined && !items.has(parent))) return 'lineParentUnknown';
  const kind = order.category.toLowerCase();
  for (const item of wanted) {
    if (item.offering !== undefined && catalogue.offerings[item.offering] === undefined) return 'offeringUnknown';
    if (specificationOf(item)?.kind !== kind) return 'specificationUnknown';
    if (item.quantity < 1) return 'quantityOutOfRange';
  }
  const isUnderEnded = ({ externalId, parent = '' }: Item) =>
    lineOf(order, externalId) === undefined && ended.includes(lineOf(order, parent)?.state ?? '');
  return wanted.some(isUnderEnded) ? 'lineNotInThisState' : undefined;
}

/** A value that its specification does not know. */
function isQuestionable(item: Item): boolean {
  const known = specificationOf(item)?.characteristics ?? [];
  return item.characteristics.some(({ name, value }) => {
    const options = known.find((each) => each.name === name)?.options;
    return options === undefined || (options.length > 0 && !options.some((option) => option === value));
  });
}

function sameItems(some: ReadonlyMap<string, Item>, others: ReadonlyMap<string, Item>): boolean {
  return asText(some) === asText(others);
}

function asText(items: ReadonlyMap<string, Item>): string {
  const said = [...items.values()].map(({ externalId, quantity, parent = '', characteristics, ...item }) => {
    const about = `${item.offering ?? ''}/${specificationOf(item)?.id ?? ''}`;
    const values = characteristics.map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
    return [externalId, about, quantity, parent, ...values.toSorted()].join(' ');
  });
  return said.toSorted().join('\n');
}
